//! What names mean in a generated module: imports, types, files.

use super::Chunk;
use super::nodes::{below, path as path_of, tuple_type, type_of, with_args};
use crate::rust::{IntTy, Presence, Reexport, RustIdent, RustItem, RustModule, RustPath, RustTy};
use std::collections::{BTreeMap, BTreeSet};
use syn::{Path, Type};

/// Names that generated code uses as Rust's prelude means them; a generated type of such a name is never imported.
const PRELUDE: &[&str] = &[
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Err",
    "From",
    "Into",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Self",
    "Some",
    "String",
    "Vec",
];

/// The names of a module, and what it imports while its items are spelled.
#[derive(Debug)]
pub(super) struct Names {
    /// Names that the module declares or re-exports itself.
    taken: BTreeSet<String>,
    /// Imported items of the crate, by name.
    imported: BTreeMap<String, RustPath>,
    /// Imported names of other crates: the whole path, by name.
    foreign: BTreeMap<&'static str, &'static str>,
    /// The path of the module, to know its own items.
    own: Vec<RustIdent>,
    /// Items and modules of other modules that are in scope without an import, by path: their names here.
    in_scope: BTreeMap<RustPath, RustIdent>,
}

impl Names {
    /// The names that a module has before anything is imported.
    pub(super) fn of(module: &RustModule, own: &[RustIdent]) -> Self {
        let items = module.items.iter().filter_map(item_name);
        let reexports = module.reexports.iter().map(|reexport| reexport.rename.as_ref().unwrap_or(&reexport.path.name));
        let children = module.children.iter().filter_map(|child| child.name.as_ref());
        Self {
            taken: items.chain(reexports).chain(children).map(|name| name.text().to_owned()).collect(),
            imported: BTreeMap::new(),
            foreign: BTreeMap::new(),
            own: own.to_vec(),
            in_scope: in_scope(module, own),
        }
    }

