//! Instances that were told apart by their types and turned out the same.
//!
//! Arguments that are no data look alike, though a declaration may look inside them, so such instances are made one by
//! one. Those that hold the same in the end are one type: all are taken to be so first, and told apart until what they
//! hold, the others put in, is the same in each class.

use super::drafts::Draft;
use super::fingerprint::fingerprint;
use crate::model::DefId;
use crate::schema::{InstanceId, Shape};
use indexmap::IndexMap;

/// Whether a shape says less than the type that it is made of.
pub(super) fn hides(shape: &Shape) -> bool {
    match shape {
        Shape::NotData(_) | Shape::Any(_) | Shape::NonNull(_) => true,
        Shape::Array(item) => hides(item),
        Shape::Tuple(places) => places.iter().any(|place| hides(&place.shape)),
        Shape::Union(arms) | Shape::GenericRef(_, arms) => arms.iter().any(hides),
        Shape::Record(record) => {
            record.properties.iter().any(|property| hides(&property.shape))
                || record.indexes.iter().any(|index| hides(&index.value))
        }
        _ => false,
    }
}

/// Keeps one of instances that are the same; answers the new handle of each old one.
pub(super) fn merge_twins(drafts: &mut Vec<Draft>) -> Vec<InstanceId> {
    let classes = classes(drafts);
    let mut ids = Vec::with_capacity(drafts.len());
    let mut kept = 0;
    for (place, class) in classes.iter().enumerate() {
        // The first of a class stands for it.
        ids.push(if *class == place { InstanceId(kept) } else { ids[*class] });
        kept += u32::from(*class == place);
    }
    let mut place = 0;
    drafts.retain(|_| {
        place += 1;
        classes[place - 1] == place - 1
    });
    for draft in drafts.iter_mut() {
        draft.args.iter_mut().chain([&mut draft.shape]).for_each(|shape| renumber(shape, &ids));
    }
    ids
}

/// The first instance of the class of each.
fn classes(drafts: &[Draft]) -> Vec<usize> {
    let mut first: IndexMap<DefId, usize> = IndexMap::new();
    let mut classes = Vec::with_capacity(drafts.len());
    for (place, draft) in drafts.iter().enumerate() {
        let may_have_twin = draft.is_declared() && !draft.args.is_empty();
        classes.push(if may_have_twin { *first.entry(draft.def).or_insert(place) } else { place });
    }
    loop {
        let ids: Vec<InstanceId> = classes.iter().map(|class| InstanceId(*class as u32)).collect();
        let mut sizes = vec![0_u32; drafts.len()];
        classes.iter().for_each(|class| sizes[*class] += 1);
        let mut first: IndexMap<(usize, String), usize> = IndexMap::new();
        let mut next = Vec::with_capacity(drafts.len());
        for (place, draft) in drafts.iter().enumerate() {
            let class = classes[place];
            next.push(match sizes[class] {
                1 => place,
                _ => *first.entry((class, content(draft, &ids))).or_insert(place),
            });
        }
        if next == classes {
            return classes;
        }
        classes = next;
    }
}

/// A text of what an instance is and holds, classes in the place of instances.
fn content(draft: &Draft, ids: &[InstanceId]) -> String {
    let mut text = String::new();
    for shape in draft.args.iter().chain([&draft.shape]) {
        let mut shape = shape.clone();
        renumber(&mut shape, ids);
        text.push_str(&fingerprint(&shape));
        text.push(';');
    }
    text
}

/// Puts new handles in the place of old ones.
pub(super) fn renumber(shape: &mut Shape, ids: &[InstanceId]) {
    match shape {
        Shape::Ref(id) => *id = ids[id.0 as usize],
        Shape::Array(item) => renumber(item, ids),
        Shape::Tuple(places) => places.iter_mut().for_each(|place| renumber(&mut place.shape, ids)),
        Shape::Union(arms) | Shape::GenericRef(_, arms) => arms.iter_mut().for_each(|arm| renumber(arm, ids)),
        Shape::Record(record) => {
            record.properties.iter_mut().for_each(|property| renumber(&mut property.shape, ids));
            record.indexes.iter_mut().for_each(|index| renumber(&mut index.value, ids));
        }
        _ => {}
    }
}
