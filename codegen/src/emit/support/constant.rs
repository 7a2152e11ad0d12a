//! Properties that have only one value.

use super::codec::Encode;
use super::content::{Kind, Node};
use super::discreet::own;
use super::number::Float;
use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;
use std::fmt;

/// The value of a property that has only one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constant {
    /// A string.
    Text(&'static str),
    /// A number.
    Number(f64),
    /// A boolean.
    Bool(bool),
    /// The property must be absent.
    Forbidden,
}

impl Constant {
    /// Whether a value is this one.
    pub fn is(&self, value: Node<'_, '_>) -> bool {
        match self {
            Self::Text(known) => value.text() == Some(*known),
            Self::Bool(known) => value.bool() == Some(*known),
            Self::Number(known) => value.number() == Some(*known),
            Self::Forbidden => false,
        }
    }

    /// The JSON kind of the value.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::String,
            Self::Number(_) => Kind::Number,
            Self::Bool(_) => Kind::Bool,
            Self::Forbidden => Kind::Null,
        }
    }
}

/// A literal as it stands in a table, to be made a [`Constant`] where no trait can be called.
pub struct Literal<T>(pub T);

impl Literal<&'static str> {
    /// The string.
    pub const fn constant(self) -> Constant {
        Constant::Text(self.0)
    }
}

impl Literal<i32> {
    /// The number.
    pub const fn constant(self) -> Constant {
        Constant::Number(self.0 as f64)
    }
}

impl Literal<f64> {
    /// The number.
    pub const fn constant(self) -> Constant {
        Constant::Number(self.0)
    }
}

impl Literal<bool> {
    /// The boolean.
    pub const fn constant(self) -> Constant {
        Constant::Bool(self.0)
    }
}

/// Stands in a table for the value of a property that must be absent.
pub struct Forbidden;

impl Literal<Forbidden> {
    /// Nothing.
    pub const fn constant(self) -> Constant {
        Constant::Forbidden
    }
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Forbidden => f.write_str("nothing"),
        }
    }
}

impl Serialize for Constant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => Float::encode(number, serializer),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Forbidden => serializer.serialize_none(),
        }
    }
}

/// Reads a value and refuses any but the one.
pub(super) struct Check {
    pub(super) constant: Constant,
    pub(super) key: &'static str,
    pub(super) name: &'static str,
}

impl<'de> DeserializeSeed<'de> for Check {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match self.constant {
            Constant::Text(_) => deserializer.deserialize_str(self),
            Constant::Number(_) => deserializer.deserialize_f64(self),
            Constant::Bool(_) => deserializer.deserialize_bool(self),
            Constant::Forbidden => Err(own(format_args!("field `{}` of {} must be absent", self.key, self.name))),
        }
    }
}

impl Check {
    fn same<E: Error>(&self, found: Constant, unexpected: Unexpected<'_>) -> Result<(), E> {
        if self.constant == found { Ok(()) } else { Err(E::invalid_value(unexpected, self)) }
    }
}

impl Visitor<'_> for Check {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} as `{}` of {}", self.constant, self.key, self.name)
    }

    fn visit_str<E: Error>(self, found: &str) -> Result<(), E> {
        match self.constant {
            Constant::Text(text) if text == found => Ok(()),
            _ => Err(E::invalid_value(Unexpected::Str(found), &self)),
        }
    }

    fn visit_bool<E: Error>(self, found: bool) -> Result<(), E> {
        self.same(Constant::Bool(found), Unexpected::Bool(found))
    }

    fn visit_i64<E: Error>(self, found: i64) -> Result<(), E> {
        self.same(Constant::Number(found as f64), Unexpected::Signed(found))
    }

    fn visit_u64<E: Error>(self, found: u64) -> Result<(), E> {
        self.same(Constant::Number(found as f64), Unexpected::Unsigned(found))
    }

    fn visit_f64<E: Error>(self, found: f64) -> Result<(), E> {
        self.same(Constant::Number(found), Unexpected::Float(found))
    }
}
