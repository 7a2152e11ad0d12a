//! Unions: told apart by a property, or by JSON kind and keys.

use super::Chunk;
use super::code::{call, from_impl, variable};
use super::enums::unknown_name;
use super::facts::Facts;
use super::names::Names;
use super::nodes;
use super::structs::{code_span, derives, head_attributes};
use super::table::{self, Table};
use crate::model::Literal;
use crate::rust::{
    Foreign, ItemHead, JsonKind, PayloadVariant, RustIdent, RustTy, TaggedEnum, TaggedVariant, UntaggedEnum,
};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeMap;
use syn::{Item, Variant};

/// A union told apart by a property, and its table.
pub(super) fn emit_tagged(item: &TaggedEnum, names: &mut Names, facts: &Facts, out: &mut Vec<Chunk>) {
    let documented: Vec<PayloadVariant> = item.variants.iter().map(|tagged| documented(tagged, &item.tag)).collect();
    let arms: Vec<&PayloadVariant> = documented.iter().chain(item.untagged.as_ref()).collect();
    let unknown = (!item.closed).then(|| unknown_name(arms.iter().map(|arm| &arm.name)));
    let unknown_arm = unknown.as_ref().map(|unknown| {
        let payload = nodes::with_args(names.of_support("UnknownVariant"), [nodes::own_type(&item.head)]);
        let doc = nodes::doc(&[UNKNOWN_ARM_DOC]).collect();
        nodes::variant(doc, unknown.token(), Some(nodes::type_of(payload)))
    });
    out.push(Chunk::item(union_node(&item.head, &arms, unknown_arm, names)));
    out.extend(tag_tokens(item, unknown.as_ref(), names).map(Chunk::Tokens));
    out.extend(conversions(&item.head, &arms, names, facts).into_iter().map(Chunk::item));
    out.push(Chunk::Text(tagged_table(item, unknown.as_ref(), names)));
}

/// A variant; where upstream says nothing about it, with what its documents say: `"type": "user.created"`.
fn documented(tagged: &TaggedVariant, tag: &str) -> PayloadVariant {
    let mut variant = tagged.variant.clone();
    if variant.doc.is_empty() {
        variant.doc.push(code_span(&format!("{tag:?}: {}", tagged.value)));
    }
    variant
}

const UNKNOWN_ARM_DOC: &str = "An arm that was not known when this crate was made; the document is kept as it came.";

/// A union that no property tells apart, and its table.
pub(super) fn emit_untagged(item: &UntaggedEnum, names: &mut Names, facts: &Facts, out: &mut Vec<Chunk>) {
    let arms: Vec<&PayloadVariant> = item.variants.iter().map(|untagged| &untagged.variant).collect();
    out.push(Chunk::item(union_node(&item.head, &arms, None, names)));
    out.extend(conversions(&item.head, &arms, names, facts).into_iter().map(Chunk::item));
    let mut table = Table::open(names.support(), "untagged", &item.head, "");
    for untagged in &item.variants {
        let kinds: Vec<&str> = untagged.kinds.iter().map(|kind| kind_name(*kind)).collect();
        let kinds = if kinds.is_empty() { ALL_KINDS.to_owned() } else { kinds.join(" | ") };
        let codec = table::suffix(" as ", &table::codec(&untagged.variant.ty));
        let (required, foreign) = (required(&untagged.required), foreign(&untagged.foreign));
        table.row(format_args!("{}: {kinds}{required}{foreign}{codec}", untagged.variant.name));
    }
    out.push(Chunk::Text(table.close()));
}

/// ` with "a", "b"`
fn required(keys: &[String]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| format!("{key:?}")).collect();
    if keys.is_empty() { String::new() } else { format!(" with {}", keys.join(", ")) }
}

/// ` unless "type" = "a", "content" "type" = "b"`
fn foreign(values: &[Foreign]) -> String {
    let row = |foreign: &Foreign| {
        let path: Vec<String> = foreign.path.iter().map(|key| format!("{key:?}")).collect();
        format!("{} = {}", path.join(" "), table::literal(&foreign.value))
    };
    let values: Vec<String> = values.iter().map(row).collect();
    if values.is_empty() { String::new() } else { format!(" unless {}", values.join(", ")) }
}

const ALL_KINDS: &str = "Null | Bool | Number | String | Array | Object";

fn kind_name(kind: JsonKind) -> &'static str {
    match kind {
        JsonKind::Null => "Null",
        JsonKind::Bool => "Bool",
        JsonKind::Number => "Number",
        JsonKind::String => "String",
        JsonKind::Array => "Array",
        JsonKind::Object => "Object",
        JsonKind::Empty => "Empty",
    }
}

