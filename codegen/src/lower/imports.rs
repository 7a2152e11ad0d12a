//! Names from modules that were not found.
//!
//! A name that is imported from a package which is not installed must not be taken for a global one: `Text` of some
//! package is not the `Text` of browsers. So it is called `import("package").Text`, which no library declares.

use super::context::World;
use super::paths::entity_path;
use crate::parse::Module;
use crate::source::FileId;
use crate::source::is_builtin;
use indexmap::IndexMap;
use std::cell::RefCell;
use std::collections::BTreeMap;
use swc_ecma_ast as ast;

/// A name that is declared nowhere.
pub(super) struct Missing {
    /// What it is called.
    pub name: String,
    /// The platform's own module that exports it.
    pub module: Option<String>,
}

/// What a local name stands for.
#[derive(Clone)]
struct Imported {
    specifier: String,
    /// The name in that module; `None` for the module itself.
    name: Option<String>,
}

/// The imports of the files that were asked for.
#[derive(Default)]
pub(super) struct Imports {
    by_file: RefCell<BTreeMap<FileId, IndexMap<String, Imported>>>,
}

impl World<'_> {
    /// How a dotted name that is declared nowhere is to be called.
    pub fn name_of_missing(&self, file: FileId, path: &[&str]) -> Missing {
        let global = Missing { name: path.join("."), module: None };
        let Some((first, rest)) = path.split_first() else { return global };
        let mut by_file = self.imports.by_file.borrow_mut();
        let imports = by_file.entry(file).or_insert_with(|| imports_of(self.module(file)));
        let Some(imported) = imports.get(*first) else { return global };
        let names: Vec<&str> = imported.name.as_deref().into_iter().chain(rest.iter().copied()).collect();
        name_in_module(&imported.specifier, &names)
    }
}

/// How a name in a module that was not found is to be called. What the platform's own modules export (`URL` of
/// `node:url`) is what is global elsewhere.
pub(super) fn name_in_module(specifier: &str, path: &[&str]) -> Missing {
    if is_builtin(specifier) && !path.is_empty() {
        return Missing { name: path.join("."), module: Some(specifier.to_owned()) };
    }
    let module = format!("import(\"{specifier}\")");
    let name = std::iter::once(module.as_str()).chain(path.iter().copied()).collect::<Vec<_>>().join(".");
    Missing { name, module: None }
}

fn imports_of(module: &Module) -> IndexMap<String, Imported> {
    let mut imports = IndexMap::new();
    for item in &module.ast.body {
        match item {
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::Import(import)) => add_import(import, &mut imports),
            ast::ModuleItem::ModuleDecl(ast::ModuleDecl::TsImportEquals(import)) => add_equals(import, &mut imports),
            _ => {}
        }
    }
    imports
}

fn add_import(import: &ast::ImportDecl, imports: &mut IndexMap<String, Imported>) {
    let source = import.src.value.to_string_lossy();
    for specifier in &import.specifiers {
        let (local, name) = match specifier {
            ast::ImportSpecifier::Named(named) => {
                let name = named.imported.as_ref().map_or_else(|| named.local.sym.to_string(), exported_name);
                (&named.local, Some(name))
            }
            ast::ImportSpecifier::Default(default) => (&default.local, Some("default".to_owned())),
            ast::ImportSpecifier::Namespace(space) => (&space.local, None),
        };
        imports.insert(local.sym.to_string(), Imported { specifier: source.to_string(), name });
    }
}

/// `import A = require('a')`, `import B = A.B`
fn add_equals(import: &ast::TsImportEqualsDecl, imports: &mut IndexMap<String, Imported>) {
    let imported = match &import.module_ref {
        ast::TsModuleRef::TsExternalModuleRef(module) => {
            Some(Imported { specifier: module.expr.value.to_string_lossy().into_owned(), name: None })
        }
        ast::TsModuleRef::TsEntityName(name) => {
            let path = entity_path(name);
            imports.get(path[0]).map(|first| {
                let names: Vec<&str> = first.name.as_deref().into_iter().chain(path[1..].iter().copied()).collect();
                Imported { specifier: first.specifier.clone(), name: Some(names.join(".")) }
            })
        }
    };
    if let Some(imported) = imported {
        imports.insert(import.id.sym.to_string(), imported);
    }
}

fn exported_name(name: &ast::ModuleExportName) -> String {
    match name {
        ast::ModuleExportName::Ident(ident) => ident.sym.to_string(),
        ast::ModuleExportName::Str(text) => text.value.to_string_lossy().into_owned(),
    }
}
