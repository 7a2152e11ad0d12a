//! Documents held against the types: what is refused, and where.

use crate::types::{self, Refusal};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use tests::api::declared::{Declarations, Keys, Object};
use tests::json::{Absent, difference};

/// The type that all events are.
const EVENT: &str = "WebhookEvent";

/// What documents are held against.
#[derive(Clone)]
pub enum Target<'a> {
    /// A wire type, and the classes that are built from it.
    Wire(&'a str),
    /// `WebhookEvent`, with a payload of that type.
    Event(&'a str),
    /// The parameters of a call.
    Body(&'a str),
}

/// What became of all documents.
pub struct Held<'a> {
    declarations: &'a Declarations,
    /// Places at which a refusal is listed.
    exceptions: BTreeSet<&'a str>,
    /// Places that the recipe merges: absent and null are one there.
    merged: BTreeSet<String>,
    /// How many documents were tried; each type and class that takes it counts.
    pub documents: usize,
    /// How many of them were refused.
    pub refused: usize,
    /// How many were refused as the exceptions say.
    pub excepted: usize,
    /// By place: how many were refused, and the first of them.
    pub troubles: BTreeMap<String, (usize, String)>,
    met: BTreeSet<String>,
}

impl<'a> Held<'a> {
    pub fn new(declarations: &'a Declarations, exceptions: BTreeSet<&'a str>, merged: BTreeSet<String>) -> Self {
        let (troubles, met) = (BTreeMap::new(), BTreeSet::new());
        Self { declarations, exceptions, merged, documents: 0, refused: 0, excepted: 0, troubles, met }
    }

    /// Tries a document. `is` says what it is, for the one who reads of a failure.
    pub fn hold(&mut self, target: &Target<'_>, document: &Value, is: &str) {
        let text = document.to_string();
        let name = target.type_name();
        let found = types::find(name).unwrap_or_else(|| panic!("no type {name}"));
        self.documents += 1;
        match (found.decode)(&text) {
            Err(refusal) => self.refuse(target, &refusal, &format!("{is}: {}", refusal.message)),
            Ok(encoded) => self.compare(target, document, &encoded, is),
        }
        if let Target::Wire(name) = target {
            for pair in types::classes(name) {
                self.documents += 1;
                if let Err(refusal) = (pair.agree)(&text) {
                    self.refuse(target, &refusal, &format!("{is}, as the class {}: {}", pair.class, refusal.message));
                }
            }
        }
    }

    /// What was decoded encodes to the same JSON value, keys that the type does not declare aside.
    fn compare(&mut self, target: &Target<'_>, document: &Value, encoded: &Value, is: &str) {
        let wanted = declared_part(document, &target.object(self.declarations), self.declarations);
        let Some(what) = difference(&wanted, encoded, Absent::IsNot) else { return };
        let path = what.split_once(": ").map_or("", |(path, _)| path).trim_start_matches('.').to_owned();
        let refusal = Refusal { path, message: what.clone() };
        let is_merged = target.places(&refusal, self.declarations).iter().all(|place| self.merged.contains(place));
        if is_merged && difference(&wanted, encoded, Absent::IsNull).is_none() {
            return;
        }
        self.refuse(target, &refusal, &format!("{is} comes back otherwise: {what}"));
    }

    fn refuse(&mut self, target: &Target<'_>, refusal: &Refusal, is: &str) {
        let places = target.places(refusal, self.declarations);
        let (listed, others): (Vec<String>, _) =
            places.into_iter().partition(|at| self.exceptions.contains(at.as_str()));
        self.met.extend(listed);
        let count = if others.is_empty() { &mut self.excepted } else { &mut self.refused };
        *count += 1;
        for place in others {
            self.troubles.entry(place).or_insert_with(|| (0, is.to_owned())).0 += 1;
        }
    }

    /// Exceptions that no document needs.
    pub fn unneeded(&self) -> Vec<&'a str> {
        self.exceptions.iter().filter(|place| !self.met.contains(**place)).copied().collect()
    }
}

impl Target<'_> {
    /// The type that decodes.
    pub fn type_name(&self) -> &str {
        match self {
            Self::Wire(name) | Self::Body(name) => name,
            Self::Event(_) => EVENT,
        }
    }

    /// What is declared of it.
    pub fn object<'d>(&'d self, declarations: &'d Declarations) -> Object<'d> {
        let (name, keys) = match self {
            Self::Wire(name) => (*name, Keys::Declared),
            Self::Event(payload) => return declarations.event(payload),
            Self::Body(name) => (*name, Keys::Snake),
        };
        declarations.object(name, keys).unwrap_or_else(|| panic!("no object type {name}"))
    }

    /// The places that a refusal is about.
    fn places(&self, refusal: &Refusal, declarations: &Declarations) -> Vec<String> {
        let mut object = self.object(declarations);
        let mut at = None;
        for segment in refusal.path.split('.').filter(|each| !each.is_empty()) {
            let key = segment.split('[').next().unwrap_or_default();
            let property = object.property(key);
            let place = property.as_ref().map(|property| property.place.clone());
            at = Some(place.unwrap_or_else(|| format!("{}.{key}", object.name)));
            match property.and_then(|property| property.inner(declarations)) {
                Some(inner) => object = inner,
                None => break,
            }
        }
        let missing = missing(&refusal.message);
        if missing.is_empty() {
            return vec![at.unwrap_or(object.name)];
        }
        let place =
            |key: &str| object.property(key).map_or_else(|| format!("{}.{key}", object.name), |each| each.place);
        missing.into_iter().map(place).collect()
    }
}

/// A document with the keys that a type declares, and no others.
fn declared_part<'d>(value: &Value, object: &Object<'d>, declarations: &'d Declarations) -> Value {
    match value {
        Value::Array(list) => list.iter().map(|each| declared_part(each, object, declarations)).collect(),
        Value::Object(map) => {
            let part = |(key, value): (&String, &Value)| {
                let inner = object.property(key)?.inner(declarations);
                let part = inner.map_or_else(|| value.clone(), |inner| declared_part(value, &inner, declarations));
                Some((key.clone(), part))
            };
            Value::Object(map.iter().filter_map(part).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// The keys that an error says are missing: ``missing field `a` of T``, ``missing fields `a` and `b` of T``.
fn missing(message: &str) -> Vec<&str> {
    let Some(rest) = message.strip_prefix("missing field") else { return Vec::new() };
    let list = rest.split_once(" of ").map_or(rest, |(list, _)| list);
    list.split('`').skip(1).step_by(2).collect()
}
