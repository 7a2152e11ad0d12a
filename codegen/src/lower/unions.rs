//! `A | B` with the comments at its arms, and `A & B`.

use super::context::Cx;
use crate::model::{Doc, Ty, UnionArm};
use swc_common::{BytePos, Spanned};
use swc_ecma_ast as ast;

impl Cx<'_> {
    pub fn union_or_intersection(&mut self, node: &ast::TsUnionOrIntersectionType) -> Ty {
        match node {
            ast::TsUnionOrIntersectionType::TsUnionType(node) => self.union(node),
            ast::TsUnionOrIntersectionType::TsIntersectionType(node) => {
                Ty::Intersection(node.types.iter().map(|ty| self.ty(ty)).collect())
            }
        }
    }

    fn union(&mut self, node: &ast::TsUnionType) -> Ty {
        let mut arms = Vec::with_capacity(node.types.len());
        let mut end = node.span.lo;
        for ty in &node.types {
            let doc = self.arm_doc(end, ty.span().lo);
            arms.push(UnionArm { ty: self.ty(ty), doc });
            end = ty.span().hi;
        }
        Ty::Union(arms)
    }

    /// The comment before an arm: `| /** … */ A` or `/** … */ | A`. The parser keeps no position of the `|`, so every
    /// position between the arms is asked.
    fn arm_doc(&self, previous_end: BytePos, start: BytePos) -> Option<Doc> {
        self.doc(start).or_else(|| (previous_end.0..start.0).find_map(|at| self.doc(BytePos(at))))
    }
}
