//! From a package on disk (or files, or memory) to text: entries and import specifiers become files.
//!
//! The only room that reads files.

mod disk;
mod entries;
mod manifest;
mod resolve;
#[cfg(test)]
mod tests;
mod versions;

pub(crate) use resolve::{SpecifierKind, Target, is_declaration};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Package;
use disk::{Disk, in_node_modules};
use manifest::Manifest;
use resolve::Resolver;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Where the declarations come from.
#[derive(Clone, Debug)]
pub enum Input {
    /// An installed npm package.
    Package {
        /// The directory that holds `node_modules`.
        root: PathBuf,
        /// The package's name.
        name: String,
        /// The export subpaths to read; empty: every one that has types.
        entries: Vec<String>,
    },
    /// Declaration files on disk.
    Files {
        /// The directory that paths in the output are relative to.
        root: PathBuf,
        /// The files.
        paths: Vec<PathBuf>,
    },
    /// Files in memory, for tests: an in-memory tree of `(path, text)`, in which `node_modules/x/…` may stand too.
    Memory {
        /// All files.
        files: Vec<(String, String)>,
        /// Paths of the entries.
        entries: Vec<String>,
    },
}

/// Answers which file an entry or a specifier means, and reads it.
pub struct Loader {
    disk: Disk,
    resolver: Resolver,
    /// The directory of the package that is generated from, without symbolic links.
    home: PathBuf,
    package: Package,
    entries: Vec<Entry>,
    unlisted: Vec<Unlisted>,
    /// Whose the files of a directory are, once it was asked: every file is asked about several times.
    owners: Mutex<BTreeMap<PathBuf, Option<Owned>>>,
}

/// A package and its directory.
type Owned = (Package, PathBuf);

/// An entry: an export subpath and the file behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// `.`, `./webhooks`
    pub subpath: String,
    /// The declaration file, absolute.
    pub path: PathBuf,
}

/// A pattern of a package's `exports` that was not expanded: other subpaths are spelled out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlisted {
    /// `./*`
    pub pattern: String,
    /// How many more files it opens.
    pub files: usize,
}

/// Whose file a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Owner {
    /// Whether it belongs to the package that is generated from.
    pub own: bool,
    /// The package.
    pub package: Package,
    /// The file's path inside the package, with `/`.
    pub path: String,
}

/// Finds the entries.
///
/// # Errors
///
/// A missing package, an entry without types.
pub fn open(input: &Input) -> Result<Loader, Vec<Diagnostic>> {
    match input {
        Input::Package { root, name, entries } => open_package(Disk::Os, root, name, entries),
        Input::Files { root, paths } => open_files(Disk::Os, root, paths),
        Input::Memory { files, entries } => {
            let paths: Vec<PathBuf> = entries.iter().map(PathBuf::from).collect();
            open_files(Disk::memory(files), Path::new("/"), &paths)
        }
    }
}

fn open_package(disk: Disk, root: &Path, name: &str, entries: &[String]) -> Result<Loader, Vec<Diagnostic>> {
    let root = disk.real(root);
    let resolver = Resolver::new(&disk);
    let (manifest, entries, unlisted) = entries::of_package(&disk, &resolver, &root, name, entries)?;
    let package = Package { name: manifest.name.clone(), version: manifest.version.clone() };
    Ok(Loader { resolver, home: manifest.directory, package, entries, unlisted, disk, owners: Mutex::default() })
}

fn open_files(disk: Disk, root: &Path, paths: &[PathBuf]) -> Result<Loader, Vec<Diagnostic>> {
    let home = disk.real(root);
    let entries = entries::of_files(&disk, &home, paths)?;
    let package = Package { name: String::new(), version: String::new() };
    let (resolver, unlisted) = (Resolver::new(&disk), Vec::new());
    Ok(Loader { resolver, home, package, entries, unlisted, disk, owners: Mutex::default() })
}

impl Loader {
    /// The package that is generated from.
    pub(crate) fn package(&self) -> &Package {
        &self.package
    }

