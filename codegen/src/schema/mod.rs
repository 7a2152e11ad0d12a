//! What the documents look like: every reached declaration evaluated to plain data.
//!
//! A noun room: made by `eval`, read by `plan`. No type operator is left in here. Generics are instantiated: an
//! [`Instance`] is a declaration with its arguments; [`Schema::generics`] keeps the body of those generic declarations
//! that could be evaluated with their parameters standing for themselves, so that `plan` can keep them generic.

mod literals;
mod shape;

pub use literals::{literal_set, literals_of, unique};
pub use shape::*;

use crate::model::{DefId, Doc};
use crate::source::Location;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Handle of an [`Instance`] in a [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceId(pub u32);

/// The evaluated input.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// Every declaration that is exported or reached, in the order of `Model::defs`: what became of it.
    pub reached: IndexMap<DefId, Reached>,
    /// The instances that reached data refers to, by handle. An instance without arguments stands for a declaration
    /// without parameters, or with its defaults where nothing uses it.
    pub instances: Vec<Instance>,
    /// The bodies of generic declarations, with [`Shape::Param`] for their parameters (by index), where evaluation
    /// never had to look inside a parameter.
    pub generics: IndexMap<DefId, Shape>,
    /// Of generic declarations whose parameters all have defaults: the instance with those.
    pub defaults: IndexMap<DefId, InstanceId>,
    /// What is used and declared nowhere: names, and the platform's own module that each is imported from.
    pub missing: BTreeSet<(String, Option<String>)>,
}

impl Schema {
    /// The instance behind a handle.
    pub fn instance(&self, id: InstanceId) -> &Instance {
        &self.instances[id.0 as usize]
    }

    /// The shape with references followed until something that is no reference stands there.
    pub fn resolve<'a>(&'a self, shape: &'a Shape) -> &'a Shape {
        let mut shape = shape;
        // A chain of aliases is finite: `eval` refuses an alias that is itself (TypeScript's error 2456).
        for _ in 0..=self.instances.len() {
            match shape {
                Shape::Ref(id) => shape = &self.instance(*id).shape,
                other => return other,
            }
        }
        shape
    }
}

/// What was found out about a reached declaration.
#[derive(Clone, Debug)]
pub struct Reached {
    /// How it is used, over all its instances.
    pub usage: Usage,
    /// Why it is no data; `None` where it is data.
    pub not_data: Option<NotData>,
    /// Properties of it that are no plain data, or could not be typed, in order.
    pub notes: Vec<PropertyNote>,
}

/// From where a declaration is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// From a parameter of a function, method or constructor signature, directly or through what is passed there.
    pub input: bool,
    /// From a result, a property of a class, a constant, or an exported data type that is no parameter.
    pub output: bool,
}

/// Why a declaration or property is no data. The codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotData {
    /// A function.
    Function,
    /// A constant.
    Value,
    /// A type with methods only, or a property of such a type.
    Behaviour,
    /// A generic helper whose every use was evaluated.
    TypeOperator,
    /// A type of the platform that no JSON document holds (`Map`, `Headers`, streams).
    PlatformType,
    /// A namespace: its members have entries of their own.
    Namespace,
    /// `never`, `undefined` or `void`: no document holds it.
    NoValue,
    /// A symbol.
    Symbol,
    /// A `bigint`, which `JSON.stringify` refuses, and types that need one.
    BigInt,
}

impl NotData {
    /// The code in `coverage.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::Value => "value",
            Self::Behaviour => "behaviour",
            Self::TypeOperator => "type-operator",
            Self::PlatformType => "platform-type",
            Self::Namespace => "namespace",
            Self::NoValue => "no-value",
            Self::Symbol => "symbol",
            Self::BigInt => "bigint",
        }
    }
}

/// Why data is erased to an untyped value. The codes are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fallback {
    /// The declarations say `any`.
    Any,
    /// The declarations say `unknown`.
    Unknown,
    /// A name that is declared nowhere.
    UnresolvedName,
    /// A library type whose JSON form the declarations do not tell (typed arrays, `Buffer`).
    LibraryType,
    /// A type operator over a type parameter that is not known here.
    FreeParameter,
    /// A type operator that the evaluator could not evaluate.
    TypeOperator,
    /// A budget was exceeded; a diagnostic says which.
    Budget,
}

impl Fallback {
    /// The code in `coverage.json`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Unknown => "unknown",
            Self::UnresolvedName => "unresolved-name",
            Self::LibraryType => "library-type",
            Self::FreeParameter => "free-parameter",
            Self::TypeOperator => "type-operator",
            Self::Budget => "budget",
        }
    }
}

/// A property that is no plain data.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyNote {
    /// The property's path below its declaration: `telemetry`, or `options.fetcher` in an anonymous object.
    pub path: String,
    /// `property` or `method`; `arm` where the declaration itself loses an arm, and the path is empty.
    pub kind: &'static str,
    /// Where it stands.
    pub location: Location,
    /// Skipped or erased.
    pub outcome: NoteOutcome,
}

/// What became of a property that is no plain data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteOutcome {
    /// It is left out of the struct.
    Skipped(NotData),
    /// It is there as an untyped value.
    Fallback(Fallback),
}

/// What an [`Instance`] is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Naming {
    /// As its declaration, with its arguments.
    Declaration,
    /// It has no declaration but contains itself, and so needs a name: what it is made of, as words (`Partial Node`,
    /// for `interface Node { patch: Partial<Node> }`).
    Made(String),
    /// The same, where only the place at which it stands tells it from others.
    Place,
}

/// A declaration with its arguments, evaluated; or a type without a declaration that contains itself.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The declaration; of a type without one, the declaration that it is made of or stands in.
    pub def: DefId,
    /// What it is called.
    pub naming: Naming,
    /// The arguments, one for each parameter, defaults filled in; empty for declarations without parameters.
    pub args: Vec<Shape>,
    /// Its body: a record, an enum, a union, …; an alias of another declaration is a [`Shape::Ref`].
    pub shape: Shape,
    /// How this instance is used.
    pub usage: Usage,
}

impl Instance {
    /// Whether it is its declaration, neither an instance of a generic one nor a type without one.
    pub fn is_whole(&self) -> bool {
        self.args.is_empty() && self.is_declared()
    }

    /// Whether it has a declaration.
    pub fn is_declared(&self) -> bool {
        self.naming == Naming::Declaration
    }
}

/// A member of an enum, or an arm of a union of literals.
#[derive(Clone, Debug)]
pub struct LiteralShape {
    /// The value.
    pub value: crate::model::Literal,
    /// What upstream calls it: the enum's member, the constant object's key.
    pub name: Option<String>,
    /// Its documentation.
    pub doc: Option<Doc>,
}

impl PartialEq for LiteralShape {
    /// Two literals are one type if their values are equal, whatever they are called.
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
