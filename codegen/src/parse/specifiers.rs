//! The specifiers in a syntax tree's statements.

use super::offset_of;
use super::scan::Specifier;
use crate::load::SpecifierKind;
use swc_ecma_ast::{
    Decl, ExportSpecifier, ImportSpecifier, ModuleDecl, ModuleExportName, ModuleItem, Stmt, Str, TsModuleDecl,
    TsModuleName, TsModuleRef, TsNamespaceBody,
};

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
            ModuleDecl::Import(import) => {
                let names = import.specifiers.iter().map(local_name).collect();
                push(&import.src, SpecifierKind::Import, names, found);
            }
            ModuleDecl::ExportAll(export) => push(&export.src, SpecifierKind::Reexport, Vec::new(), found),
            ModuleDecl::ExportNamed(export) => {
                if let Some(source) = &export.src {
                    let names = export.specifiers.iter().map(exported_name).collect();
                    push(source, SpecifierKind::Reexport, names, found);
                }
            }
            ModuleDecl::TsImportEquals(import) => {
                if let TsModuleRef::TsExternalModuleRef(module) = &import.module_ref {
                    push(&module.expr, SpecifierKind::Import, vec![import.id.sym.to_string()], found);
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
        push(name, SpecifierKind::ModuleName, Vec::new(), found);
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

fn push(literal: &Str, kind: SpecifierKind, names: Vec<String>, found: &mut Vec<Specifier>) {
    let text = literal.value.to_string_lossy().into_owned();
    found.push(Specifier { text, kind, names, at: offset_of(literal.span.lo) });
}

fn local_name(specifier: &ImportSpecifier) -> String {
    let local = match specifier {
        ImportSpecifier::Named(it) => &it.local,
        ImportSpecifier::Default(it) => &it.local,
        ImportSpecifier::Namespace(it) => &it.local,
    };
    local.sym.to_string()
}

fn exported_name(specifier: &ExportSpecifier) -> String {
    let name = match specifier {
        ExportSpecifier::Named(it) => it.exported.as_ref().unwrap_or(&it.orig),
        ExportSpecifier::Namespace(it) => &it.name,
        ExportSpecifier::Default(it) => return it.exported.sym.to_string(),
    };
    match name {
        ModuleExportName::Ident(name) => name.sym.to_string(),
        ModuleExportName::Str(name) => name.value.to_string_lossy().into_owned(),
    }
}
