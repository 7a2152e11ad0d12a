//! Structs and tuple structs.

use super::names::Names;
use super::table::{self, Table};
use super::{Chunk, request};
use crate::rust::{Arity, Extra, ItemHead, RustField, RustMember, RustStruct, RustTy, TupleStruct, When};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// A struct, its table, and what belongs to it.
pub(super) fn emit_struct(item: &RustStruct, names: &mut Names, out: &mut Vec<Chunk>) {
    let own_debug = prints_itself(item);
    let request = request::plan(item);
    let default = request.as_ref().is_some_and(|request| request.required.is_empty());
    let head = head_tokens(&item.head);
    let derives = derives(&item.head, !own_debug, if default { &["Default"] } else { &[] });
    let non_exhaustive = item.non_exhaustive.then(|| quote!(#[non_exhaustive]));
    let (name, params) = (item.head.name.token(), params_tokens(&item.head));
    let fields = fields(item).map(|field| field_tokens(field, names, &item.head)).collect::<Vec<_>>();
    let extras = item.extras.iter().map(|extra| extra_tokens(extra, names, &item.head)).collect::<Vec<_>>();
    out.push(Chunk::Items(quote! {
        #head #derives #non_exhaustive
        pub struct #name #params { #(#fields)* #(#extras)* }
    }));
    if let Some(request) = request {
        out.push(Chunk::Items(request::emit(item, &request, names)));
    }
    if own_debug {
        out.push(Chunk::Items(debug_tokens(item, names)));
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

fn field_tokens(field: &RustField, names: &mut Names, head: &ItemHead) -> TokenStream {
    let doc = doc_tokens(&field.doc);
    let deprecated = deprecated_tokens(field.deprecated.as_deref());
    let hidden = field.hidden.then(|| quote!(#[doc(hidden)]));
    let name = field.name.token();
    let ty = names.field_ty(&field.ty, field.presence, &head.params);
    quote!(#doc #deprecated #hidden pub #name: #ty,)
}

fn extra_tokens(extra: &Extra, names: &mut Names, head: &ItemHead) -> TokenStream {
    let doc = doc_tokens(&extra.doc);
    let name = extra.field.token();
    let ty = names.ty(&extra_ty(&extra.value), &head.params);
    quote!(#doc pub #name: #ty,)
}

/// The type of the map that keeps undeclared fields.
pub(super) fn extra_ty(value: &RustTy) -> RustTy {
    match value {
        RustTy::Json => RustTy::JsonMap,
        other => RustTy::Map(Box::new(other.clone())),
    }
}

fn debug_tokens(item: &RustStruct, names: &mut Names) -> TokenStream {
    let name = item.head.name.token();
    let text = item.head.name.text();
    let (params, args): (Vec<_>, TokenStream) =
        (item.head.params.iter().map(|p| p.token()).collect(), params_tokens(&item.head));
    let bounds = (!params.is_empty()).then(|| quote!(<#(#params: ::std::fmt::Debug),*>));
    let support = super::names::path_tokens(names.support());
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
        quote!(.field(#text, &#support::Keys(&self.#ident)))
    });
    quote! {
        impl #bounds ::std::fmt::Debug for #name #args {
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
    let head = head_tokens(&item.head);
    let derives = derives(&item.head, true, &[]);
    let (name, params) = (item.head.name.token(), params_tokens(&item.head));
    let places = item.places.iter().map(|place| {
        let doc = doc_tokens(&place.doc);
        let ty = match place.arity {
            Arity::One => place.ty.clone(),
            Arity::Optional => RustTy::Option(Box::new(place.ty.clone())),
            Arity::Rest => RustTy::Vec(Box::new(place.ty.clone())),
        };
        let ty = names.ty(&ty, &item.head.params);
        quote!(#doc pub #ty,)
    });
    let places: Vec<TokenStream> = places.collect();
    out.push(Chunk::Items(quote!(#head #derives pub struct #name #params (#(#places)*);)));
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

/// Documentation, deprecation and hiding of an item.
pub(super) fn head_tokens(head: &ItemHead) -> TokenStream {
    let doc = doc_tokens(&head.doc);
    let deprecated = deprecated_tokens(head.deprecated.as_deref());
    let hidden = head.hidden.then(|| quote!(#[doc(hidden)]));
    quote!(#doc #deprecated #hidden)
}

/// One attribute a line, which the printer makes `///` of; a carriage return would end the comment.
pub(super) fn doc_tokens(lines: &[String]) -> TokenStream {
    let lines = lines.iter().flat_map(|line| line.split('\n')).map(|line| {
        let line = line.replace('\r', " ");
        if line.trim().is_empty() { String::new() } else { format!(" {}", line.trim_end()) }
    });
    quote!(#(#[doc = #lines])*)
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

/// `#[deprecated]`, with its note where there is one.
pub(super) fn deprecated_tokens(note: Option<&str>) -> Option<TokenStream> {
    note.map(|note| if note.is_empty() { quote!(#[deprecated]) } else { quote!(#[deprecated(note = #note)]) })
}

/// `#[derive(…)]`: what every struct has, and what the recipe asks for.
pub(super) fn derives(head: &ItemHead, debug: bool, more: &[&'static str]) -> TokenStream {
    let mut all: Vec<&str> = ["Clone", "Copy", "Debug", "Default", "PartialEq", "Eq", "Hash"]
        .into_iter()
        .filter(|name| matches!(*name, "Clone" | "PartialEq") || (*name == "Debug" && debug) || more.contains(name))
        .collect();
    let recipe = head.derives.iter().map(String::as_str).filter(|name| syn::parse_str::<syn::Path>(name).is_ok());
    for name in recipe {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    let all = all.into_iter().map(super::names::path_tokens);
    quote!(#[derive(#(#all),*)])
}

/// `<A, B>`, or nothing.
pub(super) fn params_tokens(head: &ItemHead) -> TokenStream {
    let params: Vec<_> = head.params.iter().map(|param| param.token()).collect();
    if params.is_empty() { TokenStream::new() } else { quote!(<#(#params),*>) }
}
