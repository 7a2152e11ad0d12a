//! From the schema to the Rust to be written: names, enums, unions, presence, boxing, documentation, layout.
//!
//! ```text
//! layout   where every declaration stands          arms, unions    which kind of enum a union is
//! names    what it is called                       tags, tagged    unions told apart by a property
//! declare  makes them one after another            untagged        unions told apart by JSON kind and keys
//! types    shape → Rust type                       enums           enums of literals
//! records, fields   structs                        generic_bodies  what stays generic
//! arm_names  what the arms of a union of objects are called
//! kinds    kinds of JSON values                    generics        what is instantiated, and how it is named
//! boxing   what must be behind a pointer           tree, reexports, coverage  modules, the account
//! homes    where types without a name belong       same            what is a declared type though not by its name
//! written  where objects without a name are written
//! defaults whether a recipe's defaults fit         patterns        what documentation says of template literals
//! required what arms of unions cannot do without  samples  which types have a plain value for tests
//! required what arms of unions cannot do without       describe, described  documentation of items
//! users    which items and functions use an item
//! ```

use crate::coverage::Coverage;
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::recipe::{Recipe, RuleEffect};
use crate::refine::Refined;
use crate::rust::RustCrate;
use crate::source::Sources;
use planner::{Input, Planner};

mod arm_names;
mod arms;
mod boxing;
mod chunks;
mod classes;
mod conversions;
mod coverage;
mod declare;
mod defaults;
mod describe;
mod described;
pub mod docs;
mod enums;
mod extras;
mod fields;
mod foreign;
mod generic_bodies;
mod generics;
mod held;
mod homes;
mod kinds;
mod layout;
mod links;
mod names;
mod patterns;
mod planner;
mod records;
mod reexports;
mod required;
mod same;
mod samples;
mod site;
mod sizes;
mod tagged;
mod tags;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod tree;
mod types;
mod unions;
mod untagged;
mod users;
mod written;

/// What planning gives.
#[derive(Debug)]
pub struct Planned {
    /// The Rust to be written.
    pub krate: RustCrate,
    /// The account of the input.
    pub coverage: Coverage,
    /// What the rules of the recipe did.
    pub rules: Vec<RuleEffect>,
    /// What was found to be wrong.
    pub diagnostics: Vec<Diagnostic>,
}

/// Plans the crate.
pub fn plan(sources: &Sources, model: &Model, refined: Refined, recipe: &Recipe, crate_name: &str) -> Planned {
    let schema = same::apply(model, refined.schema);
    let mut planner = Planner::new(Input { sources, model, schema: &schema, recipe }, refined.rules);
    planner.run();
    boxing::box_items(&mut planner.items);
    planner.check_defaults();
    planner.add_conversions();
    required::note_required(&mut planner.items);
    samples::note_samples(&mut planner.items);
    described::describe(&mut planner);
    let (krate, public) = tree::build(&mut planner);
    let coverage = coverage::account(&planner, &public, crate_name);
    let mut diagnostics = refined.diagnostics;
    diagnostics.append(&mut planner.diagnostics);
    diagnostics.extend(recipe.unused());
    diagnostics.extend(planner.rules.diagnostics(recipe));
    Planned { krate, coverage, rules: planner.rules.effects(), diagnostics }
}
