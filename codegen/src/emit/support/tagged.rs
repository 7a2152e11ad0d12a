//! Unions told apart by a property.
//!
//! The tag may stand anywhere. What comes before it is kept as [`Content`]; the payload is then read from that and from
//! the rest of the live document, so that a document that begins with its tag is read as fast as its payload alone.

use super::buffer::{Behind, Key, KeyBehind};
use super::codec::{As, Decode, Encode};
use super::constant::Constant;
use super::content::{Content, Node};
use super::discreet::{is_discreet, own};
use super::error::{duplicate, missing};
use super::level::Level;
use super::record::{Record, RecordVisitor, taken};
use super::unknown::OneOf;
use serde::Serialize;
use serde::de::value::{CowStrDeserializer, MapAccessDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess};
use serde::ser::{Impossible, SerializeMap, SerializeStruct, Serializer};
use serde_json::{Map, Value};
use std::fmt;
use std::marker::PhantomData;

/// What the tag of a document says.
pub enum Tag {
    /// The row of a known value.
    Known(usize),
    /// Another value.
    Unknown(Value),
    /// There is none.
    Missing,
}

/// The property that tells the arms of a union apart.
#[derive(Clone, Copy)]
pub struct TagTable {
    /// What TypeScript calls the union.
    pub name: &'static str,
    /// The property.
    pub key: &'static str,
    /// Its known values.
    pub values: &'static [Constant],
}

impl TagTable {
    /// Reads as far as the tag.
    pub fn find<'de, A: MapAccess<'de>>(&'static self, mut entries: A) -> Result<(Tag, Replay<'de, A>), A::Error> {
        let mut kept = Content::default();
        loop {
            let at = kept.end();
            if entries.next_key_seed(KeyBehind(&mut kept))?.is_none() {
                return Ok((Tag::Missing, Replay::new(self, kept, at, entries)));
            }
            entries.next_value_seed(Behind::new(&mut kept))?;
            if kept.node(at).text() == Some(self.key) {
                let tag = self.look_up(kept.node(at + 1))?;
                return Ok((tag, Replay::new(self, kept, at, entries)));
            }
        }
    }

    fn look_up<E: Error>(&self, tag: Node<'_, '_>) -> Result<Tag, E> {
        if let Some(found) = self.values.iter().position(|value| value.is(tag)) {
            return Ok(Tag::Known(found));
        }
        // Only a value of a known kind can be one that was added later.
        if self.values.iter().any(|value| value.kind() == tag.kind()) {
            return Ok(Tag::Unknown(tag.to_value()));
        }
        let expected = format!("{} as `{}` of {}", OneOf(self.values), self.key, self.name);
        Err(E::invalid_type(tag.unexpected(), &expected.as_str()))
    }

    /// The error of a document without a tag.
    #[cold]
    pub fn missing<E: Error>(&self) -> E {
        missing(&[self.key], self.name)
    }

    /// The error of a tag that a closed union does not know.
    #[cold]
    pub fn unknown<E: Error>(&self, tag: &Value) -> E {
        let Self { name, key, values } = self;
        match is_discreet() {
            true => own(format_args!("unknown `{key}` of {name}, expected {}", OneOf(values))),
            false => own(format_args!("unknown `{key}` of {name}: {tag}, expected {}", OneOf(values))),
        }
    }
}

/// A union whose arms a property tells apart. It says which where it is decoded, to whoever keeps the document.
pub trait Tagged {
    /// The property, behind [`TAGGED`](super::record::TAGGED).
    const BY: &'static str;
}

/// Reads a tagged union.
pub fn deserialize_tagged<'de, T: Record<'de> + Tagged, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let _level = Level::enter()?;
    let mut place = None;
    // What a newtype is called is handed on by all that stands between here and the document, and means nothing to it.
    deserializer.deserialize_newtype_struct(T::BY, RecordVisitor(&mut place))?;
    Ok(taken(&mut place))
}

/// The entries of an object whose tag has been read: first those that were kept, then the live ones.
pub struct Replay<'de, A> {
    table: &'static TagTable,
    /// A key, its value, the next key and so on.
    kept: Content<'de>,
    /// Where in what is kept the tag stands, behind everything else.
    tag: usize,
    /// What of it is answered next, and whether that is a value.
    at: usize,
    at_value: bool,
    rest: A,
}

