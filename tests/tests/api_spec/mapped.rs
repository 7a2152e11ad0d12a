//! Everything that the specifications have is mapped, or left out with a reason.

use crate::facts::{Facts, Specification};
use std::collections::{BTreeMap, BTreeSet};
use tests::api::mapping::Mapping;

/// What is wrong with the lists: a name without a place, one with two, one that is of nothing.
pub fn troubles(mapping: &Mapping, facts: &Facts) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut troubles = mapping.troubles.clone();
    let mut meet = |kind: &str, name: &str, mapped: &BTreeMap<String, String>| {
        let unmapped = mapping.unmapped.contains(&format!("{kind}{name}"));
        match (mapped.contains_key(name), unmapped) {
            (true, true) => troubles.push(format!("{kind}{name} is mapped and left out")),
            (false, false) => troubles.push(format!("{kind}{name} is neither mapped nor left out")),
            _ => {}
        }
        known.insert(format!("{kind}{name}"));
    };
    for Specification { schemas, bodies, answers, events, .. } in facts.specifications() {
        schemas.keys().chain(answers.keys()).for_each(|name| meet("", name, &mapping.types));
        events.keys().for_each(|name| meet("event ", name, &mapping.events));
        bodies.keys().for_each(|name| meet("body ", name, &mapping.bodies));
    }
    let named = mapping.types.keys().cloned().chain(mapping.events.keys().map(|name| format!("event {name}")));
    let named = named.chain(mapping.bodies.keys().map(|name| format!("body {name}"))).chain(mapping.unmapped.clone());
    troubles.extend(named.filter(|name| !known.contains(name)).map(|name| format!("there is no {name}")));
    troubles
}
