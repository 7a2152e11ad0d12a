//! `From` of a class's wire struct for the class.

use super::Chunk;
use super::names::{Names, path_tokens};
use crate::model::Literal;
use crate::rust::{Convert, FieldDefault, FromField, FromValue, FromWire, Presence, When};
use proc_macro2::TokenStream;
use quote::quote;

/// The impl.
pub(super) fn emit_from(item: &FromWire, names: &mut Names, out: &mut Vec<Chunk>) {
    let class = names.path(&item.class, &[]);
    let wire = names.path(&item.wire, &[]);
    let from = names.prelude("From", &[]);
    let fields: Vec<TokenStream> = item.fields.iter().map(|field| field_tokens(field, names)).collect();
    out.push(Chunk::Items(quote! {
        impl #from<#wire> for #class {
            fn from(wire: #wire) -> Self { Self { #(#fields)* } }
        }
    }));
}

fn field_tokens(field: &FromField, names: &mut Names) -> TokenStream {
    let name = field.field.token();
    match &field.value {
        FromValue::Absent => {
            let none = names.prelude("None", &[]);
            quote!(#name: #none,)
        }
        FromValue::Literal(Literal::Boolean(value)) => quote!(#name: #value,),
        FromValue::Literal(Literal::String(text)) => quote!(#name: #text.into(),),
        FromValue::Literal(other) => {
            let text = other.to_string();
            quote!(#name: #text.into(),)
        }
        FromValue::Field { wire, from, to, convert, default, clone } => {
            let wire = wire.token();
            let value = if *clone { quote!(wire.#wire.clone()) } else { quote!(wire.#wire) };
            let value = presence(value, *from, *to, convert, default.as_ref(), names);
            quote!(#name: #value,)
        }
    }
}

/// A value with its presence, from one side to the other.
fn presence(
    value: TokenStream,
    from: Presence,
    to: Presence,
    convert: &Convert,
    default: Option<&FieldDefault>,
    names: &mut Names,
) -> TokenStream {
    let support = names.support();
    if from == Presence::Required {
        let value = converted(value, convert, names);
        let value = match default {
            Some(default) if default.when == When::Falsy && default.is_null() => {
                let helper = path_tokens(&format!("{support}::unless_falsy"));
                return quote!(#helper(#value));
            }
            Some(FieldDefault { json, when: When::Falsy }) => {
                let helper = path_tokens(&format!("{support}::or_stand_in"));
                quote!(#helper(#value, #json))
            }
            _ => value,
        };
        return match to {
            Presence::Required => value,
            Presence::Maybe => {
                let maybe = path_tokens(&format!("{support}::Maybe::Value"));
                quote!(#maybe(#value))
            }
            _ => {
                let some = names.prelude("Some", &[]);
                quote!(#some(#value))
            }
        };
    }
    optional(value, from, to, convert, default, names)
}

/// A value that may be absent.
fn optional(
    value: TokenStream,
    from: Presence,
    to: Presence,
    convert: &Convert,
    default: Option<&FieldDefault>,
    names: &mut Names,
) -> TokenStream {
    let support = names.support();
    if from == Presence::Maybe && to == Presence::Maybe && default.is_none() {
        return mapped(value, convert, names);
    }
    let default = default.filter(|default| default.when != When::Absent || may_be_absent(from, to));
    if let (Presence::Maybe, Some(FieldDefault { json, when: When::Absent })) = (from, default) {
        let helper = path_tokens(&format!("{support}::maybe_or_stand_in"));
        let value = mapped(value, convert, names);
        return quote!(#helper(#value, #json));
    }
    let value = if from == Presence::Maybe { quote!(#value.into_option()) } else { value };
    let value = mapped(value, convert, names);
    let value = match default {
        Some(default) if default.when == When::Falsy && default.is_null() => {
            let helper = path_tokens(&format!("{support}::unless_falsy"));
            quote!(#value.and_then(#helper))
        }
        Some(default) if !default.is_null() => {
            let stood_in = stood_in(value, default, support);
            if to == Presence::Required {
                return stood_in;
            }
            let some = names.prelude("Some", &[]);
            quote!(#some(#stood_in))
        }
        _ => value,
    };
    match to {
        Presence::Maybe if from == Presence::Nullable => {
            let maybe = path_tokens(&format!("{support}::Maybe"));
            quote!(#value.map_or(#maybe::Null, #maybe::Value))
        }
        Presence::Maybe => quote!(#value.into()),
        // The plan pairs a required field with one that may be absent only where a default stands in.
        Presence::Required => quote!(compile_error!("a required field has no source")),
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

fn stood_in(value: TokenStream, default: &FieldDefault, support: &str) -> TokenStream {
    let helper = match default.when {
        When::Falsy => "some_or_stand_in_if_falsy",
        When::Absent | When::Nullish => "some_or_stand_in",
    };
    let helper = path_tokens(&format!("{support}::{helper}"));
    let json = &default.json;
    quote!(#helper(#value, #json))
}

/// What is inside an `Option` or a `Maybe`, converted.
fn mapped(value: TokenStream, convert: &Convert, names: &mut Names) -> TokenStream {
    match convert {
        same if is_same(same) => value,
        Convert::Into => {
            let into = names.prelude("Into", &[]);
            quote!(#value.map(#into::into))
        }
        other => {
            let inner = converted(quote!(value), other, names);
            quote!(#value.map(|value| #inner))
        }
    }
}

fn converted(value: TokenStream, convert: &Convert, names: &mut Names) -> TokenStream {
    match convert {
        same if is_same(same) => value,
        Convert::Same | Convert::Into => quote!(#value.into()),
        Convert::Text => quote!(#value.as_str().into()),
        Convert::Each(inner) => {
            let inner = mapped(quote!(#value.into_iter()), inner, names);
            quote!(#inner.collect())
        }
        Convert::Inner(inner) => mapped(value, inner, names),
        Convert::Untyped { map } => {
            let helper = if *map { "to_untyped_map" } else { "to_untyped" };
            let helper = path_tokens(&format!("{}::{helper}", names.support()));
            quote!(#helper(&#value))
        }
        Convert::Boxed(inner) => {
            let boxed = names.prelude("Box", &[]);
            let inner = converted(value, inner, names);
            quote!(#boxed::new(#inner))
        }
        Convert::Unboxed(inner) => converted(quote!((*#value)), inner, names),
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
