//! The items of the generated crate as the generator planned them, by their public paths.

use dts_codegen::rust::{Arity, RustIdent, RustItem, RustModule, RustPath, RustTy};
use std::collections::BTreeMap;
use xtask::{CrateDir, NpmPolicy};

/// The crate.
pub struct Planned {
    items: BTreeMap<String, RustItem>,
    /// The items that are re-exported, by the path they get.
    reexports: BTreeMap<String, String>,
    /// How many levels the shallowest value of an item has.
    heights: BTreeMap<String, usize>,
}

/// The height of what is not finite yet.
const ENDLESS: usize = 1_000;

impl Planned {
    /// Plans the generated crate, as `cargo xtask codegen` does.
    pub fn new() -> Self {
        let krate = CrateDir::default_crate().expect("the workspace has a generated crate");
        let generated = xtask::generate(&krate, NpmPolicy::Fetch, &mut |_| {}).expect("the crate can be generated");
        let mut planned = Self { items: BTreeMap::new(), reexports: BTreeMap::new(), heights: BTreeMap::new() };
        planned.add(&generated.krate.root, "");
        planned.measure();
        planned
    }

    fn add(&mut self, module: &RustModule, prefix: &str) {
        for item in &module.items {
            if let Some(name) = item_name(item) {
                self.items.insert(format!("{prefix}{name}"), item.clone());
            }
        }
        for reexport in &module.reexports {
            let name = reexport.rename.as_ref().unwrap_or(&reexport.path.name);
            self.reexports.insert(format!("{prefix}{name}"), path_text(&reexport.path));
        }
        for child in &module.children {
            let name = child.name.as_ref().expect("only the root has no name");
            self.add(child, &format!("{prefix}{name}::"));
        }
    }

    /// The item of a public path, from the crate's root.
    pub fn public(&self, path: &str) -> Option<&RustItem> {
        self.items.get(path).or_else(|| self.public(self.reexports.get(path)?))
    }

    /// The item that a type names.
    pub fn item(&self, path: &RustPath) -> &RustItem {
        self.items.get(&path_text(path)).expect("what is named is planned")
    }

    /// How many levels the shallowest value of a type has.
    pub fn height(&self, ty: &RustTy) -> usize {
        match ty {
            RustTy::Path(path, _) | RustTy::MapAlias(path) => {
                self.heights.get(&path_text(path)).copied().unwrap_or(ENDLESS)
            }
            RustTy::Box(inner) => self.height(inner),
            RustTy::Tuple(places) => places.iter().map(|place| self.height(place)).max().unwrap_or_default(),
            _ => 0,
        }
    }

    /// Finds every height: from the items that hold no other up.
    fn measure(&mut self) {
        loop {
            let mut found = Vec::new();
            for (path, item) in &self.items {
                let height = self.item_height(item).saturating_add(1);
                if height < self.heights.get(path).copied().unwrap_or(ENDLESS) {
                    found.push((path.clone(), height));
                }
            }
            if found.is_empty() {
                return;
            }
            self.heights.extend(found);
        }
    }

    fn item_height(&self, item: &RustItem) -> usize {
        use dts_codegen::rust::{Presence, RustMember};
        match item {
            RustItem::Struct(item) => {
                let required = item.members.iter().filter_map(|member| match member {
                    RustMember::Field(field) if field.presence == Presence::Required => Some(self.height(&field.ty)),
                    _ => None,
                });
                required.max().unwrap_or_default()
            }
            RustItem::Tagged(item) => {
                let arms = item.variants.iter().map(|tagged| &tagged.variant).chain(&item.untagged);
                arms.map(|arm| self.height(&arm.ty)).min().unwrap_or_default()
            }
            RustItem::Untagged(item) => {
                item.variants.iter().map(|arm| self.height(&arm.variant.ty)).min().unwrap_or_default()
            }
            RustItem::Tuple(item) => {
                let required = item.places.iter().filter(|place| place.arity == Arity::One);
                required.map(|place| self.height(&place.ty)).max().unwrap_or_default()
            }
            RustItem::Alias(item) => self.height(&item.ty),
            RustItem::LiteralEnum(_) | RustItem::From(_) => 0,
        }
    }
}

fn item_name(item: &RustItem) -> Option<&RustIdent> {
    Some(match item {
        RustItem::Struct(item) => &item.head.name,
        RustItem::LiteralEnum(item) => &item.head.name,
        RustItem::Tagged(item) => &item.head.name,
        RustItem::Untagged(item) => &item.head.name,
        RustItem::Tuple(item) => &item.head.name,
        RustItem::Alias(item) => &item.head.name,
        RustItem::From(_) => return None,
    })
}

fn path_text(path: &RustPath) -> String {
    path.modules.iter().chain([&path.name]).map(RustIdent::to_string).collect::<Vec<_>>().join("::")
}
