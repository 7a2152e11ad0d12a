//! The tables that `collect` fills and `link` reads: scopes, containers, names, aliases.

use super::link::Found;
use super::stars::{MANY, Stars};
use super::{Node, Part, ScopeId};
use crate::source::FileId;
use indexmap::IndexMap;
use std::sync::OnceLock;
use swc_common::BytePos;

/// Handle of a [`Container`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ContainerId(pub u32);

/// Handle of a [`Symbol`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SymbolId(pub u32);

/// Handle of an [`Alias`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct AliasId(pub u32);

/// What all bodies of one module, ambient module or namespace export together; or what is global.
#[derive(Default)]
pub(super) struct Container {
    /// The file, of a module that is one.
    pub file: Option<FileId>,
    /// The exported names. `default` and [`EQUALS`] are names like others.
    pub names: IndexMap<String, Name>,
    /// `export * from`
    pub stars: Vec<ModuleName>,
}

/// The name under which `export = x` is kept: no identifier is spelled like it.
pub(super) const EQUALS: &str = "export=";

/// A block in which names are looked up.
pub(super) struct Scope {
    /// The block around it.
    pub parent: Option<ScopeId>,
    /// What it exports into; all of that is in scope too.
    pub container: ContainerId,
    /// Names that are not exported: imports, and declarations without `export`.
    pub locals: IndexMap<String, Name>,
    /// The file.
    pub file: FileId,
    /// What stands before the names of its declarations: `A.B.`.
    pub prefix: String,
    /// The ambient module it stands in.
    pub ambient: Option<String>,
    /// Whether it adds to a module that another file is.
    pub augments: bool,
}

/// Everything that one name means in one table.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    /// Declarations.
    pub symbols: Vec<SymbolId>,
    /// Imports, and exports that are names inside too.
    pub aliases: Vec<AliasId>,
    /// Names in `export { … }`, which only importers see: beside `export { A as Map }`, `Map` is the global one.
    pub listed: Vec<AliasId>,
}

/// Which declarations merge: those of one name and kind in one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Class and interface.
    Object,
    /// Type alias.
    Alias,
    /// Enum.
    Enum,
    /// Function.
    Function,
    /// Variable.
    Variable,
    /// An exported expression.
    Expression,
    /// Namespace.
    Namespace,
}

/// A declaration, merged, before it has its handle.
pub(super) struct Symbol<'a> {
    /// Which declarations merge with it.
    pub kind: Kind,
    /// The dotted name.
    pub name: String,
    /// Its parts.
    pub parts: Vec<Part<'a>>,
    /// The ambient module it stands in.
    pub ambient: Option<String>,
    /// Of a namespace: what its bodies export.
    pub inner: Option<ContainerId>,
}

/// A module by its specifier, as seen from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ModuleName {
    /// Where the specifier stands.
    pub file: FileId,
    /// The specifier.
    pub specifier: String,
}

/// A name that stands for another.
#[derive(Clone, Debug)]
pub(super) enum Alias {
    /// `import { a }`, `export { a } from`
    Member(ModuleName, String),
    /// `import * as ns`, `export * as ns`, `import x = require('…')`
    Module(ModuleName),
    /// `import A = B.C`, `export { a as b }`, `export = a.b`, `export default a`
    Path(ScopeId, Vec<String>),
    /// `export as namespace X`
    Container(ContainerId),
}

impl Kind {
    /// The kind of a node.
    pub(super) fn of(node: Node) -> Self {
        match node {
            Node::Class(_) | Node::Interface(_) => Self::Object,
            Node::Alias(_) => Self::Alias,
            Node::Enum(_) => Self::Enum,
            Node::Function(_) => Self::Function,
            Node::Variable(_) => Self::Variable,
            Node::Expression(_) => Self::Expression,
            Node::Namespace(_) => Self::Namespace,
        }
    }
}

impl Symbol<'_> {
    /// Whether a part is a class.
    pub(super) fn is_class(&self) -> bool {
        self.parts.iter().any(|part| matches!(part.node, Node::Class(_)))
    }

    /// Puts the parts in order: by file and position, a class before the interfaces that merge with it.
    pub(super) fn sort(&mut self) {
        self.parts.sort_by_key(|part| (!matches!(part.node, Node::Class(_)), part.file, part.statement));
    }

    /// What handles are given by: where it first stands.
    pub(super) fn position(&self) -> (FileId, BytePos) {
        let first = self.parts.iter().map(|part| (part.file, part.statement)).min();
        first.expect("a symbol is made with its first part")
    }
}

