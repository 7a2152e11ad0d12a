//! Rust types, and how values of them are coded.

use super::RustIdent;
use std::fmt;

/// The path of a generated item, from the generated root: `api::resources::session::Session`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustPath {
    /// The modules.
    pub modules: Vec<RustIdent>,
    /// The item.
    pub name: RustIdent,
}

/// A Rust type. How it is written on the wire follows from it: [`RustTy::codec`] names the codec of the support
/// module, where plain serde does not do.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RustTy {
    /// `String`
    String,
    /// `bool`
    Bool,
    /// `f64`, a JavaScript number: integral values are written without a fraction.
    Float,
    /// An integer by recipe: `i64`, `u64`, `i32`, `u32` …; 1.0 decodes as 1, 1.5 is refused.
    Int(IntTy),
    /// `support::UnixMillis`
    UnixMillis,
    /// `support::UnixSeconds`: a number with whatever fraction it has.
    UnixSeconds,
    /// `serde_json::Value`
    Json,
    /// `serde_json::Value` that is not null.
    NonNull,
    /// `serde_json::Map<String, serde_json::Value>`
    JsonMap,
    /// A generated alias of a map, by its name: it is coded as what it stands for.
    MapAlias(RustPath),
    /// `support::True` or `support::False`: an optional or nested property of one boolean literal.
    BoolLiteral(bool),
    /// `()`, coded as `null`.
    Null,
    /// A generated type, with arguments.
    Path(RustPath, Vec<RustTy>),
    /// A type parameter of the item.
    Param(RustIdent),
    /// `Vec<T>`
    Vec(Box<RustTy>),
    /// `BTreeMap<String, T>`
    Map(Box<RustTy>),
    /// `Option<T>`: `null` or a value (inside arrays, maps and the like; of fields see [`super::Presence`]).
    Option(Box<RustTy>),
    /// `Box<T>`
    Box(Box<RustTy>),
    /// `(A, B)`, a JSON array of exactly that length.
    Tuple(Vec<RustTy>),
}

/// An integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntTy {
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
}

/// How a value of a [`RustTy`] is coded, where serde's own way is not TypeScript's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Codec {
    /// The type's own `Serialize` and `Deserialize`.
    Plain,
    /// `support::Float` for `f64`.
    Float,
    /// `support::Int` for integers.
    Int,
    /// `support::NonNull` for `serde_json::Value` that is not null.
    NonNull,
    /// `support::Null` for `()`.
    Null,
    /// `support::List<C>` for `Vec<T>`.
    List(Box<Codec>),
    /// `support::Table<C>` for `BTreeMap<String, T>`.
    Table(Box<Codec>),
    /// `support::Nullable<C>` for `Option<T>`.
    Nullable(Box<Codec>),
    /// `support::Boxed<C>` for `Box<T>`.
    Boxed(Box<Codec>),
    /// `(C, D)` for tuples.
    Tuple(Vec<Codec>),
}

impl RustTy {
    /// How a value of this type is coded; `Plain` wherever serde's own way will do.
    pub fn codec(&self) -> Codec {
        match self {
            Self::Float => Codec::Float,
            Self::Int(_) => Codec::Int,
            Self::NonNull => Codec::NonNull,
            Self::Null => Codec::Null,
            Self::Vec(inner) => wrap(inner.codec(), Codec::List),
            Self::Map(inner) => Codec::Table(Box::new(inner.codec())),
            // Serde's own maps read null as an empty one, and let a later key replace an earlier one.
            Self::JsonMap | Self::MapAlias(_) => Codec::Table(Box::new(Codec::Plain)),
            Self::Option(inner) => wrap(inner.codec(), Codec::Nullable),
            Self::Box(inner) => wrap(inner.codec(), Codec::Boxed),
            // Always ours: serde's own tuples do not say which place is wrong.
            Self::Tuple(places) => Codec::Tuple(places.iter().map(Self::codec).collect()),
            _ => Codec::Plain,
        }
    }

    /// The same type made of other parts: what `part` gives for each of its own.
    pub fn with_parts(&self, part: &dyn Fn(&Self) -> Self) -> Self {
        let boxed = |inner: &Self| Box::new(part(inner));
        match self {
            Self::Path(path, args) => Self::Path(path.clone(), args.iter().map(part).collect()),
            Self::Vec(item) => Self::Vec(boxed(item)),
            Self::Map(value) => Self::Map(boxed(value)),
            Self::Option(inner) => Self::Option(boxed(inner)),
            Self::Box(inner) => Self::Box(boxed(inner)),
            Self::Tuple(places) => Self::Tuple(places.iter().map(part).collect()),
            other => other.clone(),
        }
    }
}

/// As it is written in Rust, for people: without the modules of generated types.
impl fmt::Display for RustTy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String => f.write_str("String"),
            Self::Bool => f.write_str("bool"),
            Self::Float => f.write_str("f64"),
            Self::Int(int) => int.fmt(f),
            Self::UnixMillis => f.write_str("UnixMillis"),
            Self::UnixSeconds => f.write_str("UnixSeconds"),
            Self::Json | Self::NonNull => f.write_str("Value"),
            Self::JsonMap => f.write_str("Map<String, Value>"),
            Self::MapAlias(path) => path.name.fmt(f),
            Self::BoolLiteral(value) => f.write_str(if *value { "True" } else { "False" }),
            Self::Null => f.write_str("()"),
            Self::Path(path, args) if args.is_empty() => path.name.fmt(f),
            Self::Path(path, args) => write!(f, "{}<{}>", path.name, listed(args)),
            Self::Param(name) => name.fmt(f),
            Self::Vec(item) => write!(f, "Vec<{item}>"),
            Self::Map(value) => write!(f, "BTreeMap<String, {value}>"),
            Self::Option(inner) => write!(f, "Option<{inner}>"),
            Self::Box(inner) => write!(f, "Box<{inner}>"),
            Self::Tuple(places) => write!(f, "({})", listed(places)),
        }
    }
}

fn listed(types: &[RustTy]) -> String {
    types.iter().map(RustTy::to_string).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for IntTy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::I32 => "i32",
            Self::I64 => "i64",
            Self::U32 => "u32",
            Self::U64 => "u64",
        })
    }
}

fn wrap(inner: Codec, with: fn(Box<Codec>) -> Codec) -> Codec {
    match inner {
        Codec::Plain => Codec::Plain,
        other => with(Box::new(other)),
    }
}
