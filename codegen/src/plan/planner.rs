//! What planning knows and gathers: names, places, items.

use super::arms::Form;
use super::classes::Pairs;
use super::homes::{Homes, Origin, Originals, present_of};
use super::layout::{Layout, ModulePath};
use super::links::DocLinks;
use super::names::TypeNames;
use super::site::{Site, shortened};
use super::written::Written;
use crate::diagnostic::Diagnostic;
use crate::model::{Def, DefId, Model};
use crate::recipe::{Recipe, RuleLog};
use crate::rust::{RustAlias, RustIdent, RustItem, RustPath, RustTy};
use crate::schema::{InstanceId, Record, Schema, Shape};
use crate::source::Sources;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;

/// What is read.
#[derive(Clone, Copy)]
pub(super) struct Input<'a> {
    pub sources: &'a Sources,
    pub model: &'a Model,
    pub schema: &'a Schema,
    pub recipe: &'a Recipe,
}

/// An item, where it goes, and its place among the others there.
#[derive(Debug)]
pub(super) struct Placed {
    pub module: ModulePath,
    pub owner: DefId,
    /// Order of discovery among the items of one owner: the owner comes before what is named after it.
    pub rank: usize,
    pub item: RustItem,
}

/// Something that was promised a name and is still to be made.
#[derive(Clone, Debug)]
pub(super) enum Job {
    /// An instance with arguments that has a type of its own.
    Monomorph(InstanceId, Site),
    /// A declaration that stays generic; without the property that tells a union's arms apart, where one is named.
    Generic(DefId, Option<String>, RustPath),
}

/// A type without a name, remembered so that its equal at the same place shares the Rust type.
#[derive(Clone, Debug)]
pub(super) struct Anonymous {
    pub shapes: Rc<[Shape]>,
    pub path: RustPath,
}

/// The record of a generic declaration, less the property that tells a union's arms apart; `None` where it is no such
/// record.
pub(super) type GenericBodies = BTreeMap<(DefId, Option<String>), Option<Rc<Record>>>;

/// Planning in progress.
pub(super) struct Planner<'a> {
    pub input: Input<'a>,
    pub layout: Layout,
    pub links: DocLinks<'a>,
    pub names: TypeNames,
    /// The path that each declaration's type has, or would have.
    pub paths: BTreeMap<DefId, RustPath>,
    /// The paths of what aliases that `null` is among are when it is not: `pub type X = Option<XValue>`.
    pub values: BTreeMap<DefId, RustPath>,
    /// The instances of each declaration.
    pub instances: BTreeMap<DefId, Vec<InstanceId>>,
    /// Classes and what they are built from.
    pub pairs: Pairs,
    /// Instances that an alias of exactly them lends its name.
    pub lent: BTreeMap<InstanceId, DefId>,
    /// Instances with arguments that have a type of their own.
    pub monomorphs: BTreeMap<InstanceId, RustPath>,
    /// Types of instances that have been worked out.
    pub known: BTreeMap<InstanceId, RustTy>,
    /// Aliases being worked out: an alias met again in here is recursive.
    pub open: Vec<InstanceId>,
    /// Aliases that turned out to be recursive.
    pub recursive: BTreeSet<InstanceId>,
    /// Declarations that stay generic, by what they lack.
    pub generics: BTreeMap<(DefId, Option<String>), RustPath>,
    /// The type parameters of each generic declaration that fields hold.
    pub held: BTreeMap<DefId, BTreeSet<usize>>,
    /// The declarations that stay generic, once they were looked for.
    pub known_generics: OnceCell<BTreeSet<DefId>>,
    /// What `generic_body` found.
    pub bodies: RefCell<GenericBodies>,
    /// What `form_of` found.
    pub forms: RefCell<BTreeMap<InstanceId, Form>>,
    /// What `is_generic_instance` found.
    pub whole: RefCell<BTreeMap<InstanceId, bool>>,
    /// Payloads without their tag, of declarations that are not generic.
    pub payloads: BTreeMap<(InstanceId, String), RustPath>,
    /// Types without a name, by the addresses of the shapes they were made of.
    pub placed: BTreeMap<Vec<usize>, Anonymous>,
    /// Shapes that planning made.
    pub kept: Vec<Rc<Vec<Shape>>>,
    pub anonymous: BTreeMap<(ModulePath, String), Vec<Anonymous>>,
    /// Objects without a name, by the declaration that they stand in and where their properties are declared.
    pub origins: BTreeMap<Origin, Originals>,
    /// Which declaration each place of the input is in.
    pub homes: Homes,
    /// Where objects without a name are written.
    pub written: Written<'a>,
    pub jobs: VecDeque<Job>,
    pub items: Vec<Placed>,
    /// Where each declaration's item is, for coverage.
    pub emitted: BTreeMap<DefId, RustPath>,
    pub undocumented: usize,
    /// What the rules of the recipe did.
    pub rules: RuleLog,
    /// Items of declarations that upstream says nothing about: `described` writes what they are.
    pub undescribed: BTreeMap<RustPath, DefId>,
    pub diagnostics: Vec<Diagnostic>,
    pub rank: usize,
}

