//! The type that a new crate's README, crate page and example show: a short struct near the root.

use dts_codegen::{FileSet, Generated};
use std::collections::BTreeMap;

/// An excerpt is at most this long, if there is a choice.
const SHORT: usize = 30;

/// A generated struct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Showcase {
    /// Its public path.
    pub(super) path: String,
    /// Its name.
    pub(super) name: String,
    /// How it is written.
    pub(super) excerpt: String,
}

impl Showcase {
    /// The struct that shows best what is generated; none if there is no struct without parameters.
    pub(super) fn choose(generated: &Generated) -> Option<Self> {
        let excerpts = excerpts(&generated.files);
        let emitted = generated.coverage.entries.iter().filter_map(|entry| entry.rust.as_ref());
        let shown = emitted.filter_map(|path| {
            let name = path.rsplit("::").next()?.to_owned();
            let excerpt = excerpts.get(name.as_str())?.clone()?;
            Some(Self { path: path.clone(), name, excerpt })
        });
        shown.min_by_key(|shown| {
            let lines = shown.excerpt.lines().count();
            let undocumented = !shown.excerpt.contains("///");
            // A handful of fields says more than one or two.
            (
                shown.path.matches("::").count(),
                lines > SHORT,
                undocumented,
                lines.abs_diff(SHORT / 2),
                shown.path.clone(),
            )
        })
    }
}

/// The text of each struct without parameters, with its documentation; `None` where several have the name.
fn excerpts(files: &FileSet) -> BTreeMap<&str, Option<String>> {
    let mut found = BTreeMap::new();
    for (_, text) in files.iter() {
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            let name = line.strip_prefix("pub struct ").and_then(|rest| rest.strip_suffix(" {"));
            if let Some(name) = name {
                found.entry(name).and_modify(|known| *known = None).or_insert_with(|| item(&lines, at));
            }
        }
    }
    found
}

/// The item whose head is at a line: from its documentation to its closing brace.
fn item(lines: &[&str], head: usize) -> Option<String> {
    let start = lines[..head].iter().rposition(|line| line.is_empty()).map_or(0, |blank| blank + 1);
    let length = lines[head..].iter().position(|line| *line == "}")?;
    Some(lines[start..=head + length].join("\n"))
}

#[cfg(test)]
mod tests {
    use super::excerpts;
    use dts_codegen::FileSet;

    #[test]
    fn an_excerpt_is_the_whole_item() {
        let mut files = FileSet::default();
        let item = "/// A.\n#[derive(Clone)]\npub struct A {\n    pub a: String,\n}";
        files.insert("src/gen/a.rs", format!("// head\n\n{item}\n\npub struct B {{\n}}\n"));
        files.insert("src/gen/b.rs", "pub struct B {\n}\npub struct C<T> {\n    pub t: T,\n}\n");
        let found = excerpts(&files);
        assert_eq!(found["A"].as_deref(), Some(item));
        assert_eq!(found["B"], None, "there are two");
        assert_eq!(found.get("C"), None, "it has a parameter");
    }
}
