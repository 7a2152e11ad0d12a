//! A JSON value as it was read, before it is known what it is to be.
//!
//! Unions are read into it where the key that tells them apart comes late or does not exist, and so is a document that
//! was refused, to find out where. Strings are borrowed from the document where they can be. Errors know their path.

use super::level::Level;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::Value;
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

/// How deep a document may be nested, as in `serde_json`.
const MAX_DEPTH: usize = 128;

/// A JSON value.
#[derive(Clone, Debug)]
pub enum Content<'de> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A negative integer.
    Signed(i64),
    /// An integer.
    Unsigned(u64),
    /// Another number.
    Float(f64),
    /// A string.
    Text(Cow<'de, str>),
    /// An array.
    List(Vec<Content<'de>>),
    /// An object, its keys in order.
    Object(Vec<(Cow<'de, str>, Content<'de>)>),
}

/// The kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

impl<'de> Content<'de> {
    /// The kind of the value.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Signed(_) | Self::Unsigned(_) | Self::Float(_) => Kind::Number,
            Self::Text(_) => Kind::String,
            Self::List(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    /// What errors call it.
    pub fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Signed(number) => Unexpected::Signed(*number),
            Self::Unsigned(number) => Unexpected::Unsigned(*number),
            Self::Float(number) => Unexpected::Float(*number),
            Self::Text(text) => Unexpected::Str(text),
            Self::List(_) => Unexpected::Seq,
            Self::Object(_) => Unexpected::Map,
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Signed(number) => Some(*number as f64),
            Self::Unsigned(number) => Some(*number as f64),
            Self::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// The same as an untyped value.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Signed(number) => Value::from(*number),
            Self::Unsigned(number) => Value::from(*number),
            Self::Float(number) => Value::from(*number),
            Self::Text(text) => Value::String(text.clone().into_owned()),
            Self::List(list) => Value::Array(list.iter().map(Content::to_value).collect()),
            Self::Object(entries) => {
                Value::Object(entries.iter().map(|(key, value)| (key.clone().into_owned(), value.to_value())).collect())
            }
        }
    }

    /// How many values it holds, itself included.
    pub fn size(&self) -> usize {
        match self {
            Self::List(list) => list.iter().map(Content::size).sum::<usize>() + 1,
            Self::Object(entries) => entries.iter().map(|(_, value)| value.size()).sum::<usize>() + 1,
            _ => 1,
        }
    }
}

impl<'de> Deserialize<'de> for Content<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ContentSeed { depth: 0 }.deserialize(deserializer)
    }
}

/// Reads a value at a depth.
#[derive(Clone, Copy)]
struct ContentSeed {
    depth: usize,
}

impl ContentSeed {
    fn below<E: Error>(self) -> Result<Self, E> {
        if self.depth < MAX_DEPTH {
            Ok(Self { depth: self.depth + 1 })
        } else {
            Err(E::custom("recursion limit exceeded"))
        }
    }
}

impl<'de> DeserializeSeed<'de> for ContentSeed {
    type Value = Content<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ContentSeed {
    type Value = Content<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Content::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Content::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Content::Bool(value))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Content::Signed(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Content::Unsigned(number))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Content::Float(number))
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Content::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Content::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Content::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let (below, _level) = (self.below()?, Level::enter()?);
        let mut list = Vec::new();
        while let Some(element) = elements.next_element_seed(below)? {
            list.push(element);
        }
        Ok(Content::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let (below, _level) = (self.below()?, Level::enter()?);
        let mut object = Vec::with_capacity(entries.size_hint().unwrap_or(8).min(64));
        while let Some(key) = entries.next_key_seed(Key)? {
            if key == NUMBER && object.is_empty() && keeps_digits() {
                return number(&entries.next_value_seed(Key)?);
            }
            object.push((key, entries.next_value_seed(below)?));
        }
        Ok(Content::Object(object))
    }
}

/// The only key of the map that `serde_json` hands out for a number, where some crate of the build turned on its feature
/// `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Whether that feature is on. Asked only where the key is met: without the feature it is a key like any other.
#[cold]
fn keeps_digits() -> bool {
    serde_json::from_str::<serde_json::Number>("1.50").is_ok_and(|number| number.to_string() == "1.50")
}

/// A number from its digits, the same that `serde_json` reads without the feature.
fn number<'de, E: Error>(digits: &str) -> Result<Content<'de>, E> {
    if let Ok(number) = digits.parse() {
        return Ok(Content::Unsigned(number));
    }
    // -0 is no integer.
    if let Some(number) = digits.parse().ok().filter(|number| *number != 0) {
        return Ok(Content::Signed(number));
    }
    let number = digits.parse().ok().filter(|number: &f64| number.is_finite());
    number.map(Content::Float).ok_or_else(|| E::custom("number out of range"))
}

/// Reads a key, borrowed where it can be.
#[derive(Clone, Copy)]
pub struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

thread_local! {
    /// How many values were ignored while decoding from [`Content`] on this thread: unions compare their arms by it.
    static UNREAD: Cell<usize> = const { Cell::new(0) };
}

/// The count of ignored values so far.
pub fn unread() -> usize {
    UNREAD.with(Cell::get)
}

