//! Signatures.

use super::context::Cx;
use crate::model::{ArgumentDef, FunctionTy, Keyword, Ty, UnionArm};
use swc_ecma_ast as ast;

impl Cx<'_> {
    /// `(a: A) => R`, `new (a: A) => R`
    pub fn function_type(&mut self, node: &ast::TsFnOrConstructorType) -> Ty {
        match node {
            ast::TsFnOrConstructorType::TsFnType(node) => {
                Ty::Function(Box::new(self.signature(node.type_params.as_deref(), &node.params, Some(&node.type_ann))))
            }
            ast::TsFnOrConstructorType::TsConstructorType(node) => Ty::Constructor(Box::new(self.signature(
                node.type_params.as_deref(),
                &node.params,
                Some(&node.type_ann),
            ))),
        }
    }

    /// A signature in a type: its parameters are in scope of its arguments and of what it returns.
    pub fn signature(
        &mut self,
        params: Option<&ast::TsTypeParamDecl>,
        args: &[ast::TsFnParam],
        ret: Option<&ast::TsTypeAnn>,
    ) -> FunctionTy {
        let mark = self.names.mark();
        let params = self.enter_params(params);
        for arg in args {
            if let ast::TsFnParam::Ident(binding) = arg {
                self.names.bind_argument(&binding.id.sym);
            }
        }
        let this = args.iter().find_map(|arg| match arg {
            ast::TsFnParam::Ident(binding) => self.this_argument(binding),
            _ => None,
        });
        let args = args.iter().filter_map(|arg| self.signature_argument(arg)).collect();
        let ret = self.returned(ret);
        self.names.leave(mark);
        FunctionTy { params, this, args, ret }
    }

    /// A declared function or a class's method.
    pub fn function(&mut self, node: &ast::Function) -> FunctionTy {
        let mark = self.names.mark();
        let params = self.enter_params(node.type_params.as_deref());
        for param in &node.params {
            if let ast::Pat::Ident(binding) = &param.pat {
                self.names.bind_argument(&binding.id.sym);
            }
        }
        let this = node.this_param.as_ref().map(|this| self.annotation(this.type_ann.as_deref()));
        let args = node.params.iter().filter_map(|param| self.argument(&param.pat)).collect();
        let ret = self.returned(node.return_type.as_deref());
        self.names.leave(mark);
        FunctionTy { params, this, args, ret }
    }

    /// `this: T`
    fn this_argument(&mut self, binding: &ast::BindingIdent) -> Option<Ty> {
        (&*binding.id.sym == "this").then(|| self.annotation(binding.type_ann.as_deref()))
    }

    fn returned(&mut self, annotation: Option<&ast::TsTypeAnn>) -> Ty {
        annotation.map_or(Ty::Keyword(Keyword::Void), |annotation| self.ty(&annotation.type_ann))
    }

    fn signature_argument(&mut self, arg: &ast::TsFnParam) -> Option<ArgumentDef> {
        match arg {
            ast::TsFnParam::Ident(binding) => self.named_argument(binding),
            ast::TsFnParam::Array(pattern) => {
                Some(self.unnamed_argument(pattern.type_ann.as_deref(), pattern.optional))
            }
            ast::TsFnParam::Object(pattern) => {
                Some(self.unnamed_argument(pattern.type_ann.as_deref(), pattern.optional))
            }
            ast::TsFnParam::Rest(rest) => Some(self.rest_argument(rest)),
        }
    }

    /// An argument as a pattern; `None` for what is no argument (`this: T`, or what the parser could not read).
    pub fn argument(&mut self, pattern: &ast::Pat) -> Option<ArgumentDef> {
        match pattern {
            ast::Pat::Ident(binding) => self.named_argument(binding),
            ast::Pat::Array(pattern) => Some(self.unnamed_argument(pattern.type_ann.as_deref(), pattern.optional)),
            ast::Pat::Object(pattern) => Some(self.unnamed_argument(pattern.type_ann.as_deref(), pattern.optional)),
            ast::Pat::Rest(rest) => Some(self.rest_argument(rest)),
            ast::Pat::Assign(default) => {
                let argument = self.argument(&default.left)?;
                Some(ArgumentDef { optional: true, ..argument })
            }
            ast::Pat::Invalid(_) | ast::Pat::Expr(_) => None,
        }
    }

    pub fn named_argument(&mut self, binding: &ast::BindingIdent) -> Option<ArgumentDef> {
        if &*binding.id.sym == "this" {
            return None;
        }
        let ty = self.annotation(binding.type_ann.as_deref());
        let seen = if binding.id.optional { or_undefined(ty.clone()) } else { ty.clone() };
        self.names.type_argument(&binding.id.sym, seen);
        Some(ArgumentDef { name: binding.id.sym.to_string(), ty, optional: binding.id.optional, rest: false })
    }

    fn unnamed_argument(&mut self, annotation: Option<&ast::TsTypeAnn>, optional: bool) -> ArgumentDef {
        ArgumentDef { name: String::new(), ty: self.annotation(annotation), optional, rest: false }
    }

    fn rest_argument(&mut self, rest: &ast::RestPat) -> ArgumentDef {
        let (name, inner) = match &*rest.arg {
            ast::Pat::Ident(binding) => (binding.id.sym.to_string(), binding.type_ann.as_deref()),
            _ => (String::new(), None),
        };
        let ty = self.annotation(rest.type_ann.as_deref().or(inner));
        ArgumentDef { name, ty, optional: false, rest: true }
    }
}

/// What an optional argument is where it is looked at: `typeof a`.
fn or_undefined(ty: Ty) -> Ty {
    let arms = [ty, Ty::Keyword(Keyword::Undefined)];
    Ty::Union(arms.into_iter().map(|ty| UnionArm { ty, doc: None }).collect())
}
