//! Documents that are kept where they do not decode.

use super::content::{Content, Kind, Node};
use super::decode::DecodeError;
use super::discreet::Discreet;
use super::error::ContentError;
use super::level::Level;
use super::reader::{set_unread, unread};
use super::record::TAGGED;
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde::ser::{Serialize, Serializer};
use serde_json::Value;
use std::cell::Cell;
use std::fmt;

/// A `T`, or the document that should have been one.
///
/// Decoding a `T` is strict: a document that does not fit is an error, and whoever reads a queue, a list or webhooks would
/// lose it, and with a list all that is beside it. A `Lenient<T>` decodes from every JSON value. Where that is no `T`, it
/// keeps the value as it was, and says what is wrong and where:
///
/// ```text
/// match serde_json::from_slice(body)? {                 // fails for what is no JSON or too deep, for nothing else
///     Lenient::Decoded(event) => handle(event),
///     Lenient::Undecoded(document) => {
///         log(&document);                               // a document tagged "order.paid" does not fit: at `data.id`: …
///         keep(document.raw());                         // to be decoded again by a later version
///     }
/// }
/// ```
///
/// It stands wherever a type does: `Vec<Lenient<T>>`, `Json<Lenient<T>>`, a field of one's own struct. It encodes as the
/// `T`, or as the very value that was kept.
///
/// Nothing in a document that does not fit is known to be no secret: `{:?}`, the error and its path hold the tag, keys and
/// kinds of values, never a value. [`Undecoded::raw`] and encoding hide nothing.
///
/// A document is read into a buffer, and decoded from that, once: about a tenth more work than decoding it at once. A
/// `Lenient` inside another is buffered once more. As of `serde_json::Value`, of a key that comes twice the value that is
/// kept has the last, and a number beyond the range of `f64` is no JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lenient<T> {
    /// The document is a `T`.
    Decoded(T),
    /// It is none.
    Undecoded(Undecoded),
}

impl<T> Lenient<T> {
    /// Whether the document is a `T`.
    pub const fn is_ok(&self) -> bool {
        matches!(self, Self::Decoded(_))
    }

    /// The value, if the document is a `T`.
    pub fn ok(self) -> Option<T> {
        self.into_result().ok()
    }

    /// The value, if the document is a `T`.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Decoded(value) => Some(value),
            Self::Undecoded(_) => None,
        }
    }

    /// The value or what was kept, as a result, for `?` and the like.
    ///
    /// # Errors
    ///
    /// A document that is no `T`.
    pub fn into_result(self) -> Result<T, Undecoded> {
        match self {
            Self::Decoded(value) => Ok(value),
            Self::Undecoded(document) => Err(document),
        }
    }

    /// The same by reference.
    ///
    /// # Errors
    ///
    /// A document that is no `T`.
    pub const fn as_ref(&self) -> Result<&T, &Undecoded> {
        match self {
            Self::Decoded(value) => Ok(value),
            Self::Undecoded(document) => Err(document),
        }
    }

    /// What was kept, if the document is no `T`.
    pub const fn undecoded(&self) -> Option<&Undecoded> {
        match self {
            Self::Decoded(_) => None,
            Self::Undecoded(document) => Some(document),
        }
    }

    /// The document as it was, if it is no `T`.
    pub fn raw(&self) -> Option<&Value> {
        self.undecoded().map(Undecoded::raw)
    }

    /// What is wrong, if the document is no `T`.
    pub fn error(&self) -> Option<&DecodeError> {
        self.undecoded().map(Undecoded::error)
    }

    /// Where it is, if the document is no `T`.
    pub fn path(&self) -> Option<&str> {
        self.undecoded().map(Undecoded::path)
    }

    /// The tag, if the document is no `T`, and has one.
    pub fn tag(&self) -> Option<&Value> {
        self.undecoded().and_then(Undecoded::tag)
    }
}

impl<T> From<T> for Lenient<T> {
    fn from(value: T) -> Self {
        Self::Decoded(value)
    }
}

