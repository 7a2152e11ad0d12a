//! Three states: absent, null, a value.

use super::codec::{Decode, Encode, Nullable, Plain};
use serde::de::Deserializer;
use serde::ser::Serializer;
use std::marker::PhantomData;

/// A property that may be absent, null or a value: `x?: T | null` in TypeScript.
///
/// In a request the three often mean different things: leave as it is, clear, set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Maybe<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there with `null`.
    Null,
    /// The key is there with a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Whether the key is not there.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the key is there with `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether there is a value.
    pub const fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }

    /// The same with a reference to the value.
    pub const fn as_ref(&self) -> Maybe<&T> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }

    /// The value; absent and null are `None`.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The value; absent and null are `None`.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// What the key holds: `None` where it is not there, `Some(None)` where it is null.
    pub fn into_nested(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }

    /// The same with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(change(value)),
        }
    }
}

/// A value.
impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is absent: nothing is said.
impl<T> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

#[cfg(feature = "fixtures")]
impl<T> super::sample::Sample for Maybe<T> {
    fn sample() -> Self {
        Self::Absent
    }
}

/// The codec of [`Maybe`].
pub struct OptionalNullable<C = Plain>(PhantomData<C>);

impl<'de, C: Decode<'de, T>, T> Decode<'de, Maybe<T>> for OptionalNullable<C> {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Maybe<T>, D::Error> {
        Ok(Nullable::<C>::decode(deserializer)?.map_or(Maybe::Null, Maybe::Value))
    }

    fn absent() -> Option<Maybe<T>> {
        Some(Maybe::Absent)
    }
}

impl<C: Encode<T>, T> Encode<Maybe<T>> for OptionalNullable<C> {
    fn encode<S: Serializer>(value: &Maybe<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Maybe::Value(value) => C::encode(value, serializer),
            _ => serializer.serialize_none(),
        }
    }

    fn is_left_out(value: &Maybe<T>) -> bool {
        value.is_absent()
    }
}
