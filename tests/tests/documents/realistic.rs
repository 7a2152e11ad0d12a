//! Realistic documents: all 45 events, the main wire types, and what production sent against its own types.

use crate::types::find;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use tests::api::sent::Sent;
use tests::json::{Absent, difference, is_same};
use tests::node;

/// The files of a directory of documents, by name, as they are sent.
pub fn documents(dir: &str) -> Vec<(String, Value)> {
    let dir = node::workspace().join("tests/documents").join(dir);
    let mut files: Vec<PathBuf> =
        fs::read_dir(&dir).expect("documents").map(|each| each.expect("a file").path()).collect();
    files.sort();
    let sent = Sent::by_recipe();
    let read = |path: PathBuf| {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a document");
        let document: Value = serde_json::from_str(&text).expect("JSON");
        let document = sent.document(if document["object"] == "event" { "WebhookEvent" } else { &name }, &document);
        (name, document)
    };
    files.into_iter().map(read).collect()
}

/// Decodes, encodes, and says what is not the same afterwards.
fn trouble(type_name: &str, document: &Value) -> Option<String> {
    let Some(found) = find(type_name, None) else { return Some(format!("no type {type_name}")) };
    match found.round_trip(&document.to_string()) {
        Ok(again) if is_same(&again, document) => None,
        Ok(again) => difference(document, &again, Absent::IsNot),
        Err(error) => Some(error),
    }
}

fn report(troubles: Vec<String>) {
    assert!(troubles.is_empty(), "{} documents:\n{}", troubles.len(), troubles.join("\n"));
}

#[test]
fn every_event_comes_back_unchanged() {
    let events = documents("webhooks");
    assert_eq!(events.len(), 45, "one document for each event");
    let tell =
        |(name, document): &(String, Value)| trouble("WebhookEvent", document).map(|what| format!("{name}: {what}"));
    report(events.iter().filter_map(tell).collect());
}

#[test]
fn events_come_back_in_any_order_of_keys() {
    let reversed = |value: &Value| {
        let object = value.as_object().expect("an object");
        let members = object.iter().rev().map(|(key, value)| format!("{}:{value}", Value::from(key.as_str())));
        format!("{{{}}}", members.collect::<Vec<_>>().join(","))
    };
    let event = find("WebhookEvent", None).expect("the type");
    for (name, document) in documents("webhooks") {
        let again = event.round_trip(&reversed(&document)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(is_same(&again, &document), "{name}: {:?}", difference(&document, &again, Absent::IsNot));
    }
}

#[test]
fn wire_documents_come_back_unchanged() {
    let tell = |(name, document): &(String, Value)| trouble(name, document).map(|what| format!("{name}: {what}"));
    report(documents("wire").iter().filter_map(tell).collect());
}

/// Undeclared fields may go; what is declared stays, and nothing appears.
#[test]
fn what_production_sent_against_its_types_decodes() {
    let mut troubles = Vec::new();
    for (name, file) in documents("issues").into_iter().chain(documents("deviations")) {
        let (type_name, document) = (file["type"].as_str().expect("a type"), &file["document"]);
        let found = find(type_name, None).unwrap_or_else(|| panic!("{name}: no type {type_name}"));
        match found.round_trip(&document.to_string()) {
            Ok(again) => troubles.extend(invented(&again, document, "").map(|what| format!("{name}: {what}"))),
            Err(error) => troubles.push(format!("{name} ({}): {error}", file["deviates"])),
        }
    }
    report(troubles);
}

/// The first value of the encoded document that the original does not have.
fn invented(encoded: &Value, original: &Value, path: &str) -> Option<String> {
    match (encoded, original) {
        (Value::Object(encoded), Value::Object(original)) => encoded.iter().find_map(|(key, value)| {
            let path = format!("{path}.{key}");
            match original.get(key) {
                Some(other) => invented(value, other, &path),
                // What rules merge and the declaration has as nullable is written as null.
                None => (!value.is_null()).then(|| format!("{path} appeared: {value}")),
            }
        }),
        (Value::Array(encoded), Value::Array(original)) if encoded.len() == original.len() => encoded
            .iter()
            .zip(original)
            .enumerate()
            .find_map(|(i, (value, other))| invented(value, other, &format!("{path}[{i}]"))),
        _ => (!is_same(encoded, original)).then(|| format!("{path} changed: {original} to {encoded}")),
    }
}
