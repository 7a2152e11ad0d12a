//! What a crate's users see of generated sources, and how two states of it differ.

use dts_codegen::coverage::{Coverage, Entry};
use quote::ToTokens;
use std::collections::BTreeMap;
use syn::{Attribute, Fields, Item, UseTree, Visibility};

/// The kind of names that stand for an item elsewhere.
const REEXPORT: &str = "re-export";

/// A public item, field or variant.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Public {
    /// `struct`, `field`, …
    kind: &'static str,
    /// Its type, where it has one.
    ty: String,
    deprecated: bool,
}

/// The public items of generated sources, by path: `api::session::Session`, `api::session::Session.id`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Api(BTreeMap<String, Public>);

/// How two states differ; each line is Markdown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ApiChanges {
    pub(crate) removed: Vec<String>,
    pub(crate) changed: Vec<String>,
    pub(crate) deprecated: Vec<String>,
    pub(crate) added: Vec<String>,
}

impl Api {
    /// Reads the sources of `src/gen/`. A file that does not parse counts as empty: it never compiled.
    pub(crate) fn read<'a>(sources: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut api = Self::default();
        for (path, text) in sources {
            let Some(module) = module_of(path) else { continue };
            // What is in there follows from what the types need.
            if module.split("::").next() == Some("support") {
                continue;
            }
            let Ok(file) = syn::parse_file(text) else { continue };
            file.items.iter().for_each(|item| api.add(&module, item));
        }
        api
    }

    fn add(&mut self, module: &str, item: &Item) {
        match item {
            Item::Struct(item) if is_public(&item.vis, &item.attrs) => {
                let path = self.put(module, "::", &item.ident, Public::new("struct", &item.generics, &item.attrs));
                self.add_fields(&path, &item.fields);
            }
            Item::Enum(item) if is_public(&item.vis, &item.attrs) => {
                let path = self.put(module, "::", &item.ident, Public::new("enum", &item.generics, &item.attrs));
                for variant in item.variants.iter().filter(|variant| !is_hidden(&variant.attrs)) {
                    let public = Public::new("variant", &variant.fields, &variant.attrs);
                    self.put(&path, "::", &variant.ident, public);
                }
            }
            Item::Type(item) if is_public(&item.vis, &item.attrs) => {
                self.put(module, "::", &item.ident, Public::new("alias", &item.ty, &item.attrs));
            }
            Item::Use(item) if is_public(&item.vis, &item.attrs) => self.add_reexports(module, "", &item.tree),
            _ => {}
        }
    }

    fn add_fields(&mut self, owner: &str, fields: &Fields) {
        for field in fields.iter().filter(|field| is_public(&field.vis, &field.attrs)) {
            if let Some(name) = &field.ident {
                self.put(owner, ".", name, Public::new("field", &field.ty, &field.attrs));
            }
        }
    }

    /// Every name of a `pub use`, with the path that it stands for as its type.
    fn add_reexports(&mut self, module: &str, prefix: &str, tree: &UseTree) {
        let joined = |name: &syn::Ident| if prefix.is_empty() { name.to_string() } else { format!("{prefix}::{name}") };
        let (name, target) = match tree {
            UseTree::Path(path) => return self.add_reexports(module, &joined(&path.ident), &path.tree),
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.add_reexports(module, prefix, tree));
            }
            UseTree::Name(name) => (&name.ident, joined(&name.ident)),
            UseTree::Rename(rename) => (&rename.rename, joined(&rename.ident)),
            // A glob names nothing itself.
            UseTree::Glob(_) => return,
        };
        let target = target.strip_prefix("crate::").unwrap_or(&target).to_owned();
        self.put(module, "::", name, Public { kind: REEXPORT, ty: target, deprecated: false });
    }

    /// Whether an item of this API is not in the other only because another one is not, or is of another kind there: it
    /// is a part of that, or a re-export of it.
    fn follows(&self, other: &Self, path: &str, item: &Public) -> bool {
        if item.kind == REEXPORT {
            return !other.0.contains_key(&item.ty);
        }
        let owner = path.split_once('.').map_or_else(|| path.rsplit_once("::"), Some).map(|(owner, _)| owner);
        owner.filter(|owner| owner.chars().any(char::is_uppercase)).is_some_and(|owner| {
            let kind = |api: &Self| api.0.get(owner).map(|item| item.kind);
            kind(self) != kind(other)
        })
    }

    fn put(&mut self, owner: &str, between: &str, name: &impl ToTokens, public: Public) -> String {
        let name = spelled(name);
        let path = if owner.is_empty() { name } else { format!("{owner}{between}{name}") };
        self.0.insert(path.clone(), public);
        path
    }

    /// What became of this API in another one.
    pub(crate) fn changes(&self, new: &Self) -> ApiChanges {
        let mut changes = ApiChanges::default();
        for (path, old) in &self.0 {
            match new.0.get(path) {
                Some(item) if item.kind != old.kind || item.ty != old.ty => {
                    changes.changed.push(format!("{} `{path}`: {} → {}", item.kind, old.shown(), item.shown()));
                }
                None if !self.follows(new, path, old) => changes.removed.push(format!("{} `{path}`", old.kind)),
                _ => {}
            }
        }
        for (path, item) in &new.0 {
            let old = self.0.get(path);
            if item.deprecated && old.is_some_and(|old| !old.deprecated) {
                changes.deprecated.push(format!("{} `{path}`", item.kind));
            }
            if old.is_none() && !new.follows(self, path, item) {
                changes.added.push(format!("{} `{path}`", item.kind));
            }
        }
        changes
    }
}

