//! Names of properties, as JavaScript writes them: `1.0` is the property `1`.

use super::constants::Value;
use super::context::Cx;
use super::paths::expr_path;
use crate::diagnostic::Code;
use crate::model::{NumberLit, PropertyKey};
use swc_common::Spanned;
use swc_ecma_ast as ast;

impl Cx<'_> {
    /// The name of a member of an object type.
    pub fn element_key(&self, key: &ast::Expr, computed: bool) -> PropertyKey {
        match key {
            ast::Expr::Ident(ident) if !computed => PropertyKey::Name(ident.sym.to_string()),
            key => self.expr_key(key),
        }
    }

    /// The name of a member of a class or an object literal.
    pub fn prop_key(&self, key: &ast::PropName) -> PropertyKey {
        match key {
            ast::PropName::Ident(ident) => PropertyKey::Name(ident.sym.to_string()),
            ast::PropName::Str(text) => PropertyKey::Name(self.text(text)),
            ast::PropName::Num(number) => PropertyKey::Name(NumberLit(number.value).to_string()),
            ast::PropName::BigInt(number) => PropertyKey::Name(number.value.to_string()),
            ast::PropName::Computed(computed) => self.expr_key(&computed.expr),
        }
    }

    /// `['a']`, `[1]`, `[KEY]`, `[Enum.Member]`, `[Symbol.iterator]`
    fn expr_key(&self, key: &ast::Expr) -> PropertyKey {
        match self.constant(key) {
            Some(Value::Symbol) => PropertyKey::Symbol(spelling(key)),
            Some(value) => PropertyKey::Name(value.to_string()),
            None => {
                self.warn(
                    Code::Unsupported,
                    key.span().lo,
                    format!("the name of the property `[{}]` is not known from the declarations", spelling(key)),
                );
                PropertyKey::Symbol(spelling(key))
            }
        }
    }
}

/// How a computed key is spelled, for a reader.
fn spelling(key: &ast::Expr) -> String {
    expr_path(key).map_or_else(|| "…".to_owned(), |path| path.join("."))
}
