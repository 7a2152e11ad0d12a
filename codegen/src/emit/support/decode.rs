//! Decoding with errors that say where.

use super::content::Content;
use super::error::ContentError;
use serde::de::{Deserialize, DeserializeOwned};
use serde_json::Value;
use std::fmt;

/// How deep a value may be nested, as in `serde_json`.
const MAX_DEPTH: usize = 128;

/// What is wrong with a document, and where.
///
/// ```text
/// at `data.email_addresses[1].verification`: missing field `strategy` of VerificationJSON (line 1, column 812)
/// ```
///
/// The text never holds the value of a field that carries a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    message: String,
    position: Option<(usize, usize)>,
}

impl DecodeError {
    /// Where in the document: `data.email_addresses[1].verification`; empty for the document itself, and for text that
    /// is no JSON.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The line at which the decoder gave up, from 1; `None` where there is no text.
    pub fn line(&self) -> Option<usize> {
        self.position.map(|(line, _)| line)
    }

    /// The column at which the decoder gave up, from 1; `None` where there is no text.
    pub fn column(&self) -> Option<usize> {
        self.position.map(|(_, column)| column)
    }

    /// What `serde_json` says, without a path.
    fn plain(error: &serde_json::Error) -> Self {
        let position = (error.line() > 0).then(|| (error.line(), error.column()));
        let text = error.to_string();
        let message = match text.rsplit_once(" at line ") {
            Some((message, _)) if position.is_some() => message.to_owned(),
            _ => text,
        };
        Self { path: String::new(), message, position }
    }

    /// What is wrong with a value that was not read from text.
    pub(super) fn of(error: &ContentError) -> Self {
        Self { path: error.path().to_owned(), message: error.message().to_owned(), position: None }
    }

    /// Decodes what was refused once more, from the value, to find the path.
    fn explain<'de, T: Deserialize<'de>>(content: &Content<'de>, error: &serde_json::Error) -> Self {
        let plain = Self::plain(error);
        match T::deserialize(content.root()) {
            Ok(_) => plain,
            Err(error) => Self { position: plain.position, ..Self::of(&error) },
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "at `{}`: ", self.path)?;
        }
        f.write_str(&self.message)?;
        match self.position {
            Some((line, column)) => write!(f, " (line {line}, column {column})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Decodes JSON text. The same as `serde_json::from_str`, but the error says where in the document it is.
///
/// # Errors
///
/// Text that is no JSON, and a document that is not of the type.
pub fn from_str<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, DecodeError> {
    serde_json::from_str(text).map_err(|error| match serde_json::from_str(text) {
        Ok(content) => DecodeError::explain::<T>(&content, &error),
        Err(_) => DecodeError::plain(&error),
    })
}

/// Decodes JSON text in UTF-8. The same as `serde_json::from_slice`, but the error says where in the document it is.
///
/// # Errors
///
/// Bytes that are no JSON, and a document that is not of the type.
pub fn from_slice<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> Result<T, DecodeError> {
    serde_json::from_slice(bytes).map_err(|error| match serde_json::from_slice(bytes) {
        Ok(content) => DecodeError::explain::<T>(&content, &error),
        Err(_) => DecodeError::plain(&error),
    })
}

/// Decodes an untyped value. The same as `serde_json::from_value`, but the error says where in the document it is, and
/// the value may be borrowed.
///
/// # Errors
///
/// A value that is not of the type, or nested deeper than JSON text may be.
pub fn from_value<T: DeserializeOwned>(value: impl std::borrow::Borrow<Value>) -> Result<T, DecodeError> {
    let value = value.borrow();
    if is_too_deep(value) {
        return Err(DecodeError {
            path: String::new(),
            message: "recursion limit exceeded".to_owned(),
            position: None,
        });
    }
    T::deserialize(value).map_err(|error| match Content::deserialize(value) {
        Ok(content) => DecodeError::explain::<T>(&content, &error),
        Err(_) => DecodeError::plain(&error),
    })
}

/// Whether a value is nested too deep, found without recursion.
fn is_too_deep(value: &Value) -> bool {
    let mut open = vec![(value, 0)];
    while let Some((value, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return true;
        }
        match value {
            Value::Array(list) => open.extend(list.iter().map(|element| (element, depth + 1))),
            Value::Object(map) => open.extend(map.values().map(|element| (element, depth + 1))),
            _ => {}
        }
    }
    false
}
