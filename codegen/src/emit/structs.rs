//! Structs and tuple structs.

use super::names::Names;
use super::nodes;
use super::table::{self, Table};
use super::{Chunk, request};
use crate::rust::{Arity, Extra, ItemHead, RustField, RustMember, RustStruct, RustTy, TupleStruct, When};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;
use syn::{Attribute, Field, Path};

/// A struct, its table, and what belongs to it.
pub(super) fn emit_struct(item: &RustStruct, names: &mut Names, out: &mut Vec<Chunk>) {
    let own_debug = prints_itself(item);
    let request = request::plan(item);
    let default = request.as_ref().is_some_and(|request| request.required.is_empty());
    let derives = derives(&item.head, !own_debug, if default { &["Default"] } else { &[] });
    let mut attrs = head_attributes(&item.head, [derives]);
    attrs.extend(item.non_exhaustive.then(|| nodes::word("non_exhaustive")));
    let mut all: Vec<Field> = fields(item).map(|field| field_node(field, names, &item.head)).collect();
    all.extend(item.extras.iter().map(|extra| extra_node(extra, names, &item.head)));
    out.push(Chunk::item(nodes::structure(&item.head, attrs, all)));
    if let Some(request) = request {
        out.push(Chunk::item(request::emit(item, &request, names)));
    }
    if own_debug {
        out.push(Chunk::Tokens(debug_tokens(item, names)));
    }
    out.push(Chunk::Text(struct_table(item, names)));
}

/// The fields among the members.
pub(super) fn fields(item: &RustStruct) -> impl Iterator<Item = &RustField> {
    item.members.iter().filter_map(|member| match member {
        RustMember::Field(field) => Some(field),
        _ => None,
    })
}

/// Whether `Debug` must hide something: what is secret, and undeclared fields, of which nobody knows.
fn prints_itself(item: &RustStruct) -> bool {
    !item.extras.is_empty() || fields(item).any(|field| field.secret)
}

fn field_node(field: &RustField, names: &mut Names, head: &ItemHead) -> Field {
    let attrs = nodes::attributes(&field.doc, field.deprecated.as_deref(), field.hidden);
    let ty = names.field_ty(&field.ty, field.presence, &head.params);
    nodes::field(attrs, Some(field.name.token()), ty)
}

fn extra_node(extra: &Extra, names: &mut Names, head: &ItemHead) -> Field {
    let ty = names.ty(&extra_ty(&extra.value), &head.params);
    nodes::field(nodes::doc(&extra.doc).collect(), Some(extra.field.token()), ty)
}

/// The type of the map that keeps undeclared fields.
pub(super) fn extra_ty(value: &RustTy) -> RustTy {
    match value {
        RustTy::Json => RustTy::JsonMap,
        other => RustTy::Map(Box::new(other.clone())),
    }
}

