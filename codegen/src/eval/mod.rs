//! From the model to the schema: reaches what the entries reach, evaluates every type operator.
//!
//! ```text
//! reach       which declarations, by syntax, and from where
//! expr …      type expressions to interned types: one file for each operator, all in terms of `Cx`
//! convert     types to shapes, one instance for each declaration with its arguments
//! settle      what is no data leaves the shapes
//! instances   all of it together
//! ```
//!
//! Types are interned and lazy: a named type keeps its name until an operator looks inside, and the type of a property
//! is evaluated when somebody asks. Type expressions are never rewritten: a type expression and an environment (what its
//! parameters stand for) are a type, which is remembered. Budgets bound every walk (see [`cx`]).

mod assign;
mod conditional;
mod convert;
mod cx;
mod env;
mod expr;
mod fingerprint;
mod indexed;
mod infer;
mod instances;
mod intersect;
mod keyof;
mod library;
mod mapped;
mod members;
mod named;
mod prelude;
mod reach;
mod settle;
mod template;
#[cfg(test)]
mod tests;
mod ty;
mod typeof_;
mod union;

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::schema::Schema;

/// The stack of the evaluator's thread. It is address space: only what deep input needs is ever touched.
const STACK: usize = 1 << 30;

/// Evaluates everything that the entries reach.
pub fn evaluate(model: &Model) -> (Schema, Vec<Diagnostic>) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name("evaluate".to_owned()).stack_size(STACK);
        let run = thread.spawn_scoped(scope, || instances::evaluate(model));
        match run.expect("the machine can start a thread").join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
