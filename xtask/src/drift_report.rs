//! What the drift check says: every file, a short difference of each, one command.

use crate::sync::{Change, Drift, FileDrift};
use serde_json::json;

/// At most so many lines of a file's difference are shown, unless all are asked for.
const SHORT: usize = 20;

/// The drift of a crate, for people. `label` is the crate's directory as the user knows it, `command` what to run.
pub(crate) fn render(drift: &Drift, label: &str, command: &str, whole: bool, color: bool) -> String {
    let path = |file: &FileDrift| in_crate(label, &file.path);
    let width = drift.files.iter().map(|file| path(file).chars().count()).max().unwrap_or(0);
    let mut text = String::from("generated code is out of date:\n");
    for file in &drift.files {
        let line = format!("  {:<7}  {:<width$}{}", file.change.as_str(), path(file), counts(&file.change));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    for file in &drift.files {
        if let Change::Changed { diff, .. } = &file.change {
            text.push_str(&shown(&path(file), diff, whole, color));
        }
    }
    text.push_str(&format!("run `{command}` and commit the result\n"));
    text
}

/// The drift of a crate, for machines.
pub(crate) fn to_json(drift: &Drift) -> Vec<serde_json::Value> {
    let object = |file: &FileDrift| {
        let mut object = json!({ "path": file.path, "change": file.change.as_str() });
        if let Change::Changed { added, removed, first_line, .. } = &file.change {
            object["added"] = json!(added);
            object["removed"] = json!(removed);
            object["first_line"] = json!(first_line);
        }
        object
    };
    drift.files.iter().map(object).collect()
}

/// A path of the crate as the user knows it.
pub(crate) fn in_crate(label: &str, path: &str) -> String {
    if label.is_empty() { path.to_owned() } else { format!("{label}/{path}") }
}

fn counts(change: &Change) -> String {
    match change {
        Change::Changed { added, removed, first_line, .. } => {
            format!("  (+{added} -{removed}, first difference at line {first_line})")
        }
        Change::Missing | Change::Stale => String::new(),
    }
}

fn shown(path: &str, diff: &str, whole: bool, color: bool) -> String {
    let header = [format!("--- {path} (as it is)"), format!("+++ {path} (as it would be generated)")];
    let lines: Vec<&str> = header.iter().map(String::as_str).chain(diff.lines()).collect();
    // One line is kept for saying that there are more.
    let count = if whole || lines.len() <= SHORT { lines.len() } else { SHORT - 1 };
    let mut text = String::new();
    for line in &lines[..count] {
        text.push_str(&painted(line, color));
        text.push('\n');
    }
    if count < lines.len() {
        text.push_str(&format!("… {} more lines; `--diff` shows them\n", lines.len() - count));
    }
    text
}

fn painted(line: &str, color: bool) -> String {
    let code = match line.chars().next() {
        _ if !color => return line.to_owned(),
        Some('+') => 32,
        Some('-') => 31,
        Some('@') => 36,
        _ => return line.to_owned(),
    };
    format!("\u{1b}[{code}m{line}\u{1b}[0m")
}

#[cfg(test)]
mod tests {
    use super::{render, to_json};
    use crate::sync::{Change, Drift, FileDrift};

    fn drift(diff: &str) -> Drift {
        let file = |path: &str, change| FileDrift { path: path.to_owned(), change };
        let changed = Change::Changed { added: 4, removed: 1, first_line: 57, diff: diff.to_owned() };
        let files = vec![
            file("src/gen/session.rs", changed),
            file("src/gen/webhooks.rs", Change::Missing),
            file("src/gen/old.rs", Change::Stale),
        ];
        Drift { files, unchanged: 3 }
    }

    #[test]
    fn the_check_names_every_file_and_one_command() {
        let expected = "\
generated code is out of date:
  changed  generated/src/gen/session.rs   (+4 -1, first difference at line 57)
  missing  generated/src/gen/webhooks.rs
  stale    generated/src/gen/old.rs
--- generated/src/gen/session.rs (as it is)
+++ generated/src/gen/session.rs (as it would be generated)
@@ -57 +57 @@
-a
+b
run `cargo xtask codegen` and commit the result
";
        let drift = drift("@@ -57 +57 @@\n-a\n+b\n");
        assert_eq!(render(&drift, "generated", "cargo xtask codegen", false, false), expected);
    }

    #[test]
    fn a_long_difference_is_cut_unless_the_whole_is_asked_for() {
        let drift = drift(&"+x\n".repeat(100));
        let short = render(&drift, "", "c", false, false);
        assert!(short.contains("… 83 more lines; `--diff` shows them\n"), "{short}");
        assert_eq!(short.lines().count(), 4 + 20 + 1);
        assert_eq!(render(&drift, "", "c", true, false).lines().count(), 4 + 102 + 1);
        assert!(render(&drift, "", "c", true, true).contains("\u{1b}[32m+x\u{1b}[0m"));
    }

    #[test]
    fn json_lists_the_same() {
        let json = serde_json::to_string(&to_json(&drift(""))).unwrap();
        assert_eq!(
            json,
            "[{\"path\":\"src/gen/session.rs\",\"change\":\"changed\",\"added\":4,\"removed\":1,\"first_line\":57},\
             {\"path\":\"src/gen/webhooks.rs\",\"change\":\"missing\"},{\"path\":\"src/gen/old.rs\",\"change\":\"stale\"}]"
        );
    }
}