fn debug_tokens(item: &RustStruct, names: &mut Names) -> TokenStream {
    let text = item.head.name.text();
    let params: Vec<_> = item.head.params.iter().map(|p| p.token()).collect();
    let bounds = (!params.is_empty()).then(|| quote!(<#(#params: ::std::fmt::Debug),*>));
    let own = nodes::own_type(&item.head);
    let keys = names.of_support("Keys");
    let shown = fields(item).map(|field| {
        let (ident, text) = (field.name.token(), field.name.text());
        if field.secret {
            quote!(.field(#text, &format_args!("[redacted]")))
        } else {
            quote!(.field(#text, &self.#ident))
        }
    });
    let extras = item.extras.iter().map(|extra| {
        let (ident, text) = (extra.field.token(), extra.field.text());
        quote!(.field(#text, &#keys(&self.#ident)))
    });
    quote! {
        impl #bounds ::std::fmt::Debug for #own {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(#text) #(#shown)* #(#extras)* .finish()
            }
        }
    }
}

/// Whether the struct needs the macro for several keys, shared keys and defaults.
pub(super) fn is_picked(item: &RustStruct) -> bool {
    let mut keys = BTreeSet::new();
    let mut special = false;
    for member in &item.members {
        match member {
            RustMember::Field(field) => {
                special |= field.wire.len() != 1 || field.default.is_some();
                special |= field.wire.iter().any(|key| !keys.insert(key.as_str()));
            }
            RustMember::Literal { wire, .. } | RustMember::Forbidden { wire } => special |= !keys.insert(wire.as_str()),
        }
    }
    special
}

fn struct_table(item: &RustStruct, names: &mut Names) -> String {
    let name = if is_picked(item) { "picked_record" } else { "record" };
    let mut table = Table::open(names.support(), name, &item.head, "");
    let mut written = BTreeSet::new();
    for member in &item.members {
        match member {
            RustMember::Field(field) => table.row(format_args!("{}", field_row(field, &mut written))),
            RustMember::Literal { wire, value } => table.row(format_args!("{wire:?} = {}", table::literal(value))),
            RustMember::Forbidden { wire } => table.row(format_args!("{wire:?} = Forbidden")),
        }
    }
    for Extra { keys, field, value, .. } in &item.extras {
        let codec = table::suffix(": ", &table::codec(value));
        match keys {
            Some(parts) => table.row(format_args!("[{}] => {field}{codec}", table::key_form(parts))),
            None => table.row(format_args!(".. => {field}{codec}")),
        }
    }
    table.close()
}

/// `"a" => field or "b" ?? "json": Codec`. A key that an earlier field writes is only read (`->`).
fn field_row<'a>(field: &'a RustField, written: &mut BTreeSet<&'a str>) -> String {
    if field.wire.is_empty() {
        return format!("\"\" unread {}", field.name);
    }
    let mut keys: Vec<&str> = field.wire.iter().map(String::as_str).collect();
    // The key that is written must come first; read are they in their own order, so only the first can be written.
    let writes = keys.first().is_some_and(|&first| written.insert(first));
    keys.dedup();
    let others: String = keys.iter().skip(1).map(|key| format!(" or {key:?}")).collect();
    let first = keys.first().copied().unwrap_or_default();
    let arrow = if writes { "=>" } else { "->" };
    let default = field
        .default
        .as_ref()
        .map_or_else(String::new, |default| format!(" {} {:?}", operator(default.when), default.json));
    let codec = table::suffix(": ", &table::field_codec(&field.ty, field.presence, field.secret));
    format!("{first:?} {arrow} {}{others}{default}{codec}", field.name)
}

/// The sign of a default in a table: JavaScript's own, where it has one.
fn operator(when: When) -> &'static str {
    match when {
        When::Absent => "else",
        When::Nullish => "??",
        When::Falsy => "||",
    }
}

/// A tuple struct and its table.
pub(super) fn emit_tuple(item: &TupleStruct, names: &mut Names, out: &mut Vec<Chunk>) {
    let attrs = head_attributes(&item.head, [derives(&item.head, true, &[])]);
    let places = item.places.iter().map(|place| {
        let ty = match place.arity {
            Arity::One => place.ty.clone(),
            Arity::Optional => RustTy::Option(Box::new(place.ty.clone())),
            Arity::Rest => RustTy::Vec(Box::new(place.ty.clone())),
        };
        nodes::field(nodes::doc(&place.doc).collect(), None, names.ty(&ty, &item.head.params))
    });
    let places = places.collect();
    out.push(Chunk::item(nodes::tuple_structure(&item.head, attrs, places)));
    let mut table = Table::open(names.support(), "tuple", &item.head, "");
    for (index, place) in item.places.iter().enumerate() {
        let kind = match place.arity {
            Arity::One => "One",
            Arity::Optional => "Perhaps",
            Arity::Rest => "Rest",
        };
        table.row(format_args!("{index}: {kind}<{}>", table::codec(&place.ty)));
    }
    out.push(Chunk::Text(table.close()));
}

/// What stands before an item: documentation, deprecation, hiding, derives.
pub(super) fn head_attributes(head: &ItemHead, derives: impl IntoIterator<Item = Attribute>) -> Vec<Attribute> {
    let mut attrs = nodes::attributes(&head.doc, head.deprecated.as_deref(), head.hidden);
    attrs.extend(derives);
    attrs
}

/// A piece of code in a line of documentation.
pub(super) fn code_span(code: &str) -> String {
    let longest = code.split(|sign| sign != '`').map(str::len).max().unwrap_or(0);
    match longest {
        0 => format!("`{code}`"),
        // Backticks around backticks are longer than these, and must not touch them.
        _ => {
            let fence = "`".repeat(longest + 1);
            format!("{fence} {code} {fence}")
        }
    }
}

/// `#[derive(…)]`: what every struct has, and what the recipe asks for.
pub(super) fn derives(head: &ItemHead, debug: bool, more: &[&'static str]) -> Attribute {
    let all = ["Clone", "Copy", "Debug", "Default", "PartialEq", "Eq", "Hash"].into_iter();
    let mut all: Vec<Path> = all
        .filter(|name| matches!(*name, "Clone" | "PartialEq") || (*name == "Debug" && debug) || more.contains(name))
        .map(nodes::path)
        .collect();
    for name in head.derives.iter().filter_map(|name| syn::parse_str(name).ok()) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    nodes::list("derive", quote!(#(#all),*))
}
