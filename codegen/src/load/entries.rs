//! Which files the entries of a package are.
//!
//! Without a list, every subpath that is spelled out and has types is an entry. Patterns (`./*`) are expanded only when
//! no subpath is spelled out: beside a list they open the package's inside for deep imports, and what they reach is
//! mostly what the listed subpaths export already. How many there are is told. Asked for by name or by a pattern
//! (`./types/*`), subpaths that only a pattern gives are found too. A package without `exports` can be imported by the
//! path of each of its files; these are its entries where it has no main one.

use super::disk::Disk;
use super::manifest::Manifest;
use super::resolve::{Resolver, SpecifierKind, Target, stem};
use super::versions;
use super::{Entry, Unlisted};
use crate::diagnostic::{Code, Diagnostic};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A package that is asked for its entries.
struct Asked<'a> {
    disk: &'a Disk,
    resolver: &'a Resolver,
    /// A file name beside the `node_modules` that holds the package: specifiers are resolved from there.
    from: PathBuf,
    name: &'a str,
    manifest: Manifest,
}

/// The package's manifest and entries.
pub(super) fn of_package(
    disk: &Disk,
    resolver: &Resolver,
    root: &Path,
    name: &str,
    entries: &[String],
) -> Result<(Manifest, Vec<Entry>, Vec<Unlisted>), Vec<Diagnostic>> {
    let Some(base) = base_of(disk, root, name) else { return Err(vec![missing(name)]) };
    let types = types_package(name);
    let directory = |name: &str| base.join("node_modules").join(name);
    let installed = if disk.is_dir(&directory(name)) { name } else { &types };
    let label = format!("{installed}/package.json");
    let manifest = Manifest::read(disk, &directory(installed), &label).map_err(|error| vec![error])?;
    let mut asked = Asked { disk, resolver, from: base.join("entry.d.ts"), name, manifest };
    let mut found = if entries.is_empty() { asked.all() } else { asked.named(entries)? };
    if found.is_empty() {
        return Err(vec![no_types(name)]);
    }
    found.sort_by(|left, right| left.subpath.cmp(&right.subpath));
    let unlisted = if entries.is_empty() { asked.unlisted(&found) } else { Vec::new() };
    // A package without types is served by `@types`: that is what was read, and what the output names.
    let outside = found.iter().all(|entry| !entry.path.starts_with(&asked.manifest.directory));
    if outside && disk.is_dir(&directory(&types)) {
        let label = format!("{types}/package.json");
        asked.manifest = Manifest::read(disk, &directory(&types), &label).map_err(|error| vec![error])?;
    }
    Ok((asked.manifest, found, unlisted))
}

