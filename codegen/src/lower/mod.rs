//! From syntax trees to the model.

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::parse::Modules;
use crate::source::Sources;
use crate::symbols::Symbols;

/// Lowers every declaration.
pub fn lower(_sources: &Sources, _modules: &Modules, _symbols: &Symbols) -> (Model, Vec<Diagnostic>) {
    todo!()
}
