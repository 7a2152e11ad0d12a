//! Enums.

use super::context::Cx;
use crate::model::DefId;
use crate::model::{EnumDef, EnumMember};
use indexmap::IndexSet;
use std::borrow::Cow;
use swc_common::Spanned;
use swc_ecma_ast as ast;

impl Cx<'_> {
    /// Adds the members of a part of an enum.
    pub fn enum_part(&mut self, def: DefId, node: &ast::TsEnumDecl, seen: &mut IndexSet<String>, into: &mut EnumDef) {
        for member in &node.members {
            let name = enum_member_name(&member.id);
            if !seen.insert(name.to_string()) {
                continue;
            }
            into.members.push(EnumMember {
                value: self.world.enum_member(def, &name, 0).and_then(|value| value.to_literal()),
                name: name.into_owned(),
                doc: self.doc(member.span.lo),
                location: self.location(member.id.span().lo),
            });
        }
    }
}

/// The name of an enum's member: `A`, `'a b'`.
pub(super) fn enum_member_name(id: &ast::TsEnumMemberId) -> Cow<'_, str> {
    match id {
        ast::TsEnumMemberId::Ident(ident) => Cow::Borrowed(&*ident.sym),
        ast::TsEnumMemberId::Str(text) => text.value.to_string_lossy(),
    }
}
