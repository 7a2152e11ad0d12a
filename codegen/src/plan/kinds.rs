//! The kinds of JSON values that shapes admit.

use crate::model::Literal;
use crate::rust::JsonKind;
use crate::schema::{Schema, Shape};

/// How many shapes are looked at before all kinds are taken for possible.
const BUDGET: usize = 10_000;

/// The kinds of JSON values that a shape admits.
pub(super) fn kinds(schema: &Schema, shape: &Shape) -> Vec<JsonKind> {
    use JsonKind::{Array, Bool, Null, Number, Object, String};
    let mut kinds = Vec::new();
    let mut stack = vec![shape];
    let mut budget = BUDGET;
    while let Some(shape) = stack.pop()
        && budget > 0
    {
        budget -= 1;
        match schema.resolve(shape) {
            Shape::Null | Shape::Undefined => kinds.push(Null),
            Shape::NonNull(_) => kinds.extend([Bool, Number, String, Array, Object]),
            Shape::Boolean => kinds.push(Bool),
            Shape::Number => kinds.push(Number),
            Shape::String | Shape::OpenString | Shape::Template(_) | Shape::Library(_) => kinds.push(String),
            Shape::Array(_) | Shape::Tuple(_) => kinds.push(Array),
            Shape::Record(_) | Shape::GenericRef(..) => kinds.push(Object),
            Shape::Literal(literal) => kinds.push(literal_kind(&literal.value)),
            Shape::Enum(members) => kinds.extend(members.iter().map(|member| literal_kind(&member.value))),
            Shape::Union(arms) => stack.extend(arms),
            Shape::Any(_) | Shape::Never | Shape::Param(_) | Shape::NotData(_) | Shape::Ref(_) => {
                kinds.extend([Null, Bool, Number, String, Array, Object]);
            }
        }
    }
    kinds.sort();
    kinds.dedup();
    kinds
}

/// Whether no document is of a kind of both, `null` aside, which is no kind that tells arms apart.
pub(super) fn are_disjoint(left: &[JsonKind], right: &[JsonKind]) -> bool {
    !left.iter().any(|kind| *kind != JsonKind::Null && right.contains(kind))
}

fn literal_kind(value: &Literal) -> JsonKind {
    match value {
        Literal::String(_) => JsonKind::String,
        Literal::Number(_) | Literal::BigInt(_) => JsonKind::Number,
        Literal::Boolean(_) => JsonKind::Bool,
    }
}
