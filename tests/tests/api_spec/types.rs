//! The generated types by their names upstream, as this test uses them.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// A type of the generated crate.
pub struct Type {
    /// The file that declares it upstream.
    pub source: &'static str,
    /// Its name upstream.
    pub name: &'static str,
    /// Its path in Rust.
    #[expect(dead_code, reason = "for the properties, which share the table")]
    pub rust: &'static str,
    /// Decodes a document and encodes it again.
    pub decode: fn(&str) -> Result<Value, Refusal>,
}

/// A class and the wire type that its `fromJSON` takes.
pub struct Pair {
    /// The class's name upstream.
    pub class: &'static str,
    /// The wire type's name upstream.
    pub wire: &'static str,
    /// Decodes a document as the class, by both ways.
    pub agree: fn(&str) -> Result<(), Refusal>,
}

/// Why a document is not taken.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The path to what is wrong, in the document.
    pub path: String,
    /// What is wrong.
    pub message: String,
}

include!(concat!(env!("OUT_DIR"), "/types.rs"));
include!(concat!(env!("OUT_DIR"), "/pairs.rs"));

/// The type of a name: `UserJSON`, or `OrganizationApi CreateParams` where several files declare it; the package's own
/// before another package's.
pub fn find(name: &str) -> Option<&'static Type> {
    let (file, name) = name.split_once(' ').map_or((None, name), |(file, name)| (Some(file), name));
    let is_there =
        |each: &&Type| each.name == name && file.is_none_or(|file| each.source.ends_with(&format!("/{file}.d.ts")));
    let mut found: Vec<&Type> = TYPES.iter().filter(is_there).collect();
    found.sort_by_key(|each| each.source.starts_with('@'));
    found.first().copied()
}

/// The classes that are built from a wire type.
pub fn classes(wire: &str) -> impl Iterator<Item = &'static Pair> {
    PAIRS.iter().filter(move |pair| pair.wire == wire)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Refusal> {
    let mut from = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut from).map_err(|error| Refusal::new(&error))
}

fn decode<T: DeserializeOwned + Serialize + Debug>(text: &str) -> Result<Value, Refusal> {
    let value: T = read(text)?;
    serde_json::to_value(value).map_err(|error| Refusal::of_value(format!("cannot be encoded: {error}")))
}

/// What is said of a value that was decoded, and does not come back.
const ANOTHER: &str = "decoded from its own document it is another";

/// Decodes a class directly, and by its wire struct, and from what it encodes to: one value each time.
fn agree<C, W>(text: &str) -> Result<(), Refusal>
where
    C: DeserializeOwned + Serialize + PartialEq + From<W>,
    W: DeserializeOwned,
{
    let direct = read::<C>(text)?;
    let encoded = serde_json::to_string(&direct).map_err(|error| Refusal::of_value(error.to_string()))?;
    if read::<C>(&encoded)? != direct {
        return Err(Refusal::of_value(format!("{ANOTHER}: {encoded}")));
    }
    let differs = read::<W>(text).is_ok_and(|wire| C::from(wire) != direct);
    if differs { Err(Refusal::of_value("`From` gives another value".to_owned())) } else { Ok(()) }
}

impl Refusal {
    /// The parts of an error: what was buffered has its part of the path in the text.
    fn new(error: &serde_path_to_error::Error<serde_json::Error>) -> Self {
        let message = error.inner().to_string();
        let outer = Some(error.path().to_string()).filter(|path| path != ".");
        let inner = message.strip_prefix("at `").and_then(|rest| rest.split_once("`: "));
        let (inner, message) = inner.map_or((None, message.as_str()), |(path, message)| (Some(path), message));
        let path = outer.as_deref().into_iter().chain(inner).collect::<Vec<_>>().join(".");
        Self { path: path.replace(".[", "["), message: message.to_owned() }
    }

    /// Whether the document was taken, and what came of it is wrong.
    pub fn is_of_taken(&self) -> bool {
        self.message.starts_with(ANOTHER)
    }

    fn of_value(message: String) -> Self {
        Self { path: String::new(), message }
    }
}
