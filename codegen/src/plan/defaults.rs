//! Whether what a recipe's `[class]` rows let stand in for a missing value is of the field's type.
//!
//! Generated code reads a default when it is needed. One that does not fit would be found by whoever meets the first
//! document without the value: it is found here.

use super::planner::Planner;
use crate::model::Literal;
use crate::rust::{
    Arity, FieldDefault, IntTy, Presence, RustField, RustIdent, RustItem, RustMember, RustPath, RustStruct, RustTy,
    TaggedEnum, TupleStruct,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many types may be looked through without looking into the value: unions may hold themselves.
const MAX_STEPS: usize = 64;

impl Planner<'_> {
    /// Reports the defaults that do not fit.
    pub(super) fn check_defaults(&mut self) {
        let types = Types::new(self);
        let structs = self.items.iter().filter_map(|placed| match &placed.item {
            RustItem::Struct(item) => Some(item),
            _ => None,
        });
        let mut found = Vec::new();
        for item in structs {
            for (field, default) in defaults(item) {
                if !types.admits(field, default) {
                    found.push(self.misfit(item, field, default));
                }
            }
        }
        self.diagnostics.extend(found);
    }

    fn misfit(&self, item: &RustStruct, field: &RustField, default: &FieldDefault) -> crate::diagnostic::Diagnostic {
        let upstream = &item.head.upstream;
        let message =
            format!("the default {} of `{upstream}.{}` is no value of the field's type", default.json, field.name);
        let rows = self.input.recipe.class.rows();
        let says = |row: &&crate::recipe::Row<_>| {
            let rule: &crate::recipe::ClassRule = &row.value;
            rule.default.as_ref() == Some(&default.json)
        };
        let own = rows.iter().filter(says).find(|row| row.text.starts_with(upstream.as_str()));
        let offset = own.or_else(|| rows.iter().find(says)).map_or(0, |row| row.offset);
        self.input.recipe.error_at(offset, message)
    }
}

/// The fields that have a default other than nothing.
fn defaults(item: &RustStruct) -> impl Iterator<Item = (&RustField, &FieldDefault)> {
    item.members.iter().filter_map(|member| match member {
        RustMember::Field(field) => Some((field, field.default.as_ref()?)),
        _ => None,
    })
}

/// The planned items by name.
struct Types<'p> {
    items: BTreeMap<(&'p [RustIdent], &'p RustIdent), &'p RustItem>,
}

impl<'p> Types<'p> {
    fn new(planner: &'p Planner<'_>) -> Self {
        let items = planner.items.iter().filter_map(|placed| {
            let name = match &placed.item {
                RustItem::Struct(item) => &item.head.name,
                RustItem::LiteralEnum(item) => &item.head.name,
                RustItem::Tagged(item) => &item.head.name,
                RustItem::Untagged(item) => &item.head.name,
                RustItem::Tuple(item) => &item.head.name,
                RustItem::Alias(item) => &item.head.name,
                RustItem::From(_) => return None,
            };
            Some(((placed.module.as_slice(), name), &placed.item))
        });
        Self { items: items.collect() }
    }

    fn item(&self, path: &RustPath) -> Option<&RustItem> {
        self.items.get(&(path.modules.as_slice(), &path.name)).copied()
    }

    fn admits(&self, field: &RustField, default: &FieldDefault) -> bool {
        match serde_json::from_str::<Value>(&default.json) {
            Ok(Value::Null) if field.presence != Presence::Required => true,
            Ok(value) => self.fits(&value, &field.ty, MAX_STEPS),
            Err(_) => false,
        }
    }

    /// Whether a value decodes as a type; in doubt (a type parameter) it does.
    fn fits(&self, value: &Value, ty: &RustTy, steps: usize) -> bool {
        let Some(steps) = steps.checked_sub(1) else { return true };
        match ty {
            RustTy::String => value.is_string(),
            RustTy::Bool => value.is_boolean(),
            RustTy::Float | RustTy::UnixSeconds => value.is_number(),
            RustTy::Int(int) => is_integer(value, *int),
            RustTy::UnixMillis => is_integer(value, IntTy::I64),
            RustTy::Json | RustTy::NonNull | RustTy::Param(_) => true,
            RustTy::JsonMap => value.is_object(),
            RustTy::BoolLiteral(literal) => value == literal,
            RustTy::Null => value.is_null(),
            RustTy::MapAlias(path) | RustTy::Path(path, _) => {
                self.item(path).is_none_or(|item| self.fits_item(value, item, steps))
            }
            RustTy::Vec(inner) => {
                value.as_array().is_some_and(|list| list.iter().all(|element| self.fits(element, inner, MAX_STEPS)))
            }
            RustTy::Map(inner) => {
                value.as_object().is_some_and(|map| map.values().all(|element| self.fits(element, inner, MAX_STEPS)))
            }
            RustTy::Option(inner) => value.is_null() || self.fits(value, inner, steps),
            RustTy::Box(inner) => self.fits(value, inner, steps),
            RustTy::Tuple(places) => {
                let fits = |list: &Vec<Value>| {
                    list.len() == places.len()
                        && list.iter().zip(places).all(|(element, place)| self.fits(element, place, MAX_STEPS))
                };
                value.as_array().is_some_and(fits)
            }
        }
    }

