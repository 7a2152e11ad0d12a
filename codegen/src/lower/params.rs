//! Type parameters: which `T` is meant.

use super::context::Cx;
use crate::model::{ParamId, Ty, TypeParam};
use swc_ecma_ast as ast;

/// The type parameters in scope, the innermost last, so that an inner one hides an outer one of its name.
#[derive(Default)]
pub(super) struct ParamScope {
    bound: Vec<(String, ParamId)>,
    /// What `infer` has introduced so far in the `extends` clauses that are being lowered, the innermost last.
    inferring: Vec<Vec<(String, ParamId)>>,
    /// The arguments in scope, which hide values of their names: `(a: A, b: typeof a) => void`; their types, once known.
    arguments: Vec<(String, Option<Ty>)>,
}

/// What was in scope before something was entered.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    bound: usize,
    arguments: usize,
}

impl ParamScope {
    pub fn get(&self, name: &str) -> Option<ParamId> {
        self.bound.iter().rev().find(|(bound, _)| bound == name).map(|(_, id)| *id)
    }

    pub fn bind(&mut self, name: &str, id: ParamId) {
        self.bound.push((name.to_owned(), id));
    }

    /// How many are in scope; [`Self::leave`] goes back to it.
    pub fn mark(&self) -> Mark {
        Mark { bound: self.bound.len(), arguments: self.arguments.len() }
    }

    pub fn leave(&mut self, mark: Mark) {
        self.bound.truncate(mark.bound);
        self.arguments.truncate(mark.arguments);
    }

    /// Brings the name of an argument into scope.
    pub fn bind_argument(&mut self, name: &str) {
        self.arguments.push((name.to_owned(), None));
    }

    /// Says what the innermost argument of a name is.
    pub fn type_argument(&mut self, name: &str, ty: Ty) {
        if let Some((_, known)) = self.arguments.iter_mut().rev().find(|(argument, _)| argument == name) {
            *known = Some(ty);
        }
    }

    /// The type of an argument in scope; `Some(None)` where it is not known yet.
    pub fn argument(&self, name: &str) -> Option<Option<&Ty>> {
        self.arguments.iter().rev().find(|(argument, _)| argument == name).map(|(_, ty)| ty.as_ref())
    }

    /// Begins the `extends` clause of a conditional type.
    pub fn begin_extends(&mut self) {
        self.inferring.push(Vec::new());
    }

    /// Ends it: what it has inferred is in scope of the true branch alone.
    pub fn end_extends(&mut self) -> Vec<(String, ParamId)> {
        self.inferring.pop().unwrap_or_default()
    }

    /// The handle of `infer U`: the same for every `infer U` of one clause.
    fn infer(&mut self, name: &str, fresh: impl FnOnce() -> ParamId) -> ParamId {
        let Some(clause) = self.inferring.last_mut() else {
            return fresh();
        };
        if let Some((_, id)) = clause.iter().find(|(known, _)| known == name) {
            return *id;
        }
        let id = fresh();
        clause.push((name.to_owned(), id));
        id
    }
}

impl Cx<'_> {
    /// Brings a list of type parameters into scope and lowers it. The caller leaves the scope.
    ///
    /// All names come first: a constraint may name a later parameter, or its own.
    pub fn enter_params(&mut self, list: Option<&ast::TsTypeParamDecl>) -> Vec<TypeParam> {
        let Some(list) = list else {
            return Vec::new();
        };
        let ids: Vec<ParamId> = list.params.iter().map(|_| self.world.fresh_param()).collect();
        self.bind_params(list, &ids);
        self.lower_params(list, &ids)
    }

    /// Brings the names of a list into scope under given handles: the parts of a merged declaration share them.
    pub fn bind_params(&mut self, list: &ast::TsTypeParamDecl, ids: &[ParamId]) {
        for (index, param) in list.params.iter().enumerate() {
            let id = ids.get(index).copied().unwrap_or_else(|| self.world.fresh_param());
            self.names.bind(&param.name.sym, id);
        }
    }

    /// Lowers a list whose names are in scope.
    pub fn lower_params(&mut self, list: &ast::TsTypeParamDecl, ids: &[ParamId]) -> Vec<TypeParam> {
        list.params.iter().zip(ids).map(|(param, id)| self.type_param(param, *id)).collect()
    }

    pub fn type_param(&mut self, param: &ast::TsTypeParam, id: ParamId) -> TypeParam {
        TypeParam {
            id,
            name: param.name.sym.to_string(),
            constraint: param.constraint.as_deref().map(|ty| self.ty(ty)),
            default: param.default.as_deref().map(|ty| self.ty(ty)),
        }
    }

    /// `infer U extends C`
    pub fn infer_param(&mut self, param: &ast::TsTypeParam) -> TypeParam {
        let world = self.world;
        let id = self.names.infer(&param.name.sym, || world.fresh_param());
        self.type_param(param, id)
    }
}
