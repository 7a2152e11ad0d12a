//! From JSDoc to Markdown for rustdoc.
//!
//! ```text
//! Doc ──tags──▶ texts ──clean──▶ text with marks ──build──▶ nodes ──convert──▶ blocks ──write──▶ lines
//! ```
//!
//! The text is understood before it is written again: Markdown and the HTML in it are read into one tree, and what is
//! written from the tree is Markdown alone, in which everything else is escaped. So no text becomes a link that leads
//! nowhere, a tag that does not end or a test that is compiled, whatever it says.

mod build;
mod clean;
mod convert;
mod html;
mod line;
mod tags;
mod target;
#[cfg(test)]
mod tests;
mod tree;
mod write;

use crate::model::Doc;

/// Answers what a name in a doc comment means.
pub trait Links {
    /// The rustdoc path of the emitted item that a TypeScript name (`User`, `User.id`, `ns.User`) means where the
    /// comment stands: `crate::api::resources::user::User`, or just `User` in its own module; `None` where it is not
    /// emitted.
    fn resolve(&self, name: &str) -> Option<String>;

    /// Whether the last name of a path that [`Links::resolve`] answered may also be in scope where the comment stands.
    /// Such a link is written with `type@`, without which rustdoc would warn that its target is redundant.
    fn may_be_in_scope(&self, _path: &str) -> bool {
        true
    }

    /// A relative link made absolute, where the recipe says how.
    fn absolute(&self, target: &str) -> Option<String>;
}

/// A doc comment, translated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Markdown, a line each, without trailing space; empty where the comment has no text.
    pub lines: Vec<String>,
    /// The text of `@deprecated` as plain text in one line (may be empty), where there is such a tag; brackets are
    /// escaped, since rustdoc looks for links in it.
    pub deprecated: Option<String>,
    /// Whether there is `@internal` (or `@hidden`, `@ignore`).
    pub hidden: bool,
}

/// A block of code, as it is: with `rust` behind the fence, rustdoc compiles and runs it.
pub fn block(language: &str, code: &str) -> Vec<String> {
    let mut lines = Vec::new();
    write::write_code(language, code, &mut lines);
    lines
}

/// Translates a doc comment.
pub fn render(doc: &Doc, links: &dyn Links) -> Rendered {
    tags::render(doc, links)
}