impl Public {
    fn new(kind: &'static str, ty: &impl ToTokens, attrs: &[Attribute]) -> Self {
        Self {
            kind,
            ty: spelled(ty),
            deprecated: attrs.iter().any(|attribute| attribute.path().is_ident("deprecated")),
        }
    }

    fn shown(&self) -> String {
        match self.kind {
            kind if self.ty.is_empty() => kind.to_owned(),
            // The parameters say nothing without what they are of.
            kind @ ("struct" | "enum") => format!("`{kind}{}`", self.ty),
            _ => format!("`{}`", self.ty),
        }
    }
}

/// `src/gen/api/session.rs` → `api::session`
fn module_of(path: &str) -> Option<String> {
    let inside = path.strip_prefix("src/gen/")?.strip_suffix(".rs")?;
    let inside = if inside == "mod" { "" } else { inside.strip_suffix("/mod").unwrap_or(inside) };
    Some(inside.replace('/', "::"))
}

fn is_public(visibility: &Visibility, attrs: &[Attribute]) -> bool {
    matches!(visibility, Visibility::Public(_)) && !is_hidden(attrs)
}

/// `#[doc(hidden)]`
fn is_hidden(attrs: &[Attribute]) -> bool {
    let hidden = |attribute: &Attribute| {
        attribute.path().is_ident("doc") && attribute.parse_args::<syn::Ident>().is_ok_and(|word| word == "hidden")
    };
    attrs.iter().any(hidden)
}

/// Tokens as a person writes them, the standard library's paths cut to their last part.
fn spelled(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (spaced, tight) in
        [(" :: ", "::"), (":: ", "::"), (" <", "<"), ("< ", "<"), (" >", ">"), (" ,", ","), ("( ", "("), (" )", ")")]
    {
        text = text.replace(spaced, tight);
    }
    for path in ["::std::option::", "::std::string::", "::std::vec::", "::std::boxed::", "::std::collections::"] {
        text = text.replace(path, "");
    }
    // What was too long for a line ends in commas.
    text.replace(",>", ">").replace(",)", ")").trim().to_owned()
}