    /// The support module as it is written in this module: `support`.
    pub(super) fn support(&mut self) -> &'static str {
        if self.own.is_empty() {
            "support"
        } else if self.taken.contains("support") {
            "crate::support"
        } else {
            self.foreign.insert("support", "crate::support");
            "support"
        }
    }

    /// What the support module has under a name: `support::Maybe`.
    pub(super) fn of_support(&mut self, name: &str) -> Path {
        path_of(&format!("{}::{name}", self.support()))
    }

    /// A type of the prelude: its name, or its whole path where the name means something else here.
    pub(super) fn prelude(&self, name: &str, params: &[RustIdent]) -> Path {
        if !self.taken.contains(name) && !params.iter().any(|param| param.text() == name) {
            return path_of(name);
        }
        path_of(match name {
            "Box" => "::std::boxed::Box",
            "Option" => "::std::option::Option",
            "Some" => "::std::option::Option::Some",
            "None" => "::std::option::Option::None",
            "String" => "::std::string::String",
            "Vec" => "::std::vec::Vec",
            "From" => "::std::convert::From",
            "Into" => "::std::convert::Into",
            "Default" => "::std::default::Default",
            other => other,
        })
    }

    fn foreign(&mut self, name: &'static str, path: &'static str, params: &[RustIdent]) -> Path {
        let free = !self.taken.contains(name)
            && !self.imported.contains_key(name)
            && !params.iter().any(|param| param.text() == name);
        if free {
            self.foreign.insert(name, path);
            return path_of(name);
        }
        path_of(&format!("::{path}"))
    }

    fn serde_json(&self, name: &str) -> Path {
        let root = if self.taken.contains("serde_json") { "::serde_json" } else { "serde_json" };
        path_of(&format!("{root}::{name}"))
    }

    /// A generated item: imported where its name is free here, by its whole path elsewhere.
    pub(super) fn path(&mut self, path: &RustPath, params: &[RustIdent]) -> Path {
        let name = || path.name.token().into();
        let text = path.name.text();
        let shadowed = params.iter().any(|param| param.text() == text);
        if path.modules == self.own && !shadowed {
            return name();
        }
        if let Some(here) = self.in_scope.get(path)
            && !shadowed
            && !params.iter().any(|param| param == here)
        {
            return here.token().into();
        }
        let free = !self.taken.contains(text)
            && !PRELUDE.contains(&text)
            && !self.foreign.contains_key(text)
            && !shadowed
            && self.imported.get(text).is_none_or(|other| other == path);
        if free {
            self.imported.insert(text.to_owned(), path.clone());
            return name();
        }
        self.whole_path(path)
    }

    /// The path of an item that is not imported, from the nearest of its modules that has a name here: rustc calls more
    /// than that unnecessary.
    fn whole_path(&self, path: &RustPath) -> Path {
        let through = |start: Path, modules: &[RustIdent]| {
            modules.iter().chain([&path.name]).fold(start, |path, name| below(path, name.token()))
        };
        for depth in (1..=path.modules.len()).rev() {
            let (parents, module) = (&path.modules[..depth - 1], &path.modules[depth - 1]);
            let module = RustPath { modules: parents.to_vec(), name: module.clone() };
            if let Some(here) = self.in_scope.get(&module) {
                return through(here.token().into(), &path.modules[depth..]);
            }
        }
        through(path_of("crate"), &path.modules)
    }

    /// A type. `params` are the type parameters in scope.
    pub(super) fn ty(&mut self, ty: &RustTy, params: &[RustIdent]) -> Type {
        let path = match ty {
            RustTy::Null => return tuple_type(Vec::new()),
            RustTy::Tuple(places) => return tuple_type(places.iter().map(|place| self.ty(place, params)).collect()),
            RustTy::String => self.prelude("String", params),
            RustTy::Bool => path_of("bool"),
            RustTy::Float => path_of("f64"),
            RustTy::Int(int) => path_of(int_name(*int)),
            RustTy::UnixMillis => self.of_support("UnixMillis"),
            RustTy::UnixSeconds => self.of_support("UnixSeconds"),
            RustTy::Json | RustTy::NonNull => self.serde_json("Value"),
            RustTy::JsonMap => {
                let entry = [self.prelude("String", params), self.serde_json("Value")].map(type_of);
                with_args(self.serde_json("Map"), entry)
            }
            RustTy::MapAlias(path) => self.path(path, params),
            RustTy::BoolLiteral(value) => self.of_support(if *value { "True" } else { "False" }),
            RustTy::Path(path, args) => {
                let args: Vec<Type> = args.iter().map(|arg| self.ty(arg, params)).collect();
                with_args(self.path(path, params), args)
            }
            RustTy::Param(name) => name.token().into(),
            RustTy::Vec(inner) => self.wrapped("Vec", inner, params),
            RustTy::Option(inner) => self.wrapped("Option", inner, params),
            RustTy::Box(inner) => self.wrapped("Box", inner, params),
            RustTy::Map(inner) => {
                let string = type_of(self.prelude("String", params));
                let inner = self.ty(inner, params);
                with_args(self.foreign("BTreeMap", "std::collections::BTreeMap", params), [string, inner])
            }
        };
        type_of(path)
    }

    fn wrapped(&mut self, name: &str, inner: &RustTy, params: &[RustIdent]) -> Path {
        let inner = self.ty(inner, params);
        with_args(self.prelude(name, params), [inner])
    }

    /// The type of a field.
    pub(super) fn field_ty(&mut self, ty: &RustTy, presence: Presence, params: &[RustIdent]) -> Type {
        match presence {
            Presence::Required => self.ty(ty, params),
            Presence::Maybe => {
                let inner = self.ty(ty, params);
                type_of(with_args(self.of_support("Maybe"), [inner]))
            }
            _ => type_of(self.wrapped("Option", ty, params)),
        }
    }

    /// The imports that the items turned out to need.
    pub(super) fn imports(&self) -> Option<Chunk> {
        let foreign = self.foreign.values().map(|path| format!("use {path};"));
        let own = group(self.imported.values().map(|path| (path, None)));
        let own = own.into_iter().map(|path| format!("use {path};"));
        let mut lines: Vec<String> = foreign.chain(own).collect();
        lines.sort();
        (!lines.is_empty()).then(|| Chunk::Text(lines.join("\n")))
    }
}

/// What a module re-exports, and the modules in it.
fn in_scope(module: &RustModule, own: &[RustIdent]) -> BTreeMap<RustPath, RustIdent> {
    let mut names = BTreeMap::new();
    for Reexport { path, rename, .. } in &module.reexports {
        names.insert(path.clone(), rename.as_ref().unwrap_or(&path.name).clone());
    }
    for name in module.children.iter().filter_map(|child| child.name.as_ref()) {
        names.insert(RustPath { modules: own.to_vec(), name: name.clone() }, name.clone());
    }
    names
}

