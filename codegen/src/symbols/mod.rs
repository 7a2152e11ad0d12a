//! Names: which declaration each name means, in every scope.

use crate::diagnostic::Diagnostic;
use crate::model::DefId;
use crate::parse::Modules;
use crate::source::{FileId, Sources};
use indexmap::IndexMap;
use swc_ecma_ast as ast;

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
}

impl<'a> Symbols<'a> {
    /// What a dotted name means in a scope: locals, enclosing namespaces, imports, then globals. Aliases
    /// (`import A = B.C`, `export { x as y }`) are followed.
    pub fn lookup(&self, _scope: ScopeId, _path: &[&str], _meaning: Meaning) -> Resolved {
        todo!()
    }

    /// What a dotted name means in a module that is named by a specifier: `import('x').Y`. An empty path is the module.
    pub fn lookup_import(&self, _from: FileId, _specifier: &str, _path: &[&str], _meaning: Meaning) -> Resolved {
        todo!()
    }

    /// What an entry exports, namespace exports as dotted names (`ns.Inner`), `export =` and default under `default`
    /// (and, for `export =` of a namespace, its members by their own names).
    pub fn entry_exports(&self, _file: FileId) -> IndexMap<String, Vec<DefId>> {
        todo!()
    }
}

/// Collects the declarations of all files and links imports and re-exports.
pub fn collect<'a>(_sources: &Sources, _modules: &'a Modules) -> (Symbols<'a>, Vec<Diagnostic>) {
    todo!()
}
