//! The nodes of syn that items are made of, made directly: to write them as tokens and to parse those again would take
//! longer than all that is planned.

use crate::rust::{ItemHead, RustIdent};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, AttrStyle, Attribute, Expr, ExprLit, Field, Fields, FieldsNamed, FieldsUnnamed,
    GenericArgument, GenericParam, Generics, Item, ItemEnum, ItemStruct, ItemType, Lit, LitStr, Meta, MetaList,
    MetaNameValue, Path, PathArguments, PathSegment, Type, TypePath, TypeTuple, Variant, Visibility,
    WhereClausePlacement,
};

/// A path of plain identifiers, written by ourselves: `::std::option::Option`.
pub(super) fn path(text: &str) -> Path {
    let (leading_colon, rest) = match text.strip_prefix("::") {
        Some(rest) => (Some(Default::default()), rest),
        None => (None, text),
    };
    let segments = rest.split("::").map(|segment| PathSegment::from(name(segment)));
    Path { leading_colon, segments: segments.collect() }
}

/// A name, written by ourselves.
pub(super) fn name(text: &str) -> Ident {
    Ident::new(text, Span::call_site())
}

/// A path and one name more.
pub(super) fn below(mut path: Path, name: Ident) -> Path {
    path.segments.push(PathSegment::from(name));
    path
}

/// `path<A, B>`, or the path itself.
pub(super) fn with_args(mut path: Path, args: impl IntoIterator<Item = Type>) -> Path {
    let args: Punctuated<GenericArgument, _> = args.into_iter().map(GenericArgument::Type).collect();
    if let Some(last) = path.segments.last_mut().filter(|_| !args.is_empty()) {
        last.arguments = PathArguments::AngleBracketed(AngleBracketedGenericArguments {
            colon2_token: None,
            lt_token: Default::default(),
            args,
            gt_token: Default::default(),
        });
    }
    path
}

/// The type of a path.
pub(super) fn type_of(path: Path) -> Type {
    Type::Path(TypePath { attrs: Vec::new(), qself: None, path })
}

/// `(A, B)`
pub(super) fn tuple_type(places: Vec<Type>) -> Type {
    let elems = places.into_iter().collect();
    Type::Tuple(TypeTuple { attrs: Vec::new(), paren_token: Default::default(), elems })
}

/// The type itself that an item declares, with its parameters: `Page<T>`.
pub(super) fn own_type(head: &ItemHead) -> Type {
    let params = head.params.iter().map(|param| type_of(param.token().into()));
    type_of(with_args(head.name.token().into(), params))
}

/// `<A, B>` behind `impl` or the name that is declared.
pub(super) fn generics(params: &[RustIdent]) -> Generics {
    let params = params.iter().map(|param| GenericParam::Type(param.token().into()));
    Generics { params: params.collect(), ..Generics::default() }
}

/// `#[…]`
fn attribute(meta: Meta) -> Attribute {
    Attribute { pound_token: Default::default(), style: AttrStyle::Outer, bracket_token: Default::default(), meta }
}

/// `#[non_exhaustive]`
pub(super) fn word(name: &str) -> Attribute {
    attribute(Meta::Path(path(name)))
}

/// `#[name(tokens)]`
pub(super) fn list(name: &str, tokens: TokenStream) -> Attribute {
    let delimiter = syn::MacroDelimiter::Paren(Default::default());
    attribute(Meta::List(MetaList { path: path(name), delimiter, tokens }))
}

/// One attribute a line, which the printer makes `///` of; a carriage return would end the comment.
pub(super) fn doc(lines: &[impl AsRef<str>]) -> impl Iterator<Item = Attribute> {
    lines.iter().flat_map(|line| line.as_ref().split('\n')).map(|line| {
        let line = line.trim_end().replace('\r', " ");
        let line = if line.trim().is_empty() { String::new() } else { format!(" {line}") };
        let lit = Lit::Str(LitStr::new(&line, Span::call_site()));
        let value = Expr::Lit(ExprLit { attrs: Vec::new(), lit });
        attribute(Meta::NameValue(MetaNameValue { path: path("doc"), eq_token: Default::default(), value }))
    })
}

