//! From the Rust to be written, as data, to tokens: one template family a file.

use crate::rust::RustCrate;
use proc_macro2::TokenStream;

/// A file, its items still tokens.
#[derive(Clone, Debug)]
pub struct EmittedFile {
    /// Its path below the crate's directory: `src/gen/api/resources/session.rs`.
    pub path: String,
    /// What its header says it was made from; empty for files that only hold modules.
    pub source: String,
    /// Its `//!` documentation, a line each.
    pub doc: Vec<String>,
    /// Its items, each an item of Rust or several that belong together.
    pub items: Vec<TokenStream>,
    /// Text that is not made of tokens (the support module, which is written by hand), after the items.
    pub text: String,
}

/// Spells the crate.
pub fn emit(_krate: &RustCrate) -> Vec<EmittedFile> {
    todo!()
}
