//! Which declaration file a specifier means.
//!
//! `oxc_resolver`'s declaration mode follows TypeScript's `moduleResolution: "bundler"`. Three things are ours: which of
//! several files of one module is read (`index.d.ts` before `index.d.mts`, so that nothing is read twice), what is
//! tried after the condition `import`, and which misses are worth a word.

use super::disk::Disk;
use crate::source::is_builtin;
use oxc_resolver::{ResolveError, ResolveOptions, ResolverGeneric};
use std::path::{Path, PathBuf};

/// How a file names another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SpecifierKind {
    /// `import`, `require`, `import('…')`.
    Import,
    /// `export … from`
    Reexport,
    /// `declare module '…'`: an augmentation if it resolves, else a module of its own.
    ModuleName,
    /// `/// <reference path="…" />`
    ReferencePath,
    /// `/// <reference types="…" />`
    ReferenceTypes,
}

/// What a specifier means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A declaration file.
    File(PathBuf),
    /// None, and that is as expected: a built-in module of the platform, a stylesheet, a new ambient module.
    Silent,
    /// None, though a file of the same package is meant.
    MissingFile,
    /// None: a package that is not installed or ships no declarations.
    MissingPackage,
    /// A `package.json` on the way is no valid JSON.
    BadManifest(PathBuf),
}

/// Condition sets, tried in this order. TypeScript's bundler mode knows `import` only; packages that are written for
/// `require` alone must work too. `types` and `default` always match.
const CONDITIONS: [&[&str]; 3] = [&["import", "types"], &["import", "node", "types"], &["require", "node", "types"]];

/// Extensions of files that hold declarations, the preferred first.
const DECLARATIONS: [&str; 3] = [".d.ts", ".d.mts", ".d.cts"];

/// Extensions of source files and scripts.
const SOURCES: [&str; 8] = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/// Answers specifiers.
pub(crate) struct Resolver {
    disk: Disk,
    by_conditions: Vec<ResolverGeneric<Disk>>,
}

impl Resolver {
    /// A resolver over a disk.
    pub(crate) fn new(disk: &Disk) -> Self {
        let by_conditions = CONDITIONS
            .iter()
            .map(|conditions| {
                let options = ResolveOptions {
                    condition_names: conditions.iter().map(ToString::to_string).collect(),
                    extensions: [&DECLARATIONS[..], &SOURCES[..]].concat().iter().map(ToString::to_string).collect(),
                    // The environment of the machine must not change what is read.
                    node_path: false,
                    ..ResolveOptions::default()
                };
                ResolverGeneric::new_with_file_system(disk.clone(), options)
            })
            .collect();
        Self { disk: disk.clone(), by_conditions }
    }

    /// What a specifier in a file means. `file` need not exist: its directory is what counts.
    pub(crate) fn resolve(&self, file: &Path, specifier: &str, kind: SpecifierKind) -> Target {
        let path = match kind {
            SpecifierKind::ReferencePath if !specifier.starts_with('.') => format!("./{specifier}"),
            _ => specifier.to_owned(),
        };
        let mut bad_manifest = None;
        if may_be_file(&path) {
            // A script `dir.js` hides the folder `dir` from the resolver, and scripts are not what we look for.
            let folder = path.starts_with('.').then(|| format!("{}/index", path.trim_end_matches('/')));
            // A package without declarations hides those of `@types` from the resolver where its `exports` lead to a script.
            for path in std::iter::once(&path).chain(&folder).chain(&types_of(&path)) {
                match self.under_all_conditions(file, path) {
                    Ok(Some(found)) => return Target::File(found),
                    Ok(None) => {}
                    Err(manifest) => bad_manifest = Some(manifest),
                }
            }
        }
        match bad_manifest {
            Some(manifest) => Target::BadManifest(manifest),
            None => absence(&path, kind),
        }
    }

