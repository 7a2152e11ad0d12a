//! Decodes from a [`Content`](super::content::Content), and counts what is left unread.

use super::content::{Node, Nodes, Token};
use super::discreet::own;
use super::error::ContentError;
use serde::de::{DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::cell::Cell;

thread_local! {
    /// How many values were ignored while decoding on this thread: unions compare their arms by it.
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

impl<'de> Deserializer<'de> for Node<'_, 'de> {
    type Error = ContentError;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.token() {
            Token::Null => visitor.visit_unit(),
            Token::Bool(value) => visitor.visit_bool(value),
            Token::Signed(number) => visitor.visit_i64(number),
            Token::Unsigned(number) => visitor.visit_u64(number),
            Token::Float(number) => visitor.visit_f64(number),
            Token::Borrowed(text) => visitor.visit_borrowed_str(text),
            Token::Copied { start, end } => visitor.visit_str(self.copied(start, end)),
            Token::List { len, .. } => visitor.visit_seq(ListAccess { elements: self.below(len), index: 0 }),
            Token::Object { len, .. } => visitor.visit_map(ObjectAccess::new(self, len)),
        }
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.token() {
            Token::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    /// Lists only, as of text: what a visitor says to other kinds is not asked.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.token() {
            Token::List { .. } => self.deserialize_any(visitor),
            _ => Err(ContentError::invalid_type(self.unexpected(), &visitor)),
        }
    }

    /// Objects only, as of text: serde's maps would read null as an empty one.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.token() {
            Token::Object { .. } => self.deserialize_any(visitor),
            _ => Err(ContentError::invalid_type(self.unexpected(), &visitor)),
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
        if let Some(text) = self.text() {
            let text: serde::de::value::StrDeserializer<'_, ContentError> = text.into_deserializer();
            return text.deserialize_enum(name, variants, visitor);
        }
        let Token::Object { len, .. } = self.token() else {
            return Err(ContentError::invalid_type(self.unexpected(), &"an enum"));
        };
        let access = ObjectAccess::new(self, len);
        serde::de::value::MapAccessDeserializer::new(access).deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        set_unread(unread().saturating_add(1));
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple
        tuple_struct struct identifier
    }
}

struct ListAccess<'c, 'de> {
    elements: Nodes<'c, 'de>,
    index: usize,
}

impl<'de> SeqAccess<'de> for ListAccess<'_, 'de> {
    type Error = ContentError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ContentError> {
        let Some(element) = self.elements.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(element).map(Some).map_err(|error| error.met_at(element.place()).below_index(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.elements.len())
    }
}

struct ObjectAccess<'c, 'de> {
    /// A key, its value, the next key and so on.
    nodes: Nodes<'c, 'de>,
    key: Option<Node<'c, 'de>>,
}

impl<'c, 'de> ObjectAccess<'c, 'de> {
    fn new(object: Node<'c, 'de>, len: usize) -> Self {
        Self { nodes: object.below(2 * len), key: None }
    }
}

impl<'de> MapAccess<'de> for ObjectAccess<'_, 'de> {
    type Error = ContentError;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ContentError> {
        self.key = self.nodes.next();
        self.key.map(|key| seed.deserialize(KeyDeserializer(key))).transpose()
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ContentError> {
        let (Some(key), Some(value)) = (self.key.take(), self.nodes.next()) else {
            return Err(own(format_args!("a value before its key")));
        };
        let error = |error: ContentError| error.met_at(value.place()).below_key(key.text().unwrap_or_default());
        seed.deserialize(value).map_err(error)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.nodes.len() / 2)
    }
}

/// A key to decode from.
struct KeyDeserializer<'c, 'de>(Node<'c, 'de>);

/// Keys that are numbers, as `serde_json` reads them: `{"1": …}`.
macro_rules! number_keys {
    ($($method:ident $visit:ident;)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
            match self.0.text().map(str::parse) {
                Some(Ok(number)) => visitor.$visit(number),
                _ => self.deserialize_any(visitor),
            }
        }
    )+};
}

impl<'de> Deserializer<'de> for KeyDeserializer<'_, 'de> {
    type Error = ContentError;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        match self.0.token() {
            Token::Borrowed(text) => visitor.visit_borrowed_str(text),
            _ => visitor.visit_str(self.0.text().unwrap_or_default()),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ContentError> {
        visitor.visit_some(self)
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
        self.0.deserialize_enum(name, variants, visitor)
    }

    number_keys! {
        deserialize_bool visit_bool;
        deserialize_i8 visit_i8;
        deserialize_i16 visit_i16;
        deserialize_i32 visit_i32;
        deserialize_i64 visit_i64;
        deserialize_i128 visit_i128;
        deserialize_u8 visit_u8;
        deserialize_u16 visit_u16;
        deserialize_u32 visit_u32;
        deserialize_u64 visit_u64;
        deserialize_u128 visit_u128;
        deserialize_f32 visit_f32;
        deserialize_f64 visit_f64;
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
