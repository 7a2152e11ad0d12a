//! The types of constants: declared, or evident from the initialiser.

use super::context::{Cx, MAX_DEPTH};
use super::members::{MemberList, Role};
use super::names::property_of;
use super::paths::{borrowed, expr_path};
use super::types::number_literal;
use crate::model::{
    FunctionTy, Keyword, LibraryRef, Literal, Member, MethodDef, ObjectTy, PropertyDef, PropertyKey, TupleElement, Ty,
    UnionArm, Visibility,
};
use swc_common::{BytePos, Spanned};
use swc_ecma_ast as ast;

/// How much of an initialiser is the type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fixed {
    /// `as const`: literals, all the way down.
    Deep,
    /// A constant: a literal at the top, what a property holds may change.
    Literal,
    /// Something that may change.
    Widened,
}

impl Fixed {
    fn inside(self) -> Self {
        if self == Self::Deep { self } else { Self::Widened }
    }
}

impl Cx<'_> {
    /// A declarator of `const`, `let` or `var`. A pattern declares several names: `name` is the one that is meant.
    pub fn variable(&mut self, node: &ast::VarDeclarator, name: &str) -> Ty {
        match &node.name {
            ast::Pat::Ident(binding) => match (&binding.type_ann, &node.init) {
                (None, Some(init)) => self.value(init, Fixed::Literal),
                (annotation, _) => self.annotation(annotation.as_deref()),
            },
            ast::Pat::Object(pattern) => self.bound_property(pattern, name),
            pattern => self.unsupported(pattern.span().lo, "a pattern says too little of the type of its names"),
        }
    }

    /// `const { a, b: c }: T` declares `a` with the type `T['a']`.
    fn bound_property(&mut self, pattern: &ast::ObjectPat, name: &str) -> Ty {
        let key = pattern.props.iter().find_map(|prop| match prop {
            ast::ObjectPatProp::Assign(prop) if *prop.key.id.sym == *name => Some(name.to_owned()),
            ast::ObjectPatProp::KeyValue(prop) => match (&prop.key, &*prop.value) {
                (ast::PropName::Ident(key), ast::Pat::Ident(binding)) if *binding.id.sym == *name => {
                    Some(key.sym.to_string())
                }
                _ => None,
            },
            _ => None,
        });
        match (key, &pattern.type_ann) {
            (Some(key), Some(annotation)) => property_of(self.ty(&annotation.type_ann), &key),
            _ => self.unsupported(pattern.span.lo, "a pattern says too little of the type of its names"),
        }
    }

    /// The type of an expression.
    pub fn value(&mut self, expr: &ast::Expr, fixed: Fixed) -> Ty {
        if self.depth >= MAX_DEPTH {
            return self.too_deep(expr.span().lo);
        }
        self.depth += 1;
        let ty = self.value_within_limit(expr, fixed);
        self.depth -= 1;
        ty
    }

    fn value_within_limit(&mut self, expr: &ast::Expr, fixed: Fixed) -> Ty {
        match expr {
            ast::Expr::Lit(literal) => self.literal_value(literal, fixed),
            ast::Expr::Paren(node) => self.value(&node.expr, fixed),
            ast::Expr::TsConstAssertion(node) => self.value(&node.expr, Fixed::Deep),
            ast::Expr::TsAs(node) => self.ty(&node.type_ann),
            ast::Expr::TsTypeAssertion(node) => self.ty(&node.type_ann),
            ast::Expr::TsSatisfies(node) => self.value(&node.expr, fixed),
            ast::Expr::TsNonNull(node) => self.value(&node.expr, fixed),
            ast::Expr::Object(node) => self.object_value(node, fixed),
            ast::Expr::Array(node) => self.array_value(node, fixed),
            ast::Expr::Ident(_) | ast::Expr::Member(_) => self.name_value(expr),
            ast::Expr::New(node) => self.new_value(node),
            ast::Expr::Arrow(node) => self.arrow(node),
            ast::Expr::Fn(node) => Ty::Function(Box::new(self.function(&node.function))),
            ast::Expr::Unary(_) | ast::Expr::Bin(_) | ast::Expr::Tpl(_) => self.computed_value(expr, fixed),
            other => self.unknown_value(other.span().lo),
        }
    }

    fn unknown_value(&self, at: BytePos) -> Ty {
        self.unsupported(at, "the type of this expression is not evident; an annotation would tell")
    }

    fn literal_value(&mut self, literal: &ast::Lit, fixed: Fixed) -> Ty {
        let ty = match literal {
            ast::Lit::Str(text) => Ty::Literal(Literal::String(self.text(text))),
            ast::Lit::Bool(value) => Ty::Literal(Literal::Boolean(value.value)),
            ast::Lit::Num(number) => Ty::Literal(number_literal(number.value)),
            ast::Lit::BigInt(number) => Ty::Literal(Literal::BigInt(number.value.to_string())),
            ast::Lit::Null(_) => Ty::Keyword(Keyword::Null),
            ast::Lit::Regex(regex) => {
                let location = self.location(regex.span.lo);
                Ty::Library(LibraryRef { name: "RegExp".to_owned(), args: Vec::new(), module: None, location })
            }
            ast::Lit::JSXText(text) => self.unknown_value(text.span.lo),
        };
        if fixed == Fixed::Widened { widened(ty) } else { ty }
    }

    /// `-1`, `'a' + 'b'`, `` `a` ``
    fn computed_value(&mut self, expr: &ast::Expr, fixed: Fixed) -> Ty {
        if let ast::Expr::Unary(node) = expr
            && let (ast::UnaryOp::Minus, ast::Expr::Lit(ast::Lit::BigInt(number))) = (node.op, &*node.arg)
        {
            let ty = Ty::Literal(Literal::BigInt((-(*number.value).clone()).to_string()));
            return if fixed == Fixed::Widened { widened(ty) } else { ty };
        }
        let Some(literal) = self.constant(expr).and_then(|value| value.to_literal()) else {
            return self.unknown_value(expr.span().lo);
        };
        // TypeScript computes enums only; elsewhere a sum is a number, but `-1` and a template without holes are literals.
        let computed = matches!(expr, ast::Expr::Bin(_));
        let ty = Ty::Literal(literal);
        if computed || fixed == Fixed::Widened { widened(ty) } else { ty }
    }

    fn name_value(&mut self, expr: &ast::Expr) -> Ty {
        match expr_path(expr) {
            Some(path) => self.type_of_path(&borrowed(&path), Vec::new(), expr.span().lo),
            None => self.unknown_value(expr.span().lo),
        }
    }

    /// `new C<A>()`
    fn new_value(&mut self, node: &ast::NewExpr) -> Ty {
        let args = self.type_args(node.type_args.as_deref());
        match expr_path(&node.callee) {
            Some(path) => self.named(&borrowed(&path), args, node.span.lo),
            None => self.unknown_value(node.span.lo),
        }
    }

    fn arrow(&mut self, node: &ast::ArrowExpr) -> Ty {
        let mark = self.names.mark();
        let params = self.enter_params(node.type_params.as_deref());
        let args = node.params.iter().filter_map(|param| self.argument(param)).collect();
        let ret = match &node.return_type {
            Some(annotation) => self.ty(&annotation.type_ann),
            None => self.unknown_value(node.span.lo),
        };
        self.names.leave(mark);
        Ty::Function(Box::new(FunctionTy { params, this: None, args, ret }))
    }

    fn array_value(&mut self, node: &ast::ArrayLit, fixed: Fixed) -> Ty {
        let elements = node.elems.iter().map(|element| match element {
            Some(element) => (self.value(&element.expr, fixed.inside()), element.spread.is_some()),
            None => (Ty::Keyword(Keyword::Undefined), false),
        });
        let elements: Vec<(Ty, bool)> = elements.collect();
        if fixed == Fixed::Deep {
            let element = |(ty, rest)| TupleElement { name: None, ty, optional: false, rest };
            return Ty::Tuple(elements.into_iter().map(element).collect());
        }
        if elements.iter().any(|(_, spread)| *spread) {
            return self.unknown_value(node.span.lo);
        }
        Ty::Array(Box::new(union_of(elements.into_iter().map(|(ty, _)| ty).collect())))
    }

    fn object_value(&mut self, node: &ast::ObjectLit, fixed: Fixed) -> Ty {
        let mut list = MemberList::default();
        let mut spreads = Vec::new();
        for prop in &node.props {
            match prop {
                ast::PropOrSpread::Prop(prop) => self.object_property(prop, fixed, &mut list),
                ast::PropOrSpread::Spread(spread) => spreads.push(self.value(&spread.expr, fixed)),
            }
        }
        let object = Ty::Object(ObjectTy { members: list.finish() });
        if spreads.is_empty() {
            return object;
        }
        spreads.push(object);
        Ty::Intersection(spreads)
    }

    fn object_property(&mut self, prop: &ast::Prop, fixed: Fixed, list: &mut MemberList) {
        let at = prop.span().lo;
        match prop {
            ast::Prop::KeyValue(pair) => {
                let key = self.key_of_property(self.prop_key(&pair.key));
                let ty = self.value(&pair.value, fixed.inside());
                list.push_property(self.value_property(key, ty, fixed, at), Role::Field);
            }
            ast::Prop::Shorthand(name) => {
                let key = PropertyKey::Name(name.sym.to_string());
                let ty = self.type_of_path(&[&name.sym], Vec::new(), at);
                list.push_property(self.value_property(key, ty, fixed, at), Role::Field);
            }
            ast::Prop::Getter(getter) => {
                let ty = self.annotation(getter.function.return_type.as_deref());
                let property = self.value_property(self.key_of_property(self.prop_key(&getter.key)), ty, fixed, at);
                list.push_property(PropertyDef { readonly: true, ..property }, Role::Getter);
            }
            ast::Prop::Method(method) => list.push(Member::Method(MethodDef {
                key: self.prop_key(&method.key).of_method(),
                function: self.function(&method.function),
                optional: false,
                visibility: Visibility::Public,
                doc: self.doc(at),
                location: self.location(at),
            })),
            // A setter alone can be read by nobody; an assignment is no property of an expression.
            ast::Prop::Setter(_) | ast::Prop::Assign(_) => {}
        }
    }

    fn value_property(&self, key: PropertyKey, ty: Ty, fixed: Fixed, at: BytePos) -> PropertyDef {
        PropertyDef {
            key,
            ty,
            optional: false,
            readonly: fixed == Fixed::Deep,
            visibility: Visibility::Public,
            accessor: false,
            doc: self.doc(at),
            location: self.location(at),
        }
    }
}

/// The type that a literal belongs to.
fn widened(ty: Ty) -> Ty {
    match ty {
        Ty::Literal(literal) => Ty::Keyword(match literal {
            Literal::String(_) => Keyword::String,
            Literal::Number(_) => Keyword::Number,
            Literal::Boolean(_) => Keyword::Boolean,
            Literal::BigInt(_) => Keyword::BigInt,
        }),
        other => other,
    }
}

/// What the elements of an array have in common; nothing, where there are none.
fn union_of(mut types: Vec<Ty>) -> Ty {
    let mut distinct: Vec<Ty> = Vec::new();
    for ty in types.drain(..) {
        if !distinct.contains(&ty) {
            distinct.push(ty);
        }
    }
    match distinct.len() {
        0 => Ty::Keyword(Keyword::Never),
        1 => distinct.remove(0),
        _ => Ty::Union(distinct.into_iter().map(|ty| UnionArm { ty, doc: None }).collect()),
    }
}
