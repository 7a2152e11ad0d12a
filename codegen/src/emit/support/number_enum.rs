//! Enums of numbers.

use super::codec::{Decode, Encode};
use super::constant::Constant;
use super::number::{Float, Int};
use super::unknown::OneOf;
use serde::de::{Deserializer, Error};
use serde::ser::Serializer;
use std::fmt;

/// An enum of numbers.
pub trait NumberEnum: Sized {
    /// What TypeScript calls it.
    const NAME: &'static str;
    /// Its known values.
    const VALUES: &'static [Constant];
    /// The type of the values: `i64`, or `f64` where one has a fraction.
    type Number: Number;

    /// The arm of a number, if it has one.
    fn from_number(number: Self::Number) -> Option<Self>;
}

/// The type of an enum's values.
pub trait Number: Copy + fmt::Display {
    /// Reads one.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;

    /// Writes it.
    fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Number for i64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Int::decode(deserializer)
    }

    fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        Int::encode(&self, serializer)
    }
}

impl Number for f64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Float::decode(deserializer)
    }

    fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        Float::encode(&self, serializer)
    }
}

/// Reads an enum of numbers.
pub fn deserialize_number<'de, T: NumberEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let number = T::Number::read(deserializer)?;
    T::from_number(number).ok_or_else(|| {
        D::Error::custom(format_args!("invalid value: {number}, expected {} ({})", T::NAME, OneOf(T::VALUES)))
    })
}

/// Gives an enum of numbers its impls from a table of its values: `1 => Arm;`, and `_ => Unknown;` if it is open.
macro_rules! number_enum {
    ($name:ident $upstream:literal $number:ident { $($value:literal => $variant:ident;)* _ => $unknown:ident; }) => {
        $crate::support::number_enum! {
            @both $name $upstream $number { $($value => $variant;)* }
            value { Self::$unknown(unknown) => *unknown.get(), }
            unknown(number) { Some(Self::$unknown(UnknownValue::new(number))) }
        }

        impl $name {
            /// Whether the value is none of those that were known when this crate was made.
            pub const fn is_unknown(&self) -> bool {
                matches!(self, Self::$unknown(_))
            }
        }

        const _: () = {
            use $crate::support::table::*;

            impl From<$number> for self::$name {
                fn from(number: $number) -> Self {
                    $(if number == $value {
                        return Self::$variant;
                    })*
                    Self::$unknown(UnknownValue::new(number))
                }
            }
        };
    };
    ($name:ident $upstream:literal $number:ident { $($value:literal => $variant:ident;)* }) => {
        $crate::support::number_enum! {
            @both $name $upstream $number { $($value => $variant;)* }
            value {}
            unknown(_number) { None }
        }

        const _: () = {
            use $crate::support::table::*;

            impl TryFrom<$number> for self::$name {
                type Error = NotKnown;

                fn try_from(number: $number) -> Result<Self, NotKnown> {
                    Self::from_number(number).ok_or_else(|| NotKnown { name: $upstream, found: number.to_string() })
                }
            }
        };
    };
    (
        @both $name:ident $upstream:literal $number:ident { $($value:literal => $variant:ident;)* }
        value { $($unknown:pat => $get:expr,)? }
        unknown($other:ident) { $make:expr }
    ) => {
        const _: () = {
            use $crate::support::table::*;

            impl self::$name {
                /// All known values.
                pub const KNOWN: &'static [Self] = &[$(Self::$variant),*];

                /// The number on the wire.
                pub const fn value(&self) -> $number {
                    match self {
                        $(Self::$variant => $value,)*
                        $($unknown => $get,)?
                    }
                }
            }

            impl NumberEnum for self::$name {
                const NAME: &'static str = $upstream;
                const VALUES: &'static [Constant] = &[$(Constant::Number({
                    let value: $number = $value;
                    value as f64
                })),*];
                type Number = $number;

                fn from_number($other: $number) -> Option<Self> {
                    $(if $other == $value {
                        return Some(Self::$variant);
                    })*
                    $make
                }
            }

            impl From<self::$name> for $number {
                fn from(value: self::$name) -> Self {
                    value.value()
                }
            }

            impl PartialOrd for self::$name {
                fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                    self.value().partial_cmp(&other.value())
                }
            }

            impl fmt::Display for self::$name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    fmt::Display::fmt(&self.value(), f)
                }
            }

            impl<'de> Deserialize<'de> for self::$name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    deserialize_number(deserializer)
                }
            }

            impl Serialize for self::$name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    Number::write(self.value(), serializer)
                }
            }
        };
    };
}
pub(crate) use number_enum;
