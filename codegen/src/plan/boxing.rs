//! What must be behind a pointer: types that hold themselves by value, and payloads of enums that are large.

use super::planner::Placed;
use crate::rust::{Arity, ItemHead, Presence, RustIdent, RustItem, RustMember, RustPath, RustTy};
use std::collections::{BTreeMap, BTreeSet};

/// Payloads above this size, in bytes, are boxed: clippy's `large_enum_variant` finds the difference between two arms
/// too large from here on, and a value of the enum is moved at each step of decoding.
const LARGE_PAYLOAD: usize = 200;

/// Boxes what must be boxed.
pub(super) fn box_items(items: &mut [Placed]) {
    box_cycles(items);
    let sizes = Sizes::new(items);
    let mut large: Vec<Vec<bool>> = Vec::with_capacity(items.len());
    for placed in &*items {
        large.push(payloads(&placed.item).into_iter().map(|ty| sizes.of(ty, &[], 0) > LARGE_PAYLOAD).collect());
    }
    for (placed, large) in items.iter_mut().zip(large) {
        for (ty, large) in payloads_mut(&mut placed.item).into_iter().zip(large) {
            if large && !matches!(ty, RustTy::Box(_)) {
                let inner = std::mem::replace(ty, RustTy::Null);
                *ty = RustTy::Box(Box::new(inner));
            }
        }
    }
}

/// A place in an item where a type is held.
struct Slot<'i> {
    ty: &'i mut RustTy,
    /// Whether there may be nothing: where recursion ends, and so where a pointer is expected.
    optional: bool,
}

/// Breaks every cycle of types that hold each other by value: first where a value may be missing, then anywhere.
fn box_cycles(items: &mut [Placed]) {
    let paths: Vec<Option<RustPath>> = items.iter().map(path_of).collect();
    let index: BTreeMap<&RustPath, usize> =
        paths.iter().enumerate().filter_map(|(at, path)| path.as_ref().map(|path| (path, at))).collect();
    for optional_only in [true, false] {
        let mut edges: Vec<BTreeSet<usize>> = items.iter_mut().map(|placed| held(&mut placed.item, &index)).collect();
        let back = reversed(&edges);
        let component = components(&edges, &back);
        for at in 0..items.len() {
            if !edges[at].iter().any(|next| component[*next] == component[at]) {
                continue;
            }
            let holders = holders(&edges, &back, &component, at);
            for slot in slots(&mut items[at].item) {
                if slot.optional || !optional_only {
                    box_where(slot.ty, &|path| index.get(path).is_some_and(|next| holders.contains(next)));
                }
            }
            edges[at] = held(&mut items[at].item, &index);
        }
    }
}

/// Boxes the generated types in a type that the test picks, as far as they are held by value.
fn box_where(ty: &mut RustTy, test: &dyn Fn(&RustPath) -> bool) {
    match ty {
        RustTy::Option(inner) => box_where(inner, test),
        RustTy::Tuple(places) => places.iter_mut().for_each(|place| box_where(place, test)),
        RustTy::Path(..) => {
            let mut found = false;
            each_held(ty, &mut |path| found |= test(path));
            if found {
                let inner = std::mem::replace(ty, RustTy::Null);
                *ty = RustTy::Box(Box::new(inner));
            }
        }
        _ => {}
    }
}

/// Calls with the generated types that a type holds by value. What generic types do with their arguments is not looked
/// at: they are taken to hold them.
fn each_held(ty: &RustTy, call: &mut dyn FnMut(&RustPath)) {
    match ty {
        RustTy::Option(inner) => each_held(inner, call),
        RustTy::Tuple(places) => places.iter().for_each(|place| each_held(place, call)),
        RustTy::Path(path, args) => {
            call(path);
            args.iter().for_each(|arg| each_held(arg, call));
        }
        _ => {}
    }
}

fn held(item: &mut RustItem, index: &BTreeMap<&RustPath, usize>) -> BTreeSet<usize> {
    let mut all = BTreeSet::new();
    for slot in slots(item) {
        each_held(slot.ty, &mut |path| all.extend(index.get(path)));
    }
    all
}

/// The items of its component that hold an item by value, however far down, and itself. `back` has every edge that ever
/// was, the other way round.
fn holders(edges: &[BTreeSet<usize>], back: &[Vec<usize>], component: &[usize], to: usize) -> BTreeSet<usize> {
    let mut seen = BTreeSet::from([to]);
    let mut stack = vec![to];
    while let Some(at) = stack.pop() {
        for holder in &back[at] {
            if component[*holder] == component[to] && edges[*holder].contains(&at) && seen.insert(*holder) {
                stack.push(*holder);
            }
        }
    }
    seen
}

/// The edges the other way round.
fn reversed(edges: &[BTreeSet<usize>]) -> Vec<Vec<usize>> {
    let mut back = vec![Vec::new(); edges.len()];
    for (at, nexts) in edges.iter().enumerate() {
        nexts.iter().for_each(|next| back[*next].push(at));
    }
    back
}

