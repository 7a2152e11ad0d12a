//! Type expressions as written, names resolved.

use super::{DefId, Doc};
use crate::source::Location;
use std::borrow::Cow;
use std::fmt;

/// Handle of a type parameter, unique in the whole model: two parameters called `T` are two handles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParamId(pub u32);

/// A type parameter, of a declaration, a function, a mapped type or an `infer`.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeParam {
    /// Its handle.
    pub id: ParamId,
    /// Its name as written.
    pub name: String,
    /// What follows `extends`.
    pub constraint: Option<Ty>,
    /// What follows `=`.
    pub default: Option<Ty>,
}

/// A keyword type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Keyword {
    /// `any`
    Any,
    /// `unknown`
    Unknown,
    /// `never`
    Never,
    /// `undefined`
    Undefined,
    /// `null`
    Null,
    /// `void`
    Void,
    /// `string`
    String,
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `bigint`
    BigInt,
    /// `symbol`, and `unique symbol`
    Symbol,
    /// `object`
    Object,
}

/// A number as a literal: equal by bits, so that it can be a key; printed as JavaScript prints it.
#[derive(Clone, Copy, Debug)]
pub struct NumberLit(pub f64);

impl PartialEq for NumberLit {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for NumberLit {}

impl std::hash::Hash for NumberLit {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl PartialOrd for NumberLit {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for NumberLit {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl fmt::Display for NumberLit {
    /// As ECMAScript's `Number::toString` spells it: no fraction of integral values, one zero, an exponent from 1e21
    /// and below 1e-6.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0;
        if number.is_infinite() {
            return f.write_str(if number > 0.0 { "Infinity" } else { "-Infinity" });
        }
        if number == 0.0 || number.is_nan() || (1e-6..1e21).contains(&number.abs()) {
            // Rust prints the shortest digits that read back, as ECMAScript does.
            return write!(f, "{}", if number == 0.0 { 0.0 } else { number });
        }
        let text = format!("{number:e}");
        match text.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => write!(f, "{digits}e+{exponent}"),
            _ => f.write_str(&text),
        }
    }
}

/// A literal type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Literal {
    /// `'a'`
    String(String),
    /// `1`
    Number(NumberLit),
    /// `true`
    Boolean(bool),
    /// `10n`, its digits with a sign
    BigInt(String),
}

impl fmt::Display for Literal {
    /// As TypeScript spells it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String(text) => write!(f, "{text:?}"),
            Self::Number(number) => number.fmt(f),
            Self::Boolean(value) => value.fmt(f),
            Self::BigInt(digits) => write!(f, "{digits}n"),
        }
    }
}

/// A type expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Ty {
    /// A keyword.
    Keyword(Keyword),
    /// A literal.
    Literal(Literal),
    /// `T[]`, `Array<T>`, `readonly T[]`
    Array(Box<Ty>),
    /// `[A, b?: B, ...C[]]`
    Tuple(Vec<TupleElement>),
    /// `{ … }`
    Object(ObjectTy),
    /// A declaration, or a member of an enum (`Colour.Red`).
    Ref(TypeRef),
    /// A type parameter.
    Param(ParamId),
    /// `A | B`
    Union(Vec<UnionArm>),
    /// `A & B`
    Intersection(Vec<Ty>),
    /// `keyof T`
    Keyof(Box<Ty>),
    /// `T[K]`
    Indexed(Box<Ty>, Box<Ty>),
    /// `C extends E ? T : F`
    Conditional(Box<ConditionalTy>),
    /// `infer U` (inside `extends` of a conditional type); its constraint is in the parameter.
    Infer(Box<TypeParam>),
    /// `{ [K in C as N]?: T }`
    Mapped(Box<MappedTy>),
    /// `` `a${B}c` ``: texts and types in turn, beginning and ending with a text.
    Template(TemplateTy),
    /// `typeof x.y`: the type of a value.
    TypeOf(TypeOf),
    /// `(a: A) => R`
    Function(Box<FunctionTy>),
    /// `new (a: A) => R`
    Constructor(Box<FunctionTy>),
    /// `this`
    This,
    /// `typeof import('x')`: the namespace object of a module; its exports.
    Namespace(Vec<(String, Vec<DefId>)>),
    /// A name that is declared nowhere (a diagnostic was given, or it is a library type): evaluated by the table of
    /// library types.
    Library(LibraryRef),
}

