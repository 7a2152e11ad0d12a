//! Types of one boolean.

use serde::de::{Deserialize, Deserializer, Error, Unexpected};
use serde::ser::{Serialize, Serializer};

macro_rules! bool_literal {
    ($(#[$doc:meta] $name:ident $value:literal;)+) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name;

        impl From<$name> for bool {
            fn from(_: $name) -> Self {
                $value
            }
        }

        #[cfg(feature = "fixtures")]
        impl super::sample::Sample for $name {
            fn sample() -> Self {
                Self
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                match bool::deserialize(deserializer)? {
                    $value => Ok(Self),
                    other => Err(D::Error::invalid_value(Unexpected::Bool(other), &stringify!($value))),
                }
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_bool($value)
            }
        }
    )+};
}

bool_literal! {
    /// `true`, and nothing else.
    True true;
    /// `false`, and nothing else.
    False false;
}
