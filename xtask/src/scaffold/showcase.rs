//! The type that a new crate's README, crate page and example show: a short struct near the root.

use dts_codegen::{FileSet, Generated};

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
        let emitted = generated.coverage.entries.iter().filter_map(|entry| entry.rust.as_ref());
        let shown = emitted.filter_map(|path| {
            let name = path.rsplit("::").next()?.to_owned();
            let excerpt = excerpt(&generated.files, &name)?;
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

/// The text of the one struct of this name, with its documentation; `None` if there are several or none.
fn excerpt(files: &FileSet, name: &str) -> Option<String> {
    let head = format!("pub struct {name} {{");
    let mut found = None;
    for (_, text) in files.iter() {
        let lines: Vec<&str> = text.lines().collect();
        for at in lines.iter().enumerate().filter(|(_, line)| **line == head).map(|(at, _)| at) {
            if found.is_some() {
                return None;
            }
            found = Some(item(&lines, at)?);
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
    use super::excerpt;
    use dts_codegen::FileSet;

    #[test]
    fn an_excerpt_is_the_whole_item() {
        let mut files = FileSet::default();
        let item = "/// A.\n#[derive(Clone)]\npub struct A {\n    pub a: String,\n}";
        files.insert("src/gen/a.rs", format!("// head\n\n{item}\n\npub struct B {{\n}}\n"));
        files.insert("src/gen/b.rs", "pub struct B {\n}\npub struct C<T> {\n    pub t: T,\n}\n");
        assert_eq!(excerpt(&files, "A").as_deref(), Some(item));
        assert_eq!(excerpt(&files, "B"), None, "there are two");
        assert_eq!(excerpt(&files, "C"), None, "it has a parameter");
    }
}
