//! Where things stand: the module of each file and of each declaration.
//!
//! Modules mirror upstream's files without the output folder. A bundler's chunk, whose name holds a hash, would move
//! with every build and so never becomes a path: its declarations stand where they are exported from.

use super::chunks;
use super::names::distinct;
use crate::model::{Def, DefId, Model};
use crate::rust::RustIdent;
use crate::source::{FileId, Sources};
use std::collections::{BTreeMap, BTreeSet};

/// Modules from the generated root.
pub(super) type ModulePath = Vec<RustIdent>;

/// The modules of all files.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// By file: its module.
    files: Vec<ModulePath>,
    /// Which files are chunks.
    chunks: BTreeSet<FileId>,
    /// Of a chunk's exported names: where they stand.
    exported: BTreeMap<(FileId, String), ModulePath>,
}

impl Layout {
    /// Lays out all files.
    pub(super) fn new(sources: &Sources, model: &Model) -> Self {
        let prefixes: Vec<String> = (0..sources.packages.len()).map(|index| common_folder(sources, index)).collect();
        let chunks = chunk_files(sources);
        let mut files: Vec<ModulePath> = Vec::with_capacity(sources.files.len());
        let own: BTreeSet<RustIdent> = sources
            .files
            .iter()
            .filter(|file| file.package.0 == 0)
            .filter_map(|file| modules_of(relative(&file.path, &prefixes[0])).first().cloned())
            .collect();
        let packages = package_modules(sources, &own);
        for (index, file) in sources.files.iter().enumerate() {
            let package = file.package.0 as usize;
            let mut module = packages[package].clone();
            if !chunks.contains(&FileId(index as u32)) {
                module.extend(modules_of(relative(&file.path, &prefixes[package])));
                settle_reserved(&mut module);
            }
            files.push(module);
        }
        let mut layout = Self { files, chunks, exported: BTreeMap::new() };
        layout.place_chunks(sources, model);
        layout
    }

    /// The module of a file.
    pub(super) fn file(&self, file: FileId) -> &ModulePath {
        &self.files[file.0 as usize]
    }

    /// The module of a declaration: its file's, then ambient modules and namespaces.
    pub(super) fn module_of(&self, def: &Def) -> ModulePath {
        let mut module = self.home(def);
        match def.ambient.as_deref() {
            None | Some("global") => {}
            Some(name) => module.push(RustIdent::snake(name)),
        }
        module.extend(def.spaces().0.map(RustIdent::snake));
        settle_reserved(&mut module);
        module
    }

    /// The module of an export subpath: `./a/b` is `a::b`, `.` is the root.
    pub(super) fn subpath(subpath: &str) -> ModulePath {
        let mut module: ModulePath =
            subpath.split('/').filter(|part| !part.is_empty() && *part != ".").map(RustIdent::snake).collect();
        settle_reserved(&mut module);
        module
    }

    /// Whether a file is a chunk.
    pub(super) fn is_chunk(&self, file: FileId) -> bool {
        self.chunks.contains(&file)
    }

    fn home(&self, def: &Def) -> ModulePath {
        let outer = def.name.split('.').next().unwrap_or_default();
        let exported = self.exported.get(&(def.file, outer.to_owned()));
        exported.unwrap_or_else(|| self.file(def.file)).clone()
    }

    /// Finds where the exported declarations of chunks stand: under the shortest subpath that exports them, else in the
    /// module of the file of their package that does.
    fn place_chunks(&mut self, sources: &Sources, model: &Model) {
        let mut places: Vec<((usize, String), ModulePath, Vec<DefId>)> = Vec::new();
        for entry in &model.entries {
            let module = Self::subpath(&entry.subpath);
            let rank = (entry.subpath.len(), entry.subpath.clone());
            places.push((rank, module, entry.names.values().flatten().copied().collect()));
        }
        places.sort_by(|left, right| left.0.cmp(&right.0));
        let mut files = Vec::new();
        for (file, names) in &model.exports {
            if !self.chunks.contains(file) {
                let path = &sources.file(*file).path;
                let rank = (path.matches('/').count() * 1000 + path.len(), path.clone());
                files.push((rank, self.file(*file).clone(), *file, names));
            }
        }
        files.sort_by(|left, right| left.0.cmp(&right.0));
        for (_, module, defs) in places {
            self.place(model, &module, defs.into_iter());
        }
        for (_, module, file, names) in files {
            let same = |id: &DefId| sources.file(model.def(*id).file).package == sources.file(file).package;
            self.place(model, &module, names.values().flatten().copied().filter(same));
        }
    }

    fn place(&mut self, model: &Model, module: &ModulePath, defs: impl Iterator<Item = DefId>) {
        for id in defs {
            let def = model.def(id);
            if self.chunks.contains(&def.file) {
                let outer = def.name.split('.').next().unwrap_or_default().to_owned();
                self.exported.entry((def.file, outer)).or_insert_with(|| module.clone());
            }
        }
    }
}

/// The folder that all files of a package lie in, with its slash.
fn common_folder(sources: &Sources, package: usize) -> String {
    let mut folders = sources.files.iter().filter(|file| file.package.0 as usize == package).map(|file| {
        let (folder, _) = file.path.rsplit_once('/').unwrap_or_default();
        folder.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>()
    });
    let Some(mut common) = folders.next() else { return String::new() };
    for folder in folders {
        let same = common.iter().zip(&folder).take_while(|(left, right)| left == right).count();
        common.truncate(same);
    }
    common.iter().map(|part| format!("{part}/")).collect()
}

