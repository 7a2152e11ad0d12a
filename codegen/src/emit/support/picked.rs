//! Structs whose fields are read from the first of several keys, that share keys, or that have defaults.
//!
//! Rare, and more work than [`record`](super::record): the object is read whole before its fields are.

use super::codec::Decode;
use super::constant::{Check, Constant};
use super::content::{Content, Kind, Node};
use super::discreet::own;
use super::error::{ContentError, duplicate, missing, secret};
use super::extra::Extra;
use super::level::Level;
use super::reader::{set_unread, unread};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error};

/// What stands in for a value that is not there, as JSON text.
#[derive(Clone, Copy)]
pub enum StandIn {
    /// Nothing: the field is required or has its own absent value.
    None,
    /// For an absent value only, as of an argument.
    Absent(&'static str),
    /// For an absent or null value (`??`).
    Nullish(&'static str),
    /// For every falsy value (`||`).
    Falsy(&'static str),
}

impl StandIn {
    /// For an absent value.
    pub const fn absent(self, json: &'static str) -> Self {
        Self::Absent(json)
    }

    /// For an absent or null value.
    pub const fn nullish(self, json: &'static str) -> Self {
        Self::Nullish(json)
    }

    /// For every falsy value.
    pub const fn falsy(self, json: &'static str) -> Self {
        Self::Falsy(json)
    }

    /// Whether it stands for a value that is there.
    fn replaces(self, value: Node<'_, '_>) -> bool {
        match self {
            Self::None | Self::Absent(_) => false,
            Self::Nullish(_) => value.kind() == Kind::Null,
            Self::Falsy(_) => is_falsy(value),
        }
    }

    /// The text, where it stands for an absent value.
    fn for_absent(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Absent(json) | Self::Nullish(json) | Self::Falsy(json) => Some(json),
        }
    }
}

/// An object that has been read whole.
pub struct Object<'c, 'de> {
    entries: Vec<(&'c str, Node<'c, 'de>)>,
    name: &'static str,
    /// How many entries some field took.
    taken: Vec<bool>,
    /// The keys that must be there and are not.
    missing: Vec<&'static str>,
}

impl<'c, 'de> Object<'c, 'de> {
    fn new(content: &'c Content<'de>, name: &'static str) -> Result<Self, ContentError> {
        let Some(entries) = content.root().entries() else {
            let expected = format!("{name} (an object)");
            return Err(ContentError::invalid_type(content.root().unexpected(), &expected.as_str()));
        };
        let entries: Vec<_> = entries.collect();
        let taken = vec![false; entries.len()];
        Ok(Self { entries, name, taken, missing: Vec::new() })
    }

    /// The value of a key.
    fn get(&mut self, key: &str) -> Result<Option<Node<'c, 'de>>, ContentError> {
        let mut found = self.entries.iter().enumerate().filter(|(_, (other, _))| *other == key);
        let Some((at, (_, value))) = found.next() else { return Ok(None) };
        if found.next().is_some() {
            return Err(duplicate(key, self.name));
        }
        self.taken[at] = true;
        Ok(Some(*value))
    }

    /// Puts the value of a field into a place: that of the first of its keys that is there, and has a value that nothing
    /// stands in for. The place stays empty where a key is missing.
    pub fn field<C: Decode<'de, T>, T>(
        &mut self,
        place: &mut Option<T>,
        keys: &[&'static str],
        default: StandIn,
    ) -> Result<(), ContentError> {
        let mut found = None;
        for key in keys {
            let value = self.get(key)?.filter(|value| !default.replaces(*value));
            found = found.or(value.map(|value| (*key, value)));
        }
        if let (None, Some(json)) = (found, default.for_absent()) {
            let mut json = serde_json::Deserializer::from_str(json);
            *place = Some(C::decode(&mut json).map_err(|error| own(format_args!("as default: {error}")))?);
            return Ok(());
        }
        *place = match found {
            Some((key, value)) => Some(self.decode::<C, T>(key, value)?),
            None => C::absent(),
        };
        if place.is_none() {
            // Fields that share a key miss it once.
            self.missing.extend(keys.first().filter(|key| !self.missing.contains(key)));
        }
        Ok(())
    }

    /// Refuses an object without keys that must be there.
    pub fn whole(&self) -> Result<(), ContentError> {
        if self.missing.is_empty() { Ok(()) } else { Err(missing(&self.missing, self.name)) }
    }

    fn decode<C: Decode<'de, T>, T>(&self, key: &str, value: Node<'_, 'de>) -> Result<T, ContentError> {
        let value = C::decode(value);
        value.map_err(|error| if C::SECRET { secret(key, self.name) } else { error }.below_key(key))
    }
}

fn is_falsy(value: Node<'_, '_>) -> bool {
    match value.kind() {
        Kind::Null => true,
        Kind::Bool => value.bool() == Some(false),
        Kind::String => value.text() == Some(""),
        Kind::Number => value.number() == Some(0.0),
        Kind::Array | Kind::Object | Kind::Empty => false,
    }
}

impl<'de> Object<'_, 'de> {
    /// Checks a property that has only one value.
    pub fn check(&mut self, key: &'static str, constant: Constant) -> Result<(), ContentError> {
        match self.get(key)? {
            Some(value) => {
                let check = Check { constant, key, name: self.name };
                check.deserialize(value).map_err(|error| error.below_key(key))
            }
            None => {
                self.missing.extend((constant != Constant::Forbidden).then_some(key));
                Ok(())
            }
        }
    }

    /// Everything that no field took.
    pub fn extra<C: Decode<'de, T>, T, M: Extra<T>>(&mut self) -> Result<M, ContentError> {
        let mut extra = M::default();
        for ((key, value), taken) in self.entries.iter().zip(&mut self.taken) {
            if std::mem::replace(taken, true) {
                continue;
            }
            let value = C::decode(*value).map_err(|error| error.below_key(key))?;
            if extra.put((*key).to_owned(), value).is_some() {
                return Err(duplicate(key, self.name));
            }
        }
        Ok(extra)
    }

