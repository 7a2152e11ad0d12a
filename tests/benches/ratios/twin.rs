//! The generated crate's types as somebody would write them with serde's derives: the same structs and enums, without
//! what the generated crate has beside them.

use dts_codegen::rust::{
    Arity, Extra, ItemHead, LiteralEnum, PayloadVariant, Presence, RustCrate, RustField, RustIdent, RustItem,
    RustMember, RustModule, RustPath, RustStruct, RustTy, TaggedEnum, TupleStruct, UntaggedEnum,
};
use std::fmt::Write;

/// The crate's whole text.
pub fn text(krate: &RustCrate) -> String {
    let mut out = "#![allow(warnings)]\n\n".to_owned();
    module(&krate.root, &mut out);
    out
}

fn module(module: &RustModule, out: &mut String) {
    for each in &module.items {
        out.push_str(&item(each));
    }
    for child in &module.children {
        if let Some(name) = &child.name {
            writeln!(out, "pub mod {name} {{").expect("a string takes it");
            self::module(child, out);
            out.push_str("}\n");
        }
    }
}

fn item(item: &RustItem) -> String {
    match item {
        RustItem::Struct(item) => structure(item),
        RustItem::LiteralEnum(item) => literal_enum(item),
        RustItem::Tagged(item) => tagged(item),
        RustItem::Untagged(item) => untagged(item),
        RustItem::Tuple(item) => tuple(item),
        RustItem::Alias(item) => format!("pub type {} = {};\n", named(&item.head), ty(&item.ty)),
        // How a class is made from its wire struct is no part of a derive.
        RustItem::From(_) => String::new(),
    }
}

const DERIVES: &str = "#[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]";

fn structure(item: &RustStruct) -> String {
    let mut out = format!("{DERIVES}\npub struct {} {{\n", named(&item.head));
    for member in &item.members {
        if let RustMember::Field(each) = member {
            out.push_str(&field(each));
        }
    }
    for Extra { field, value, .. } in &item.extras {
        let value = ty(value);
        out += &format!("#[serde(flatten)] pub {field}: ::std::collections::BTreeMap<String, {value}>,\n");
    }
    out + "}\n"
}

fn field(field: &RustField) -> String {
    let (name, plain) = (&field.name, ty(&field.ty));
    let Some(key) = field.wire.first() else { return format!("#[serde(skip)] pub {name}: Option<{plain}>,\n") };
    let rename = if key == name.text() { String::new() } else { format!("#[serde(rename = {key:?})] ") };
    let left_out = "#[serde(default, skip_serializing_if = \"Option::is_none\")] ";
    match field.presence {
        Presence::Required => format!("{rename}pub {name}: {plain},\n"),
        Presence::Nullable | Presence::NullableOrAbsent => format!("{rename}pub {name}: Option<{plain}>,\n"),
        Presence::Optional | Presence::Merged => format!("{rename}{left_out}pub {name}: Option<{plain}>,\n"),
        Presence::Maybe => format!("{rename}{left_out}pub {name}: Option<Option<{plain}>>,\n"),
    }
}

fn tuple(item: &TupleStruct) -> String {
    let places = item.places.iter().map(|place| match place.arity {
        Arity::One => ty(&place.ty),
        Arity::Optional => format!("Option<{}>", ty(&place.ty)),
        Arity::Rest => format!("Vec<{}>", ty(&place.ty)),
    });
    format!("{DERIVES}\npub struct {}({});\n", named(&item.head), places.collect::<Vec<_>>().join(", "))
}

fn literal_enum(item: &LiteralEnum) -> String {
    let mut out = format!("{DERIVES}\n#[derive(Eq, Hash)]\npub enum {} {{\n", named(&item.head));
    for variant in &item.variants {
        out += &format!("#[serde(rename = {})] {},\n", key(&variant.value), variant.name);
    }
    if !item.closed {
        out.push_str("#[serde(untagged)] Unknown_(String),\n");
    }
    out + "}\n"
}

fn tagged(item: &TaggedEnum) -> String {
    let mut out = format!("{DERIVES}\n#[serde(tag = {:?})]\npub enum {} {{\n", item.tag, named(&item.head));
    for tagged in &item.variants {
        out += &format!("#[serde(rename = {})] {}", key(&tagged.value), payload(&tagged.variant));
    }
    match &item.untagged {
        Some(arm) => out += &format!("#[serde(untagged)] {}", payload(arm)),
        None if item.closed => {}
        None => out.push_str("#[serde(other)] Unknown_,\n"),
    }
    out + "}\n"
}

fn untagged(item: &UntaggedEnum) -> String {
    let mut out = format!("{DERIVES}\n#[serde(untagged)]\npub enum {} {{\n", named(&item.head));
    for untagged in &item.variants {
        out += &payload(&untagged.variant);
    }
    out + "}\n"
}

fn payload(arm: &PayloadVariant) -> String {
    format!("{}({}),\n", arm.name, ty(&arm.ty))
}

/// A literal as the text that a derive can be told.
fn key(value: &dts_codegen::model::Literal) -> String {
    let text = value.to_string();
    if text.starts_with('"') { text } else { format!("{text:?}") }
}

fn named(head: &ItemHead) -> String {
    if head.params.is_empty() { head.name.to_string() } else { format!("{}<{}>", head.name, listed(&head.params)) }
}

fn listed(names: &[RustIdent]) -> String {
    names.iter().map(RustIdent::to_string).collect::<Vec<_>>().join(", ")
}

fn ty(it: &RustTy) -> String {
    match it {
        RustTy::String => "String".to_owned(),
        RustTy::Bool | RustTy::BoolLiteral(_) => "bool".to_owned(),
        RustTy::Float | RustTy::UnixSeconds => "f64".to_owned(),
        RustTy::Int(int) => int.to_string(),
        RustTy::UnixMillis => "i64".to_owned(),
        RustTy::Json | RustTy::NonNull => "::serde_json::Value".to_owned(),
        RustTy::JsonMap => "::serde_json::Map<String, ::serde_json::Value>".to_owned(),
        RustTy::MapAlias(to) => path(to),
        RustTy::Null => "()".to_owned(),
        RustTy::Path(to, args) if args.is_empty() => path(to),
        RustTy::Path(to, args) => format!("{}<{}>", path(to), types(args)),
        RustTy::Param(name) => name.to_string(),
        RustTy::Vec(item) => format!("Vec<{}>", ty(item)),
        RustTy::Map(value) => format!("::std::collections::BTreeMap<String, {}>", ty(value)),
        RustTy::Option(inner) => format!("Option<{}>", ty(inner)),
        RustTy::Box(inner) => format!("Box<{}>", ty(inner)),
        RustTy::Tuple(places) => format!("({},)", types(places)),
    }
}

fn types(all: &[RustTy]) -> String {
    all.iter().map(ty).collect::<Vec<_>>().join(", ")
}

fn path(path: &RustPath) -> String {
    let names = path.modules.iter().chain([&path.name]);
    names.fold("crate".to_owned(), |text, name| format!("{text}::{name}"))
}
