//! Secrets are shown by nobody: not by `{:?}`, not by an error.

use crate::json::say;
use crate::types::{TYPES, Type, find};
use dts_codegen::recipe::Recipe;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::node;

/// What no text may show.
const CANARY: &str = "canary-3f9c";

/// Keys of the name of a secret that hold none, and why: what a document has below an untyped value is the user's own.
const UNTYPED: &[&str] = &[];

#[test]
fn no_secret_is_shown() {
    let recipe = recipe();
    let (mut troubles, mut types, mut tried) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (found, document) in documents() {
        for path in secrets(&document, &recipe) {
            let at = format!("{} {}", found.name, path.join("."));
            if path.iter().any(|key| UNTYPED.contains(&key.as_str())) {
                continue;
            }
            tried += 1;
            types.insert(found.name);
            let good = with(&document, &path, json!(CANARY));
            match (found.decode)(&good.to_string()) {
                Ok(decoded) if decoded.shown.contains(CANARY) => drop(troubles.insert(format!("{at} is printed"))),
                Err(error) if error.contains(CANARY) => drop(troubles.insert(format!("{at} is in an error: {error}"))),
                _ => {}
            }
            for bad in [json!([CANARY]), json!({ CANARY: CANARY }), json!({ "a": [{ "b": CANARY }] })] {
                if let Err(error) = (found.decode)(&with(&document, &path, bad).to_string())
                    && error.contains(CANARY)
                {
                    troubles.insert(format!("{at} is in an error: {error}"));
                }
            }
        }
    }
    say(format_args!("secrets: {tried} canaries in {} types, {} seen", types.len(), troubles.len()));
    assert!(troubles.is_empty(), "{}", troubles.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(types.len() > 20 && tried > 100, "hardly anything was tried: {tried} in {types:?}");
}

/// The valid documents of all types and classes.
fn documents() -> Vec<(&'static Type, Value)> {
    let mut all = Vec::new();
    for line in node::recorded_text("documents.jsonl").expect("recorded").lines() {
        let mut line: Value = serde_json::from_str(line).expect("a line of documents.mjs");
        let found = TYPES.iter().find(|each| line["type"] == each.name);
        if let (Some(found), true) = (found, line["valid"] == true) {
            all.push((found, line["document"].take()));
        }
    }
    for answers in node::recorded("from_json.json").expect("recorded").as_array_mut().expect("a list") {
        let Some(found) = find(answers["class"].as_str().expect("a name"), None) else { continue };
        let list = answers["documents"].as_array_mut().expect("a list");
        all.extend(list.iter_mut().filter(|each| each["valid"] == true).map(|each| (found, each["document"].take())));
    }
    all
}

/// The paths of properties that the recipe calls secret by their own names.
fn secrets(document: &Value, recipe: &Recipe) -> Vec<Vec<String>> {
    fn walk(value: &Value, path: &mut Vec<String>, found: &mut Vec<Vec<String>>, recipe: &Recipe) {
        let entries: Vec<(String, &Value)> = match value {
            Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), value)).collect(),
            Value::Array(list) => list.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
            _ => return,
        };
        for (key, value) in entries {
            path.push(key);
            if value.is_string() && path.last().is_some_and(|key| recipe.redact.matches(&[key])) {
                found.push(path.clone());
            }
            walk(value, path, found, recipe);
            path.pop();
        }
    }
    let mut found = Vec::new();
    walk(document, &mut Vec::new(), &mut found, recipe);
    found
}

/// The document with another value at a path.
fn with(document: &Value, path: &[String], value: Value) -> Value {
    let mut document = document.clone();
    let pointer =
        format!("/{}", path.iter().map(|key| key.replace('~', "~0").replace('/', "~1")).collect::<Vec<_>>().join("/"));
    *document.pointer_mut(&pointer).expect("the path is the document's own") = value;
    document
}

fn recipe() -> Recipe {
    let file = node::workspace().join("generated/codegen.toml");
    let text = std::fs::read_to_string(file).expect("the recipe");
    Recipe::parse("codegen.toml", &text).expect("a recipe without errors")
}