/// The entries of files that are given one by one.
pub(super) fn of_files(disk: &Disk, home: &Path, paths: &[PathBuf]) -> Result<Vec<Entry>, Vec<Diagnostic>> {
    let mut files = BTreeSet::new();
    let mut wrong = Vec::new();
    for path in paths {
        let real = disk.real(&home.join(path));
        if disk.is_file(&real) {
            files.insert(real);
        } else {
            let label = super::with_slashes(&super::relative(home, &real));
            wrong.push(Diagnostic::nowhere(Code::UnreadableFile, format!("`{label}` is no file")));
        }
    }
    if files.is_empty() && wrong.is_empty() {
        wrong.push(Diagnostic::nowhere(Code::UnreadableFile, "no declaration files are given"));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(subpaths_of(home, files))
}

/// Gives each file a subpath: `.` to a single one, else the stem of its name, or of its path where names repeat.
fn subpaths_of(home: &Path, files: BTreeSet<PathBuf>) -> Vec<Entry> {
    let whole = |path: &Path| {
        let inside = super::with_slashes(&super::relative(home, path));
        stem(&inside).map(str::to_owned).unwrap_or(inside)
    };
    let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for path in &files {
        *uses.entry(last(&whole(path))).or_default() += 1;
    }
    let single = files.len() == 1;
    let mut entries: Vec<Entry> = files
        .into_iter()
        .map(|path| {
            let whole = whole(&path);
            let name = last(&whole);
            let unique = uses.get(&name) == Some(&1);
            let subpath = match (single, unique) {
                (true, _) => String::from("."),
                (_, true) => format!("./{name}"),
                _ => format!("./{whole}"),
            };
            Entry { subpath, path }
        })
        .collect();
    entries.sort_by(|left, right| left.subpath.cmp(&right.subpath));
    entries
}

impl Asked<'_> {
    /// The entries that the recipe names.
    fn named(&self, entries: &[String]) -> Result<Vec<Entry>, Vec<Diagnostic>> {
        let subpaths: BTreeSet<String> = entries.iter().map(|entry| normal_subpath(entry)).collect();
        let mut found = Vec::new();
        let mut wrong = Vec::new();
        for subpath in subpaths {
            let matching = match subpath.contains('*') {
                true => self.matching(&subpath),
                false => self.entry(&subpath).into_iter().collect(),
            };
            if matching.is_empty() {
                wrong.push(self.without_types(&subpath));
            }
            found.extend(matching);
        }
        found.sort_by(|left: &Entry, right| left.subpath.cmp(&right.subpath));
        found.dedup();
        if wrong.is_empty() { Ok(without_doubles(found)) } else { Err(wrong) }
    }

    /// The entries that a pattern of the recipe matches.
    fn matching(&self, wanted: &str) -> Vec<Entry> {
        let (before, after) = wanted.split_once('*').unwrap_or((wanted, ""));
        let (patterns, plain): (Vec<_>, Vec<_>) = self.subpaths().into_iter().partition(|it| it.contains('*'));
        let expanded = patterns.iter().flat_map(|pattern| self.expand(pattern));
        let all: BTreeSet<String> = plain.into_iter().chain(expanded).chain(self.inside()).collect();
        let fits = |subpath: &String| {
            subpath.len() >= before.len() + after.len() && subpath.starts_with(before) && subpath.ends_with(after)
        };
        self.entries(all.into_iter().filter(fits))
    }

    /// The patterns beside the entries, with how many more there are by each.
    fn unlisted(&self, entries: &[Entry]) -> Vec<Unlisted> {
        let known: BTreeSet<&PathBuf> = entries.iter().map(|entry| &entry.path).collect();
        let patterns = self.subpaths().into_iter().filter(|subpath| subpath.contains('*'));
        let counted = patterns.map(|pattern| {
            let more = self.entries(self.expand(&pattern)).into_iter().map(|entry| entry.path);
            let files = more.filter(|path| !known.contains(path)).collect::<BTreeSet<_>>().len();
            Unlisted { pattern, files }
        });
        counted.filter(|unlisted| unlisted.files > 0).collect()
    }

    /// Every subpath that has types.
    fn all(&self) -> Vec<Entry> {
        let (patterns, plain): (Vec<_>, Vec<_>) = self.subpaths().into_iter().partition(|it| it.contains('*'));
        let listed = self.entries(plain);
        if !listed.is_empty() {
            return without_doubles(listed);
        }
        let expanded: BTreeSet<String> = patterns.iter().flat_map(|pattern| self.expand(pattern)).collect();
        without_doubles(self.entries(expanded.into_iter().chain(self.inside())))
    }

    /// The subpaths of all declarations in a package that says nothing of `exports`: each can be imported by its path.
    fn inside(&self) -> BTreeSet<String> {
        if self.manifest.json.get("exports").is_some_and(|exports| !exports.is_null()) {
            return BTreeSet::new();
        }
        let files = self.disk.list(&self.manifest.directory);
        let inside = files.iter().filter_map(|path| path.strip_prefix(&self.manifest.directory).ok());
        let subpath = |file: String| Some(format!("./{}", stem(&file).filter(|_| super::is_declaration(&file))?));
        inside.map(super::with_slashes).filter_map(subpath).collect()
    }

    fn entries(&self, subpaths: impl IntoIterator<Item = String>) -> Vec<Entry> {
        subpaths.into_iter().filter_map(|subpath| self.entry(&subpath)).collect()
    }

    /// The keys of `exports`, or, without it, `.` and the plain keys of `typesVersions`.
    fn subpaths(&self) -> BTreeSet<String> {
        let dot = || String::from(".");
        match self.manifest.json.get("exports") {
            Some(Value::Object(map)) if map.keys().any(|key| key.starts_with('.')) => {
                map.keys().filter(|key| key.starts_with('.')).cloned().collect()
            }
            Some(exports) if !exports.is_null() => BTreeSet::from([dot()]),
            _ => {
                let versions = self.manifest.json.get("typesVersions").and_then(Value::as_object);
                let matching = |(range, _): &(&String, _)| versions::matches(range);
                let first = versions.and_then(|all| all.iter().find(matching)).and_then(|(_, it)| it.as_object());
                let keys = first.into_iter().flat_map(|paths| paths.keys()).filter(|key| !key.contains('*'));
                keys.map(|key| normal_subpath(key)).chain([dot()]).collect()
            }
        }
    }

    /// An entry, if it has types.
    fn entry(&self, subpath: &str) -> Option<Entry> {
        let specifier = format!("{}{}", self.name, subpath.strip_prefix('.').unwrap_or(subpath));
        let resolved = match self.resolver.resolve(&self.from, &specifier, SpecifierKind::Import) {
            Target::File(path) => Some(path),
            _ => self.types_condition(subpath),
        };
        resolved.map(|path| Entry { subpath: subpath.to_owned(), path })
    }

    /// The file behind a `types` condition that stands where the resolver does not come by: after `default`, below a
    /// condition that it does not set, behind a version (`types@>=4.7`).
    fn types_condition(&self, subpath: &str) -> Option<PathBuf> {
        let exports = self.manifest.json.get("exports")?;
        let value = match exports {
            Value::Object(map) if map.keys().any(|key| key.starts_with('.')) => map.get(subpath)?,
            other if subpath == "." => other,
            _ => return None,
        };
        let mut targets = Vec::new();
        collect_targets(value, false, &mut targets);
        let typed = targets.iter().filter(|(typed, _)| *typed);
        let others = targets.iter().filter(|(typed, _)| !*typed);
        typed.chain(others).find_map(|(_, target)| {
            let path = super::disk::clean(&self.manifest.directory.join(target));
            path.starts_with(&self.manifest.directory).then(|| self.resolver.declaration_of(&path))?
        })
    }

    /// The subpaths that a pattern stands for: one for each declaration file that its targets match.
    fn expand(&self, pattern: &str) -> BTreeSet<String> {
        let exports = self.manifest.json.get("exports").and_then(|exports| exports.get(pattern));
        let mut targets = Vec::new();
        if let Some(value) = exports {
            collect_targets(value, false, &mut targets);
        }
        let files = self.disk.list(&self.manifest.directory);
        let inside = |path: &PathBuf| path.strip_prefix(&self.manifest.directory).ok().map(super::with_slashes);
        let files: Vec<String> = files.iter().filter_map(inside).collect();
        let mut subpaths = BTreeSet::new();
        for (_, target) in &targets {
            let Some((before, after)) = target.trim_start_matches("./").split_once('*') else { continue };
            for file in &files {
                subpaths.extend(star_of(file, before, after).map(|star| pattern.replacen('*', &star, 1)));
            }
        }
        subpaths
    }

    fn without_types(&self, subpath: &str) -> Diagnostic {
        let message = format!("entry `{subpath}` of `{}` has no types", self.name);
        let diagnostic = Diagnostic::nowhere(Code::EntryWithoutTypes, message);
        let entries: Vec<String> = self.all().into_iter().map(|entry| format!("`{}`", entry.subpath)).collect();
        match entries.len() {
            0 => diagnostic.with_hint("no entry of the package has types"),
            1..=20 => diagnostic.with_hint(format!("entries with types: {}", entries.join(", "))),
            _ => diagnostic.with_hint(format!("entries with types: {}, …", entries[..20].join(", "))),
        }
    }
}

