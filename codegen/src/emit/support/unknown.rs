//! Values that upstream added after this crate was made.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// A value that the enum `E` does not know. Only decoding and `From` make one, and never of a known value: matching
/// the known arms is always enough.
pub struct UnknownValue<E, V = Box<str>> {
    value: V,
    of: PhantomData<fn() -> E>,
}

impl<E, V> UnknownValue<E, V> {
    /// For the tables only, which have looked for a known arm before.
    pub(crate) fn new(value: V) -> Self {
        Self { value, of: PhantomData }
    }

    /// The value.
    pub const fn get(&self) -> &V {
        &self.value
    }
}

impl<E> UnknownValue<E> {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.value
    }
}

impl<E, V: Clone> Clone for UnknownValue<E, V> {
    fn clone(&self) -> Self {
        Self::new(self.value.clone())
    }
}

impl<E, V: Copy> Copy for UnknownValue<E, V> {}

impl<E, V: fmt::Debug> fmt::Debug for UnknownValue<E, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<E, V: fmt::Display> fmt::Display for UnknownValue<E, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<E, V: PartialEq> PartialEq for UnknownValue<E, V> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<E, V: Eq> Eq for UnknownValue<E, V> {}

impl<E, V: PartialOrd> PartialOrd for UnknownValue<E, V> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<E, V: Ord> Ord for UnknownValue<E, V> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<E, V: Hash> Hash for UnknownValue<E, V> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

/// Text or a number that is none of a closed enum's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotKnown {
    pub(crate) name: &'static str,
    pub(crate) found: String,
}

impl fmt::Display for NotKnown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no {}", self.found, self.name)
    }
}

impl std::error::Error for NotKnown {}

/// Choices as they stand in an error: `"a"`, `"b"` or `"c"`.
pub(crate) struct OneOf<'a, T>(pub(crate) &'a [T]);

impl<T: fmt::Display> fmt::Display for OneOf<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, choice) in self.0.iter().enumerate() {
            match at {
                0 => {}
                _ if at + 1 == self.0.len() => f.write_str(" or ")?,
                _ => f.write_str(", ")?,
            }
            choice.fmt(f)?;
        }
        Ok(())
    }
}
