//! Plain values of every type, for tests: the feature `fixtures`.

pub use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A type that has a plain value, for tests to begin with and to change by assignment.
///
/// What must be there is filled: texts are `sample`, numbers 0, booleans `false`, enums their first value; lists and maps
/// are empty, and what may be absent or null is. A sample decodes from its own encoding. Types that each value holds
/// another value of have none.
///
/// Implement it for what stands in the parameters of generic types.
pub trait Sample: Sized {
    /// The value.
    fn sample() -> Self;
}

/// A sample as it is.
pub fn as_is<T>(sample: T) -> T {
    sample
}

/// What a sample's own encoding decodes as, for types of which several values are encoded alike: fields that are read
/// from one key, arms of a union that a tag does not tell apart, or one that may be absent.
pub fn settled<T: serde::Serialize + DeserializeOwned>(sample: T) -> T {
    let document = serde_json::to_value(sample).expect("a sample can be written as JSON");
    serde_json::from_value(document).expect("a sample decodes from its own encoding")
}

macro_rules! samples {
    ($($ty:ty = $value:expr;)+) => {$(
        impl Sample for $ty {
            fn sample() -> Self {
                $value
            }
        }
    )+};
}

samples! {
    String = "sample".to_owned();
    bool = false;
    i32 = 0;
    i64 = 0;
    u32 = 0;
    u64 = 0;
    f64 = 0.0;
    () = ();
    // Not null, which some fields refuse.
    Value = Value::Object(Map::new());
    Map<String, Value> = Map::new();
}

impl<T> Sample for Option<T> {
    fn sample() -> Self {
        None
    }
}

impl<T> Sample for Vec<T> {
    fn sample() -> Self {
        Vec::new()
    }
}

impl<T> Sample for BTreeMap<String, T> {
    fn sample() -> Self {
        BTreeMap::new()
    }
}

impl<T: Sample> Sample for Box<T> {
    fn sample() -> Self {
        Box::new(T::sample())
    }
}

macro_rules! tuples {
    ($(($($ty:ident)+))+) => {$(
        impl<$($ty: Sample),+> Sample for ($($ty,)+) {
            fn sample() -> Self {
                ($($ty::sample(),)+)
            }
        }
    )+};
}

tuples! {
    (T0)
    (T0 T1)
    (T0 T1 T2)
    (T0 T1 T2 T3)
    (T0 T1 T2 T3 T4)
    (T0 T1 T2 T3 T4 T5)
    (T0 T1 T2 T3 T4 T5 T6)
    (T0 T1 T2 T3 T4 T5 T6 T7)
    (T0 T1 T2 T3 T4 T5 T6 T7 T8)
    (T0 T1 T2 T3 T4 T5 T6 T7 T8 T9)
    (T0 T1 T2 T3 T4 T5 T6 T7 T8 T9 T10)
    (T0 T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11)
}

/// Gives a type its sample; the tables call it, with the mark that stands in their head:
///
/// - `[endless]`: there is none.
/// - `[] Name [T] as_is { a b }`: a struct with these fields, or with places `{ 0 1 }`.
/// - `[] Name [T] settled (A B)`: a union of these arms, the first; after `[sample B]` that arm.
/// - `[] Name [] as_is = A B`: an enum of these values, the first.
macro_rules! sample {
    ([endless] $($rest:tt)*) => {};
    ([] $name:ident $params:tt $how:ident { $($field:tt)* }) => {
        $crate::support::sample!(@impl $name $params $how(Self { $($field: Sample::sample()),* }));
    };
    ([] $name:ident $params:tt $how:ident ($first:ident $($other:ident)*)) => {
        $crate::support::sample!(@impl $name $params $how(Self::$first(Sample::sample())));
    };
    ([sample $arm:ident] $name:ident $params:tt $how:ident $arms:tt) => {
        $crate::support::sample!(@impl $name $params $how(Self::$arm(Sample::sample())));
    };
    ([] $name:ident $params:tt $how:ident = $first:ident $($other:ident)*) => {
        $crate::support::sample!(@impl $name $params $how(Self::$first));
    };
    (@impl $name:ident [$($param:ident)*] $sample:expr) => {
        const _: () = {
            use $crate::support::table::*;

            impl<$($param: Sample + Serialize + DeserializeOwned),*> Sample for self::$name<$($param),*> {
                fn sample() -> Self {
                    $sample
                }
            }

            impl<$($param: Sample + Serialize + DeserializeOwned),*> self::$name<$($param),*> {
                /// A plain value for tests, to be changed by assignment: what must be there is filled, what may be absent
                /// or null is. It decodes from its own encoding.
                #[must_use]
                pub fn sample() -> Self {
                    Sample::sample()
                }
            }
        };
    };
}
pub(crate) use sample;
