//! From the model to the schema: reaches what the entries reach, evaluates every type operator.
//!
//! ```text
//! reach       which declarations, by syntax, and from where
//! expr …      type expressions to interned types: one file for each operator, all in terms of `Cx`
//! convert     types to shapes
//! drafts      one instance for each declaration with its arguments, and for each nameless type that contains itself
//! settle      what is no data leaves the shapes
//! instances   all of it together
//! ```
//!
//! Types are interned and lazy: a named type keeps its name until an operator looks inside, and the type of a property
//! is evaluated when somebody asks. Type expressions are never rewritten: a type expression and an environment (what its
//! parameters stand for) are a type, which is remembered. Budgets bound every walk (see `cx`).

mod arms;
mod assign;
mod conditional;
mod convert;
mod cx;
mod drafts;
mod env;
mod expr;
mod fingerprint;
mod indexed;
mod infer;
mod instances;
mod intersect;
mod keyof;
mod library;
mod library_bases;
mod looks;
mod mapped;
mod members;
mod named;
mod platform;
mod prelude;
mod reach;
mod redeclared;
mod references;
mod settle;
mod template;
#[cfg(test)]
mod tests;
mod this;
mod twins;
mod ty;
mod typeof_;
mod union;

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::schema::Schema;

/// Evaluates everything that the entries reach. It nests deep: [`crate::generate`] calls it on a large stack.
pub fn evaluate(model: &Model) -> (Schema, Vec<Diagnostic>) {
    instances::evaluate(model)
}
