//! Takes what is no data out of the shapes, and notes it.
//!
//! Whether a type is data depends on the types of its properties, which may be itself again: so all instances are
//! looked at together until nothing changes any more.

use super::arms::union;
use super::drafts::Draft;
use crate::model::DefId;
use crate::schema::{Fallback, NotData, NoteOutcome, Property, PropertyNote, Record, Shape};
use crate::source::Location;
use std::collections::BTreeSet;

/// How far a chain of references is followed for the reason why something is no data.
const CHAIN: usize = 32;

/// Why each instance is no data; `None` where it is.
///
/// All are taken for data first, so that a circle is: `{ next?: Node; run(): void }` holds nothing but itself.
pub(super) fn verdicts(drafts: &[Draft]) -> Vec<Option<NotData>> {
    let mut data = vec![true; drafts.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for (place, draft) in drafts.iter().enumerate().rev() {
            if data[place] && !is_data(&draft.shape, drafts, &data) {
                data[place] = false;
                changed = true;
            }
        }
    }
    let why = |(place, draft): (usize, &Draft)| (!data[place]).then(|| reason(&draft.shape, drafts, &data, 0));
    drafts.iter().enumerate().map(why).collect()
}

/// Whether some document can hold it, as far as is known.
fn is_data(shape: &Shape, drafts: &[Draft], data: &[bool]) -> bool {
    let inner = |shape: &Shape| is_data(shape, drafts, data);
    match shape {
        Shape::NotData(_) => false,
        Shape::Ref(id) => data[id.0 as usize],
        Shape::Array(item) => inner(item),
        Shape::Tuple(places) => places.iter().all(|place| inner(&place.shape)),
        Shape::Union(arms) => {
            let is_big = |arm: &Shape| !inner(arm) && reason(arm, drafts, data, 0) == NotData::BigInt;
            arms.iter().any(|arm| !is_nothing(arm) && inner(arm))
                || (arms.contains(&Shape::Null) && arms.iter().any(is_big))
        }
        Shape::Record(record) => {
            let is_empty = record.properties.is_empty() && record.indexes.is_empty();
            is_empty
                || record.properties.iter().any(|property| inner(&property.shape))
                || record.indexes.iter().any(|index| inner(&index.value))
        }
        _ => true,
    }
}

/// `null` and `undefined` beside a function do not make data of it. Beside a `bigint`, `null` is what documents hold.
fn is_nothing(shape: &Shape) -> bool {
    matches!(shape, Shape::Null | Shape::Undefined)
}

fn reason(shape: &Shape, drafts: &[Draft], data: &[bool], depth: usize) -> NotData {
    let inner = |shape: &Shape| reason(shape, drafts, data, depth + 1);
    match shape {
        _ if depth > CHAIN => NotData::Behaviour,
        Shape::NotData(why) => *why,
        Shape::Ref(id) => inner(&drafts[id.0 as usize].shape),
        Shape::Array(item) => inner(item),
        Shape::Tuple(places) => match places.iter().find(|place| !is_data(&place.shape, drafts, data)) {
            Some(place) => inner(&place.shape),
            None => NotData::Behaviour,
        },
        Shape::Union(arms) => match arms.iter().find(|arm| !is_nothing(arm)) {
            Some(arm) => inner(arm),
            None => NotData::NoValue,
        },
        Shape::Record(record) => {
            let mut reasons = record.properties.iter().map(|property| inner(&property.shape));
            match reasons.next() {
                // All that it would hold is a kind of value that no document holds.
                Some(why @ (NotData::BigInt | NotData::Symbol)) if reasons.all(|other| other == why) => why,
                _ => NotData::Behaviour,
            }
        }
        _ => NotData::Behaviour,
    }
}

/// The pruning of one declaration's body.
pub(super) struct Prune<'a> {
    /// Why each instance is no data.
    pub verdicts: &'a [Option<NotData>],
    /// Why each instance that has no entry of its own is untyped.
    pub erased: &'a [Option<Fallback>],
    /// Where methods stand.
    pub methods: &'a BTreeSet<Location>,
    /// The declaration whose body it is.
    pub def: DefId,
    /// Where it is declared.
    pub location: Location,
    /// What was found.
    pub notes: Vec<PropertyNote>,
}

/// Why instances are untyped that nothing but the properties of their type can tell of: those of generic declarations
/// and of types without one.
pub(super) fn erased(drafts: &[Draft]) -> Vec<Option<Fallback>> {
    let mut erased = vec![None; drafts.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for (place, draft) in drafts.iter().enumerate().rev().filter(|(_, draft)| !draft.is_whole()) {
            if erased[place].is_none() {
                erased[place] = untyped(&draft.shape, &erased);
                changed |= erased[place].is_some();
            }
        }
    }
    erased
}

