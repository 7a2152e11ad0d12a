//! Three states: absent, null, a value.

use super::codec::{Decode, Encode, Nullable, Plain};
use serde::de::Deserializer;
use serde::ser::Serializer;
use std::marker::PhantomData;
use std::ops::Deref;

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

    /// The same with a mutable reference to the value.
    pub const fn as_mut(&mut self) -> Maybe<&mut T> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }

    /// The same with what the value derefs to: `Maybe<String>` as `Maybe<&str>`.
    pub fn as_deref(&self) -> Maybe<&T::Target>
    where
        T: Deref,
    {
        self.as_ref().map(T::deref)
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

    /// The changed value; absent and null are the default that is given.
    pub fn map_or<U>(self, default: U, change: impl FnOnce(T) -> U) -> U {
        self.into_option().map_or(default, change)
    }

    /// Whether there is a value that fulfils a condition.
    pub fn is_some_and(&self, condition: impl FnOnce(&T) -> bool) -> bool {
        self.as_option().is_some_and(condition)
    }

    /// The value; absent and null are the default that is given.
    pub fn unwrap_or(self, default: T) -> T {
        self.into_option().unwrap_or(default)
    }

    /// The value; absent and null are what the function makes.
    pub fn unwrap_or_else(self, default: impl FnOnce() -> T) -> T {
        self.into_option().unwrap_or_else(default)
    }

    /// The value; absent and null are the type's default.
    pub fn unwrap_or_default(self) -> T
    where
        T: Default,
    {
        self.into_option().unwrap_or_default()
    }

    /// The value; absent and null are an error.
    ///
    /// # Errors
    ///
    /// The one that is given.
    pub fn ok_or<E>(self, error: E) -> Result<T, E> {
        self.into_option().ok_or(error)
    }

    /// The value; absent and null are an error.
    ///
    /// # Errors
    ///
    /// The one that the function makes.
    pub fn ok_or_else<E>(self, error: impl FnOnce() -> E) -> Result<T, E> {
        self.into_option().ok_or_else(error)
    }

    /// Takes what is there, and leaves [`Maybe::Absent`].
    pub const fn take(&mut self) -> Self {
        std::mem::replace(self, Self::Absent)
    }

    /// The value, if there is one, by reference.
    pub fn iter(&self) -> std::option::IntoIter<&T> {
        self.as_option().into_iter()
    }
}

impl<T: Clone> Maybe<&T> {
    /// The same with a copy of the value.
    pub fn cloned(self) -> Maybe<T> {
        self.map(T::clone)
    }
}

impl<T> IntoIterator for Maybe<T> {
    type Item = T;
    type IntoIter = std::option::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.into_option().into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Maybe<T> {
    type Item = &'a T;
    type IntoIter = std::option::IntoIter<&'a T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Absent and null are `None`.
impl<T> From<Maybe<T>> for Option<T> {
    fn from(maybe: Maybe<T>) -> Self {
        maybe.into_option()
    }
}

/// A value.
impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// A text from a literal.
impl From<&str> for Maybe<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// `None` is absent: nothing is said.
impl<T> From<Option<T>> for Maybe<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

/// What the setter of a property takes that may be absent, null or a value: a value or what becomes one, an `Option`, whose
/// `None` is absent, or a [`Maybe`].
///
/// `Form` tells the three apart; it is always inferred.
pub trait IntoMaybe<T, Form> {
    /// The state that is meant.
    fn into_maybe(self) -> Maybe<T>;
}

/// A value is given.
pub enum AsValue {}

/// An `Option` is given.
pub enum AsOption {}

/// A [`Maybe`] is given.
pub enum AsMaybe {}

impl<T, V: Into<T>> IntoMaybe<T, AsValue> for V {
    fn into_maybe(self) -> Maybe<T> {
        Maybe::Value(self.into())
    }
}

impl<T> IntoMaybe<T, AsOption> for Option<T> {
    fn into_maybe(self) -> Maybe<T> {
        self.into()
    }
}

impl<T> IntoMaybe<T, AsMaybe> for Maybe<T> {
    fn into_maybe(self) -> Self {
        self
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
