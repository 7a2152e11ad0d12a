//! From the schema to the Rust to be written: names, enums, unions, presence, boxing, documentation, layout.

use crate::coverage::Coverage;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::recipe::Recipe;
use crate::rust::RustCrate;
use crate::schema::Schema;
use crate::source::Sources;

pub mod docs;

/// Plans the crate.
pub fn plan(
    _sources: &Sources,
    _model: &Model,
    _schema: &Schema,
    _recipe: &Recipe,
    _crate_name: &str,
) -> (RustCrate, Coverage, Vec<Diagnostic>) {
    todo!()
}
