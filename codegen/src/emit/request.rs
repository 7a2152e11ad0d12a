//! `new`, `with_*` and `Default` of structs that users make.

use super::names::Names;
use super::structs::{deprecated_tokens, doc_tokens, fields, params_tokens};
use crate::rust::{Presence, RustField, RustIdent, RustStruct, RustTy};
use proc_macro2::TokenStream;
use quote::quote;

/// How many arguments clippy allows a function.
const MANY: usize = 7;

/// Which fields `new` takes and which have a setter.
pub(super) struct Request<'a> {
    pub(super) required: Vec<&'a RustField>,
    optional: Vec<&'a RustField>,
}

/// What a request struct gets; `None` for others.
pub(super) fn plan(item: &RustStruct) -> Option<Request<'_>> {
    let must_be_given = |field: &&RustField| matches!(field.presence, Presence::Required | Presence::Nullable);
    item.request.then(|| {
        let (required, optional) = fields(item).partition(must_be_given);
        Request { required, optional }
    })
}

/// The impl.
pub(super) fn emit(item: &RustStruct, request: &Request<'_>, names: &mut Names) -> TokenStream {
    let (name, args) = (item.head.name.token(), params_tokens(&item.head));
    let params = &item.head.params;
    let new = new_tokens(item, request, names);
    let setters: Vec<TokenStream> = request.optional.iter().map(|field| setter_tokens(field, params, names)).collect();
    quote!(impl #args #name #args { #new #(#setters)* })
}

fn new_tokens(item: &RustStruct, request: &Request<'_>, names: &mut Names) -> Option<TokenStream> {
    let params = &item.head.params;
    if request.required.is_empty() {
        // Generic structs have `Default` only where their arguments do; there the derived one is enough.
        let default = names.prelude("Default", params);
        // A type of that name hides the trait's methods too.
        let default = if default.to_string() == "Default" { quote!(Self) } else { default };
        let doc = doc_tokens(&["Nothing is set.".to_owned()]);
        return params.is_empty().then(|| quote!(#doc #[must_use] pub fn new() -> Self { #default::default() }));
    }
    let arguments: Vec<TokenStream> = request.required.iter().map(|field| argument(field, params, names)).collect();
    let given = request.required.iter().map(|field| {
        let name = field.name.token();
        if is_into(field) { quote!(#name: #name.into(),) } else { quote!(#name,) }
    });
    let left = request.optional.iter().map(|field| {
        let name = field.name.token();
        let value = if field.presence == Presence::Maybe {
            let support = super::names::path_tokens(names.support());
            quote!(#support::Maybe::Absent)
        } else {
            names.prelude("None", params)
        };
        quote!(#name: #value,)
    });
    let left: Vec<TokenStream> = left.collect();
    let extras = item.extras.iter().map(|extra| {
        let (name, default) = (extra.field.token(), names.prelude("Default", params));
        quote!(#name: #default::default(),)
    });
    let extras: Vec<TokenStream> = extras.collect();
    let doc = doc_tokens(&["With what must be there; everything else is left out.".to_owned()]);
    let many = (arguments.len() > MANY)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "each is a property that must be there")]));
    Some(quote! {
        #doc #many #[must_use]
        pub fn new(#(#arguments),*) -> Self { Self { #(#given)* #(#left)* #(#extras)* } }
    })
}

/// Whether `new` takes whatever can become the field.
fn is_into(field: &RustField) -> bool {
    field.presence == Presence::Required && matches!(field.ty, RustTy::String | RustTy::Box(_))
}

fn argument(field: &RustField, params: &[RustIdent], names: &mut Names) -> TokenStream {
    let name = field.name.token();
    let ty = names.field_ty(&field.ty, field.presence, params);
    let into = names.prelude("Into", params);
    if is_into(field) { quote!(#name: impl #into<#ty>) } else { quote!(#name: #ty) }
}

fn setter_tokens(field: &RustField, params: &[RustIdent], names: &mut Names) -> TokenStream {
    let name = field.name.token();
    let setter = RustIdent::snake(&format!("with_{}", field.name.text())).token();
    let doc = doc_tokens(&[format!("Sets `{}`.", field.name.text())]);
    let deprecated = deprecated_tokens(field.deprecated.as_deref());
    let hidden = field.hidden.then(|| quote!(#[doc(hidden)]));
    let into = names.prelude("Into", params);
    let (ty, value) = if field.presence == Presence::Maybe {
        (names.field_ty(&field.ty, field.presence, params), quote!(value.into()))
    } else {
        let some = names.prelude("Some", params);
        (names.ty(&field.ty, params), quote!(#some(value.into())))
    };
    quote! {
        #doc #deprecated #hidden #[must_use]
        pub fn #setter(mut self, value: impl #into<#ty>) -> Self {
            self.#name = #value;
            self
        }
    }
}