impl Ty {
    /// Calls with every type expression in this one, itself first: what was put in its place is looked into.
    pub fn each_mut(&mut self, call: &mut dyn FnMut(&mut Self)) {
        call(self);
        match self {
            Self::Keyword(_) | Self::Literal(_) | Self::Param(_) | Self::This | Self::Namespace(_) => {}
            Self::Array(inner) | Self::Keyof(inner) => inner.each_mut(call),
            Self::Tuple(elements) => elements.iter_mut().for_each(|element| element.ty.each_mut(call)),
            Self::Object(object) => object.members.iter_mut().for_each(|member| member.each_ty_mut(call)),
            Self::Ref(TypeRef { args, .. })
            | Self::Library(LibraryRef { args, .. })
            | Self::TypeOf(TypeOf { args, .. }) => args.iter_mut().for_each(|arg| arg.each_mut(call)),
            Self::Union(arms) => arms.iter_mut().for_each(|arm| arm.ty.each_mut(call)),
            Self::Intersection(parts) => parts.iter_mut().for_each(|part| part.each_mut(call)),
            Self::Indexed(object, key) => [object, key].into_iter().for_each(|part| part.each_mut(call)),
            Self::Conditional(conditional) => {
                let ConditionalTy { check, extends, then, otherwise } = &mut **conditional;
                [check, extends, then, otherwise].into_iter().for_each(|part| part.each_mut(call));
            }
            Self::Infer(param) => param.each_ty_mut(call),
            Self::Mapped(mapped) => {
                mapped.param.each_ty_mut(call);
                mapped.rename.iter_mut().chain([&mut mapped.value]).for_each(|part| part.each_mut(call));
            }
            Self::Template(template) => template.types.iter_mut().for_each(|part| part.each_mut(call)),
            Self::Function(function) | Self::Constructor(function) => function.each_ty_mut(call),
        }
    }
}

impl Ty {
    /// The type expressions that stand right in this one; of functions and methods none, for they are no data.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Keyword(_) | Self::Literal(_) | Self::Param(_) | Self::This | Self::Namespace(_) => Vec::new(),
            Self::Function(_) | Self::Constructor(_) => Vec::new(),
            Self::Array(inner) | Self::Keyof(inner) => vec![inner],
            Self::Tuple(elements) => elements.iter().map(|element| &element.ty).collect(),
            Self::Object(object) => object.members.iter().flat_map(Member::parts).collect(),
            Self::Ref(TypeRef { args, .. })
            | Self::Library(LibraryRef { args, .. })
            | Self::TypeOf(TypeOf { args, .. }) => args.iter().collect(),
            Self::Union(arms) => arms.iter().map(|arm| &arm.ty).collect(),
            Self::Intersection(parts) => parts.iter().collect(),
            Self::Indexed(object, key) => vec![object, key],
            Self::Conditional(it) => vec![&it.check, &it.extends, &it.then, &it.otherwise],
            Self::Infer(param) => param.constraint.iter().collect(),
            Self::Mapped(mapped) => {
                mapped.param.constraint.iter().chain(&mapped.rename).chain([&mapped.value]).collect()
            }
            Self::Template(template) => template.types.iter().collect(),
        }
    }
}

impl TypeParam {
    /// [`Ty::each_mut`] of its constraint and default.
    pub fn each_ty_mut(&mut self, call: &mut dyn FnMut(&mut Ty)) {
        self.constraint.iter_mut().chain(&mut self.default).for_each(|ty| ty.each_mut(call));
    }
}

impl FunctionTy {
    /// [`Ty::each_mut`] of all that its signature says.
    pub fn each_ty_mut(&mut self, call: &mut dyn FnMut(&mut Ty)) {
        self.params.iter_mut().for_each(|param| param.each_ty_mut(call));
        self.args.iter_mut().for_each(|arg| arg.ty.each_mut(call));
        self.ret.each_mut(call);
    }
}

