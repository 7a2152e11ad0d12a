//! How a field's value is read and written, where serde's own way is not TypeScript's.
//!
//! A codec is a type without values that says how a `T` is decoded ([`Decode`]) and encoded ([`Encode`]); codecs nest
//! as types do: `Optional<List<Float>>` is an `Option<Vec<f64>>` that may be absent but not null.

use super::discreet::own;
use super::error::shown;
use super::extra::Extra;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::ser::{SerializeMap, SerializeSeq, SerializeTuple, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Reads values of `T`.
pub trait Decode<'de, T>: Sized {
    /// Whether errors must not show the value.
    const SECRET: bool = false;

    /// Reads a value that is there.
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;

    /// What a field has whose key is absent; `None` where it must be there.
    fn absent() -> Option<T> {
        None
    }
}

/// Writes values of `T`.
pub trait Encode<T>: Sized {
    /// Writes a value.
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;

    /// Whether a field with this value is left out.
    fn is_left_out(_value: &T) -> bool {
        false
    }
}

/// A codec as serde's seed.
pub struct Seed<C, T>(PhantomData<fn() -> (C, T)>);

impl<C, T> Seed<C, T> {
    /// The seed.
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, C: Decode<'de, T>, T> DeserializeSeed<'de> for Seed<C, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        C::decode(deserializer)
    }
}

/// A value together with its codec, as serde wants to see it.
pub struct As<'a, C, T>(&'a T, PhantomData<fn() -> C>);

impl<'a, C, T> As<'a, C, T> {
    /// The value, to be written by the codec.
    pub fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<C: Encode<T>, T> Serialize for As<'_, C, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        C::encode(self.0, serializer)
    }
}

/// The type's own `Serialize` and `Deserialize`.
pub struct Plain;

impl<'de, T: Deserialize<'de>> Decode<'de, T> for Plain {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

impl<T: Serialize> Encode<T> for Plain {
    #[inline]
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

/// Any JSON value but null: `{}`.
pub struct NonNull;

impl<'de> Decode<'de, Value> for NonNull {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Null => Err(D::Error::invalid_type(Unexpected::Unit, &"any value but null")),
            value => Ok(value),
        }
    }
}

impl Encode<Value> for NonNull {
    fn encode<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

/// Null and nothing else, whose errors say so in JSON's words.
pub struct Null;

struct NullVisitor;

impl Visitor<'_> for NullVisitor {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

impl<'de> Decode<'de, ()> for Null {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_unit(NullVisitor)
    }
}

impl Encode<()> for Null {
    fn encode<S: Serializer>(value: &(), serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

/// A JSON array.
pub struct List<C = Plain>(PhantomData<C>);

struct ListVisitor<C, T>(PhantomData<(C, T)>);

impl<'de, C: Decode<'de, T>, T> Visitor<'de> for ListVisitor<C, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element_seed(Seed::<C, T>::new())? {
            list.push(element);
        }
        Ok(list)
    }
}

impl<'de, C: Decode<'de, T>, T> Decode<'de, Vec<T>> for List<C> {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(ListVisitor::<C, T>(PhantomData))
    }
}

impl<C: Encode<T>, T> Encode<Vec<T>> for List<C> {
    fn encode<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_seq(Some(value.len()))?;
        for element in value {
            out.serialize_element(&As::<C, T>::new(element))?;
        }
        out.end()
    }
}

/// A JSON object with any keys; one that comes twice is refused.
pub struct Table<C = Plain>(PhantomData<C>);

struct TableVisitor<C, T, M>(PhantomData<(C, T, M)>);

impl<'de, C: Decode<'de, T>, T, M: Extra<T>> Visitor<'de> for TableVisitor<C, T, M> {
    type Value = M;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut table = M::default();
        while let Some(key) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(Seed::<C, T>::new())?;
            if table.put(key.clone(), value).is_some() {
                return Err(own(format_args!("duplicate key `{}`", shown(&key))));
            }
        }
        Ok(table)
    }
}

