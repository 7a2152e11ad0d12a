//! The module tree: items under their modules, and what the entries re-export.

use super::boxing::head;
use super::layout::{Layout, ModulePath};
use super::planner::{Placed, Planner};
use crate::model::{DefId, DefKind};
use crate::rust::{Reexport, RustCrate, RustIdent, RustModule, RustPath};
use std::collections::{BTreeMap, BTreeSet};

/// Builds the crate; answers with it the shorter paths of what is re-exported.
pub(super) fn build(planner: &mut Planner<'_>) -> (RustCrate, BTreeMap<RustPath, Vec<RustIdent>>) {
    let mut items = std::mem::take(&mut planner.items);
    items.sort_by(|left, right| (&left.module, left.owner, left.rank).cmp(&(&right.module, right.owner, right.rank)));
    let mut nodes: BTreeMap<ModulePath, RustModule> = BTreeMap::new();
    nodes.insert(ModulePath::new(), RustModule::default());
    let hidden: BTreeSet<RustPath> =
        items.iter().filter(|placed| head(&placed.item).is_some_and(|head| head.hidden)).map(path_of).collect();
    let sources = sources_of(planner, &items);
    for placed in items {
        nodes.entry(placed.module.clone()).or_default().items.push(placed.item);
    }
    let public = reexport(planner, &mut nodes, &hidden);
    add_parents(&mut nodes);
    for (path, node) in &mut nodes {
        node.name = path.last().cloned();
        let files = sources.get(path).map_or(&[] as &[String], Vec::as_slice);
        node.source = files.join(", ");
        node.doc = module_doc(path, files);
    }
    (RustCrate { root: assemble(nodes) }, public)
}

fn path_of(placed: &Placed) -> RustPath {
    let name = head(&placed.item).map_or_else(|| RustIdent::upper_camel(""), |head| head.name.clone());
    RustPath { modules: placed.module.clone(), name }
}

/// Which files the items of each module come from, as headers name them; chunks are named by their package alone, for
/// their names change with every build.
fn sources_of(planner: &Planner<'_>, items: &[Placed]) -> BTreeMap<ModulePath, Vec<String>> {
    let mut files: BTreeMap<ModulePath, BTreeSet<(u32, String)>> = BTreeMap::new();
    let sources = planner.input.sources;
    for placed in items {
        let file = planner.def(placed.owner).file;
        let package = sources.package_of(file);
        let origin = match (package.name.as_str(), package.version.as_str()) {
            ("", _) => String::new(),
            (name, "") => name.to_owned(),
            (name, version) => format!("{name} {version}"),
        };
        let path = sources.file(file).path.as_str();
        let text = match (planner.layout.is_chunk(file), origin.as_str()) {
            (true, _) => format!("a chunk of {origin}"),
            (_, "") => path.to_owned(),
            _ => format!("{path} ({origin})"),
        };
        let rank = if planner.layout.is_chunk(file) { u32::MAX } else { file.0 };
        files.entry(placed.module.clone()).or_default().insert((rank, text));
    }
    files.into_iter().map(|(module, files)| (module, files.into_iter().map(|(_, text)| text).collect())).collect()
}

fn module_doc(path: &ModulePath, files: &[String]) -> Vec<String> {
    match (path.last(), files) {
        (None, _) => Vec::new(),
        (Some(name), []) => vec![format!("Upstream's `{}`.", name.text())],
        (_, files) => {
            let files: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
            vec![format!("From {}.", files.join(", "))]
        }
    }
}

