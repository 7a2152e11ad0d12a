//! Generated documents: the valid ones come back unchanged, the spoiled ones are refused.

use crate::json::{Absent, difference};
use crate::types::find;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use tests::node;

/// A line of `documents.mjs`.
#[derive(Deserialize)]
struct Line {
    #[serde(rename = "type")]
    name: String,
    source: String,
    valid: bool,
    mutation: Option<String>,
    #[serde(default)]
    path: Vec<Value>,
    #[serde(default)]
    tag: bool,
    document: Value,
}

/// Spoiled documents that the recipe takes all the same: the mutation and the last key of its path, and why.
const RELAXED: &[(&str, &str, &str)] = &[];

#[test]
fn recorded_documents_agree() {
    check(&node::recorded_text("documents.jsonl").expect("recorded"));
}

#[test]
#[ignore = "needs node: makes documents anew, from other seeds"]
fn fresh_documents_agree() {
    for seed in ["2", "3"] {
        let args = ["--package", "@clerk/backend", "--seed", seed, "--random", "4", "--mutations", "6"];
        check(&node::run("documents.mjs", &args).expect("node"));
    }
}

fn check(lines: &str) {
    let mut troubles: BTreeMap<String, String> = BTreeMap::new();
    let (mut valid, mut refused) = (0, 0);
    for line in lines.lines() {
        let line: Line = serde_json::from_str(line).expect("a line of documents.mjs");
        let Some(found) = find(&line.name, Some(&line.source)) else { continue };
        let what = match (line.valid, (found.round_trip)(&line.document.to_string())) {
            (true, Ok(again)) => difference(&line.document, &again, Absent::IsNot),
            (true, Err(error)) => Some(format!("refused: {error}")),
            (false, Ok(_)) if line.tag || is_relaxed(&line) => None,
            (false, Ok(_)) => {
                Some(format!("taken though spoiled: {} {}", line.mutation.as_deref().unwrap_or("?"), path(&line)))
            }
            (false, Err(_)) => None,
        };
        if line.valid {
            valid += 1
        } else {
            refused += 1
        }
        if let Some(what) = what {
            // One complaint a type says enough.
            troubles.entry(format!("{} ({})", line.name, line.source)).or_insert(what);
        }
    }
    let list: Vec<String> = troubles.iter().map(|(name, what)| format!("{name}: {what}")).collect();
    assert!(
        list.is_empty(),
        "{valid} valid, {refused} spoiled documents, {} types differ:\n{}",
        list.len(),
        list.join("\n")
    );
    assert!(valid > 100 && refused > 100, "hardly anything was compared: {valid} and {refused}");
}

fn is_relaxed(line: &Line) -> bool {
    let last = line.path.last().and_then(Value::as_str).unwrap_or_default();
    RELAXED.iter().any(|(mutation, key, _)| line.mutation.as_deref() == Some(mutation) && last == *key)
}

fn path(line: &Line) -> String {
    line.path.iter().map(|key| key.as_str().map_or_else(|| format!("[{key}]"), |key| format!(".{key}"))).collect()
}
