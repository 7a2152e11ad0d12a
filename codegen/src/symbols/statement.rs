//! Small questions about syntax nodes.

use swc_common::{BytePos, Spanned};
use swc_ecma_ast as ast;
use swc_ecma_ast::{Expr, ModuleDecl, ModuleItem, Pat};

/// Whether a file with these statements is a module; others are scripts, whose declarations are global.
pub(super) fn is_module(items: &[ModuleItem]) -> bool {
    items.iter().any(|item| match item {
        ModuleItem::Stmt(_) | ModuleItem::ModuleDecl(ModuleDecl::TsNamespaceExport(_)) => false,
        ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => {
            import.is_export || matches!(import.module_ref, ast::TsModuleRef::TsExternalModuleRef(_))
        }
        ModuleItem::ModuleDecl(_) => true,
    })
}

/// Whether something says what is exported. If not, everything declared in an ambient context is.
pub(super) fn has_export_list(items: &[ModuleItem]) -> bool {
    items.iter().any(|item| match item {
        ModuleItem::ModuleDecl(item) => matches!(
            item,
            ModuleDecl::ExportNamed(_)
                | ModuleDecl::ExportAll(_)
                | ModuleDecl::ExportDefaultExpr(_)
                | ModuleDecl::TsExportAssignment(_)
        ),
        ModuleItem::Stmt(_) => false,
    })
}

/// Where a statement starts.
pub(super) fn start(item: &ModuleItem) -> BytePos {
    item.span().lo
}

/// The name in `export { name as other }`.
pub(super) fn export_name(name: &ast::ModuleExportName) -> String {
    match name {
        ast::ModuleExportName::Ident(name) => name.sym.to_string(),
        ast::ModuleExportName::Str(name) => name.value.to_string_lossy().into_owned(),
    }
}

/// The names of `A.B.C`.
pub(super) fn entity_path(name: &ast::TsEntityName) -> Vec<String> {
    let mut path = Vec::new();
    let mut name = name;
    loop {
        match name {
            ast::TsEntityName::Ident(first) => {
                path.push(first.sym.to_string());
                path.reverse();
                return path;
            }
            ast::TsEntityName::TsQualifiedName(qualified) => {
                path.push(qualified.right.sym.to_string());
                name = &qualified.left;
            }
        }
    }
}

/// The names of an expression that is nothing but names: `a`, `a.b`.
pub(super) fn path_of(expression: &Expr) -> Option<Vec<String>> {
    let mut path = Vec::new();
    let mut expression = expression;
    loop {
        match expression {
            Expr::Ident(first) => {
                path.push(first.sym.to_string());
                path.reverse();
                return Some(path);
            }
            Expr::Member(member) => {
                path.push(member.prop.as_ident()?.sym.to_string());
                expression = &member.obj;
            }
            Expr::Paren(inner) => expression = &inner.expr,
            _ => return None,
        }
    }
}

/// The names that a pattern binds: one, or those of `const { a, b }: T`.
pub(super) fn bound_names(pattern: &Pat) -> Vec<String> {
    let mut names = Vec::new();
    let mut open = vec![pattern];
    while let Some(pattern) = open.pop() {
        match pattern {
            Pat::Ident(name) => names.push(name.id.sym.to_string()),
            Pat::Array(array) => open.extend(array.elems.iter().rev().flatten()),
            Pat::Rest(rest) => open.push(&rest.arg),
            Pat::Assign(assign) => open.push(&assign.left),
            Pat::Object(object) => {
                for property in &object.props {
                    match property {
                        ast::ObjectPatProp::KeyValue(it) => open.push(&it.value),
                        ast::ObjectPatProp::Assign(it) => names.push(it.key.id.sym.to_string()),
                        ast::ObjectPatProp::Rest(it) => open.push(&it.arg),
                    }
                }
            }
            Pat::Invalid(_) | Pat::Expr(_) => {}
        }
    }
    names
}
