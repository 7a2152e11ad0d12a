//! Types computed from types: `keyof`, `T[K]`, conditional and mapped types. Lowered as written; `eval` computes them.

use super::context::{Cx, MAX_DEPTH};
use crate::model::{ConditionalTy, Keyword, MappedTy, Modifier, Ty};
use swc_ecma_ast as ast;

impl Cx<'_> {
    pub fn type_operator(&mut self, node: &ast::TsTypeOperator) -> Ty {
        match node.op {
            ast::TsTypeOperatorOp::KeyOf => Ty::Keyof(Box::new(self.ty(&node.type_ann))),
            // Which symbol it is does not matter: no symbol is data.
            ast::TsTypeOperatorOp::Unique => Ty::Keyword(Keyword::Symbol),
            // JSON does not know who may write to an array.
            ast::TsTypeOperatorOp::ReadOnly => self.ty(&node.type_ann),
        }
    }

    pub fn indexed_access(&mut self, node: &ast::TsIndexedAccessType) -> Ty {
        let object = self.ty(&node.obj_type);
        let index = self.ty(&node.index_type);
        Ty::Indexed(Box::new(object), Box::new(index))
    }

    /// `A extends B ? C : D extends E ? F : …`: a loop along the false branches, for such chains grow long.
    pub fn conditional(&mut self, first: &ast::TsConditionalType) -> Ty {
        let depth = self.depth;
        let mut links = vec![self.conditional_head(first)];
        let mut otherwise = without_parens(&first.false_type);
        while let ast::TsType::TsConditionalType(next) = otherwise
            && self.depth < MAX_DEPTH
        {
            // A link counts as a level: whoever walks the result walks that deep.
            self.depth += 1;
            links.push(self.conditional_head(next));
            otherwise = without_parens(&next.false_type);
        }
        let last = self.ty(otherwise);
        self.depth = depth;
        links.into_iter().rev().fold(last, |otherwise, head| {
            Ty::Conditional(Box::new(ConditionalTy {
                check: head.check,
                extends: head.extends,
                then: head.then,
                otherwise,
            }))
        })
    }

    fn conditional_head(&mut self, node: &ast::TsConditionalType) -> ConditionalHead {
        let check = self.ty(&node.check_type);
        self.names.begin_extends();
        let extends = self.ty(&node.extends_type);
        let inferred = self.names.end_extends();
        let mark = self.names.mark();
        for (name, id) in inferred {
            self.names.bind(&name, id);
        }
        let then = self.ty(&node.true_type);
        self.names.leave(mark);
        ConditionalHead { check, extends, then }
    }

    /// `{ [K in C as N]?: T }`: the parameter is in scope of the name and the value, not of what it runs over.
    pub fn mapped(&mut self, node: &ast::TsMappedType) -> Ty {
        let id = self.world.fresh_param();
        let param = self.type_param(&node.type_param, id);
        let mark = self.names.mark();
        self.names.bind(&node.type_param.name.sym, id);
        let rename = node.name_type.as_deref().map(|ty| self.ty(ty));
        let value = node.type_ann.as_deref().map_or(Ty::Keyword(Keyword::Any), |ty| self.ty(ty));
        self.names.leave(mark);
        Ty::Mapped(Box::new(MappedTy { param, rename, value, optional: modifier(node.optional) }))
    }
}

/// A conditional type without its false branch.
struct ConditionalHead {
    check: Ty,
    extends: Ty,
    then: Ty,
}

fn modifier(written: Option<ast::TruePlusMinus>) -> Modifier {
    match written {
        None => Modifier::Keep,
        Some(ast::TruePlusMinus::True | ast::TruePlusMinus::Plus) => Modifier::Add,
        Some(ast::TruePlusMinus::Minus) => Modifier::Remove,
    }
}

fn without_parens(mut node: &ast::TsType) -> &ast::TsType {
    while let ast::TsType::TsParenthesizedType(inner) = node {
        node = &inner.type_ann;
    }
    node
}
