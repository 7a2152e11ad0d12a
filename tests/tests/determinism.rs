//! The same input gives the same bytes, whatever the order of files and the number of threads; and a declaration that is
//! added moves no other name.

use dts_codegen::load::Input;
use dts_codegen::recipe::Recipe;
use dts_codegen::{FileSet, Generated, Options};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every fixture of one file, in one input: constructs of all kinds beside each other.
fn input() -> Vec<(String, String)> {
    let mut files = BTreeMap::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for construct in fs::read_dir(&root).expect("the fixtures").map(|entry| entry.expect("a listed entry").path()) {
        let construct_name = construct.file_name().and_then(|name| name.to_str()).expect("a plain name").to_owned();
        // What is wrong on purpose generates nothing.
        if construct_name == "diagnostics" {
            continue;
        }
        for path in fs::read_dir(&construct).expect("a construct").map(|entry| entry.expect("a listed entry").path()) {
            let name = path.file_name().and_then(|name| name.to_str()).expect("a plain name");
            if name.ends_with(".d.ts") {
                let text = fs::read_to_string(&path).expect("a fixture");
                // Globals would be shared between the files.
                if !text.contains("declare global") {
                    files.insert(format!("{construct_name}/{name}"), text);
                }
            }
        }
    }
    files.into_iter().collect()
}

fn generate(files: Vec<(String, String)>) -> Generated {
    let entries = files.iter().map(|(path, _)| path.clone()).collect();
    let options = Options { crate_name: "everything".to_owned(), command: "cargo xtask codegen".to_owned() };
    let generated = dts_codegen::generate(&Input::Memory { files, entries }, &Recipe::default(), &options);
    generated.unwrap_or_else(|failure| {
        panic!("{}", dts_codegen::report::render(&failure.diagnostics, &failure.sources, false))
    })
}

#[track_caller]
fn assert_same(one: &FileSet, other: &FileSet, what: &str) {
    for ((path, text), (other_path, other_text)) in one.iter().zip(other.iter()) {
        assert_eq!(path, other_path, "{what}");
        assert!(text == other_text, "{what}: {path} differs");
    }
    assert_eq!(one.len(), other.len(), "{what}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let files = input();
    let first = generate(files.clone()).files;
    assert!(first.len() > 20, "only {} files", first.len());
    assert_same(&first, &generate(files.clone()).files, "a second time");
    let reversed = files.iter().rev().cloned().collect();
    assert_same(&first, &generate(reversed).files, "files reversed");
    for threads in [1, 7] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
        let again = pool.install(|| generate(files.clone()).files);
        assert_same(&first, &again, &format!("{threads} threads"));
    }
}

#[test]
fn an_added_declaration_moves_no_other_name() {
    for (path, text) in input() {
        let before = names(&path, text.clone());
        let added = format!("export interface AddedFirst {{ added: {{ inner: string }}; kind: 'added' }}\n{text}");
        let after = names(&path, added);
        for (name, rust) in &before {
            assert_eq!(after.get(name), Some(rust), "{name} of {path}");
        }
    }
}

/// The paths in Rust, by the name and kind upstream; and every item that is written.
fn names(path: &str, text: String) -> BTreeMap<String, String> {
    let generated = generate(vec![(path.to_owned(), text)]);
    let entries = generated.coverage.entries.iter();
    let mut names: BTreeMap<String, String> =
        entries.filter_map(|entry| Some((format!("{} {}", entry.kind, entry.name), entry.rust.clone()?))).collect();
    for (path, text) in generated.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        let items = text.lines().filter(|line| line.starts_with("pub struct ") || line.starts_with("pub enum "));
        names.extend(items.map(|line| (format!("{path} {line}"), String::new())));
    }
    names
}