    fn finish(&self) {
        let ignored = self.taken.iter().filter(|taken| !**taken).count();
        set_unread(unread() + ignored);
    }
}

/// Reads an object whole, then what is made of it.
pub fn read_object<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    name: &'static str,
    read: fn(&mut Object<'_, 'de>) -> Result<T, ContentError>,
) -> Result<T, D::Error> {
    let _level = Level::enter()?;
    let content = Content::deserialize(deserializer)?;
    let result = Object::new(&content, name).and_then(|mut object| {
        let value = read(&mut object)?;
        object.finish();
        Ok(value)
    });
    result.map_err(D::Error::custom)
}

/// Like [`record`](super::record), for structs with rows that it does not have:
///
/// - `"a" => field or "b";` reads the first key that is there and writes the first.
/// - `"a" -> field;` only reads: another field writes the key.
/// - `"a" => field ?? "json";` has a value that stands for an absent or null one, `|| "json"` for a falsy one,
///   `else "json"` for an absent one only.
/// - `"" unread field;` is on no wire: always absent.
macro_rules! picked_record {
    (
        $name:ident $(<$($param:ident),+>)? $upstream:literal $($mark:ident)* {
            $(
                $key:literal
                $(unread $unread:ident)?
                $(
                    -> $read:ident $(or $more:literal)*
                    $(else $gone:literal)? $(?? $null:literal)? $(|| $false:literal)? $(: $only:ty)?
                )?
                $(
                    => $field:ident $(or $other:literal)*
                    $(else $absent:literal)? $(?? $nullish:literal)? $(|| $falsy:literal)? $(: $codec:ty)?
                )?
                $(= $value:expr)?;
            )*
            $(.. => $extra:ident $(: $extra_codec:ty)?;)?
        }
    ) => {
        const _: () = {
            use $crate::support::table::*;

            impl<'de $($(, $param: Deserialize<'de>)+)?> Deserialize<'de> for self::$name $(<$($param),+>)? {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    read_object(deserializer, $upstream, |object| {
                        $($(object.check($key, Literal($value).constant())?;)?)*
                        $($(let mut $field = None;
                        object.field::<Field<$($codec)?>, _>(
                            &mut $field,
                            &[$key $(, $other)*],
                            StandIn::None $(.absent($absent))? $(.nullish($nullish))? $(.falsy($falsy))?,
                        )?;)?)*
                        $($(let mut $read = None;
                        object.field::<Field<$($only)?>, _>(
                            &mut $read,
                            &[$key $(, $more)*],
                            StandIn::None $(.absent($gone))? $(.nullish($null))? $(.falsy($false))?,
                        )?;)?)*
                        object.whole()?;
                        Ok(Self {
                            $($($field: taken(&mut $field),)?)*
                            $($($read: taken(&mut $read),)?)*
                            $($($unread: Default::default(),)?)*
                            $($extra: object.extra::<Field<$($extra_codec)?>, _, _>()?,)?
                        })
                    })
                }
            }

            impl $(<$($param: Serialize),+>)? Serialize for self::$name $(<$($param),+>)? {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let mut out = serializer.serialize_map(None)?;
                    // A table may have no row.
                    let _ = &mut out;
                    let keys: &[&str] = &[$($key),*];
                    $(
                        $(put::<Field<$($codec)?>, _, _>(&mut out, $key, &self.$field)?;)?
                        $(put_constant(&mut out, $key, Literal($value).constant())?;)?
                    )*
                    $(put_extra::<Field<$($extra_codec)?>, _, _>(&mut out, keys, &self.$extra)?;)?
                    let _ = keys;
                    out.end()
                }
            }
        };

        #[cfg(feature = "fixtures")]
        $crate::support::sample! { [$($mark)*] $name [$($($param)+)?] settled {
            $($($field)? $($read)? $($unread)?)* $($extra)?
        } }
    };
}
pub(crate) use picked_record;
