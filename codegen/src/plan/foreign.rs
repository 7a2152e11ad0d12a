//! Values that belong to another arm of a union that no property tells apart.

use super::arms::Group;
use super::planner::Planner;
use super::site::Site;
use crate::rust::Foreign;
use crate::schema::{LiteralShape, Property, Record, Schema, Shape, literal_set};

/// How many keys may lead to such a value.
const DEPTH: usize = 4;

/// How many such values an arm has at most: each is looked for in every document of the union.
const MOST: usize = 64;

impl Planner<'_> {
    /// The values that are another arm's and that this one, whose enum is open, would take for unknown: of
    /// `{ type?: 'array', items: X } | { type?: 'string' | 'number' }` the second must not take a broken array.
    pub(super) fn foreign(&self, arm: &Group<'_>, groups: &[Group<'_>], site: &Site) -> Vec<Foreign> {
        let schema = self.input.schema;
        // How keys below are spelled is up to rows that mean the types there.
        let depth = if site.case.is_some() { 1 } else { DEPTH };
        let mut search = Search { schema, found: Vec::new(), path: Vec::new() };
        match arm {
            Group::Objects(shapes) => {
                let [one] = shapes.as_slice() else { return Vec::new() };
                let Shape::Record(own) = schema.resolve(one) else { return Vec::new() };
                let own: &Record = own;
                for other in object_arms(schema, groups).into_iter().filter(|other| !std::ptr::eq(*other, own)) {
                    // A document of one that a literal tells apart is refused by that.
                    let depth = if are_told_apart(schema, own, other) { 1 } else { depth };
                    search.compare(&[own], &[other], depth);
                }
            }
            Group::Array(list) => {
                let others = groups.iter().filter_map(|group| match group {
                    Group::Array(other) if !std::ptr::eq(*other, *list) => Some(*other),
                    _ => None,
                });
                let Some(own) = records(schema, &[*list]) else { return Vec::new() };
                for other in others {
                    search.compare(&own, &records(schema, &[other]).unwrap_or_default(), depth);
                }
            }
            _ => {}
        }
        for key in search.found.iter_mut().flat_map(|foreign| &mut foreign.path) {
            *key = self.cased_key(key, site);
        }
        search.found
    }
}

struct Search<'s> {
    schema: &'s Schema,
    found: Vec<Foreign>,
    path: Vec<String>,
}

impl<'s> Search<'s> {
    /// Looks for values that stand in others where a property of all own records lists only different ones.
    fn compare(&mut self, own: &[&'s Record], others: &[&'s Record], depth: usize) {
        if depth == 0 || self.found.len() >= MOST {
            return;
        }
        let Some((first, rest)) = own.split_first() else { return };
        for property in &first.properties {
            let same: Option<Vec<&Property>> = rest.iter().map(|record| record.property(&property.name)).collect();
            let Some(mut same) = same else { continue };
            same.push(property);
            let theirs: Vec<&Property> = others.iter().filter_map(|record| record.property(&property.name)).collect();
            if !theirs.is_empty() {
                self.path.push(property.key.clone().unwrap_or_else(|| property.name.clone()));
                self.values(&shapes(&same), &shapes(&theirs), own.len() > 1, depth);
                self.path.pop();
            }
        }
    }

    /// `several`: records of several kinds hold the property, so that one value each is a list of values too.
    fn values(&mut self, own: &[&'s Shape], theirs: &[&'s Shape], several: bool, depth: usize) {
        let known: Option<Vec<_>> = own.iter().map(|shape| literals_beside_null(self.schema, shape)).collect();
        if let Some(known) = known.map(|known| known.concat()) {
            if known.len() < 2 && !several {
                return;
            }
            for literal in theirs.iter().filter_map(|shape| literals_beside_null(self.schema, shape)).flatten() {
                let foreign = Foreign { path: self.path.clone(), value: literal.value.clone() };
                if !known.contains(&literal) && !self.found.contains(&foreign) && self.found.len() < MOST {
                    self.found.push(foreign);
                }
            }
        } else if depth > 1
            && let (Some(own), Some(theirs)) = (records(self.schema, own), some_records(self.schema, theirs))
        {
            self.compare(&own, &theirs, depth - 1);
        }
    }
}

fn shapes<'s>(properties: &[&'s Property]) -> Vec<&'s Shape> {
    properties.iter().map(|property| &property.shape).collect()
}

/// Whether both list values for a property that is always there, and have none in common.
fn are_told_apart(schema: &Schema, own: &Record, other: &Record) -> bool {
    other.properties.iter().filter(|property| !property.optional).any(|property| {
        let own = own.property(&property.name).and_then(|own| literals_beside_null(schema, &own.shape));
        let other = literal_set(schema, &property.shape);
        own.zip(other).is_some_and(|(own, other)| !own.is_empty() && !other.iter().any(|value| own.contains(value)))
    })
}

/// The objects among the arms.
fn object_arms<'s>(schema: &'s Schema, groups: &[Group<'s>]) -> Vec<&'s Record> {
    let objects = groups.iter().filter_map(|group| match group {
        Group::Objects(shapes) => Some(shapes),
        _ => None,
    });
    let resolved = objects.flatten().map(|shape| schema.resolve(shape));
    resolved.filter_map(|shape| if let Shape::Record(record) = shape { Some(&**record) } else { None }).collect()
}

/// The records that shapes are, or are lists of, where they are no other objects.
fn records<'s>(schema: &'s Schema, shapes: &[&'s Shape]) -> Option<Vec<&'s Record>> {
    let (records, all) = reach(schema, shapes);
    (all && !records.is_empty()).then_some(records)
}

/// The same, whatever else they are.
fn some_records<'s>(schema: &'s Schema, shapes: &[&'s Shape]) -> Option<Vec<&'s Record>> {
    let (records, _) = reach(schema, shapes);
    (!records.is_empty()).then_some(records)
}

/// The records that shapes are or are lists of, and whether those are all that a key can be looked for in.
fn reach<'s>(schema: &'s Schema, shapes: &[&'s Shape]) -> (Vec<&'s Record>, bool) {
    let mut records: Vec<&Record> = Vec::new();
    let mut all = true;
    let mut stack: Vec<&Shape> = shapes.to_vec();
    let mut budget = 1_000_usize;
    while let Some(shape) = stack.pop() {
        let Some(left) = budget.checked_sub(1) else { return (records, false) };
        budget = left;
        match schema.resolve(shape) {
            Shape::Record(record) if record.indexes.is_empty() => {
                let record: &Record = record;
                if !records.iter().any(|known| std::ptr::eq(*known, record)) {
                    records.push(record);
                }
            }
            Shape::Array(item) => stack.push(item),
            Shape::Union(arms) => stack.extend(arms.iter().rev()),
            Shape::Any(_)
            | Shape::NonNull(_)
            | Shape::Record(_)
            | Shape::Tuple(_)
            | Shape::Param(_)
            | Shape::GenericRef(..)
            | Shape::Ref(_) => all = false,
            _ => {}
        }
    }
    (records, all)
}

/// The values of a property that admits literals only, `null` aside.
fn literals_beside_null<'s>(schema: &'s Schema, shape: &'s Shape) -> Option<Vec<&'s LiteralShape>> {
    let arms = match schema.resolve(shape) {
        Shape::Union(arms) => arms.as_slice(),
        _ => std::slice::from_ref(shape),
    };
    let present = arms.iter().filter(|arm| !matches!(schema.resolve(arm), Shape::Null));
    let sets: Option<Vec<_>> = present.map(|arm| literal_set(schema, arm)).collect();
    Some(sets?.into_iter().flatten().collect())
}