/// Declarations and properties that became untyped, and such as became typed.
pub(crate) fn fallback_changes(old: &Coverage, new: &Coverage) -> (Vec<String>, Vec<String>) {
    let (before, after) = (fallbacks(old), fallbacks(new));
    let only = |these: &BTreeMap<String, String>, those: &BTreeMap<String, String>| -> Vec<String> {
        let only = these.iter().filter(|(name, _)| !those.contains_key(*name));
        only.map(|(name, reason)| format!("`{name}` ({reason})")).collect()
    };
    // What is not there any more is not typed either.
    let left = |name: &str| {
        let is_of =
            |entry: &Entry| name.strip_prefix(&entry.name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        new.entries.iter().any(is_of)
    };
    let staying: BTreeMap<String, String> =
        before.iter().filter(|(name, _)| left(name)).map(|(a, b)| (a.clone(), b.clone())).collect();
    (only(&after, &before), only(&staying, &after))
}

fn fallbacks(coverage: &Coverage) -> BTreeMap<String, String> {
    let reason = |entry: &Entry| entry.fallback.clone().map(|reason| (entry.name.clone(), reason));
    coverage.entries.iter().filter_map(reason).collect()
}

#[cfg(test)]
mod tests {
    use super::{Api, ApiChanges, fallback_changes};
    use dts_codegen::coverage::{Coverage, Entry};

    const OLD: &str = "
        pub struct A { pub id: ::std::string::String, pub gone: bool, private: u8 }
        pub struct B { pub x: bool }
        pub enum E { One, Two(i64) }
        #[doc(hidden)] pub struct Hidden;
        pub type T = A;
    ";
    const NEW: &str = "
        pub struct A { pub id: ::std::option::Option<::std::string::String>, #[deprecated(note = \"x\")] pub fresh: bool }
        pub struct C { pub y: bool }
        #[deprecated] pub enum E { One, Two(i64), Three }
        pub type T = A;
    ";

    fn api(text: &str) -> Api {
        Api::read([
            ("src/gen/api/x.rs", text),
            ("src/gen/mod.rs", "pub mod api; pub use crate::api::{x::A, x::{B as D, C}};"),
        ])
    }

    #[test]
    fn changes_name_what_users_see() {
        let lines = |list: &[&str]| list.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let expected = ApiChanges {
            removed: lines(&["field `api::x::A.gone`", "struct `api::x::B`"]),
            changed: lines(&["field `api::x::A.id`: `String` → `Option<String>`"]),
            deprecated: lines(&["enum `api::x::E`"]),
            added: lines(&["field `api::x::A.fresh`", "struct `api::x::C`", "variant `api::x::E::Three`"]),
        };
        assert_eq!(api(OLD).changes(&api(NEW)), expected);
        assert_eq!(api(NEW).changes(&api(NEW)), ApiChanges::default());
    }

    #[test]
    fn the_parts_of_what_is_of_another_kind_now_go_without_saying() {
        let old = api("pub enum A { One, Two } pub struct B { pub b: bool }");
        let new = api("pub type A = (Vec<String,>,); pub struct B<T> { pub b: T }");
        let changed = [
            "alias `api::x::A`: enum → `(Vec<String>)`",
            "struct `api::x::B`: struct → `struct<T>`",
            "field `api::x::B.b`: `bool` → `T`",
        ];
        let changes = old.changes(&new);
        assert_eq!(
            (changes.changed, changes.removed, changes.added),
            (changed.map(str::to_owned).to_vec(), vec![], vec![])
        );
    }

    #[test]
    fn a_re_export_counts_by_itself_where_its_item_stays() {
        let without =
            Api::read([("src/gen/api/x.rs", OLD), ("src/gen/mod.rs", "pub use crate::api::x::{self, B as D};")]);
        assert_eq!(api(OLD).changes(&without).removed, ["re-export `A`"]);
        assert_eq!(without.changes(&api(OLD)).added, ["re-export `A`"]);
    }

    #[test]
    fn what_becomes_untyped_is_told() {
        let coverage = |names: &[&str]| Coverage {
            entries: names
                .iter()
                .map(|name| Entry { name: (*name).to_owned(), fallback: Some("any".to_owned()), ..Entry::default() })
                .collect(),
            ..Coverage::default()
        };
        let mut new = coverage(&["A.b", "A.c"]);
        new.entries.push(Entry { name: "A".to_owned(), ..Entry::default() });
        let (untyped, typed) = fallback_changes(&coverage(&["A.a", "A.b", "Gone.a"]), &new);
        assert_eq!((untyped, typed), (vec!["`A.c` (any)".to_owned()], vec!["`A.a` (any)".to_owned()]));
    }
}