    fn fits_item(&self, value: &Value, item: &RustItem, steps: usize) -> bool {
        match item {
            RustItem::Struct(item) => self.fits_struct(value, item),
            RustItem::LiteralEnum(item) => {
                let mut variants = item.variants.iter();
                variants.any(|variant| {
                    is_literal(value, &variant.value) || !item.closed && same_kind(value, &variant.value)
                })
            }
            RustItem::Tagged(item) => self.fits_tagged(value, item, steps),
            RustItem::Untagged(item) => item.variants.iter().any(|arm| self.fits(value, &arm.variant.ty, steps)),
            RustItem::Tuple(item) => self.fits_tuple(value, item),
            RustItem::Alias(item) => self.fits(value, &item.ty, steps),
            RustItem::From(_) => true,
        }
    }

    fn fits_struct(&self, value: &Value, item: &RustStruct) -> bool {
        let Some(object) = value.as_object() else { return false };
        item.members.iter().all(|member| match member {
            RustMember::Literal { wire, value } => object.get(wire).is_some_and(|found| is_literal(found, value)),
            RustMember::Forbidden { wire } => !object.contains_key(wire),
            RustMember::Field(field) => match field.wire.iter().find_map(|key| object.get(key)) {
                Some(Value::Null) if !matches!(field.presence, Presence::Required | Presence::Optional) => true,
                Some(found) => self.fits(found, &field.ty, MAX_STEPS),
                None => field.default.is_some() || !matches!(field.presence, Presence::Required | Presence::Nullable),
            },
        })
    }

    fn fits_tagged(&self, value: &Value, item: &TaggedEnum, steps: usize) -> bool {
        let Some(object) = value.as_object() else { return false };
        let Some(tag) = object.get(&item.tag) else {
            return item.untagged.as_ref().is_some_and(|arm| self.fits(value, &arm.ty, steps));
        };
        match item.variants.iter().find(|variant| is_literal(tag, &variant.value)) {
            Some(variant) => self.fits(value, &variant.variant.ty, steps),
            None => !item.closed && item.variants.iter().any(|variant| same_kind(tag, &variant.value)),
        }
    }

    fn fits_tuple(&self, value: &Value, item: &TupleStruct) -> bool {
        let Some(list) = value.as_array() else { return false };
        let needed = item.places.iter().filter(|place| place.arity == Arity::One).count();
        let endless = item.places.iter().any(|place| place.arity == Arity::Rest);
        if list.len() < needed || list.len() > item.places.len() && !endless {
            return false;
        }
        // Which place an element behind a rest place has depends on the length: only what stands before is looked at.
        let fixed = item.places.iter().take_while(|place| place.arity == Arity::One);
        list.iter().zip(fixed).all(|(element, place)| self.fits(element, &place.ty, MAX_STEPS))
    }
}

fn is_integer(value: &Value, int: IntTy) -> bool {
    let whole = value.as_f64().is_some_and(|number| number.fract() == 0.0);
    let range = match int {
        IntTy::I32 => f64::from(i32::MIN)..=f64::from(i32::MAX),
        IntTy::U32 => 0.0..=f64::from(u32::MAX),
        IntTy::I64 => i64::MIN as f64..=i64::MAX as f64,
        IntTy::U64 => 0.0..=u64::MAX as f64,
    };
    whole && value.as_f64().is_some_and(|number| range.contains(&number))
}

fn is_literal(value: &Value, literal: &Literal) -> bool {
    match literal {
        Literal::String(text) => value == text,
        Literal::Number(number) => value.as_f64() == Some(number.0),
        Literal::Boolean(known) => value == known,
        Literal::BigInt(digits) => value.as_number().is_some_and(|number| number.to_string().as_str() == digits),
    }
}

fn same_kind(value: &Value, literal: &Literal) -> bool {
    match literal {
        Literal::String(_) => value.is_string(),
        Literal::Number(_) | Literal::BigInt(_) => value.is_number(),
        Literal::Boolean(_) => value.is_boolean(),
    }
}