/// The sum of sizes: a type that holds two of another, which holds two of a third, and so on, outgrows every number.
fn sum(sizes: impl Iterator<Item = usize>) -> usize {
    sizes.fold(0, usize::saturating_add)
}

/// The strongly connected components of a graph (Kosaraju's two passes, without recursion): a number for each node.
fn components(edges: &[BTreeSet<usize>], back: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(edges.len());
    let mut seen = vec![false; edges.len()];
    for root in 0..edges.len() {
        let mut stack = vec![(root, false)];
        while let Some((at, done)) = stack.pop() {
            if done {
                order.push(at);
            } else if !std::mem::replace(&mut seen[at], true) {
                stack.push((at, true));
                stack.extend(edges[at].iter().map(|next| (*next, false)));
            }
        }
    }
    let mut component = vec![usize::MAX; edges.len()];
    for root in order.into_iter().rev() {
        let mut stack = vec![root];
        while let Some(at) = stack.pop() {
            if component[at] == usize::MAX {
                component[at] = root;
                stack.extend(&back[at]);
            }
        }
    }
    component
}

fn slots(item: &mut RustItem) -> Vec<Slot<'_>> {
    match item {
        RustItem::Struct(item) => item
            .members
            .iter_mut()
            .filter_map(|member| match member {
                RustMember::Field(field) => {
                    let optional = field.presence != Presence::Required || matches!(field.ty, RustTy::Option(_));
                    Some(Slot { ty: &mut field.ty, optional })
                }
                _ => None,
            })
            .collect(),
        RustItem::Tuple(item) => item
            .places
            .iter_mut()
            .filter(|place| place.arity != Arity::Rest)
            .map(|place| Slot { optional: place.arity == Arity::Optional, ty: &mut place.ty })
            .collect(),
        RustItem::Alias(item) => vec![Slot { ty: &mut item.ty, optional: false }],
        other => payloads_mut(other).into_iter().map(|ty| Slot { ty, optional: true }).collect(),
    }
}

fn payloads_mut(item: &mut RustItem) -> Vec<&mut RustTy> {
    match item {
        RustItem::Tagged(item) => {
            let variants = item.variants.iter_mut().map(|arm| &mut arm.variant.ty);
            variants.chain(item.untagged.iter_mut().map(|arm| &mut arm.ty)).collect()
        }
        RustItem::Untagged(item) => item.variants.iter_mut().map(|arm| &mut arm.variant.ty).collect(),
        _ => Vec::new(),
    }
}

fn payloads(item: &RustItem) -> Vec<&RustTy> {
    match item {
        RustItem::Tagged(item) => {
            let variants = item.variants.iter().map(|arm| &arm.variant.ty);
            variants.chain(item.untagged.iter().map(|arm| &arm.ty)).collect()
        }
        RustItem::Untagged(item) => item.variants.iter().map(|arm| &arm.variant.ty).collect(),
        _ => Vec::new(),
    }
}

/// What all items but conversions have.
pub(super) fn head(item: &RustItem) -> Option<&ItemHead> {
    match item {
        RustItem::Struct(item) => Some(&item.head),
        RustItem::LiteralEnum(item) => Some(&item.head),
        RustItem::Tagged(item) => Some(&item.head),
        RustItem::Untagged(item) => Some(&item.head),
        RustItem::Tuple(item) => Some(&item.head),
        RustItem::Alias(item) => Some(&item.head),
        RustItem::From(_) => None,
    }
}

fn path_of(placed: &Placed) -> Option<RustPath> {
    head(&placed.item).map(|head| RustPath { modules: placed.module.clone(), name: head.name.clone() })
}

/// How large types are, about: exact figures would bind us to a machine.
struct Sizes<'i> {
    items: BTreeMap<RustPath, &'i RustItem>,
    plain: BTreeMap<RustPath, usize>,
}

impl<'i> Sizes<'i> {
    /// Items that are not generic are measured once, those that they hold before them.
    fn new(items: &'i [Placed]) -> Self {
        let by_path: BTreeMap<RustPath, &RustItem> =
            items.iter().filter_map(|placed| path_of(placed).map(|path| (path, &placed.item))).collect();
        let mut sizes = Self { items: by_path, plain: BTreeMap::new() };
        let paths: Vec<RustPath> = sizes.items.keys().cloned().collect();
        for path in paths {
            sizes.measure(path);
        }
        sizes
    }

    /// Measures an item after those that it holds; by-value cycles are gone by now.
    fn measure(&mut self, path: RustPath) {
        let mut stack = vec![(path, false)];
        let mut open = BTreeSet::new();
        while let Some((path, ready)) = stack.pop() {
            let Some(item) = self.items.get(&path).copied() else { continue };
            if self.plain.contains_key(&path) || head(item).is_none_or(|head| !head.params.is_empty()) {
                continue;
            }
            if ready || !open.insert(path.clone()) {
                let size = self.item(item, &[], 0);
                self.plain.insert(path, size);
                continue;
            }
            stack.push((path, true));
            for ty in types(item) {
                each_held(ty, &mut |next| {
                    if !open.contains(next) {
                        stack.push((next.clone(), false));
                    }
                });
            }
        }
    }

