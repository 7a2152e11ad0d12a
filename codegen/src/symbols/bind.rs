//! Pass 1: walks the statements of every file and fills the tables. Nothing is resolved but augmented modules.

use super::link::Walk;
use super::table::{
    Alias, Container, ContainerId, EQUALS, GLOBAL, Kind, ModuleName, Name, Scope, Symbol, SymbolId, Tables,
};
use super::{Node, Part, ScopeId, statement};
use crate::parse::{Module, Modules};
use std::collections::VecDeque;
use swc_common::BytePos;
use swc_ecma_ast as ast;
use swc_ecma_ast::ModuleItem;

/// Fills the tables.
pub(super) fn bind(modules: &Modules) -> Tables<'_> {
    let mut binder = Binder { tables: Tables::default(), open: VecDeque::new(), augmentations: VecDeque::new() };
    binder.tables.add_container(Container::default());
    binder.tables.imports = modules.modules.iter().map(|module| &module.imports).collect();
    binder.tables.references = modules.modules.iter().map(|module| module.references.as_slice()).collect();
    for module in &modules.modules {
        binder.add_file(module);
    }
    binder.drain();
    // What is augmented must be there first: augmentations look up what they add to.
    while let Some(augmentation) = binder.augmentations.pop_front() {
        binder.augment(augmentation);
        binder.drain();
    }
    binder.tables
}

/// Statements that wait for being walked.
struct Body<'a> {
    items: Items<'a>,
    scope: ScopeId,
    /// Whether it is all declarations, none of which needs `declare`.
    ambient: bool,
}

/// The content of a body.
enum Items<'a> {
    Statements(&'a [ModuleItem]),
    /// `B.C { … }` of `namespace A.B.C { … }`, and the whole statement.
    Nested(&'a ast::TsNamespaceDecl, &'a ast::TsModuleDecl, BytePos),
}

/// `declare module 'x' { … }` for a module that there is.
struct Augmentation<'a> {
    declaration: &'a ast::TsModuleDecl,
    name: ModuleName,
    parent: ScopeId,
}

/// A statement that declares.
#[derive(Clone, Copy)]
struct Place {
    scope: ScopeId,
    exported: bool,
    /// Whether names inside are exported without `export`.
    ambient: bool,
    statement: BytePos,
}

struct Binder<'a> {
    tables: Tables<'a>,
    open: VecDeque<Body<'a>>,
    augmentations: VecDeque<Augmentation<'a>>,
}

impl<'a> Binder<'a> {
    fn add_file(&mut self, module: &'a Module) {
        let container = match statement::is_module(&module.ast.body) {
            true => self.tables.add_container(Container { file: Some(module.file), ..Container::default() }),
            false => GLOBAL,
        };
        let scope = self.tables.add_scope(Scope {
            parent: None,
            container,
            locals: Default::default(),
            file: module.file,
            prefix: String::new(),
            ambient: None,
            augments: false,
        });
        self.tables.files.push(container);
        self.tables.file_scopes.push(scope);
        let items = Items::Statements(&module.ast.body);
        self.open.push_back(Body { items, scope, ambient: module.is_declaration });
    }

    fn drain(&mut self) {
        while let Some(body) = self.open.pop_front() {
            match body.items {
                Items::Statements(items) => {
                    let is_script = self.tables.scope(body.scope).container == GLOBAL;
                    let auto = is_script || (body.ambient && !statement::has_export_list(items));
                    for item in items {
                        self.item(item, body.scope, auto, body.ambient);
                    }
                }
                Items::Nested(inner, whole, statement) => {
                    let place = Place { scope: body.scope, exported: true, ambient: body.ambient, statement };
                    self.namespace(&inner.id.sym, Some(&inner.body), whole, place);
                }
            }
        }
    }

