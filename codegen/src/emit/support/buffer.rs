//! Reads documents into a [`Content`].

use super::content::{Content, Token};
use super::discreet::own;
use super::level::Level;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// How deep a document may be nested, as in `serde_json`.
const MAX_DEPTH: usize = 128;

impl<'de> Deserialize<'de> for Content<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut content = Content::default();
        Behind::new(&mut content).deserialize(deserializer)?;
        Ok(content)
    }
}

/// Reads a value to the end of a [`Content`].
pub(super) struct Behind<'c, 'de> {
    content: &'c mut Content<'de>,
    depth: usize,
}

impl<'c, 'de> Behind<'c, 'de> {
    /// Reads a value that no other holds.
    pub(super) fn new(content: &'c mut Content<'de>) -> Self {
        Self { content, depth: 0 }
    }

    /// Reads one that is held by what is being read.
    #[inline]
    fn below(&mut self) -> Behind<'_, 'de> {
        Behind { content: self.content, depth: self.depth + 1 }
    }

    fn level<E: Error>(&self) -> Result<Level, E> {
        if self.depth < MAX_DEPTH { Level::enter() } else { Err(own(format_args!("recursion limit exceeded"))) }
    }

    #[inline]
    fn push<E>(self, token: Token<'de>) -> Result<(), E> {
        self.content.push(token);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Behind<'_, 'de> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Behind<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.push(Token::Null)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.push(Token::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    #[inline]
    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        self.push(Token::Bool(value))
    }

    #[inline]
    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.push(Token::Signed(number))
    }

    #[inline]
    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.push(Token::Unsigned(number))
    }

    #[inline]
    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        self.push(Token::Float(number))
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        self.push(Token::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.content.push_copy(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        let _level = self.level()?;
        let at = self.content.open();
        let mut len = 0;
        while elements.next_element_seed(self.below())?.is_some() {
            len += 1;
        }
        self.content.close(at, Token::List { len, end: self.content.end() });
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut entries: A) -> Result<(), A::Error> {
        let _level = self.level()?;
        let at = self.content.open();
        let mut len = 0;
        while entries.next_key_seed(KeyBehind(self.content))?.is_some() {
            if len == 0 && self.content.node(at + 1).text() == Some(NUMBER) && keeps_digits() {
                let token = number(&entries.next_value_seed(Key)?)?;
                self.content.take_back(at);
                return self.push(token);
            }
            entries.next_value_seed(self.below())?;
            len += 1;
        }
        self.content.close(at, Token::Object { len, end: self.content.end() });
        Ok(())
    }
}

/// Reads a key to the end of a [`Content`].
pub(super) struct KeyBehind<'c, 'de>(pub(super) &'c mut Content<'de>);

impl<'de> DeserializeSeed<'de> for KeyBehind<'_, 'de> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeyBehind<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        self.0.push(Token::Borrowed(text));
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.push_copy(text);
        Ok(())
    }
}

/// Reads a key, borrowed where it can be.
#[derive(Clone, Copy)]
pub(super) struct Key;

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

/// The only key of the map that `serde_json` hands out for a number, where some crate of the build turned on its feature
/// `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Whether that feature is on. Asked only where the key is met: without the feature it is a key like any other.
#[cold]
fn keeps_digits() -> bool {
    serde_json::from_str::<serde_json::Number>("1.50").is_ok_and(|number| number.to_string() == "1.50")
}

/// A number from its digits, the same that `serde_json` reads without the feature.
fn number<'de, E: Error>(digits: &str) -> Result<Token<'de>, E> {
    if let Ok(number) = digits.parse() {
        return Ok(Token::Unsigned(number));
    }
    // -0 is no integer.
    if let Some(number) = digits.parse().ok().filter(|number| *number != 0) {
        return Ok(Token::Signed(number));
    }
    let number = digits.parse().ok().filter(|number: &f64| number.is_finite());
    number.map(Token::Float).ok_or_else(|| own(format_args!("number out of range")))
}