impl<'de, C: Decode<'de, T>, T> Decode<'de, BTreeMap<String, T>> for Table<C> {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error> {
        deserializer.deserialize_map(TableVisitor::<C, T, _>(PhantomData))
    }
}

impl<'de> Decode<'de, Map<String, Value>> for Table {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Map<String, Value>, D::Error> {
        // Serde's own map reads null as an empty one.
        deserializer.deserialize_map(TableVisitor::<Plain, Value, _>(PhantomData))
    }
}

impl Encode<Map<String, Value>> for Table {
    fn encode<S: Serializer>(value: &Map<String, Value>, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<C: Encode<T>, T> Encode<BTreeMap<String, T>> for Table<C> {
    fn encode<S: Serializer>(value: &BTreeMap<String, T>, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(value.len()))?;
        for (key, value) in value {
            out.serialize_entry(key, &As::<C, T>::new(value))?;
        }
        out.end()
    }
}

/// What is inside a `Box`.
pub struct Boxed<C = Plain>(PhantomData<C>);

impl<'de, C: Decode<'de, T>, T> Decode<'de, Box<T>> for Boxed<C> {
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        C::decode(deserializer).map(Box::new)
    }
}

impl<C: Encode<T>, T> Encode<Box<T>> for Boxed<C> {
    fn encode<S: Serializer>(value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        C::encode(value, serializer)
    }
}

/// `T | null`: null or a value; as a field it must be there.
pub struct Nullable<C = Plain>(PhantomData<C>);

struct NullableVisitor<C, T>(PhantomData<(C, T)>);

impl<'de, C: Decode<'de, T>, T> Visitor<'de> for NullableVisitor<C, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        C::decode(deserializer).map(Some)
    }
}

impl<'de, C: Decode<'de, T>, T> Decode<'de, Option<T>> for Nullable<C> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(NullableVisitor::<C, T>(PhantomData))
    }
}

impl<C: Encode<T>, T> Encode<Option<T>> for Nullable<C> {
    fn encode<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.serialize_some(&As::<C, T>::new(value)),
            None => serializer.serialize_none(),
        }
    }
}

/// `x?: T`: absent or a value; null is an error.
pub struct Optional<C = Plain>(PhantomData<C>);

impl<'de, C: Decode<'de, T>, T> Decode<'de, Option<T>> for Optional<C> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        C::decode(deserializer).map(Some)
    }

    fn absent() -> Option<Option<T>> {
        Some(None)
    }
}

impl<C: Encode<T>, T> Encode<Option<T>> for Optional<C> {
    fn encode<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        Nullable::<C>::encode(value, serializer)
    }

    fn is_left_out(value: &Option<T>) -> bool {
        value.is_none()
    }
}

/// Absent and null are both `None`, which is left out.
pub struct Merged<C = Plain>(PhantomData<C>);

impl<'de, C: Decode<'de, T>, T> Decode<'de, Option<T>> for Merged<C> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        Nullable::<C>::decode(deserializer)
    }

    fn absent() -> Option<Option<T>> {
        Some(None)
    }
}

impl<C: Encode<T>, T> Encode<Option<T>> for Merged<C> {
    fn encode<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        Nullable::<C>::encode(value, serializer)
    }

    fn is_left_out(value: &Option<T>) -> bool {
        value.is_none()
    }
}

/// Absent and null are both `None`, which is written as null.
pub struct NullableOrAbsent<C = Plain>(PhantomData<C>);

impl<'de, C: Decode<'de, T>, T> Decode<'de, Option<T>> for NullableOrAbsent<C> {
    #[inline]
    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        Nullable::<C>::decode(deserializer)
    }

    fn absent() -> Option<Option<T>> {
        Some(None)
    }
}

impl<C: Encode<T>, T> Encode<Option<T>> for NullableOrAbsent<C> {
    fn encode<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        Nullable::<C>::encode(value, serializer)
    }
}

/// A value that errors must not show.
pub struct Secret<C = Plain>(PhantomData<C>);

