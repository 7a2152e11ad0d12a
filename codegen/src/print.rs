//! From tokens to text, item by item, a blank line between them; headers are text.

use crate::diagnostic::Diagnostic;
use crate::emit::EmittedFile;
use crate::fileset::FileSet;

/// Prints the files.
///
/// # Errors
///
/// Tokens that are no Rust: a bug in the generator.
pub fn print(_files: Vec<EmittedFile>, _command: &str) -> Result<FileSet, Vec<Diagnostic>> {
    todo!()
}
