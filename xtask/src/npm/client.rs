//! npm as a program: the only code that starts one. Nothing of a package is ever executed.

use super::manifest::{LOCK, MANIFEST, Pins, without_addresses};
use anyhow::{Context, bail, ensure};
use dts_codegen::recipe::is_package_name;
use std::fmt;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Said when npm is not there.
const MISSING: &str = "npm is not installed: install Node.js (nodejs.org, version 20 or newer), which brings npm";

/// npm, found.
pub(super) struct Npm;

impl Npm {
    /// Looks for npm on the `PATH`.
    pub(super) fn find() -> anyhow::Result<Self> {
        let found = command().arg("--version").stdin(Stdio::null()).output();
        ensure!(found.is_ok_and(|output| output.status.success()), MISSING);
        Ok(Self)
    }

    /// Installs exactly what the lock in a directory says.
    pub(super) fn ci(&self, dir: &Path) -> anyhow::Result<()> {
        self.run(dir, &["ci"])
    }

    /// Adds a dependency to the manifest in a directory, pins it exactly, and locks.
    fn add(&self, dir: &Path, spec: &Spec) -> anyhow::Result<()> {
        let spec = spec.to_string();
        self.run(dir, &["install", "--package-lock-only", "--save-exact", "--save-prod", "--", &spec])
    }

    /// Locks what the manifest in a directory says.
    fn relock(&self, dir: &Path) -> anyhow::Result<()> {
        self.run(dir, &["install", "--package-lock-only"])
    }

    fn run(&self, dir: &Path, args: &[&str]) -> anyhow::Result<()> {
        const QUIET: [&str; 5] = [
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--no-update-notifier",
            "--omit-lockfile-registry-resolved",
        ];
        let (verb, rest) = args.split_first().expect("npm is always given a verb");
        let output = command()
            .current_dir(dir)
            .arg(verb)
            .args(QUIET)
            .args(rest)
            .stdin(Stdio::null())
            .output()
            .context("cannot start npm")?;
        if !output.status.success() {
            bail!("`npm {}` failed\n{}", args.join(" "), complaint(&output));
        }
        Ok(())
    }
}

fn command() -> Command {
    // On Windows npm is a script, which is started by its whole name only.
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// What npm says is wrong, without the place of its log.
fn complaint(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines = text.lines().filter(|line| line.starts_with("npm error") || line.starts_with("npm ERR!"));
    let lines: Vec<&str> = lines.filter(|line| !line.contains("A complete log of this run")).collect();
    if lines.is_empty() { format!("npm ended with {}", output.status) } else { lines.join("\n") }
}

/// A package and the version that is wanted: exact, a range or a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spec {
    /// The package.
    pub(crate) name: String,
    /// The version, range or tag.
    pub(crate) version: String,
}

impl Spec {
    /// Reads `NAME@VERSION`.
    pub(crate) fn parse(text: &str) -> anyhow::Result<Self> {
        // The first character may be the `@` of a scope.
        let at = text.char_indices().skip(1).find(|(_, c)| *c == '@').map(|(at, _)| at);
        let Some(at) = at else {
            bail!("`{text}` names no version: write PACKAGE@VERSION, for instance `{text}@latest`");
        };
        Self::new(&text[..at], &text[at + 1..])
    }

    /// Checks a name and a version.
    pub(crate) fn new(name: &str, version: &str) -> anyhow::Result<Self> {
        ensure!(is_package_name(name), "`{name}` is no name of an npm package");
        // Addresses, files and other packages (`npm:x@1`) have characters that no version, range or tag has.
        let plain = |c: char| c.is_ascii_alphanumeric() || ".-+^~<>=*| ".contains(c);
        ensure!(
            !version.trim().is_empty() && !version.starts_with('-') && version.chars().all(plain),
            "`{version}` is no version, range or tag of an npm package"
        );
        Ok(Self { name: name.to_owned(), version: version.to_owned() })
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

/// Pins packages in the manifest in a directory (which has a manifest and may have a lock), in this order, and answers
/// what is pinned then. Ranges and tags become exact versions.
pub(crate) fn pin(dir: &Path, specs: &[Spec]) -> anyhow::Result<Pins> {
    let npm = Npm::find()?;
    for spec in specs {
        npm.add(dir, spec).with_context(|| format!("cannot pin {spec}"))?;
    }
    if specs.is_empty() {
        npm.relock(dir)?;
    }
    let read = |name: &str| fs::read_to_string(dir.join(name)).with_context(|| format!("npm wrote no {name}"));
    let pins = Pins::new(read(MANIFEST)?, without_addresses(&read(LOCK)?)?)?;
    pins.write(dir)?;
    Ok(pins)
}

#[cfg(test)]
mod tests {
    use super::Spec;

    #[test]
    fn a_spec_is_a_name_and_a_version() {
        for (text, name, version) in [
            ("express@4.18.2", "express", "4.18.2"),
            ("@clerk/backend@^3", "@clerk/backend", "^3"),
            ("a@latest", "a", "latest"),
            ("a@>=1.0.0-rc.1 <2", "a", ">=1.0.0-rc.1 <2"),
        ] {
            let spec = Spec::parse(text).unwrap();
            assert_eq!((spec.name.as_str(), spec.version.as_str()), (name, version));
            assert_eq!(spec.to_string(), text);
        }
    }

    #[test]
    fn nothing_else_reaches_npm() {
        for text in [
            "express",
            "@a/b",
            "",
            "@",
            "a@",
            "a@ ",
            "../a@1",
            "-g@1",
            "a@file:../b",
            "a@npm:b@1",
            "a@https://x/y.tgz",
            "a@--registry",
            "a@git+ssh://x",
            "a@1\n",
            "A b@1",
            "a@$(x)",
            "a@github:b/c",
        ] {
            assert!(Spec::parse(text).is_err(), "{text:?}");
        }
        assert_eq!(
            Spec::parse("express").unwrap_err().to_string(),
            "`express` names no version: write PACKAGE@VERSION, for instance `express@latest`"
        );
    }
}
