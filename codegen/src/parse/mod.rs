//! From text to syntax trees: the only call to the parser.

use crate::diagnostic::Diagnostic;
use crate::load::Loader;
use crate::source::{FileId, Location, Sources};
use indexmap::IndexMap;
use swc_common::BytePos;

/// The syntax trees, by file handle.
pub struct Modules {
    /// One for each file of [`Sources`].
    pub modules: Vec<Module>,
}

/// A parsed file.
pub struct Module {
    /// Which file.
    pub file: FileId,
    /// Its tree.
    pub ast: swc_ecma_ast::Module,
    /// What its import specifiers, `import('x')` types and references resolve to; `None` where nothing was found (a
    /// diagnostic was given) or an ambient module must serve.
    pub imports: IndexMap<String, Option<FileId>>,
}

impl Module {
    /// The position of a node.
    pub fn location(&self, _at: BytePos) -> Location {
        todo!()
    }

    /// The text (without `/**` and `*/`) and position of the JSDoc comment that stands right before a node: the last
    /// leading block comment that starts with `*`.
    pub fn jsdoc(&self, _before: BytePos) -> Option<(&str, Location)> {
        todo!()
    }
}

/// Reads and parses the entries and everything that they import, wave by wave.
pub fn parse_all(_loader: &Loader) -> (Sources, Modules, Vec<Diagnostic>) {
    todo!()
}
