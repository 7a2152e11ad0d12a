//! Documents that were made from the declarations, as the rules of `[wire]` say that they are sent.

use super::declared::{Declarations, Object};
use super::mapping::Mapping;
use super::recipe::recipe;
use dts_codegen::recipe::Recipe;
use serde_json::{Map, Value};

/// What documents are held against: declarations, and the events' payloads.
pub struct Sent {
    declarations: Declarations,
    mapping: Mapping,
    recipe: Recipe,
}

impl Sent {
    /// By the recipe of the generated crate.
    pub fn by_recipe() -> Self {
        let (mapping, recipe) = (Mapping::recorded(), recipe());
        Self { declarations: Declarations::recorded(mapping.named.clone(), &recipe), mapping, recipe }
    }

    /// What is declared of a document of a type; of an event by its `type`, whatever type holds it.
    pub fn object(&self, name: &str, document: &Value) -> Option<Object<'_>> {
        let event = Some(name).filter(|name| name.ends_with("WebhookEvent")).and(document["type"].as_str());
        match event.and_then(|event| self.mapping.events.get(event)) {
            Some(payload) => Some(self.declarations.event(payload)),
            None => self.declarations.object(name, super::declared::Keys::Declared),
        }
    }

    /// Whether a rule says that an event carries something else than its declaration.
    pub fn carries_another(&self, name: &str, document: &Value) -> bool {
        let event = Some(name).filter(|name| name.ends_with("WebhookEvent")).and(document["type"].as_str());
        event.is_some_and(|event| self.recipe.payloads.matches(&[format!("WebhookEvent.'{event}'.data")]))
    }

    /// A document as it is sent: its keys by their names on the wire, an event with what it really carries.
    pub fn document(&self, name: &str, document: &Value) -> Value {
        let Some(object) = self.object(name, document) else { return document.clone() };
        let mut sent = self.part(document, &object);
        let payload = object.property("data").and_then(|data| data.inner(&self.declarations));
        if let Some(payload) = payload.filter(|_| self.carries_another(name, document)) {
            sent["data"] = payload.sample(&self.declarations);
        }
        sent
    }

    fn part<'d>(&'d self, value: &Value, object: &Object<'d>) -> Value {
        match value {
            Value::Array(list) => list.iter().map(|each| self.part(each, object)).collect(),
            Value::Object(map) => Value::Object(map.iter().map(|each| self.entry(each, object)).collect::<Map<_, _>>()),
            other => other.clone(),
        }
    }

    fn entry<'d>(&'d self, (name, value): (&String, &Value), object: &Object<'d>) -> (String, Value) {
        let Some((key, property)) = object.declared(name) else { return (name.clone(), value.clone()) };
        let inner = property.inner(&self.declarations);
        (key, inner.map_or_else(|| value.clone(), |inner| self.part(value, &inner)))
    }

    /// The place of what stands at a path of a document: `UserJSON.locale`.
    pub fn place(&self, name: &str, document: &Value, path: &[Value]) -> Option<String> {
        let mut object = self.object(name, document)?;
        let mut keys = path.iter().filter_map(Value::as_str).peekable();
        while let Some(key) = keys.next() {
            let (_, property) = object.declared(key)?;
            if keys.peek().is_none() {
                return Some(property.place);
            }
            object = property.inner(&self.declarations)?;
        }
        None
    }
}