/// Sets the count, to take back what an arm counted that was not chosen.
pub fn set_unread(count: usize) {
    UNREAD.with(|unread| unread.set(count));
}

/// A value to decode from.
#[derive(Clone, Copy)]
pub struct ContentDeserializer<'c, 'de>(pub &'c Content<'de>);

impl<'de> Deserializer<'de> for ContentDeserializer<'_, 'de> {
    type Error = ContentError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.0 {
            Content::Null => visitor.visit_unit(),
            Content::Bool(value) => visitor.visit_bool(*value),
            Content::Signed(number) => visitor.visit_i64(*number),
            Content::Unsigned(number) => visitor.visit_u64(*number),
            Content::Float(number) => visitor.visit_f64(*number),
            Content::Text(Cow::Borrowed(text)) => visitor.visit_borrowed_str(text),
            Content::Text(Cow::Owned(text)) => visitor.visit_str(text),
            Content::List(list) => visitor.visit_seq(ListAccess { list: list.iter(), index: 0 }),
            Content::Object(entries) => visitor.visit_map(ObjectAccess { entries: entries.iter(), value: None }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.0 {
            Content::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ContentError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ContentError> {
        match self.0 {
            Content::Text(text) => {
                let text: serde::de::value::StrDeserializer<'_, ContentError> = (**text).into_deserializer();
                text.deserialize_enum(name, variants, visitor)
            }
            Content::Object(entries) => {
                let access = ObjectAccess { entries: entries.iter(), value: None };
                serde::de::value::MapAccessDeserializer::new(access).deserialize_enum(name, variants, visitor)
            }
            other => Err(ContentError::invalid_type(other.unexpected(), &"an enum")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        set_unread(unread().saturating_add(1));
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

struct ListAccess<'c, 'de> {
    list: std::slice::Iter<'c, Content<'de>>,
    index: usize,
}

impl<'de> SeqAccess<'de> for ListAccess<'_, 'de> {
    type Error = ContentError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ContentError> {
        let Some(element) = self.list.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(ContentDeserializer(element)).map(Some).map_err(|error| error.below_index(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.list.len())
    }
}

struct ObjectAccess<'c, 'de> {
    entries: std::slice::Iter<'c, (Cow<'de, str>, Content<'de>)>,
    value: Option<&'c (Cow<'de, str>, Content<'de>)>,
}

impl<'de> MapAccess<'de> for ObjectAccess<'_, 'de> {
    type Error = ContentError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ContentError> {
        self.value = self.entries.next();
        self.value.map(|(key, _)| seed.deserialize(KeyDeserializer(key))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ContentError> {
        let Some((key, value)) = self.value.take() else { return Err(ContentError::custom("a value before its key")) };
        seed.deserialize(ContentDeserializer(value)).map_err(|error| error.below_key(key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// A key to decode from.
struct KeyDeserializer<'c, 'de>(&'c Cow<'de, str>);

impl<'de> Deserializer<'de> for KeyDeserializer<'_, 'de> {
    type Error = ContentError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.0 {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_str(text),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// What is wrong with a value, and where below it.
#[derive(Debug)]
pub struct ContentError(Box<Trouble>);

#[derive(Debug)]
struct Trouble {
    /// From here to the trouble: `a.b[0]`.
    path: String,
    message: String,
}

impl ContentError {
    /// The path, from where the decoding began.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong, without the path.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The same error, seen from the object that holds the value.
    pub fn below_key(self, key: &str) -> Self {
        let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@'));
        if plain { self.below(key.to_owned()) } else { self.below(format!("[{}]", quoted(key))) }
    }

    pub(crate) fn below_index(self, index: usize) -> Self {
        self.below(format!("[{index}]"))
    }

    fn below(mut self, step: String) -> Self {
        let rest = std::mem::replace(&mut self.0.path, step);
        if !rest.is_empty() && !rest.starts_with('[') {
            self.0.path.push('.');
        }
        self.0.path.push_str(&rest);
        self
    }
}

/// A key as it stands in a path; no backtick is in it, so that a path can be told from the message that follows.
fn quoted(key: &str) -> String {
    Value::from(key).to_string().replace('`', "\\u0060")
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.path.is_empty() {
            f.write_str(&self.0.message)
        } else {
            write!(f, "at `{}`: {}", self.0.path, self.0.message)
        }
    }
}

impl std::error::Error for ContentError {}

impl Error for ContentError {
    /// Takes a message; one that begins with a path, as [`ContentError`]'s own do, gives it back.
    fn custom<T: fmt::Display>(message: T) -> Self {
        let text = message.to_string();
        let split = text.strip_prefix("at `").and_then(|rest| rest.split_once("`: "));
        let (path, message) = match split {
            Some((path, message)) => (path.to_owned(), message.to_owned()),
            None => (String::new(), text),
        };
        Self(Box::new(Trouble { path, message }))
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("invalid type: {}, expected {expected}", InJson(unexpected)))
    }
}

/// What was found, in JSON's words where serde has Rust's.
pub(super) struct InJson<'a>(pub(super) Unexpected<'a>);

impl fmt::Display for InJson<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Unit => f.write_str("null"),
            Unexpected::Seq => f.write_str("array"),
            Unexpected::Map => f.write_str("object"),
            other => other.fmt(f),
        }
    }
}
