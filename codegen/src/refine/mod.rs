//! From the schema to the schema that the recipe means: what documents have where the declarations say something else.
//!
//! ```text
//! type_overrides   `[types]`: another type
//! open_constants   `[strings] open`: constants that documents contradict
//! wire_keys        `[wire] key`: properties that documents call otherwise
//! payloads         `[wire] payload`: one arm of a union that holds something else
//! properties       every property of a declaration, with the names that rules may call it
//! type_names       types as rules write them
//! ```

mod open_constants;
mod payloads;
mod properties;
mod type_names;
mod type_overrides;
mod wire_keys;

use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::recipe::{Recipe, RuleLog};
use crate::schema::Schema;

/// What refining gives.
#[derive(Debug)]
pub struct Refined {
    /// The schema as the recipe means it.
    pub schema: Schema,
    /// What the rules did so far; planning goes on with it.
    pub rules: RuleLog,
    /// What is wrong with the rules.
    pub diagnostics: Vec<Diagnostic>,
}

/// Rewrites the schema by the rules of the recipe.
pub fn refine(model: &Model, schema: Schema, recipe: &Recipe) -> Refined {
    let mut refined = Refined { schema, rules: RuleLog::default(), diagnostics: Vec::new() };
    type_overrides::apply(model, recipe, &mut refined);
    open_constants::apply(model, recipe, &mut refined);
    wire_keys::apply(model, recipe, &mut refined);
    payloads::apply(model, recipe, &mut refined);
    refined
}
