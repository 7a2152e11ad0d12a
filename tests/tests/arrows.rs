//! The plan of the house (ARCHITECTURE.md): which room may import which. Reads the `use` lines and paths of the sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of `codegen/src`, and which rooms each may import beside itself.
const ROOMS: &[(&str, &[&str])] = &[
    // Nouns.
    ("source", &[]),
    ("diagnostic", &["source"]),
    ("coverage", &[]),
    ("fileset", &[]),
    ("model", &["source"]),
    ("schema", &["model", "source"]),
    ("rust", &["model"]),
    ("recipe", &["diagnostic", "rust"]),
    // A tool of several verbs: large stacks, panics as values.
    ("guard", &[]),
    // Verbs, in the order in which data walks.
    ("load", &["diagnostic", "source"]),
    ("parse", &["diagnostic", "guard", "load", "source"]),
    ("symbols", &["diagnostic", "model", "parse", "source"]),
    ("lower", &["diagnostic", "model", "parse", "source", "symbols"]),
    ("eval", &["diagnostic", "model", "schema", "source"]),
    ("refine", &["diagnostic", "model", "recipe", "schema", "source"]),
    ("plan", &["coverage", "diagnostic", "model", "recipe", "refine", "rust", "schema", "source"]),
    ("emit", &["rust", "model"]),
    ("print", &["diagnostic", "emit", "fileset", "guard", "rust"]),
    ("report", &["diagnostic", "source"]),
];

/// Rooms that may name swc's crates.
const PARSER: &[&str] = &["parse", "symbols", "lower"];
/// The rooms that may read files.
const READERS: &[&str] = &["load"];
/// What reads files or asks the machine.
const READING: &[&str] = &["std::fs", "File::open", "std::env::", "std::process"];
/// What writes.
const WRITING: &[&str] =
    &["fs::write", "File::create", "OpenOptions", "create_dir", "remove_file", "remove_dir", "fs::rename", "fs::copy"];

