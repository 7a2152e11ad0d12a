//! Types by their names upstream.

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
    #[expect(dead_code, reason = "for the properties, which share the table")]
    pub rust: &'static str,
    /// Decodes a document; an error has the path to what is wrong.
    pub decode: fn(&str) -> Result<Decoded, String>,
}

/// What became of a document.
pub struct Decoded {
    /// The value, encoded again.
    pub encoded: Value,
    /// The value as `{:?}` shows it.
    pub shown: String,
    /// The value as a query string, where it has one.
    pub query: Result<String, String>,
}

impl Type {
    /// Decodes a document and encodes it again.
    pub fn round_trip(&self, text: &str) -> Result<Value, String> {
        (self.decode)(text).map(|decoded| decoded.encoded)
    }
}

/// A class and the wire type that its `fromJSON` takes.
pub struct Pair {
    /// The class's name upstream.
    pub class: &'static str,
    /// The wire type's name upstream.
    pub wire: &'static str,
    /// Decodes a document both ways.
    pub agree: fn(&str) -> Result<Agreement, String>,
}

/// What two ways to a class's value came to.
pub enum Agreement {
    /// The document is none of the class's.
    Refused,
    /// The document is none of the wire type's: there is one way only.
    OneWay,
    /// Both give one value.
    Same,
}

include!(concat!(env!("OUT_DIR"), "/types.rs"));
include!(concat!(env!("OUT_DIR"), "/pairs.rs"));

/// The type of that name: the one in that file, or else the package's own before another package's.
pub fn find(name: &str, source: Option<&str>) -> Option<&'static Type> {
    let source =
        source.map(|source| source.strip_prefix("@clerk/backend/").unwrap_or(source).replace(".d.mts", ".d.ts"));
    let mut found: Vec<&Type> = TYPES.iter().filter(|each| each.name == name).collect();
    found.sort_by_key(|each| each.source.starts_with('@'));
    match source {
        Some(source) => found.into_iter().find(|each| each.source == source),
        None => found.into_iter().next(),
    }
}

/// Decodes with the path to what is wrong.
fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let mut from = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut from).map_err(|error| error.to_string())
}

fn decode<T: DeserializeOwned + Serialize + Debug>(text: &str) -> Result<Decoded, String> {
    let value: T = read(text)?;
    let shown = format!("{value:?}");
    let query = serde_html_form::to_string(&value).map_err(|error| error.to_string());
    let encoded = serde_json::to_value(value).map_err(|error| format!("cannot be encoded: {error}"))?;
    Ok(Decoded { encoded, shown, query })
}

/// Decodes a class directly, by way of its wire struct, and again from what it encodes to: one value all three times.
fn agree<C, W>(text: &str) -> Result<Agreement, String>
where
    C: DeserializeOwned + Serialize + PartialEq + From<W>,
    W: DeserializeOwned,
{
    let Ok(direct) = read::<C>(text) else { return Ok(Agreement::Refused) };
    let encoded = serde_json::to_string(&direct).map_err(|error| format!("cannot be encoded: {error}"))?;
    if read::<C>(&encoded).map_err(|error| format!("its own document is refused: {error}"))? != direct {
        return Err(format!("decoded from its own document it is another: {encoded}"));
    }
    let Ok(wire) = read::<W>(text) else { return Ok(Agreement::OneWay) };
    let converted = C::from(wire);
    if converted == direct {
        return Ok(Agreement::Same);
    }
    let converted = serde_json::to_string(&converted).map_err(|error| format!("cannot be encoded: {error}"))?;
    Err(format!("`From` gives {converted}, decoding {encoded}"))
}
