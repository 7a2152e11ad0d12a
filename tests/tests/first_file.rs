//! The file this project was started from: `dist/api/resources/Session.d.ts` of `@clerk/backend` 2.33.0, whose shared
//! declarations sit in a bundler's hashed chunks.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use xtask::{CrateDir, NpmPolicy};

fn generated() -> dts_codegen::Generated {
    let krate = CrateDir::open(&crate_dir()).expect("the crate's directory is beside the tests");
    xtask::generate(&krate, NpmPolicy::Fetch, &mut |_| {}).expect("the first version generates")
}

fn crate_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("first_file")
}

/// The text of a struct with its documentation, from the start of its doc comment to its closing brace.
fn structure<'a>(text: &'a str, name: &str) -> &'a str {
    let start = text.find(&format!("pub struct {name} {{")).expect("the struct is there");
    let end = start + text[start..].find("\n}").expect("the struct ends");
    let head = text[..start].rfind("\n\n").map_or(0, |at| at + 2);
    &text[head..end]
}

/// A field of a class as upstream declares it.
struct Declared {
    class: String,
    name: String,
    /// Whether TypeScript has `?` or `| null`.
    may_be_missing: bool,
    /// The first words of its comment, up to the first sign that means something in Markdown.
    words: String,
}

/// The fields of the file's classes, read line by line: an oracle that shares nothing with the generator.
fn declared(text: &str) -> Vec<Declared> {
    let (mut fields, mut class, mut words) = (Vec::new(), String::new(), String::new());
    for line in text.lines().map(str::trim) {
        if let Some(rest) = line.strip_prefix("export declare class ") {
            class = rest.trim_end_matches(" {").to_owned();
        } else if let Some(text) = line.strip_prefix("* ") {
            words = text.split(['[', '`', '{']).next().unwrap_or_default().trim_end().to_owned();
        } else if let Some((name, ty)) = line.strip_prefix("readonly ").and_then(|line| line.split_once(':')) {
            fields.push(Declared {
                class: class.clone(),
                name: snake(name.trim_end_matches('?')),
                may_be_missing: name.ends_with('?') || ty.contains("| null"),
                words: std::mem::take(&mut words),
            });
        }
    }
    fields
}

fn snake(name: &str) -> String {
    name.chars().flat_map(|c| c.is_uppercase().then_some('_').into_iter().chain(c.to_lowercase())).collect()
}

#[test]
fn both_classes_of_the_first_file_are_documented_structs() {
    let krate = CrateDir::open(&crate_dir()).expect("the crate's directory is beside the tests");
    let root = xtask::installed(&krate, NpmPolicy::Fetch, &mut |_| {}).expect("the first version can be installed");
    let upstream = fs::read_to_string(root.join("node_modules/@clerk/backend/dist/api/resources/Session.d.ts"));
    let fields = declared(&upstream.expect("the first version has the file"));
    assert_eq!(fields.len(), 8 + 12, "the two classes have 8 and 12 fields");

    let generated = generated();
    let text = generated.files.get("src/gen/api/resources/session.rs").expect("modules mirror upstream's files");
    for Declared { class, name, may_be_missing, words } in fields {
        let structure = structure(text, &class);
        let line = structure.lines().position(|line| line.trim().starts_with(&format!("pub {name}: ")));
        let line = line.unwrap_or_else(|| panic!("{class} has no field {name}: {structure}"));
        let lines: Vec<&str> = structure.lines().map(str::trim).collect();
        assert_eq!(lines[line].contains(": Option<"), may_be_missing, "{class}: {}", lines[line]);
        assert!(
            !words.is_empty() && lines[line - 1].starts_with(&format!("/// {words}")),
            "{class}: {}",
            lines[line - 1]
        );
    }
    assert!(text.contains("pub actor: Option<serde_json::Map<String, serde_json::Value>>,"), "{text}");
    assert!(text.contains("pub latest_activity: Option<SessionActivity>,"), "{text}");
}

#[test]
fn no_hash_of_a_bundler_becomes_a_path() {
    for (path, _) in generated().files.iter() {
        let hashed =
            path.split(['/', '.', '_']).any(|part| part.len() >= 8 && part.chars().any(|c| c.is_ascii_digit()));
        assert!(!hashed, "{path}");
    }
}

#[test]
fn what_is_generated_from_the_first_version_compiles_and_decodes() {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("first-file");
    for (path, text) in generated().files.iter() {
        write(&place.join(path), text);
    }
    for file in ["Cargo.toml", "src/lib.rs", "src/main.rs"] {
        write(&place.join(file), &fs::read_to_string(crate_dir().join(file)).expect("the file is checked in"));
    }
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    write(&place.join("Cargo.lock"), &fs::read_to_string(lock).expect("the workspace has a lock file"));
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--offline"])
        .current_dir(&place)
        .env("CARGO_TARGET_DIR", place.with_file_name("first-file-target"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "ok");
}

/// Writes a file unless it is the same already, so that cargo builds only what changed.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a file has a directory")).expect("the target directory can be written");
    fs::write(path, text).expect("the target directory can be written");
}
