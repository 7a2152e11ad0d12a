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
    let generated = Path::new(&tests).join("../generated/src/gen");
    println!("cargo::rerun-if-changed={}", generated.display());
    let tables = [
        ("types.rs", table(entries, &generics(&read(&census)))),
        ("pairs.rs", pairs(entries, &read(&map))),
        ("samples.rs", samples(&generated)),
    ];
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

/// Every type that has a table of the support module, with a text for each parameter, and what is to be done with its
/// sample; those whose table says that there is none by name alone.
fn samples(generated: &Path) -> String {
    let mut types = Vec::new();
    tables_in(generated, "clerk_backend_types", &mut types);
    let (endless, others): (Vec<_>, Vec<_>) = types.into_iter().partition(|(_, endless)| *endless);
    let mut samples = String::from(
        "/// The sample of every type that has one.\n#[expect(deprecated, reason = \"what upstream deprecates must work until it goes\")]\n\
         pub const SAMPLES: &[(&str, Check)] = &[\n",
    );
    for (path, _) in others {
        writeln!(samples, "    ({path:?}, || returns(&<{path}>::sample())),").expect("a string takes it");
    }
    let endless: Vec<String> = endless.into_iter().map(|(path, _)| path).collect();
    samples + &format!("];\n\n/// The types that have none.\npub const ENDLESS: &[&str] = &{endless:?};\n")
}

/// The types of the tables in a folder's files, by the path that the folder's module has, and whether each is endless.
fn tables_in(folder: &Path, module: &str, types: &mut Vec<(String, bool)>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let inner = if stem == "mod" { module.to_owned() } else { format!("{module}::{stem}") };
        if path.is_file() {
            types.extend(tables_of(&fs::read_to_string(&path).unwrap_or_default(), &inner));
        } else if stem != "support" {
            tables_in(&path, &inner, types);
        }
    }
}

/// The types of a file's tables. A table's second line is `Name<T> "upstream's name" … {`.
fn tables_of(text: &str, module: &str) -> Vec<(String, bool)> {
    let heads =
        text.lines().zip(text.lines().skip(1)).filter(|(line, _)| line.contains("support::") && line.ends_with("! {"));
    let table = |(_, head): (&str, &str)| {
        let (name, rest) = head.trim().split_once(" \"")?;
        let name = match name.split_once('<') {
            Some((name, params)) => format!("{name}<{}>", vec!["String"; params.split(',').count()].join(", ")),
            None => name.to_owned(),
        };
        Some((format!("{module}::{name}"), rest.ends_with(" endless {")))
    };
    heads.filter_map(table).collect()
}

/// The file, without a line and the package's own name, and the declaration's name. `.d.mts` and `.d.ts` say the same.
fn key(entry: &Value, own: &str) -> String {
    let source = entry["source"].as_str().unwrap_or_default();
    let file = source.rsplit_once(':').map_or(source, |(file, _)| file);
    let name = entry["name"].as_str().unwrap_or_default();
    format!("{} {name}", file.strip_prefix(own).unwrap_or(file).replace(".d.mts", ".d.ts"))
}
