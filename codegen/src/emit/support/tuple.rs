//! Tuples with optional or rest places, as tuple structs.

use super::codec::{As, Decode, Encode};
use super::content::{Content, Nodes};
use super::discreet::own;
use super::error::ContentError;
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::SerializeSeq;
use std::marker::PhantomData;

/// The elements of an array that is being read into places.
pub struct Elements<'c, 'de> {
    left: Nodes<'c, 'de>,
    name: &'static str,
    /// How many elements have been taken.
    at: usize,
    /// How many elements the places after a rest place need.
    after: usize,
}

/// How a place takes its elements.
pub trait Place<'de, T> {
    /// How many elements it needs.
    const NEEDS: usize;

    /// Takes them.
    fn take(elements: &mut Elements<'_, 'de>) -> Result<T, ContentError>;
}

/// How a place gives its elements.
pub trait PutPlace<T> {
    /// Writes them.
    fn put<S: SerializeSeq>(value: &T, out: &mut S) -> Result<(), S::Error>;
}

/// Exactly one element.
pub struct One<C>(PhantomData<C>);
/// One element or none, at the end.
pub struct Perhaps<C>(PhantomData<C>);
/// Any number of elements.
pub struct Rest<C>(PhantomData<C>);

impl<'c, 'de> Elements<'c, 'de> {
    /// The elements of an array; `needs` is how many all places need together.
    pub fn new(content: &'c Content<'de>, name: &'static str, needs: usize) -> Result<Self, ContentError> {
        let root = content.root();
        match root.elements() {
            Some(left) => Ok(Self { left, name, at: 0, after: needs }),
            None => Err(ContentError::invalid_type(root.unexpected(), &format!("{name} (an array)").as_str())),
        }
    }

    /// Refuses elements that no place took.
    pub fn finish(&mut self) -> Result<(), ContentError> {
        let Self { name, at, .. } = self;
        match self.left.len() {
            0 => Ok(()),
            left => Err(own(format_args!("{name} has at most {at} elements, found {}", *at + left))),
        }
    }

    fn next<C: Decode<'de, T>, T>(&mut self) -> Result<T, ContentError> {
        let Some(element) = self.left.next() else {
            return Err(own(format_args!("missing element {} of {}", self.at, self.name)));
        };
        let value = C::decode(element).map_err(|error| error.below_index(self.at))?;
        self.at += 1;
        Ok(value)
    }
}

impl<'de, C: Decode<'de, T>, T> Place<'de, T> for One<C> {
    const NEEDS: usize = 1;

    fn take(elements: &mut Elements<'_, 'de>) -> Result<T, ContentError> {
        elements.after = elements.after.saturating_sub(1);
        elements.next::<C, T>()
    }
}

impl<'de, C: Decode<'de, T>, T> Place<'de, Option<T>> for Perhaps<C> {
    const NEEDS: usize = 0;

    fn take(elements: &mut Elements<'_, 'de>) -> Result<Option<T>, ContentError> {
        if elements.left.len() > elements.after { elements.next::<C, T>().map(Some) } else { Ok(None) }
    }
}

impl<'de, C: Decode<'de, T>, T> Place<'de, Vec<T>> for Rest<C> {
    const NEEDS: usize = 0;

    fn take(elements: &mut Elements<'_, 'de>) -> Result<Vec<T>, ContentError> {
        let mut rest = Vec::new();
        while elements.left.len() > elements.after {
            rest.push(elements.next::<C, T>()?);
        }
        Ok(rest)
    }
}

impl<C: Encode<T>, T> PutPlace<T> for One<C> {
    fn put<S: SerializeSeq>(value: &T, out: &mut S) -> Result<(), S::Error> {
        out.serialize_element(&As::<C, T>::new(value))
    }
}

impl<C: Encode<T>, T> PutPlace<Option<T>> for Perhaps<C> {
    fn put<S: SerializeSeq>(value: &Option<T>, out: &mut S) -> Result<(), S::Error> {
        value.iter().try_for_each(|value| One::<C>::put(value, out))
    }
}

impl<C: Encode<T>, T> PutPlace<Vec<T>> for Rest<C> {
    fn put<S: SerializeSeq>(value: &Vec<T>, out: &mut S) -> Result<(), S::Error> {
        value.iter().try_for_each(|value| One::<C>::put(value, out))
    }
}

/// Reads the array of a tuple.
pub fn read_tuple<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    read: fn(&Content<'de>) -> Result<T, ContentError>,
) -> Result<T, D::Error> {
    let content = Content::deserialize(deserializer)?;
    read(&content).map_err(D::Error::custom)
}

/// How many elements a place must have, the type told by the field that holds it.
pub const fn needs<'de, C: Place<'de, T>, T, S>(_: fn(&S) -> &T) -> usize {
    C::NEEDS
}

/// Gives a tuple struct both of serde's impls from a table of its places: `0: One<Codec>;`, `1: Perhaps<Codec>;`,
/// `2: Rest<Codec>;`.
macro_rules! tuple {
    ($name:ident $(<$($param:ident),+>)? $upstream:literal $($mark:ident)* { $($index:tt: $place:ty;)* }) => {
        const _: () = {
            use $crate::support::table::*;

            impl<'de $($(, $param: Deserialize<'de>)+)?> Deserialize<'de> for self::$name $(<$($param),+>)? {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    read_tuple(deserializer, |content| {
                        let needs = 0 $(+ needs::<$place, _, Self>(|tuple| &tuple.$index))*;
                        let mut elements = Elements::new(content, $upstream, needs)?;
                        let tuple = Self($(<$place>::take(&mut elements)?),*);
                        elements.finish()?;
                        Ok(tuple)
                    })
                }
            }

            impl $(<$($param: Serialize),+>)? Serialize for self::$name $(<$($param),+>)? {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut out = serializer.serialize_seq(None)?;
                    // A table may have no row.
                    let _ = &mut out;
                    $(<$place>::put(&self.$index, &mut out)?;)*
                    out.end()
                }
            }
        };

        #[cfg(feature = "fixtures")]
        $crate::support::sample! { [$($mark)*] $name [$($($param)+)?] as_is { $($index)* } }
    };
}
pub(crate) use tuple;