impl Member {
    /// The type expressions that stand right in it, where it is data.
    pub fn parts(&self) -> Vec<&Ty> {
        match self {
            Self::Property(property) => vec![&property.ty],
            Self::Index(index) => vec![&index.key, &index.value],
            Self::Method(_) | Self::Call(_) | Self::Construct(_) => Vec::new(),
        }
    }

    /// [`Ty::each_mut`] of its types.
    pub fn each_ty_mut(&mut self, call: &mut dyn FnMut(&mut Ty)) {
        match self {
            Self::Property(property) => property.ty.each_mut(call),
            Self::Method(method) => method.function.each_ty_mut(call),
            Self::Index(index) => [&mut index.key, &mut index.value].into_iter().for_each(|ty| ty.each_mut(call)),
            Self::Call(function) | Self::Construct(function) => function.each_ty_mut(call),
        }
    }
}

/// A reference to a declaration.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeRef {
    /// What is referred to; a class, interface, alias or enum.
    pub def: DefId,
    /// The member's name, where a member of an enum is meant.
    pub member: Option<String>,
    /// The arguments, as many as were written.
    pub args: Vec<Ty>,
    /// Where the reference stands.
    pub location: Location,
}

/// A reference to a name of TypeScript's own library (`Promise`, `Record`, `Date`) or to an unresolved one.
#[derive(Clone, Debug, PartialEq)]
pub struct LibraryRef {
    /// The name, dotted where qualified (`NodeJS.ReadableStream`).
    pub name: String,
    /// The arguments, as many as were written.
    pub args: Vec<Ty>,
    /// The platform's own module that exports it (`Socket` of `net`), where nothing declares that module.
    pub module: Option<String>,
    /// Where the reference stands.
    pub location: Location,
}

/// `typeof x.y`
#[derive(Clone, Debug, PartialEq)]
pub struct TypeOf {
    /// The meanings of the first name that resolve: a value, class, enum, function or namespace.
    pub defs: Vec<DefId>,
    /// The names after it: `["Session"]` in `typeof ObjectType.Session`.
    pub path: Vec<String>,
    /// Arguments of an instantiation expression.
    pub args: Vec<Ty>,
    /// Where it stands.
    pub location: Location,
}

/// An arm of a union, with the comment that stands before it.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionArm {
    /// The arm.
    pub ty: Ty,
    /// Its documentation.
    pub doc: Option<Doc>,
}

/// An element of a tuple.
#[derive(Clone, Debug, PartialEq)]
pub struct TupleElement {
    /// Its label.
    pub name: Option<String>,
    /// Its type; of a rest element, the array's or type parameter's whole type.
    pub ty: Ty,
    /// `B?`
    pub optional: bool,
    /// `...C[]`
    pub rest: bool,
}

/// An object type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectTy {
    /// Its members, in order.
    pub members: Vec<Member>,
}

/// A member of a class, an interface or an object type.
#[derive(Clone, Debug, PartialEq)]
pub enum Member {
    /// A property or an accessor.
    Property(PropertyDef),
    /// A method.
    Method(MethodDef),
    /// `[key: string]: T`
    Index(IndexDef),
    /// `(a: A): R`
    Call(FunctionTy),
    /// `new (a: A): R`
    Construct(FunctionTy),
}

/// The name of a property.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PropertyKey {
    /// A name known from the declarations: an identifier or a string.
    Name(String),
    /// A number, as JavaScript prints it: `keyof` gives the number, not its text.
    Number(NumberLit),
    /// A member of an enum (`[Colour.Red]: T`), which is what `keyof` gives: the text of its value, the enum, its name.
    Member(String, DefId, String),
    /// `[Symbol.iterator]`, a `unique symbol` constant: no data. How it is spelled, and which symbol it is where that is
    /// known: a text that is the same wherever it is used, by whatever name.
    Symbol(String, Option<String>),
}

impl PropertyKey {
    /// The name in a document; `None` where no document has it.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Name(name) | Self::Member(name, ..) => Some(Cow::Borrowed(name)),
            Self::Number(number) => Some(Cow::Owned(number.to_string())),
            Self::Symbol(..) => None,
        }
    }
}

/// The symbol that a constant holds, as a text (see [`PropertyKey::Symbol`]).
pub fn unique_symbol(constant: DefId) -> String {
    format!("@{}", constant.0)
}

