//! The evaluator's own types: interned, compared by handle, their properties evaluated when somebody looks.

use super::env::EnvId;
use crate::model::{ConditionalTy, DefId, Doc, FunctionTy, Literal, MappedTy, ObjectTy, ParamId, Ty};
use crate::schema::Fallback;
use crate::source::Location;
use indexmap::IndexMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// What names of properties begin with whose keys are symbols: no name in a document does.
pub(super) const SYMBOL: char = '\0';

/// Handle of an interned [`Kind`]: equal handles are equal types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TypeId(pub u32);

/// A piece of the model, equal to itself only. Its address is an identity and never an order.
#[derive(Debug)]
pub(super) struct At<'m, T>(pub &'m T);

impl<T> Clone for At<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for At<'_, T> {}

impl<T> PartialEq for At<'_, T> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl<T> Eq for At<'_, T> {}

impl<T> Hash for At<'_, T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::ptr::from_ref(self.0).hash(state);
    }
}

/// A literal with what upstream calls it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Lit<'m> {
    /// The value.
    pub value: Literal,
    /// The key of the constant object it was read from.
    pub name: Option<Rc<str>>,
    /// The documentation of that key, or of the arm of a union.
    pub doc: Option<At<'m, Doc>>,
}

/// A place of a tuple, or an argument of a function.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Elem {
    /// Its label.
    pub name: Option<Rc<str>>,
    /// Its type; of a rest place, each element's: of a type parameter `R` that is spread, `R[number]`.
    pub ty: TypeId,
    /// It may be missing.
    pub optional: bool,
    /// Any number of elements.
    pub rest: bool,
}

/// How an intrinsic string type changes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Case {
    /// `Uppercase`
    Upper,
    /// `Lowercase`
    Lower,
    /// `Capitalize`
    Capital,
    /// `Uncapitalize`
    Uncapital,
}

/// A function's signature with what its outer parameters stand for.
pub(super) type Signature<'m> = (At<'m, FunctionTy>, EnvId);

/// What a type is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind<'m> {
    /// `any`, and why.
    Any(Fallback),
    /// `unknown`
    Unknown,
    /// `never`
    Never,
    /// `undefined`
    Undefined,
    /// `void`
    Void,
    /// `null`
    Null,
    /// `string`
    String,
    /// `string & {}`, a branded string: in a union, literals stay beside it.
    OpenString,
    /// The same of numbers.
    OpenNumber,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `bigint`
    BigInt,
    /// `symbol`
    Symbol,
    /// A `unique symbol`, by the name of the property that it is the key of (see [`SYMBOL`]).
    UniqueSymbol(Rc<str>),
    /// `object`
    Object,
    /// A literal.
    Literal(Rc<Lit<'m>>),
    /// A member of an enum, by place.
    EnumMember(DefId, u32),
    /// An infinite template literal type; one text more than holes.
    Template(Rc<[Rc<str>]>, Rc<[TypeId]>),
    /// `Uppercase<T>` of something unknown.
    Cased(Case, TypeId),
    /// An array.
    Array(TypeId),
    /// A tuple.
    Tuple(Rc<[Elem]>),
    /// An object type as written; the declaration whose body it is; whether it is a constant's value.
    Record(At<'m, ObjectTy>, EnvId, Option<DefId>, bool),
    /// A function type, its overloads; `true`: constructors.
    Callable(Rc<[Signature<'m>]>, bool),
    /// A mapped type over an object, its constraint known or not.
    Mapped(At<'m, MappedTy>, EnvId),
    /// A class, interface, alias or enum with its arguments.
    Named(DefId, Rc<[TypeId]>),
    /// The value of a class, enum or namespace: `typeof X`.
    ValueOf(DefId),
    /// `typeof import('x')`
    Module(At<'m, Vec<(String, Vec<DefId>)>>),
    /// A library type that is an object, by place in the table, with its arguments.
    Library(u32, Rc<[TypeId]>),
    /// A union; at least two arms, none of which is an anonymous union.
    Union(Rc<[TypeId]>),
    /// An intersection of objects, or of something with a type parameter.
    Intersection(Rc<[TypeId]>),
    /// A type parameter that stands for itself.
    Param(ParamId),
    /// `keyof T` of something unknown.
    Keyof(TypeId),
    /// `T[K]` of something unknown.
    Indexed(TypeId, TypeId),
    /// A conditional type that checks something unknown.
    Conditional(At<'m, ConditionalTy>, EnvId),
}

/// What is known of every type without looking into it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// It mentions a type parameter.
    pub open: bool,
    /// How deep its arguments nest.
    pub depth: u16,
}

/// The type of a property, not evaluated yet.
#[derive(Clone, Debug)]
pub(super) enum Slot<'m> {
    /// It is known.
    Known(TypeId),
    /// As written.
    Written(&'m Ty, EnvId),
    /// A method with its overloads.
    Methods(Vec<Signature<'m>>),
    /// A property of a mapped type, the parameter bound to its key; whether `-?` takes `undefined` away.
    Mapped(&'m Ty, EnvId, bool),
    /// A property that several parts of an intersection have.
    All(Vec<(Slot<'m>, bool)>),
}

/// A property of an object.
#[derive(Clone, Debug)]
pub(super) struct Prop<'m> {
    /// Its name.
    pub name: Rc<str>,
    /// What `keyof` gives for it, where that is no text: a number, a member of an enum.
    pub key: Option<TypeId>,
    /// Its type.
    pub slot: Slot<'m>,
    /// `x?: T`
    pub optional: bool,
    /// It is a method.
    pub method: bool,
    /// It is an accessor of a class.
    pub accessor: bool,
    /// It is a key of a constant: a literal is called by it.
    pub named: bool,
    /// Its documentation.
    pub doc: Option<&'m Doc>,
    /// Where it stands.
    pub location: Location,
    /// The declaration it stands in.
    pub owner: Option<DefId>,
}

/// An index signature.
#[derive(Clone, Debug)]
pub(super) struct Index<'m> {
    /// Its keys.
    pub key: TypeId,
    /// Its values.
    pub value: Slot<'m>,
}

impl Prop<'_> {
    /// Whether its key is a symbol: it is in no document, but assignability asks for it.
    pub fn is_symbol(&self) -> bool {
        self.name.starts_with(SYMBOL)
    }
}

impl Index<'_> {
    /// Where its values are written, and what the parameters stand for there.
    pub fn written(&self) -> Option<(usize, EnvId)> {
        match &self.value {
            Slot::Written(ty, env) => Some((std::ptr::from_ref(*ty) as usize, *env)),
            _ => None,
        }
    }
}

/// The members of an object.
#[derive(Clone, Debug, Default)]
pub(super) struct Members<'m> {
    /// Properties and methods by name, inherited ones first.
    pub props: IndexMap<Rc<str>, Prop<'m>>,
    /// Index signatures.
    pub indexes: Vec<Index<'m>>,
    /// Call signatures.
    pub calls: Vec<Signature<'m>>,
    /// Construct signatures.
    pub constructs: Vec<Signature<'m>>,
    /// It has members whose names are symbols.
    pub symbols: bool,
    /// It can be iterated over, by its own word: a collection or a stream, which no document is.
    pub iterable: bool,
    /// The keys are not known: the object maps over a type parameter.
    pub open: bool,
}

impl Members<'_> {
    /// Whether there is nothing in it, symbols aside.
    pub fn is_empty(&self) -> bool {
        self.props.values().all(Prop::is_symbol)
            && self.indexes.is_empty()
            && self.calls.is_empty()
            && self.constructs.is_empty()
            && !self.open
    }
}
