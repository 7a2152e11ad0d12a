//! `coverage.json`: what became of every declaration and of every property that is no plain data.

use serde::{Deserialize, Serialize};

/// The whole account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The packages read, `name@version`, the generated one first, the others by name.
    pub packages: Vec<String>,
    /// The crate as it is written in Rust code.
    #[serde(rename = "crate")]
    pub krate: String,
    /// The counts.
    pub summary: Summary,
    /// One entry for each declaration that is exported or reached, and one for each property that is no plain data;
    /// by package, file, line, name.
    pub entries: Vec<Entry>,
}

/// How many entries there are of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Declarations with a Rust type.
    pub emitted: usize,
    /// Declarations and properties that are no data.
    pub skipped: usize,
    /// Properties and declarations erased to an untyped value.
    pub fallback: usize,
    /// Emitted types, fields and variants for which upstream has no text.
    pub undocumented: usize,
}

/// What became of a declaration or a property.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The name as upstream spells it; a property as `Type.field`.
    pub name: String,
    /// `class`, `interface`, `alias`, `enum`, `function`, `value`, `namespace`; `property`, `method`.
    pub kind: String,
    /// `dist/api/resources/Session.d.ts:41`, preceded by the package's name where it is not the generated one.
    pub source: String,
    /// The public path in Rust, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rust: Option<String>,
    /// Why it is left out.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub skipped: Option<String>,
    /// Why it is untyped.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fallback: Option<String>,
}

impl Coverage {
    /// The account as it is checked in: pretty JSON with a final newline, one entry a line.
    pub fn to_text(&self) -> String {
        let entries: Vec<String> = self.entries.iter().map(|entry| format!("    {}", json(entry))).collect();
        let packages = json(&self.packages);
        let (krate, summary) = (json(&self.krate), json(&self.summary));
        let list = if entries.is_empty() { String::new() } else { format!("\n{}\n  ", entries.join(",\n")) };
        format!(
            "{{\n  \"packages\": {packages},\n  \"crate\": {krate},\n  \"summary\": {summary},\n  \"entries\": [{list}]\n}}\n"
        )
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("strings and numbers always encode")
}
