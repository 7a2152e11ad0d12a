//! Moments as Unix time in seconds.

use super::codec::{Decode, Encode};
use super::moment::OutOfRange;
use super::number::Float;
use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde::ser::{Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::time::{Duration, SystemTime};

/// A moment, as the seconds since 1970-01-01T00:00:00Z, leap seconds not counted: the `NumericDate` of RFC 7519, which
/// allows a fraction. On the wire it is a number, and comes back as it was: 1.5 stays 1.5.
///
/// The number is a 64-bit float, as in JavaScript. Moments of this century it holds to less than a microsecond; what
/// converts from it rounds to whole microseconds.
///
/// The features `jiff`, `chrono` and `time` of this crate each add conversions from and to their own type.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnixSeconds(f64);

impl UnixSeconds {
    /// A moment from whole seconds; beyond 2^53 it is the nearest that a float holds.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs as f64)
    }

    /// A moment from seconds with a fraction; `None` for what is not finite.
    pub fn from_secs_f64(secs: f64) -> Option<Self> {
        // There is one zero, so that equal moments have equal bits.
        secs.is_finite().then_some(Self(secs + 0.0))
    }

    /// The whole seconds since 1970-01-01T00:00:00Z, a fraction dropped towards the past; what does not fit is the
    /// nearest that does.
    pub fn as_secs(self) -> i64 {
        self.0.floor() as i64
    }

    /// The seconds since 1970-01-01T00:00:00Z.
    pub const fn as_secs_f64(self) -> f64 {
        self.0
    }

    /// The same moment as the standard library has it; `None` where the platform's clock does not reach that far.
    pub fn to_system_time(self) -> Option<SystemTime> {
        let micros = self.as_micros()?;
        let distance = Duration::from_micros(micros.unsigned_abs());
        if micros < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(distance)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(distance)
        }
    }

    /// How long before this moment an earlier one was; `None` where it is later.
    pub fn duration_since(self, earlier: Self) -> Option<Duration> {
        Duration::try_from_secs_f64(self.0 - earlier.0).ok()
    }

    /// The nearest whole microsecond, where it fits.
    fn as_micros(self) -> Option<i64> {
        let (whole, part) = (self.0.floor(), self.0 - self.0.floor());
        // Beyond this no microseconds fit; below, what a float holds as an integer is one.
        if whole.abs() > (i64::MAX / 1_000_000) as f64 {
            return None;
        }
        (whole as i64).checked_mul(1_000_000)?.checked_add((part * 1e6).round() as i64)
    }

    /// A moment from whole seconds and the nanoseconds after them.
    fn of_parts(secs: i64, nanos: u32) -> Self {
        Self(secs as f64 + f64::from(nanos) / 1e9)
    }
}

/// All are finite, and there is one zero.
impl Eq for UnixSeconds {}

impl PartialOrd for UnixSeconds {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for UnixSeconds {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Hash for UnixSeconds {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl From<i64> for UnixSeconds {
    fn from(secs: i64) -> Self {
        Self::from_secs(secs)
    }
}

/// Fails for what is not finite.
impl TryFrom<f64> for UnixSeconds {
    type Error = OutOfRange;

    fn try_from(secs: f64) -> Result<Self, OutOfRange> {
        Self::from_secs_f64(secs).ok_or(OutOfRange::of("UnixSeconds"))
    }
}

impl From<UnixSeconds> for f64 {
    fn from(moment: UnixSeconds) -> Self {
        moment.0
    }
}

/// Fails where the platform's clock does not reach that far.
impl TryFrom<UnixSeconds> for SystemTime {
    type Error = OutOfRange;

