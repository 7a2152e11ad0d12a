//! What neither declarations nor evidence allow is refused: documents with one thing wrong.

use crate::Everything;
use crate::by_declaration::DEEP;
use crate::hold::Target;
use crate::reads::{Excuse, Wrong};
use crate::types::{self, Pair};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::api::declared::{Declarations, Object, Property};

/// How many broken documents were tried, and those that were taken, by place; and whole ones that were not.
#[derive(Default)]
pub struct Broken {
    /// As wire types and events.
    pub tried: usize,
    /// How many of those were broken inside an inner object.
    pub inside: usize,
    /// As the classes that are built from a wire type.
    pub by_class: usize,
    /// How many were no class's business: it does not read what is broken.
    pub unread: usize,
    /// How many a class may take: by its own declaration, or as `fromJSON` does.
    pub allowed: usize,
    /// The places at which something was wrong.
    pub places: BTreeSet<String>,
    /// What was not as it should be.
    pub taken: Vec<String>,
}

/// An object of a document.
struct Part<'d> {
    /// The keys to it, indices of lists among them.
    path: Vec<String>,
    /// What is declared of it.
    object: Object<'d>,
    /// The objects that it stands in, by name.
    within: Vec<String>,
}

/// One thing that is wrong.
struct Fault<'a> {
    key: &'a str,
    /// What stands there instead; nothing where the key is taken away.
    value: Option<Value>,
    is: String,
}

impl Broken {
    /// Breaks a whole document, which the type takes, at each property of its own and of the objects inside it.
    pub fn try_all(&mut self, everything: &Everything, target: &Target<'_>, whole: &Value) {
        let declarations = &everything.declarations;
        let object = target.object(declarations);
        let mut whole = whole.clone();
        fill(&mut whole, &object, declarations, DEEP);
        self.expect_taken(target, &whole);
        let mut parts = vec![Part { path: Vec::new(), object, within: Vec::new() }];
        while let Some(part) = parts.pop() {
            for (key, property) in part.object.properties() {
                for fault in faults(everything, &key, &property) {
                    self.expect_refused(everything, target, &whole, &part, fault);
                }
                parts.extend(part.inner(&whole, &key, &property, declarations));
            }
        }
    }

    /// The document that is broken is a good one: else all were refused for another reason.
    fn expect_taken(&mut self, target: &Target<'_>, whole: &Value) {
        let text = whole.to_string();
        let found = types::find(target.type_name()).unwrap_or_else(|| panic!("no type {}", target.type_name()));
        if let Err(refusal) = (found.decode)(&text) {
            self.taken.push(format!("{}: the whole document is refused: {refusal:?}", target.type_name()));
        }
        for pair in classes(target) {
            if let Err(refusal) = (pair.agree)(&text) {
                self.taken.push(format!("{}: the whole document is refused: {refusal:?}", pair.class));
            }
        }
    }

    fn expect_refused(
        &mut self,
        everything: &Everything,
        target: &Target<'_>,
        whole: &Value,
        part: &Part<'_>,
        fault: Fault<'_>,
    ) {
        let mut broken = whole.clone();
        let wrong = fault.wrong();
        let Fault { key, value, is } = fault;
        let at = format!("{is}, in {} at {:?}", target.type_name(), part.path.join("."));
        let map = broken.pointer_mut(&part.pointer()).and_then(Value::as_object_mut).expect("an object");
        match value {
            Some(value) => drop(map.insert(key.to_owned(), value)),
            None if !map.contains_key(key) => return,
            None => drop(map.remove(key)),
        }
        self.tried += 1;
        self.places.extend(is.split(' ').next().map(str::to_owned));
        self.inside += usize::from(!part.path.is_empty());
        let text = broken.to_string();
        let found = types::find(target.type_name()).expect("a type");
        if (found.decode)(&text).is_ok() {
            self.taken.push(at.clone());
        }
        let keys = part.keys(key);
        for pair in classes(target) {
            match everything.reads.excuse(&everything.declarations, pair.class, &keys, wrong) {
                Some(excuse) => self.takes(pair, &text, &at, excuse),
                None => self.refuses(pair, &text, &at),
            }
        }
    }

    /// A class takes what is excused: else the excuse is none.
    fn takes(&mut self, pair: &Pair, text: &str, at: &str, excuse: Excuse) {
        match excuse {
            Excuse::Unread => self.unread += 1,
            Excuse::Allowed => self.allowed += 1,
        }
        if let Err(refusal) = (pair.agree)(text) {
            self.taken.push(format!("{at} is refused by the class {} ({excuse:?}): {refusal:?}", pair.class));
        }
    }

