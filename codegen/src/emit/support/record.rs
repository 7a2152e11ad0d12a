//! Structs from JSON objects: the table of a struct's keys gives both directions.
//!
//! The loop over the keys of a document, the search for a key in the table and the texts of errors are written once,
//! here, and not once for each struct: that keeps the crate quick to build.

use super::codec::{As, Decode, Encode, Seed};
use super::constant::{Check, Constant};
use super::error::{duplicate, missing, secret};
use super::extra::Extra;
use super::level::Level;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use std::fmt;
use std::marker::PhantomData;

/// A type that is read from a JSON object.
pub trait Record<'de>: Sized {
    /// What TypeScript calls it.
    const NAME: &'static str;

    /// Reads it from the object's entries into a place, which is always filled where no error is answered.
    ///
    /// A place and no result: a struct can be large, and every result on the way is a copy of it on the stack.
    fn read<A: MapAccess<'de>>(entries: A, place: &mut Option<Self>) -> Result<(), A::Error>;
}

/// Reads a record.
pub fn deserialize<'de, T: Record<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let _level = Level::enter()?;
    let mut place = None;
    deserializer.deserialize_map(RecordVisitor(&mut place))?;
    Ok(taken(&mut place))
}

/// What was put into a place.
#[inline]
pub fn taken<T>(place: &mut Option<T>) -> T {
    place.take().expect("a place is filled unless there is an error")
}

/// In front of the property that tells a union's arms apart, where the union says which: what no newtype is called.
pub const TAGGED: &str = "tagged by ";

/// Reads an object into a place.
pub(super) struct RecordVisitor<'a, T>(pub(super) &'a mut Option<T>);

impl<'de, T: Record<'de>> Visitor<'de> for RecordVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (an object)", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<(), A::Error> {
        T::read(entries, self.0)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

/// The entries of an object that is being read, and the table of the keys that are looked for.
pub struct Fields<'t, 'de, A: MapAccess<'de>> {
    entries: A,
    name: &'static str,
    keys: &'static [&'static str],
    /// Which keys have been met.
    seen: &'t mut [bool],
    /// The row that is tried first: documents usually come in the declared order.
    next: usize,
    /// The text of the undeclared key met last, where such keys are kept.
    undeclared: Option<String>,
    /// Whether its value is still to be read: no map may be for a key of its form.
    unread: bool,
    /// The keys that must be there and are not.
    missing: Vec<&'static str>,
    /// The first thing that went wrong. It ends the reading, but is answered at the end only: that a row can just be
    /// read makes the code of each struct half as long.
    error: Option<A::Error>,
}