    fn item(&mut self, item: &'a ModuleItem, scope: ScopeId, auto: bool, ambient: bool) {
        let statement = statement::start(item);
        let place = Place { scope, exported: auto, ambient, statement };
        match item {
            ModuleItem::Stmt(ast::Stmt::Decl(declaration)) => self.declaration(declaration, place),
            ModuleItem::Stmt(_) => {}
            ModuleItem::ModuleDecl(item) => match item {
                ast::ModuleDecl::ExportDecl(export) => {
                    self.declaration(&export.decl, Place { exported: true, ..place });
                }
                ast::ModuleDecl::ExportDefaultDecl(export) => self.default_declaration(&export.decl, place),
                ast::ModuleDecl::ExportDefaultExpr(export) => self.expression("default", &export.expr, place),
                ast::ModuleDecl::TsExportAssignment(export) => self.expression(EQUALS, &export.expr, place),
                ast::ModuleDecl::Import(import) => self.import(import, scope),
                ast::ModuleDecl::ExportNamed(export) => self.export_list(export, scope),
                ast::ModuleDecl::ExportAll(export) => {
                    let name = self.module_name(scope, &export.src);
                    let container = self.tables.scope(scope).container;
                    self.tables.containers[container.0 as usize].stars.push(name);
                }
                ast::ModuleDecl::TsImportEquals(import) => self.import_equals(import, scope),
                ast::ModuleDecl::TsNamespaceExport(export) => {
                    let container = self.tables.scope(scope).container;
                    let alias = self.tables.add_alias(Alias::Container(container));
                    let globals = &mut self.tables.containers[GLOBAL.0 as usize].names;
                    globals.entry(export.id.sym.to_string()).or_default().aliases.push(alias);
                }
            },
        }
    }

    fn declaration(&mut self, declaration: &'a ast::Decl, place: Place) {
        let (name, node) = match declaration {
            ast::Decl::Class(class) => (&class.ident.sym, Node::Class(&class.class)),
            ast::Decl::Fn(function) => (&function.ident.sym, Node::Function(&function.function)),
            ast::Decl::TsInterface(interface) => (&interface.id.sym, Node::Interface(interface)),
            ast::Decl::TsTypeAlias(alias) => (&alias.id.sym, Node::Alias(alias)),
            ast::Decl::TsEnum(it) => (&it.id.sym, Node::Enum(it)),
            ast::Decl::Var(variables) => return self.variables(variables, place),
            ast::Decl::TsModule(module) => return self.module(module, place),
            ast::Decl::Using(_) => return,
        };
        self.declare(name, node, place);
    }

    fn variables(&mut self, variables: &'a ast::VarDecl, place: Place) {
        for declarator in &variables.decls {
            for name in statement::bound_names(&declarator.name) {
                self.declare(&name, Node::Variable(declarator), place);
            }
        }
    }

    /// Adds a part to the declaration of its name and kind, or makes one.
    fn declare(&mut self, name: &str, node: Node<'a>, place: Place) -> SymbolId {
        let kind = Kind::of(node);
        let scope = self.tables.scope(place.scope);
        let part = Part { file: scope.file, scope: place.scope, node, statement: place.statement };
        let symbol = match self.merged(name, kind, place) {
            Some(symbol) => symbol,
            None => {
                let (prefix, ambient) = (&scope.prefix, scope.ambient.clone());
                let symbol = Symbol { kind, name: format!("{prefix}{name}"), parts: Vec::new(), ambient, inner: None };
                let symbol = self.tables.add_symbol(symbol);
                self.name_entry(name, place).symbols.push(symbol);
                symbol
            }
        };
        self.tables.symbols[symbol.0 as usize].parts.push(part);
        symbol
    }

    /// The declaration that one of this name and kind merges with.
    fn merged(&self, name: &str, kind: Kind, place: Place) -> Option<SymbolId> {
        let scope = self.tables.scope(place.scope);
        let is_kind = |symbol: &SymbolId| self.tables.symbol(*symbol).kind == kind;
        if !place.exported {
            return scope.locals.get(name)?.symbols.iter().copied().find(is_kind);
        }
        if let Some(known) = self.tables.container(scope.container).names.get(name)
            && let Some(symbol) = known.symbols.iter().copied().find(is_kind)
        {
            return Some(symbol);
        }
        if !scope.augments {
            return None;
        }
        // The augmented module may only pass on what another one declares.
        Walk::new(&self.tables).export(scope.container, name).symbols.into_iter().find(is_kind)
    }

