//! Errors that quote nothing of a document, for documents of which nobody knows what in them is secret.
//!
//! Serde's errors are texts, made by whoever decodes: this module's types, the standard library, any crate. What is made
//! here says by [`Own`] that it holds keys, names and kinds only; whatever else is made while nothing may be quoted is
//! replaced.

use serde::de::Error;
use std::cell::Cell;
use std::fmt;

thread_local! {
    /// Whether errors that are made on this thread must not quote values.
    static DISCREET: Cell<bool> = const { Cell::new(false) };
    /// How long the text was that an [`Own`] wrote last.
    static WRITTEN: Cell<Option<usize>> = const { Cell::new(None) };
}

/// While it lives, errors that are made on this thread quote no value.
pub struct Discreet {
    before: bool,
}

impl Discreet {
    /// Begins it.
    pub fn begin() -> Self {
        Self { before: DISCREET.replace(true) }
    }
}

impl Drop for Discreet {
    fn drop(&mut self) {
        DISCREET.set(self.before);
    }
}

/// Whether errors must not quote values.
pub(super) fn is_discreet() -> bool {
    DISCREET.get()
}

/// A text without values, but for those that it leaves out itself where [`is_discreet`] says so.
pub(super) struct Own<'a>(pub(super) fmt::Arguments<'a>);

impl fmt::Display for Own<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Only `without_values` asks for the other form, and only of the message itself: a message that holds this one
        // beside its own words does not hand it on.
        if !f.alternate() {
            return f.write_fmt(self.0);
        }
        let text = self.0.to_string();
        WRITTEN.set(Some(text.len()));
        f.write_str(&text)
    }
}

/// An error with a text without values.
#[cold]
pub(super) fn own<E: Error>(text: fmt::Arguments<'_>) -> E {
    E::custom(Own(text))
}

/// The text of a message if it is an [`Own`], one that says nothing of the value if it is not.
#[cold]
pub(super) fn without_values(message: &impl fmt::Display) -> String {
    WRITTEN.set(None);
    let text = format!("{message:#}");
    if WRITTEN.take() == Some(text.len()) { text } else { "invalid value (what is wrong is not shown)".to_owned() }
}
