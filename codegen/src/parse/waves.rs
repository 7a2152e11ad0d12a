//! Wave by wave: the entries, what they import, what that imports.

use super::file::{Finding, ParsedFile, read};
use super::lines::Lines;
use super::{Module, Modules};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::guard;
use crate::load::{Loader, Owner, is_declaration};
use crate::source::{EntryPoint, FileId, Package, PackageId, SourceFile, Sources};
use indexmap::IndexMap;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use swc_ecma_ast::{Decl, ModuleDecl, ModuleItem, Stmt, TsModuleName};

/// Reads and parses the entries and everything that they import, wave by wave.
pub fn parse_all(loader: &Loader) -> (Sources, Modules, Vec<Diagnostic>) {
    parse_with(loader, &BTreeSet::new())
}

/// The same with files that nothing imports.
pub fn parse_with(loader: &Loader, ambient: &BTreeSet<PathBuf>) -> (Sources, Modules, Vec<Diagnostic>) {
    match guard::threads() {
        Ok(threads) => {
            let entries = loader.entries().iter().map(|entry| &entry.path);
            let roots = entries.chain(ambient).cloned().collect();
            let reached = threads.install(|| reach(loader, roots));
            finish(loader, reached)
        }
        Err(error) => {
            let wrong = Diagnostic::nowhere(Code::Budget, error);
            (Sources::default(), Modules { modules: Vec::new() }, vec![wrong])
        }
    }
}

/// Everything that was reached.
#[derive(Default)]
pub(super) struct Reached {
    pub files: Vec<ParsedFile>,
    /// Which of them a path means. A package that is installed twice in one version is read once.
    by_path: BTreeMap<PathBuf, usize>,
}

/// Reads and parses files and everything that they import.
pub(super) fn reach(loader: &Loader, roots: BTreeSet<PathBuf>) -> Reached {
    let mut reached = Reached::default();
    let mut by_owner: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut wave = roots;
    while !wave.is_empty() {
        let mut fresh = Vec::new();
        for path in std::mem::take(&mut wave) {
            let owner = loader.owner(&path);
            let next = reached.files.len() + fresh.len();
            let index = *by_owner.entry(key(&owner)).or_insert(next);
            if index == next {
                fresh.push(path.clone());
            }
            reached.by_path.insert(path, index);
        }
        let parsed: Vec<ParsedFile> = fresh.par_iter().map(|path| read(loader, path)).collect();
        let targets = parsed.iter().flat_map(|file| file.imports.values().flatten());
        wave.extend(targets.filter(|path| !reached.by_path.contains_key(*path)).cloned());
        reached.files.extend(parsed);
    }
    reached
}

fn key(owner: &Owner) -> (String, String, String) {
    // The package that is generated from has the empty name here, so that it sorts first.
    let name = if owner.own { String::new() } else { owner.package.name.clone() };
    (name, owner.package.version.clone(), owner.path.clone())
}

/// Sorts the files and gives them their handles.
fn finish(loader: &Loader, reached: Reached) -> (Sources, Modules, Vec<Diagnostic>) {
    let mut order: Vec<usize> = (0..reached.files.len()).collect();
    order.sort_by_cached_key(|index| key(&reached.files[*index].owner));
    let mut ids = vec![FileId(0); order.len()];
    for (id, index) in order.iter().enumerate() {
        ids[*index] = FileId(super::lines::offset(id));
    }
    let by_path = &reached.by_path;
    let id_of = |path: &PathBuf| by_path.get(path).map(|index| ids[*index]);
    let entries = loader.entries().iter().filter_map(|entry| {
        let subpath = entry.subpath.clone();
        id_of(&entry.path).map(|file| EntryPoint { subpath, file })
    });
    let mut sources =
        Sources { packages: vec![loader.package().clone()], files: Vec::new(), entries: entries.collect() };
    let mut files: Vec<(FileId, ParsedFile)> = ids.iter().copied().zip(reached.files).collect();
    files.sort_by_key(|(id, _)| *id);
    let mut modules = Vec::new();
    let mut findings = Vec::new();
    for (id, mut parsed) in files {
        let package = package_id(&mut sources.packages, &parsed.owner);
        let (path, text) = (parsed.owner.path.clone(), Arc::clone(&parsed.text));
        sources.files.push(SourceFile { package, path, text });
        findings.extend(std::mem::take(&mut parsed.findings).into_iter().map(|finding| (id, finding)));
        let imports = std::mem::take(&mut parsed.imports).into_iter();
        let imports = imports.map(|(text, path)| (text, path.as_ref().and_then(id_of))).collect();
        let references = parsed.references.iter().filter_map(&id_of).collect();
        modules.push(Module { references, ..module_of(id, parsed, imports) });
    }
    let diagnostics = diagnostics_of(findings, &modules);
    (sources, Modules { modules }, diagnostics)
}

