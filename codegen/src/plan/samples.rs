//! Which types have a sample, a plain value that tests begin with, and of which arm the sample of a union is.
//!
//! A type has none where each value of it holds another one: `interface Node { next: Node }`. All others are the least
//! fixpoint: a struct has a sample where all that must be there has one, a union where an arm has one. What may be absent
//! or null is left out, lists and maps are empty.

use super::boxing::path_of;
use super::planner::Placed;
use crate::rust::{Arity, Presence, RustIdent, RustItem, RustMember, RustPath, RustStruct, RustTy, Sample};
use std::collections::{BTreeMap, BTreeSet};

/// Notes the sample of each item.
pub(super) fn note_samples(items: &mut [Placed]) {
    let found = Search::over(items).found();
    for (placed, sample) in items.iter_mut().zip(found) {
        if let Some(head) = placed.item.head_mut() {
            head.sample = sample;
        }
    }
}

/// What the sample of an item is made of: items, by their place.
enum Needs {
    /// Samples of all of these.
    All(BTreeSet<usize>),
    /// The samples of one of these variants.
    Any(Vec<(RustIdent, BTreeSet<usize>)>),
    /// There can be none.
    Never,
}

/// The search for what has a sample.
struct Search {
    needs: Vec<Needs>,
    /// Which items have a sample, as far as is known; of a union, by which variant.
    has: Vec<Option<usize>>,
}

impl Search {
    fn over(items: &[Placed]) -> Self {
        let paths: Vec<Option<RustPath>> = items.iter().map(path_of).collect();
        let places = paths.iter().enumerate().filter_map(|(at, path)| Some((path.as_ref()?, at)));
        let index: BTreeMap<&RustPath, usize> = places.collect();
        Self { needs: items.iter().map(|placed| needs(&placed.item, &index)).collect(), has: vec![None; items.len()] }
    }

    /// The sample of each item.
    fn found(mut self) -> Vec<Sample> {
        self.spread();
        self.prefer_first();
        let sample = |(needs, has): (&Needs, &Option<usize>)| match (needs, has) {
            (_, None) => Sample::None,
            (Needs::Any(variants), Some(chosen @ 1..)) => Sample::Variant(variants[*chosen].0.clone()),
            (_, Some(_)) => Sample::Plain,
        };
        self.needs.iter().zip(&self.has).map(sample).collect()
    }

    /// Finds what has a sample, in rounds that each stand on what earlier ones found: so no sample needs itself.
    fn spread(&mut self) {
        loop {
            let new: Vec<(usize, usize)> = (0..self.needs.len())
                .filter(|at| self.has[*at].is_none())
                .filter_map(|at| Some((at, self.chosen(&self.needs[at])?)))
                .collect();
            if new.is_empty() {
                return;
            }
            for (at, variant) in new {
                self.has[at] = Some(variant);
            }
        }
    }

    /// The first variant whose payload has a sample; 0 of what has no variants.
    fn chosen(&self, needs: &Needs) -> Option<usize> {
        match needs {
            Needs::All(items) => self.have_all(items).then_some(0),
            Needs::Any(variants) => variants.iter().position(|(_, items)| self.have_all(items)),
            Needs::Never => None,
        }
    }

    fn have_all(&self, items: &BTreeSet<usize>) -> bool {
        items.iter().all(|item| self.has[*item].is_some())
    }

    /// Chooses earlier variants of unions where that makes no circle: what is encoded as the first arm is decoded as it.
    fn prefer_first(&mut self) {
        for at in 0..self.needs.len() {
            let (Needs::Any(variants), Some(chosen)) = (&self.needs[at], self.has[at]) else { continue };
            let better =
                variants[..chosen].iter().position(|(_, items)| self.have_all(items) && !self.reach(items, at));
            self.has[at] = better.or(Some(chosen));
        }
    }

    /// Whether samples of items are made with a sample of another.
    fn reach(&self, items: &BTreeSet<usize>, to: usize) -> bool {
        let mut seen = items.clone();
        let mut open: Vec<usize> = items.iter().copied().collect();
        while let Some(at) = open.pop() {
            if at == to {
                return true;
            }
            let next = match (&self.needs[at], self.has[at]) {
                (Needs::All(items), _) => items,
                (Needs::Any(variants), Some(chosen)) => &variants[chosen].1,
                _ => continue,
            };
            open.extend(next.iter().copied().filter(|item| seen.insert(*item)));
        }
        false
    }
}

