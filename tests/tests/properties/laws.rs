//! What must hold for every type, whatever the document.

use clerk_backend_types::support;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// A type of the generated crate.
pub struct Type {
    /// The file that declares it upstream, without a line.
    pub source: &'static str,
    /// Its name upstream.
    pub name: &'static str,
    /// Its path in Rust.
    pub rust: &'static str,
    /// Decodes a document in every way there is.
    pub decode: fn(&str) -> Result<Outcome, String>,
}

/// What became of a document.
pub enum Outcome {
    /// It was taken.
    Taken {
        /// The value, encoded.
        encoded: Value,
        /// The value as `{:?}` shows it.
        shown: String,
    },
    /// It was refused, with these words.
    Refused(String),
}

/// Says what law the sample of a type breaks.
pub type Check = fn() -> Result<(), String>;

include!(concat!(env!("OUT_DIR"), "/types.rs"));
include!(concat!(env!("OUT_DIR"), "/samples.rs"));

/// Decodes a document in every way there is; an error says what law is broken.
fn decode<T: DeserializeOwned + Serialize + PartialEq + Debug>(text: &str) -> Result<Outcome, String> {
    let from_str = serde_json::from_str::<T>(text);
    agrees("from_slice", &from_str, serde_json::from_slice(text.as_bytes()))?;
    agrees("from_reader", &from_str, serde_json::from_reader(text.as_bytes()))?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let with_path = serde_path_to_error::deserialize::<_, T>(&mut deserializer).map_err(|error| error.to_string());
    let with_path = with_path.and_then(|value| deserializer.end().map(|()| value).map_err(|error| error.to_string()));
    agrees("serde_path_to_error", &from_str, with_path)?;
    untyped_agrees::<T>(text)?;
    lenient_agrees(text, &from_str)?;
    let own = support::from_str::<T>(text);
    let value = match from_str {
        Ok(value) => value,
        Err(error) => {
            let own = own.err().ok_or("the crate's own `from_str` takes what serde_json's refuses")?;
            return Ok(Outcome::Refused(format!("{error} / {own}")));
        }
    };
    if own.ok().as_ref() != Some(&value) {
        return Err("the crate's own `from_str` differs".to_owned());
    }
    returns(&value)?;
    Ok(Outcome::Taken {
        encoded: serde_json::to_value(&value).map_err(|error| error.to_string())?,
        shown: format!("{value:?}"),
    })
}

/// Whether a document is the same where it was read as an untyped value before, the words of its refusal too.
fn untyped_agrees<T: DeserializeOwned + PartialEq + Debug>(text: &str) -> Result<(), String> {
    let Ok(untyped) = serde_json::from_str::<Value>(text) else { return Ok(()) };
    // Not the document's own text: it may hold a key twice.
    let (from_str, from_value) = (support::from_str::<T>(&untyped.to_string()), support::from_value::<T>(&untyped));
    if let (Err(one), Err(other)) = (&from_str, &from_value)
        && (one.path(), one.message()) != (other.path(), other.message())
    {
        return Err(format!("`from_str` says: {one}, from_value: {other}"));
    }
    agrees("from_value", &from_str, from_value)?;
    agrees("serde_json's from_value", &from_str, serde_json::from_value(untyped))
}

/// Whether `Lenient` has a value exactly where the document decodes, and encodes to the same document in any case.
fn lenient_agrees<T: DeserializeOwned + Serialize + PartialEq + Debug>(
    text: &str,
    one: &serde_json::Result<T>,
) -> Result<(), String> {
    let lenient = support::from_str::<support::Lenient<T>>(text);
    let (lenient, untyped) = match (&lenient, serde_json::from_str::<Value>(text)) {
        (Ok(lenient), Ok(untyped)) => (lenient, untyped),
        // A number that nothing reads may be out of range, but not where it is to be kept.
        (Err(_), Err(_)) => return Ok(()),
        (lenient, untyped) => return Err(format!("Lenient gives {lenient:?}, Value {untyped:?}")),
    };
    if lenient.value() != one.as_ref().ok() {
        return Err(format!("`from_str` gives {one:?}, Lenient {lenient:?}"));
    }
    let expected = one.as_ref().map_or(Ok(untyped), serde_json::to_value).map_err(|error| error.to_string())?;
    match serde_json::to_value(lenient) {
        Ok(encoded) if encoded == expected => Ok(()),
        other => Err(format!("Lenient encodes as {other:?}, not as {expected}")),
    }
}

/// Whether another way to decode the same document comes to the same.
fn agrees<T: PartialEq + Debug, E: std::fmt::Display, F: std::fmt::Display>(
    way: &str,
    one: &Result<T, E>,
    other: Result<T, F>,
) -> Result<(), String> {
    match (one, other) {
        (Ok(one), Ok(other)) if *one == other => Ok(()),
        (Err(_), Err(_)) => Ok(()),
        (Err(error), Ok(_)) => Err(format!("{way} takes it, `from_str` says: {error}")),
        (Ok(_), Err(error)) => Err(format!("`from_str` takes it, {way} says: {error}")),
        (Ok(one), Ok(other)) => Err(format!("`from_str` gives {one:?}, {way} {other:?}")),
    }
}

/// Whether a value encodes to a document that decodes to an equal value, which encodes to the same document.
fn returns<T: DeserializeOwned + Serialize + PartialEq + Debug>(value: &T) -> Result<(), String> {
    let text = serde_json::to_string(value).map_err(|error| format!("cannot be encoded: {error}"))?;
    let again =
        serde_json::from_str::<T>(&text).map_err(|error| format!("its own document {text} is refused: {error}"))?;
    if again != *value {
        return Err(format!("decoded from its own document {text} it is another: {again:?} and {value:?}"));
    }
    match serde_json::to_string(&again) {
        Ok(once_more) if once_more == text => Ok(()),
        other => Err(format!("encoded once more {text} is {other:?}")),
    }
}