/// The enum itself.
fn union_node(head: &ItemHead, arms: &[&PayloadVariant], unknown: Option<Variant>, names: &mut Names) -> Item {
    let mut attrs = head_attributes(head, [derives(head, true, &[])]);
    attrs.extend(unknown.as_ref().map(|_| nodes::word("non_exhaustive")));
    let arms = arms.iter().map(|arm| {
        let attrs = nodes::attributes(&arm.doc, arm.deprecated.as_deref(), false);
        nodes::variant(attrs, arm.name.token(), Some(names.ty(&arm.ty, &head.params)))
    });
    let arms = arms.chain(unknown).collect();
    nodes::enumeration(head, attrs, arms)
}

/// `tag()`, where all tags are strings.
fn tag_tokens(item: &TaggedEnum, unknown: Option<&RustIdent>, names: &mut Names) -> Option<TokenStream> {
    let arms: Option<Vec<TokenStream>> = item
        .variants
        .iter()
        .map(|tagged| {
            let Literal::String(text) = &tagged.value else { return None };
            let name = tagged.variant.name.token();
            let text = present(quote!(#text), item, names);
            Some(quote!(Self::#name(_) => #text,))
        })
        .collect();
    let arms = arms?;
    let missing = item.untagged.as_ref().map(|arm| {
        let (name, none) = (arm.name.token(), names.prelude("None", &item.head.params));
        quote!(Self::#name(_) => #none,)
    });
    let unknown = unknown.map(|unknown| {
        let unknown = unknown.token();
        let text = present(quote!(unknown.tag().as_str().unwrap_or_default()), item, names);
        quote!(Self::#unknown(unknown) => #text,)
    });
    let (own, generics) = (nodes::own_type(&item.head), nodes::generics(&item.head.params));
    let ret = if item.untagged.is_some() {
        let option = names.prelude("Option", &item.head.params);
        quote!(#option<&str>)
    } else {
        quote!(&str)
    };
    let line = [format!("The value of `{}` on the wire.", item.tag)];
    let doc = nodes::doc(&line);
    Some(quote! {
        impl #generics #own {
            #(#doc)*
            pub fn tag(&self) -> #ret {
                match self { #(#arms)* #missing #unknown }
            }
        }
    })
}

/// `Some(…)` where the tag may be absent.
fn present(text: TokenStream, item: &TaggedEnum, names: &Names) -> TokenStream {
    if item.untagged.is_none() {
        return text;
    }
    let some = names.prelude("Some", &item.head.params);
    quote!(#some(#text))
}

/// `From` for every generated payload type that only one arm has.
fn conversions(head: &ItemHead, arms: &[&PayloadVariant], names: &mut Names, facts: &Facts) -> Vec<Item> {
    // Two arms of a generic union may come to have the same type.
    if !head.params.is_empty() {
        return Vec::new();
    }
    let mut count: BTreeMap<RustTy, usize> = BTreeMap::new();
    for arm in arms {
        *count.entry(facts.without_aliases(unboxed(&arm.ty))).or_default() += 1;
    }
    let chosen = arms.iter().filter(|arm| {
        let inner = unboxed(&arm.ty);
        let generated = matches!(inner, RustTy::Path(path, _) if !facts.is_alias(path));
        generated && count[&facts.without_aliases(inner)] == 1
    });
    let conversion = |arm: &&PayloadVariant| {
        let variant = nodes::below(nodes::path("Self"), arm.name.token());
        let payload = variable("payload");
        let value = match &arm.ty {
            RustTy::Box(_) => call(nodes::below(names.prelude("Box", &[]), nodes::name("new")), [payload]),
            _ => payload,
        };
        let source = names.ty(unboxed(&arm.ty), &[]);
        from_impl(names.prelude("From", &[]), source, "payload", nodes::own_type(head), call(variant, [value]))
    };
    chosen.map(conversion).collect()
}

fn unboxed(ty: &RustTy) -> &RustTy {
    match ty {
        RustTy::Box(inner) => inner,
        other => other,
    }
}

fn tagged_table(item: &TaggedEnum, unknown: Option<&RustIdent>, names: &mut Names) -> String {
    let mut table = Table::open(names.support(), "tagged", &item.head, &format!(" by {:?}", item.tag));
    for tagged in &item.variants {
        let arrow = if tagged.enum_writes_tag { "=>" } else { "in" };
        let codec = table::suffix(": ", &table::codec(&tagged.variant.ty));
        table.row(format_args!("{} {arrow} {}{codec}", table::literal(&tagged.value), tagged.variant.name));
    }
    if let Some(arm) = &item.untagged {
        table.row(format_args!("absent => {}{}", arm.name, table::suffix(": ", &table::codec(&arm.ty))));
    }
    if let Some(unknown) = unknown {
        table.row(format_args!("_ => {unknown}"));
    }
    table.close()
}