/// All tables.
#[derive(Default)]
pub(super) struct Tables<'a> {
    /// By [`ContainerId`].
    pub containers: Vec<Container>,
    /// By [`ScopeId`].
    pub scopes: Vec<Scope>,
    /// By [`SymbolId`].
    pub symbols: Vec<Symbol<'a>>,
    /// By [`AliasId`].
    pub aliases: Vec<Alias>,
    /// The container of each file, by [`FileId`]; of a script, the global one.
    pub files: Vec<ContainerId>,
    /// The scope of each file, by [`FileId`].
    pub file_scopes: Vec<ScopeId>,
    /// Modules that `declare module 'x'` makes, patterns (`*.svg`) too.
    pub ambient: IndexMap<String, ContainerId>,
    /// What the specifiers of each file resolve to.
    pub imports: Vec<&'a IndexMap<String, Option<FileId>>>,
    /// The files that each file refers to by path.
    pub references: Vec<&'a [FileId]>,
    /// What aliases stand for, as far as it was asked; empty as long as tables are filled.
    pub answers: Vec<OnceLock<Found>>,
    /// What containers with many `export *` pass on, as far as it was asked; empty as long as tables are filled.
    stars: Vec<OnceLock<Stars>>,
}

/// The container of global names.
pub(super) const GLOBAL: ContainerId = ContainerId(0);

impl<'a> Tables<'a> {
    pub(super) fn container(&self, id: ContainerId) -> &Container {
        &self.containers[id.0 as usize]
    }

    pub(super) fn scope(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.0 as usize]
    }

    pub(super) fn symbol(&self, id: SymbolId) -> &Symbol<'a> {
        &self.symbols[id.0 as usize]
    }

    pub(super) fn alias(&self, id: AliasId) -> &Alias {
        &self.aliases[id.0 as usize]
    }

    /// The tables are full: from here on, answers can be kept.
    pub(super) fn close(&mut self) {
        self.symbols.iter_mut().for_each(Symbol::sort);
        self.answers = self.aliases.iter().map(|_| OnceLock::new()).collect();
        self.stars = self.containers.iter().map(|_| OnceLock::new()).collect();
    }

    /// What a container passes on by `export *`, where it has many of them.
    pub(super) fn many_stars(&self, id: ContainerId) -> Option<&Stars> {
        let cell = self.stars.get(id.0 as usize)?;
        let many = self.container(id).stars.len() >= MANY;
        many.then(|| cell.get_or_init(|| Stars::new(self, id)))
    }

    pub(super) fn add_container(&mut self, container: Container) -> ContainerId {
        self.containers.push(container);
        ContainerId(handle(self.containers.len()))
    }

    pub(super) fn add_scope(&mut self, scope: Scope) -> ScopeId {
        self.scopes.push(scope);
        ScopeId(handle(self.scopes.len()))
    }

    pub(super) fn add_alias(&mut self, alias: Alias) -> AliasId {
        self.aliases.push(alias);
        AliasId(handle(self.aliases.len()))
    }

    pub(super) fn add_symbol(&mut self, symbol: Symbol<'a>) -> SymbolId {
        self.symbols.push(symbol);
        SymbolId(handle(self.symbols.len()))
    }

    /// The container of the module that a specifier names. An ambient module goes before a file, as in TypeScript; one
    /// whose name is a pattern goes last.
    pub(super) fn module(&self, name: &ModuleName) -> Option<ContainerId> {
        if let Some(ambient) = self.ambient.get(&name.specifier) {
            return Some(*ambient);
        }
        if let Some(Some(file)) = self.imports[name.file.0 as usize].get(&name.specifier) {
            return Some(self.files[file.0 as usize]);
        }
        let pattern = self.ambient.iter().find(|(pattern, _)| crate::parse::matches(pattern, &name.specifier));
        pattern.map(|(_, container)| *container)
    }
}

/// The handle of what was just pushed.
fn handle(length: usize) -> u32 {
    u32::try_from(length - 1).unwrap_or(u32::MAX)
}

/// The handle of the symbol at an index.
pub(super) fn symbol_id(index: usize) -> SymbolId {
    SymbolId(handle(index + 1))
}
