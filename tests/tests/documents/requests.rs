//! What the SDK sends, recorded from a local server, is what the request types encode.

use crate::json::{Absent, difference, snake};
use crate::types::find;
use serde_json::{Map, Value};
use tests::node;

/// Bodies as sent decode as the method's parameter type and encode unchanged. Keys that go elsewhere (into the path, a
/// header) are put back first: the Rust type has them too.
#[test]
fn bodies_are_what_the_sdk_sends() {
    let calls = node::recorded("requests.json").expect("recorded");
    let mut troubles = Vec::new();
    let mut compared = 0;
    for call in calls.as_array().expect("a list") {
        for (name, document) in bodies(call) {
            let Some(found) = find(name, None) else { continue };
            compared += 1;
            match (found.round_trip)(&document.to_string()) {
                Ok(again) => troubles.extend(
                    difference(&document, &again, Absent::IsNot).map(|what| format!("{} {name}: {what}", call["call"])),
                ),
                Err(error) => troubles.push(format!("{} {name}: {error}", call["call"])),
            }
        }
    }
    troubles.dedup();
    assert!(troubles.is_empty(), "{compared} bodies, {} differ:\n{}", troubles.len(), troubles.join("\n"));
}

/// The parameter types of a call, each with the body as its wire form; calls that send several bodies are left out.
fn bodies(call: &Value) -> Vec<(&str, Value)> {
    let requests = call["requests"].as_array().expect("a list");
    let [request] = requests.as_slice() else { return Vec::new() };
    let Some(body) = request["body"].as_object() else { return Vec::new() };
    let names = call["parameters"].as_array().expect("a list").iter().filter_map(Value::as_str);
    let args = call["args"].as_array().expect("a list");
    names
        .zip(args)
        .filter_map(|(name, arg)| Some((name, Value::Object(whole(call, arg.as_object()?, body)?))))
        .collect()
}

/// The argument under its wire keys: from the body where it went there, else as given.
fn whole(call: &Value, arg: &Map<String, Value>, body: &Map<String, Value>) -> Option<Map<String, Value>> {
    let place = |key: &String| call["keys"][key].as_str().unwrap_or_default();
    let one = |(key, value): (&String, &Value)| match place(key).strip_prefix("body:") {
        Some(name) => Some((name.to_owned(), body.get(name)?.clone())),
        None => Some((snake(key), value.clone())),
    };
    arg.iter().map(one).collect()
}
