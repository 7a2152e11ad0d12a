//! What the recipe lets stand in for values that a class's wire struct does not have.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

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

/// For a falsy value.
pub fn or_stand_in<T: DeserializeOwned + Serialize>(value: T, json: &str) -> T {
    let falsy = match serde_json::to_value(&value) {
        Ok(Value::Null | Value::Bool(false)) => true,
        Ok(Value::String(text)) => text.is_empty(),
        Ok(Value::Number(number)) => number.as_f64() == Some(0.0),
        _ => false,
    };
    if falsy { stand_in(json) } else { value }
}
