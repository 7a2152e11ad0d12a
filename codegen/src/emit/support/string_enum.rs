//! Enums of strings.

use super::constant::Constant;
use super::unknown::OneOf;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// An enum of strings.
pub trait StringEnum: Sized {
    /// What TypeScript calls it.
    const NAME: &'static str;
    /// Its known values.
    const VALUES: &'static [Constant];

    /// The arm of a known value.
    fn known(text: &str) -> Option<Self>;

    /// The arm of another value, where it has one.
    fn unknown(text: String) -> Option<Self>;
}

/// Reads an enum of strings.
pub fn deserialize_text<'de, T: StringEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

/// The arm of a text.
pub fn from_text<T: StringEnum>(text: &str) -> Option<T> {
    T::known(text).or_else(|| T::unknown(text.to_owned()))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: StringEnum> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", T::NAME, OneOf(T::VALUES))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        from_text(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
        match T::known(&text) {
            Some(known) => Ok(known),
            None => self.visit_str(&text),
        }
    }
}

/// Gives an enum of strings its impls from a table of its values: `"text" => Arm;`, and `_ => Unknown;` if it is open.
macro_rules! string_enum {
    ($name:ident $upstream:literal { $($value:literal => $variant:ident;)* _ => $unknown:ident; }) => {
        $crate::support::string_enum! {
            @both $name $upstream { $($value => $variant;)* }
            as_str { Self::$unknown(unknown) => unknown.as_str(), }
            unknown(text) { Some(Self::$unknown(UnknownValue::new(text.into_boxed_str()))) }
        }

        impl $name {
            /// Whether the value is none of those that were known when this crate was made.
            pub const fn is_unknown(&self) -> bool {
                matches!(self, Self::$unknown(_))
            }
        }

        const _: () = {
            use $crate::support::table::*;

            impl From<&str> for self::$name {
                fn from(text: &str) -> Self {
                    text.to_owned().into()
                }
            }

            impl From<String> for self::$name {
                fn from(text: String) -> Self {
                    match Self::known(&text) {
                        Some(known) => known,
                        None => Self::$unknown(UnknownValue::new(text.into_boxed_str())),
                    }
                }
            }

            impl FromStr for self::$name {
                type Err = Infallible;

                fn from_str(text: &str) -> Result<Self, Infallible> {
                    Ok(text.into())
                }
            }
        };
    };
    ($name:ident $upstream:literal { $($value:literal => $variant:ident;)* }) => {
        $crate::support::string_enum! {
            @both $name $upstream { $($value => $variant;)* }
            as_str {}
            unknown(_text) { None }
        }

        const _: () = {
            use $crate::support::table::*;

            impl FromStr for self::$name {
                type Err = NotKnown;

                fn from_str(text: &str) -> Result<Self, NotKnown> {
                    Self::known(text).ok_or_else(|| NotKnown { name: $upstream, found: format!("{text:?}") })
                }
            }
        };
    };
    (
        @both $name:ident $upstream:literal { $($value:literal => $variant:ident;)* }
        as_str { $($unknown:pat => $text:expr,)? }
        unknown($owned:ident) { $make:expr }
    ) => {
        const _: () = {
            use $crate::support::table::*;

            impl self::$name {
                /// All known values.
                pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

                /// The text on the wire.
                pub fn as_str(&self) -> &str {
                    match self {
                        $(Self::$variant => $value,)*
                        $($unknown => $text,)?
                    }
                }
            }

            impl StringEnum for self::$name {
                const NAME: &'static str = $upstream;
                const VALUES: &'static [Constant] = &[$(Constant::Text($value)),*];

                fn known(text: &str) -> Option<Self> {
                    match text {
                        $($value => Some(Self::$variant),)*
                        _ => None,
                    }
                }

                fn unknown($owned: String) -> Option<Self> {
                    $make
                }
            }

            // The text's own hash, as `Borrow<str>` promises: maps with these keys are asked by text.
            impl Hash for self::$name {
                fn hash<H: Hasher>(&self, state: &mut H) {
                    self.as_str().hash(state);
                }
            }

            impl Borrow<str> for self::$name {
                fn borrow(&self) -> &str {
                    self.as_str()
                }
            }

            impl From<self::$name> for String {
                fn from(value: self::$name) -> Self {
                    value.as_str().to_owned()
                }
            }

            impl PartialOrd for self::$name {
                fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                    Some(self.cmp(other))
                }
            }

            impl Ord for self::$name {
                fn cmp(&self, other: &Self) -> Ordering {
                    self.as_str().cmp(other.as_str())
                }
            }

            impl fmt::Display for self::$name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.pad(self.as_str())
                }
            }

            impl AsRef<str> for self::$name {
                fn as_ref(&self) -> &str {
                    self.as_str()
                }
            }

            impl PartialEq<str> for self::$name {
                fn eq(&self, text: &str) -> bool {
                    self.as_str() == text
                }
            }

            impl PartialEq<&str> for self::$name {
                fn eq(&self, text: &&str) -> bool {
                    self.as_str() == *text
                }
            }

            impl PartialEq<String> for self::$name {
                fn eq(&self, text: &String) -> bool {
                    self.as_str() == text
                }
            }

            impl PartialEq<self::$name> for str {
                fn eq(&self, value: &self::$name) -> bool {
                    value == self
                }
            }

            impl PartialEq<self::$name> for &str {
                fn eq(&self, value: &self::$name) -> bool {
                    value == self
                }
            }

            impl PartialEq<self::$name> for String {
                fn eq(&self, value: &self::$name) -> bool {
                    value == self
                }
            }

            impl<'de> Deserialize<'de> for self::$name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserialize_text(deserializer)
                }
            }

            impl Serialize for self::$name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_str(self.as_str())
                }
            }
        };

        #[cfg(feature = "fixtures")]
        $crate::support::sample! { [] $name [] as_is = $($variant)* }
    };
}
pub(crate) use string_enum;
