//! What the evidence shows of each property that we declare, against its declaration.

use crate::documents::is_any_text;
use crate::facts::{Facts, Shape, Specification};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tests::api::declared::{Declarations, Keys, Object, Property};
use tests::api::mapping::{Mapping, Reports};

/// What may be, by places (`UserJSON.locale`), each with what shows it first.
#[derive(Default)]
pub struct Evidence {
    /// The property may be absent.
    pub absent: BTreeMap<String, String>,
    /// The property may be null.
    pub null: BTreeMap<String, String>,
    /// It has values that its declaration does not list.
    pub value: BTreeMap<String, String>,
    /// Those values, where they are known.
    pub values: BTreeMap<String, BTreeSet<String>>,
    /// The kinds of JSON values that it has.
    pub kinds: BTreeMap<String, BTreeSet<String>>,
    /// Required by its declaration, and unknown to every schema of its type.
    pub unknown: BTreeSet<String>,
    /// Keys that schemas have and our types do not.
    pub undeclared: BTreeSet<String>,
    /// Properties that some schema knows, by the key that they have on the wire.
    pub known: BTreeSet<String>,
}

/// Gathers evidence.
struct Gather<'a> {
    facts: &'a Facts,
    mapping: &'a Mapping,
    declarations: &'a Declarations,
    evidence: Evidence,
}

/// All that the facts and the reports show.
pub fn evidence(facts: &Facts, mapping: &Mapping, declarations: &Declarations, reports: &Reports) -> Evidence {
    let mut run = Gather { facts, mapping, declarations, evidence: Evidence::default() };
    run.examples();
    run.observed();
    run.reports(reports);
    for specification in facts.specifications() {
        run.specification(specification);
    }
    run.bodies();
    let Evidence { known, mut unknown, .. } = run.evidence;
    unknown.retain(|place| !known.contains(place));
    Evidence { known, unknown, ..run.evidence }
}

impl<'a> Gather<'a> {
    fn specification(&mut self, of: &'a Specification) {
        let by = format!("the specification of {}", of.version);
        for (name, shape) in of.schemas.iter().chain(&of.answers) {
            let Some(target) = self.mapping.types.get(name) else { continue };
            let object = self.object(target);
            self.shape(of, shape.mapped(), &object, &format!("{by}, {name}"));
        }
        for (name, shape) in &of.events {
            let Some(target) = self.mapping.events.get(name) else { continue };
            let by = format!("{by}, {name}");
            self.shape(of, shape, &self.declarations.event(target), &by);
            if let Some(data) = shape.properties.get("data") {
                self.shape(of, data, &self.object(target), &by);
            }
        }
    }

