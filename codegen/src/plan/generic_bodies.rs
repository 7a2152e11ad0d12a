//! Which declarations can stay generic in Rust, found for all of them together: each depends on those it refers to.

use super::planner::Planner;
use crate::model::DefId;
use crate::schema::{Record, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// A reference from one generic body to another declaration, and whether its arguments grow on the way.
struct Edge {
    target: DefId,
    grows: bool,
}

/// The declarations whose bodies are records in which the parameters only stand where any data may.
pub(super) fn known_generics(planner: &Planner<'_>) -> BTreeSet<DefId> {
    let mut bodies: BTreeMap<DefId, &Record> = BTreeMap::new();
    for (def, shape) in &planner.input.schema.generics {
        if let Shape::Record(record) = shape
            // A parameter that no field holds, or that is only handed on in a circle, has no place in a Rust struct.
            && planner.held.get(def).map_or(0, BTreeSet::len) == planner.def(*def).params.len()
            && !record.properties.is_empty()
        {
            bodies.insert(*def, record);
        }
    }
    for def in endless(&bodies) {
        bodies.remove(&def);
    }
    let mut known: BTreeSet<DefId> = bodies.keys().copied().collect();
    loop {
        let fits = |def: &DefId| values_of(bodies[def]).all(|shape| planner.fits(shape, &known));
        let fewer: BTreeSet<DefId> = known.iter().filter(|def| fits(def)).copied().collect();
        if fewer.len() == known.len() {
            return fewer;
        }
        known = fewer;
    }
}

/// Declarations that hold themselves with arguments that grow (`T<X>` holds `T<X[]>`): Rust would need another type for
/// each of them, without an end.
fn endless(bodies: &BTreeMap<DefId, &Record>) -> Vec<DefId> {
    let edges: BTreeMap<DefId, Vec<Edge>> = bodies.iter().map(|(def, record)| (*def, edges_of(record))).collect();
    let grows = |(def, out): &(&DefId, &Vec<Edge>)| {
        out.iter().any(|edge| edge.grows && (edge.target == **def || reaches(&edges, edge.target, **def)))
    };
    edges.iter().filter(grows).map(|(def, _)| *def).collect()
}

fn reaches(edges: &BTreeMap<DefId, Vec<Edge>>, from: DefId, to: DefId) -> bool {
    let mut seen = BTreeSet::from([from]);
    let mut stack = vec![from];
    while let Some(def) = stack.pop() {
        for edge in edges.get(&def).into_iter().flatten() {
            if edge.target == to {
                return true;
            }
            if seen.insert(edge.target) {
                stack.push(edge.target);
            }
        }
    }
    false
}

/// The references in a body to other generic declarations.
fn edges_of(record: &Record) -> Vec<Edge> {
    let mut edges = Vec::new();
    let mut stack: Vec<&Shape> = values_of(record).collect();
    while let Some(shape) = stack.pop() {
        if let Shape::GenericRef(target, args) = shape {
            let grows = args.iter().any(|arg| !matches!(arg, Shape::Param(_)) && !used_in(&[arg]).is_empty());
            edges.push(Edge { target: *target, grows });
        }
        stack.extend(inside(shape));
    }
    edges
}

/// What a record's properties and other keys hold.
pub(super) fn values_of(record: &Record) -> impl Iterator<Item = &Shape> {
    let properties = record.properties.iter().map(|property| &property.shape);
    properties.chain(record.indexes.iter().map(|index| &index.value))
}

/// The shapes right inside a shape, references not followed.
pub(super) fn inside(shape: &Shape) -> Vec<&Shape> {
    match shape {
        Shape::Array(inner) => vec![inner],
        Shape::Tuple(places) => places.iter().map(|place| &place.shape).collect(),
        Shape::Union(arms) | Shape::GenericRef(_, arms) => arms.iter().collect(),
        Shape::Record(record) => values_of(record).collect(),
        _ => Vec::new(),
    }
}

/// The parameters that a record's properties mention.
pub(super) fn used_params(record: &Record) -> BTreeSet<usize> {
    used_in(&values_of(record).collect::<Vec<_>>())
}

/// The parameters that shapes mention.
pub(super) fn used_in(shapes: &[&Shape]) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    let mut stack: Vec<&Shape> = shapes.to_vec();
    while let Some(shape) = stack.pop() {
        if let Shape::Param(index) = shape {
            used.insert(*index);
        }
        stack.extend(inside(shape));
    }
    used
}