/// What stands before an item or a part of one: documentation, deprecation, hiding.
pub(super) fn attributes(lines: &[String], note: Option<&str>, is_hidden: bool) -> Vec<Attribute> {
    doc(lines).chain(deprecated(note)).chain(hidden(is_hidden)).collect()
}

/// `#[deprecated]`, with its note where there is one.
fn deprecated(note: Option<&str>) -> Option<Attribute> {
    note.map(|note| if note.is_empty() { word("deprecated") } else { list("deprecated", quote!(note = #note)) })
}

/// `#[doc(hidden)]`
fn hidden(is_hidden: bool) -> Option<Attribute> {
    is_hidden.then(|| list("doc", quote!(hidden)))
}

/// `pub`
pub(super) fn public() -> Visibility {
    Visibility::Public(Default::default())
}

/// `pub name: ty`, or a public place of a tuple.
pub(super) fn field(attrs: Vec<Attribute>, ident: Option<Ident>, ty: Type) -> Field {
    let colon_token = ident.as_ref().map(|_| Default::default());
    Field { attrs, vis: public(), modifiers: Default::default(), ident, colon_token, ty, default: None }
}

/// `pub struct Name { … }`
pub(super) fn structure(head: &ItemHead, attrs: Vec<Attribute>, fields: Vec<Field>) -> Item {
    let named = fields.into_iter().collect();
    item_struct(head, attrs, Fields::Named(FieldsNamed { brace_token: Default::default(), named }))
}

/// `pub struct Name(…);`
pub(super) fn tuple_structure(head: &ItemHead, attrs: Vec<Attribute>, places: Vec<Field>) -> Item {
    item_struct(head, attrs, unnamed(places))
}

fn item_struct(head: &ItemHead, attrs: Vec<Attribute>, fields: Fields) -> Item {
    let semi_token = matches!(fields, Fields::Unnamed(_)).then(Default::default);
    Item::Struct(ItemStruct {
        attrs,
        vis: public(),
        struct_token: Default::default(),
        ident: head.name.token(),
        generics: generics(&head.params),
        fields,
        semi_token,
    })
}

fn unnamed(places: Vec<Field>) -> Fields {
    Fields::Unnamed(FieldsUnnamed { paren_token: Default::default(), unnamed: places.into_iter().collect() })
}

/// A variant of an enum: `Name` or `Name(payload)`.
pub(super) fn variant(attrs: Vec<Attribute>, ident: Ident, payload: Option<Type>) -> Variant {
    let private = |ty| Field { vis: Visibility::Inherited, ..field(Vec::new(), None, ty) };
    let fields = payload.map_or(Fields::Unit, |ty| unnamed(vec![private(ty)]));
    Variant { attrs, ident, fields, discriminant: None }
}

/// `pub enum Name { … }`
pub(super) fn enumeration(head: &ItemHead, attrs: Vec<Attribute>, variants: Vec<Variant>) -> Item {
    Item::Enum(ItemEnum {
        attrs,
        vis: public(),
        enum_token: Default::default(),
        ident: head.name.token(),
        generics: generics(&head.params),
        brace_token: Default::default(),
        variants: variants.into_iter().collect(),
    })
}

/// `pub type Name = ty;`
pub(super) fn alias(head: &ItemHead, attrs: Vec<Attribute>, ty: Type) -> Item {
    Item::Type(ItemType {
        attrs,
        vis: public(),
        modifiers: Default::default(),
        type_token: Default::default(),
        ident: head.name.token(),
        generics: generics(&head.params),
        eq_token: Default::default(),
        ty: Box::new(ty),
        semi_token: Default::default(),
        where_clause_placement: WhereClausePlacement::Early,
    })
}