impl<'de, A: MapAccess<'de>> Replay<'de, A> {
    fn new(table: &'static TagTable, kept: Content<'de>, tag: usize, rest: A) -> Self {
        Self { table, kept, tag, at: 0, at_value: false, rest }
    }

    /// Reads a payload that does not know the tag.
    pub fn outside<C: Decode<'de, P>, P, U>(mut self, make: fn(P) -> U, place: &mut Option<U>) -> Result<(), A::Error> {
        self.kept.take_back(self.tag);
        self.inside::<C, P, U>(make, place)
    }

    /// Reads a payload that has the tag among its properties.
    pub fn inside<C: Decode<'de, P>, P, U>(self, make: fn(P) -> U, place: &mut Option<U>) -> Result<(), A::Error> {
        *place = Some(make(C::decode(MapAccessDeserializer::new(self))?));
        Ok(())
    }

    /// Reads everything as it is.
    pub fn raw<U>(
        mut self,
        tag: Value,
        make: fn(UnknownVariant<U>) -> U,
        place: &mut Option<U>,
    ) -> Result<(), A::Error> {
        let name = self.table.name;
        let mut fields = Map::new();
        while let Some(key) = self.next_key::<String>()? {
            let value = self.next_value()?;
            if fields.insert(key.clone(), value).is_some() {
                return Err(duplicate(&key, name));
            }
        }
        *place = Some(make(UnknownVariant { tag, fields, of: PhantomData }));
        Ok(())
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Replay<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        if self.at < self.kept.end() {
            let key = self.kept.node(self.at);
            (self.at, self.at_value) = (key.after(), true);
            return seed.deserialize(StrDeserializer::new(key.text().unwrap_or_default())).map(Some);
        }
        let Some(key) = self.rest.next_key_seed(Key)? else { return Ok(None) };
        if key == self.table.key {
            return Err(duplicate(self.table.key, self.table.name));
        }
        seed.deserialize(CowStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        if !self.at_value {
            return self.rest.next_value_seed(seed);
        }
        let (key, value) = (self.kept.node(self.at - 1), self.kept.node(self.at));
        (self.at, self.at_value) = (value.after(), false);
        let value = seed.deserialize(value);
        value.map_err(|error| A::Error::custom(error.below_key(key.text().unwrap_or_default())))
    }
}

/// An arm that upstream added after this crate was made: its tag, and the whole document as it was.
///
/// `Debug` shows the tag but not what the document holds: nobody knows what is secret in it.
pub struct UnknownVariant<E> {
    tag: Value,
    fields: Map<String, Value>,
    of: PhantomData<fn() -> E>,
}

impl<E> UnknownVariant<E> {
    /// The tag's value.
    pub fn tag(&self) -> &Value {
        &self.tag
    }

    /// The document, the tag included.
    pub fn fields(&self) -> &Map<String, Value> {
        &self.fields
    }

    /// The document, the tag included.
    pub fn into_fields(self) -> Map<String, Value> {
        self.fields
    }
}

impl<E> Clone for UnknownVariant<E> {
    fn clone(&self) -> Self {
        Self { tag: self.tag.clone(), fields: self.fields.clone(), of: PhantomData }
    }
}

impl<E> PartialEq for UnknownVariant<E> {
    fn eq(&self, other: &Self) -> bool {
        self.fields == other.fields
    }
}

impl<E> fmt::Debug for UnknownVariant<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownVariant").field("tag", &self.tag).finish_non_exhaustive()
    }
}

impl<E> Serialize for UnknownVariant<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fields.serialize(serializer)
    }
}

/// Writes a payload that does not know the tag: the tag first, then the payload's own fields.
pub fn serialize_outside<C: Encode<P>, P, S: Serializer>(
    serializer: S,
    key: &'static str,
    tag: Constant,
    payload: &P,
) -> Result<S::Ok, S::Error> {
    As::<C, P>::new(payload).serialize(WithTag { inner: serializer, key, tag })
}

/// Writes objects with a tag before their first key.
struct WithTag<S> {
    inner: S,
    key: &'static str,
    tag: Constant,
}

impl<S: Serializer> WithTag<S> {
    fn refuse(&self, found: &str) -> S::Error {
        serde::ser::Error::custom(format_args!("{found} cannot carry the tag `{}`", self.key))
    }
}

/// Everything that is no object.
macro_rules! refuse {
    ($($method:ident($($ty:ty)?) $found:literal;)+) => {$(
        fn $method(self $(, _: $ty)?) -> Result<S::Ok, S::Error> {
            Err(self.refuse($found))
        }
    )+};
}

