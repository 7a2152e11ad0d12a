//! What the declarations alone allow, of every wire type: also of those that no schema describes.

use crate::Everything;
use crate::hold::{Held, Target};
use serde_json::{Value, json};
use tests::api::declared::Keys;

/// How deep objects within objects have all that they may have.
pub const DEEP: usize = 4;

/// Holds documents of every wire type: full, minimal, and the full one with each single thing otherwise.
pub fn documents<'a>(everything: &'a Everything, held: &mut Held<'a>) {
    for name in everything.declarations.wire_types() {
        for (is, document) in of_type(everything, &name) {
            held.hold(&Target::Wire(&name), &document, &format!("{name} ({is}, by its declaration)"));
        }
    }
}

/// Holds a full and a minimal document of every event, also of those that the specification lacks.
pub fn events<'a>(everything: &'a Everything, held: &mut Held<'a>) {
    let mapping = &everything.mapping;
    for (event, payload) in mapping.events.iter().chain(&mapping.declared_events) {
        for (is, deep) in [("minimal", None), ("full", Some(DEEP))] {
            let is = format!("the event {event} ({is}, by its declaration)");
            held.hold(&Target::Event(payload), &event_document(everything, event, payload, deep), &is);
        }
    }
}

/// A document of an event: with all that may be in it so `deep`, or what is required.
pub fn event_document(everything: &Everything, event: &str, payload: &str, deep: Option<usize>) -> Value {
    let declarations = &everything.declarations;
    let object = declarations.event(payload);
    let mut document = deep.map_or_else(|| object.sample(declarations), |deep| object.full(declarations, deep));
    document["type"] = json!(event);
    document
}

fn of_type(everything: &Everything, name: &str) -> Vec<(String, Value)> {
    let declarations = &everything.declarations;
    let object = declarations.object(name, Keys::Declared).expect("an object type");
    let full = object.full(declarations, DEEP);
    let mut all = vec![("minimal".to_owned(), object.sample(declarations)), ("full".to_owned(), full.clone())];
    for (key, property) in object.properties() {
        let with = |value: Value| {
            let mut document = full.clone();
            document[&key] = if property.is_list() && !value.is_null() { json!([value]) } else { value };
            document
        };
        if property.nullable() {
            all.push((format!("{key} null"), with(Value::Null)));
        }
        if property.optional() {
            let mut document = full.clone();
            document.as_object_mut().expect("an object").remove(&key);
            all.push((format!("{key} absent"), document));
        }
        all.extend(property.constants().iter().map(|constant| (format!("{key} {constant:?}"), with(json!(constant)))));
    }
    all
}
