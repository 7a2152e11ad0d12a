//! Conversions of instants, with the features that have them: `cargo test --all-features`.

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
use clerk_backend_types::{UnixMillis, UnixSeconds};

/// Moments before and after 1970, in milliseconds, and a text that all three crates read.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
const MOMENTS: [(i64, &str); 4] = [
    (0, "1970-01-01T00:00:00Z"),
    (-1_500, "1969-12-31T23:59:58.500Z"),
    (1_716_883_200_123, "2024-05-28T08:00:00.123Z"),
    (253_402_207_200_000, "9999-12-30T22:00:00Z"),
];

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
fn seconds(millis: i64) -> UnixSeconds {
    UnixSeconds::try_from(millis as f64 / 1e3).expect("finite")
}

#[cfg(feature = "jiff")]
#[test]
fn to_and_from_jiff() {
    use jiff::Timestamp;
    for (millis, text) in MOMENTS {
        let expected: Timestamp = text.parse().expect("a moment");
        assert_eq!(Timestamp::try_from(UnixMillis(millis)).ok(), Some(expected));
        assert_eq!(Timestamp::try_from(seconds(millis)), Ok(expected));
        assert_eq!((UnixMillis::from(expected), UnixSeconds::from(expected)), (UnixMillis(millis), seconds(millis)));
    }
    let error = Timestamp::try_from(UnixSeconds::from(1_000_000_000_000)).expect_err("too far");
    assert_eq!(error.to_string(), "out of the range of `jiff::Timestamp`");
}

#[cfg(feature = "chrono")]
#[test]
fn to_and_from_chrono() {
    use chrono::{DateTime, Utc};
    for (millis, text) in MOMENTS {
        let expected: DateTime<Utc> = text.parse().expect("a moment");
        assert_eq!(DateTime::try_from(UnixMillis(millis)), Ok(expected));
        assert_eq!(DateTime::try_from(seconds(millis)), Ok(expected));
        assert_eq!((UnixMillis::from(expected), UnixSeconds::from(expected)), (UnixMillis(millis), seconds(millis)));
    }
    let error = DateTime::<Utc>::try_from(UnixSeconds::from(9_000_000_000_000)).expect_err("too far");
    assert_eq!(error.to_string(), "out of the range of `chrono::DateTime`");
    assert_eq!(DateTime::<Utc>::try_from(UnixMillis(i64::MAX)), Err(error));
}

#[cfg(feature = "time")]
#[test]
fn to_and_from_time() {
    use time::OffsetDateTime;
    for (millis, text) in MOMENTS {
        let nanos = i128::from(millis) * 1_000_000;
        let expected = OffsetDateTime::from_unix_timestamp_nanos(nanos).expect("a moment");
        assert_eq!(i32::from_str_radix(&text[..4], 10), Ok(expected.year()));
        assert_eq!(OffsetDateTime::try_from(UnixMillis(millis)), Ok(expected));
        assert_eq!(OffsetDateTime::try_from(seconds(millis)), Ok(expected));
        assert_eq!((UnixMillis::from(expected), UnixSeconds::from(expected)), (UnixMillis(millis), seconds(millis)));
    }
    let error = OffsetDateTime::try_from(UnixSeconds::from(1_000_000_000_000)).expect_err("too far");
    assert_eq!(error.to_string(), "out of the range of `time::OffsetDateTime`");
}
