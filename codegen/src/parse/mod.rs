//! From text to syntax trees: the only call to the parser.

mod ambient;
mod file;
mod lines;
mod scan;
mod specifiers;
#[cfg(test)]
mod tests;
mod waves;

pub use ambient::{Wanted, ambient};
pub(crate) use waves::matches;
pub use waves::{parse_all, parse_with};

use crate::source::{FileId, Location};
use indexmap::IndexMap;
use lines::Lines;
use scan::Comment;
use std::sync::Arc;
use swc_common::BytePos;

/// The position of a file's first byte; 0 means "no position" to swc.
const START: BytePos = BytePos(1);

/// The syntax trees, by file handle.
pub struct Modules {
    /// One for each file of [`crate::source::Sources`].
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
    /// The files of `/// <reference path="…" />`.
    pub references: Vec<FileId>,
    /// Whether it is a declaration file: in a `.ts` file, names are exported by `export` alone.
    pub is_declaration: bool,
    text: Arc<str>,
    lines: Lines,
    comments: Vec<Comment>,
}

impl Modules {
    /// The module of a file.
    pub fn module(&self, file: FileId) -> &Module {
        &self.modules[file.0 as usize]
    }
}

impl Module {
    /// The position of a node.
    pub fn location(&self, at: BytePos) -> Location {
        let (line, column) = self.lines.position(&self.text, offset_of(at));
        Location { file: self.file, line, column }
    }

    /// The text of a node, as written.
    pub fn text(&self, span: swc_common::Span) -> &str {
        self.text.get(offset_of(span.lo) as usize..offset_of(span.hi) as usize).unwrap_or("")
    }

    /// The text (without `/**` and `*/`) and position of the JSDoc comment that stands right before a node: the last
    /// leading block comment that starts with `*`.
    ///
    /// Between it and the node there is nothing but space and other comments. A comment at the end of a line belongs to
    /// what stands before it on that line, not to the next line.
    pub fn jsdoc(&self, before: BytePos) -> Option<(&str, Location)> {
        let mut end = offset_of(before);
        let first_after = self.comments.partition_point(|comment| comment.end <= end);
        for comment in self.comments[..first_after].iter().rev() {
            let gap = self.text.get(comment.end as usize..end as usize)?;
            if !gap.chars().all(char::is_whitespace) {
                return None;
            }
            let breaks = self.text.get(comment.end as usize..offset_of(before) as usize)?.contains('\n');
            if comment.is_jsdoc && !(breaks && self.is_trailing(*comment)) {
                return Some(self.doc(*comment));
            }
            end = comment.start;
        }
        None
    }

    /// The last JSDoc comment that starts in a range of positions: for what has its comment before a separator, like
    /// the arms of a union (`/** … */ | 'a'`).
    pub fn jsdoc_between(&self, low: BytePos, high: BytePos) -> Option<(&str, Location)> {
        let (low, high) = (offset_of(low), offset_of(high));
        let end = self.comments.partition_point(|comment| comment.start < high);
        let inside = self.comments[..end].iter().rev().take_while(|comment| comment.start >= low);
        inside.copied().find(|comment| comment.is_jsdoc).map(|comment| self.doc(comment))
    }

    /// Whether something other than space or an opening bracket stands before a comment on its line.
    fn is_trailing(&self, comment: Comment) -> bool {
        // No more than the space before it is looked at: a whole file may be one line.
        let before = &self.text[..comment.start as usize];
        let before = before.trim_end_matches(|sign: char| sign.is_whitespace() && sign != '\n');
        !(before.is_empty() || before.ends_with('\n') || before.ends_with("*/"))
    }

    fn doc(&self, comment: Comment) -> (&str, Location) {
        let text = &self.text[comment.start as usize + 3..comment.end as usize];
        let (line, column) = self.lines.position(&self.text, comment.start);
        (text.strip_suffix("*/").unwrap_or(text), Location { file: self.file, line, column })
    }
}

/// The offset of a position in its file.
fn offset_of(at: BytePos) -> u32 {
    at.0.saturating_sub(START.0)
}
