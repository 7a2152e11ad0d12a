//! How large types are, about: exact figures would bind us to a machine.

use super::boxing::{each_held, head, path_of, places};
use super::planner::Placed;
use crate::rust::{Arity, RustIdent, RustItem, RustPath, RustTy};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Payloads above this size, in bytes, are boxed: clippy's `large_enum_variant` finds the difference between two arms
/// too large from here on, and a value of the enum is moved at each step of decoding.
pub(super) const LARGE_PAYLOAD: usize = 200;

/// Structs above this size have their large fields boxed. What holds many optional objects that hold many optional
/// objects would else take megabytes, which no stack has, for a document of a few bytes.
const HUGE_STRUCT: usize = 4096;

/// Fields of huge structs above this size are boxed.
pub(super) const LARGE_FIELD: usize = 128;

/// The sizes of items.
pub(super) struct Sizes<'i> {
    items: BTreeMap<RustPath, &'i RustItem>,
    plain: BTreeMap<RustPath, usize>,
    /// Those of generic items, by the sizes of their arguments.
    generic: RefCell<BTreeMap<(RustPath, Vec<usize>), usize>>,
}

impl<'i> Sizes<'i> {
    /// Items that are not generic are measured once, those that they hold before them.
    pub(super) fn new(items: &'i [Placed]) -> Self {
        let by_path: BTreeMap<RustPath, &RustItem> =
            items.iter().filter_map(|placed| path_of(placed).map(|path| (path, &placed.item))).collect();
        let mut sizes = Self { items: by_path, plain: BTreeMap::new(), generic: RefCell::default() };
        let paths: Vec<RustPath> = sizes.items.keys().cloned().collect();
        for path in paths {
            sizes.measure(path);
        }
        sizes
    }

    /// Whether a struct is huge as long as its fields stand in it by value.
    pub(super) fn is_huge(&self, item: &RustItem) -> bool {
        let fields = types(item).into_iter().map(|ty| self.of(ty, &[], 0));
        sum(fields).saturating_add(overhead(item)) > HUGE_STRUCT
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

    pub(super) fn of(&self, ty: &RustTy, params: &[(RustIdent, usize)], depth: usize) -> usize {
        match ty {
            RustTy::Bool | RustTy::BoolLiteral(_) | RustTy::Null => 1,
            RustTy::Float | RustTy::Int(_) | RustTy::UnixMillis | RustTy::UnixSeconds | RustTy::Box(_) => 8,
            RustTy::String | RustTy::Vec(_) | RustTy::Map(_) => 24,
            RustTy::Json | RustTy::NonNull | RustTy::JsonMap | RustTy::MapAlias(_) => 32,
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
        if names.is_empty() {
            // Only in a circle is it not measured yet.
            return 24;
        }
        let sizes: Vec<usize> = args.iter().map(|arg| self.of(arg, params, depth + 1)).collect();
        let key = (path.clone(), sizes);
        if let Some(size) = self.generic.borrow().get(&key) {
            return *size;
        }
        let own: Vec<(RustIdent, usize)> = names.iter().cloned().zip(key.1.iter().copied()).collect();
        let size = self.item(item, &own, depth + 1);
        self.generic.borrow_mut().insert(key, size);
        size
    }

    fn item(&self, item: &RustItem, params: &[(RustIdent, usize)], depth: usize) -> usize {
        let sizes = types(item).into_iter().map(|ty| self.of(ty, params, depth));
        match item {
            RustItem::Struct(_) => {
                let sizes: Vec<usize> = sizes.collect();
                let boxed = |size: usize| if size > LARGE_FIELD { 16 } else { size };
                let whole = sum(sizes.iter().copied()).saturating_add(overhead(item));
                // The large fields of a huge struct will be boxed.
                if whole > HUGE_STRUCT {
                    sum(sizes.into_iter().map(boxed)).saturating_add(overhead(item))
                } else {
                    whole
                }
            }
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

/// What a struct takes beside its fields.
fn overhead(item: &RustItem) -> usize {
    match item {
        RustItem::Struct(item) => 4 * item.members.len() + 24,
        _ => 0,
    }
}

/// The types that an item holds by value: those of a rest place stand in a list.
fn types(item: &RustItem) -> Vec<&RustTy> {
    match item {
        RustItem::Tuple(item) => {
            item.places.iter().filter(|place| place.arity != Arity::Rest).map(|place| &place.ty).collect()
        }
        RustItem::Alias(item) => vec![&item.ty],
        other => places(other),
    }
}

/// The sum of sizes: a type that holds two of another, which holds two of a third, and so on, outgrows every number.
fn sum(sizes: impl Iterator<Item = usize>) -> usize {
    sizes.fold(0, usize::saturating_add)
}