impl Prune<'_> {
    /// The declaration's body without what is no data. An alias whose arms are not all data has no property to say so.
    pub fn body(&mut self, shape: Shape) -> Shape {
        let partly = self.drops_an_arm(&shape);
        let shape = self.shape(shape, "");
        if let (Some(why), false) = (partly, matches!(shape, Shape::NotData(_))) {
            let (path, outcome) = (String::new(), NoteOutcome::Skipped(why));
            self.notes.push(PropertyNote { path, kind: "arm", location: self.location, outcome });
        }
        shape
    }

    /// The shape without what is no data.
    fn shape(&mut self, shape: Shape, path: &str) -> Shape {
        match shape {
            Shape::Ref(id) => match self.verdicts[id.0 as usize] {
                Some(why) => Shape::NotData(why),
                None => Shape::Ref(id),
            },
            Shape::Array(item) => match self.shape(*item, path) {
                Shape::NotData(why) => Shape::NotData(why),
                item => Shape::Array(Box::new(item)),
            },
            Shape::Tuple(mut places) => {
                for place in &mut places {
                    let inner = std::mem::replace(&mut place.shape, Shape::Never);
                    place.shape = self.shape(inner, path);
                    if let Shape::NotData(why) = place.shape {
                        return Shape::NotData(why);
                    }
                }
                Shape::Tuple(places)
            }
            Shape::Union(arms) => self.union(arms, path),
            Shape::Record(record) => self.record(*record, path),
            other => other,
        }
    }

    fn union(&mut self, arms: Vec<Shape>, path: &str) -> Shape {
        let mut kept = Vec::with_capacity(arms.len());
        let mut dropped = Vec::new();
        for arm in arms {
            match self.shape(arm, path) {
                Shape::NotData(why) => dropped.push(why),
                arm => kept.push(arm),
            }
        }
        let only_null = kept.contains(&Shape::Null) && dropped.contains(&NotData::BigInt);
        match dropped.first() {
            Some(why) if kept.iter().all(is_nothing) && !only_null => Shape::NotData(*why),
            _ => union(kept),
        }
    }

    fn record(&mut self, record: Record, path: &str) -> Shape {
        let had_members = !record.properties.is_empty() || !record.indexes.is_empty();
        let mut kept = Record { class: record.class, ..Record::default() };
        for property in record.properties {
            let path = if path.is_empty() { property.name.clone() } else { format!("{path}.{}", property.name) };
            if let Some(property) = self.property(property, &path) {
                kept.properties.push(property);
            }
        }
        for mut index in record.indexes {
            index.value = self.shape(index.value, path);
            if !matches!(index.value, Shape::NotData(_)) {
                kept.indexes.push(index);
            }
        }
        if had_members && kept.properties.is_empty() && kept.indexes.is_empty() {
            return Shape::NotData(NotData::Behaviour);
        }
        Shape::Record(Box::new(kept))
    }

    fn property(&mut self, mut property: Property, path: &str) -> Option<Property> {
        let before = self.notes.len();
        let partly = self.drops_an_arm(&property.shape);
        property.shape = self.shape(property.shape, path);
        let outcome = match &property.shape {
            Shape::NotData(why) => {
                // It goes as a whole: what is inside goes with it.
                self.notes.truncate(before);
                Some(NoteOutcome::Skipped(*why))
            }
            shape => match untyped(shape, self.erased) {
                Some(why) => Some(NoteOutcome::Fallback(why)),
                None => partly.map(NoteOutcome::Skipped),
            },
        };
        let own = property.owner.is_none_or(|owner| owner == self.def);
        if let Some(outcome) = outcome
            && own
        {
            let kind = if self.methods.contains(&property.location) { "method" } else { "property" };
            self.notes.push(PropertyNote { path: path.to_owned(), kind, location: property.location, outcome });
        }
        (!matches!(property.shape, Shape::NotData(_))).then_some(property)
    }

    /// Why an arm of a union is left out, where the others stay. That no document holds a `bigint` is no loss beside
    /// what documents do hold.
    fn drops_an_arm(&self, shape: &Shape) -> Option<NotData> {
        let Shape::Union(arms) = shape else { return None };
        let why = arms.iter().find_map(|arm| match arm {
            Shape::NotData(why) => Some(*why),
            Shape::Ref(id) => self.verdicts[id.0 as usize],
            _ => None,
        });
        why.filter(|why| !matches!(why, NotData::BigInt | NotData::Symbol))
    }
}

/// Why a property is untyped, or what it lists is. `erased` says it of instances.
fn untyped(shape: &Shape, erased: &[Option<Fallback>]) -> Option<Fallback> {
    match shape {
        Shape::Any(why) | Shape::NonNull(why) => Some(*why),
        Shape::Ref(id) => erased.get(id.0 as usize).copied().flatten(),
        Shape::Array(item) => untyped(item, erased),
        Shape::Tuple(places) => places.iter().find_map(|place| untyped(&place.shape, erased)),
        Shape::Union(arms) => arms.iter().find_map(|arm| untyped(arm, erased)),
        Shape::Record(record) if record.properties.is_empty() => {
            record.indexes.iter().find_map(|index| untyped(&index.value, erased))
        }
        _ => None,
    }
}
