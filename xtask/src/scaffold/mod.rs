//! The files of a new crate that are written once and belong to its owner afterwards.

mod showcase;

use crate::crate_dir::RECIPE;
use anyhow::Context;
use dts_codegen::Generated;
use showcase::Showcase;
use std::fs;
use std::path::Path;

const CARGO_TOML: &str = include_str!("templates/Cargo.toml.txt");
const CODEGEN_TOML: &str = include_str!("templates/codegen.toml.txt");
const GITATTRIBUTES: &str = include_str!("templates/gitattributes.txt");
const LIB: &str = include_str!("templates/lib.rs.txt");
const LIB_EXAMPLE: &str = include_str!("templates/lib_example.txt");
const DECODE: &str = include_str!("templates/decode.rs.txt");
const README: &str = include_str!("templates/README.md.txt");

/// Keeps cargo from asking the workspace around the crate.
const OWN_WORKSPACE: &str = "
# This crate stands inside another workspace without being a member of it.
[workspace]
";

/// What a new crate is made from.
pub(crate) enum Origin {
    /// An npm package.
    Package(String),
    /// Local files, relative to the crate, with `/`.
    Files(Vec<String>),
}

/// A new crate.
pub(crate) struct Scaffold {
    /// The package's name.
    pub(crate) name: String,
    /// What it is made from.
    pub(crate) origin: Origin,
    /// Whether it must be kept apart from a workspace around it.
    pub(crate) own_workspace: bool,
}

impl Scaffold {
    /// Writes what must be there before anything can be generated.
    pub(crate) fn write_base(&self, dir: &Path) -> anyhow::Result<()> {
        let own = if self.own_workspace { OWN_WORKSPACE } else { "" };
        let manifest = self.fill(CARGO_TOML, &[]) + own;
        write(dir, "Cargo.toml", &manifest)?;
        write(dir, RECIPE, &self.fill(CODEGEN_TOML, &[("input", &self.input_section())]))?;
        write(dir, ".gitattributes", GITATTRIBUTES)?;
        write(dir, ".gitignore", "/target\n")?;
        match &self.origin {
            Origin::Package(_) => write(dir, "package.json", &self.package_json()),
            Origin::Files(_) => Ok(()),
        }
    }

    /// Writes what shows the generated types.
    pub(crate) fn write_front(&self, dir: &Path, generated: &Generated) -> anyhow::Result<()> {
        let showcase = Showcase::choose(generated);
        let filled = |template: &str| {
            let values = showcase.as_ref().map(|shown| [("path", shown.path.as_str()), ("type", shown.name.as_str())]);
            values.map(|values| self.fill(template, &values)).unwrap_or_default()
        };
        write(dir, "src/lib.rs", &self.fill(LIB, &[("example", &filled(LIB_EXAMPLE))]))?;
        let (mut excerpt, mut example) = (String::new(), String::new());
        if let Some(shown) = &showcase {
            write(dir, "examples/decode.rs", &filled(DECODE))?;
            excerpt = format!("```rust\n{}\n```\n\n", shown.excerpt);
            example = format!("```rust\n{}```\n\n", without_head(&filled(DECODE)));
        }
        let pins = match self.origin {
            Origin::Package(_) => ", the exact version in `package.json` and `package-lock.json`",
            Origin::Files(_) => "",
        };
        let values = [("excerpt", excerpt.as_str()), ("example", example.as_str()), ("pins", pins)];
        write(dir, "README.md", &self.fill(README, &values))
    }

    fn description(&self) -> String {
        match &self.origin {
            Origin::Package(name) => {
                format!("Rust types of the npm package {name}, generated from its TypeScript declarations")
            }
            Origin::Files(_) => "Rust types generated from TypeScript declarations".to_owned(),
        }
    }

    fn input_section(&self) -> String {
        match &self.origin {
            Origin::Package(name) => format!(
                "[package]\nname = {}\n# entries = [\".\"]                      # export subpaths; without it: every one that has types\n",
                quoted(name)
            ),
            Origin::Files(paths) => {
                let lines: String = paths.iter().map(|path| format!("    {},\n", quoted(path))).collect();
                format!("[files]\npaths = [\n{lines}]\n")
            }
        }
    }

    fn package_json(&self) -> String {
        let object = serde_json::json!({ "name": format!("{}-input", self.name), "private": true });
        serde_json::to_string_pretty(&object).expect("strings always encode") + "\n"
    }

    /// Puts values into the places of a template. Values are not searched for places again.
    fn fill(&self, template: &str, values: &[(&str, &str)]) -> String {
        let description = self.description();
        let common = [("name", self.name.as_str()), ("description", description.as_str())];
        let mut text = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            let (place, after) = after.split_once("}}").expect("the templates are balanced");
            let value = values.iter().chain(&common).find(|(name, _)| *name == place);
            let (_, value) = value.expect("the templates name what there is");
            text.push_str(before);
            text.push_str(value);
            rest = after;
        }
        text + rest
    }
}

/// Rust code without the module's documentation.
fn without_head(code: &str) -> String {
    let lines = code.lines().skip_while(|line| line.starts_with("//!") || line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn write(dir: &Path, name: &str, text: &str) -> anyhow::Result<()> {
    let path = dir.join(name);
    let folder = path.parent().expect("a file in a directory");
    fs::create_dir_all(folder).and_then(|()| fs::write(&path, text)).with_context(|| format!("cannot write {name}"))
}

/// The name of a crate made from something of this name: plain words between hyphens, `-types` at the end.
pub(crate) fn crate_name(of: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let words: String = of.chars().map(plain).collect();
    let words: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
    let mut name = words.join("-");
    if !name.ends_with("types") {
        name = if name.is_empty() { "types".to_owned() } else { name + "-types" };
    }
    // Cargo wants a letter first.
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("npm-{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::{Origin, Scaffold, crate_name};
    use dts_codegen::recipe::{Recipe, RecipeInput};

    #[test]
    fn crates_are_named_after_their_input() {
        for (of, name) in [
            ("express", "express-types"),
            ("@grammyjs/types", "grammyjs-types"),
            ("@clerk/backend", "clerk-backend-types"),
            ("7zip", "npm-7zip-types"),
            ("My Folder", "my-folder-types"),
            ("ä", "types"),
            ("a.b_c", "a-b-c-types"),
        ] {
            assert_eq!(crate_name(of), name);
        }
    }

    #[test]
    fn the_recipe_of_a_new_crate_is_a_recipe() {
        let dir = tempfile::tempdir().unwrap();
        let paths = vec!["../a \"b\".d.ts".to_owned(), "c.d.ts".to_owned()];
        for (origin, expected) in [
            (Origin::Package("@a/b".to_owned()), RecipeInput::Package { name: "@a/b".to_owned(), entries: Vec::new() }),
            (Origin::Files(paths.clone()), RecipeInput::Files { paths }),
        ] {
            Scaffold { name: "x-types".to_owned(), origin, own_workspace: true }.write_base(dir.path()).unwrap();
            let text = std::fs::read_to_string(dir.path().join("codegen.toml")).unwrap();
            assert_eq!(Recipe::parse("codegen.toml", &text).unwrap().input, expected);
            let manifest = std::fs::read_to_string(dir.path().join("Cargo.toml")).unwrap();
            let manifest: toml::Table = manifest.parse().unwrap();
            assert_eq!(manifest["package"]["name"].as_str(), Some("x-types"));
            assert!(manifest.contains_key("workspace"));
        }
    }
}
