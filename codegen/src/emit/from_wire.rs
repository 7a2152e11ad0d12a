//! `From` of a class's wire struct for the class.

use super::Chunk;
use super::code::{boolean, call, dereferenced, from_impl, mapped_by, member, method, named, reference};
use super::code::{self_literal, text, variable};
use super::names::Names;
use super::nodes::{below, name, type_of};
use crate::model::Literal;
use crate::rust::{Convert, FieldDefault, FromField, FromValue, FromWire, Presence, When};
use proc_macro2::Ident;
use syn::Expr;

/// The impl.
pub(super) fn emit_from(item: &FromWire, names: &mut Names, out: &mut Vec<Chunk>) {
    let class = type_of(names.path(&item.class, &[]));
    let wire = type_of(names.path(&item.wire, &[]));
    let fields = item.fields.iter().map(|field| field_value(field, names)).collect();
    out.push(Chunk::item(from_impl(names.prelude("From", &[]), wire, "wire", class, self_literal(fields))));
}

fn field_value(field: &FromField, names: &mut Names) -> (Ident, Option<Expr>) {
    let value = match &field.value {
        FromValue::Absent => named(names.prelude("None", &[])),
        FromValue::Literal(Literal::Boolean(value)) => boolean(*value),
        FromValue::Literal(Literal::String(value)) => method(text(value), "into", []),
        FromValue::Literal(other) => method(text(&other.to_string()), "into", []),
        FromValue::Field { wire, from, to, convert, default, clone } => {
            let value = member(variable("wire"), wire.token());
            let value = if *clone { method(value, "clone", []) } else { value };
            presence(value, *from, *to, convert, default.as_ref(), names)
        }
    };
    (field.field.token(), Some(value))
}

/// A value with its presence, from one side to the other.
fn presence(
    value: Expr,
    from: Presence,
    to: Presence,
    convert: &Convert,
    default: Option<&FieldDefault>,
    names: &mut Names,
) -> Expr {
    if from == Presence::Required {
        let value = converted(value, convert, names);
        let value = match default {
            Some(default) if default.when == When::Falsy && default.is_null() => {
                return call(names.of_support("unless_falsy"), [value]);
            }
            Some(FieldDefault { json, when: When::Falsy }) => {
                call(names.of_support("or_stand_in"), [value, text(json)])
            }
            _ => value,
        };
        return match to {
            Presence::Required => value,
            Presence::Maybe => call(names.of_support("Maybe::Value"), [value]),
            _ => call(names.prelude("Some", &[]), [value]),
        };
    }
    optional(value, from, to, convert, default, names)
}

/// A value that may be absent.
fn optional(
    value: Expr,
    from: Presence,
    to: Presence,
    convert: &Convert,
    default: Option<&FieldDefault>,
    names: &mut Names,
) -> Expr {
    if from == Presence::Maybe && to == Presence::Maybe && default.is_none() {
        return mapped(value, convert, names);
    }
    let default = default.filter(|default| default.when != When::Absent || may_be_absent(from, to));
    if let (Presence::Maybe, Some(FieldDefault { json, when: When::Absent })) = (from, default) {
        let value = mapped(value, convert, names);
        return call(names.of_support("maybe_or_stand_in"), [value, text(json)]);
    }
    let value = if from == Presence::Maybe { method(value, "into_option", []) } else { value };
    let value = mapped(value, convert, names);
    let value = match default {
        Some(default) if default.when == When::Falsy && default.is_null() => {
            method(value, "and_then", [named(names.of_support("unless_falsy"))])
        }
        Some(default) if !default.is_null() => {
            let stood_in = stood_in(value, default, names);
            if to == Presence::Required {
                return stood_in;
            }
            call(names.prelude("Some", &[]), [stood_in])
        }
        _ => value,
    };
    match to {
        Presence::Maybe if from == Presence::Nullable => {
            let states = ["Maybe::Null", "Maybe::Value"].map(|state| named(names.of_support(state)));
            method(value, "map_or", states)
        }
        Presence::Maybe => method(value, "into", []),
        // The plan pairs a required field with one that may be absent only where a default stands in.
        Presence::Required => unreachable!("a required field is made from one that may be missing"),
        _ => value,
    }
}

/// Whether a value that is not there may have been absent, and not null.
fn may_be_absent(from: Presence, to: Presence) -> bool {
    match from {
        Presence::Required | Presence::Nullable => false,
        Presence::Optional | Presence::Maybe => true,
        // Which of the two it was is forgotten: it is null where the class has a null.
        Presence::Merged | Presence::NullableOrAbsent => to == Presence::Required,
    }
}

fn stood_in(value: Expr, default: &FieldDefault, names: &mut Names) -> Expr {
    let helper = match default.when {
        When::Falsy => "some_or_stand_in_if_falsy",
        When::Absent | When::Nullish => "some_or_stand_in",
    };
    call(names.of_support(helper), [value, text(&default.json)])
}

/// What is inside an `Option` or a `Maybe`, converted.
fn mapped(value: Expr, convert: &Convert, names: &mut Names) -> Expr {
    match convert {
        same if is_same(same) => value,
        Convert::Into => {
            let into = below(names.prelude("Into", &[]), name("into"));
            method(value, "map", [named(into)])
        }
        other => {
            let inner = converted(variable("value"), other, names);
            mapped_by(value, "value", inner)
        }
    }
}

fn converted(value: Expr, convert: &Convert, names: &mut Names) -> Expr {
    match convert {
        same if is_same(same) => value,
        Convert::Same | Convert::Into => method(value, "into", []),
        Convert::Text => method(method(value, "as_str", []), "into", []),
        Convert::Each(inner) => {
            let inner = mapped(method(value, "into_iter", []), inner, names);
            method(inner, "collect", [])
        }
        Convert::Inner(inner) => mapped(value, inner, names),
        Convert::Untyped { map } => {
            let helper = if *map { "to_untyped_map" } else { "to_untyped" };
            call(names.of_support(helper), [reference(value)])
        }
        Convert::Boxed(inner) => {
            let boxed = below(names.prelude("Box", &[]), name("new"));
            call(boxed, [converted(value, inner, names)])
        }
        Convert::Unboxed(inner) => converted(dereferenced(value), inner, names),
    }
}

/// Whether nothing is converted at any depth.
fn is_same(convert: &Convert) -> bool {
    match convert {
        Convert::Same => true,
        Convert::Into | Convert::Text | Convert::Untyped { .. } => false,
        // A box is put on or taken off all the same.
        Convert::Boxed(_) | Convert::Unboxed(_) => false,
        Convert::Each(inner) | Convert::Inner(inner) => is_same(inner),
    }
}