fn needs(item: &RustItem, index: &BTreeMap<&RustPath, usize>) -> Needs {
    let of = |ty: &RustTy| {
        let mut items = BTreeSet::new();
        add(ty, index, &mut items);
        items
    };
    match item {
        RustItem::Struct(item) => Needs::All(required(item).flat_map(of).collect()),
        RustItem::LiteralEnum(item) if item.variants.is_empty() => Needs::Never,
        RustItem::LiteralEnum(_) => Needs::All(BTreeSet::new()),
        RustItem::Tagged(item) => {
            let arms = item.variants.iter().map(|arm| &arm.variant).chain(&item.untagged);
            Needs::Any(arms.map(|arm| (arm.name.clone(), of(&arm.ty))).collect())
        }
        RustItem::Untagged(item) => {
            let arms = item.variants.iter().map(|arm| &arm.variant);
            Needs::Any(arms.map(|arm| (arm.name.clone(), of(&arm.ty))).collect())
        }
        RustItem::Tuple(item) => {
            let ones = item.places.iter().filter(|place| place.arity == Arity::One);
            Needs::All(ones.flat_map(|place| of(&place.ty)).collect())
        }
        RustItem::Alias(item) => Needs::All(of(&item.ty)),
        RustItem::From(_) => Needs::Never,
    }
}

/// The types of the fields that must be there and must not be null.
fn required(item: &RustStruct) -> impl Iterator<Item = &RustTy> {
    item.members.iter().filter_map(|member| match member {
        RustMember::Field(field) if field.presence == Presence::Required => Some(&field.ty),
        _ => None,
    })
}

/// Adds the items that a sample of a type is made with. All arguments of a generic type are among them: each must have a
/// sample, whatever the type does with it.
fn add(ty: &RustTy, index: &BTreeMap<&RustPath, usize>, items: &mut BTreeSet<usize>) {
    match ty {
        RustTy::Path(path, args) => {
            items.extend(index.get(path));
            args.iter().for_each(|arg| add(arg, index, items));
        }
        RustTy::Box(inner) => add(inner, index, items),
        RustTy::Tuple(places) => places.iter().for_each(|place| add(place, index, items)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::testing::{Made, record, text, union};
    use crate::rust::{RustItem, Sample};
    use crate::schema::Shape;

    /// The sample of each type: `Name`, `Name: Variant`, or `Name endless`.
    fn samples(made: &Made) -> Vec<String> {
        let root = made.plan().root;
        let heads =
            root.children.iter().flat_map(|module| &module.items).chain(&root.items).filter_map(|item| match item {
                RustItem::Struct(item) => Some(&item.head),
                RustItem::Tagged(item) => Some(&item.head),
                RustItem::Untagged(item) => Some(&item.head),
                _ => None,
            });
        let line = |head: &crate::rust::ItemHead| match &head.sample {
            Sample::None => format!("{} endless", head.name),
            Sample::Plain => head.name.to_string(),
            Sample::Variant(variant) => format!("{}: {variant}", head.name),
        };
        heads.map(line).collect()
    }

    #[test]
    fn what_each_value_holds_another_value_of_has_none() {
        let mut made = Made::default();
        let (node, holder) = (made.reserve("Node"), made.reserve("Holder"));
        made.define(node, record(&[("next", Shape::Ref(node))]));
        made.define(holder, record(&[("node", Shape::Ref(node))]));
        let list = made.reserve("List");
        made.define(list, record(&[("next?", Shape::Ref(list)), ("all", Shape::Array(Box::new(Shape::Ref(node))))]));
        assert_eq!(samples(&made), ["Node endless", "Holder endless", "List"]);
    }

    #[test]
    fn unions_have_that_of_the_first_arm_that_ends() {
        let mut made = Made::default();
        let (tree, branch) = (made.reserve("Tree"), made.reserve("Branch"));
        let leaf = made.declare("Leaf", record(&[("t", text("leaf"))]));
        made.define(branch, record(&[("t", text("branch")), ("inner", Shape::Ref(tree))]));
        made.define(tree, union(&[Shape::Ref(branch), Shape::Ref(leaf)]));
        // The first arm ends too, though it takes one step more to know it.
        let deep = made.declare("Deep", record(&[("t", text("deep")), ("leaf", Shape::Ref(leaf))]));
        made.declare("Either", union(&[Shape::Ref(deep), Shape::Ref(leaf)]));
        assert_eq!(samples(&made), ["Tree: Leaf", "Branch", "Leaf", "Deep", "Either"]);
    }
}
