//! TypeScript's declarations as plain data: what the files say, names resolved, nothing evaluated.
//!
//! A noun room: made by `lower`, read by `eval`, read-only once built. It knows no parser.

mod doc;
mod ty;

pub use doc::{Doc, DocTag};
pub use ty::*;

use crate::source::{FileId, Location};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Handle of a [`Def`] in a [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefId(pub u32);

/// All declarations of all files that were read.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The declarations, by handle; sorted by file, then by where they first stand in it.
    pub defs: Vec<Def>,
    /// What each entry exports, in the order of [`crate::source::Sources::entries`].
    pub entries: Vec<EntryExports>,
    /// What every file exports under which name (re-exports resolved, `export *` included); used for links in
    /// documentation and for the layout of bundled chunks. A name may carry a type, a value and a namespace.
    pub exports: IndexMap<FileId, IndexMap<String, Vec<DefId>>>,
    /// What is declared globally, in scripts and in `declare global`.
    pub globals: BTreeSet<DefId>,
}

impl Model {
    /// The declaration behind a handle.
    pub fn def(&self, id: DefId) -> &Def {
        &self.defs[id.0 as usize]
    }
}

/// What an entry of the package exports.
#[derive(Clone, Debug)]
pub struct EntryExports {
    /// The export subpath: `.`, `./webhooks`.
    pub subpath: String,
    /// The file behind it.
    pub file: FileId,
    /// Exported names and what they mean; a namespace export (`export * as ns`) appears as dotted names (`ns.Inner`).
    /// `export =` and `export default` stand under `default`.
    pub names: IndexMap<String, Vec<DefId>>,
}

/// A declaration: one meaning (type, value or namespace) of one name, all its merged parts together.
///
/// A class or an enum is one `Def`, though it is a type and a value; an interface and a `const` of one name are two.
#[derive(Clone, Debug)]
pub struct Def {
    /// The name as upstream spells it, dotted inside namespaces (`OpenAPIV3.Document`); `default` where it has none.
    pub name: String,
    /// The file of its first part.
    pub file: FileId,
    /// Where its first part stands.
    pub location: Location,
    /// The documentation of its parts, joined.
    pub doc: Option<Doc>,
    /// Its type parameters.
    pub params: Vec<TypeParam>,
    /// What it declares.
    pub kind: DefKind,
    /// The name of an ambient module (`declare module 'x'`) or `global` (`declare global`) it stands in.
    pub ambient: Option<String>,
    /// Whether upstream only implies it: a union that is reached by keys (`Api['schemas']['Role']`), which is named by
    /// the way to it, `Api.schemas.Role`.
    pub implied: bool,
    /// The declaration whose union it is by the way to it, implied or not.
    pub part_of: Option<DefId>,
}

impl Def {
    /// The namespaces that it stands in, from the outside, and its name in the last of them.
    pub fn spaces(&self) -> (impl Iterator<Item = &str>, &str) {
        let (spaces, name) = match self.name.rsplit_once('.') {
            Some((spaces, name)) if !self.implied => (spaces, name),
            _ => ("", self.name.as_str()),
        };
        (spaces.split('.').filter(|space| !space.is_empty()), name)
    }

    /// Its name without its namespaces.
    pub fn last_name(&self) -> &str {
        self.spaces().1
    }

    /// [`Ty::each_mut`] of all types in it.
    pub fn each_ty_mut(&mut self, call: &mut dyn FnMut(&mut Ty)) {
        self.params.iter_mut().for_each(|param| param.each_ty_mut(call));
        match &mut self.kind {
            DefKind::Class(class) => {
                let bases = class.extends.iter_mut().chain(&mut class.implements).chain(&mut class.merged);
                bases.for_each(|base| base.each_mut(call));
                class.members.iter_mut().chain(&mut class.statics).for_each(|member| member.each_ty_mut(call));
                class.constructors.iter_mut().for_each(|function| function.each_ty_mut(call));
            }
            DefKind::Interface(interface) => {
                interface.extends.iter_mut().for_each(|base| base.each_mut(call));
                interface.members.iter_mut().for_each(|member| member.each_ty_mut(call));
            }
            DefKind::Alias(ty) | DefKind::Value(ty) => ty.each_mut(call),
            DefKind::Function(overloads) => overloads.iter_mut().for_each(|function| function.each_ty_mut(call)),
            DefKind::Enum(_) | DefKind::Namespace(_) => {}
        }
    }
}

/// What a [`Def`] declares.
#[derive(Clone, Debug)]
pub enum DefKind {
    /// `class`, with what an interface of the same name adds.
    Class(ClassDef),
    /// `interface`, all parts merged.
    Interface(InterfaceDef),
    /// `type X = …`
    Alias(Ty),
    /// `enum`, all parts merged.
    Enum(EnumDef),
    /// `function`, all overloads.
    Function(Vec<FunctionTy>),
    /// `const`, `let`, `var`, `export default <expression>`: the declared or evident type.
    Value(Ty),
    /// `namespace` and `module` as values or containers: what it exports, by name.
    Namespace(IndexMap<String, Vec<DefId>>),
}

/// A class.
#[derive(Clone, Debug, Default)]
pub struct ClassDef {
    /// The base class, an expression that is a name: its instance type.
    pub extends: Option<Ty>,
    /// `implements`: what it is checked against. It inherits nothing from there.
    pub implements: Vec<Ty>,
    /// What interfaces of its name extend, which it has the members of.
    pub merged: Vec<Ty>,
    /// Instance members, parameter properties of the constructor included.
    pub members: Vec<Member>,
    /// Static members.
    pub statics: Vec<Member>,
    /// The signatures of its constructors; `ret` is the instance type.
    pub constructors: Vec<FunctionTy>,
}

impl ClassDef {
    /// What it has members of: the base class, then the bases of interfaces of its name.
    pub fn bases(&self) -> impl Iterator<Item = &Ty> {
        self.extends.iter().chain(&self.merged)
    }
}

/// An interface.
#[derive(Clone, Debug, Default)]
pub struct InterfaceDef {
    /// Its bases, in order of all parts.
    pub extends: Vec<Ty>,
    /// Its members; of a property declared in several parts, the first.
    pub members: Vec<Member>,
}

/// An enum.
#[derive(Clone, Debug, Default)]
pub struct EnumDef {
    /// Its members with their values, computed as TypeScript computes them.
    pub members: Vec<EnumMember>,
}

/// A member of an enum.
#[derive(Clone, Debug)]
pub struct EnumMember {
    /// Its name as upstream spells it.
    pub name: String,
    /// Its value; `None` where it cannot be known from the declarations.
    pub value: Option<Literal>,
    /// Its documentation.
    pub doc: Option<Doc>,
    /// Where it stands.
    pub location: Location,
}
