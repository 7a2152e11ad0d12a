//! What a template must know of other items.

use crate::rust::{RustAlias, RustCrate, RustIdent, RustItem, RustModule, RustPath, RustTy};
use std::collections::BTreeMap;

/// What a template must know of other items.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// The aliases: two names of one type must not both get a `From`.
    aliases: BTreeMap<RustPath, RustAlias>,
}

impl Facts {
    /// What is to be known of a crate.
    pub(super) fn of(krate: &RustCrate) -> Self {
        let mut facts = Self::default();
        facts.add(&krate.root, &mut Vec::new());
        facts
    }

    fn add(&mut self, module: &RustModule, path: &mut Vec<RustIdent>) {
        for item in &module.items {
            if let RustItem::Alias(alias) = item {
                let path = RustPath { modules: path.clone(), name: alias.head.name.clone() };
                self.aliases.insert(path, alias.clone());
            }
        }
        for child in &module.children {
            path.extend(child.name.clone());
            self.add(child, path);
            path.pop();
        }
    }

    /// Whether a type is an alias.
    pub(super) fn is_alias(&self, path: &RustPath) -> bool {
        self.aliases.contains_key(path)
    }

    /// The type with every alias in it followed: types that are equal then are one for rustc.
    pub(super) fn without_aliases(&self, ty: &RustTy) -> RustTy {
        self.follow(ty, 0)
    }

    fn follow(&self, ty: &RustTy, steps: usize) -> RustTy {
        let ty = ty.with_parts(&|part| self.follow(part, steps));
        let RustTy::Path(path, args) = &ty else { return ty };
        // Each step is another alias: one that contained itself would not compile.
        let Some(alias) = self.aliases.get(path).filter(|_| steps < self.aliases.len()) else { return ty };
        self.follow(&filled(&alias.ty, &alias.head.params, args), steps + 1)
    }
}

/// A type with arguments in place of its parameters.
fn filled(ty: &RustTy, params: &[RustIdent], args: &[RustTy]) -> RustTy {
    if let RustTy::Param(name) = ty
        && let Some(place) = params.iter().position(|param| param == name)
        && let Some(arg) = args.get(place)
    {
        return arg.clone();
    }
    ty.with_parts(&|part| filled(part, params, args))
}
