//! The nodes of syn that functions are made of, made directly for the same reason as those of [items](super::nodes).

use super::nodes::{name as name_node, path, public, type_of, with_args};
use proc_macro2::{Ident, Span};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Block, Expr, ExprAssign, ExprCall, ExprClosure, ExprField, ExprLit, ExprMethodCall, ExprParen, ExprPath,
    ExprReference, ExprStruct, ExprUnary, FieldValue, FnArg, Generics, ImplItem, ImplItemFn, Item, ItemImpl, Lit,
    LitBool, LitStr, Member, Pat, PatIdent, PatType, Path, Receiver, ReceiverKind, ReturnType, Signature, Stmt,
    TraitBound, Type, TypeImplTrait, TypeParamBound, UnOp, Visibility,
};

/// `impl<…> ty { … }`
pub(super) fn inherent_impl(generics: Generics, ty: Type, items: Vec<ImplItem>) -> Item {
    item_impl(generics, None, ty, items)
}

/// `impl From<wire> for ty { fn from(name: wire) -> Self { value } }`
pub(super) fn from_impl(from: Path, source: Type, name: &str, ty: Type, value: Expr) -> Item {
    let argument = argument(name_node(name), source.clone());
    let body = vec![answer(value)];
    let generics = Generics::default();
    let from_fn = function(Vec::new(), Visibility::Inherited, name_node("from"), generics, vec![argument], body);
    item_impl(Generics::default(), Some(with_args(from, [source])), ty, vec![from_fn])
}

fn item_impl(generics: Generics, of: Option<Path>, ty: Type, items: Vec<ImplItem>) -> Item {
    Item::Impl(ItemImpl {
        attrs: Vec::new(),
        modifiers: Default::default(),
        unsafety: None,
        impl_token: Default::default(),
        generics,
        trait_: of.map(|of| (of, Default::default())),
        self_ty: Box::new(ty),
        brace_token: Default::default(),
        items,
    })
}

/// A public function that gives `Self`.
pub(super) fn maker(
    attrs: Vec<Attribute>,
    name: Ident,
    generics: Generics,
    inputs: Vec<FnArg>,
    body: Vec<Stmt>,
) -> ImplItem {
    function(attrs, public(), name, generics, inputs, body)
}

fn function(
    attrs: Vec<Attribute>,
    vis: Visibility,
    name: Ident,
    generics: Generics,
    inputs: Vec<FnArg>,
    body: Vec<Stmt>,
) -> ImplItem {
    let sig = Signature {
        constness: None,
        asyncness: None,
        safety: Default::default(),
        abi: None,
        fn_token: Default::default(),
        ident: name,
        generics,
        paren_token: Default::default(),
        inputs: inputs.into_iter().collect(),
        variadic: None,
        output: ReturnType::Type(Default::default(), Box::new(type_of(path("Self")))),
    };
    let block = Block { brace_token: Default::default(), stmts: body };
    ImplItem::Fn(ImplItemFn { attrs, vis, modifiers: Default::default(), sig, block })
}

/// `mut self`
pub(super) fn mut_self() -> FnArg {
    FnArg::Receiver(Receiver {
        attrs: Vec::new(),
        mutability: Some(Default::default()),
        self_token: Default::default(),
        kind: ReceiverKind::Value,
    })
}

/// `name: ty`
pub(super) fn argument(name: Ident, ty: Type) -> FnArg {
    let (pat, ty) = (Box::new(pattern(name)), Box::new(ty));
    FnArg::Typed(PatType { attrs: Vec::new(), pat, colon_token: Default::default(), ty })
}

fn pattern(ident: Ident) -> Pat {
    Pat::Ident(PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident, subpat: None })
}

/// `impl Bound<args>`
pub(super) fn impl_trait(bound: Path, args: impl IntoIterator<Item = Type>) -> Type {
    let bound = TraitBound {
        paren_token: None,
        lifetimes: None,
        modifiers: Default::default(),
        maybe: None,
        path: with_args(bound, args),
    };
    Type::ImplTrait(TypeImplTrait {
        attrs: Vec::new(),
        impl_token: Default::default(),
        bounds: [TypeParamBound::Trait(bound)].into_iter().collect(),
    })
}

