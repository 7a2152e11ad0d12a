//! What is wrong with a document: the texts that many types share, and errors that know their path.

use super::discreet::{Own, is_discreet, own, without_values};
use serde::de::{Error, Expected, Unexpected};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// The error of required fields that are absent, all of those of an object.
#[cold]
pub fn missing<E: Error>(keys: &[&str], name: &str) -> E {
    own(format_args!("{} of {name}", Missing(keys)))
}

/// Fields that are missing, as they stand in an error: ``missing fields `a`, `b` ``.
pub(super) struct Missing<'a>(pub(super) &'a [&'a str]);

impl fmt::Display for Missing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.len() == 1 { "missing field" } else { "missing fields" })?;
        self.0.iter().enumerate().try_for_each(|(at, key)| write!(f, "{} `{key}`", if at == 0 { "" } else { "," }))
    }
}

/// The error of a key that comes twice.
#[cold]
pub fn duplicate<E: Error>(key: &str, name: &str) -> E {
    own(format_args!("duplicate field `{}` of {name}", shown(key)))
}

/// The error of a secret field, whatever is wrong with it.
#[cold]
pub fn secret<E: Error>(key: &str, name: &str) -> E {
    own(format_args!("invalid value for `{key}` of {name} (not shown: it is secret)"))
}

/// What is wrong with a value, and where below it.
#[derive(Debug)]
pub struct ContentError(Box<Trouble>);

#[derive(Debug)]
struct Trouble {
    /// From here to the trouble: `a.b[0]`.
    path: String,
    message: String,
    /// Where in the buffered document it is; `None` where all of that was read before it was found.
    at: Option<usize>,
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

    /// The same error, its place in the buffered document noted where none was before.
    pub(super) fn met_at(mut self, at: usize) -> Self {
        self.0.at.get_or_insert(at);
        self
    }

    /// How much of the buffered document was read before it was found.
    pub(super) fn reach(&self) -> usize {
        self.0.at.unwrap_or(usize::MAX)
    }

    /// The same error, seen from the object that holds the value.
    pub fn below_key(self, key: &str) -> Self {
        if is_plain(key) { self.below(key.to_owned()) } else { self.below(format!("[{}]", quoted(key))) }
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

/// A key as it stands in a message: as JSON has it where it is more than a word.
pub(super) fn shown(key: &str) -> Cow<'_, str> {
    if is_plain(key) { Cow::Borrowed(key) } else { Cow::Owned(quoted(key)) }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '$' | '@'))
}

/// A key as it stands in a path; no backtick is in it, so that a path can be told from the message that follows.
fn quoted(key: &str) -> String {
    Value::from(key).to_string().replace('`', "\\u0060")
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Trouble { path, message, .. } = &*self.0;
        if path.is_empty() {
            Own(format_args!("{message}")).fmt(f)
        } else {
            Own(format_args!("at `{path}`: {message}")).fmt(f)
        }
    }
}

impl std::error::Error for ContentError {}

impl Error for ContentError {
    /// Takes a message; one that begins with a path, as [`ContentError`]'s own do, gives it back.
    fn custom<T: fmt::Display>(message: T) -> Self {
        let text = if is_discreet() { without_values(&message) } else { message.to_string() };
        let split = text.strip_prefix("at `").and_then(|rest| rest.split_once("`: "));
        let (path, message) = match split {
            Some((path, message)) => (path.to_owned(), message.to_owned()),
            None => (String::new(), text),
        };
        Self(Box::new(Trouble { path, message, at: None }))
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        own(format_args!("invalid type: {}, expected {expected}", InJson(unexpected)))
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        own(format_args!("invalid value: {}, expected {expected}", InJson(unexpected)))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        own(format_args!("invalid length {length}, expected {expected}"))
    }

    fn missing_field(key: &'static str) -> Self {
        own(format_args!("{}", Missing(&[key])))
    }

    fn duplicate_field(key: &'static str) -> Self {
        own(format_args!("duplicate field `{key}`"))
    }
}

/// What was found, in JSON's words where serde has Rust's; its kind alone where values must not be shown.
pub(super) struct InJson<'a>(pub(super) Unexpected<'a>);

impl fmt::Display for InJson<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Unexpected::Unit => f.write_str("null"),
            Unexpected::Seq => f.write_str("array"),
            Unexpected::Map => f.write_str("object"),
            other if !is_discreet() => other.fmt(f),
            Unexpected::Bool(_) => f.write_str("boolean"),
            Unexpected::Unsigned(_) | Unexpected::Signed(_) => f.write_str("integer"),
            Unexpected::Float(_) => f.write_str("number"),
            Unexpected::Char(_) | Unexpected::Str(_) => f.write_str("string"),
            _ => f.write_str("another value"),
        }
    }
}