impl<'t, 'de, A: MapAccess<'de>> Fields<'t, 'de, A> {
    /// Starts to read. `seen` has a place for each key.
    pub fn new(entries: A, name: &'static str, keys: &'static [&'static str], seen: &'t mut [bool]) -> Self {
        Self { entries, name, keys, seen, next: 0, undeclared: None, unread: false, missing: Vec::new(), error: None }
    }

    /// From now on undeclared keys are answered too, as a row past the last.
    pub fn keep_undeclared(&mut self) {
        self.undeclared = Some(String::new());
    }

    /// The row of the next key, whose value is to be read next; `None` at the end and where something is wrong.
    #[inline]
    pub fn next_row(&mut self) -> Option<usize> {
        if self.error.is_some() {
            return None;
        }
        match self.find_row() {
            Ok(row) => row,
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    #[inline]
    fn find_row(&mut self) -> Result<Option<usize>, A::Error> {
        loop {
            if std::mem::take(&mut self.unread) {
                self.entries.next_value::<IgnoredAny>()?;
            }
            let seed = KeySeed { keys: self.keys, first: self.next, undeclared: self.undeclared.as_mut() };
            let Some(row) = self.entries.next_key_seed(seed)? else { return Ok(None) };
            if let Some(seen) = self.seen.get_mut(row) {
                if std::mem::replace(seen, true) {
                    return Err(duplicate(self.keys[row], self.name));
                }
                self.next = row + 1;
                return Ok(Some(row));
            }
            if self.undeclared.is_some() {
                self.unread = true;
                return Ok(Some(row));
            }
            self.entries.next_value::<IgnoredAny>()?;
        }
    }

    /// Reads the value of the key that [`Self::next_row`] answered into a place.
    #[inline]
    pub fn read<C: Decode<'de, T>, T>(&mut self, place: &mut Option<T>) {
        let key = if C::SECRET { self.keys[self.next - 1] } else { "" };
        let seed = IntoPlace::<C, T> { place, key, name: self.name, codec: PhantomData };
        if let Err(error) = self.entries.next_value_seed(seed) {
            self.error = Some(error);
        }
    }

    /// Checks the value of a property that has only one.
    pub fn check(&mut self, constant: Constant) {
        let key = self.keys[self.next - 1];
        if let Err(error) = self.entries.next_value_seed(Check { constant, key, name: self.name }) {
            self.error = Some(error);
        }
    }

    /// The undeclared key met last, where such keys are kept.
    pub fn undeclared(&self) -> &str {
        self.undeclared.as_deref().unwrap_or_default()
    }

    /// Puts the value of an undeclared key into a map.
    pub fn keep<C: Decode<'de, T>, T>(&mut self, extra: &mut impl Extra<T>) {
        if let Err(error) = self.try_keep::<C, T>(extra) {
            self.error = Some(error);
        }
    }

    fn try_keep<C: Decode<'de, T>, T>(&mut self, extra: &mut impl Extra<T>) -> Result<(), A::Error> {
        self.unread = false;
        let key = self.undeclared.clone().unwrap_or_default();
        let value = self.entries.next_value_seed(Seed::<C, T>::new())?;
        match extra.put(key.clone(), value) {
            Some(_) => Err(duplicate(&key, self.name)),
            None => Ok(()),
        }
    }

    /// Puts what stands for an absent value into a place that is empty at the end.
    #[inline]
    pub fn finish<C: Decode<'de, T>, T>(&mut self, place: &mut Option<T>, key: &'static str) {
        if place.is_none() {
            *place = C::absent();
            if place.is_none() {
                self.refuse(key);
            }
        }
    }

    /// Refuses an object without a property that has only one value.
    pub fn finish_constant(&mut self, row: usize, constant: Constant) {
        if !self.seen[row] && constant != Constant::Forbidden {
            self.refuse(self.keys[row]);
        }
    }

    /// Notes a key that is missing, unless reading ended before its end.
    #[cold]
    fn refuse(&mut self, key: &'static str) {
        if self.error.is_none() {
            self.missing.push(key);
        }
    }

    /// What went wrong.
    pub fn end(self) -> Result<(), A::Error> {
        match self.error {
            Some(error) => Err(error),
            None if self.missing.is_empty() => Ok(()),
            None => Err(missing(&self.missing, self.name)),
        }
    }
}

/// Reads a value into a place; whatever is wrong with a secret one, the error does not show it.
struct IntoPlace<'a, C, T> {
    place: &'a mut Option<T>,
    key: &'static str,
    name: &'static str,
    codec: PhantomData<C>,
}

impl<'de, C: Decode<'de, T>, T> DeserializeSeed<'de> for IntoPlace<'_, C, T> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match C::decode(deserializer) {
            Ok(value) => *self.place = Some(value),
            Err(_) if C::SECRET => return Err(secret(self.key, self.name)),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// Finds a key in the table.
struct KeySeed<'a> {
    keys: &'static [&'static str],
    first: usize,
    undeclared: Option<&'a mut String>,
}

impl KeySeed<'_> {
    #[inline]
    fn find(self, key: &str) -> usize {
        if self.keys.get(self.first).is_some_and(|next| is_same(next.as_bytes(), key.as_bytes())) {
            return self.first;
        }
        self.search(key)
    }

    fn search(self, key: &str) -> usize {
        let (before, after) = self.keys.split_at(self.first);
        if let Some(found) = after.iter().position(|known| *known == key) {
            return self.first + found;
        }
        if let Some(found) = before.iter().position(|known| *known == key) {
            return found;
        }
        if let Some(text) = self.undeclared {
            text.clear();
            text.push_str(key);
        }
        self.keys.len()
    }
}

