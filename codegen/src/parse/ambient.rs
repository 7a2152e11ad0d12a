//! `@types` packages that nothing refers to: TypeScript reads all that are installed, for what they declare globally.
//!
//! Here those are read that declare something which is used and which nothing else declares, so that what is read, and
//! said to be read, is what the output rests on.

use super::file::ParsedFile;
use super::waves::{matches, names_of_modules, reach};
use crate::load::Loader;
use std::collections::BTreeSet;
use std::path::PathBuf;
use swc_ecma_ast::{Decl, Module, ModuleDecl, ModuleItem, Stmt, TsModuleName, TsNamespaceBody};

/// What is used and declared nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Global names.
    pub names: BTreeSet<String>,
    /// The platform's own modules.
    pub modules: BTreeSet<String>,
}

/// The entries of the installed `@types` packages that declare something of what is wanted.
pub fn ambient(loader: &Loader, wanted: &Wanted) -> BTreeSet<PathBuf> {
    let serves = |path: &PathBuf| {
        let files = reach(loader, BTreeSet::from([path.clone()])).files;
        files.iter().any(|file| declares(file, wanted))
    };
    loader.ambient_entries().into_iter().filter(serves).collect()
}

fn declares(file: &ParsedFile, wanted: &Wanted) -> bool {
    let mut modules = names_of_modules(&file.ast).into_iter();
    modules.any(|name| wanted.modules.iter().any(|module| matches(&name, module)))
        || globals(&file.ast).iter().any(|name| wanted.names.contains(name))
}

/// The global names that a file declares.
fn globals(ast: &Module) -> BTreeSet<String> {
    let is_script = ast.body.iter().all(|item| matches!(item, ModuleItem::Stmt(_)));
    let mut names = BTreeSet::new();
    for item in &ast.body {
        match item {
            ModuleItem::ModuleDecl(ModuleDecl::TsNamespaceExport(export)) => {
                names.insert(export.id.sym.to_string());
            }
            ModuleItem::Stmt(Stmt::Decl(decl)) if is_script => names.extend(name_of(decl)),
            ModuleItem::Stmt(Stmt::Decl(Decl::TsModule(module))) if module.global => {
                if let Some(TsNamespaceBody::TsModuleBlock(block)) = &module.body {
                    names.extend(block.body.iter().filter_map(|item| match item {
                        ModuleItem::Stmt(Stmt::Decl(decl)) => name_of(decl),
                        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => name_of(&export.decl),
                        _ => None,
                    }));
                }
            }
            _ => {}
        }
    }
    names
}

fn name_of(decl: &Decl) -> Option<String> {
    let name = match decl {
        Decl::Class(it) => &it.ident,
        Decl::TsInterface(it) => &it.id,
        Decl::TsTypeAlias(it) => &it.id,
        Decl::TsEnum(it) => &it.id,
        Decl::TsModule(it) => match &it.id {
            TsModuleName::Ident(name) => name,
            TsModuleName::Str(_) => return None,
        },
        _ => return None,
    };
    Some(name.sym.to_string())
}
