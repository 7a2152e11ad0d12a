//! `new`, `with_*` and `Default` of structs that users make.

use super::code::{answer, argument, assignment, call, impl_trait, inherent_impl, maker, member, method, mut_self};
use super::code::{named, self_literal, variable};
use super::names::Names;
use super::nodes;
use super::structs::fields;
use crate::rust::{Presence, RustField, RustIdent, RustStruct, RustTy};
use proc_macro2::Ident;
use quote::quote;
use syn::{Expr, FnArg, Generics, ImplItem, Item, Type};

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
pub(super) fn emit(item: &RustStruct, request: &Request<'_>, names: &mut Names) -> Item {
    let params = &item.head.params;
    let new = new_function(item, request, names);
    let setters = request.optional.iter().map(|field| setter(field, params, names));
    let items = new.into_iter().chain(setters).collect();
    inherent_impl(nodes::generics(params), nodes::own_type(&item.head), items)
}

fn new_function(item: &RustStruct, request: &Request<'_>, names: &mut Names) -> Option<ImplItem> {
    let params = &item.head.params;
    let must_use = nodes::word("must_use");
    if request.required.is_empty() {
        // Generic structs have `Default` only where their arguments do; there the derived one is enough.
        let default = names.prelude("Default", params);
        // A type of that name hides the trait's methods too.
        let default = if default.is_ident("Default") { nodes::path("Self") } else { default };
        let attrs = nodes::doc(&["Nothing is set."]).chain([must_use]).collect();
        let body = vec![answer(call(nodes::below(default, nodes::name("default")), []))];
        return params.is_empty().then(|| maker(attrs, nodes::name("new"), Generics::default(), Vec::new(), body));
    }
    let arguments: Vec<FnArg> = request.required.iter().map(|field| given(field, params, names)).collect();
    let many = quote!(clippy::too_many_arguments, reason = "each is a property that must be there");
    let many = (arguments.len() > MANY).then(|| nodes::list("expect", many));
    let doc = nodes::doc(&["With what must be there; everything else is left out."]);
    let attrs = doc.chain(many).chain([must_use]).collect();
    let body = vec![answer(self_literal(values(item, request, names)))];
    Some(maker(attrs, nodes::name("new"), Generics::default(), arguments, body))
}

/// What `new` puts into the fields.
fn values(item: &RustStruct, request: &Request<'_>, names: &mut Names) -> Vec<(Ident, Option<Expr>)> {
    let params = &item.head.params;
    let into = |field: &RustField| method(named(field.name.token().into()), "into", []);
    let given = request.required.iter().map(|field| (field.name.token(), is_into(field).then(|| into(field))));
    let mut all: Vec<_> = given.collect();
    for field in &request.optional {
        let value = match field.presence {
            Presence::Maybe => names.of_support("Maybe::Absent"),
            _ => names.prelude("None", params),
        };
        all.push((field.name.token(), Some(named(value))));
    }
    for extra in &item.extras {
        let default = nodes::below(names.prelude("Default", params), nodes::name("default"));
        all.push((extra.field.token(), Some(call(default, []))));
    }
    all
}

/// Whether `new` takes whatever can become the field.
fn is_into(field: &RustField) -> bool {
    field.presence == Presence::Required && matches!(field.ty, RustTy::String | RustTy::Box(_))
}

fn given(field: &RustField, params: &[RustIdent], names: &mut Names) -> FnArg {
    let ty = names.field_ty(&field.ty, field.presence, params);
    let ty = if is_into(field) { impl_trait(names.prelude("Into", params), [ty]) } else { ty };
    argument(field.name.token(), ty)
}

fn setter(field: &RustField, params: &[RustIdent], names: &mut Names) -> ImplItem {
    let name = RustIdent::snake(&format!("with_{}", field.name.text())).token();
    let mut doc = vec![format!("Sets `{}`.", field.name.text())];
    if !field.doc.is_empty() {
        doc.push(String::new());
        doc.extend(field.doc.iter().cloned());
    }
    let mut attrs = nodes::attributes(&doc, field.deprecated.as_deref(), field.hidden);
    attrs.push(nodes::word("must_use"));
    let ty = names.ty(&field.ty, params);
    let (form, bound, value) = if field.presence == Presence::Maybe {
        let form = form_name(&ty, params);
        let into_maybe = nodes::below(names.of_support("IntoMaybe"), nodes::name("into_maybe"));
        let bound = impl_trait(names.of_support("IntoMaybe"), [ty, nodes::type_of(form.token().into())]);
        (vec![form], bound, call(into_maybe, [variable("value")]))
    } else {
        let some = call(names.prelude("Some", params), [method(variable("value"), "into", [])]);
        (Vec::new(), impl_trait(names.prelude("Into", params), [ty]), some)
    };
    let place = member(variable("self"), field.name.token());
    let body = vec![assignment(place, value), answer(variable("self"))];
    maker(attrs, name, nodes::generics(&form), vec![mut_self(), argument(nodes::name("value"), bound)], body)
}

/// The name of the parameter that says in which form a setter is given what may be absent or null: it must hide nothing
/// that the type of the value names, and none of the struct's own parameters.
fn form_name(ty: &Type, params: &[RustIdent]) -> RustIdent {
    let text = quote!(#ty).to_string();
    let is_taken = |name: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
        words.any(|word| word == name) || params.iter().any(|param| param.text() == name)
    };
    let mut name = "Form".to_owned();
    while is_taken(&name) {
        name.push_str("Type");
    }
    RustIdent::upper_camel(&name)
}
