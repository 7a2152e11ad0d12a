//! Rows of a recipe: globs with a value, which remember whether they matched.

use globset::{Candidate, GlobMatcher};
use std::sync::atomic::{AtomicBool, Ordering};

/// A row.
#[derive(Debug)]
pub struct Row<T> {
    /// The glob as written.
    pub text: String,
    /// The glob, compiled.
    pub glob: GlobMatcher,
    /// What the row says.
    pub value: T,
    /// Why it is there.
    pub why: Option<String>,
    /// Where its text starts in the recipe, in bytes.
    pub offset: usize,
    /// Whether it matched.
    pub used: AtomicBool,
}

/// The rows of a table, in order.
#[derive(Debug)]
pub struct Rows<T>(pub Vec<Row<T>>);

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Rows<T> {
    /// What the last row that matches one of the names says. All rows that match are marked as used.
    pub fn find<S: AsRef<str>>(&self, names: &[S]) -> Option<&T> {
        let names: Vec<Candidate<'_>> = names.iter().map(|name| Candidate::new(name.as_ref())).collect();
        let mut found = None;
        for row in &self.0 {
            if names.iter().any(|name| row.glob.is_match_candidate(name)) {
                row.used.store(true, Ordering::Relaxed);
                found = Some(&row.value);
            }
        }
        found
    }

    /// Whether a row matches one of the names.
    pub fn matches<S: AsRef<str>>(&self, names: &[S]) -> bool {
        self.find(names).is_some()
    }

    /// Offset and text of the rows that never matched.
    pub(super) fn unused(&self) -> impl Iterator<Item = (usize, &str)> {
        let unused = self.0.iter().filter(|row| !row.used.load(Ordering::Relaxed));
        unused.map(|row| (row.offset, row.text.as_str()))
    }
}