/// The handle of a file's package. Files come sorted, so packages are met in their order.
fn package_id(packages: &mut Vec<Package>, owner: &Owner) -> PackageId {
    let own = owner.own.then_some(0);
    let known = own.or_else(|| packages.iter().skip(1).position(|it| *it == owner.package).map(|index| index + 1));
    let index = known.unwrap_or_else(|| {
        packages.push(owner.package.clone());
        packages.len() - 1
    });
    PackageId(super::lines::offset(index))
}

fn module_of(file: FileId, parsed: ParsedFile, imports: IndexMap<String, Option<FileId>>) -> Module {
    Module {
        file,
        ast: parsed.ast,
        imports,
        references: Vec::new(),
        is_declaration: is_declaration(&parsed.owner.path),
        lines: Lines::new(&parsed.text),
        text: parsed.text,
        comments: parsed.comments,
    }
}

/// Gives findings their places. Of a missing package it is said once that it is missing.
fn diagnostics_of(findings: Vec<(FileId, Finding)>, modules: &[Module]) -> Vec<Diagnostic> {
    let ambient = ambient_modules(modules);
    let mut said = BTreeSet::new();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for (file, finding) in findings {
        if let Some(package) = finding.package
            && (ambient.iter().any(|name| matches(name, &package)) || !said.insert(package))
        {
            continue;
        }
        let mut diagnostic = finding.diagnostic;
        if let Some(at) = finding.at {
            let module = &modules[file.0 as usize];
            diagnostic.place = Place::Source(module.location(swc_common::BytePos(super::START.0 + at)));
        }
        if !diagnostics.contains(&diagnostic) {
            diagnostics.push(diagnostic);
        }
    }
    diagnostics
}

/// The names of all `declare module 'x'`, patterns (`*.svg`) too.
fn ambient_modules(modules: &[Module]) -> BTreeSet<String> {
    modules.iter().flat_map(|module| names_of_modules(&module.ast)).collect()
}

/// The names of all `declare module 'x'` in a file.
pub(super) fn names_of_modules(ast: &swc_ecma_ast::Module) -> Vec<String> {
    let declarations = ast.body.iter().filter_map(|item| match item {
        ModuleItem::Stmt(Stmt::Decl(Decl::TsModule(module))) => Some(module),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => export.decl.as_ts_module(),
        _ => None,
    });
    let names = declarations.filter_map(|module| match &module.id {
        TsModuleName::Str(name) => Some(name.value.to_string_lossy().into_owned()),
        TsModuleName::Ident(_) => None,
    });
    names.collect()
}

/// Whether a specifier matches the name of an ambient module, which may have one `*`.
pub(crate) fn matches(name: &str, specifier: &str) -> bool {
    match name.split_once('*') {
        None => name == specifier,
        Some((before, after)) => {
            specifier.len() >= before.len() + after.len() && specifier.starts_with(before) && specifier.ends_with(after)
        }
    }
}