impl<S: Serializer> Serializer for WithTag<S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = S::SerializeMap;
    type SerializeStruct = AsMap<S::SerializeMap>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    refuse! {
        serialize_bool(bool) "a boolean";
        serialize_i8(i8) "a number";
        serialize_i16(i16) "a number";
        serialize_i32(i32) "a number";
        serialize_i64(i64) "a number";
        serialize_u8(u8) "a number";
        serialize_u16(u16) "a number";
        serialize_u32(u32) "a number";
        serialize_u64(u64) "a number";
        serialize_f32(f32) "a number";
        serialize_f64(f64) "a number";
        serialize_char(char) "a string";
        serialize_str(&str) "a string";
        serialize_bytes(&[u8]) "an array";
        serialize_none() "null";
        serialize_unit() "null";
        serialize_unit_struct(&'static str) "null";
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_map(self, len: Option<usize>) -> Result<S::SerializeMap, S::Error> {
        let mut map = self.inner.serialize_map(len.map(|len| len + 1))?;
        map.serialize_entry(self.key, &self.tag)?;
        Ok(map)
    }

    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Self::SerializeStruct, S::Error> {
        self.serialize_map(Some(len)).map(AsMap)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<S::Ok, S::Error> {
        Err(self.refuse("a string"))
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let mut map = self.serialize_map(Some(1))?;
        map.serialize_entry(variant, value)?;
        map.end()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Err(self.refuse("an array"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, S::Error> {
        Err(self.refuse("an array"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, S::Error> {
        Err(self.refuse("an array"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        Err(self.refuse("an enum"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        Err(self.refuse("an enum"))
    }
}

/// The fields of a struct that somebody else wrote, as entries of a map.
pub struct AsMap<M>(M);

impl<M: SerializeMap> SerializeStruct for AsMap<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Result<(), M::Error> {
        self.0.serialize_entry(key, value)
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}

/// Gives a union both of serde's impls from a table of its tags.
///
/// - `"value" => Arm;` is an arm whose payload does not know the tag: the union reads and writes it.
/// - `"value" in Arm;` is an arm whose payload has the tag among its properties.
/// - `absent => Arm;` takes documents without the tag, `_ => Arm;` those with an unknown one.
///
/// `sample Arm` in the head names the arm of the [sample](super::sample) where that is not the first.
/// `: Codec` after an arm says how the payload is coded where that is not serde's own way.
macro_rules! tagged {
    (
        $name:ident $(<$($param:ident),+>)? $upstream:literal by $key:literal $($mark:ident)* {
            $(
                $tag:literal $(in $inside:ident $(: $inside_codec:ty)?)? $(=> $outside:ident $(: $codec:ty)?)?;
            )*
            $(absent => $missing:ident $(: $missing_codec:ty)?;)?
            $(_ => $unknown:ident;)?
        }
    ) => {
        const _: () = {
            use $crate::support::table::*;

            static TAGS: TagTable = TagTable {
                name: $upstream,
                key: $key,
                values: &[$(Literal($tag).constant()),*],
            };

            impl $(<$($param),+>)? Tagged for self::$name $(<$($param),+>)? {
                const BY: &'static str = concat!("tagged by ", $key);
            }

            impl<'de $($(, $param: Deserialize<'de>)+)?> Record<'de> for self::$name $(<$($param),+>)? {
                const NAME: &'static str = $upstream;

                fn read<A: MapAccess<'de>>(entries: A, place: &mut Option<Self>) -> Result<(), A::Error> {
                    let (tag, entries) = TAGS.find(entries)?;
                    match tag {
                        Tag::Known(found) => {
                            let row = 0;
                            $(
                                if found == row {
                                    $(return entries.outside::<Field<$($codec)?>, _, _>(Self::$outside, place);)?
                                    $(return entries.inside::<Field<$($inside_codec)?>, _, _>(Self::$inside, place);)?
                                }
                                let row = row + 1;
                            )*
                            let _ = (found, row);
                            Err(TAGS.missing())
                        }
                        $(Tag::Unknown(tag) => entries.raw(tag, Self::$unknown, place),)?
                        $(Tag::Missing => entries.outside::<Field<$($missing_codec)?>, _, _>(Self::$missing, place),)?
                        #[allow(unreachable_patterns)]
                        Tag::Unknown(tag) => Err(TAGS.unknown(&tag)),
                        #[allow(unreachable_patterns)]
                        Tag::Missing => Err(TAGS.missing()),
                    }
                }
            }

            impl<'de $($(, $param: Deserialize<'de>)+)?> Deserialize<'de> for self::$name $(<$($param),+>)? {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserialize_tagged(deserializer)
                }
            }

            impl $(<$($param: Serialize),+>)? Serialize for self::$name $(<$($param),+>)? {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        $(
                            $(Self::$outside(payload) => {
                                serialize_outside::<Field<$($codec)?>, _, _>(serializer, $key, Literal($tag).constant(), payload)
                            })?
                            $(Self::$inside(payload) => As::<Field<$($inside_codec)?>, _>::new(payload).serialize(serializer),)?
                        )*
                        $(Self::$missing(payload) => As::<Field<$($missing_codec)?>, _>::new(payload).serialize(serializer),)?
                        $(Self::$unknown(unknown) => unknown.serialize(serializer),)?
                    }
                }
            }
        };

        #[cfg(feature = "fixtures")]
        $crate::support::sample! { [$($mark)*] $name [$($($param)+)?] settled (
            $($($inside)? $($outside)?)* $($missing)?
        ) }
    };
}
pub(crate) use tagged;