    fn name_entry(&mut self, name: &str, place: Place) -> &mut Name {
        let scope = &mut self.tables.scopes[place.scope.0 as usize];
        let names = match place.exported {
            true => &mut self.tables.containers[scope.container.0 as usize].names,
            false => &mut scope.locals,
        };
        names.entry(name.to_owned()).or_default()
    }

    fn alias(&mut self, name: &str, exported: bool, scope: ScopeId, alias: Alias) {
        let alias = self.tables.add_alias(alias);
        let place = Place { scope, exported, ambient: false, statement: BytePos(0) };
        self.name_entry(name, place).aliases.push(alias);
    }

    fn default_declaration(&mut self, declaration: &'a ast::DefaultDecl, place: Place) {
        let (name, node) = match declaration {
            ast::DefaultDecl::Class(it) => (it.ident.as_ref(), Node::Class(&it.class)),
            ast::DefaultDecl::Fn(it) => (it.ident.as_ref(), Node::Function(&it.function)),
            ast::DefaultDecl::TsInterfaceDecl(it) => (Some(&it.id), Node::Interface(it)),
        };
        match name {
            Some(name) => {
                self.declare(&name.sym, node, Place { exported: false, ..place });
                self.alias("default", true, place.scope, Alias::Path(place.scope, vec![name.sym.to_string()]));
            }
            None => {
                self.declare("default", node, Place { exported: true, ..place });
            }
        }
    }

    /// `export default x`, `export = x`: an alias where `x` is a name, else a declaration of its own.
    fn expression(&mut self, name: &str, expression: &'a ast::Expr, place: Place) {
        match statement::path_of(expression) {
            Some(path) => self.alias(name, true, place.scope, Alias::Path(place.scope, path)),
            None => {
                let symbol = self.declare(name, Node::Expression(expression), Place { exported: true, ..place });
                let prefix = &self.tables.scope(place.scope).prefix;
                let name = format!("{prefix}default");
                self.tables.symbols[symbol.0 as usize].name = name;
            }
        }
    }

    fn module_name(&self, scope: ScopeId, specifier: &ast::Str) -> ModuleName {
        let specifier = specifier.value.to_string_lossy().into_owned();
        ModuleName { file: self.tables.scope(scope).file, specifier }
    }

    fn import(&mut self, import: &ast::ImportDecl, scope: ScopeId) {
        let module = self.module_name(scope, &import.src);
        for specifier in &import.specifiers {
            let module = module.clone();
            let (local, alias) = match specifier {
                ast::ImportSpecifier::Named(it) => {
                    let imported =
                        it.imported.as_ref().map_or_else(|| it.local.sym.to_string(), statement::export_name);
                    (&it.local, Alias::Member(module, imported))
                }
                ast::ImportSpecifier::Default(it) => (&it.local, Alias::Member(module, String::from("default"))),
                ast::ImportSpecifier::Namespace(it) => (&it.local, Alias::Module(module)),
            };
            self.alias(&local.sym, false, scope, alias);
        }
    }

    fn export_list(&mut self, export: &ast::NamedExport, scope: ScopeId) {
        let module = export.src.as_ref().map(|source| self.module_name(scope, source));
        for specifier in &export.specifiers {
            let (name, alias) = match (specifier, module.clone()) {
                (ast::ExportSpecifier::Named(it), module) => {
                    let original = statement::export_name(&it.orig);
                    let exported = it.exported.as_ref().map_or_else(|| original.clone(), statement::export_name);
                    let alias = match module {
                        Some(module) => Alias::Member(module, original),
                        None => Alias::Path(scope, vec![original]),
                    };
                    (exported, alias)
                }
                (ast::ExportSpecifier::Namespace(it), Some(module)) => {
                    (statement::export_name(&it.name), Alias::Module(module))
                }
                (ast::ExportSpecifier::Default(it), Some(module)) => {
                    (it.exported.sym.to_string(), Alias::Member(module, String::from("default")))
                }
                // Without `from`, the parser accepts named ones only.
                _ => continue,
            };
            let alias = self.tables.add_alias(alias);
            let place = Place { scope, exported: true, ambient: false, statement: BytePos(0) };
            self.name_entry(&name, place).listed.push(alias);
        }
    }

