//! What goes wrong between types that hold moments.

use std::fmt;

/// A moment, or a number, that the type asked for cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange {
    of: &'static str,
}

impl OutOfRange {
    /// Of a type.
    pub(super) const fn of(of: &'static str) -> Self {
        Self { of }
    }
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "out of the range of `{}`", self.of)
    }
}

impl std::error::Error for OutOfRange {}
