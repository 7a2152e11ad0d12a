//! A doc comment, read but not translated.

use crate::source::Location;

/// A JSDoc comment (<https://jsdoc.app>, <https://tsdoc.org>), its stars removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doc {
    /// The text before the first block tag; lines joined by `\n`, no trailing space; inline tags as written.
    pub text: String,
    /// The block tags, in order.
    pub tags: Vec<DocTag>,
    /// Where the comment stands.
    pub location: Location,
}

impl Doc {
    /// The text of the first tag of that name (without `@`).
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.tags.iter().find(|tag| tag.name == name).map(|tag| tag.text.as_str())
    }

    /// Whether there is a tag of that name (without `@`).
    pub fn has(&self, name: &str) -> bool {
        self.tags.iter().any(|tag| tag.name == name)
    }
}

/// A block tag of a doc comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocTag {
    /// Its name without `@`: `deprecated`.
    pub name: String,
    /// What follows, up to the next block tag; lines joined by `\n`; trimmed.
    pub text: String,
}
