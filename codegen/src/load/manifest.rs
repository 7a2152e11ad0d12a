//! `package.json`: which package a directory holds.

use super::disk::{Disk, in_node_modules};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A `package.json`.
#[derive(Clone, Debug)]
pub(crate) struct Manifest {
    /// Where it lies, without symbolic links.
    pub directory: PathBuf,
    /// `name`; that of the directory, where it has none.
    pub name: String,
    /// `version`; empty where it has none.
    pub version: String,
    /// Everything it says.
    pub json: Value,
}

impl Manifest {
    /// Reads the `package.json` of a directory. `label` is the file's name in diagnostics.
    ///
    /// # Errors
    ///
    /// It is missing, unreadable, or not a JSON object.
    pub(crate) fn read(disk: &Disk, directory: &Path, label: &str) -> Result<Self, Diagnostic> {
        let text = disk
            .text(&directory.join("package.json"))
            .map_err(|why| Diagnostic::nowhere(Code::MissingPackage, format!("`{label}` {why}")))?;
        let json: Value = serde_json::from_str(&text).map_err(|error| malformed(label, &text, &error))?;
        if !json.is_object() {
            let place = Place::Text { name: label.to_owned(), text, line: 1, column: 1 };
            return Err(broken(format!("`{label}` holds no JSON object"), place));
        }
        let string = |key: &str| json.get(key).and_then(Value::as_str).map(str::to_owned);
        let name = string("name").or_else(|| name_of_directory(directory)).unwrap_or_default();
        let version = string("version").unwrap_or_default();
        Ok(Self { directory: disk.real(directory), name, version, json })
    }
}

/// The package that a file belongs to: the one whose directory in `node_modules` it lies in, or else the next
/// `package.json` above it that has a name and a version (others only set `type` for a folder).
pub(crate) fn owner_of(disk: &Disk, file: &Path) -> Option<Manifest> {
    if let Some(directory) = directory_in_node_modules(file) {
        let unnamed = |_| Manifest {
            name: name_of_directory(&directory).unwrap_or_default(),
            version: String::new(),
            json: Value::Null,
            directory: directory.clone(),
        };
        return Some(Manifest::read(disk, &directory, "package.json").unwrap_or_else(unnamed));
    }
    file.ancestors().skip(1).find_map(|directory| {
        let manifest = Manifest::read(disk, directory, "package.json").ok()?;
        (manifest.json.get("name").is_some() && !manifest.version.is_empty()).then_some(manifest)
    })
}

/// `…/node_modules/x` or `…/node_modules/@scope/x` of a file below it, the innermost one.
fn directory_in_node_modules(file: &Path) -> Option<PathBuf> {
    file.ancestors()
        .skip(1)
        .find(|directory| {
            let parent = directory.parent();
            let is_in =
                |path: Option<&Path>| path.is_some_and(|path| path.file_name().is_some_and(|it| it == "node_modules"));
            let scope = parent.and_then(Path::file_name).is_some_and(|name| name.to_string_lossy().starts_with('@'));
            let is_scope = directory.file_name().is_some_and(|name| name.to_string_lossy().starts_with('@'));
            (is_in(parent) && !is_scope) || (scope && is_in(parent.and_then(Path::parent)))
        })
        .map(Path::to_path_buf)
}

/// The name that a directory below `node_modules` gives to its package.
fn name_of_directory(directory: &Path) -> Option<String> {
    let name = directory.file_name()?.to_str()?;
    let scope = directory.parent().and_then(Path::file_name).and_then(|scope| scope.to_str());
    match scope {
        Some(scope) if scope.starts_with('@') && in_node_modules(directory) => Some(format!("{scope}/{name}")),
        _ => Some(name.to_owned()),
    }
}

fn malformed(label: &str, text: &str, error: &serde_json::Error) -> Diagnostic {
    let line = u32::try_from(error.line().max(1)).unwrap_or(u32::MAX);
    // `serde_json` counts columns in bytes, and 0 stands for the end of the line before.
    let bytes = error.column().saturating_sub(1);
    let before = text.lines().nth(error.line().saturating_sub(1)).and_then(|line| line.get(..bytes));
    let column = before.map_or(bytes, |before| before.chars().count());
    let column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1);
    let place = Place::Text { name: label.to_owned(), text: text.to_owned(), line, column };
    broken(format!("`{label}` is not valid JSON: {error}"), place)
}

fn broken(message: String, place: Place) -> Diagnostic {
    Diagnostic { code: Code::MissingPackage, severity: Severity::Error, message, place, hint: None }
}
