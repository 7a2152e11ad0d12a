//! The module tree: items under their modules, and what the entries re-export.

use super::boxing::head;
use super::layout::ModulePath;
use super::planner::{Placed, Planner};
use super::reexports;
use crate::rust::{RustCrate, RustIdent, RustModule, RustPath};
use std::collections::{BTreeMap, BTreeSet};

/// Builds the crate; answers with it the shorter paths of what is re-exported.
pub(super) fn build(planner: &mut Planner<'_>) -> (RustCrate, BTreeMap<RustPath, Vec<RustIdent>>) {
    let mut items = std::mem::take(&mut planner.items);
    // A declaration comes before what is named after it, and what it implies.
    let follows = |placed: &Placed| planner.paths.get(&placed.owner) != Some(&path_of(placed));
    items.sort_by_cached_key(|placed| {
        let owner = planner.def(placed.owner);
        let whole = owner.part_of.filter(|_| owner.implied);
        (placed.module.clone(), whole.unwrap_or(placed.owner), whole.is_some(), follows(placed), placed.rank)
    });
    let mut nodes: BTreeMap<ModulePath, RustModule> = BTreeMap::new();
    nodes.insert(ModulePath::new(), RustModule::default());
    let hidden: BTreeSet<RustPath> =
        items.iter().filter(|placed| head(&placed.item).is_some_and(|head| head.hidden)).map(path_of).collect();
    let taken: BTreeSet<RustPath> = items.iter().filter(|placed| head(&placed.item).is_some()).map(path_of).collect();
    let sources = sources_of(planner, &items);
    for placed in items {
        nodes.entry(placed.module.clone()).or_default().items.push(placed.item);
    }
    let public = reexports::add(planner, &mut nodes, hidden, taken);
    add_parents(&mut nodes);
    for (path, node) in &mut nodes {
        node.name = path.last().cloned();
        let files = sources.get(path).map_or(&[] as &[String], Vec::as_slice);
        node.source = files.join(", ");
        node.doc = module_doc(path, files);
    }
    name_packages(planner, &mut nodes);
    (RustCrate { root: assemble(nodes) }, public)
}

fn path_of(placed: &Placed) -> RustPath {
    let name = head(&placed.item).map_or_else(|| RustIdent::upper_camel(""), |head| head.name.clone());
    RustPath { modules: placed.module.clone(), name }
}

/// Which files the items of each module come from; chunks are named by their package alone, for their names change with
/// every build. Versions are named by the root alone: another one then touches what it changes.
fn sources_of(planner: &Planner<'_>, items: &[Placed]) -> BTreeMap<ModulePath, Vec<String>> {
    let mut files: BTreeMap<ModulePath, BTreeSet<(u32, String)>> = BTreeMap::new();
    let sources = planner.input.sources;
    for placed in items {
        let file = planner.def(placed.owner).file;
        let named = match planner.layout.is_chunk(file) {
            true => (u32::MAX, format!("a chunk of {}", sources.package_of(file).name)),
            false => (file.0, sources.display(file)),
        };
        files.entry(placed.module.clone()).or_default().insert(named);
    }
    files.into_iter().map(|(module, files)| (module, files.into_iter().map(|(_, text)| text).collect())).collect()
}

/// Says in the root's header which packages all of it was made from, where they have names.
fn name_packages(planner: &Planner<'_>, nodes: &mut BTreeMap<ModulePath, RustModule>) {
    let named = planner.input.sources.packages.iter().filter(|package| !package.name.is_empty());
    let packages: Vec<String> =
        named.map(|package| format!("{} {}", package.name, package.version).trim_end().to_owned()).collect();
    if let (Some(root), false) = (nodes.get_mut(&ModulePath::new()), packages.is_empty()) {
        root.source = packages.join(", ");
    }
}

fn module_doc(path: &ModulePath, files: &[String]) -> Vec<String> {
    match (path.last(), files) {
        (None, []) => Vec::new(),
        (Some(name), []) => vec![format!("Upstream's `{}`.", name.text())],
        (_, files) => {
            let files: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
            vec![format!("From {}.", files.join(", "))]
        }
    }
}

/// Whether there is a module of that path, or one below it: those stand next to each other.
pub(super) fn is_module(nodes: &BTreeMap<ModulePath, RustModule>, path: &[RustIdent]) -> bool {
    nodes.range(path.to_vec()..).next().is_some_and(|(found, _)| found.starts_with(path))
}

/// Adds the modules that only hold others.
fn add_parents(nodes: &mut BTreeMap<ModulePath, RustModule>) {
    let paths: Vec<ModulePath> = nodes.keys().cloned().collect();
    for path in paths {
        for depth in 0..path.len() {
            nodes.entry(path[..depth].to_vec()).or_default();
        }
    }
}

/// Puts each module into its parent; children are sorted by name, as the map is.
fn assemble(mut nodes: BTreeMap<ModulePath, RustModule>) -> RustModule {
    // Deeper modules sort after their parents: taken from the end, each is complete when it is moved.
    while let Some((path, mut node)) = nodes.pop_last() {
        node.children.reverse();
        let Some((_, parent)) = path.split_last() else { return node };
        let parent = nodes.entry(parent.to_vec()).or_default();
        parent.children.push(node);
    }
    RustModule::default()
}
