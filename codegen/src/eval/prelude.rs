//! The utility types of TypeScript's library, as the type expressions that they are; those that are data are in
//! [`super::platform`].

use crate::model::{
    ArgumentDef, ConditionalTy, DefId, DefKind, FunctionTy, Keyword, LibraryRef, MappedTy, Member, Model, Modifier,
    ParamId, Ty, TypeParam, TypeRef, UnionArm,
};
use crate::source::{FileId, Location};
use indexmap::IndexMap;
use std::borrow::Cow;

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

impl Utility {
    fn is_data(&self) -> bool {
        self.params.is_empty() && matches!(self.body, Ty::Object(_))
    }
}

/// What the declarations do not spell out: the utility types by name, and the constructors of classes that declare none.
#[derive(Debug)]
pub(super) struct Prelude {
    utilities: IndexMap<&'static str, Utility>,
    constructors: IndexMap<DefId, Vec<FunctionTy>>,
}

impl Prelude {
    /// All of them.
    pub fn new(model: &Model) -> Self {
        let mut utilities = IndexMap::new();
        objects(&mut utilities);
        unions(&mut utilities);
        functions(&mut utilities);
        super::platform::declare(&mut utilities);
        add_declared(model, &mut utilities);
        let classes = (0..model.defs.len()).map(|place| DefId(place as u32));
        let constructors = classes.filter_map(|def| Some((def, implied_constructors(model, def)?))).collect();
        Self { utilities, constructors }
    }

    /// The constructors of a class that declares none.
    pub fn constructors(&self, class: DefId) -> &[FunctionTy] {
        self.constructors.get(&class).map(Vec::as_slice).unwrap_or_default()
    }

    /// The utility type of that name.
    pub fn get(&self, name: &str) -> Option<&Utility> {
        self.utilities.get(name)
    }

    /// The same of a type of the platform that documents hold property by property.
    pub fn data(&self, name: &str) -> Option<&Utility> {
        self.get(name).filter(|utility| utility.is_data())
    }

    /// The utility type whose body a mapped type is, and its parameters.
    pub fn made_by(&self, mapped: &MappedTy) -> Option<(&'static str, Vec<ParamId>)> {
        let is_body =
            |utility: &Utility| matches!(&utility.body, Ty::Mapped(body) if std::ptr::eq(&raw const **body, mapped));
        let (name, utility) = self.utilities.iter().find(|(_, utility)| is_body(utility))?;
        Some((name, utility.params.iter().map(|param| param.id).collect()))
    }

    /// The type parameters of all of them.
    pub fn params(&self) -> impl Iterator<Item = &TypeParam> {
        self.utilities.values().flat_map(|utility| &utility.params)
    }
}

/// Adds what packages add to types of the platform: `declare global { interface RequestInit { … } }`.
fn add_declared(model: &Model, utilities: &mut Table) {
    for (name, utility) in utilities.iter_mut().filter(|(_, utility)| utility.is_data()) {
        let Ty::Object(object) = &mut utility.body else { continue };
        for member in super::redeclared::added(model, name).flatten() {
            let key = |member: &Member| match member {
                Member::Property(property) => property.key.text().map(Cow::into_owned),
                _ => None,
            };
            let is_new =
                key(member).is_none_or(|name| object.members.iter().all(|old| key(old).as_ref() != Some(&name)));
            if is_new {
                object.members.push(member.clone());
            }
        }
    }
}

/// A class that declares no constructor has those of its base, giving itself; without a base, one without arguments.
fn implied_constructors(model: &Model, class: DefId) -> Option<Vec<FunctionTy>> {
    let DefKind::Class(own) = &model.def(class).kind else { return None };
    if !own.constructors.is_empty() {
        return None;
    }
    let def = model.def(class);
    let args = def.params.iter().map(|param| Ty::Param(param.id)).collect();
    let ret = Ty::Ref(TypeRef { def: class, member: None, args, location: def.location });
    let mut base = own.extends.as_ref();
    // Bases that are each other's are refused by TypeScript; they end here.
    for _ in 0..64 {
        let Some(Ty::Ref(reference)) = base else { break };
        let DefKind::Class(class) = &model.def(reference.def).kind else { break };
        if !class.constructors.is_empty() {
            let with_ret = |function: &FunctionTy| FunctionTy { ret: ret.clone(), ..function.clone() };
            return Some(class.constructors.iter().map(with_ret).collect());
        }
        base = class.extends.as_ref();
    }
    Some(vec![FunctionTy { params: Vec::new(), this: None, args: Vec::new(), ret }])
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
    // `T & {}`, which would lose the name of what has one: so only of `unknown` and `any`.
    let present = Ty::Intersection(vec![Ty::Param(T), Ty::Object(Default::default())]);
    let known = conditional(Ty::Keyword(Keyword::Unknown), Ty::Param(T), present, Ty::Param(T));
    let body = conditional(Ty::Param(T), nullish(), Ty::Keyword(Keyword::Never), known);
    table.insert("NonNullable", Utility { params: vec![param(T)], body });
    let inner = library("Awaited", vec![Ty::Param(R)]);
    let body = conditional(Ty::Param(T), library("PromiseLike", vec![infer(R)]), inner, Ty::Param(T));
    table.insert("Awaited", Utility { params: vec![param(T)], body });
    for name in ["NoInfer", "OmitThisParameter"] {
        table.insert(name, Utility { params: vec![param(T)], body: Ty::Param(T) });
    }
    table.insert("ThisType", Utility { params: vec![param(T)], body: Ty::Object(Default::default()) });
}

/// `ReturnType` and its kin.
fn functions(table: &mut Table) {
    let any = || Ty::Keyword(Keyword::Any);
    let never = || Ty::Keyword(Keyword::Never);
    let of = |rest: Ty, ret: Ty| Box::new(FunctionTy { params: Vec::new(), this: None, args: vec![spread(rest)], ret });
    let with_this = Ty::Function(Box::new(FunctionTy { this: Some(infer(P)), ..*of(never(), any()) }));
    let body = conditional(Ty::Param(T), with_this, Ty::Param(P), Ty::Keyword(Keyword::Unknown));
    table.insert("ThisParameterType", Utility { params: vec![param(T)], body });
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

/// A reference to a library type.
pub(super) fn library(name: &str, args: Vec<Ty>) -> Ty {
    let location = Location { file: FileId(0), line: 1, column: 1 };
    Ty::Library(LibraryRef { name: name.to_owned(), args, module: None, location })
}
