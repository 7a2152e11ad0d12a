//! From a package on disk (or files, or memory) to text: entries and import specifiers become files.
//!
//! The only room that reads files.

use crate::diagnostic::Diagnostic;
use std::path::PathBuf;

/// Where the declarations come from.
#[derive(Clone, Debug)]
pub enum Input {
    /// An installed npm package.
    Package {
        /// The directory that holds `node_modules`.
        root: PathBuf,
        /// The package's name.
        name: String,
        /// The export subpaths to read; empty: every one that has types.
        entries: Vec<String>,
    },
    /// Declaration files on disk.
    Files {
        /// The directory that paths in the output are relative to.
        root: PathBuf,
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// Files in memory, for tests: an in-memory tree of `(path, text)`, in which `node_modules/x/…` may stand too.
    Memory {
        /// All files.
        files: Vec<(String, String)>,
        /// Paths of the entries.
        entries: Vec<String>,
    },
}

/// Answers which file an entry or a specifier means, and reads it.
pub struct Loader {}

/// Finds the entries.
///
/// # Errors
///
/// A missing package, an entry without types.
pub fn open(_input: &Input) -> Result<Loader, Vec<Diagnostic>> {
    todo!()
}
