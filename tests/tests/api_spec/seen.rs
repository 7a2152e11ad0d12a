//! Documents as they were seen, and bodies of requests that clear something.

use crate::Everything;
use crate::documents::Maker;
use crate::facts::{Observed, Shape};
use crate::hold::{Held, Target};
use serde_json::{Value, json};
use tests::api::declared::{Keys, Object};

/// Holds a document for each row of what was seen: the whole one, but for what the row says.
pub fn observed<'a>(everything: &'a Everything, held: &mut Held<'a>) {
    for row in &everything.facts.observed {
        let is = format!("seen in {} documents", row.counts.iter().sum::<u32>());
        if row.owner == "Webhook" || row.owner.ends_with("WebhookEvent") {
            let event = if row.owner == "Webhook" { "user.created" } else { "organizationInvitation.accepted" };
            let payload = &everything.mapping.events[event];
            let mut document = whole_event(everything, event, payload);
            change(&mut document, row);
            held.hold(&Target::Event(payload), &document, &is);
            continue;
        }
        let (owner, inner) =
            row.owner.split_once('.').map_or((row.owner.as_str(), None), |(owner, inner)| (owner, Some(inner)));
        let mut document = whole(everything, owner);
        if inner.is_none() {
            change(&mut document, row);
        }
        if let Some(inner) = inner {
            let object = everything.declarations.object(&row.owner, Keys::Declared).expect("an object without a name");
            let mut part = object.sample(&everything.declarations);
            change(&mut part, row);
            document[inner] = part;
        }
        held.hold(&Target::Wire(owner), &document, &is);
    }
}

fn change(document: &mut Value, row: &Observed) {
    let Some(map) = document.as_object_mut() else { return };
    match row.what.as_str() {
        "absent" => drop(map.remove(&row.property)),
        "null" => drop(map.insert(row.property.clone(), Value::Null)),
        _ => drop(map.insert(row.property.clone(), json!("another"))),
    }
}

/// The whole document of a type: what the first of its schemas has, and what its declaration requires.
pub fn whole(everything: &Everything, name: &str) -> Value {
    let object = everything.declarations.object(name, Keys::Declared).unwrap_or_else(|| panic!("no {name}"));
    let mut document = object.sample(&everything.declarations);
    for specification in everything.facts.specifications() {
        let schemas = specification.schemas.iter().chain(&specification.answers);
        let mut shapes =
            schemas.filter(|(schema, _)| everything.mapping.types.get(*schema).is_some_and(|to| to == name));
        if let Some((_, shape)) = shapes.next() {
            let mut maker = Maker::new(specification, &everything.declarations, name);
            add(&mut document, maker.full(shape.mapped(), Some(&object)));
        }
    }
    document
}

/// The whole document of an event.
pub fn whole_event(everything: &Everything, event: &str, payload: &str) -> Value {
    let object = everything.declarations.event(payload);
    let specification = &everything.facts.webhooks;
    let mut maker = Maker::new(specification, &everything.declarations, event);
    let mut document = maker.full(&specification.events[event], Some(&object));
    document["type"] = json!(event);
    document["object"] = json!("event");
    document
}

fn add(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}

/// Holds a body for each property that may be null: what the declaration requires, and that null.
pub fn bodies<'a>(everything: &'a Everything, held: &mut Held<'a>) {
    for (name, shape) in &everything.facts.api.bodies {
        let Some(target) = everything.mapping.bodies.get(name) else { continue };
        let object = everything.declarations.object(target, Keys::Snake).unwrap_or_else(|| panic!("no {target}"));
        for (is, body) in nulls(everything, shape, &object) {
            held.hold(&Target::Body(target), &body, &format!("the body of {name} ({is} null)"));
        }
    }
}

/// Each document with one null, by the path to it.
fn nulls(everything: &Everything, shape: &Shape, object: &Object<'_>) -> Vec<(String, Value)> {
    let (api, declarations) = (&everything.facts.api, &everything.declarations);
    let sample = object.sample(declarations);
    let with = |key: &str, value: Value| {
        let mut body = sample.clone();
        body[key] = value;
        body
    };
    let mut all = Vec::new();
    for (key, said) in &api.follow(shape).properties {
        let Some(property) = object.property(key) else { continue };
        if said.nullable || api.follow(said).nullable {
            all.push((key.clone(), with(key, Value::Null)));
        }
        let Some(inner) = property.inner(declarations) else { continue };
        let inner = nulls(everything, said, &inner);
        all.extend(inner.into_iter().map(|(path, value)| (format!("{key}.{path}"), with(key, value))));
    }
    all
}