    fn import_equals(&mut self, import: &ast::TsImportEqualsDecl, scope: ScopeId) {
        let alias = match &import.module_ref {
            ast::TsModuleRef::TsExternalModuleRef(module) => Alias::Module(self.module_name(scope, &module.expr)),
            ast::TsModuleRef::TsEntityName(name) => Alias::Path(scope, statement::entity_path(name)),
        };
        self.alias(&import.id.sym, import.is_export, scope, alias);
    }

    fn module(&mut self, module: &'a ast::TsModuleDecl, place: Place) {
        let place = Place { ambient: place.ambient || module.declare, ..place };
        match &module.id {
            _ if module.global => self.ambient_body(module, place.scope, GLOBAL, "global", false),
            ast::TsModuleName::Ident(name) => self.namespace(&name.sym, module.body.as_ref(), module, place),
            ast::TsModuleName::Str(specifier) => {
                let name = self.module_name(place.scope, specifier);
                let file = name.file.0 as usize;
                let resolves = matches!(self.tables.imports[file].get(&name.specifier), Some(Some(_)));
                if resolves && self.tables.files[file] != GLOBAL {
                    self.augmentations.push_back(Augmentation { declaration: module, name, parent: place.scope });
                    return;
                }
                let container = match self.tables.ambient.get(&name.specifier) {
                    Some(known) => *known,
                    None => self.tables.add_container(Container::default()),
                };
                self.tables.ambient.insert(name.specifier.clone(), container);
                self.ambient_body(module, place.scope, container, &name.specifier, false);
            }
        }
    }

    fn augment(&mut self, augmentation: Augmentation<'a>) {
        let Some(container) = self.tables.module(&augmentation.name) else { return };
        // With `export = x`, what is augmented is the namespace `x`.
        let target = Walk::new(&self.tables).augmented(container);
        let name = &augmentation.name.specifier;
        self.ambient_body(augmentation.declaration, augmentation.parent, target, name, true);
    }

    fn ambient_body(
        &mut self,
        module: &'a ast::TsModuleDecl,
        parent: ScopeId,
        container: ContainerId,
        ambient: &str,
        augments: bool,
    ) {
        let Some(ast::TsNamespaceBody::TsModuleBlock(block)) = &module.body else { return };
        let scope = self.tables.add_scope(Scope {
            parent: Some(parent),
            container,
            locals: Default::default(),
            file: self.tables.scope(parent).file,
            prefix: String::new(),
            ambient: Some(ambient.to_owned()),
            augments,
        });
        self.open.push_back(Body { items: Items::Statements(&block.body), scope, ambient: true });
    }

    fn namespace(
        &mut self,
        name: &str,
        body: Option<&'a ast::TsNamespaceBody>,
        whole: &'a ast::TsModuleDecl,
        place: Place,
    ) {
        let symbol = self.declare(name, Node::Namespace(whole), place);
        let container = match self.tables.symbol(symbol).inner {
            Some(container) => container,
            None => self.tables.add_container(Container::default()),
        };
        self.tables.symbols[symbol.0 as usize].inner = Some(container);
        let parent = self.tables.scope(place.scope);
        let scope = Scope {
            parent: Some(place.scope),
            container,
            locals: Default::default(),
            file: parent.file,
            prefix: format!("{}.", self.tables.symbol(symbol).name),
            ambient: parent.ambient.clone(),
            augments: false,
        };
        let scope = self.tables.add_scope(scope);
        let items = match body {
            Some(ast::TsNamespaceBody::TsModuleBlock(block)) => Items::Statements(&block.body),
            Some(ast::TsNamespaceBody::TsNamespaceDecl(inner)) => Items::Nested(inner, whole, place.statement),
            None => return,
        };
        self.open.push_back(Body { items, scope, ambient: place.ambient });
    }
}
