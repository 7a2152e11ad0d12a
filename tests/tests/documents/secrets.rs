//! Secrets are shown by nobody: not by `{:?}`, not by an error.

use crate::types::{TYPES, Type, find};
use dts_codegen::recipe::{Recipe, WireCase};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tests::api::recipe::recipe;
use tests::json::{say, snake};
use tests::node;

/// What no text may show.
const CANARY: &str = "canary-3f9c";

#[test]
fn no_secret_is_shown() {
    let recipe = recipe();
    let (mut troubles, mut types, mut tried) = (BTreeSet::new(), BTreeSet::new(), 0);
    for (found, document) in documents() {
        for path in secrets(found, &document, &recipe) {
            tried += 1;
            types.insert(found.name.to_owned());
            let (document, path) = respelled(found, &document, &path, &recipe);
            let mut at = document.clone();
            let place = at.pointer_mut(&pointer(&path)).expect("the path is the document's own");
            for value in [canaries(place), json!([[CANARY]]), json!({ CANARY: CANARY }), json!([{ "b": CANARY }])] {
                *at.pointer_mut(&pointer(&path)).expect("it is still there") = value;
                let text = match (found.decode)(&at.to_string()) {
                    Ok(decoded) => decoded.shown,
                    Err(error) => error,
                };
                if text.contains(CANARY) {
                    troubles.insert(format!("{} {}: {text}", found.name, path.join(".")));
                }
            }
        }
    }
    let is_empty = |name: &String| EMPTY.iter().any(|(empty, _)| name == empty);
    let missed: Vec<String> =
        with_secrets().into_iter().filter(|name| !types.contains(name) && !is_empty(name)).collect();
    say(format_args!("secrets: {tried} canaries in {} types, {} seen", types.len(), troubles.len()));
    assert!(troubles.is_empty(), "{}", troubles.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(missed.is_empty(), "no document has the secrets of {missed:?}");
}

/// A value of the same kind that holds the canary.
fn canaries(value: &Value) -> Value {
    match value {
        Value::Array(_) => json!([CANARY]),
        Value::Object(_) => json!({ "key": CANARY }),
        _ => json!(CANARY),
    }
}

/// Declarations of whose secrets there is no document, and why.
const EMPTY: &[(&str, &str)] = &[
    ("HandshakeState", "its token is null: nobody is signed in yet"),
    ("SignedOutState", "its token is null: nobody is signed in"),
    ("AuthenticatedState", "generic: the oracle makes documents of its alias SignedInState"),
    ("UnauthenticatedState", "generic, and its token is null: nobody is signed in"),
    ("Jwt", "its signature is an array of bytes, of which the oracle makes no documents"),
];

/// The valid documents of all types and classes.
fn documents() -> Vec<(&'static Type, Value)> {
    let own = find("TestingToken", None).expect("a class, of which the oracle makes no documents");
    let mut all = vec![(own, json!({ "token": "t", "expires_at": 1 }))];
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

/// The paths of properties that the recipe calls secret, by their own names or as the type's.
fn secrets(found: &Type, document: &Value, recipe: &Recipe) -> Vec<Vec<String>> {
    let is_secret = |path: &[String]| {
        let own = path.last().cloned().unwrap_or_default();
        recipe.redact.matches(&[own, format!("{}.{}", found.name, path.join("."))])
    };
    let mut all = Vec::new();
    walk(document, &mut Vec::new(), &mut all);
    all.retain(|path| is_secret(path));
    all
}

/// The paths of everything in a document that is not null and no flag.
fn walk(value: &Value, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let entries: Vec<(String, &Value)> = match value {
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(list) => list.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
        _ => return,
    };
    for (key, value) in entries {
        path.push(key);
        if !value.is_null() && !value.is_boolean() {
            found.push(path.clone());
        }
        walk(value, path, found);
        path.pop();
    }
}

/// A document of a type whose keys are spelled differently on the wire, and a path in it.
fn respelled(found: &Type, document: &Value, path: &[String], recipe: &Recipe) -> (Value, Vec<String>) {
    let is_respelled = recipe.case.find(&[found.name]).is_some_and(|case| *case != WireCase::Camel);
    let (Some(object), true) = (document.as_object(), is_respelled) else { return (document.clone(), path.to_vec()) };
    let keys: Map<String, Value> = object.iter().map(|(key, value)| (snake(key), value.clone())).collect();
    let mut path = path.to_vec();
    path[0] = snake(&path[0]);
    (Value::Object(keys), path)
}

fn pointer(path: &[String]) -> String {
    path.iter().map(|key| format!("/{}", key.replace('~', "~0").replace('/', "~1"))).collect()
}

/// The declarations whose generated tables have a secret row.
fn with_secrets() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    each_file(&node::workspace().join("generated/src/gen"), &mut |text| {
        let mut upstream = "";
        for line in text.lines() {
            match line.split_once(" \"").and_then(|(_, rest)| rest.split_once("\" {")) {
                // `Name "Upstream" {` opens a table; anonymous types are named by their place.
                Some((name, "")) => upstream = name.split('.').next().unwrap_or_default(),
                _ if line.contains(": Secret") => drop(found.insert(upstream.to_owned())),
                _ => {}
            }
        }
    });
    found
}

fn each_file(dir: &Path, each: &mut impl FnMut(&str)) {
    for entry in fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            each_file(&path, each);
        } else if !path.components().any(|part| part.as_os_str() == "support") {
            each(&fs::read_to_string(&path).expect("a file"));
        }
    }
}