impl<T> From<Lenient<T>> for Result<T, Undecoded> {
    fn from(lenient: Lenient<T>) -> Self {
        lenient.into_result()
    }
}

/// A document that is not of the type that was asked for, what is wrong with it, and where.
///
/// It is an error, and prints without any value of the document but the tag:
///
/// ```text
/// a document tagged "order.paid" does not fit: at `data.amount`: invalid type: null, expected a number
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Undecoded(Box<Parts>);

#[derive(Clone, PartialEq, Eq)]
struct Parts {
    error: DecodeError,
    tag: Option<Value>,
    raw: Value,
}

impl Undecoded {
    /// The document as it was.
    pub fn raw(&self) -> &Value {
        &self.0.raw
    }

    /// The document as it was.
    pub fn into_raw(self) -> Value {
        self.0.raw
    }

    /// What is wrong. The text holds keys and kinds, and no value.
    pub fn error(&self) -> &DecodeError {
        &self.0.error
    }

    /// Where in the document it is: `data.email_addresses[1].verification`; empty for the document itself.
    pub fn path(&self) -> &str {
        self.0.error.path()
    }

    /// The value of the property that tells the arms of the type apart, where the type is such a union and the document
    /// has one.
    pub fn tag(&self) -> Option<&Value> {
        self.0.tag.as_ref()
    }

    fn new(content: &Content<'_>, tag: Option<&str>, error: &ContentError) -> Self {
        let mut entries = content.root().entries().into_iter().flatten();
        let tag = entries.find(|(key, _)| Some(*key) == tag).map(|(_, value)| value);
        let is_plain = |value: &Node<'_, '_>| matches!(value.kind(), Kind::String | Kind::Number | Kind::Bool);
        let tag = tag.filter(is_plain).map(Node::to_value);
        Self(Box::new(Parts { error: DecodeError::of(error), tag, raw: content.root().to_value() }))
    }
}

impl fmt::Debug for Undecoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { error, tag, raw } = &*self.0;
        let mut out = f.debug_struct("Undecoded");
        if let Some(tag) = tag {
            out.field("tag", &format_args!("{tag}"));
        }
        out.field("path", &error.path()).field("message", &error.message());
        out.field("raw", &format_args!("{}", Kind::of(raw))).finish()
    }
}

impl fmt::Display for Undecoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.tag {
            Some(tag) => write!(f, "a document tagged {tag} does not fit: {}", self.0.error),
            None => write!(f, "a document does not fit: {}", self.0.error),
        }
    }
}

impl std::error::Error for Undecoded {}

impl Serialize for Undecoded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw().serialize(serializer)
    }
}

impl<T: Serialize> Serialize for Lenient<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Decoded(value) => value.serialize(serializer),
            Self::Undecoded(document) => document.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let _level = Level::enter()?;
        let content = Content::deserialize(deserializer)?;
        let (unread_before, tag) = (unread(), Cell::new(None));
        let discreet = Discreet::begin();
        let result = T::deserialize(Root { node: content.root(), tag: &tag });
        drop(discreet);
        Ok(match result {
            Ok(value) => Self::Decoded(value),
            Err(error) => {
                // What is kept whole leaves nothing unread.
                set_unread(unread_before);
                Self::Undecoded(Undecoded::new(&content, tag.get(), &error))
            }
        })
    }
}

/// The document, which notes the key of the tag where a tagged union is decoded from it.
struct Root<'c, 'de, 't> {
    node: Node<'c, 'de>,
    tag: &'t Cell<Option<&'static str>>,
}

impl<'de> Deserializer<'de> for Root<'_, 'de, '_> {
    type Error = ContentError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        self.node.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.node.kind() {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        self.node.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        self.node.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ContentError> {
        match name.strip_prefix(TAGGED) {
            Some(key) => {
                self.tag.set(Some(key));
                visitor.visit_newtype_struct(self.node)
            }
            None => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ContentError> {
        self.node.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        self.node.deserialize_ignored_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct struct identifier
    }
}
