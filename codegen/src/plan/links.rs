//! What names in doc comments mean.

use super::docs::Links;
use crate::model::{DefId, Model};
use crate::rust::RustPath;
use crate::source::FileId;
use std::collections::BTreeMap;

/// The paths of all declarations, by the name upstream has for them.
#[derive(Clone, Debug, Default)]
pub(super) struct DocLinks<'a> {
    /// By name: the declarations that have it and a type in Rust.
    names: BTreeMap<&'a str, Vec<(FileId, RustPath)>>,
    /// What relative links are relative to.
    base: Option<&'a str>,
}

impl<'a> DocLinks<'a> {
    /// Notes the declarations that have a type.
    pub(super) fn new(model: &'a Model, paths: &BTreeMap<DefId, RustPath>, base: Option<&'a str>) -> Self {
        let mut names: BTreeMap<&str, Vec<(FileId, RustPath)>> = BTreeMap::new();
        for (id, path) in paths {
            let def = model.def(*id);
            names.entry(&def.name).or_default().push((def.file, path.clone()));
        }
        Self { names, base }
    }

    /// What names mean in comments of a file.
    pub(super) fn within(&self, file: FileId) -> FileLinks<'_> {
        FileLinks { links: self, file }
    }
}

/// What names mean in the comments of one file.
pub(super) struct FileLinks<'l> {
    links: &'l DocLinks<'l>,
    file: FileId,
}

impl Links for FileLinks<'_> {
    fn resolve(&self, name: &str) -> Option<String> {
        let mut name = name.trim();
        loop {
            if let Some(found) = self.links.names.get(name) {
                // The file's own declaration first, then the first of all.
                let own = found.iter().find(|(file, _)| *file == self.file).or_else(|| found.first());
                return own.map(|(_, path)| rustdoc_path(path));
            }
            // `User.id`: the member has no link of its own, its type has.
            name = name.rsplit_once(['.', '#'])?.0;
        }
    }

    fn absolute(&self, target: &str) -> Option<String> {
        let base = self.links.base?;
        let (base, target) = (base.trim_end_matches('/'), target.trim_start_matches('/'));
        Some(format!("{base}/{target}"))
    }
}

/// The path of an item as rustdoc resolves it from anywhere in the crate.
pub(super) fn rustdoc_path(path: &RustPath) -> String {
    let mut text = String::from("crate");
    for module in &path.modules {
        text.push_str(&format!("::{module}"));
    }
    format!("{text}::{}", path.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DefKind, EnumDef};
    use crate::plan::testing::def;
    use crate::rust::RustIdent;

    #[test]
    fn names_mean_the_files_own_declaration_first() {
        let kind = || DefKind::Enum(EnumDef::default());
        let model = Model { defs: vec![def("A", 0, kind()), def("A", 1, kind())], ..Model::default() };
        let path =
            |module: &str| RustPath { modules: vec![RustIdent::snake(module)], name: RustIdent::upper_camel("A") };
        let paths = [(DefId(0), path("x")), (DefId(1), path("y"))].into_iter().collect();
        let links = DocLinks::new(&model, &paths, Some("https://example.org/docs/"));
        assert_eq!(links.within(FileId(1)).resolve("A").as_deref(), Some("crate::y::A"));
        assert_eq!(links.within(FileId(7)).resolve("A.b.c").as_deref(), Some("crate::x::A"));
        assert_eq!(links.within(FileId(0)).resolve("B"), None);
        assert_eq!(links.within(FileId(0)).absolute("/x/y").as_deref(), Some("https://example.org/docs/x/y"));
    }
}
