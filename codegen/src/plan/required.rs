//! Keys that an arm of a union cannot do without: looked for before anything is decoded. Unions of unions would else
//! decode what is in them once for each arm, on every level.

use super::boxing::path_of;
use super::planner::Placed;
use crate::rust::{JsonKind, Presence, RustItem, RustMember, RustPath, RustStruct, RustTy, UntaggedVariant};
use std::collections::{BTreeMap, BTreeSet};

/// Notes them, less those that all arms need.
pub(super) fn note_required(items: &mut [Placed]) {
    let known: BTreeMap<RustPath, BTreeSet<String>> = items
        .iter()
        .filter_map(|placed| match &placed.item {
            RustItem::Struct(item) => Some((path_of(placed)?, required(item))),
            _ => None,
        })
        .collect();
    for placed in items {
        if let RustItem::Untagged(union) = &mut placed.item {
            note(&mut union.variants, &known);
        }
    }
}

fn note(variants: &mut [UntaggedVariant], known: &BTreeMap<RustPath, BTreeSet<String>>) {
    let none = BTreeSet::new();
    let objects = |variant: &&UntaggedVariant| variant.kinds.contains(&JsonKind::Object);
    let mut shared: Option<BTreeSet<String>> = None;
    for keys in variants.iter().filter(objects).map(|variant| of_type(&variant.variant.ty, known).unwrap_or(&none)) {
        shared = Some(shared.map_or_else(|| keys.clone(), |shared| &shared & keys));
    }
    let shared = shared.unwrap_or_default();
    for variant in variants.iter_mut().filter(|variant| variant.kinds == [JsonKind::Object]) {
        let keys = of_type(&variant.variant.ty, known).unwrap_or(&none);
        variant.required = keys.difference(&shared).cloned().collect();
    }
}

fn of_type<'k>(ty: &RustTy, known: &'k BTreeMap<RustPath, BTreeSet<String>>) -> Option<&'k BTreeSet<String>> {
    match ty {
        RustTy::Box(inner) => of_type(inner, known),
        RustTy::Path(path, _) => known.get(path),
        _ => None,
    }
}

/// The keys that a struct is refused without.
fn required(item: &RustStruct) -> BTreeSet<String> {
    let keys = item.members.iter().filter_map(|member| match member {
        RustMember::Field(field) => match (field.presence, field.wire.as_slice()) {
            (Presence::Required | Presence::Nullable, [key]) if field.default.is_none() => Some(key.clone()),
            _ => None,
        },
        RustMember::Literal { wire, .. } => Some(wire.clone()),
        RustMember::Forbidden { .. } => None,
    });
    keys.collect()
}
