//! What must be behind a pointer: types that hold themselves by value, payloads of enums that are large, and what is
//! large in structs that would be huge.

use super::planner::Placed;
use super::sizes::{LARGE_FIELD, LARGE_PAYLOAD, Sizes};
use crate::rust::{Arity, ItemHead, Presence, RustItem, RustMember, RustPath, RustTy};
use std::collections::{BTreeMap, BTreeSet};

/// Boxes what must be boxed.
pub(super) fn box_items(items: &mut [Placed]) {
    box_cycles(items);
    let large = large_places(items);
    for (placed, large) in items.iter_mut().zip(large) {
        for (ty, large) in places_mut(&mut placed.item).into_iter().zip(large) {
            if large {
                box_value(ty);
            }
        }
    }
}

/// Which payloads and fields of each item are too large to stand there by value.
fn large_places(items: &[Placed]) -> Vec<Vec<bool>> {
    let sizes = Sizes::new(items);
    let large = |item: &RustItem| {
        let limit = match item {
            RustItem::Struct(_) if !sizes.is_huge(item) => return Vec::new(),
            RustItem::Struct(_) => LARGE_FIELD,
            _ => LARGE_PAYLOAD,
        };
        places(item).into_iter().map(|ty| sizes.of(ty, &[], 0) > limit).collect()
    };
    items.iter().map(|placed| large(&placed.item)).collect()
}

/// Puts a type behind a pointer; of one that may be null, the value.
fn box_value(ty: &mut RustTy) {
    match ty {
        RustTy::Box(_) => {}
        RustTy::Option(inner) => box_value(inner),
        other => {
            let inner = std::mem::replace(other, RustTy::Null);
            *other = RustTy::Box(Box::new(inner));
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
pub(super) fn each_held(ty: &RustTy, call: &mut dyn FnMut(&RustPath)) {
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

/// The fields of a struct, the payloads of an enum.
fn places_mut(item: &mut RustItem) -> Vec<&mut RustTy> {
    match item {
        RustItem::Struct(item) => item
            .members
            .iter_mut()
            .filter_map(|member| match member {
                RustMember::Field(field) => Some(&mut field.ty),
                _ => None,
            })
            .collect(),
        other => payloads_mut(other),
    }
}

/// The same, to look at.
pub(super) fn places(item: &RustItem) -> Vec<&RustTy> {
    match item {
        RustItem::Struct(item) => item
            .members
            .iter()
            .filter_map(|member| match member {
                RustMember::Field(field) => Some(&field.ty),
                _ => None,
            })
            .collect(),
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

pub(super) fn path_of(placed: &Placed) -> Option<RustPath> {
    head(&placed.item).map(|head| RustPath { modules: placed.module.clone(), name: head.name.clone() })
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
    fn huge_structs_box_what_is_large_in_them() {
        let mut made = Made::default();
        let texts: Vec<(String, Shape)> = (0..50).map(|at| (format!("f{at}"), Shape::String)).collect();
        let texts: Vec<(&str, Shape)> = texts.iter().map(|(name, shape)| (name.as_str(), shape.clone())).collect();
        let large = made.declare("Large", record(&texts));
        let three = [("a?", Shape::Ref(large)), ("b", Shape::Ref(large)), ("c", Shape::String)];
        made.declare("Three", record(&three));
        let or_null = ("d", union(&[Shape::Ref(large), Shape::Null]));
        made.declare("Four", record(&[&three[..], &[or_null]].concat()));
        let sketch = made.sketch();
        assert_eq!(sketch[1], "struct Three { a: Optional Large, b: Required Large, c: Required String }");
        assert_eq!(
            sketch[2],
            "struct Four { a: Optional Box<Large>, b: Required Box<Large>, c: Required String, d: Nullable Box<Large> }"
        );
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
