//! Which type parameters the fields of generic declarations hold.

use crate::model::DefId;
use crate::schema::{Schema, Shape};
use std::collections::{BTreeMap, BTreeSet};

/// The parameters of generic declarations that stand in their bodies, or in those of others that they are handed to.
pub(super) fn held_params(schema: &Schema) -> BTreeMap<DefId, BTreeSet<usize>> {
    let mut held: BTreeMap<DefId, BTreeSet<usize>> = BTreeMap::new();
    let mut changed = true;
    while changed {
        changed = false;
        for (def, shape) in &schema.generics {
            let mut found = BTreeSet::new();
            add_held(shape, &held, &mut found);
            changed |= held.get(def).map_or(0, BTreeSet::len) < found.len();
            held.insert(*def, found);
        }
    }
    held
}

fn add_held(shape: &Shape, held: &BTreeMap<DefId, BTreeSet<usize>>, found: &mut BTreeSet<usize>) {
    match shape {
        Shape::Param(index) => {
            found.insert(*index);
        }
        Shape::GenericRef(def, args) => {
            let known = held.get(def);
            let handed = args.iter().enumerate().filter(|(place, _)| known.is_some_and(|known| known.contains(place)));
            handed.for_each(|(_, arg)| add_held(arg, held, found));
        }
        Shape::Array(item) => add_held(item, held, found),
        Shape::Tuple(places) => places.iter().for_each(|place| add_held(&place.shape, held, found)),
        Shape::Union(arms) => arms.iter().for_each(|arm| add_held(arm, held, found)),
        Shape::Record(record) => {
            record.properties.iter().for_each(|property| add_held(&property.shape, held, found));
            record.indexes.iter().for_each(|index| add_held(&index.value, held, found));
        }
        _ => {}
    }
}
