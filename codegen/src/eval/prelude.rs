//! The utility types of TypeScript's library, as the type expressions that they are.

use crate::model::{
    ArgumentDef, ConditionalTy, FunctionTy, Keyword, LibraryRef, MappedTy, Modifier, ParamId, Ty, TypeParam, UnionArm,
};
use crate::source::{FileId, Location};
use indexmap::IndexMap;

/// Handles from here on belong to the prelude; `lower` counts from zero.
const FIRST: u32 = u32::MAX - 64;
const T: ParamId = ParamId(FIRST);
const K: ParamId = ParamId(FIRST + 1);
const P: ParamId = ParamId(FIRST + 2);
const R: ParamId = ParamId(FIRST + 3);
const PICKED: ParamId = ParamId(FIRST + 4);

/// A generic alias of the library.
#[derive(Debug)]
pub(super) struct Utility {
    /// Its parameters.
    pub params: Vec<TypeParam>,
    /// Its body.
    pub body: Ty,
}

/// The utility types by name.
#[derive(Debug)]
pub(super) struct Prelude {
    utilities: IndexMap<&'static str, Utility>,
}

impl Prelude {
    /// All of them.
    pub fn new() -> Self {
        let mut utilities = IndexMap::new();
        objects(&mut utilities);
        unions(&mut utilities);
        functions(&mut utilities);
        Self { utilities }
    }

    /// The utility type of that name.
    pub fn get(&self, name: &str) -> Option<&Utility> {
        self.utilities.get(name)
    }

    /// The type parameters of all of them.
    pub fn params(&self) -> impl Iterator<Item = &TypeParam> {
        self.utilities.values().flat_map(|utility| &utility.params)
    }
}

type Table = IndexMap<&'static str, Utility>;

/// `Partial`, `Pick` and their kin.
fn objects(table: &mut Table) {
    let one = || vec![param(T)];
    for (name, optional) in [("Partial", Modifier::Add), ("Required", Modifier::Remove), ("Readonly", Modifier::Keep)] {
        let body = mapped(keyof(T), indexed(T, P), optional);
        table.insert(name, Utility { params: one(), body });
    }
    let picked = TypeParam { constraint: Some(keyof(T)), ..param(PICKED) };
    let body = mapped(Ty::Param(PICKED), indexed(T, P), Modifier::Keep);
    table.insert("Pick", Utility { params: vec![param(T), picked], body });
    let rest = library("Exclude", vec![keyof(T), Ty::Param(K)]);
    let body = library("Pick", vec![Ty::Param(T), rest]);
    table.insert("Omit", Utility { params: vec![param(T), param(K)], body });
    let body = mapped(Ty::Param(K), Ty::Param(T), Modifier::Keep);
    table.insert("Record", Utility { params: vec![param(K), param(T)], body });
}

/// `Exclude` and its kin.
fn unions(table: &mut Table) {
    let two = || vec![param(T), param(K)];
    let body = conditional(Ty::Param(T), Ty::Param(K), Ty::Keyword(Keyword::Never), Ty::Param(T));
    table.insert("Exclude", Utility { params: two(), body });
    let body = conditional(Ty::Param(T), Ty::Param(K), Ty::Param(T), Ty::Keyword(Keyword::Never));
    table.insert("Extract", Utility { params: two(), body });
    let body = conditional(Ty::Param(T), nullish(), Ty::Keyword(Keyword::Never), Ty::Param(T));
    table.insert("NonNullable", Utility { params: vec![param(T)], body });
    let inner = library("Awaited", vec![Ty::Param(R)]);
    let body = conditional(Ty::Param(T), library("PromiseLike", vec![infer(R)]), inner, Ty::Param(T));
    table.insert("Awaited", Utility { params: vec![param(T)], body });
    for name in ["NoInfer", "OmitThisParameter"] {
        table.insert(name, Utility { params: vec![param(T)], body: Ty::Param(T) });
    }
    table.insert("ThisType", Utility { params: vec![param(T)], body: Ty::Object(Default::default()) });
    table.insert("ThisParameterType", Utility { params: vec![param(T)], body: Ty::Keyword(Keyword::Unknown) });
}

/// `ReturnType` and its kin.
fn functions(table: &mut Table) {
    let any = || Ty::Keyword(Keyword::Any);
    let never = || Ty::Keyword(Keyword::Never);
    let of = |rest: Ty, ret: Ty| Box::new(FunctionTy { params: Vec::new(), args: vec![spread(rest)], ret });
    let one = || vec![param(T)];
    let check = || Ty::Param(T);
    let body = conditional(check(), Ty::Function(of(any(), infer(R))), Ty::Param(R), any());
    table.insert("ReturnType", Utility { params: one(), body });
    let body = conditional(check(), Ty::Function(of(infer(R), any())), Ty::Param(R), never());
    table.insert("Parameters", Utility { params: one(), body });
    let body = conditional(check(), Ty::Constructor(of(any(), infer(R))), Ty::Param(R), any());
    table.insert("InstanceType", Utility { params: one(), body });
    let body = conditional(check(), Ty::Constructor(of(infer(R), any())), Ty::Param(R), never());
    table.insert("ConstructorParameters", Utility { params: one(), body });
}

fn param(id: ParamId) -> TypeParam {
    TypeParam { id, name: String::new(), constraint: None, default: None }
}

fn keyof(id: ParamId) -> Ty {
    Ty::Keyof(Box::new(Ty::Param(id)))
}

fn indexed(object: ParamId, key: ParamId) -> Ty {
    Ty::Indexed(Box::new(Ty::Param(object)), Box::new(Ty::Param(key)))
}

fn infer(id: ParamId) -> Ty {
    Ty::Infer(Box::new(param(id)))
}

fn mapped(over: Ty, value: Ty, optional: Modifier) -> Ty {
    let param = TypeParam { constraint: Some(over), ..param(P) };
    Ty::Mapped(Box::new(MappedTy { param, rename: None, value, optional }))
}

fn conditional(check: Ty, extends: Ty, then: Ty, otherwise: Ty) -> Ty {
    Ty::Conditional(Box::new(ConditionalTy { check, extends, then, otherwise }))
}

fn nullish() -> Ty {
    let arm = |keyword| UnionArm { ty: Ty::Keyword(keyword), doc: None };
    Ty::Union(vec![arm(Keyword::Null), arm(Keyword::Undefined)])
}

fn spread(ty: Ty) -> ArgumentDef {
    ArgumentDef { name: "args".to_owned(), ty, optional: false, rest: true }
}

fn library(name: &str, args: Vec<Ty>) -> Ty {
    let location = Location { file: FileId(0), line: 1, column: 1 };
    Ty::Library(LibraryRef { name: name.to_owned(), args, location })
}