impl<'a> Planner<'a> {
    /// The declaration behind a handle.
    pub(super) fn def(&self, id: DefId) -> &'a Def {
        self.input.model.def(id)
    }

    /// The place among its owner's items that an item begun now has.
    pub(super) fn next_rank(&mut self) -> usize {
        self.rank += 1;
        self.rank
    }

    /// Puts an item where its path says.
    pub(super) fn push(&mut self, path: &RustPath, owner: DefId, rank: usize, item: RustItem) {
        if self.paths.get(&owner) == Some(path) {
            self.emitted.entry(owner).or_insert_with(|| path.clone());
        }
        self.items.push(Placed { module: path.modules.clone(), owner, rank, item });
    }

    /// The site of a declaration's body.
    pub(super) fn site_of(&self, id: DefId, path: &RustPath) -> Site {
        let def = self.def(id);
        let names = vec![def.name.clone()];
        let words = self.names.words(path).unwrap_or(path.name.text()).to_owned();
        let usage = self.input.schema.reached.get(&id).map(|reached| reached.usage).unwrap_or_default();
        Site {
            module: path.modules.clone(),
            owner: id,
            claim: Some(path.clone()),
            root: path.name.text().to_owned(),
            base: words.clone(),
            short: words,
            arm: false,
            case: self.input.recipe.case.find(&names).copied(),
            names,
            params: Vec::new(),
            usage,
            nested: false,
            spent: Vec::new(),
            written: None,
        }
    }

    /// The path of a type made at a site: the claimed one, or one for a type without a name; and whether such a type is
    /// already there.
    pub(super) fn take(&mut self, site: &Site, word: &str, shapes: &[&Shape]) -> (RustPath, bool) {
        if let Some(path) = &site.claim {
            return (path.clone(), false);
        }
        // `null` is no part of a union's own type.
        let shapes = &present_of(shapes);
        // The same shapes met at another site are in an alias that was flattened into other unions: they have their name
        // already. Without this an arm that holds a union of itself would be named without end. Addresses tell shapes
        // apart, for all that are planned live as long as the planner.
        let addresses: Vec<usize> = shapes.iter().map(|shape| std::ptr::from_ref::<Shape>(shape) as usize).collect();
        if let Some(known) = self.placed.get(&addresses) {
            debug_assert!(
                known.shapes.iter().eq(shapes.iter().copied()),
                "a shape did not live as long as the planner"
            );
            return (known.path.clone(), true);
        }
        let key = (site.module.clone(), site.short.clone());
        let same = |known: &&Anonymous| known.shapes.iter().eq(shapes.iter().copied());
        if let Some(found) = self.anonymous.get(&key).and_then(|all| all.iter().find(same)) {
            return (found.path.clone(), true);
        }
        let origin = Origin::new(site, shapes);
        if let Some(found) = origin.as_ref().and_then(|origin| self.origins.get(origin)?.find(shapes)) {
            return (found, true);
        }
        let path = self.claim_anonymous(site, word);
        let shapes: Rc<[Shape]> = shapes.iter().map(|shape| (*shape).clone()).collect();
        let made = Anonymous { shapes, path: path.clone() };
        self.placed.insert(addresses, made.clone());
        if let Some(origin) = origin {
            self.origins.entry(origin).or_default().0.push(made.clone());
        }
        self.anonymous.entry(key).or_default().push(made);
        (path, false)
    }

    /// The path of what a declaration with `null` among its values is when it is not null.
    pub(super) fn value_path(&mut self, path: &RustPath, id: DefId) -> RustPath {
        if let Some(path) = self.values.get(&id) {
            return path.clone();
        }
        let name = path.name.text();
        let text = if name.ends_with("Value") { format!("non null {name}") } else { format!("{name} value") };
        let claimed = self.names.claim(&path.modules, [RustIdent::upper_camel(&text)]);
        let value = claimed.unwrap_or_else(|| self.names.claim_with(&path.modules, &text, "Type"));
        self.values.insert(id, value.clone());
        value
    }

    /// Writes the alias of a declaration with `null` among its values, so that a document that is `null` decodes too.
    pub(super) fn push_nullable(&mut self, path: &RustPath, value: RustTy, site: &Site, rank: usize) {
        let head = self.head(path, Vec::new(), site, ("an alias", &[]));
        let ty = RustTy::Option(Box::new(value));
        self.push(path, site.owner, rank, RustItem::Alias(RustAlias { head, ty }));
    }

    /// A free name for a type without one: where it stands, then with what it is, then with its module.
    pub(super) fn claim_anonymous(&mut self, site: &Site, word: &str) -> RustPath {
        if let Some(name) = self.renamed(site)
            && let Some(path) = self.names.claim(&site.module, [name])
        {
            return path;
        }
        let base = &site.base;
        let module = site.module.last().map_or("", RustIdent::text);
        let mut candidates = shortened(&site.short);
        candidates.extend(shortened(base));
        candidates.extend([format!("{base} {word}"), format!("{module} {base}"), format!("{module} {base} {word}")]);
        let claimed = self.names.claim_words(&site.module, &candidates);
        claimed.unwrap_or_else(|| self.names.claim_with(&site.module, base, word))
    }

    /// What a `[rename]` row calls the type at a site. The row must name the place as upstream does: the rows that
    /// inherited names match mean the property, not the type.
    pub(super) fn renamed(&self, site: &Site) -> Option<RustIdent> {
        let row = self.input.recipe.rename.find(&site.names[..1.min(site.names.len())])?;
        row.starts_with(char::is_uppercase).then(|| RustIdent::upper_camel(row))
    }
}
