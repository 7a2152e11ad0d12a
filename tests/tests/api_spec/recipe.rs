//! The recipe of the generated crate, and what each of its rules does.

use dts_codegen::load::Input;
use dts_codegen::recipe::{Recipe, RuleEffect};
use dts_codegen::{Options, generate};
use std::fs;
use tests::node;

/// The recipe.
pub fn recipe() -> Recipe {
    let path = node::workspace().join("generated/codegen.toml");
    let text = fs::read_to_string(path).expect("the recipe");
    Recipe::parse("codegen.toml", &text).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

/// What each rule does at each place, and the recipe, whose rules know by now what they matched.
pub fn effects() -> (Recipe, Vec<RuleEffect>) {
    let recipe = recipe();
    let root = node::installed().expect("the oracle's packages");
    let input = Input::Package { root, name: "@clerk/backend".to_owned(), entries: vec![] };
    let options = Options { crate_name: "clerk_backend_types".to_owned(), command: "cargo xtask codegen".to_owned() };
    let generated = generate(&input, &recipe, &options).unwrap_or_else(|failure| panic!("{:?}", failure.diagnostics));
    (recipe, generated.rules)
}
