//! What a crate's users see of generated sources, and how two states of it differ.

use dts_codegen::coverage::{Coverage, Entry};
use quote::ToTokens;
use std::collections::BTreeMap;
use syn::{Attribute, Fields, Item, Visibility};

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
            Item::Use(item) if is_public(&item.vis, &item.attrs) => {
                self.put(module, "::", &item.tree, Public::new("re-export", &"", &item.attrs));
            }
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
                None if !is_part_of_missing(path, &new.0) => changes.removed.push(format!("{} `{path}`", old.kind)),
                _ => {}
            }
        }
        for (path, item) in &new.0 {
            let old = self.0.get(path);
            if item.deprecated && old.is_some_and(|old| !old.deprecated) {
                changes.deprecated.push(format!("{} `{path}`", item.kind));
            }
            if old.is_none() && !is_part_of_missing(path, &self.0) {
                changes.added.push(format!("{} `{path}`", item.kind));
            }
        }
        changes
    }
}

impl Public {
    fn new(kind: &'static str, ty: &impl ToTokens, attrs: &[Attribute]) -> Self {
        let ty = if kind == "re-export" { String::new() } else { spelled(ty) };
        Self { kind, ty, deprecated: attrs.iter().any(|attribute| attribute.path().is_ident("deprecated")) }
    }

    fn shown(&self) -> String {
        if self.ty.is_empty() { self.kind.to_owned() } else { format!("`{}`", self.ty) }
    }
}

/// Whether what a field or variant belongs to is missing too: then the owner is what is told of.
fn is_part_of_missing(path: &str, items: &BTreeMap<String, Public>) -> bool {
    let owner = path.split_once('.').map_or_else(|| path.rsplit_once("::"), Some).map(|(owner, _)| owner);
    owner.is_some_and(|owner| owner.chars().any(char::is_uppercase) && !items.contains_key(owner))
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
    text.trim().to_owned()
}

/// Declarations and properties that became untyped, and such as became typed.
pub(crate) fn fallback_changes(old: &Coverage, new: &Coverage) -> (Vec<String>, Vec<String>) {
    let (before, after) = (fallbacks(old), fallbacks(new));
    let only = |these: &BTreeMap<String, String>, those: &BTreeMap<String, String>| -> Vec<String> {
        let only = these.iter().filter(|(name, _)| !those.contains_key(*name));
        only.map(|(name, reason)| format!("`{name}` ({reason})")).collect()
    };
    (only(&after, &before), only(&before, &after))
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
        Api::read([("src/gen/api/x.rs", text), ("src/gen/mod.rs", "pub mod api; pub use self::api::x::A;")])
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
    fn re_exports_are_public_too() {
        let without = Api::read([("src/gen/api/x.rs", OLD), ("src/gen/mod.rs", "pub mod api;")]);
        assert_eq!(api(OLD).changes(&without).removed, ["re-export `self::api::x::A`"]);
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
        let (untyped, typed) = fallback_changes(&coverage(&["A.a", "A.b"]), &coverage(&["A.b", "A.c"]));
        assert_eq!((untyped, typed), (vec!["`A.c` (any)".to_owned()], vec!["`A.a` (any)".to_owned()]));
    }
}
