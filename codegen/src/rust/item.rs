//! The items of a generated file.

use super::{Presence, RustIdent, RustPath, RustTy};
use crate::model::Literal;

/// An item, with everything that belongs to it (its impls).
#[derive(Clone, Debug)]
pub enum RustItem {
    /// A struct.
    Struct(RustStruct),
    /// An enum of strings, numbers or booleans.
    LiteralEnum(LiteralEnum),
    /// A union told apart by a property.
    Tagged(TaggedEnum),
    /// A union told apart by JSON kind and keys.
    Untagged(UntaggedEnum),
    /// A tuple that has optional or rest places.
    Tuple(TupleStruct),
    /// `pub type X = …;`
    Alias(RustAlias),
    /// `impl From<XJson> for X`: a class from its wire struct.
    From(FromWire),
}

impl RustItem {
    /// Name, documentation and the like; a conversion has none.
    pub fn head_mut(&mut self) -> Option<&mut ItemHead> {
        match self {
            Self::Struct(item) => Some(&mut item.head),
            Self::LiteralEnum(item) => Some(&mut item.head),
            Self::Tagged(item) => Some(&mut item.head),
            Self::Untagged(item) => Some(&mut item.head),
            Self::Tuple(item) => Some(&mut item.head),
            Self::Alias(item) => Some(&mut item.head),
            Self::From(_) => None,
        }
    }
}

/// What all items have.
#[derive(Clone, Debug)]
pub struct ItemHead {
    /// The name.
    pub name: RustIdent,
    /// The type parameters.
    pub params: Vec<RustIdent>,
    /// The documentation, a line each, as Markdown for rustdoc.
    pub doc: Vec<String>,
    /// `#[deprecated(note = "…")]`; an empty note is `#[deprecated]`.
    pub deprecated: Option<String>,
    /// `#[doc(hidden)]`
    pub hidden: bool,
    /// What upstream calls it: named in error messages.
    pub upstream: String,
    /// Derives beside `Clone, Debug, PartialEq`, by recipe.
    pub derives: Vec<String>,
    /// The value that tests begin with.
    pub sample: Sample,
}

/// The sample of a type: a plain value of it, which tests begin with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sample {
    /// There is none: every value of the type holds another value of it.
    #[default]
    None,
    /// What must be there is filled; of an enum it is the first variant.
    Plain,
    /// Of an enum: this variant.
    Variant(RustIdent),
}

/// A struct.
#[derive(Clone, Debug)]
pub struct RustStruct {
    /// Name, documentation, …
    pub head: ItemHead,
    /// Its fields, in source order, and the literal and forbidden properties between them.
    pub members: Vec<RustMember>,
    /// Whether it is `#[non_exhaustive]`.
    pub non_exhaustive: bool,
    /// The fields that keep keys of which no other field is; a key is kept by the first that takes it. Where there is
    /// none, such keys are ignored.
    pub extras: Vec<Extra>,
    /// Whether it has `new`, `with_*` and perhaps `Default`.
    pub request: bool,
}

/// A field of type `BTreeMap<String, T>` (or `serde_json::Map` for `RustTy::Json`) that keeps keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// The form of the keys that it keeps; `None` where it keeps them all.
    pub keys: Option<Vec<KeyPart>>,
    /// The field.
    pub field: RustIdent,
    /// The type of the values.
    pub value: RustTy,
    /// The field's documentation.
    pub doc: Vec<String>,
}

/// A part of a key's form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPart {
    /// This text.
    Text(String),
    /// Any text.
    Any,
    /// A number.
    Number,
    /// An integer.
    Integer,
}

/// A property of a struct.
#[derive(Clone, Debug)]
pub enum RustMember {
    /// A field.
    Field(RustField),
    /// A property of one literal: checked when decoding, written when encoding, no field.
    Literal {
        /// The key on the wire.
        wire: String,
        /// The value.
        value: Literal,
    },
    /// A property that must be absent (`x?: never`): no field.
    Forbidden {
        /// The key on the wire.
        wire: String,
    },
}

/// A field.
#[derive(Clone, Debug)]
pub struct RustField {
    /// Its name.
    pub name: RustIdent,
    /// The keys it is read from on the wire, the first that is there counts; written under the first. None of a field
    /// that is on no wire: it is always absent.
    pub wire: Vec<String>,
    /// The type of the value when there is one; `presence` wraps it.
    pub ty: RustTy,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// What stands in for a missing or null value, by recipe.
    pub default: Option<FieldDefault>,
    /// Whether it prints as redacted and is kept out of errors.
    pub secret: bool,
    /// Its documentation.
    pub doc: Vec<String>,
    /// `#[deprecated]`
    pub deprecated: Option<String>,
    /// `#[doc(hidden)]`
    pub hidden: bool,
}

/// What stands in for a value that is not there, as a recipe's `[class]` row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDefault {
    /// The value, as JSON text.
    pub json: String,
    /// What it stands in for.
    pub when: When,
}

impl FieldDefault {
    /// Whether nothing is what stands in.
    pub fn is_null(&self) -> bool {
        self.json == "null"
    }
}

/// The values that a default stands in for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// Absent ones: a default argument (`(x = …) => …`).
    Absent,
    /// Absent and null ones (`??`).
    #[default]
    Nullish,
    /// All that count as false (`||`).
    Falsy,
}

/// An enum of literals.
#[derive(Clone, Debug)]
pub struct LiteralEnum {
    /// Name, documentation, …
    pub head: ItemHead,
    /// Its variants: all strings or all numbers.
    pub variants: Vec<LiteralVariant>,
    /// Whether values that are not listed are refused (`true`) or kept (`false`).
    pub closed: bool,
}

