//! Index signatures beside properties, and undeclared keys that the recipe keeps: maps that a struct has for them.

use super::planner::Planner;
use super::site::Site;
use crate::rust::{Extra, KeyPart, RustIdent, RustMember, RustTy};
use crate::schema::{IndexShape, Record, Shape, TemplateHole, TemplateShape};
use std::collections::BTreeSet;

impl Planner<'_> {
    /// What keeps the keys that no property has: a map for each form of keys, then one for all others.
    pub(super) fn extras(&mut self, record: &Record, members: &[RustMember], site: &Site) -> Vec<Extra> {
        let captured = self.input.recipe.capture.matches(&site.names);
        let formed = self.formed(record, members);
        let loose: Vec<&IndexShape> = record.indexes.iter().filter(|index| !formed.contains(index)).collect();
        let mut taken: BTreeSet<String> = members.iter().filter_map(field_name).collect();
        let lone = formed.len() == 1 && loose.is_empty() && !captured;
        let mut extras = Vec::with_capacity(formed.len() + 1);
        for index in formed {
            let words = if lone { String::new() } else { key_words(&index.key) };
            let place = if lone { site.inner("Value") } else { site.inner(RustIdent::upper_camel(&words).text()) };
            extras.push(Extra {
                keys: key_form(&index.key),
                field: free_name(&words, &mut taken),
                value: self.ty(&index.value, &place),
                doc: vec![key_doc(&index.key)],
            });
        }
        if !loose.is_empty() || captured {
            let any_key = |index: &&IndexShape| matches!(index.key, Shape::String | Shape::OpenString | Shape::Number);
            let typed = !loose.is_empty() && loose.iter().all(any_key);
            // Keys of a form are some of the undeclared ones; the others may hold anything.
            let value = if typed { self.index_value(loose, &site.inner("Value")) } else { RustTy::Json };
            let doc = vec!["Fields that are not declared.".to_owned()];
            extras.push(Extra { keys: None, field: free_name("", &mut taken), value, doc });
        }
        extras
    }

    /// Whether a record is a map, which has one type for all of its values.
    pub(super) fn is_map(&self, record: &Record) -> bool {
        record.properties.is_empty() && (record.indexes.len() == 1 || self.formed(record, &[]).is_empty())
    }

    /// The index signatures whose keys have a form of their own, and hold what no other key does.
    fn formed<'r>(&self, record: &'r Record, members: &[RustMember]) -> Vec<&'r IndexShape> {
        // Classes and fields that share keys are read from what is buffered, which knows no forms.
        let mut keys = BTreeSet::new();
        let shared = members.iter().flat_map(wire_keys).any(|key| !keys.insert(key));
        if shared || record.class.is_some_and(|class| self.pairs.wire(class).is_some()) {
            return Vec::new();
        }
        let any: Vec<&IndexShape> =
            record.indexes.iter().filter(|index| matches!(index.key, Shape::String | Shape::OpenString)).collect();
        let differs = |index: &&IndexShape| any.is_empty() || any.iter().any(|any| any.value != index.value);
        record.indexes.iter().filter(|index| key_form(&index.key).is_some()).filter(differs).collect()
    }
}

fn field_name(member: &RustMember) -> Option<String> {
    match member {
        RustMember::Field(field) => Some(field.name.text().to_owned()),
        _ => None,
    }
}

fn wire_keys(member: &RustMember) -> Vec<&str> {
    match member {
        RustMember::Field(field) => field.wire.iter().map(String::as_str).collect(),
        RustMember::Literal { wire, .. } | RustMember::Forbidden { wire } => vec![wire],
    }
}

/// A name that no field has.
fn free_name(words: &str, taken: &mut BTreeSet<String>) -> RustIdent {
    let candidates = ["extra", "extra fields", "additional properties", "undeclared extra fields"];
    let idents = candidates.map(|name| RustIdent::snake(&format!("{name} {words}")));
    let [.., last] = &idents;
    let name = idents.iter().find(|name| !taken.contains(name.text())).unwrap_or(last).clone();
    taken.insert(name.text().to_owned());
    name
}

/// The form of the keys of an index signature; `None` where they may be any text.
fn key_form(key: &Shape) -> Option<Vec<KeyPart>> {
    let TemplateShape { texts, holes, .. } = match key {
        Shape::Number => return Some(vec![KeyPart::Number]),
        Shape::Template(template) => template,
        _ => return None,
    };
    let mut parts = Vec::with_capacity(texts.len() + holes.len());
    for (place, text) in texts.iter().enumerate() {
        if !text.is_empty() {
            parts.push(KeyPart::Text(text.clone()));
        }
        parts.extend(holes.get(place).map(|hole| match hole {
            TemplateHole::String => KeyPart::Any,
            TemplateHole::Number => KeyPart::Number,
            TemplateHole::BigInt => KeyPart::Integer,
        }));
    }
    Some(parts)
}

/// What tells keys from others, as words.
fn key_words(key: &Shape) -> String {
    match key {
        Shape::Template(template) => template.texts.join(" "),
        _ => "numbers".to_owned(),
    }
}

fn key_doc(key: &Shape) -> String {
    match super::patterns::sentence(&[&Shape::Record(Box::new(keyed(key)))]) {
        Some(sentence) => format!("Fields that are not declared. {sentence}"),
        None => "Fields that are not declared, whose keys are numbers.".to_owned(),
    }
}

fn keyed(key: &Shape) -> Record {
    Record { indexes: vec![IndexShape { key: key.clone(), value: Shape::Never }], ..Record::default() }
}
