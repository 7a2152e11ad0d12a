//! Draws diagnostics: a frame of the source for people, JSON for machines.

use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// Draws diagnostics for people, with source frames; ANSI colours if asked for.
pub fn render(_diagnostics: &[Diagnostic], _sources: &Sources, _color: bool) -> String {
    todo!()
}

/// One JSON object a diagnostic: `code`, `severity`, `message`, `file`, `line`, `column`, `hint`.
pub fn to_json(_diagnostics: &[Diagnostic], _sources: &Sources) -> Vec<serde_json::Value> {
    todo!()
}