    /// The first declaration file that a condition set leads to, or the `package.json` that no JSON is.
    fn under_all_conditions(&self, file: &Path, specifier: &str) -> Result<Option<PathBuf>, PathBuf> {
        let mut bad_manifest = None;
        for resolver in &self.by_conditions {
            match resolver.resolve_dts(file, specifier) {
                Ok(found) => {
                    if let Some(found) = self.declaration_of(found.path()) {
                        return Ok(Some(found));
                    }
                }
                Err(ResolveError::Json(error)) => bad_manifest = Some(error.path),
                Err(_) => {}
            }
        }
        bad_manifest.map_or(Ok(None), Err)
    }

    /// The file that declares what a file holds: itself or a sibling. Of the siblings `x.d.ts`, `x.d.mts` and `x.d.cts`
    /// it is always the first that exists, whichever was asked for.
    pub(crate) fn declaration_of(&self, path: &Path) -> Option<PathBuf> {
        let text = path.to_str()?;
        let stem = stem(text)?;
        let mut candidates: Vec<String> = DECLARATIONS.iter().map(|extension| format!("{stem}{extension}")).collect();
        if !is_script(text) {
            candidates.push(text.to_owned());
        }
        candidates.into_iter().map(PathBuf::from).find(|candidate| self.disk.is_file(candidate))
    }
}

/// A path without the extension that TypeScript and JavaScript files have; `None` for other files (`x.json`).
pub(crate) fn stem(path: &str) -> Option<&str> {
    let extensions = DECLARATIONS.iter().chain(&SOURCES);
    extensions.copied().find_map(|extension| path.strip_suffix(extension))
}

/// Whether a file holds declarations only.
pub(crate) fn is_declaration(path: &str) -> bool {
    // `x.d.css.ts` declares what `x.css` holds.
    let declares = |stem: &str| stem.rsplit('/').next().is_some_and(|name| name.contains(".d."));
    DECLARATIONS.iter().any(|extension| path.ends_with(extension)) || path.strip_suffix(".ts").is_some_and(declares)
}

fn is_script(path: &str) -> bool {
    [".js", ".jsx", ".mjs", ".cjs"].iter().any(|extension| path.ends_with(extension))
}

/// Whether a specifier can name a file that we may read: not an absolute path, not an address.
fn may_be_file(specifier: &str) -> bool {
    !specifier.is_empty() && !specifier.starts_with('/') && !specifier.contains(':') && !specifier.contains('\0')
}

/// The package with the declarations of another: `@types/scope__name` of `@scope/name`.
fn types_of(specifier: &str) -> Option<String> {
    if specifier.starts_with(['.', '#']) || specifier.starts_with("@types/") {
        return None;
    }
    let Some(scoped) = specifier.strip_prefix('@') else { return Some(format!("@types/{specifier}")) };
    let (scope, name) = scoped.split_once('/')?;
    Some(format!("@types/{scope}__{name}"))
}

/// What to make of a specifier that means no file.
fn absence(specifier: &str, kind: SpecifierKind) -> Target {
    // `.prisma/client` is the name of a package.
    let relative = [".", ".."].contains(&specifier.split('/').next().unwrap_or(specifier));
    if kind == SpecifierKind::ModuleName || is_asset(specifier) || is_builtin(specifier) {
        Target::Silent
    } else if relative {
        Target::MissingFile
    } else {
        Target::MissingPackage
    }
}

/// Whether a specifier names something that no declarations are expected of: `./style.css`, `../package.json`.
fn is_asset(specifier: &str) -> bool {
    const ASSETS: [&str; 22] = [
        "json", "css", "scss", "sass", "less", "styl", "svg", "png", "jpg", "jpeg", "gif", "webp", "avif", "ico",
        "woff", "woff2", "wasm", "html", "txt", "md", "graphql", "node",
    ];
    let path = specifier.split(['?', '#']).next().unwrap_or(specifier);
    path.rsplit_once('.').is_some_and(|(_, extension)| ASSETS.contains(&extension))
}
