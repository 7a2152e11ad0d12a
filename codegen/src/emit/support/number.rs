//! The codecs of numbers: JavaScript has one kind of them, Rust has several.

use super::codec::{Decode, Encode};
use serde::Serialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;
use std::fmt;
use std::marker::PhantomData;

/// A JavaScript number as `f64`: integral values are written without a fraction, `NaN` and the infinities are refused.
pub struct Float;

/// Below it every integral `f64` is an `i64`: 2^63.
const INTEGERS: f64 = 9_223_372_036_854_775_808.0;

struct FloatVisitor;

impl Visitor<'_> for FloatVisitor {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<f64, E> {
        Ok(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<f64, E> {
        Ok(value as f64)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<f64, E> {
        Ok(value as f64)
    }
}

impl<'de> Decode<'de, f64> for Float {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        deserializer.deserialize_f64(FloatVisitor)
    }
}

impl Encode<f64> for Float {
    fn encode<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if value.fract() == 0.0 && value.abs() < INTEGERS {
            serializer.serialize_i64(*value as i64)
        } else if value.is_finite() {
            serializer.serialize_f64(*value)
        } else {
            // `JSON.stringify` writes null, which the decoder would refuse.
            Err(serde::ser::Error::custom(format_args!("{value} is no JSON number")))
        }
    }
}

/// An integer: 1.0 is 1; 1.5 and what does not fit are refused.
pub struct Int;

/// An integer type that [`Int`] reads.
pub trait Integer: Copy + Serialize + TryFrom<i128> {
    /// What is said to be expected.
    const EXPECTED: &'static str;
}

impl Integer for i32 {
    const EXPECTED: &'static str = "an integer from -2147483648 to 2147483647";
}

impl Integer for u32 {
    const EXPECTED: &'static str = "an integer from 0 to 4294967295";
}

impl Integer for i64 {
    const EXPECTED: &'static str = "an integer that fits in 64 bits";
}

impl Integer for u64 {
    const EXPECTED: &'static str = "an integer that is not negative and fits in 64 bits";
}

struct IntVisitor<T>(PhantomData<T>);

impl<T: Integer> Visitor<'_> for IntVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::EXPECTED)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        T::try_from(value.into()).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        T::try_from(value.into()).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        let integer = if value.fract() == 0.0 { T::try_from(value as i128).ok() } else { None };
        integer.ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }
}

impl<'de, T: Integer> Decode<'de, T> for Int {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_f64(IntVisitor(PhantomData))
    }
}

impl<T: Integer> Encode<T> for Int {
    #[inline]
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}
