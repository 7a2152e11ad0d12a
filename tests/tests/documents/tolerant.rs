//! What upstream adds tomorrow: strings of enums, events, fields. They decode, are visible, and come back.

use crate::realistic::documents;
use crate::types::{Type, find};
use clerk_backend_types::WebhookEvent;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::api::sent::Sent;
use tests::json::{Absent, difference, say};
use tests::node;

/// A text that no enum has.
const NEW: &str = "brand_new_value";

#[test]
fn every_event_is_its_own_arm() {
    let mut arms = BTreeSet::new();
    for (name, document) in documents("webhooks") {
        let event: WebhookEvent = serde_json::from_value(document).unwrap_or_else(|error| panic!("{name}: {error}"));
        let shown = format!("{event:?}");
        let arm = shown.split('(').next().unwrap_or_default().to_owned();
        let said: String = name.split(['.', '_']).map(capital).collect();
        assert!(arm.eq_ignore_ascii_case(&said), "{name} is {arm}");
        arms.insert(arm);
    }
    assert_eq!(arms.len(), 45, "one arm for each event");
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_uppercase() + rest
}

#[test]
fn unknown_events_are_kept_whole() {
    for (name, mut document) in documents("webhooks") {
        document["type"] = json!(format!("{name}.tomorrow"));
        document["data"]["brand_new"] = json!({ "a": [1, null, "x"] });
        let event: WebhookEvent = serde_json::from_value(document.clone()).expect("an event of tomorrow");
        assert!(format!("{event:?}").starts_with("Unknown("), "{event:?}");
        let again = serde_json::to_value(&event).expect("it encodes");
        assert_eq!(difference(&document, &again, Absent::IsNot), None, "{name}");
    }
}

/// A known event with a payload of another kind is refused, and not called unknown.
#[test]
fn known_events_with_bad_payloads_are_refused() {
    for (name, mut document) in documents("webhooks") {
        document["data"] = json!([]);
        assert!(serde_json::from_value::<WebhookEvent>(document).is_err(), "{name}");
    }
}

/// Each text of a valid wire document becomes one that nobody knows, in turn: it comes back, but for tags of one value.
#[test]
fn new_strings_come_back() {
    let (mut tried, mut troubles) = (0, BTreeSet::new());
    for (found, document) in wire_documents() {
        for pointer in texts(&document) {
            let mut changed = document.clone();
            *changed.pointer_mut(&pointer).expect("its own path") = json!(NEW);
            tried += 1;
            match found.round_trip(&changed.to_string()) {
                Ok(again) => troubles.extend(
                    difference(&changed, &again, Absent::IsNot).map(|what| format!("{} {pointer}: {what}", found.name)),
                ),
                // A property of one value tells a document apart: another value is another document.
                Err(error) if error.contains(NEW) && (error.contains(" as `") || pointer.ends_with("/object")) => {}
                Err(error) => drop(troubles.insert(format!("{} {pointer}: {error}", found.name))),
            }
        }
    }
    say(format_args!("new strings: {tried} tried, {} lost or refused", troubles.len()));
    assert!(troubles.is_empty(), "{}", troubles.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(tried > 500, "hardly anything was tried: {tried}");
}

/// An undeclared field in each object of a valid wire document does no harm.
#[test]
fn new_fields_do_no_harm() {
    let mut tried = 0;
    for (found, document) in wire_documents() {
        let mut changed = document.clone();
        add_fields(&mut changed);
        let again = found.round_trip(&changed.to_string()).unwrap_or_else(|error| panic!("{}: {error}", found.name));
        tried += 1;
        assert_eq!(lost(&document, &again, ""), None, "{}", found.name);
    }
    assert!(tried > 200, "hardly anything was tried: {tried}");
}

/// The valid generated documents of all types that are sent over the wire.
fn wire_documents() -> Vec<(&'static Type, Value)> {
    let lines = node::recorded_text("documents.jsonl").expect("recorded");
    let sent = Sent::by_recipe();
    let line = |line: &str| {
        let line: Value = serde_json::from_str(line).expect("a line of documents.mjs");
        let name = line["type"].as_str()?;
        let found = find(name, line["source"].as_str()).filter(|_| name.ends_with("JSON") && line["valid"] == true)?;
        Some((found, sent.document(name, &line["document"])))
    };
    lines.lines().filter_map(line).collect()
}

/// The places of texts, as JSON pointers; not those below maps, whose keys are anybody's.
fn texts(document: &Value) -> Vec<String> {
    fn walk(value: &Value, at: &str, found: &mut Vec<String>) {
        match value {
            Value::String(_) => found.push(at.to_owned()),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(i, value)| walk(value, &format!("{at}/{i}"), found))
            }
            Value::Object(object) => object.iter().for_each(|(key, value)| walk(value, &format!("{at}/{key}"), found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    walk(document, "", &mut found);
    found
}

/// Objects with any keys, whose values have a type.
const MAPS: &[&str] = &["data", "mappings"];

fn add_fields(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.iter_mut().filter(|(key, _)| !MAPS.contains(&key.as_str())).for_each(|(_, value)| add_fields(value));
            object.insert("brand_new_field".to_owned(), json!({ "a": [NEW] }));
        }
        Value::Array(list) => list.iter_mut().for_each(add_fields),
        _ => {}
    }
}

/// The first thing of a document that another does not have.
fn lost(document: &Value, again: &Value, path: &str) -> Option<String> {
    match (document, again) {
        (Value::Object(document), Value::Object(again)) => document.iter().find_map(|(key, value)| {
            let path = format!("{path}.{key}");
            again.get(key).map_or(Some(path.clone()), |other| lost(value, other, &path))
        }),
        (Value::Array(document), Value::Array(again)) if document.len() == again.len() => {
            document.iter().zip(again).enumerate().find_map(|(i, (a, b))| lost(a, b, &format!("{path}[{i}]")))
        }
        _ => difference(document, again, Absent::IsNot).map(|what| format!("{path}{what}")),
    }
}
