//! What a class gets from its wire struct where it is not simply the wire struct's value.

use super::maybe::Maybe;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The value of a recipe's row.
fn stand_in<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("the row's value is of the field's type")
}

/// For an absent or null value.
pub fn some_or_stand_in<T: DeserializeOwned>(value: Option<T>, json: &str) -> T {
    value.unwrap_or_else(|| stand_in(json))
}

/// For an absent, null or falsy value.
pub fn some_or_stand_in_if_falsy<T: DeserializeOwned + Serialize>(value: Option<T>, json: &str) -> T {
    match value {
        Some(value) => or_stand_in(value, json),
        None => stand_in(json),
    }
}

/// For an absent value; null stays null.
pub fn maybe_or_stand_in<T: DeserializeOwned>(value: Maybe<T>, json: &str) -> Option<T> {
    match value {
        Maybe::Absent => Some(stand_in(json)),
        Maybe::Null => None,
        Maybe::Value(value) => Some(value),
    }
}

/// For a falsy value.
pub fn or_stand_in<T: DeserializeOwned + Serialize>(value: T, json: &str) -> T {
    if is_falsy(&value) { stand_in(json) } else { value }
}

/// Nothing for a falsy value.
pub fn unless_falsy<T: Serialize>(value: T) -> Option<T> {
    (!is_falsy(&value)).then_some(value)
}

/// What JavaScript counts as false.
fn is_falsy(value: &impl Serialize) -> bool {
    match to_untyped(value) {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Number(number) => number.as_f64() == Some(0.0),
        _ => false,
    }
}

/// A value as JSON.
pub fn to_untyped(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("values made from JSON can be written as JSON")
}

/// An object as JSON.
pub fn to_untyped_map(value: &impl Serialize) -> Map<String, Value> {
    match to_untyped(value) {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
