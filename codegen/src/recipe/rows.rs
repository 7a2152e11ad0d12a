//! Rows of a recipe: globs with a value, which remember whether they matched.

use globset::{Glob, GlobSet, GlobSetBuilder};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

/// A row.
#[derive(Debug)]
pub struct Row<T> {
    /// The glob as written.
    pub text: String,
    /// The glob, read.
    pub glob: Glob,
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
pub struct Rows<T> {
    rows: Vec<Row<T>>,
    /// All their globs, matched at once: every property is looked up in every table.
    globs: GlobSet,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), globs: GlobSet::empty() }
    }
}

impl<T> Rows<T> {
    /// The rows of a table.
    ///
    /// # Errors
    ///
    /// Globs that are too much to match at once.
    pub(super) fn new(rows: Vec<Row<T>>) -> Result<Self, globset::Error> {
        let mut globs = GlobSetBuilder::new();
        for row in &rows {
            globs.add(row.glob.clone());
        }
        Ok(Self { globs: globs.build()?, rows })
    }

    /// The rows.
    pub fn rows(&self) -> &[Row<T>] {
        &self.rows
    }

    /// What the last row that matches one of the names says. All rows that match are marked as used.
    pub fn find<S: AsRef<str>>(&self, names: &[S]) -> Option<&T> {
        self.matching(names).last().map(|row| &row.value)
    }

    /// The rows that match one of the names, in the order of the recipe. They are marked as used.
    pub fn matching<S: AsRef<str>>(&self, names: &[S]) -> Vec<&Row<T>> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let mut found = BTreeSet::new();
        for name in names {
            found.extend(self.globs.matches(name.as_ref()));
        }
        let mark = |at: usize| {
            self.rows[at].used.store(true, Ordering::Relaxed);
            &self.rows[at]
        };
        found.into_iter().map(mark).collect()
    }

    /// Whether a row matches one of the names.
    pub fn matches<S: AsRef<str>>(&self, names: &[S]) -> bool {
        self.find(names).is_some()
    }

    /// Offset and text of the rows that never matched.
    pub(super) fn unused(&self) -> impl Iterator<Item = (usize, &str)> {
        let unused = self.rows.iter().filter(|row| !row.used.load(Ordering::Relaxed));
        unused.map(|row| (row.offset, row.text.as_str()))
    }
}