/// A variant of a [`LiteralEnum`].
#[derive(Clone, Debug)]
pub struct LiteralVariant {
    /// Its name.
    pub name: RustIdent,
    /// The value on the wire.
    pub value: Literal,
    /// Its documentation.
    pub doc: Vec<String>,
    /// `#[deprecated]`
    pub deprecated: Option<String>,
}

/// A union told apart by a property with literal values.
#[derive(Clone, Debug)]
pub struct TaggedEnum {
    /// Name, documentation, …
    pub head: ItemHead,
    /// The property on the wire.
    pub tag: String,
    /// One variant for each value of the tag.
    pub variants: Vec<TaggedVariant>,
    /// The variant of documents without the tag, where an arm allows that.
    pub untagged: Option<PayloadVariant>,
    /// Whether an unknown tag is refused (`true`) or kept raw (`false`).
    pub closed: bool,
}

/// A variant of a [`TaggedEnum`].
#[derive(Clone, Debug)]
pub struct TaggedVariant {
    /// The tag's value.
    pub value: Literal,
    /// Whether the enum writes the tag (the payload does not know it) or the payload does (it checks it).
    pub enum_writes_tag: bool,
    /// The variant.
    pub variant: PayloadVariant,
}

/// A variant with one unnamed field.
#[derive(Clone, Debug)]
pub struct PayloadVariant {
    /// Its name.
    pub name: RustIdent,
    /// The payload.
    pub ty: RustTy,
    /// Its documentation.
    pub doc: Vec<String>,
    /// `#[deprecated]`
    pub deprecated: Option<String>,
}

/// A union told apart by JSON kind, then by which arm decodes and leaves the least of the document unread.
#[derive(Clone, Debug)]
pub struct UntaggedEnum {
    /// Name, documentation, …
    pub head: ItemHead,
    /// The variants, in the order in which they are tried.
    pub variants: Vec<UntaggedVariant>,
}

/// A variant of an [`UntaggedEnum`].
#[derive(Clone, Debug)]
pub struct UntaggedVariant {
    /// The variant.
    pub variant: PayloadVariant,
    /// The JSON kinds it may have; only variants of the document's kind are tried.
    pub kinds: Vec<JsonKind>,
    /// Keys without which a document is not this variant's, where that is not so of all variants.
    pub required: Vec<String>,
    /// Values that are another variant's: an open enum would take them for values that it does not know.
    pub foreign: Vec<Foreign>,
}

/// A value that belongs to another arm of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// The keys on the way to it; what is in a list is where the list is.
    pub path: Vec<String>,
    /// The value.
    pub value: Literal,
}

/// The kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool,
    /// A number.
    Number,
    /// A string.
    String,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
    /// `{}`: of a map that nothing can be in.
    Empty,
}

/// A tuple with optional or rest places, as a tuple struct.
#[derive(Clone, Debug)]
pub struct TupleStruct {
    /// Name, documentation, …
    pub head: ItemHead,
    /// Its places.
    pub places: Vec<TuplePlace>,
}

/// A place of a [`TupleStruct`].
#[derive(Clone, Debug)]
pub struct TuplePlace {
    /// The type; of a rest place, each of the elements.
    pub ty: RustTy,
    /// How many elements there may be.
    pub arity: Arity,
    /// Its documentation (the label).
    pub doc: Vec<String>,
}

/// How many elements a place of a tuple has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// One: `T`.
    One,
    /// One or none: `Option<T>`.
    Optional,
    /// Any number: `Vec<T>`.
    Rest,
}

/// A type alias.
#[derive(Clone, Debug)]
pub struct RustAlias {
    /// Name, documentation, …
    pub head: ItemHead,
    /// What it stands for.
    pub ty: RustTy,
}

/// `impl From<XJson> for X`
#[derive(Clone, Debug)]
pub struct FromWire {
    /// The class.
    pub class: RustPath,
    /// Its wire struct.
    pub wire: RustPath,
    /// The class's fields, and where each comes from.
    pub fields: Vec<FromField>,
}

/// A field of a class and its source in the wire struct.
#[derive(Clone, Debug)]
pub struct FromField {
    /// The class's field.
    pub field: RustIdent,
    /// What it gets.
    pub value: FromValue,
}

/// What a class's field gets from the wire struct. Conversions are by value: the wire struct is consumed, and a field
/// of it that is used twice is cloned but for the last time.
#[derive(Clone, Debug)]
pub enum FromValue {
    /// A field of the wire struct, converted step by step.
    Field {
        /// The wire struct's field.
        wire: RustIdent,
        /// Its presence there.
        from: Presence,
        /// The presence in the class.
        to: Presence,
        /// How the value itself is converted.
        convert: Convert,
        /// What stands in for a missing value.
        default: Option<FieldDefault>,
        /// Whether the wire field is used again later.
        clone: bool,
    },
    /// The only value of a wire property that is no field: a string, by `From<&str>`, or a boolean.
    Literal(Literal),
    /// Nothing: the wire struct has no such field; `None`.
    Absent,
}

/// How a value of a wire type becomes one of a class's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Convert {
    /// It is the same type.
    Same,
    /// `From::from`
    Into,
    /// From one enum of strings to another by the text, which the other keeps where it does not know it.
    Text,
    /// Each element.
    Each(Box<Convert>),
    /// What is inside `Option`.
    Inner(Box<Convert>),
    /// What it is as JSON: `serde_json::Value`, or a map of them.
    Untyped {
        /// Whether it is a map.
        map: bool,
    },
    /// What becomes the inside of a `Box`.
    Boxed(Box<Convert>),
    /// What is taken out of a `Box`.
    Unboxed(Box<Convert>),
}