/// Whether two short texts are the same, without the call that `==` would make: it is asked for every key.
#[inline]
fn is_same(mut a: &[u8], mut b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    while let (Some((first_a, rest_a)), Some((first_b, rest_b))) = (a.split_first_chunk::<8>(), b.split_first_chunk()) {
        if first_a != first_b {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    if let (Some((first_a, rest_a)), Some((first_b, rest_b))) = (a.split_first_chunk::<4>(), b.split_first_chunk()) {
        if first_a != first_b {
            return false;
        }
        (a, b) = (rest_a, rest_b);
    }
    a.iter().eq(b)
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<usize, E> {
        Ok(self.find(key))
    }
}

/// Writes a field.
#[inline]
pub fn put<C: Encode<T>, T, M: SerializeMap>(out: &mut M, key: &'static str, value: &T) -> Result<(), M::Error> {
    if C::is_left_out(value) {
        return Ok(());
    }
    out.serialize_entry(key, &As::<C, T>::new(value))
}

/// Writes a property that has only one value.
pub fn put_constant<M: SerializeMap>(out: &mut M, key: &'static str, constant: Constant) -> Result<(), M::Error> {
    match constant {
        Constant::Forbidden => Ok(()),
        constant => out.serialize_entry(key, &constant),
    }
}

/// Gives a struct both of serde's impls from a table of its keys.
///
/// - `"key" => field;` is a field; `"key" => field: Codec;` one that is coded in its own way.
/// - `"key" = value;` is a property that has only this value: it is checked and written, and has no field.
/// - `[Text("x-"), AnyText] => field;` keeps the fields whose keys have this form and are not declared.
/// - `.. => field;` keeps the others that are not declared.
///
/// `endless` in the head of this and of other tables is for types without a [sample](super::sample).
///
/// A type parameter is the impls' own, and may be called otherwise than the struct's: no name that they use themselves.
macro_rules! record {
    (
        $name:ident $(<$($param:ident),+>)? $upstream:literal $($mark:ident)* {
            $($key:literal $(=> $field:ident $(: $codec:ty)?)? $(= $value:expr)?;)*
            $([$($form:expr),+] => $formed:ident $(: $formed_codec:ty)?;)*
            $(.. => $extra:ident $(: $extra_codec:ty)?;)?
        }
    ) => {
        const _: () = {
            use $crate::support::table::*;

            const KEYS: &[&str] = &[$($key),*];

            impl<'de $($(, $param: Deserialize<'de>)+)?> Record<'de> for self::$name $(<$($param),+>)? {
                const NAME: &'static str = $upstream;

                fn read<A: MapAccess<'de>>(entries: A, place: &mut Option<Self>) -> Result<(), A::Error> {
                    let mut seen = [false; KEYS.len()];
                    let mut fields = Fields::new(entries, $upstream, KEYS, &mut seen);
                    $($(let mut $field = None;)?)*
                    $(
                        let mut $formed = Default::default();
                        fields.keep_undeclared();
                    )*
                    $(
                        let mut $extra = Default::default();
                        fields.keep_undeclared();
                    )?
                    while let Some(found) = fields.next_row() {
                        let row = 0;
                        $(
                            if found == row {
                                $(fields.read::<Field<$($codec)?>, _>(&mut $field);)?
                                $(fields.check(Literal($value).constant());)?
                                continue;
                            }
                            let row = row + 1;
                        )*
                        let _ = (found, row);
                        $(
                            if has_form(fields.undeclared(), &[$($form),+]) {
                                fields.keep::<Field<$($formed_codec)?>, _>(&mut $formed);
                                continue;
                            }
                        )*
                        $(fields.keep::<Field<$($extra_codec)?>, _>(&mut $extra);)?
                    }
                    let row = 0;
                    $(
                        $(fields.finish::<Field<$($codec)?>, _>(&mut $field, $key);)?
                        $(fields.finish_constant(row, Literal($value).constant());)?
                        let row = row + 1;
                    )*
                    let _ = row;
                    fields.end()?;
                    *place = Some(Self {
                        $($($field: taken(&mut $field),)?)*
                        $($formed,)*
                        $($extra,)?
                    });
                    Ok(())
                }
            }

            impl<'de $($(, $param: Deserialize<'de>)+)?> Deserialize<'de> for self::$name $(<$($param),+>)? {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserialize(deserializer)
                }
            }

            impl $(<$($param: Serialize),+>)? Serialize for self::$name $(<$($param),+>)? {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut out = serializer.serialize_map(None)?;
                    // A table may have no row.
                    let _ = &mut out;
                    $(
                        $(put::<Field<$($codec)?>, _, _>(&mut out, $key, &self.$field)?;)?
                        $(put_constant(&mut out, $key, Literal($value).constant())?;)?
                    )*
                    $(put_formed::<Field<$($formed_codec)?>, _, _>(
                        &mut out,
                        KEYS,
                        &[$($form),+],
                        &self.$formed,
                    )?;)*
                    $(put_extra::<Field<$($extra_codec)?>, _, _>(&mut out, KEYS, &self.$extra)?;)?
                    out.end()
                }
            }
        };

        #[cfg(feature = "fixtures")]
        $crate::support::sample! { [$($mark)*] $name [$($($param)+)?] as_is { $($($field)?)* $($formed)* $($extra)? } }
    };
}
pub(crate) use record;