    fn object(&self, name: &str) -> Object<'a> {
        self.declarations.object(name, Keys::Declared).unwrap_or_else(|| panic!("no object type {name}"))
    }

    fn shape(&mut self, of: &'a Specification, shape: &'a Shape, object: &Object<'a>, by: &str) {
        let shape = of.follow(shape);
        for arm in &shape.one_of {
            self.shape(of, arm, object, by);
        }
        if !shape.one_of.is_empty() {
            return;
        }
        for (key, property) in object.properties() {
            match shape.properties.get(&key) {
                Some(said) => self.property(of, said, &property, by),
                None => self.unknown(&property, by),
            }
        }
        let undeclared = shape.properties.keys().filter(|key| object.property(key).is_none());
        self.evidence.undeclared.extend(undeclared.map(|key| format!("{}.{key}", object.name)));
    }

    fn unknown(&mut self, property: &Property<'a>, by: &str) {
        note(&mut self.evidence.absent, &property.place, || format!("unknown to {by}"));
        if !property.optional() {
            self.evidence.unknown.insert(property.place.clone());
        }
    }

    fn property(&mut self, of: &'a Specification, said: &'a Shape, property: &Property<'a>, by: &str) {
        let place = &property.place;
        self.evidence.known.insert(place.clone());
        if !said.required {
            note(&mut self.evidence.absent, place, || by.to_owned());
        }
        let inner = of.follow(said);
        if said.nullable || inner.nullable {
            note(&mut self.evidence.null, place, || by.to_owned());
        }
        let items = inner.items.as_deref().map(|items| of.follow(items));
        self.kinds(inner, place);
        for value in inner.values.iter().chain(items.into_iter().flat_map(|items| &items.values)) {
            self.value(property, value, by);
        }
        if is_any_text(inner, Some(property)) {
            note(&mut self.evidence.value, place, || format!("any text in {by}"));
        }
        // What has a schema of its own is gathered there; what has none, here.
        let Some(object) = property.inner(self.declarations) else { return };
        for each in [Some(said), said.items.as_deref()].into_iter().flatten() {
            if each.reference.is_none() && !each.properties.is_empty() {
                self.shape(of, each, &object, by);
            }
        }
    }

    fn kinds(&mut self, shape: &Shape, place: &str) {
        let kinds = self.evidence.kinds.entry(place.to_owned()).or_default();
        let object = !shape.properties.is_empty() || !shape.one_of.is_empty();
        kinds.extend(shape.is.clone().or_else(|| object.then(|| "object".to_owned())));
    }

    fn value(&mut self, property: &Property<'a>, value: &Value, by: &str) {
        let constants = property.constants();
        let Some(text) = value.as_str().filter(|_| !constants.is_empty()) else { return };
        if !constants.contains(&text) {
            note(&mut self.evidence.value, &property.place, || format!("{text:?} in {by}"));
            self.evidence.values.entry(property.place.clone()).or_default().insert(text.to_owned());
        }
    }

    fn examples(&mut self) {
        for (name, event) in &self.facts.webhooks.events {
            let Some(target) = self.mapping.events.get(name) else { continue };
            let by = format!("the example of {name}, {}", self.facts.webhooks.version);
            for example in &event.examples {
                self.example(example, &self.declarations.event(target), &by);
            }
        }
    }

    fn example(&mut self, example: &Value, object: &Object<'a>, by: &str) {
        let Some(map) = example.as_object() else { return };
        for (key, property) in object.properties() {
            match map.get(&key) {
                None => note(&mut self.evidence.absent, &property.place, || by.to_owned()),
                Some(Value::Null) => note(&mut self.evidence.null, &property.place, || by.to_owned()),
                Some(value) => {
                    self.value(&property, value, by);
                    let Some(inner) = property.inner(self.declarations) else { continue };
                    let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
                    list.iter().for_each(|each| self.example(each, &inner, by));
                }
            }
        }
    }

    fn observed(&mut self) {
        for row in &self.facts.observed {
            // Every event has the same envelope, whatever its type is called.
            let owner = if row.owner.ends_with("WebhookEvent") { "Webhook" } else { &row.owner };
            let place = format!("{owner}.{}", row.property);
            let into = match row.what.as_str() {
                "absent" => &mut self.evidence.absent,
                "null" => &mut self.evidence.null,
                "type" => &mut self.evidence.value,
                other => panic!("{place}: {other} is nothing that is observed"),
            };
            note(into, &place, || format!("seen in {} documents", row.counts.iter().sum::<u32>()));
        }
    }

    fn reports(&mut self, reports: &Reports) {
        for report in &reports.reports {
            for (into, places) in [(&mut self.evidence.absent, &report.absent), (&mut self.evidence.null, &report.null)]
            {
                places.iter().for_each(|place| note(into, place, || format!("{}: {}", report.source, report.says)));
            }
        }
    }

    /// What operations are sent may be null where the specification says so.
    fn bodies(&mut self) {
        for (name, shape) in &self.facts.api.bodies {
            let Some(target) = self.mapping.bodies.get(name) else { continue };
            let object = self.declarations.object(target, Keys::Snake);
            let object = object.unwrap_or_else(|| panic!("{name}: no object type {target}"));
            self.body(shape, &object, name);
        }
    }

    fn body(&mut self, shape: &'a Shape, object: &Object<'a>, by: &str) {
        let api = &self.facts.api;
        let shape = api.follow(shape);
        for (key, said) in &shape.properties {
            let Some(property) = object.property(key) else { continue };
            if said.nullable || api.follow(said).nullable {
                note(&mut self.evidence.null, &property.place, || format!("the body of {by}, {}", api.version));
            }
            if let Some(inner) = property.inner(self.declarations) {
                self.body(said, &inner, by);
            }
        }
    }
}

fn note(into: &mut BTreeMap<String, String>, place: &str, by: impl FnOnce() -> String) {
    if !into.contains_key(place) {
        into.insert(place.to_owned(), by());
    }
}