/// Who may use a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    /// Everybody.
    Public,
    /// `protected`
    Protected,
    /// `private`, `#name`
    Private,
}

/// A property.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyDef {
    /// Its name.
    pub key: PropertyKey,
    /// Its type.
    pub ty: Ty,
    /// `x?: T`
    pub optional: bool,
    /// `readonly`
    pub readonly: bool,
    /// Who may use it.
    pub visibility: Visibility,
    /// Whether it is an accessor (`get x(): T`), which is no field of the instance.
    pub accessor: bool,
    /// Its documentation; a class field without any takes that of the constructor's parameter of its name.
    pub doc: Option<Doc>,
    /// Where it stands.
    pub location: Location,
}

/// A method; overloads are one method each.
#[derive(Clone, Debug, PartialEq)]
pub struct MethodDef {
    /// Its name.
    pub key: PropertyKey,
    /// Its signature.
    pub function: FunctionTy,
    /// `x?(): T`
    pub optional: bool,
    /// Who may use it.
    pub visibility: Visibility,
    /// Its documentation.
    pub doc: Option<Doc>,
    /// Where it stands.
    pub location: Location,
}

/// The static method that makes a class from its wire JSON.
pub const FROM_JSON: &str = "fromJSON";

impl MethodDef {
    /// Whether it is the static method that makes a class from its wire JSON: `static fromJSON(data: XJSON): X`.
    pub fn is_from_json(&self, class: DefId) -> bool {
        let is_class = matches!(&self.function.ret, Ty::Ref(ret) if ret.def == class);
        is_class && self.key == PropertyKey::Name(FROM_JSON.to_owned())
    }
}

/// An index signature.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexDef {
    /// The type of the keys.
    pub key: Ty,
    /// The type of the values.
    pub value: Ty,
    /// Its documentation.
    pub doc: Option<Doc>,
    /// Where it stands.
    pub location: Location,
}

/// A function's signature.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionTy {
    /// Its own type parameters.
    pub params: Vec<TypeParam>,
    /// What `this` has to be, where it says so.
    pub this: Option<Ty>,
    /// Its arguments, `this` left out.
    pub args: Vec<ArgumentDef>,
    /// What it returns; `void` where nothing is written, `boolean` for predicates, the instance for constructors.
    pub ret: Ty,
}

/// An argument of a function.
#[derive(Clone, Debug, PartialEq)]
pub struct ArgumentDef {
    /// Its name; empty for a pattern.
    pub name: String,
    /// Its type; of a rest argument, the array's whole type.
    pub ty: Ty,
    /// `x?: T`
    pub optional: bool,
    /// `...x: T[]`
    pub rest: bool,
}

/// A conditional type.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionalTy {
    /// What is checked; the type distributes where this is a bare type parameter.
    pub check: Ty,
    /// What it is checked against.
    pub extends: Ty,
    /// The type if so.
    pub then: Ty,
    /// The type if not.
    pub otherwise: Ty,
}

/// A modifier of a mapped type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Modifier {
    /// As in the source type.
    #[default]
    Keep,
    /// `?` or `+?`
    Add,
    /// `-?`
    Remove,
}

/// A mapped type.
#[derive(Clone, Debug, PartialEq)]
pub struct MappedTy {
    /// The parameter; its constraint is what is mapped over.
    pub param: TypeParam,
    /// What follows `as`.
    pub rename: Option<Ty>,
    /// The type of each property.
    pub value: Ty,
    /// The `?` modifier.
    pub optional: Modifier,
}

/// A template literal type.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateTy {
    /// The texts, one more than the types.
    pub texts: Vec<String>,
    /// The types between them.
    pub types: Vec<Ty>,
}

#[cfg(test)]
mod tests {
    use super::NumberLit;

    #[test]
    fn numbers_print_as_in_javascript() {
        let cases = [
            (1.0, "1"),
            (-0.0, "0"),
            (-1.5, "-1.5"),
            (1e20, "100000000000000000000"),
            (1e21, "1e+21"),
            (-1.25e22, "-1.25e+22"),
            (0.000_001, "0.000001"),
            (1e-7, "1e-7"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-Infinity"),
        ];
        for (number, text) in cases {
            assert_eq!(NumberLit(number).to_string(), text);
        }
    }
}