/// Drops `./x.js` where `./x` is the same file.
fn without_doubles(entries: Vec<Entry>) -> Vec<Entry> {
    let known: BTreeMap<String, PathBuf> = entries.iter().map(|it| (it.subpath.clone(), it.path.clone())).collect();
    let is_double = |entry: &Entry| stem(&entry.subpath).and_then(|stem| known.get(stem)) == Some(&entry.path);
    entries.into_iter().filter(|entry| !is_double(entry)).collect()
}

/// The files that an `exports` value names, in order, and whether a `types` condition is above them.
fn collect_targets(value: &Value, typed: bool, targets: &mut Vec<(bool, String)>) {
    match value {
        Value::String(target) => targets.push((typed, target.clone())),
        Value::Array(values) => values.iter().for_each(|value| collect_targets(value, typed, targets)),
        Value::Object(conditions) => {
            for (condition, value) in conditions {
                let versioned = condition.strip_prefix("types@").is_some_and(versions::matches);
                let typed = typed || condition == "types" || versioned;
                collect_targets(value, typed, targets);
            }
        }
        _ => {}
    }
}

/// What `*` stands for if a target (`dist/*.js`, cut at its `*`) names a declaration file or the script beside it.
fn star_of(file: &str, before: &str, after: &str) -> Option<String> {
    let bare = stem(file).filter(|_| super::is_declaration(file))?;
    let star = match after {
        // `./*` maps to a whole file name: `./x.js` is how the declarations beside the script are found.
        "" => format!("{}.js", bare.strip_prefix(before)?),
        _ => match file.strip_prefix(before)?.strip_suffix(after) {
            Some(star) => star.to_owned(),
            None => bare.strip_prefix(before)?.strip_suffix(stem(after)?)?.to_owned(),
        },
    };
    (!star.is_empty()).then_some(star)
}

