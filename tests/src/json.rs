//! JSON values side by side.

use serde_json::Value;
use std::io::Write;

/// Whether two values are the same JSON: 1 and 1.0 are one number, the order of keys says nothing.
pub fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| is_same(a, b)))
        }
        _ => a == b,
    }
}

/// Prints figures past the capture of passing tests' output: they are what the test is run for.
pub fn say(figures: std::fmt::Arguments<'_>) {
    writeln!(std::io::stderr(), "{figures}").expect("stderr takes it");
}

/// What an absent key is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Something else than null.
    IsNot,
    /// The same as null.
    IsNull,
}

/// Where two values first differ, and how.
pub fn difference(a: &Value, b: &Value, absent: Absent) -> Option<String> {
    at("", Some(a), Some(b), absent)
}

fn at(path: &str, a: Option<&Value>, b: Option<&Value>, absent: Absent) -> Option<String> {
    match (a, b) {
        (Some(Value::Object(x)), Some(Value::Object(y))) => {
            let keys = x.keys().chain(y.keys().filter(|key| !x.contains_key(*key)));
            keys.filter_map(|key| at(&format!("{path}.{key}"), x.get(key), y.get(key), absent)).next()
        }
        (Some(Value::Array(x)), Some(Value::Array(y))) if x.len() == y.len() => {
            let pairs = x.iter().zip(y).enumerate();
            pairs.filter_map(|(i, (x, y))| at(&format!("{path}[{i}]"), Some(x), Some(y), absent)).next()
        }
        (Some(Value::Number(x)), Some(Value::Number(y))) if x.as_f64() == y.as_f64() => None,
        (Some(Value::Null), None) | (None, Some(Value::Null)) if absent == Absent::IsNull => None,
        _ if a == b => None,
        _ => Some(format!("{path}: {} and {}", show(a), show(b))),
    }
}

fn show(value: Option<&Value>) -> String {
    let text = value.map_or("nothing".to_owned(), Value::to_string);
    text.chars().take(120).collect()
}

/// `externalVerificationRedirectURL` as a key on the wire; the names here have no digits to argue about.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    let chars: Vec<char> = name.chars().collect();
    for (i, char) in chars.iter().enumerate() {
        let after_lower = i > 0 && !chars[i - 1].is_ascii_uppercase();
        let before_lower = chars.get(i + 1).is_some_and(char::is_ascii_lowercase);
        if char.is_ascii_uppercase() && i > 0 && (after_lower || before_lower) {
            out.push('_');
        }
        out.push(char.to_ascii_lowercase());
    }
    out
}
