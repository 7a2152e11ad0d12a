//! Names of properties, as JavaScript writes them: `1.0` is the property `1`.

use super::constants::Value;
use super::context::Cx;
use super::paths::{borrowed, expr_path};
use crate::diagnostic::Code;
use crate::model::{DefId, NumberLit, PropertyKey};
use crate::symbols::{Meaning, Node};
use swc_common::{BytePos, Spanned};
use swc_ecma_ast as ast;

/// A name, and whether it is sure.
pub(super) struct Key {
    key: PropertyKey,
    /// Where a computed name stands that cannot be known from the declarations.
    unknown: Option<BytePos>,
}

impl Key {
    /// The name of a method, which is no data: nothing is lost if it is not known.
    pub fn of_method(self) -> PropertyKey {
        self.key
    }

    fn known(key: PropertyKey) -> Self {
        Self { key, unknown: None }
    }

    /// Negative zero is the property `0`.
    fn number(number: f64) -> Self {
        Self::known(PropertyKey::Number(NumberLit(number + 0.0)))
    }

    fn name(text: impl Into<String>) -> Self {
        Self::known(PropertyKey::Name(text.into()))
    }
}

impl Cx<'_> {
    /// The name of a property: one that is not known is complained of.
    pub fn key_of_property(&self, key: Key) -> PropertyKey {
        if let (Some(at), PropertyKey::Symbol(spelling, _)) = (key.unknown, &key.key) {
            let message = format!("the name of the property `[{spelling}]` is not known from the declarations");
            self.warn(Code::Unsupported, at, message);
        }
        key.key
    }

    /// The name of a member of an object type.
    pub fn element_key(&self, key: &ast::Expr, computed: bool) -> Key {
        match key {
            ast::Expr::Ident(ident) if !computed => Key::name(&*ident.sym),
            key => self.computed_key(key),
        }
    }

    /// The name of a member of a class or an object literal.
    pub fn prop_key(&self, key: &ast::PropName) -> Key {
        match key {
            ast::PropName::Ident(ident) => Key::name(&*ident.sym),
            ast::PropName::Str(text) => Key::name(self.text(text)),
            ast::PropName::Num(number) => Key::number(number.value),
            ast::PropName::BigInt(number) => Key::name(number.value.to_string()),
            ast::PropName::Computed(computed) => self.computed_key(&computed.expr),
        }
    }

    /// `['a']`, `[1]`, `[KEY]`, `[Enum.Member]`, `[Symbol.iterator]`
    fn computed_key(&self, key: &ast::Expr) -> Key {
        match self.constant(key) {
            Some(Value::Symbol(name)) => Key::known(PropertyKey::Symbol(spelling(key), name)),
            Some(value) => match (self.enum_member_key(key), value) {
                (Some((def, member)), value) => Key::known(PropertyKey::Member(value.to_string(), def, member)),
                (None, Value::Number(number)) => Key::number(number),
                (None, value) => Key::name(value.to_string()),
            },
            None => Key { key: PropertyKey::Symbol(spelling(key), None), unknown: Some(key.span().lo) },
        }
    }
}

impl Cx<'_> {
    /// The member of an enum that a computed key is.
    fn enum_member_key(&self, key: &ast::Expr) -> Option<(DefId, String)> {
        let names = expr_path(key)?;
        let resolved = self.world.symbols.lookup(self.scope, &borrowed(&names), Meaning::Value);
        let [member] = resolved.rest.as_slice() else { return None };
        let is_enum = |def: &&DefId| {
            let parts = &self.world.symbols.declared[def.0 as usize].parts;
            parts.iter().any(|part| matches!(part.node, Node::Enum(_)))
        };
        resolved.defs.iter().find(is_enum).map(|def| (*def, member.clone()))
    }
}

/// How a computed key is spelled, for a reader.
fn spelling(key: &ast::Expr) -> String {
    expr_path(key).map_or_else(|| "…".to_owned(), |path| path.join("."))
}
