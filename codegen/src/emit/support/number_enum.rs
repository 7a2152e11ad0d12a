//! Enums of numbers.

use super::codec::Encode;
use super::constant::Constant;
use super::number::{Float, Int};
use super::unknown::OneOf;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::ser::Serializer;
use std::fmt;
use std::marker::PhantomData;

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
    /// The number that an integer is, if it fits.
    fn of_integer(integer: i128) -> Option<Self>;

    /// The number that a number with a fraction, perhaps of 0, is.
    fn of_float(float: f64) -> Option<Self>;

    /// Writes it.
    fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Number for i64 {
    fn of_integer(integer: i128) -> Option<Self> {
        integer.try_into().ok()
    }

    fn of_float(float: f64) -> Option<Self> {
        if float.fract() == 0.0 { Self::of_integer(float as i128) } else { None }
    }

    fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        Int::encode(&self, serializer)
    }
}

impl Number for f64 {
    fn of_integer(integer: i128) -> Option<Self> {
        Some(integer as f64)
    }

    fn of_float(float: f64) -> Option<Self> {
        Some(float)
    }

    fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        Float::encode(&self, serializer)
    }
}

/// Reads an enum of numbers.
pub fn deserialize_number<'de, T: NumberEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_f64(NumberVisitor(PhantomData))
}

struct NumberVisitor<T>(PhantomData<T>);

impl<T: NumberEnum> NumberVisitor<T> {
    fn arm<E: Error>(&self, number: Option<T::Number>, found: Unexpected<'_>) -> Result<T, E> {
        number.and_then(T::from_number).ok_or_else(|| E::invalid_value(found, self))
    }
}

impl<T: NumberEnum> Visitor<'_> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", T::NAME, OneOf(T::VALUES))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        self.arm(Number::of_integer(value.into()), Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        self.arm(Number::of_integer(value.into()), Unexpected::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        self.arm(Number::of_float(value), Unexpected::Float(value))
    }
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

        #[cfg(feature = "fixtures")]
        $crate::support::sample! { [] $name [] as_is = $($variant)* }
    };
}
pub(crate) use number_enum;
