//! A crate generated from a package, and documents run through it: what comes back, and what is refused.
//!
//! The package's crate gets a `main` that decodes and encodes every line it is sent as the type the line names.

use anyhow::{Context, Result, bail, ensure};
use dts_codegen::load::Input;
use dts_codegen::recipe::Recipe;
use dts_codegen::{Options, generate};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, thread};

/// The dependencies of generated code, without the features nobody needs here.
const MANIFEST: &str = r#"[package]
name = "NAME"
version = "0.0.0"
edition = "2021"

[workspace]

[dependencies]
serde = { version = "1", default-features = false, features = ["std"] }
serde_json = { version = "1", features = ["float_roundtrip"] }

[profile.dev]
debug = 0
incremental = false
"#;

/// What stands before the table of types.
const MAIN: &str = r#"use serde::{de::DeserializeOwned, Serialize};
use std::io::{stdin, stdout, BufRead, Write};

fn round_trip<T: DeserializeOwned + Serialize>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| format!("encoding: {error}"))
}

fn answer(line: &str) -> Result<String, String> {
    let (name, text) = line.split_once('\t').expect("a name, a tab, a document");
    let (_, run) = TYPES.iter().find(|(each, _)| *each == name).expect("a type of the table");
    std::panic::catch_unwind(|| run(text)).unwrap_or_else(|_| Err("PANIC".to_owned()))
}

fn main() {
    // Written line by line: if a document kills the program, what it answered tells which.
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        match answer(&line.expect("UTF-8")) {
            Ok(text) => writeln!(out, "+{text}"),
            Err(error) => writeln!(out, "-{}", error.replace('\n', " ")),
        }
        .expect("stdout takes it");
    }
}

"#;

/// A type, as upstream names it: its file, with the package's name in front, and its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TypeName {
    /// `@clerk/backend/dist/api/resources/User.d.ts`
    pub source: String,
    /// `User`, dotted inside namespaces
    pub name: String,
}

/// A document, and the type to decode it as.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The type.
    pub type_name: TypeName,
    /// The JSON text.
    pub document: String,
}

/// What became of a document: the JSON that it is encoded as, or the error.
pub type Outcome = Result<Value, String>;

/// A generated crate on disk.
pub struct Probe {
    dir: PathBuf,
    target: PathBuf,
    crate_name: String,
    paths: BTreeMap<TypeName, String>,
}

impl Probe {
    /// Generates the crate of an installed package, with an empty recipe, into `dir`. `target` is where cargo builds it.
    ///
    /// # Errors
    ///
    /// The generator refuses the package, or the files cannot be written.
    pub fn generate(root: &Path, package: &str, entries: &[&str], dir: &Path, target: &Path) -> Result<Self> {
        let crate_name = crate_name(package);
        let entries = entries.iter().map(|&each| each.to_owned()).collect();
        let input = Input::Package { root: root.to_owned(), name: package.to_owned(), entries };
        let options = Options { crate_name: crate_name.clone(), command: "cargo test".to_owned() };
        let generated = generate(&input, &Recipe::default(), &options)
            .map_err(|failure| anyhow::anyhow!("{package}: {:#?}", failure.diagnostics))?;
        fs::create_dir_all(dir.join("src"))?;
        for (path, text) in generated.files.iter() {
            write(&dir.join(path), text)?;
        }
        write(&dir.join("Cargo.toml"), &MANIFEST.replace("NAME", &crate_name))?;
        write(&dir.join("src/lib.rs"), "mod gen;\npub use crate::gen::*;\n")?;
        let coverage = serde_json::from_str(&fs::read_to_string(dir.join("coverage.json"))?)?;
        let paths = paths(package, &coverage);
        Ok(Self { dir: dir.to_owned(), target: target.to_owned(), crate_name, paths })
    }

    /// The types of the crate, by upstream's names.
    pub fn types(&self) -> impl Iterator<Item = &TypeName> {
        self.paths.keys()
    }

    /// Whether the crate has a type.
    pub fn has(&self, type_name: &TypeName) -> bool {
        self.paths.contains_key(type_name)
    }