/// `./x` for `x`, `./x` and `/x`; `.` for nothing.
fn normal_subpath(entry: &str) -> String {
    match entry.trim_start_matches("./").trim_start_matches('/') {
        "" | "." => String::from("."),
        rest => format!("./{rest}"),
    }
}

/// The name of the package that holds the types of one that ships none.
fn types_package(name: &str) -> String {
    match name.strip_prefix('@') {
        Some(rest) => format!("@types/{}", rest.replacen('/', "__", 1)),
        None => format!("@types/{name}"),
    }
}

/// The directory at or above `root` whose `node_modules` holds the package.
fn base_of(disk: &Disk, root: &Path, name: &str) -> Option<PathBuf> {
    let valid = !name.is_empty() && !name.split('/').any(|part| matches!(part, "" | "." | ".."));
    let types = types_package(name);
    let holds = |directory: &Path| {
        let modules = directory.join("node_modules");
        disk.is_dir(&modules.join(name)) || disk.is_dir(&modules.join(&types))
    };
    root.ancestors().find(|directory| valid && holds(directory)).map(Path::to_path_buf)
}

fn missing(name: &str) -> Diagnostic {
    let hint = "install it, for example with `npm ci --ignore-scripts` in the directory of its `package-lock.json`";
    Diagnostic::nowhere(Code::MissingPackage, format!("package `{name}` is not installed")).with_hint(hint)
}

fn no_types(name: &str) -> Diagnostic {
    let hint = format!("install `{}`, if there is one", types_package(name));
    Diagnostic::nowhere(Code::EntryWithoutTypes, format!("package `{name}` ships no declarations")).with_hint(hint)
}
