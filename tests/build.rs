//! Makes a table of every type of the generated crate that a document can be decoded as, from its `coverage.json`, so
//! that tests name types as upstream does: `round_trip("UserJSON", …)`.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() {
    let tests = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    let coverage = Path::new(&tests).join("../generated/coverage.json");
    let census = Path::new(&tests).join("oracle/recorded/census.json");
    println!("cargo::rerun-if-changed={}", coverage.display());
    println!("cargo::rerun-if-changed={}", census.display());
    let map = Path::new(&tests).join("oracle/recorded/from_json_map.json");
    println!("cargo::rerun-if-changed={}", map.display());
    let entries = &read(&coverage)["entries"];
    let tables = [("types.rs", table(entries, &generics(&read(&census)))), ("pairs.rs", pairs(entries, &read(&map)))];
    for (file, table) in tables {
        fs::write(Path::new(&out).join(file), table).expect("the output directory can be written");
    }
}

/// A file that is not there (a crate that was never generated) has nothing to say.
fn read(path: &Path) -> Value {
    fs::read_to_string(path).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Declarations with type parameters, as `source name`: there is no one type to decode.
fn generics(census: &Value) -> BTreeSet<String> {
    let declarations = census["declarations"].as_array().into_iter().flatten();
    declarations.filter(|each| each.get("generic").is_some()).map(|each| key(each, "@clerk/backend/")).collect()
}

fn table(entries: &Value, generics: &BTreeSet<String>) -> String {
    let mut table = String::from(
        "/// Every type, by its file and name upstream.\n#[expect(deprecated, reason = \"what upstream deprecates must work until it goes\")]\n\
         pub const TYPES: &[Type] = &[\n",
    );
    for entry in entries.as_array().into_iter().flatten() {
        let data = ["class", "interface", "alias", "enum"].iter().any(|kind| entry["kind"] == *kind);
        let (Some(rust), true) = (entry["rust"].as_str(), data) else { continue };
        let key = key(entry, "");
        if generics.contains(&key) {
            continue;
        }
        let (source, name) = key.split_once(' ').expect("two words");
        writeln!(table, "    Type {{ source: {source:?}, name: {name:?}, rust: {rust:?}, decode: decode::<{rust}> }},")
            .expect("a string takes it");
    }
    table + "];\n"
}

/// The classes that are built from wire JSON, each with the type that it is built from.
fn pairs(entries: &Value, map: &Value) -> String {
    let rust = |name: &str| {
        let is_own = |entry: &&Value| entry["name"] == name && !key(entry, "").starts_with('@');
        entries.as_array().into_iter().flatten().find(is_own).and_then(|entry| entry["rust"].as_str())
    };
    let mut pairs = String::from(
        "/// Every class with `fromJSON`.\n#[expect(deprecated, reason = \"what upstream deprecates must work until it goes\")]\n\
         pub const PAIRS: &[Pair] = &[\n",
    );
    for (class, built) in map.as_object().into_iter().flatten() {
        let wire = built["parameter"].as_str().unwrap_or_default();
        let (Some(class_path), Some(wire_path)) = (rust(class), rust(wire)) else { continue };
        writeln!(pairs, "    Pair {{ class: {class:?}, wire: {wire:?}, agree: agree::<{class_path}, {wire_path}> }},")
            .expect("a string takes it");
    }
    pairs + "];\n"
}

/// The file, without a line and the package's own name, and the declaration's name. `.d.mts` and `.d.ts` say the same.
fn key(entry: &Value, own: &str) -> String {
    let source = entry["source"].as_str().unwrap_or_default();
    let file = source.rsplit_once(':').map_or(source, |(file, _)| file);
    let name = entry["name"].as_str().unwrap_or_default();
    format!("{} {name}", file.strip_prefix(own).unwrap_or(file).replace(".d.mts", ".d.ts"))
}
