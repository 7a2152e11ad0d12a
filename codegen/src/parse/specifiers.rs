//! The specifiers in a syntax tree's statements.

use super::offset_of;
use super::scan::Specifier;
use crate::load::SpecifierKind;
use swc_ecma_ast::{Decl, ModuleDecl, ModuleItem, Stmt, Str, TsModuleDecl, TsModuleName, TsModuleRef, TsNamespaceBody};

/// The specifiers of imports, re-exports and ambient modules, those in the bodies of ambient modules too.
pub(super) fn of_items(items: &[ModuleItem]) -> Vec<Specifier> {
    let mut found = Vec::new();
    let mut bodies = vec![items];
    while let Some(items) = bodies.pop() {
        for item in items {
            bodies.extend(of_item(item, &mut found));
        }
    }
    found
}

/// Those of one item; gives the body of an ambient module back.
fn of_item<'a>(item: &'a ModuleItem, found: &mut Vec<Specifier>) -> Option<&'a [ModuleItem]> {
    match item {
        ModuleItem::ModuleDecl(declaration) => match declaration {
            ModuleDecl::Import(import) => push(&import.src, SpecifierKind::Import, found),
            ModuleDecl::ExportAll(export) => push(&export.src, SpecifierKind::Reexport, found),
            ModuleDecl::ExportNamed(export) => {
                if let Some(source) = &export.src {
                    push(source, SpecifierKind::Reexport, found);
                }
            }
            ModuleDecl::TsImportEquals(import) => {
                if let TsModuleRef::TsExternalModuleRef(module) = &import.module_ref {
                    push(&module.expr, SpecifierKind::Import, found);
                }
            }
            ModuleDecl::ExportDecl(export) => return of_declaration(&export.decl, found),
            _ => {}
        },
        ModuleItem::Stmt(Stmt::Decl(declaration)) => return of_declaration(declaration, found),
        ModuleItem::Stmt(_) => {}
    }
    None
}

fn of_declaration<'a>(declaration: &'a Decl, found: &mut Vec<Specifier>) -> Option<&'a [ModuleItem]> {
    let Decl::TsModule(module) = declaration else { return None };
    if let (TsModuleName::Str(name), false) = (&module.id, module.global) {
        push(name, SpecifierKind::ModuleName, found);
    }
    body_of(module)
}

/// The statements of a namespace or module, of the innermost one of `A.B.C`.
fn body_of(module: &TsModuleDecl) -> Option<&[ModuleItem]> {
    let mut body = module.body.as_ref()?;
    loop {
        match body {
            TsNamespaceBody::TsModuleBlock(block) => return Some(&block.body),
            TsNamespaceBody::TsNamespaceDecl(inner) => body = &inner.body,
        }
    }
}

fn push(literal: &Str, kind: SpecifierKind, found: &mut Vec<Specifier>) {
    let text = literal.value.to_string_lossy().into_owned();
    found.push(Specifier { text, kind, at: offset_of(literal.span.lo) });
}
