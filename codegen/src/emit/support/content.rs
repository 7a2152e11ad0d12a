//! A JSON value as it was read, before it is known what it is to be.
//!
//! Unions are read into it where the key that tells them apart comes late or does not exist, and so is a document that
//! was refused, to find out where. It is one flat list, in the order of the document: a value of any shape takes one
//! allocation, and what nobody wants is passed over in one step.

use serde::de::Unexpected;
use serde_json::{Map, Value};
use std::fmt;

/// For how many tokens a list or an object makes room at once: a list that grows from nothing is moved often.
const ROOM: usize = 32;

/// A JSON value, or several side by side.
#[derive(Debug, Default)]
pub struct Content<'de> {
    tokens: Vec<Token<'de>>,
    /// The strings that the document does not hold as they are, one behind the other.
    text: String,
}

/// A value without what it holds, or a key, which stands before its value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Token<'de> {
    Null,
    Bool(bool),
    Signed(i64),
    Unsigned(u64),
    Float(f64),
    /// A string that the document holds.
    Borrowed(&'de str),
    /// A string in [`Content::text`].
    Copied {
        start: usize,
        end: usize,
    },
    /// So many elements stand behind it, and at `end` what comes after them.
    List {
        len: usize,
        end: usize,
    },
    /// So many entries stand behind it, and at `end` what comes after them.
    Object {
        len: usize,
        end: usize,
    },
}

impl<'de> Content<'de> {
    /// The value that was read first.
    pub fn root(&self) -> Node<'_, 'de> {
        self.node(0)
    }

    /// The value or key at a place.
    #[inline]
    pub(super) fn node(&self, at: usize) -> Node<'_, 'de> {
        Node { content: self, at }
    }

    /// The place of what is read next.
    pub(super) fn end(&self) -> usize {
        self.tokens.len()
    }

    /// Puts a value or a key at the end.
    #[inline]
    pub(super) fn push(&mut self, token: Token<'de>) {
        self.tokens.push(token);
    }

    /// Puts a string at the end that the document does not hold.
    pub(super) fn push_copy(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.push(Token::Copied { start, end: self.text.len() });
    }

    /// Begins a list or an object at the end; answers its place.
    pub(super) fn open(&mut self) -> usize {
        self.tokens.reserve(ROOM);
        self.push(Token::Null);
        self.end() - 1
    }

    /// Ends a list or an object that was begun.
    pub(super) fn close(&mut self, at: usize, token: Token<'de>) {
        self.tokens[at] = token;
    }

    /// Takes back everything from a place on.
    pub(super) fn take_back(&mut self, at: usize) {
        self.tokens.truncate(at);
    }
}

/// A value or a key in a [`Content`].
#[derive(Clone, Copy)]
pub struct Node<'c, 'de> {
    content: &'c Content<'de>,
    at: usize,
}

impl<'c, 'de> Node<'c, 'de> {
    /// Where it stands in the document.
    pub(super) fn place(self) -> usize {
        self.at
    }

    /// What stands there.
    #[inline]
    pub(super) fn token(self) -> Token<'de> {
        self.content.tokens[self.at]
    }

    /// Where the next value stands.
    #[inline]
    pub(super) fn after(self) -> usize {
        match self.token() {
            Token::List { end, .. } | Token::Object { end, .. } => end,
            _ => self.at + 1,
        }
    }

    /// A string that the document does not hold.
    #[inline]
    pub(super) fn copied(self, start: usize, end: usize) -> &'c str {
        &self.content.text[start..end]
    }

    /// The so many values behind this one's token.
    #[inline]
    pub(super) fn below(self, len: usize) -> Nodes<'c, 'de> {
        Nodes { next: self.content.node(self.at + 1), left: len }
    }

    /// The kind of the value.
    pub fn kind(self) -> Kind {
        match self.token() {
            Token::Null => Kind::Null,
            Token::Bool(_) => Kind::Bool,
            Token::Signed(_) | Token::Unsigned(_) | Token::Float(_) => Kind::Number,
            Token::Borrowed(_) | Token::Copied { .. } => Kind::String,
            Token::List { .. } => Kind::Array,
            Token::Object { .. } => Kind::Object,
        }
    }

    /// What errors call it.
    pub fn unexpected(self) -> Unexpected<'c> {
        match self.token() {
            Token::Null => Unexpected::Unit,
            Token::Bool(value) => Unexpected::Bool(value),
            Token::Signed(number) => Unexpected::Signed(number),
            Token::Unsigned(number) => Unexpected::Unsigned(number),
            Token::Float(number) => Unexpected::Float(number),
            Token::Borrowed(_) | Token::Copied { .. } => Unexpected::Str(self.text().unwrap_or_default()),
            Token::List { .. } => Unexpected::Seq,
            Token::Object { .. } => Unexpected::Map,
        }
    }

    /// The boolean, if it is one.
    pub fn bool(self) -> Option<bool> {
        match self.token() {
            Token::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub fn number(self) -> Option<f64> {
        match self.token() {
            Token::Signed(number) => Some(number as f64),
            Token::Unsigned(number) => Some(number as f64),
            Token::Float(number) => Some(number),
            _ => None,
        }
    }

    /// The string, if it is one.
    pub fn text(self) -> Option<&'c str> {
        match self.token() {
            Token::Borrowed(text) => Some(text),
            Token::Copied { start, end } => Some(self.copied(start, end)),
            _ => None,
        }
    }

    /// The elements, if it is a list.
    pub fn elements(self) -> Option<Nodes<'c, 'de>> {
        match self.token() {
            Token::List { len, .. } => Some(self.below(len)),
            _ => None,
        }
    }

    /// The keys and values, if it is an object.
    pub fn entries(self) -> Option<impl Iterator<Item = (&'c str, Node<'c, 'de>)>> {
        let Token::Object { len, .. } = self.token() else { return None };
        let mut nodes = self.below(2 * len);
        Some(std::iter::from_fn(move || Some((nodes.next()?.text()?, nodes.next()?))))
    }

    /// The same as an untyped value.
    pub fn to_value(self) -> Value {
        match self.token() {
            Token::Null => Value::Null,
            Token::Bool(value) => Value::Bool(value),
            Token::Signed(number) => Value::from(number),
            Token::Unsigned(number) => Value::from(number),
            Token::Float(number) => Value::from(number),
            Token::Borrowed(_) | Token::Copied { .. } => Value::from(self.text()),
            Token::List { len, .. } => self.below(len).map(Node::to_value).collect(),
            Token::Object { .. } => {
                let entries = self.entries().into_iter().flatten();
                Value::Object(entries.map(|(key, value)| (key.to_owned(), value.to_value())).collect::<Map<_, _>>())
            }
        }
    }

    /// How many values and keys it is made of, itself included.
    pub fn size(self) -> usize {
        self.after() - self.at
    }
}

/// Values, or keys and values, that stand side by side.
#[derive(Clone)]
pub struct Nodes<'c, 'de> {
    next: Node<'c, 'de>,
    left: usize,
}

impl<'c, 'de> Iterator for Nodes<'c, 'de> {
    type Item = Node<'c, 'de>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let node = self.next;
        self.next.at = node.after();
        Some(node)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl ExactSizeIterator for Nodes<'_, '_> {}

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
    /// An object without keys: what a map of nothing is. No value is said to be of this kind.
    Empty,
}

impl Kind {
    /// The kind of an untyped value.
    pub fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Bool,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::String,
            Value::Array(_) => Self::Array,
            Value::Object(_) => Self::Object,
        }
    }
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
            Self::Empty => "an object without keys",
        })
    }
}
