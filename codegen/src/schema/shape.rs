//! The shapes of JSON values.

use super::{Fallback, InstanceId, LiteralShape, NotData};
use crate::model::{DefId, Doc};
use crate::source::Location;

/// What JSON values a type admits.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Any JSON value, and why no more is known.
    Any(Fallback),
    /// Any JSON value but `null`, and why no more is known: `{}`, bytes.
    NonNull(Fallback),
    /// `null`
    Null,
    /// Nothing: the property is absent (`undefined`, `void`).
    Undefined,
    /// No value at all.
    Never,
    /// A string.
    String,
    /// A string beside literals that are only suggestions: `string & {}`. Never absorbs literals in a union.
    OpenString,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// One value.
    Literal(LiteralShape),
    /// A string of an infinite template literal type (finite ones are unions of literals).
    Template(TemplateShape),
    /// A type of TypeScript's library that has a JSON form of its own.
    Library(LibraryShape),
    /// A JSON array.
    Array(Box<Shape>),
    /// A JSON array of fixed places.
    Tuple(Vec<TupleShape>),
    /// A JSON object.
    Record(Box<Record>),
    /// A TypeScript `enum`, its members.
    Enum(Vec<LiteralShape>),
    /// One of several; at least two arms, flat but for references, no arm twice, in source order.
    Union(Vec<Shape>),
    /// A declaration.
    Ref(InstanceId),
    /// The n-th parameter of the generic declaration whose body this is (only in [`super::Schema::generics`]).
    Param(usize),
    /// A reference inside a generic body whose arguments mention its parameters (only in
    /// [`super::Schema::generics`]).
    GenericRef(DefId, Vec<Shape>),
    /// No data: a function, a symbol, a type of the platform.
    NotData(NotData),
}

/// A library type with a JSON form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LibraryShape {
    /// `Date`: an ISO 8601 string, as `JSON.stringify` writes it.
    Date,
    /// `URL`: a string, as `JSON.stringify` writes it.
    Url,
}

/// An infinite template literal type: texts and what stands between them.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateShape {
    /// As TypeScript spells it, without the backticks: `x-${string}`.
    pub pattern: String,
    /// The texts, one more than the holes.
    pub texts: Vec<String>,
    /// What stands between them.
    pub holes: Vec<TemplateHole>,
}

/// What may stand in a hole of a template literal type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateHole {
    /// `${string}`
    String,
    /// `${number}`
    Number,
    /// `${bigint}`
    BigInt,
}

/// A place of a tuple.
#[derive(Clone, Debug, PartialEq)]
pub struct TupleShape {
    /// Its label.
    pub name: Option<String>,
    /// What stands there; of a rest place, each of the elements.
    pub shape: Shape,
    /// It may be missing (only at the end).
    pub optional: bool,
    /// Any number of elements (at most one such place).
    pub rest: bool,
}

/// A JSON object.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Its properties in source order, inherited ones first; data only (what is not data is in
    /// [`super::Reached::notes`]).
    pub properties: Vec<Property>,
    /// Its index signatures.
    pub indexes: Vec<IndexShape>,
    /// The class whose instances it describes, where it is one.
    pub class: Option<DefId>,
}

impl Record {
    /// The property of that name.
    pub fn property(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }
}

/// A property of a record.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its name as upstream spells it, and on the wire unless the recipe says otherwise.
    pub name: String,
    /// What documents call it, where that is something else by recipe.
    pub key: Option<String>,
    /// What it holds when it is there; never contains `Undefined`, which became `optional`. `Never` where the
    /// property must be absent (`x?: never`).
    pub shape: Shape,
    /// It may be absent: `x?: T`, `x: T | undefined`.
    pub optional: bool,
    /// Its documentation.
    pub doc: Option<Doc>,
    /// Where it is declared.
    pub location: Location,
    /// The declaration it was declared in (`ClerkResourceJSON` for an inherited `id`); `None` in anonymous types.
    pub owner: Option<DefId>,
}

impl PartialEq for Property {
    /// Two properties are one if they admit the same documents, whatever their documentation says.
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.key, self.optional) == (&other.name, &other.key, other.optional) && self.shape == other.shape
    }
}

/// An index signature.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexShape {
    /// Which keys: `String`, `Number`, a template, `OpenString`.
    pub key: Shape,
    /// What they hold.
    pub value: Shape,
}