/// The value of a block.
pub(super) fn answer(value: Expr) -> Stmt {
    Stmt::Expr(value, None)
}

/// `place = value;`
pub(super) fn assignment(place: Expr, value: Expr) -> Stmt {
    let assign =
        ExprAssign { attrs: Vec::new(), left: Box::new(place), eq_token: Default::default(), right: Box::new(value) };
    Stmt::Expr(Expr::Assign(assign), Some(Default::default()))
}

/// A variable or another name: `value`, `None`.
pub(super) fn named(path: Path) -> Expr {
    Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path })
}

/// A variable.
pub(super) fn variable(name: &str) -> Expr {
    named(name_node(name).into())
}

/// `"text"`
pub(super) fn text(text: &str) -> Expr {
    Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Str(LitStr::new(text, Span::call_site())) })
}

/// `true` or `false`
pub(super) fn boolean(value: bool) -> Expr {
    Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Bool(LitBool::new(value, Span::call_site())) })
}

/// `base.name`
pub(super) fn member(base: Expr, name: Ident) -> Expr {
    let (base, member) = (Box::new(base), Member::Named(name));
    Expr::Field(ExprField { attrs: Vec::new(), base, dot_token: Default::default(), member })
}

/// `function(…)`
pub(super) fn call(function: Path, args: impl IntoIterator<Item = Expr>) -> Expr {
    let (func, args) = (Box::new(named(function)), args.into_iter().collect());
    Expr::Call(ExprCall { attrs: Vec::new(), func, paren_token: Default::default(), args })
}

/// `receiver.name(…)`
pub(super) fn method(receiver: Expr, name: &str, args: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::MethodCall(ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(receiver),
        dot_token: Default::default(),
        method: name_node(name),
        turbofish: None,
        paren_token: Default::default(),
        args: args.into_iter().collect(),
    })
}

/// `receiver.map(|name| value)`
pub(super) fn mapped_by(receiver: Expr, name: &str, value: Expr) -> Expr {
    let closure = ExprClosure {
        attrs: Vec::new(),
        lifetimes: None,
        modifiers: Default::default(),
        constness: None,
        asyncness: None,
        capture: None,
        inputs_begin: Default::default(),
        inputs: [pattern(name_node(name))].into_iter().collect(),
        inputs_end: Default::default(),
        output: ReturnType::Default,
        body: Box::new(value),
    };
    method(receiver, "map", [Expr::Closure(closure)])
}

/// `(*value)`
pub(super) fn dereferenced(value: Expr) -> Expr {
    let op = UnOp::Deref(Default::default());
    let expr = Box::new(Expr::Unary(ExprUnary { attrs: Vec::new(), op, expr: Box::new(value) }));
    Expr::Paren(ExprParen { attrs: Vec::new(), paren_token: Default::default(), expr })
}

/// `&value`
pub(super) fn reference(value: Expr) -> Expr {
    let expr = Box::new(value);
    Expr::Reference(ExprReference { attrs: Vec::new(), and_token: Default::default(), mutability: None, expr })
}

/// `Self { name: value, … }`; where the value is the variable of that name, only the name.
pub(super) fn self_literal(fields: Vec<(Ident, Option<Expr>)>) -> Expr {
    let fields = fields.into_iter().map(|(name, value)| FieldValue {
        attrs: Vec::new(),
        colon_token: value.as_ref().map(|_| Default::default()),
        expr: value.unwrap_or_else(|| named(name.clone().into())),
        member: Member::Named(name),
    });
    let fields: Punctuated<FieldValue, _> = fields.collect();
    Expr::Struct(ExprStruct {
        attrs: Vec::new(),
        qself: None,
        path: path("Self"),
        brace_token: Default::default(),
        fields,
        dot2_token: None,
        rest: None,
    })
}