#[test]
fn rooms_import_what_the_plan_of_the_house_says() {
    let mut faults = Vec::new();
    for file in sources("../codegen/src") {
        let room = room_of(&file.path);
        // The door of the whole library sees every room, and so do tests.
        if matches!(room.as_str(), "lib" | "generate") {
            continue;
        }
        let Some((_, allowed)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            faults.push(format!("{}: the room `{room}` is not on the plan", file.path));
            continue;
        };
        for (line, target) in imports(&file.text) {
            if target != room && ROOMS.iter().any(|(name, _)| *name == target) && !allowed.contains(&target.as_str()) {
                faults.push(format!("{}:{line}: `{room}` imports `{target}`", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "arrows against the plan of the house:\n{}", faults.join("\n"));
}

#[test]
fn the_parser_stays_behind_its_doors() {
    expect_nowhere("../codegen/src", &["swc_"], PARSER, "names the parser's types");
}

#[test]
fn the_library_reads_in_load_alone_and_writes_nowhere() {
    expect_nowhere("../codegen/src", READING, READERS, "reads");
    expect_nowhere("../codegen/src", WRITING, &[], "writes");
}

#[test]
fn sync_alone_writes_generated_files() {
    let writers = ["sync", "scaffold", "npm", "commands"];
    expect_nowhere("../xtask/src", WRITING, &writers, "writes");
}

#[test]
fn the_command_line_does_not_need_what_it_generates() {
    let manifest = fs::read_to_string(here("../xtask/Cargo.toml")).expect("xtask's manifest");
    let names = ["clerk-backend-types", "clerk_backend_types"];
    assert!(!names.iter().any(|name| manifest.contains(name)), "xtask depends on the generated crate");
}

fn expect_nowhere(root: &str, needles: &[&str], except: &[&str], what: &str) {
    let mut faults = Vec::new();
    for file in sources(root).iter().filter(|file| !except.contains(&room_of(&file.path).as_str())) {
        for (line, text) in file.text.lines().enumerate() {
            if needles.iter().any(|needle| text.contains(needle)) && !text.trim_start().starts_with("//") {
                faults.push(format!("{}:{}: {what}: {}", file.path, line + 1, text.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A source file, its tests left out.
struct SourceFile {
    path: String,
    text: String,
}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The sources below a folder, by path, without what is compiled for tests only.
fn sources(root: &str) -> Vec<SourceFile> {
    let mut found = BTreeMap::new();
    collect(&here(root), "", &mut found);
    // The modules of a file that are for tests stand behind `#[cfg(test)]`.
    let mut for_tests = Vec::new();
    for (path, text) in &found {
        let folder = module_folder(path);
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for pair in lines.windows(2).filter(|pair| pair[0] == "#[cfg(test)]") {
            let module = pair[1].trim_start_matches("pub(crate) ").trim_start_matches("pub(super) ");
            if let Some(name) = module.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
                for_tests.push(format!("{folder}{name}"));
            }
        }
    }
    let is_for_tests = |path: &str| {
        for_tests.iter().any(|module| path == format!("{module}.rs") || path.starts_with(&format!("{module}/")))
    };
    // Text that is written into generated crates is not the generator's own.
    let is_own = |path: &str| !path.starts_with("emit/support/");
    found
        .into_iter()
        .filter(|(path, _)| !is_for_tests(path) && is_own(path))
        .map(|(path, text)| SourceFile { text: without_tests(&text), path })
        .collect()
}

fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("cannot list {}: {error}", folder.display()));
    for path in entries.map(|entry| entry.expect("a listed entry").path()) {
        let name = path.file_name().and_then(|name| name.to_str()).expect("sources have plain names").to_owned();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{name}/"), found);
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            found.insert(format!("{prefix}{name}"), text);
        }
    }
}

/// The folder that the modules of a file are in: `load/` for `load/mod.rs` and for `load.rs`.
fn module_folder(path: &str) -> String {
    let stem = path.strip_suffix(".rs").unwrap_or(path);
    match stem.rsplit_once('/') {
        Some((folder, "mod")) => format!("{folder}/"),
        _ if matches!(stem, "lib" | "main") => String::new(),
        _ => format!("{stem}/"),
    }
}

/// The text without its `#[cfg(test)] mod … { … }`, which stands last.
fn without_tests(text: &str) -> String {
    let mut lines = Vec::new();
    let mut rest = text.lines().peekable();
    while let Some(line) = rest.next() {
        let is_module = rest.peek().is_some_and(|next| next.starts_with("mod ") && next.ends_with('{'));
        if line == "#[cfg(test)]" && is_module {
            break;
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// The room of a file: its first folder, or its own name.
fn room_of(path: &str) -> String {
    let first = path.split('/').next().unwrap_or_default();
    first.strip_suffix(".rs").unwrap_or(first).to_owned()
}

/// The rooms that a text imports or names by a path from the crate's root, with the line.
fn imports(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default();
        for after in line.split("crate::").skip(1) {
            // Among several: `use crate::{emit, load};`
            let names: Vec<&str> = match after.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or_default().split(',').collect(),
                None => vec![after],
            };
            for name in names {
                let name = name.trim();
                let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(name.len());
                // The library's own doors: `crate::FileSet` is the room `fileset`.
                let room = if &name[..end] == "FileSet" { "fileset" } else { &name[..end] };
                found.push((number + 1, room.to_owned()));
            }
        }
    }
    found
}

#[test]
fn the_reading_of_imports_is_right() {
    let text = "use crate::model::{Doc, Ty};\nuse crate::{emit, load::Input};\nlet x = crate::FileSet::default(); // crate::plan\n";
    let found: Vec<_> = imports(text).into_iter().map(|(line, room)| format!("{line} {room}")).collect();
    assert_eq!(found, ["1 model", "2 emit", "2 load", "3 fileset"]);
    assert_eq!(module_folder("load/mod.rs"), "load/");
    assert_eq!(module_folder("print.rs"), "print/");
    assert_eq!(room_of("plan/docs/mod.rs"), "plan");
    assert_eq!(without_tests("a\n#[cfg(test)]\nmod tests {\nb\n}"), "a");
}
