//! What names in doc comments mean.

use super::docs::Links;
use crate::model::{DefId, Model};
use crate::rust::{RustIdent, RustPath};
use crate::source::FileId;
use std::collections::BTreeMap;

/// The fields of a declaration's struct, by the names of the properties.
pub(super) type Fields = BTreeMap<String, RustIdent>;

/// A declaration that a link may lead to.
#[derive(Clone, Debug)]
struct Linked {
    file: FileId,
    path: RustPath,
    fields: Fields,
}

/// The paths of all declarations, by the name upstream has for them.
#[derive(Clone, Debug, Default)]
pub(super) struct DocLinks<'a> {
    /// By name: the declarations that have it and a type in Rust.
    names: BTreeMap<&'a str, Vec<Linked>>,
    /// What relative links are relative to.
    base: Option<&'a str>,
}

impl<'a> DocLinks<'a> {
    /// Notes the declarations that have a type.
    pub(super) fn new(model: &'a Model, linked: BTreeMap<DefId, (RustPath, Fields)>, base: Option<&'a str>) -> Self {
        let mut names: BTreeMap<&str, Vec<Linked>> = BTreeMap::new();
        for (id, (path, fields)) in linked {
            let def = model.def(id);
            names.entry(&def.name).or_default().push(Linked { file: def.file, path, fields });
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
        let mut member = "";
        loop {
            if let Some(found) = self.links.names.get(name) {
                // The file's own declaration first, then the first of all.
                let linked = found.iter().find(|linked| linked.file == self.file).or_else(|| found.first())?;
                let path = rustdoc_path(&linked.path);
                // A member that is no field (a method, a literal) has no link of its own, its type has.
                return Some(match linked.fields.get(member) {
                    Some(field) => format!("{path}#structfield.{}", field.text()),
                    None => path,
                });
            }
            (name, member) = name.rsplit_once(['.', '#'])?;
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
        let fields = || Fields::from([("userId".to_owned(), RustIdent::snake("userId"))]);
        let linked = [(DefId(0), (path("x"), fields())), (DefId(1), (path("y"), fields()))].into_iter().collect();
        let links = DocLinks::new(&model, linked, Some("https://example.org/docs/"));
        assert_eq!(links.within(FileId(0)).resolve("A.userId").as_deref(), Some("crate::x::A#structfield.user_id"));
        assert_eq!(links.within(FileId(1)).resolve("A").as_deref(), Some("crate::y::A"));
        assert_eq!(links.within(FileId(7)).resolve("A.b.c").as_deref(), Some("crate::x::A"));
        assert_eq!(links.within(FileId(0)).resolve("B"), None);
        assert_eq!(links.within(FileId(0)).absolute("/x/y").as_deref(), Some("https://example.org/docs/x/y"));
    }
}
