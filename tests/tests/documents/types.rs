//! Types by their names upstream.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A type of the generated crate.
pub struct Type {
    /// The file that declares it upstream, without a line.
    pub source: &'static str,
    /// Its name upstream.
    pub name: &'static str,
    /// Decodes a document and encodes it again.
    pub round_trip: fn(&str) -> Result<Value, String>,
}

include!(concat!(env!("OUT_DIR"), "/types.rs"));

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

/// Decodes with the path to what is wrong, and encodes.
fn round_trip<T: DeserializeOwned + Serialize>(text: &str) -> Result<Value, String> {
    let mut from = serde_json::Deserializer::from_str(text);
    let value: T = serde_path_to_error::deserialize(&mut from).map_err(|error| error.to_string())?;
    serde_json::to_value(value).map_err(|error| format!("cannot be encoded: {error}"))
}