fn item_name(item: &RustItem) -> Option<&RustIdent> {
    match item {
        RustItem::Struct(item) => Some(&item.head.name),
        RustItem::LiteralEnum(item) => Some(&item.head.name),
        RustItem::Tagged(item) => Some(&item.head.name),
        RustItem::Untagged(item) => Some(&item.head.name),
        RustItem::Tuple(item) => Some(&item.head.name),
        RustItem::Alias(item) => Some(&item.head.name),
        RustItem::From(_) => None,
    }
}

fn int_name(int: IntTy) -> &'static str {
    match int {
        IntTy::I32 => "i32",
        IntTy::I64 => "i64",
        IntTy::U32 => "u32",
        IntTy::U64 => "u64",
    }
}

/// Paths for `use`: those of one module in braces, everything sorted.
fn group<'a>(paths: impl Iterator<Item = (&'a RustPath, Option<&'a RustIdent>)>) -> Vec<String> {
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, rename) in paths {
        let module = path.modules.iter().fold("crate".to_owned(), |text, module| format!("{text}::{module}"));
        let name = rename.map_or_else(|| path.name.to_string(), |rename| format!("{} as {rename}", path.name));
        modules.entry(module).or_default().insert(name);
    }
    let line = |(module, names): (String, BTreeSet<String>)| match names.len() {
        1 => format!("{module}::{}", names.into_iter().next().unwrap_or_default()),
        _ => wrap(&module, &names),
    };
    modules.into_iter().map(line).collect()
}

/// `module::{A, B}`, over several lines where it is long, as rustfmt does.
fn wrap(module: &str, names: &BTreeSet<String>) -> String {
    const WIDTH: usize = 100;
    let all = names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    if module.len() + all.len() + 14 <= WIDTH {
        return format!("{module}::{{{all}}}");
    }
    let mut text = format!("{module}::{{\n   ");
    let mut width = 3;
    for name in names {
        if width + name.len() + 2 > WIDTH {
            text.push_str("\n   ");
            width = 3;
        }
        text.push_str(&format!(" {name},"));
        width += name.len() + 2;
    }
    text.push_str("\n}");
    text
}

/// The `mod` lines of a module.
pub(super) fn modules(module: &RustModule, is_root: bool) -> Option<Chunk> {
    let mut lines: BTreeMap<String, String> = BTreeMap::new();
    for child in &module.children {
        let Some(name) = &child.name else { continue };
        let stem = file_stem(name.text());
        let line = if stem == name.text() {
            format!("pub mod {name};")
        } else {
            let file = if child.children.is_empty() { format!("{stem}.rs") } else { format!("{stem}/mod.rs") };
            format!("#[path = \"{file}\"]\npub mod {name};")
        };
        lines.insert(name.text().to_owned(), line);
    }
    if is_root {
        lines.insert("support".to_owned(), "pub mod support;".to_owned());
    }
    let lines: Vec<String> = lines.into_values().collect();
    (!lines.is_empty()).then(|| Chunk::Text(lines.join("\n")))
}

/// What a module re-exports. Modules are documented where they are: all in them would be written out again.
pub(super) fn reexports(module: &RustModule) -> Option<Chunk> {
    let lines = |attribute: &str, chosen: &dyn Fn(&Reexport) -> bool| {
        let chosen = module.reexports.iter().filter(|reexport| chosen(reexport));
        let paths = chosen.map(|Reexport { path, rename, .. }| (path, rename.as_ref()));
        group(paths).into_iter().map(|path| format!("{attribute}\npub use {path};")).collect::<Vec<_>>()
    };
    let mut all = lines("#[doc(inline)]", &|reexport| !reexport.hidden && !reexport.module);
    all.extend(lines("#[doc(no_inline)]", &|reexport| !reexport.hidden && reexport.module));
    all.extend(lines("#[doc(hidden)]", &|reexport| reexport.hidden));
    (!all.is_empty()).then(|| Chunk::Text(all.join("\n")))
}

/// The file of a module.
pub(super) fn file_path(path: &[RustIdent], is_leaf: bool) -> String {
    let mut file = String::from("src/gen");
    for name in path {
        file.push('/');
        file.push_str(&file_stem(name.text()));
    }
    file.push_str(if is_leaf { ".rs" } else { "/mod.rs" });
    file
}

/// A file's name without its ending: `mod.rs` is another module's, and some systems reserve names for devices.
fn file_stem(name: &str) -> String {
    let device = |prefix: &str| name.strip_prefix(prefix).is_some_and(|rest| matches!(rest.as_bytes(), [b'0'..=b'9']));
    let reserved = matches!(name, "mod" | "con" | "prn" | "aux" | "nul") || device("com") || device("lpt");
    if reserved { format!("{name}_") } else { name.to_owned() }
}
