//! Dotted names as lists of names. Written with loops: `a.b.c…` nests as deep as it is long.

use std::borrow::Cow;
use swc_ecma_ast as ast;

/// `A.B.C` in type position.
pub(super) fn entity_path(name: &ast::TsEntityName) -> Vec<&str> {
    let mut path = Vec::new();
    let mut rest = name;
    loop {
        match rest {
            ast::TsEntityName::Ident(ident) => {
                path.push(&*ident.sym);
                break;
            }
            ast::TsEntityName::TsQualifiedName(qualified) => {
                path.push(&*qualified.right.sym);
                rest = &qualified.left;
            }
        }
    }
    path.reverse();
    path
}

/// `a.b.c` and `a['b'].c` in value position; `None` for any other expression.
pub(super) fn expr_path(expr: &ast::Expr) -> Option<Vec<Cow<'_, str>>> {
    let mut path = Vec::new();
    let mut rest = expr;
    loop {
        match rest {
            ast::Expr::Ident(ident) => {
                path.push(Cow::Borrowed(&*ident.sym));
                break;
            }
            ast::Expr::Member(member) => {
                path.push(member_name(&member.prop)?);
                rest = &member.obj;
            }
            ast::Expr::Paren(paren) => rest = &paren.expr,
            _ => return None,
        }
    }
    path.reverse();
    Some(path)
}

fn member_name(prop: &ast::MemberProp) -> Option<Cow<'_, str>> {
    match prop {
        ast::MemberProp::Ident(name) => Some(Cow::Borrowed(&*name.sym)),
        ast::MemberProp::Computed(computed) => match &*computed.expr {
            ast::Expr::Lit(ast::Lit::Str(text)) => Some(text.value.to_string_lossy()),
            _ => None,
        },
        ast::MemberProp::PrivateName(_) => None,
    }
}

/// The names as the lookup takes them.
pub(super) fn borrowed<'p>(path: &'p [Cow<'_, str>]) -> Vec<&'p str> {
    path.iter().map(AsRef::as_ref).collect()
}