fn relative<'p>(path: &'p str, prefix: &str) -> &'p str {
    path.strip_prefix(prefix).unwrap_or(path)
}

/// The modules of a file's path; `index` is its folder.
fn modules_of(path: &str) -> ModulePath {
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let stem = parts.pop().map(chunks::stem).unwrap_or_default();
    if stem != "index" {
        parts.push(stem);
    }
    parts.into_iter().map(RustIdent::snake).collect()
}

fn chunk_files(sources: &Sources) -> BTreeSet<FileId> {
    let entries: BTreeSet<FileId> = sources.entries.iter().map(|entry| entry.file).collect();
    let ids = (0..sources.files.len()).map(|index| FileId(index as u32));
    ids.filter(|id| !entries.contains(id) && chunks::is_chunk(&sources.file(*id).path)).collect()
}

/// The module of each package: the root for the first, a module named after it for the others, where need be with the
/// word `package`, so that it is none of the first package's own modules.
fn package_modules(sources: &Sources, own: &BTreeSet<RustIdent>) -> Vec<ModulePath> {
    let names: Vec<&str> = sources.packages.iter().skip(1).map(|package| package.name.as_str()).collect();
    let idents = distinct(&names, RustIdent::snake, &[]);
    let mut modules = vec![ModulePath::new()];
    for (name, ident) in names.iter().zip(idents) {
        let clash = own.contains(&ident);
        modules.push(vec![if clash { RustIdent::snake(&format!("{name} package")) } else { ident }]);
    }
    modules
}

/// Renames modules that would be taken for something else: `support` at the root is ours, `gen` there is the module that
/// the crate's own root keeps all this in, and `mod.rs` is a folder's own file.
fn settle_reserved(module: &mut ModulePath) {
    for (depth, ident) in module.iter_mut().enumerate() {
        if ident.text() == "mod" || (depth == 0 && matches!(ident.text(), "support" | "gen")) {
            *ident = RustIdent::snake(&format!("{} module", ident.text()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DefKind, EntryExports};
    use crate::plan::testing::{def, sources};
    use indexmap::IndexMap;

    fn spelled(module: &ModulePath) -> String {
        module.iter().map(ToString::to_string).collect::<Vec<_>>().join("::")
    }

    fn modules(files: &[(&str, &str)]) -> Vec<String> {
        let sources = sources(files, &[]);
        Layout::new(&sources, &Model::default()).files.iter().map(spelled).collect()
    }

    #[test]
    fn modules_mirror_files_without_the_output_folder() {
        let files = [("a", "dist/index.d.ts"), ("a", "dist/api/index.d.ts"), ("a", "dist/api/resources/User.d.mts")];
        assert_eq!(modules(&files), ["", "api", "api::resources::user"]);
    }

    #[test]
    fn other_packages_stand_under_their_name() {
        let files = [("a", "index.d.ts"), ("@b/c-d", "dist/x.d.ts"), ("@b/c-d", "dist/y/z.d.cts")];
        assert_eq!(modules(&files), ["", "b_c_d::x", "b_c_d::y::z"]);
    }

    #[test]
    fn a_package_module_is_none_of_the_own_modules() {
        assert_eq!(modules(&[("a", "b/x.d.ts"), ("a", "y.d.ts"), ("b", "x.d.ts")]), ["b::x", "y", "b_package::x"]);
    }

    #[test]
    fn reserved_modules_are_renamed() {
        let files = [("a", "gen/x.d.ts"), ("a", "mod.d.ts"), ("a", "support.d.ts"), ("a", "x/gen.d.ts")];
        assert_eq!(modules(&files), ["gen_module::x", "mod_module", "support_module", "x::r#gen"]);
    }

    #[test]
    fn chunks_live_where_they_are_exported_from() {
        let sources = sources(&[("a", "dist/_chunks/x-DxufHAJd.d.ts"), ("a", "dist/web/hooks.d.ts")], &[]);
        let kind = || DefKind::Alias(crate::model::Ty::Keyword(crate::model::Keyword::String));
        let mut model = Model { defs: vec![def("Shown", 0, kind()), def("Hidden", 0, kind())], ..Model::default() };
        let names: IndexMap<_, _> = [("Shown".to_owned(), vec![DefId(0)])].into_iter().collect();
        model.exports.insert(FileId(1), names.clone());
        let layout = Layout::new(&sources, &model);
        assert_eq!(spelled(&layout.module_of(model.def(DefId(0)))), "web::hooks");
        assert_eq!(spelled(&layout.module_of(model.def(DefId(1)))), "");
        model.entries = vec![
            EntryExports { subpath: "./a/b".into(), file: FileId(1), names: names.clone() },
            EntryExports { subpath: "./c".into(), file: FileId(1), names },
        ];
        assert_eq!(spelled(&Layout::new(&sources, &model).module_of(model.def(DefId(0)))), "c");
    }

    #[test]
    fn namespaces_and_ambient_modules_are_modules() {
        let sources = sources(&[("a", "x.d.ts")], &[]);
        let mut inner = def("OpenAPIV3.Document", 0, DefKind::Namespace(IndexMap::new()));
        let layout = Layout::new(&sources, &Model::default());
        assert_eq!(spelled(&layout.module_of(&inner)), "x::open_apiv3");
        inner.ambient = Some("some/module".into());
        assert_eq!(spelled(&layout.module_of(&inner)), "x::some_module::open_apiv3");
    }
}