    fn of(&self, ty: &RustTy, params: &[(RustIdent, usize)], depth: usize) -> usize {
        match ty {
            RustTy::Bool | RustTy::BoolLiteral(_) | RustTy::Null => 1,
            RustTy::Float | RustTy::Int(_) | RustTy::UnixMillis | RustTy::Box(_) => 8,
            RustTy::String | RustTy::Vec(_) | RustTy::Map(_) => 24,
            RustTy::Json | RustTy::JsonMap => 32,
            RustTy::Option(inner) => self.of(inner, params, depth).saturating_add(8),
            RustTy::Tuple(places) => sum(places.iter().map(|place| self.of(place, params, depth))),
            RustTy::Param(name) => params.iter().find(|(own, _)| own == name).map_or(24, |(_, size)| *size),
            RustTy::Path(path, args) => self.path(path, args, params, depth),
        }
    }

    fn path(&self, path: &RustPath, args: &[RustTy], params: &[(RustIdent, usize)], depth: usize) -> usize {
        if let Some(size) = self.plain.get(path) {
            return *size;
        }
        let Some(item) = self.items.get(path).filter(|_| depth < 64) else { return 24 };
        let names = head(item).map_or(&[] as &[RustIdent], |head| &head.params);
        let sizes = args.iter().map(|arg| self.of(arg, params, depth + 1));
        let own: Vec<(RustIdent, usize)> = names.iter().cloned().zip(sizes).collect();
        self.item(item, &own, depth + 1)
    }

    fn item(&self, item: &RustItem, params: &[(RustIdent, usize)], depth: usize) -> usize {
        let sizes = types(item).into_iter().map(|ty| self.of(ty, params, depth));
        match item {
            RustItem::Struct(item) => sum(sizes).saturating_add(4 * item.members.len() + 24),
            RustItem::Tuple(_) => sum(sizes).saturating_add(24),
            RustItem::LiteralEnum(_) => 24,
            RustItem::Alias(_) | RustItem::From(_) => sizes.max().unwrap_or_default(),
            // A large payload will be boxed; an unknown one is a tag and a value.
            RustItem::Tagged(_) | RustItem::Untagged(_) => {
                8 + sizes.map(|size| if size > LARGE_PAYLOAD { 8 } else { size }).max().unwrap_or_default().max(56)
            }
        }
    }
}

fn types(item: &RustItem) -> Vec<&RustTy> {
    match item {
        RustItem::Struct(item) => item
            .members
            .iter()
            .filter_map(|member| match member {
                RustMember::Field(field) => Some(&field.ty),
                _ => None,
            })
            .collect(),
        RustItem::Tuple(item) => item.places.iter().map(|place| &place.ty).collect(),
        RustItem::Alias(item) => vec![&item.ty],
        other => payloads(other),
    }
}

#[cfg(test)]
mod tests {
    use crate::plan::testing::{Made, record, text, union};
    use crate::schema::Shape;

    #[test]
    fn recursion_is_boxed_where_a_value_may_be_missing() {
        let mut made = Made::default();
        let (a, b) = (made.reserve("A"), made.reserve("B"));
        made.define(a, record(&[("b", Shape::Ref(b)), ("list", Shape::Array(Box::new(Shape::Ref(a))))]));
        made.define(b, record(&[("a?", Shape::Ref(a)), ("self", union(&[Shape::Ref(b), Shape::Null]))]));
        assert_eq!(
            made.sketch(),
            [
                "struct A { b: Required B, list: Required Vec<A> }",
                "struct B { a: Optional Box<A>, self_: Nullable Box<B> }",
            ]
        );
    }

    #[test]
    fn recursion_that_cannot_end_is_boxed_too() {
        let mut made = Made::default();
        let a = made.reserve("A");
        made.define(a, record(&[("a", Shape::Ref(a))]));
        assert_eq!(made.sketch(), ["struct A { a: Required Box<A> }"]);
    }

    #[test]
    fn unions_box_what_holds_them_and_what_is_large() {
        let mut made = Made::default();
        let large: Vec<(String, Shape)> = (0..12).map(|at| (format!("f{at}"), Shape::String)).collect();
        let large: Vec<(&str, Shape)> = large.iter().map(|(name, shape)| (name.as_str(), shape.clone())).collect();
        let node = made.reserve("Node");
        let big = made.declare("Big", record(&[&large[..], &[("t", text("big"))]].concat()));
        let leaf = made.declare("Leaf", record(&[("t", text("leaf")), ("next", Shape::Ref(node))]));
        made.define(node, union(&[Shape::Ref(big), Shape::Ref(leaf)]));
        assert_eq!(made.sketch()[0], "tagged Node by t Big(Box<Big>) | Leaf(Box<Leaf>)");
    }
}