impl<'de, C: Decode<'de, T>, T> Decode<'de, T> for Secret<C> {
    const SECRET: bool = true;

    fn decode<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        C::decode(deserializer).map_err(|_| own(format_args!("invalid value (not shown: it is secret)")))
    }

    fn absent() -> Option<T> {
        C::absent()
    }
}

impl<C: Encode<T>, T> Encode<T> for Secret<C> {
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        C::encode(value, serializer)
    }

    fn is_left_out(value: &T) -> bool {
        C::is_left_out(value)
    }
}

/// Tuples: JSON arrays of exactly their length.
macro_rules! tuples {
    ($($count:literal ($($codec:ident $ty:ident $place:tt)+);)+) => {$(
        impl<'de, $($codec: Decode<'de, $ty>, $ty),+> Decode<'de, ($($ty,)+)> for ($($codec,)+) {
            fn decode<De: Deserializer<'de>>(deserializer: De) -> Result<($($ty,)+), De::Error> {
                struct Places<V>(PhantomData<V>);
                impl<'de, $($codec: Decode<'de, $ty>, $ty),+> Visitor<'de> for Places<($(($codec, $ty),)+)> {
                    type Value = ($($ty,)+);

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str(concat!("an array of ", $count))
                    }

                    fn visit_seq<Ac: SeqAccess<'de>>(self, mut places: Ac) -> Result<Self::Value, Ac::Error> {
                        let tuple = ($(match places.next_element_seed(Seed::<$codec, $ty>::new())? {
                            Some(value) => value,
                            None => return Err(Ac::Error::invalid_length($place, &self)),
                        },)+);
                        match places.next_element::<serde::de::IgnoredAny>()? {
                            Some(_) => Err(own(format_args!("more elements than an array of {}", $count))),
                            None => Ok(tuple),
                        }
                    }
                }
                deserializer.deserialize_tuple($count, Places::<($(($codec, $ty),)+)>(PhantomData))
            }
        }

        impl<$($codec: Encode<$ty>, $ty),+> Encode<($($ty,)+)> for ($($codec,)+) {
            fn encode<Se: Serializer>(value: &($($ty,)+), serializer: Se) -> Result<Se::Ok, Se::Error> {
                let mut out = serializer.serialize_tuple($count)?;
                $(out.serialize_element(&As::<$codec, $ty>::new(&value.$place))?;)+
                out.end()
            }
        }
    )+};
}

tuples! {
    1 (C0 T0 0);
    2 (C0 T0 0 C1 T1 1);
    3 (C0 T0 0 C1 T1 1 C2 T2 2);
    4 (C0 T0 0 C1 T1 1 C2 T2 2 C3 T3 3);
    5 (C0 T0 0 C1 T1 1 C2 T2 2 C3 T3 3 C4 T4 4);
    6 (C0 T0 0 C1 T1 1 C2 T2 2 C3 T3 3 C4 T4 4 C5 T5 5);
    7 (C0 T0 0 C1 T1 1 C2 T2 2 C3 T3 3 C4 T4 4 C5 T5 5 C6 T6 6);
    8 (C0 T0 0 C1 T1 1 C2 T2 2 C3 T3 3 C4 T4 4 C5 T5 5 C6 T6 6 C7 T7 7);
    9 (C0 T0 0 C1 T1 1 C2 T2 2 C3 T3 3 C4 T4 4 C5 T5 5 C6 T6 6 C7 T7 7 C8 T8 8);
    10 (C0 T0 0 C1 T1 1 C2 T2 2 C3 T3 3 C4 T4 4 C5 T5 5 C6 T6 6 C7 T7 7 C8 T8 8 C9 T9 9);
    11 (C0 T0 0 C1 T1 1 C2 T2 2 C3 T3 3 C4 T4 4 C5 T5 5 C6 T6 6 C7 T7 7 C8 T8 8 C9 T9 9 C10 T10 10);
    12 (C0 T0 0 C1 T1 1 C2 T2 2 C3 T3 3 C4 T4 4 C5 T5 5 C6 T6 6 C7 T7 7 C8 T8 8 C9 T9 9 C10 T10 10 C11 T11 11);
}
