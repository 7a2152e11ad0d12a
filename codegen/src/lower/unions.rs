//! `A | B` with the comments at its arms, and `A & B`.

use super::context::Cx;
use super::jsdoc;
use crate::model::{Doc, Ty, UnionArm};
use swc_common::{BytePos, Span, Spanned};
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
        // The comment before the first `|`, where there is one.
        let mut before = self.doc(node.span.lo);
        for (index, ty) in node.types.iter().enumerate() {
            let doc = self.doc(ty.span().lo).or(before);
            let (after, end) = self.doc_at_line_end(ty.span().hi);
            before = node.types.get(index + 1).and_then(|next| self.doc_between(end, next.span().lo));
            let after = after.filter(|_| self.has_line_alone(node, index));
            arms.push(UnionArm { ty: self.ty(ty), doc: doc.or(after) });
        }
        Ty::Union(arms)
    }

    /// Whether no other arm stands on the lines of one: else a comment at the end of the line is about all of them.
    fn has_line_alone(&self, node: &ast::TsUnionType, index: usize) -> bool {
        let line = |at: BytePos| self.location(at).line;
        let span = node.types[index].span();
        let previous = index.checked_sub(1).map(|previous| line(node.types[previous].span().hi));
        let next = node.types.get(index + 1).map(|next| line(next.span().lo));
        previous != Some(line(span.lo)) && next != Some(line(span.hi))
    }

    /// `/** … */ | A`: the parser keeps no position of the `|`, so what counts is to stand between two arms.
    fn doc_between(&self, low: BytePos, high: BytePos) -> Option<Doc> {
        let (text, location) = self.module().jsdoc_between(low, high)?;
        jsdoc::read(text, location)
    }

    /// `| A /** … */` at the end of a line, and the position after it.
    fn doc_at_line_end(&self, end: BytePos) -> (Option<Doc>, BytePos) {
        let rest = self.module().text(Span::new(end, self.module().ast.span.hi));
        let Some((start, stop)) = comment_at_line_end(rest) else {
            return (None, end);
        };
        let text = &rest[start + COMMENT_START.len()..stop - COMMENT_END.len()];
        let doc = jsdoc::read(text, self.location(end + at(start)));
        (doc, end + at(stop))
    }
}

const COMMENT_START: &str = "/**";
const COMMENT_END: &str = "*/";

/// The range of a doc comment that ends the line which a text begins with; a `;` may stand on either side of it.
fn comment_at_line_end(text: &str) -> Option<(usize, usize)> {
    const BLANK: [char; 3] = [' ', '\t', ';'];
    let comment = text.trim_start_matches(BLANK);
    // In `/**/` the second star ends the comment.
    let inside = comment.strip_prefix(COMMENT_START).filter(|inside| !inside.starts_with('/'))?;
    let length = inside.find(COMMENT_END)? + COMMENT_START.len() + COMMENT_END.len();
    let after = comment[length..].trim_start_matches(BLANK);
    let start = text.len() - comment.len();
    (after.is_empty() || after.starts_with(['\n', '\r'])).then_some((start, start + length))
}

/// An offset in a file, which are smaller than 4 GiB.
fn at(offset: usize) -> BytePos {
    BytePos(offset as u32)
}