    /// Decodes and encodes documents, those of types that the crate does not have left out beforehand.
    ///
    /// # Errors
    ///
    /// The crate does not compile, or its program dies.
    pub fn run(&self, trials: &[Trial]) -> Result<Vec<Outcome>> {
        let names: BTreeSet<&TypeName> = trials.iter().map(|each| &each.type_name).collect();
        let places: BTreeMap<&TypeName, usize> = names.iter().enumerate().map(|(at, &name)| (name, at)).collect();
        write(&self.dir.join("src/main.rs"), &self.program(&names)?)?;
        self.build()?;
        let mut input = String::new();
        for trial in trials {
            ensure!(!trial.document.contains('\n'), "a document is one line");
            writeln!(input, "{}\t{}", places[&trial.type_name], trial.document)?;
        }
        let output = self.answers(input)?;
        let outcomes: Vec<Outcome> = output.lines().map(outcome).collect::<Result<_>>()?;
        if outcomes.len() < trials.len() {
            let trial = &trials[outcomes.len()];
            bail!("the program died of a {}: {}", trial.type_name.name, trial.document);
        }
        Ok(outcomes)
    }

    fn program(&self, names: &BTreeSet<&TypeName>) -> Result<String> {
        let mut text = format!("{MAIN}static TYPES: &[(&str, fn(&str) -> Result<String, String>)] = &[\n");
        for (at, name) in names.iter().enumerate() {
            let path = self.paths.get(name).with_context(|| format!("no type {name:?}"))?;
            writeln!(text, "    (\"{at}\", round_trip::<{path}>), // {}", name.name)?;
        }
        Ok(text + "];\n")
    }

    fn build(&self) -> Result<()> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let output = Command::new(cargo)
            .args(["build", "--quiet", "--offline", "--bin", &self.crate_name])
            .current_dir(&self.dir)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()?;
        ensure!(output.status.success(), "{}: {}", self.crate_name, String::from_utf8_lossy(&output.stderr));
        Ok(())
    }

    fn answers(&self, input: String) -> Result<String> {
        let program = self.target.join("debug").join(format!("{}{}", self.crate_name, std::env::consts::EXE_SUFFIX));
        let mut child = Command::new(program).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut stdin = child.stdin.take().context("the program has a stdin")?;
        let writer = thread::spawn(move || stdin.write_all(input.as_bytes()));
        let output = child.wait_with_output()?;
        // A program that dies does not read to the end; what it did not answer tells where.
        drop(writer.join());
        Ok(String::from_utf8(output.stdout)?)
    }
}

fn outcome(line: &str) -> Result<Outcome> {
    Ok(match line.split_at_checked(1) {
        Some(("+", text)) => Ok(serde_json::from_str(text)?),
        Some(("-", error)) => Err(error.to_owned()),
        _ => bail!("the program printed `{line}`"),
    })
}

/// The public path of every type, by upstream's name.
fn paths(package: &str, coverage: &Value) -> BTreeMap<TypeName, String> {
    let mut paths = BTreeMap::new();
    for entry in coverage["entries"].as_array().into_iter().flatten() {
        let data = ["class", "interface", "alias", "enum"].iter().any(|kind| entry["kind"] == *kind);
        let (Some(rust), Some(name), true) = (entry["rust"].as_str(), entry["name"].as_str(), data) else { continue };
        let source = entry["source"].as_str().unwrap_or_default();
        let file = source.rsplit_once(':').map_or(source, |(file, _)| file);
        let name = name.to_owned();
        // Files of the package itself stand without its name; both spellings are told apart by who asks.
        paths.insert(TypeName { source: format!("{package}/{file}"), name: name.clone() }, rust.to_owned());
        paths.entry(TypeName { source: file.to_owned(), name }).or_insert_with(|| rust.to_owned());
    }
    paths
}

/// `@slack/types` is `slack_types`.
fn crate_name(package: &str) -> String {
    let name = package.trim_start_matches('@').replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    format!("probe_{name}")
}

/// Writes what changed only, so that cargo builds what changed only.
fn write(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().context("a file stands in a directory")?)?;
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
