//! From the model to the schema: reaches what the entries reach, evaluates every type operator.

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::schema::Schema;

/// Evaluates everything that the entries reach.
pub fn evaluate(_model: &Model) -> (Schema, Vec<Diagnostic>) {
    todo!()
}
