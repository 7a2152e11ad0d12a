//! Type expressions: the dispatch, and the plain ones.

use super::context::{Cx, MAX_DEPTH};
use crate::diagnostic::Code;
use crate::model::{Keyword, Literal, NumberLit, ObjectTy, TemplateTy, TupleElement, Ty};
use std::borrow::Cow;
use swc_common::{BytePos, Spanned};
use swc_ecma_ast as ast;

impl Cx<'_> {
    /// Lowers a type, down to the limit of nesting.
    pub fn ty(&mut self, node: &ast::TsType) -> Ty {
        if self.depth >= MAX_DEPTH {
            return self.too_deep(node.span().lo);
        }
        self.depth += 1;
        let ty = self.ty_within_limit(node);
        self.depth -= 1;
        ty
    }

    fn ty_within_limit(&mut self, node: &ast::TsType) -> Ty {
        match node {
            ast::TsType::TsKeywordType(node) => self.keyword(node),
            ast::TsType::TsThisType(_) => Ty::This,
            ast::TsType::TsFnOrConstructorType(node) => self.function_type(node),
            ast::TsType::TsTypeRef(node) => self.type_reference(node),
            ast::TsType::TsTypeQuery(node) => self.type_query(node),
            ast::TsType::TsTypeLit(node) => Ty::Object(ObjectTy { members: self.type_elements(&node.members) }),
            ast::TsType::TsArrayType(node) => Ty::Array(Box::new(self.ty(&node.elem_type))),
            ast::TsType::TsTupleType(node) => self.tuple(node),
            ast::TsType::TsOptionalType(node) => self.misplaced(node.span.lo, "an optional element"),
            ast::TsType::TsRestType(node) => self.misplaced(node.span.lo, "a rest element"),
            ast::TsType::TsUnionOrIntersectionType(node) => self.union_or_intersection(node),
            ast::TsType::TsConditionalType(node) => self.conditional(node),
            ast::TsType::TsInferType(node) => Ty::Infer(Box::new(self.infer_param(&node.type_param))),
            ast::TsType::TsParenthesizedType(node) => self.ty(&node.type_ann),
            ast::TsType::TsTypeOperator(node) => self.type_operator(node),
            ast::TsType::TsIndexedAccessType(node) => self.indexed_access(node),
            ast::TsType::TsMappedType(node) => self.mapped(node),
            ast::TsType::TsLitType(node) => self.literal_type(node),
            ast::TsType::TsTypePredicate(node) => predicate(node),
            ast::TsType::TsImportType(node) => self.import_type(node),
        }
    }

    /// The type of an annotation; `any` where there is none, as TypeScript has it.
    pub fn annotation(&mut self, annotation: Option<&ast::TsTypeAnn>) -> Ty {
        annotation.map_or(Ty::Keyword(Keyword::Any), |annotation| self.ty(&annotation.type_ann))
    }

    fn misplaced(&self, at: BytePos, what: &str) -> Ty {
        self.unsupported(at, format!("{what} stands outside of a tuple"))
    }

    fn keyword(&self, node: &ast::TsKeywordType) -> Ty {
        Ty::Keyword(match node.kind {
            ast::TsKeywordTypeKind::TsAnyKeyword => Keyword::Any,
            ast::TsKeywordTypeKind::TsUnknownKeyword => Keyword::Unknown,
            ast::TsKeywordTypeKind::TsNumberKeyword => Keyword::Number,
            ast::TsKeywordTypeKind::TsObjectKeyword => Keyword::Object,
            ast::TsKeywordTypeKind::TsBooleanKeyword => Keyword::Boolean,
            ast::TsKeywordTypeKind::TsBigIntKeyword => Keyword::BigInt,
            ast::TsKeywordTypeKind::TsStringKeyword => Keyword::String,
            ast::TsKeywordTypeKind::TsSymbolKeyword => Keyword::Symbol,
            ast::TsKeywordTypeKind::TsVoidKeyword => Keyword::Void,
            ast::TsKeywordTypeKind::TsUndefinedKeyword => Keyword::Undefined,
            ast::TsKeywordTypeKind::TsNullKeyword => Keyword::Null,
            ast::TsKeywordTypeKind::TsNeverKeyword => Keyword::Never,
            ast::TsKeywordTypeKind::TsIntrinsicKeyword => {
                return self.unsupported(node.span.lo, "only TypeScript's own library declares `intrinsic` types");
            }
        })
    }

    fn tuple(&mut self, node: &ast::TsTupleType) -> Ty {
        Ty::Tuple(node.elem_types.iter().map(|element| self.tuple_element(element)).collect())
    }

    /// `A`, `A?`, `...A`, `a: A`, `a?: A`, `...a: A`
    fn tuple_element(&mut self, node: &ast::TsTupleElement) -> TupleElement {
        let (name, mut optional, mut rest) = match &node.label {
            Some(label) => tuple_label(label),
            None => (None, false, false),
        };
        let ty = match &*node.ty {
            ast::TsType::TsOptionalType(inner) => {
                optional = true;
                self.ty(&inner.type_ann)
            }
            ast::TsType::TsRestType(inner) => {
                rest = true;
                self.ty(&inner.type_ann)
            }
            plain => self.ty(plain),
        };
        TupleElement { name, ty, optional, rest }
    }

    fn literal_type(&mut self, node: &ast::TsLitType) -> Ty {
        match &node.lit {
            ast::TsLit::Tpl(template) => self.template(template),
            ast::TsLit::Str(text) => Ty::Literal(Literal::String(self.text(text))),
            ast::TsLit::Number(number) => Ty::Literal(number_literal(number.value)),
            ast::TsLit::Bool(value) => Ty::Literal(Literal::Boolean(value.value)),
            ast::TsLit::BigInt(number) => Ty::Literal(Literal::BigInt(number.value.to_string())),
        }
    }

    fn template(&mut self, node: &ast::TsTplLitType) -> Ty {
        let mut texts: Vec<String> = node.quasis.iter().map(|quasi| self.template_text(quasi)).collect();
        if node.types.is_empty() {
            return Ty::Literal(Literal::String(texts.concat()));
        }
        let types: Vec<Ty> = node.types.iter().map(|ty| self.ty(ty)).collect();
        texts.resize(types.len() + 1, String::new());
        Ty::Template(TemplateTy { texts, types })
    }

    /// The text of a part of a template, its escapes read.
    pub fn template_text(&self, quasi: &ast::TplElement) -> String {
        match &quasi.cooked {
            Some(cooked) => self.readable(cooked.as_str(), quasi.span.lo, || cooked.to_string_lossy()),
            None => quasi.raw.to_string(),
        }
    }

    /// The text of a string literal.
    pub fn text(&self, literal: &ast::Str) -> String {
        self.readable(literal.value.as_str(), literal.span.lo, || literal.value.to_string_lossy())
    }

    /// Half a surrogate pair is a text in JavaScript, but none in JSON or Rust.
    fn readable<'t>(&self, text: Option<&str>, at: BytePos, lossy: impl FnOnce() -> Cow<'t, str>) -> String {
        match text {
            Some(text) => text.to_owned(),
            None => {
                self.warn(Code::Unsupported, at, "the text holds half a surrogate pair, which is no Unicode");
                lossy().into_owned()
            }
        }
    }
}

/// A number as a literal; TypeScript has one zero.
pub(super) fn number_literal(value: f64) -> Literal {
    Literal::Number(NumberLit(if value == 0.0 { 0.0 } else { value }))
}

/// `x is T` answers a boolean, `asserts x` nothing.
fn predicate(node: &ast::TsTypePredicate) -> Ty {
    Ty::Keyword(if node.asserts { Keyword::Void } else { Keyword::Boolean })
}

/// The name of a label, and whether `?` or `...` stands at it.
fn tuple_label(label: &ast::Pat) -> (Option<String>, bool, bool) {
    match label {
        ast::Pat::Ident(ident) => (Some(ident.sym.to_string()), ident.optional, false),
        ast::Pat::Rest(rest) => (tuple_label_name(&rest.arg), false, true),
        _ => (None, false, false),
    }
}

fn tuple_label_name(label: &ast::Pat) -> Option<String> {
    label.as_ident().map(|ident| ident.sym.to_string())
}