/// Adds to the modules of the entries what the entries export.
fn reexport(
    planner: &Planner<'_>,
    nodes: &mut BTreeMap<ModulePath, RustModule>,
    hidden: &BTreeSet<RustPath>,
) -> BTreeMap<RustPath, Vec<RustIdent>> {
    let mut public: BTreeMap<RustPath, Vec<RustIdent>> = BTreeMap::new();
    for entry in &planner.input.model.entries {
        let module = Layout::subpath(&entry.subpath);
        for (name, defs) in &entry.names {
            for id in defs {
                let Some((target, place)) = target(planner, nodes, *id, &module, name) else { continue };
                add_reexport(nodes, hidden, &target, &place, &mut public);
            }
        }
    }
    // A re-exported module may meet one that names exported below it have made since.
    let made: BTreeSet<ModulePath> =
        nodes.keys().flat_map(|path| (1..=path.len()).map(|depth| path[..depth].to_vec())).collect();
    for (path, node) in nodes.iter_mut() {
        node.reexports.retain(|reexport| {
            let mut place = path.clone();
            place.push(reexport.rename.clone().unwrap_or_else(|| reexport.path.name.clone()));
            !made.contains(&place)
        });
        node.reexports.sort();
    }
    public
}

/// What an exported name means in Rust, and the path it gets.
fn target(
    planner: &Planner<'_>,
    nodes: &BTreeMap<ModulePath, RustModule>,
    id: DefId,
    module: &ModulePath,
    name: &str,
) -> Option<(RustPath, RustPath)> {
    let mut segments: Vec<&str> = name.split('.').collect();
    let last = segments.pop().unwrap_or_default();
    let mut modules = module.clone();
    modules.extend(segments.into_iter().map(RustIdent::snake));
    if let Some(path) = planner.emitted.get(&id) {
        let name = if last == "default" { path.name.clone() } else { RustIdent::upper_camel(last) };
        // A name that the mapping changed (by a clash, by the recipe) is the one it has everywhere.
        let own = RustIdent::upper_camel(planner.last_name(id));
        let name = if name == own { path.name.clone() } else { name };
        return Some((path.clone(), RustPath { modules, name }));
    }
    let def = planner.def(id);
    if !matches!(def.kind, DefKind::Namespace(_)) {
        return None;
    }
    let mut inner = planner.layout.module_of(def);
    inner.push(RustIdent::snake(planner.last_name(id)));
    // Paths are sorted: what stands below `inner` follows it at once.
    let filled = nodes.range::<ModulePath, _>(&inner..).next().is_some_and(|(path, _)| path.starts_with(&inner));
    let (name, parents) = inner.split_last()?;
    let target = RustPath { modules: parents.to_vec(), name: name.clone() };
    let place = if last == "default" { name.clone() } else { RustIdent::snake(last) };
    filled.then_some((target, RustPath { modules, name: place }))
}

fn add_reexport(
    nodes: &mut BTreeMap<ModulePath, RustModule>,
    hidden: &BTreeSet<RustPath>,
    target: &RustPath,
    place: &RustPath,
    public: &mut BTreeMap<RustPath, Vec<RustIdent>>,
) {
    let whole: Vec<RustIdent> = place.modules.iter().chain([&place.name]).cloned().collect();
    let is_module = nodes.keys().any(|path| path.starts_with(&whole));
    let target_is_module = target.name.text().starts_with(char::is_lowercase);
    let node = nodes.entry(place.modules.clone()).or_default();
    let is_item = node.items.iter().any(|item| head(item).is_some_and(|head| head.name == place.name));
    let shown = |reexport: &Reexport| reexport.rename.as_ref().unwrap_or(&reexport.path.name) == &place.name;
    let clashes = is_item || node.reexports.iter().any(shown) || (target_is_module && is_module);
    if target != place && !clashes {
        let rename = (target.name != place.name).then(|| place.name.clone());
        node.reexports.push(Reexport { path: target.clone(), rename, hidden: hidden.contains(target) });
    } else if target != place {
        return;
    }
    let length = |path: &[RustIdent]| path.len();
    let known =
        public.entry(target.clone()).or_insert_with(|| target.modules.iter().chain([&target.name]).cloned().collect());
    if length(&whole) < length(known) {
        *known = whole;
    }
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
    while let Some((path, node)) = nodes.pop_last() {
        let Some((_, parent)) = path.split_last() else { return node };
        let parent = nodes.entry(parent.to_vec()).or_default();
        parent.children.insert(0, node);
    }
    RustModule::default()
}
