//! The recipe of the generated crate, and what each of its rules does.

use crate::node;
use dts_codegen::load::Input;
use dts_codegen::recipe::{Recipe, RuleEffect};
use dts_codegen::{Options, generate};
use std::fs;
use std::sync::LazyLock;

/// The recipe.
pub fn recipe() -> Recipe {
    let path = node::workspace().join("generated/codegen.toml");
    let text = fs::read_to_string(path).expect("the recipe");
    Recipe::parse("codegen.toml", &text).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

/// What each rule does at each place: found out once, by generating the crate.
pub fn effects() -> &'static [RuleEffect] {
    static EFFECTS: LazyLock<Vec<RuleEffect>> = LazyLock::new(|| generated(&recipe()));
    &EFFECTS
}

fn generated(recipe: &Recipe) -> Vec<RuleEffect> {
    let root = node::installed().expect("the oracle's packages");
    let input = Input::Package { root, name: "@clerk/backend".to_owned(), entries: vec![] };
    let options = Options { crate_name: "clerk_backend_types".to_owned(), command: "cargo xtask codegen".to_owned() };
    let generated = generate(&input, recipe, &options).unwrap_or_else(|failure| panic!("{:?}", failure.diagnostics));
    generated.rules
}
