//! What the modules re-export: of an entry what it exports, of a namespace what it exports from elsewhere.
//!
//! A namespace that is exported again under another name, or from another entry, is re-exported as the module that it is,
//! not name by name.

use super::layout::{Layout, ModulePath};
use super::planner::Planner;
use super::tree::is_module;
use crate::model::{DefId, DefKind, EntryExports};
use crate::rust::{Reexport, RustIdent, RustModule, RustPath};
use std::collections::{BTreeMap, BTreeSet};

/// Adds the re-exports to the modules; answers the shorter paths that items have by them.
pub(super) fn add(
    planner: &Planner<'_>,
    nodes: &mut BTreeMap<ModulePath, RustModule>,
    hidden: BTreeSet<RustPath>,
    taken: BTreeSet<RustPath>,
) -> BTreeMap<RustPath, Vec<RustIdent>> {
    let mut modules: BTreeSet<ModulePath> = nodes.keys().cloned().collect();
    modules.extend(planner.input.model.entries.iter().map(|entry| Layout::subpath(&entry.subpath)));
    let modules = modules.iter().flat_map(|path| (0..=path.len()).map(|depth| path[..depth].to_vec())).collect();
    let mut exports = Exports { planner, nodes, modules, hidden, taken, public: BTreeMap::new() };
    let mut namespaces: Vec<(RustPath, RustPath)> = Vec::new();
    for entry in &planner.input.model.entries {
        namespaces.extend(exports.entry(entry));
    }
    exports.namespaces(namespaces);
    let public = exports.public;
    tidy(nodes);
    public
}

/// A re-exported module may meet one that names exported below it have made since.
fn tidy(nodes: &mut BTreeMap<ModulePath, RustModule>) {
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
}

struct Exports<'p, 'a> {
    planner: &'p Planner<'a>,
    nodes: &'p mut BTreeMap<ModulePath, RustModule>,
    /// The modules that are there whatever is re-exported, and those around them.
    modules: BTreeSet<ModulePath>,
    hidden: BTreeSet<RustPath>,
    taken: BTreeSet<RustPath>,
    public: BTreeMap<RustPath, Vec<RustIdent>>,
}

impl Exports<'_, '_> {
    /// Re-exports the types that an entry exports; answers the namespaces and the places that they get.
    fn entry(&mut self, entry: &EntryExports) -> Vec<(RustPath, RustPath)> {
        let mut places: BTreeMap<&str, ModulePath> = BTreeMap::new();
        places.insert("", Layout::subpath(&entry.subpath));
        let mut namespaces = Vec::new();
        for (name, defs) in &entry.names {
            let (prefix, last) = name.rsplit_once('.').unwrap_or(("", name));
            let modules = self.place(entry, prefix, &mut places);
            for id in defs {
                if let Some(path) = self.planner.emitted.get(id) {
                    let name = self.type_name(*id, path, last);
                    self.reexport(path, &RustPath { modules: modules.clone(), name }, false);
                } else if let Some(target) = self.namespace(*id) {
                    let name = if last == "default" { target.name.clone() } else { RustIdent::snake(last) };
                    namespaces.push((target, RustPath { modules: modules.clone(), name }));
                }
            }
        }
        namespaces
    }

    /// The name of a type under another export name.
    fn type_name(&self, id: DefId, path: &RustPath, exported: &str) -> RustIdent {
        let name = if exported == "default" { path.name.clone() } else { RustIdent::upper_camel(exported) };
        // A name that the mapping changed (by a clash, by the recipe) is the one it has everywhere.
        let own = RustIdent::upper_camel(self.planner.last_name(id));
        if name == own { path.name.clone() } else { name }
    }

    /// The module of a declaration that is a namespace.
    fn namespace(&self, id: DefId) -> Option<RustPath> {
        let def = self.planner.def(id);
        let name = RustIdent::snake(self.planner.last_name(id));
        matches!(def.kind, DefKind::Namespace(_))
            .then(|| RustPath { modules: self.planner.layout.module_of(def), name })
    }

    /// The module that stands for a dotted prefix of exported names: that of the namespace it names, where its own place
    /// is free for a re-export of it.
    fn place<'e>(
        &self,
        entry: &'e EntryExports,
        prefix: &'e str,
        places: &mut BTreeMap<&'e str, ModulePath>,
    ) -> ModulePath {
        if let Some(known) = places.get(prefix) {
            return known.clone();
        }
        let (parent, last) = prefix.rsplit_once('.').unwrap_or(("", prefix));
        let mut here = self.place(entry, parent, places);
        here.push(RustIdent::snake(last));
        let defs = entry.names.get(prefix).map_or(&[] as &[DefId], Vec::as_slice);
        let mut homes = defs.iter().filter_map(|id| self.namespace(*id));
        if let (Some(home), None) = (homes.next(), homes.next())
            && !self.modules.contains(&here)
        {
            here = whole(&home);
        }
        places.insert(prefix, here.clone());
        here
    }

    /// Re-exports namespaces: those that hold something, until no other does because of it.
    fn namespaces(&mut self, mut left: Vec<(RustPath, RustPath)>) {
        loop {
            let before = left.len();
            left.retain(|(target, place)| {
                let filled = is_module(self.nodes, &whole(target));
                if filled {
                    self.reexport(target, place, true);
                }
                !filled
            });
            if left.len() == before {
                return;
            }
        }
    }

    fn reexport(&mut self, target: &RustPath, place: &RustPath, module: bool) {
        let clashes = self.taken.contains(place) || (module && is_module(self.nodes, &whole(place)));
        let short = whole(place);
        if target != place && clashes {
            return;
        }
        if target != place {
            let rename = (target.name != place.name).then(|| place.name.clone());
            self.taken.insert(place.clone());
            let hidden = self.hidden.contains(target);
            let node = self.nodes.entry(place.modules.clone()).or_default();
            node.reexports.push(Reexport { path: target.clone(), rename, hidden, module });
        }
        let known = self.public.entry(target.clone()).or_insert_with(|| whole(target));
        if short.len() < known.len() {
            *known = short;
        }
    }
}

fn whole(path: &RustPath) -> ModulePath {
    path.modules.iter().chain([&path.name]).cloned().collect()
}