    /// A class refuses it, and not for what came of it.
    fn refuses(&mut self, pair: &Pair, text: &str, at: &str) {
        self.by_class += 1;
        if (pair.agree)(text).map_or_else(|refusal| refusal.is_of_taken(), |()| true) {
            self.taken.push(format!("{at}, as the class {}", pair.class));
        }
    }
}

impl<'d> Part<'d> {
    /// The object behind a key, or the first of its list; none where one of its own kind is around it.
    fn inner(&self, whole: &Value, key: &str, property: &Property<'d>, of: &'d Declarations) -> Option<Self> {
        let object = property.inner(of).filter(|_| self.path.len() < 2 * DEEP)?;
        let mut within = self.within.clone();
        within.push(self.object.name.clone());
        let mut path = self.path.clone();
        path.push(key.to_owned());
        if property.is_list() {
            path.push("0".to_owned());
        }
        let part = Self { path, object, within };
        let is_new = !part.within.contains(&part.object.name);
        let is_there = whole.pointer(&part.pointer()).is_some_and(Value::is_object);
        (is_new && is_there).then_some(part)
    }

    fn pointer(&self) -> String {
        self.path.iter().map(|key| format!("/{key}")).collect()
    }

    /// The keys to one of its properties.
    fn keys<'k>(&'k self, key: &'k str) -> Vec<&'k str> {
        self.path.iter().map(String::as_str).filter(|each| *each != "0").chain([key]).collect()
    }
}

impl Fault<'_> {
    fn wrong(&self) -> Wrong {
        match self.value {
            None => Wrong::Absent,
            Some(Value::Null) => Wrong::Null,
            Some(_) => Wrong::Kind,
        }
    }
}

/// The classes that are built from what is tried.
fn classes<'t>(target: &'t Target<'_>) -> impl Iterator<Item = &'static Pair> + use<'t> {
    let wire = if let Target::Wire(name) = target { Some(*name) } else { None };
    wire.into_iter().flat_map(types::classes)
}

/// All that can be wrong with a property.
fn faults<'k>(everything: &Everything, key: &'k str, property: &Property<'_>) -> Vec<Fault<'k>> {
    let Everything { declarations, evidence, .. } = everything;
    let place = &property.place;
    let names = everything.names(place);
    let by = |shown: &BTreeMap<String, String>| names.iter().any(|name| shown.contains_key(*name));
    let any = is_any(property, declarations);
    let mut faults = Vec::new();
    if !property.optional() && !by(&evidence.absent) {
        faults.push(Fault { key, value: None, is: format!("{place} absent") });
    }
    if !property.nullable() && !any && !by(&evidence.null) {
        faults.push(Fault { key, value: Some(Value::Null), is: format!("{place} null") });
    }
    let wrong = wrong(property);
    let said = evidence.kinds.get(place);
    if !any && said.is_none_or(|said| !said.contains(kind(&wrong))) {
        faults.push(Fault { key, is: format!("{place} {wrong}"), value: Some(wrong) });
    }
    if property.is_list() {
        let elements = [json!([null]), json!([wrong_element(property)])];
        faults.extend(elements.map(|list| Fault { key, is: format!("{place} {list}"), value: Some(list) }));
    }
    faults
}

/// Puts an object everywhere where one may be, so that it can be broken there.
fn fill<'d>(value: &mut Value, object: &Object<'d>, declarations: &'d Declarations, deep: usize) {
    let Some(map) = value.as_object_mut().filter(|_| deep > 0) else { return };
    for (key, property) in object.properties() {
        let Some(inner) = property.inner(declarations) else { continue };
        let there = map.entry(key).or_insert(Value::Null);
        match there {
            Value::Object(_) => fill(there, &inner, declarations, deep - 1),
            Value::Array(list) if !list.is_empty() => {
                list.iter_mut().for_each(|each| fill(each, &inner, declarations, deep - 1));
            }
            _ => *there = property.full(declarations, deep - 1),
        }
    }
}

fn is_any(property: &Property<'_>, declarations: &Declarations) -> bool {
    let kind = property.kind();
    let is_known = ["string", "number", "boolean", "true", "false", "map"].contains(&kind)
        || kind.starts_with('"')
        || kind.ends_with("[]");
    !is_known && property.inner(declarations).is_none()
}

/// A value of another kind than the declared one.
fn wrong(property: &Property<'_>) -> Value {
    match property.kind() {
        kind if kind == "string" || kind.starts_with('"') && !kind.ends_with("[]") => json!(7),
        _ => json!("wrong"),
    }
}

/// A value of another kind than the elements of a list.
fn wrong_element(property: &Property<'_>) -> Value {
    let kind = property.kind();
    if kind == "string[]" || kind.starts_with('"') { json!(7) } else { json!("wrong") }
}

fn kind(value: &Value) -> &'static str {
    if value.is_string() { "string" } else { "integer" }
}