    fn try_from(moment: UnixSeconds) -> Result<Self, OutOfRange> {
        moment.to_system_time().ok_or(OutOfRange::of("SystemTime"))
    }
}

/// Rounds to what a float holds.
impl From<SystemTime> for UnixSeconds {
    fn from(time: SystemTime) -> Self {
        Self(match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => after.as_secs_f64(),
            Err(before) => -before.duration().as_secs_f64(),
        })
    }
}

impl Add<Duration> for UnixSeconds {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(self.0 + duration.as_secs_f64())
    }
}

impl Sub<Duration> for UnixSeconds {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self(self.0 - duration.as_secs_f64())
    }
}

impl AddAssign<Duration> for UnixSeconds {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl SubAssign<Duration> for UnixSeconds {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}

impl fmt::Display for UnixSeconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for UnixSeconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let secs = Float::decode(deserializer)?;
        Self::from_secs_f64(secs).ok_or_else(|| D::Error::invalid_value(Unexpected::Float(secs), &"a finite number"))
    }
}

impl Serialize for UnixSeconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Float::encode(&self.0, serializer)
    }
}

#[cfg(feature = "fixtures")]
impl super::sample::Sample for UnixSeconds {
    fn sample() -> Self {
        Self(0.0)
    }
}

/// Conversions from and to `jiff::Timestamp`.
#[cfg(feature = "jiff")]
mod with_jiff {
    use super::{OutOfRange, UnixSeconds};
    use jiff::Timestamp;

    /// Fails before the year -9999 and after the year 9999.
    impl TryFrom<UnixSeconds> for Timestamp {
        type Error = OutOfRange;

        fn try_from(moment: UnixSeconds) -> Result<Self, OutOfRange> {
            let micros = moment.as_micros().and_then(|micros| Self::from_microsecond(micros).ok());
            micros.ok_or(OutOfRange::of("jiff::Timestamp"))
        }
    }

    /// Rounds to what a float holds.
    impl From<Timestamp> for UnixSeconds {
        fn from(moment: Timestamp) -> Self {
            // Both have the sign of the moment.
            Self(moment.as_second() as f64 + f64::from(moment.subsec_nanosecond()) / 1e9)
        }
    }
}

/// Conversions from and to `chrono::DateTime<Utc>`.
#[cfg(feature = "chrono")]
mod with_chrono {
    use super::{OutOfRange, UnixSeconds};
    use chrono::{DateTime, TimeZone, Utc};

    /// Fails for a moment that `chrono` cannot hold.
    impl TryFrom<UnixSeconds> for DateTime<Utc> {
        type Error = OutOfRange;

        fn try_from(moment: UnixSeconds) -> Result<Self, OutOfRange> {
            let micros = moment.as_micros().and_then(Self::from_timestamp_micros);
            micros.ok_or(OutOfRange::of("chrono::DateTime"))
        }
    }

    /// Rounds to what a float holds.
    impl<Tz: TimeZone> From<DateTime<Tz>> for UnixSeconds {
        fn from(moment: DateTime<Tz>) -> Self {
            Self::of_parts(moment.timestamp(), moment.timestamp_subsec_nanos())
        }
    }
}

/// Conversions from and to `time::OffsetDateTime`.
#[cfg(feature = "time")]
mod with_time {
    use super::{OutOfRange, UnixSeconds};
    use time::OffsetDateTime;

    /// Fails for a moment that `time` cannot hold.
    impl TryFrom<UnixSeconds> for OffsetDateTime {
        type Error = OutOfRange;

        fn try_from(moment: UnixSeconds) -> Result<Self, OutOfRange> {
            let nanos = moment.as_micros().map(|micros| i128::from(micros) * 1_000);
            let moment = nanos.and_then(|nanos| Self::from_unix_timestamp_nanos(nanos).ok());
            moment.ok_or(OutOfRange::of("time::OffsetDateTime"))
        }
    }

    /// Rounds to what a float holds.
    impl From<OffsetDateTime> for UnixSeconds {
        fn from(moment: OffsetDateTime) -> Self {
            Self::of_parts(moment.unix_timestamp(), moment.nanosecond())
        }
    }
}
