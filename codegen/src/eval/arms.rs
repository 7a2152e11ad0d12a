//! Unions, as shapes.

use super::convert::Convert;
use super::ty::{Kind, TypeId};
use crate::model::Literal;
use crate::schema::Shape;
use indexmap::IndexMap;

impl Convert<'_> {
    /// A union. A branded or open string beside literals leaves them visible; a branded number says no more there than that
    /// others may come, which enums of numbers admit in any case.
    pub(super) fn union_of(&mut self, arms: &[TypeId]) -> Shape {
        if arms.iter().any(|arm| matches!(self.cx.kind(*arm), Kind::Param(_))) {
            self.stuck = true;
        }
        let mut shapes = Vec::with_capacity(arms.len());
        for arm in arms {
            let behind = if self.cx.facts(*arm).open { *arm } else { self.cx.shallow(*arm) };
            match self.cx.kind(behind).clone() {
                Kind::OpenString if self.has_literals(arms, false) => shapes.push(Shape::OpenString),
                Kind::OpenNumber if self.has_literals(arms, true) => {}
                _ => shapes.push(self.shape(*arm)),
            }
        }
        union(shapes)
    }

    /// Whether literals are among the arms of a union: numbers, or texts and patterns of texts.
    fn has_literals(&mut self, arms: &[TypeId], numbers: bool) -> bool {
        let arms: Vec<TypeId> = arms.iter().flat_map(|arm| self.cx.unit_arms(*arm)).collect();
        arms.into_iter().any(|arm| match self.cx.value_of(arm) {
            Some(Literal::Number(_)) => numbers,
            Some(Literal::String(_)) => !numbers,
            _ => !numbers && matches!(self.cx.kind(arm), Kind::Template(..)),
        })
    }
}

/// A union of shapes: flat, no arm twice; an untyped arm takes the others in, and so does `{}` but for `null`.
pub(super) fn union(arms: Vec<Shape>) -> Shape {
    let mut flat: IndexMap<String, Shape> = IndexMap::with_capacity(arms.len());
    let mut stack: Vec<Shape> = arms.into_iter().rev().collect();
    while let Some(arm) = stack.pop() {
        match arm {
            Shape::Union(inner) => stack.extend(inner.into_iter().rev()),
            Shape::Never => {}
            Shape::Any(why) => return Shape::Any(why),
            arm => {
                flat.entry(super::fingerprint::fingerprint(&arm)).or_insert(arm);
            }
        }
    }
    let present = flat.values().find_map(|arm| if let Shape::NonNull(why) = arm { Some(*why) } else { None });
    if let Some(why) = present {
        if flat.values().any(|arm| matches!(arm, Shape::Null)) {
            return Shape::Any(why);
        }
        // A reference may still be `null`, which is known when it is looked into.
        flat.retain(|_, arm| match arm {
            Shape::NonNull(other) => *other == why,
            other => matches!(other, Shape::Undefined | Shape::Ref(_)),
        });
    }
    // The empty list is a list of anything.
    if flat.values().any(|arm| matches!(arm, Shape::Array(_))) {
        flat.retain(|_, arm| !matches!(arm, Shape::Tuple(places) if places.is_empty()));
    }
    match flat.len() {
        0 => Shape::Never,
        1 => flat.swap_remove_index(0).expect("there is one").1,
        _ => Shape::Union(flat.into_values().collect()),
    }
}
