//! Which parts of the support module a crate needs.

use super::enums::{self, Values};
use super::structs::{fields, is_picked};
use super::support::Part;
use crate::rust::{Convert, FromValue, Presence, RustCrate, RustItem, RustModule, RustStruct, RustTy};
use std::collections::BTreeSet;

/// The parts that the items of a crate call or name.
pub(super) fn parts(krate: &RustCrate) -> BTreeSet<Part> {
    let mut parts = BTreeSet::new();
    module(&krate.root, &mut parts);
    parts
}

fn module(module_: &RustModule, parts: &mut BTreeSet<Part>) {
    for item in &module_.items {
        self::item(item, parts);
    }
    for child in &module_.children {
        module(child, parts);
    }
}

fn item(item: &RustItem, parts: &mut BTreeSet<Part>) {
    match item {
        RustItem::Struct(item) => structure(item, parts),
        RustItem::LiteralEnum(item) => {
            let text = enums::values(item) == Values::Text;
            parts.insert(if text { Part::StringEnum } else { Part::NumberEnum });
        }
        RustItem::Tagged(item) => {
            parts.insert(Part::Tagged);
            item.variants.iter().for_each(|tagged| ty(&tagged.variant.ty, parts));
            item.untagged.iter().for_each(|arm| ty(&arm.ty, parts));
        }
        RustItem::Untagged(item) => {
            parts.insert(Part::Untagged);
            item.variants.iter().for_each(|untagged| ty(&untagged.variant.ty, parts));
        }
        RustItem::Tuple(item) => {
            parts.insert(Part::Tuple);
            item.places.iter().for_each(|place| ty(&place.ty, parts));
        }
        RustItem::Alias(item) => ty(&item.ty, parts),
        RustItem::From(item) => {
            if item.fields.iter().any(|field| calls_stand_in(&field.value)) {
                // A value of three states is one of those that it stands in for.
                parts.extend([Part::StandIn, Part::Maybe]);
            }
        }
    }
}

/// Whether a conversion calls a function of its part, and not only traits.
fn calls_stand_in(value: &FromValue) -> bool {
    match value {
        FromValue::Field { default, convert, .. } => default.is_some() || ends_untyped(convert),
        FromValue::Literal(_) | FromValue::Absent => false,
    }
}

fn ends_untyped(convert: &Convert) -> bool {
    match convert {
        Convert::Untyped { .. } => true,
        Convert::Each(inner) | Convert::Inner(inner) | Convert::Boxed(inner) | Convert::Unboxed(inner) => {
            ends_untyped(inner)
        }
        Convert::Same | Convert::Into | Convert::Text => false,
    }
}

fn structure(item: &RustStruct, parts: &mut BTreeSet<Part>) {
    if is_picked(item) {
        parts.insert(Part::Picked);
    }
    for field in fields(item) {
        if field.presence == Presence::Maybe {
            parts.insert(Part::Maybe);
        }
        ty(&field.ty, parts);
    }
    for extra in &item.extras {
        if extra.keys.is_some() {
            parts.insert(Part::KeyForms);
        }
        ty(&extra.value, parts);
    }
}

fn ty(ty_: &RustTy, parts: &mut BTreeSet<Part>) {
    match ty_ {
        RustTy::UnixMillis => parts.extend([Part::UnixMillis, Part::Moment]),
        RustTy::UnixSeconds => parts.extend([Part::UnixSeconds, Part::Moment]),
        RustTy::BoolLiteral(_) => {
            parts.insert(Part::Literals);
        }
        RustTy::Vec(inner) | RustTy::Map(inner) | RustTy::Option(inner) | RustTy::Box(inner) => ty(inner, parts),
        RustTy::Path(_, inner) | RustTy::Tuple(inner) => inner.iter().for_each(|inner| ty(inner, parts)),
        _ => {}
    }
}
