//! Moments as Unix time in milliseconds.

use super::codec::Decode;
use super::number::Int;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::time::{Duration, SystemTime};

/// A moment, as the milliseconds since 1970-01-01T00:00:00Z. On the wire it is a number; 1.0 is read as 1.
///
/// The features `jiff`, `chrono` and `time` of this crate each add conversions from and to their own type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// The milliseconds since 1970-01-01T00:00:00Z.
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The same moment as the standard library has it; `None` where the platform's clock does not reach that far.
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_millis(self.0.unsigned_abs());
        if self.0 < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        }
    }
}

impl From<i64> for UnixMillis {
    fn from(millis: i64) -> Self {
        Self(millis)
    }
}

impl From<UnixMillis> for i64 {
    fn from(moment: UnixMillis) -> Self {
        moment.0
    }
}

impl fmt::Display for UnixMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for UnixMillis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Int::decode(deserializer).map(Self)
    }
}

impl Serialize for UnixMillis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

#[cfg(feature = "fixtures")]
impl super::sample::Sample for UnixMillis {
    fn sample() -> Self {
        Self(0)
    }
}

/// Conversions from and to `jiff::Timestamp`.
#[cfg(feature = "jiff")]
mod with_jiff {
    use super::UnixMillis;

    /// Fails before the year -9999 and after the year 9999.
    impl TryFrom<UnixMillis> for jiff::Timestamp {
        type Error = jiff::Error;

        fn try_from(moment: UnixMillis) -> Result<Self, jiff::Error> {
            Self::from_millisecond(moment.0)
        }
    }

    /// Drops what is finer than a millisecond.
    impl From<jiff::Timestamp> for UnixMillis {
        fn from(moment: jiff::Timestamp) -> Self {
            Self(moment.as_millisecond())
        }
    }
}

/// Conversions from and to `chrono::DateTime<Utc>`.
#[cfg(feature = "chrono")]
mod with_chrono {
    use super::UnixMillis;
    use chrono::{DateTime, TimeZone, Utc};

    /// A moment that `chrono` cannot hold.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct OutOfRange(UnixMillis);

    impl std::fmt::Display for OutOfRange {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "{} milliseconds since 1970 are out of the range of `chrono::DateTime`", self.0)
        }
    }

    impl std::error::Error for OutOfRange {}

    /// Fails for a moment that `chrono` cannot hold.
    impl TryFrom<UnixMillis> for DateTime<Utc> {
        type Error = OutOfRange;

        fn try_from(moment: UnixMillis) -> Result<Self, OutOfRange> {
            Self::from_timestamp_millis(moment.0).ok_or(OutOfRange(moment))
        }
    }

    /// Drops what is finer than a millisecond.
    impl<Tz: TimeZone> From<DateTime<Tz>> for UnixMillis {
        fn from(moment: DateTime<Tz>) -> Self {
            Self(moment.timestamp_millis())
        }
    }
}

#[cfg(feature = "chrono")]
pub use with_chrono::OutOfRange;

/// Conversions from and to `time::OffsetDateTime`.
#[cfg(feature = "time")]
mod with_time {
    use super::UnixMillis;
    use time::OffsetDateTime;

    /// Fails for a moment that `time` cannot hold.
    impl TryFrom<UnixMillis> for OffsetDateTime {
        type Error = time::error::ComponentRange;

        fn try_from(moment: UnixMillis) -> Result<Self, time::error::ComponentRange> {
            Self::from_unix_timestamp_nanos(i128::from(moment.0) * 1_000_000)
        }
    }

    /// Drops what is finer than a millisecond.
    impl From<OffsetDateTime> for UnixMillis {
        fn from(moment: OffsetDateTime) -> Self {
            // Every year that `time` knows, in milliseconds, fits.
            Self((moment.unix_timestamp_nanos().div_euclid(1_000_000)) as i64)
        }
    }
}
