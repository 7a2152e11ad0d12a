//! From JSDoc to Markdown for rustdoc.

use crate::model::Doc;

/// Answers what a name in a doc comment means.
pub trait Links {
    /// The rustdoc path of the emitted item that a TypeScript name (`User`, `User.id`, `ns.User`) means where the
    /// comment stands: `crate::api::resources::user::User`; `None` where it is not emitted.
    fn resolve(&self, name: &str) -> Option<String>;

    /// A relative link made absolute, where the recipe says how.
    fn absolute(&self, target: &str) -> Option<String>;
}

/// A doc comment, translated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Markdown, a line each, without trailing space; empty where the comment has no text.
    pub lines: Vec<String>,
    /// The text of `@deprecated` as plain text in one line (may be empty), where there is such a tag.
    pub deprecated: Option<String>,
    /// Whether there is `@internal` (or `@hidden`, `@ignore`).
    pub hidden: bool,
}

/// Translates a doc comment.
pub fn render(_doc: &Doc, _links: &dyn Links) -> Rendered {
    todo!()
}
