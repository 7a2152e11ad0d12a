//! Moments as Unix time in milliseconds.

use super::codec::Decode;
use super::moment::OutOfRange;
use super::number::Int;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
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

    /// The moment so much later; `None` where it does not fit. What is finer than a millisecond is dropped from the
    /// duration.
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        i64::try_from(i128::from(self.0) + in_millis(duration)).ok().map(Self)
    }

    /// The moment so much earlier; `None` where it does not fit. What is finer than a millisecond is dropped from the
    /// duration.
    pub fn checked_sub(self, duration: Duration) -> Option<Self> {
        i64::try_from(i128::from(self.0) - in_millis(duration)).ok().map(Self)
    }

    /// How long before this moment an earlier one was; `None` where it is later.
    pub fn duration_since(self, earlier: Self) -> Option<Duration> {
        u64::try_from(i128::from(self.0) - i128::from(earlier.0)).ok().map(Duration::from_millis)
    }
}

/// Whole milliseconds; the longest duration has 74 bits of them.
fn in_millis(duration: Duration) -> i128 {
    duration.as_millis() as i128
}

/// As [`UnixMillis::checked_add`].
///
/// # Panics
///
/// Where the sum does not fit, 292 million years from now.
impl Add<Duration> for UnixMillis {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        self.checked_add(duration).expect("the sum of a moment and a duration fits in 64 bits")
    }
}

/// As [`UnixMillis::checked_sub`].
///
/// # Panics
///
/// Where the difference does not fit, 292 million years ago.
impl Sub<Duration> for UnixMillis {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        self.checked_sub(duration).expect("the difference of a moment and a duration fits in 64 bits")
    }
}

impl AddAssign<Duration> for UnixMillis {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl SubAssign<Duration> for UnixMillis {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}

/// Fails where the platform's clock does not reach that far.
impl TryFrom<UnixMillis> for SystemTime {
    type Error = OutOfRange;

    fn try_from(moment: UnixMillis) -> Result<Self, OutOfRange> {
        moment.to_system_time().ok_or(OutOfRange::of("SystemTime"))
    }
}

/// Drops what is finer than a millisecond, towards the past. Fails beyond 292 million years.
impl TryFrom<SystemTime> for UnixMillis {
    type Error = OutOfRange;

    fn try_from(time: SystemTime) -> Result<Self, OutOfRange> {
        let millis = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => in_millis(after),
            Err(before) => -(before.duration().as_nanos().div_ceil(1_000_000) as i128),
        };
        i64::try_from(millis).map(Self).map_err(|_| OutOfRange::of("UnixMillis"))
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
    use super::{OutOfRange, UnixMillis};
    use chrono::{DateTime, TimeZone, Utc};

    /// Fails for a moment that `chrono` cannot hold.
    impl TryFrom<UnixMillis> for DateTime<Utc> {
        type Error = OutOfRange;

        fn try_from(moment: UnixMillis) -> Result<Self, OutOfRange> {
            Self::from_timestamp_millis(moment.0).ok_or(OutOfRange::of("chrono::DateTime"))
        }
    }

    /// Drops what is finer than a millisecond.
    impl<Tz: TimeZone> From<DateTime<Tz>> for UnixMillis {
        fn from(moment: DateTime<Tz>) -> Self {
            Self(moment.timestamp_millis())
        }
    }
}

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
