//! The record of upgrades in a crate's `CHANGELOG.md`.

use crate::api::ApiChanges;
use serde_json::{Value, json};

/// The file.
pub(crate) const FILE: &str = "CHANGELOG.md";

/// What an upgrade changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Record {
    /// The packages whose versions moved: `@clerk/backend 3.25.0 → 3.26.0`.
    pub(crate) moved: Vec<String>,
    /// The public items that differ.
    pub(crate) changes: ApiChanges,
    /// What is untyped now and was not.
    pub(crate) untyped: Vec<String>,
    /// What was untyped and is not any more.
    pub(crate) typed: Vec<String>,
}

impl Record {
    /// The lists, each with its heading.
    fn lists(&self) -> [(&'static str, &[String]); 6] {
        [
            ("Removed", &self.changes.removed),
            ("Changed", &self.changes.changed),
            ("Deprecated", &self.changes.deprecated),
            ("Added", &self.changes.added),
            ("Untyped from now on", &self.untyped),
            ("Typed from now on", &self.typed),
        ]
    }

    /// A section of the file.
    pub(crate) fn to_markdown(&self) -> String {
        let mut text = format!("## {}\n\n", self.moved.join(", "));
        let lists = self.lists();
        for (heading, lines) in lists.iter().filter(|(_, lines)| !lines.is_empty()) {
            text.push_str(&format!("### {heading}\n\n"));
            lines.iter().for_each(|line| text.push_str(&format!("- {line}\n")));
            text.push('\n');
        }
        if lists.iter().all(|(_, lines)| lines.is_empty()) {
            text.push_str("No public item changed.\n\n");
        }
        text
    }

    /// The same for machines.
    pub(crate) fn to_json(&self, directory: &str, diagnostics: &[Value]) -> Value {
        json!({
            "status": "upgraded",
            "error": null,
            "directory": directory,
            "moved": self.moved,
            "removed": self.changes.removed,
            "changed": self.changes.changed,
            "deprecated": self.changes.deprecated,
            "added": self.changes.added,
            "untyped": self.untyped,
            "typed": self.typed,
            "diagnostics": diagnostics,
        })
    }
}

/// The file with a section more: the newest is on top.
pub(crate) fn with(history: &str, record: &Record) -> String {
    let head = if history.trim().is_empty() { "# Changelog\n\n" } else { history };
    let at = if head.starts_with("## ") { 0 } else { head.find("\n## ").map_or(head.len(), |at| at + 1) };
    let (before, after) = head.split_at(at);
    let between = if before.is_empty() || before.ends_with("\n\n") { "" } else { "\n" };
    let text = format!("{before}{between}{}{after}", record.to_markdown());
    text.trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::{Record, with};
    use crate::api::ApiChanges;

    fn record(version: &str, added: &[&str]) -> Record {
        let added = added.iter().map(|line| (*line).to_owned()).collect();
        Record {
            moved: vec![format!("a 1.0.0 → {version}")],
            changes: ApiChanges { added, ..ApiChanges::default() },
            ..Record::default()
        }
    }

    #[test]
    fn the_newest_section_is_on_top() {
        let first = with("", &record("1.1.0", &["struct `A`"]));
        assert_eq!(first, "# Changelog\n\n## a 1.0.0 → 1.1.0\n\n### Added\n\n- struct `A`\n");
        let second = with(&first, &record("1.2.0", &[]));
        let expected = "# Changelog\n\n## a 1.0.0 → 1.2.0\n\nNo public item changed.\n\n## a 1.0.0 → 1.1.0\n\n### Added\n\n\
                        - struct `A`\n";
        assert_eq!(second, expected);
        assert!(
            with("# Changelog\n\nWords.\n", &record("2.0.0", &[])).starts_with("# Changelog\n\nWords.\n\n## a 1.0.0")
        );
    }
}
