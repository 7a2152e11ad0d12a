//! Names: which declaration each name means, in every scope.
//!
//! `bind` walks the statements and fills the tables of `table`; `link` follows names through imports and re-exports,
//! with `stars` to tell which of many `export *` to ask.

mod bind;
mod link;
mod stars;
mod statement;
mod table;
#[cfg(test)]
mod tests;

use crate::diagnostic::Diagnostic;
use crate::model::DefId;
use crate::parse::Modules;
use crate::source::{EntryPoint, FileId, Sources};
use indexmap::IndexMap;
use link::{Found, PathEnd, Walk, export_names};
use std::collections::BTreeSet;
use swc_ecma_ast as ast;
use table::{ContainerId, EQUALS, GLOBAL, ModuleName, SymbolId, Tables};

/// Handle of a scope: a file's top level, a namespace's body, an ambient module's body, the global scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScopeId(pub u32);

/// The meanings a name can have (TypeScript handbook, "Declaration Merging").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// In type position: class, interface, alias, enum.
    Type,
    /// In value position: variable, function, class, enum, namespace with values.
    Value,
    /// Before a dot: namespace, module; also enums (`Colour.Red`).
    Namespace,
}

/// A syntax node that declares (a part of) a name. The file tells which module's positions the node has.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    /// `class`
    Class(&'a ast::Class),
    /// `interface`
    Interface(&'a ast::TsInterfaceDecl),
    /// `type`
    Alias(&'a ast::TsTypeAliasDecl),
    /// `enum`
    Enum(&'a ast::TsEnumDecl),
    /// `function`
    Function(&'a ast::Function),
    /// A declarator of `const`, `let`, `var`.
    Variable(&'a ast::VarDeclarator),
    /// `export default <expression>`, `export = <expression>` where the expression is no name.
    Expression(&'a ast::Expr),
    /// `namespace`, `module`
    Namespace(&'a ast::TsModuleDecl),
}

/// One of the merged declarations of a name.
#[derive(Clone, Copy)]
pub struct Part<'a> {
    /// Where it stands.
    pub file: FileId,
    /// The scope that names in it are looked up in.
    pub scope: ScopeId,
    /// The node.
    pub node: Node<'a>,
    /// Where the whole statement starts (its `export` or `declare`): the doc comment stands before it.
    pub statement: swc_common::BytePos,
}

/// What will be a [`crate::model::Def`]: one meaning of one name. Handles are given in the order of files and of first
/// parts, so that they depend on nothing but the input.
pub struct Declared<'a> {
    /// The name, dotted inside namespaces.
    pub name: String,
    /// Its parts, in order. A class's and an interface's parts of one name are one `Declared` (the class first), and so
    /// are those of an enum, of a function's overloads, of a namespace.
    pub parts: Vec<Part<'a>>,
    /// `declare module 'x'` or `global`, where it stands in one.
    pub ambient: Option<String>,
    /// Of a namespace: what it exports.
    pub members: IndexMap<String, Vec<DefId>>,
}

/// What a dotted name means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The declarations; empty where the name is declared nowhere.
    pub defs: Vec<DefId>,
    /// The names that are left when something that is no namespace was reached: the member of an enum, the property of
    /// a constant.
    pub rest: Vec<String>,
    /// Where the name is a module's namespace object (`import * as ns`, `export * as ns`) itself.
    pub module: Option<FileId>,
}

/// All names.
pub struct Symbols<'a> {
    /// By [`DefId`].
    pub declared: Vec<Declared<'a>>,
    /// What each file exports, re-exports resolved, `export *` included.
    pub exports: IndexMap<FileId, IndexMap<String, Vec<DefId>>>,
    tables: Tables<'a>,
    /// The handle of each symbol.
    ids: Vec<DefId>,
}

impl<'a> Symbols<'a> {
    /// What a dotted name means in a scope: locals, enclosing namespaces, imports, then globals. Aliases
    /// (`import A = B.C`, `export { x as y }`) are followed.
    pub fn lookup(&self, scope: ScopeId, path: &[&str], meaning: Meaning) -> Resolved {
        self.resolved(Walk::new(&self.tables).path(scope, path, Some(meaning)))
    }

    /// A name that is imported from a module with `export = value`: the value, and the name of its property.
    pub fn property_of_export(&self, scope: ScopeId, name: &str) -> Option<(Vec<DefId>, String)> {
        let (found, name) = Walk::new(&self.tables).property_of_export(scope, name)?;
        Some((self.defs(&found), name))
    }

    /// The modules that a file exports as namespaces (`export * as ns from`), by their names.
    pub fn namespace_exports(&self, file: FileId) -> Vec<(String, FileId)> {
        let exports = self.exports_of(file).into_iter();
        let modules = exports.filter_map(|(name, found)| {
            let module = found.modules.first().filter(|_| found.symbols.is_empty())?;
            Some((name, self.tables.container(*module).file?))
        });
        modules.collect()
    }

    /// What a dotted name means in a module that is named by a specifier: `import('x').Y`. An empty path is the module.
    pub fn lookup_import(&self, from: FileId, specifier: &str, path: &[&str], meaning: Meaning) -> Resolved {
        let name = ModuleName { file: from, specifier: specifier.to_owned() };
        let Some(container) = self.tables.module(&name) else { return Resolved::default() };
        let mut walk = Walk::new(&self.tables);
        let module = walk.module(container);
        match path {
            [] if module.modules.contains(&container) => self.resolved(PathEnd { found: module, ..PathEnd::default() }),
            // With `export =`, a named export may also stand beside it (in an augmentation).
            [] => self.resolved(walk.members(module, path, Some(meaning))),
            _ => self.resolved(walk.members(Found::module(container), path, Some(meaning))),
        }
    }

    /// What an entry exports, as [`Self::entry_exports`] says; where a `declare module` of the entry's whole name
    /// (`pkg/sub`) serves it, what that one exports. Several entries may share a file that way.
    pub fn exports_of_entry(&self, sources: &Sources, entry: &EntryPoint) -> IndexMap<String, Vec<DefId>> {
        let package = sources.packages.first().map_or("", |package| package.name.as_str());
        let specifier = format!("{}{}", typed_package(package), entry.subpath.trim_start_matches('.'));
        match self.tables.ambient.get(&specifier) {
            Some(container) => self.dotted(self.exports_in(*container)),
            None => self.entry_exports(entry.file),
        }
    }

    /// What an entry exports, namespace exports as dotted names (`ns.Inner`), `export =` and default under `default`
    /// (and, for `export =` of a namespace, its members by their own names).
    ///
    /// Of a script (a file without imports and exports), these are the global names that it and the scripts that it refers
    /// to by path declare.
    pub fn entry_exports(&self, file: FileId) -> IndexMap<String, Vec<DefId>> {
        self.dotted(self.exports_of(file))
    }

    /// With the members of namespaces.
    fn dotted(&self, found: Vec<(String, Found)>) -> IndexMap<String, Vec<DefId>> {
        let mut exports = IndexMap::new();
        for (name, found) in found {
            self.add_members(&name, &found, &mut exports);
            exports.insert(name, self.defs(&found));
        }
        exports.retain(|_, defs: &mut Vec<DefId>| !defs.is_empty());
        exports
    }

    /// The scope of a file's top level.
    pub fn file_scope(&self, file: FileId) -> ScopeId {
        self.tables.file_scopes[file.0 as usize]
    }

    fn exports_of(&self, file: FileId) -> Vec<(String, Found)> {
        let container = self.tables.files[file.0 as usize];
        let mut exports = self.exports_in(container);
        if container == GLOBAL {
            let files = self.scripts(file);
            let is_here = |symbol: &SymbolId| self.is_in(*symbol, &files);
            for (_, found) in &mut exports {
                found.symbols.retain(is_here);
                found.modules.clear();
            }
        }
        exports
    }

    /// The modules that a script, and what it refers to by path, declares (`declare module 'x'`), with what they export.
    /// Where modules are all that there is to import, each is an entry.
    pub fn modules_of_script(&self, file: FileId) -> Vec<(&str, IndexMap<String, Vec<DefId>>)> {
        if self.tables.files[file.0 as usize] != GLOBAL {
            return Vec::new();
        }
        let files = self.scripts(file);
        let named = self.tables.ambient.iter().filter(|(name, _)| !name.contains('*'));
        let modules = named.map(|(name, container)| {
            let mut exports = self.exports_in(*container);
            exports.retain(|(_, found)| found.symbols.iter().any(|symbol| self.is_in(*symbol, &files)));
            (name.as_str(), self.dotted(exports))
        });
        modules.filter(|(_, exports)| !exports.is_empty()).collect()
    }

    /// A script and the scripts that it refers to by path: they are read as one.
    fn scripts(&self, file: FileId) -> BTreeSet<FileId> {
        let mut files = BTreeSet::new();
        let mut open = vec![file];
        while let Some(file) = open.pop() {
            if self.tables.files[file.0 as usize] == GLOBAL && files.insert(file) {
                open.extend(self.tables.references[file.0 as usize]);
            }
        }
        files
    }

    /// What is declared globally: at the top of scripts and in `declare global`, and in the namespaces there.
    pub fn globals(&self) -> BTreeSet<DefId> {
        let mut globals = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut open = vec![GLOBAL];
        while let Some(container) = open.pop() {
            if !seen.insert(container) {
                continue;
            }
            for symbol in self.tables.container(container).names.values().flat_map(|name| &name.symbols) {
                globals.insert(self.ids[symbol.0 as usize]);
                open.extend(self.tables.symbol(*symbol).inner);
            }
        }
        globals
    }

    fn is_in(&self, symbol: SymbolId, files: &BTreeSet<FileId>) -> bool {
        self.tables.symbol(symbol).parts.iter().any(|part| files.contains(&part.file))
    }

    fn exports_in(&self, container: ContainerId) -> Vec<(String, Found)> {
        let names = export_names(&self.tables, container).into_iter();
        let exports = names.map(|name| {
            let found = Walk::new(&self.tables).export(container, &name);
            (if name == EQUALS { String::from("default") } else { name }, found)
        });
        exports.collect()
    }

    /// Adds what is in exported namespaces, by dotted names. A namespace that holds itself is not entered again.
    fn add_members(&self, name: &str, found: &Found, exports: &mut IndexMap<String, Vec<DefId>>) {
        let containers = |found: &Found| -> Vec<ContainerId> {
            let inner = found.symbols.iter().filter_map(|symbol| self.tables.symbol(*symbol).inner);
            inner.chain(found.modules.iter().copied()).collect()
        };
        let mut open: Vec<(String, ContainerId)> =
            containers(found).into_iter().map(|container| (name.to_owned(), container)).collect();
        let mut seen = BTreeSet::new();
        while let Some((prefix, container)) = open.pop() {
            if !seen.insert(container) {
                continue;
            }
            for member in export_names(&self.tables, container) {
                let found = Walk::new(&self.tables).export(container, &member);
                let member = if member == EQUALS { "default" } else { &member };
                let name = format!("{prefix}.{member}");
                open.extend(containers(&found).into_iter().map(|container| (name.clone(), container)));
                exports.insert(name, self.defs(&found));
            }
        }
    }

    fn resolved(&self, end: PathEnd) -> Resolved {
        let defs = self.defs(&end.found);
        let module = end.found.modules.iter().find_map(|container| self.tables.container(*container).file);
        Resolved { defs, rest: if end.found.is_empty() { Vec::new() } else { end.rest }, module }
    }

    fn defs(&self, found: &Found) -> Vec<DefId> {
        let mut defs: Vec<DefId> = found.symbols.iter().map(|symbol| self.ids[symbol.0 as usize]).collect();
        defs.sort();
        defs
    }

    /// The declaration of each handle.
    fn declare_all(&self, order: &[SymbolId]) -> Vec<Declared<'a>> {
        let declared = order.iter().map(|id| {
            let symbol = self.tables.symbol(*id);
            let members = symbol.inner.map(|container| self.members_of(container)).unwrap_or_default();
            Declared {
                name: symbol.name.clone(),
                parts: symbol.parts.clone(),
                ambient: symbol.ambient.clone(),
                members,
            }
        });
        declared.collect()
    }

    fn members_of(&self, container: ContainerId) -> IndexMap<String, Vec<DefId>> {
        let names = export_names(&self.tables, container).into_iter();
        let members = names.map(|name| {
            let defs = self.defs(&Walk::new(&self.tables).export(container, &name));
            (name, defs)
        });
        members.filter(|(_, defs)| !defs.is_empty()).collect()
    }
}

/// Collects the declarations of all files and links imports and re-exports.
pub fn collect<'a>(sources: &Sources, modules: &'a Modules) -> (Symbols<'a>, Vec<Diagnostic>) {
    let mut tables = bind::bind(modules);
    tables.close();
    let mut order: Vec<SymbolId> = (0..tables.symbols.len()).map(table::symbol_id).collect();
    order.sort_by_key(|id| tables.symbol(*id).position());
    let mut ids = vec![DefId(0); order.len()];
    for (index, id) in order.iter().enumerate() {
        ids[id.0 as usize] = DefId(table::symbol_id(index).0);
    }
    let mut symbols = Symbols { declared: Vec::new(), exports: IndexMap::new(), tables, ids };
    symbols.declared = symbols.declare_all(&order);
    for index in 0..sources.files.len() {
        let file = modules.modules[index].file;
        let exports = symbols.exports_of(file).into_iter().map(|(name, found)| (name, symbols.defs(&found)));
        let exports = exports.filter(|(_, defs)| !defs.is_empty()).collect();
        symbols.exports.insert(file, exports);
    }
    (symbols, Vec::new())
}

/// The package that a package of types is about: `@types/scope__name` declares the modules of `@scope/name`.
fn typed_package(package: &str) -> String {
    match package.strip_prefix("@types/") {
        Some(name) => name.split_once("__").map_or(name.to_owned(), |(scope, name)| format!("@{scope}/{name}")),
        None => package.to_owned(),
    }
}

#[cfg(test)]
mod package_tests {
    #[test]
    fn packages_of_types_declare_modules_of_others() {
        let about = super::typed_package;
        assert_eq!(about("@types/vscode"), "vscode");
        assert_eq!(about("@types/babel__core"), "@babel/core");
        assert_eq!(about("@clerk/types"), "@clerk/types");
    }
}
