//! The recipe: what is particular to a package, as data (`codegen.toml`).
//!
//! A row names TypeScript things by globs over upstream's spelling (`SessionJSON.actor`, `*JSON.*_at`). Rows remember
//! whether they matched, so that a row that matches nothing can be reported.

mod document;
mod effects;
mod package_name;
mod read;
mod rows;
#[cfg(test)]
mod tests;
mod values;

pub use effects::{Effect, RuleEffect, RuleLog};
pub use package_name::is_package_name;
pub use rows::{Row, Rows};

use crate::diagnostic::{Code, Diagnostic};
use crate::rust::{IntTy, When};
use indexmap::IndexMap;

/// A recipe.
#[derive(Debug, Default)]
pub struct Recipe {
    /// The file's name, for diagnostics.
    pub name: String,
    /// The file's text, for diagnostics.
    pub text: String,
    /// `[package]` or `[files]`.
    pub input: RecipeInput,
    /// `[numbers] default`
    pub number_default: NumberRule,
    /// `[numbers]` rows: properties (`Type.field`) or types.
    pub numbers: Rows<NumberRule>,
    /// `[strings] closed`: enums by type name (`Type`) or by the property they are anonymous in (`Type.field`).
    pub closed: Rows<()>,
    /// `[strings] open`: constants that documents contradict (`Type.field`), and what else is known to be there.
    pub open: Rows<Vec<String>>,
    /// `[nulls] absent_ok`
    pub absent_ok: Rows<()>,
    /// `[nulls] null_ok`
    pub null_ok: Rows<()>,
    /// `[nulls] merge`
    pub merge: Rows<()>,
    /// `[extra] capture`: types.
    pub capture: Rows<()>,
    /// `[wire] case`: types, and how their keys are spelled on the wire.
    pub case: Rows<WireCase>,
    /// `[wire] key`: properties (`Type.field`), and what they are called in documents.
    pub keys: Rows<String>,
    /// `[wire] payload`: properties of one arm of a union (`Event.'role.deleted'.data`), and the TypeScript type that
    /// documents have there.
    pub payloads: Rows<String>,
    /// `[redact] fields`: a property's name, or `Type.field`.
    pub redact: Rows<()>,
    /// `[structs] non_exhaustive`: types.
    pub non_exhaustive: Rows<()>,
    /// `[structs] answers_non_exhaustive`: whether every struct that is answered and never taken is non-exhaustive.
    pub answers_non_exhaustive: bool,
    /// `[class."Type.field"]`
    pub class: Rows<ClassRule>,
    /// `[rename]`: a type, property (`Type.field`) or variant (`Type.value`), and its Rust name.
    pub rename: Rows<String>,
    /// `[types]`: a type or property, and the TypeScript type that is meant instead.
    pub types: Rows<String>,
    /// `[derives]`: types, and what they derive in addition.
    pub derives: Rows<Vec<String>>,
    /// `[docs] base`: what relative links are relative to.
    pub docs_base: Option<String>,
    /// `[docs] examples`: types, and the Rust code that their documentation shows, which is compiled and run as a test.
    pub examples: Rows<String>,
    /// `[features]`: reserved for features of the generated crate, by name.
    pub features: IndexMap<String, Vec<String>>,
}

/// Where the declarations come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecipeInput {
    /// `[package]`
    Package {
        /// `name`
        name: String,
        /// `entries`; empty: every subpath that has types.
        entries: Vec<String>,
    },
    /// `[files]`
    Files {
        /// `paths`, relative to the recipe.
        paths: Vec<String>,
    },
}

impl Default for RecipeInput {
    fn default() -> Self {
        Self::Files { paths: Vec::new() }
    }
}

/// What a `number` is in Rust.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NumberRule {
    /// `f64`
    #[default]
    Float,
    /// `i32`, `i64`, `u32`, `u64`
    Int(IntTy),
    /// `UnixMillis`
    UnixMillis,
    /// `UnixSeconds`
    UnixSeconds,
}

/// How keys are spelled on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WireCase {
    /// `snake`: the keys of the type itself.
    Snake,
    /// `deep-snake`: those of anonymous and named object types below it too, maps and untyped values left alone.
    DeepSnake,
    /// `camel`
    Camel,
    /// `kebab`
    Kebab,
}

/// What upstream's `fromJSON` does with a field that the declarations cannot tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClassRule {
    /// The wire keys it is read from, the first that is there; none at all where it is never read.
    pub from: Option<Vec<String>>,
    /// What stands in for a missing value, as JSON text.
    pub default: Option<String>,
    /// Which values it stands in for.
    pub when: When,
}

impl Recipe {
    /// Reads a recipe. `name` is the file's name for diagnostics.
    ///
    /// # Errors
    ///
    /// Invalid TOML, unknown keys, wrong types, globs that are no globs; each with its position.
    pub fn parse(name: &str, text: &str) -> Result<Self, Vec<Diagnostic>> {
        read::read(name, text)
    }

    /// An error for every row that matched nothing since the recipe was read, in the order of the file. Most often
    /// upstream mended or renamed what the row was for.
    pub fn unused(&self) -> Vec<Diagnostic> {
        let mut unused = Vec::new();
        let lists = [
            &self.closed,
            &self.absent_ok,
            &self.null_ok,
            &self.merge,
            &self.capture,
            &self.redact,
            &self.non_exhaustive,
        ];
        for rows in lists {
            unused.extend(rows.unused());
        }
        unused.extend(self.open.unused());
        unused.extend(self.keys.unused());
        unused.extend(self.payloads.unused());
        unused.extend(self.numbers.unused());
        unused.extend(self.case.unused());
        unused.extend(self.class.unused());
        unused.extend(self.rename.unused());
        unused.extend(self.types.unused());
        unused.extend(self.derives.unused());
        unused.extend(self.examples.unused());
        unused.sort_by_key(|(offset, _)| *offset);
        unused.into_iter().map(|(offset, glob)| self.unused_row(offset, glob)).collect()
    }

    /// An error for a `[types]` row whose type cannot be understood.
    pub fn wrong_type(&self, row: &Row<String>) -> Diagnostic {
        let place = document::place(&self.name, &self.text, row.offset);
        document::recipe_error(Code::Recipe, place, format!("`{}` is no type that a row can name", row.value))
            .with_hint(
                "name a declaration without parameters, `string`, `number`, `boolean`, `null`, `unknown` or a literal; \
             `[]` makes lists, `|` unions",
            )
    }

    /// An error about a row.
    pub(crate) fn error_at(&self, offset: usize, message: String) -> Diagnostic {
        document::recipe_error(Code::Recipe, document::place(&self.name, &self.text, offset), message)
    }

    fn unused_row(&self, offset: usize, glob: &str) -> Diagnostic {
        let place = document::place(&self.name, &self.text, offset);
        document::recipe_error(Code::UnusedRow, place, format!("`{glob}` matches nothing"))
            .with_hint("remove the row, or write the name as the declarations spell it")
    }
}