    /// The entries, `.` first, the others by subpath.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The patterns of the package's `exports` that were not expanded.
    pub(crate) fn unlisted(&self) -> &[Unlisted] {
        &self.unlisted
    }

    /// What a specifier in a file means.
    pub(crate) fn resolve(&self, file: &Path, specifier: &str, kind: SpecifierKind) -> Target {
        self.resolver.resolve(file, specifier, kind)
    }

    /// The declaration files of the `@types` packages that are installed where the entries see them.
    pub(crate) fn ambient_entries(&self) -> BTreeSet<PathBuf> {
        let mut bases: BTreeSet<&Path> = BTreeSet::new();
        for entry in &self.entries {
            let outside = |path: &&Path| !path.components().any(|part| part.as_os_str() == "node_modules");
            bases.extend(entry.path.ancestors().skip(1).filter(outside));
        }
        let mut files = BTreeSet::new();
        for base in bases {
            let scope = base.join("node_modules").join("@types");
            let inside = self.disk.list(&scope).into_iter();
            let names: BTreeSet<PathBuf> =
                inside.filter_map(|file| Some(scope_entry(file.strip_prefix(&scope).ok()?)?.to_owned())).collect();
            for name in names {
                let specifier = format!("@types/{}", name.display());
                if let Target::File(file) = self.resolve(&base.join("entry.d.ts"), &specifier, SpecifierKind::Import) {
                    files.insert(file);
                }
            }
        }
        files
    }

    /// What is wrong with a `package.json` that is no valid JSON.
    pub(crate) fn bad_manifest(&self, path: &Path) -> Diagnostic {
        let directory = path.parent().unwrap_or(path);
        match Manifest::read(&self.disk, directory, &self.owner(path).display()) {
            Err(diagnostic) => diagnostic,
            Ok(_) => Diagnostic::nowhere(Code::MissingPackage, "a `package.json` cannot be understood"),
        }
    }

    /// The text of a file.
    ///
    /// # Errors
    ///
    /// A diagnostic: not there, too large, not UTF-8.
    pub(crate) fn read(&self, path: &Path) -> Result<String, Diagnostic> {
        self.disk
            .text(path)
            .map_err(|why| Diagnostic::nowhere(Code::UnreadableFile, format!("`{}` {why}", self.owner(path).display())))
    }

    /// Whose file a file is. Nothing in the answer depends on where the tree lies on the machine.
    pub(crate) fn owner(&self, path: &Path) -> Owner {
        if let Ok(inside) = path.strip_prefix(&self.home)
            && !in_node_modules(inside)
        {
            return Owner { own: true, package: self.package.clone(), path: with_slashes(inside) };
        }
        match self.owned(path) {
            Some((package, directory)) => {
                let inside = path.strip_prefix(&directory).unwrap_or(path);
                Owner { own: false, package, path: with_slashes(inside) }
            }
            None => Owner { own: true, package: self.package.clone(), path: with_slashes(&relative(&self.home, path)) },
        }
    }

    /// The package that a file belongs to.
    fn owned(&self, path: &Path) -> Option<Owned> {
        let directory = path.parent().unwrap_or(path).to_owned();
        let mut owners = self.owners.lock().unwrap_or_else(PoisonError::into_inner);
        let find = || {
            let manifest = manifest::owner_of(&self.disk, path)?;
            Some((Package { name: manifest.name, version: manifest.version }, manifest.directory))
        };
        owners.entry(directory).or_insert_with(find).clone()
    }
}

impl Owner {
    /// How diagnostics spell the file.
    pub(crate) fn display(&self) -> String {
        if self.own { self.path.clone() } else { format!("{}/{}", self.package.name, self.path) }
    }
}

/// The folder that a path begins with, if it leads into one.
fn scope_entry(path: &Path) -> Option<&Path> {
    let mut parts = path.components();
    let first = parts.next()?;
    parts.next()?;
    Some(Path::new(first.as_os_str()))
}

/// A path with `/` on every machine.
fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// A path as seen from a directory, with `..` where it is not below it.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let common = from.components().zip(to.components()).take_while(|(left, right)| left == right).count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(to.components().skip(common)).collect()
}
