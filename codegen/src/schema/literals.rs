//! The literals that a shape is made of.

use super::{LiteralShape, Schema, Shape};
use crate::model::Literal;
use std::collections::BTreeSet;

/// The values of a shape, where it admits literals only; of equal ones the first.
pub fn literal_set<'s>(schema: &'s Schema, shape: &'s Shape) -> Option<Vec<&'s LiteralShape>> {
    let mut literals: Vec<&LiteralShape> = Vec::new();
    let mut seen: BTreeSet<&Literal> = BTreeSet::new();
    let mut add = |literal: &'s LiteralShape| {
        if seen.insert(&literal.value) {
            literals.push(literal);
        }
    };
    let mut stack = vec![shape];
    let mut budget = schema.instances.len() + 1;
    while let Some(shape) = stack.pop() {
        match shape {
            Shape::Ref(id) => {
                budget = budget.checked_sub(1)?;
                stack.push(&schema.instance(*id).shape);
            }
            Shape::Literal(literal) => add(literal),
            Shape::Enum(members) => members.iter().for_each(&mut add),
            Shape::Union(arms) => stack.extend(arms.iter().rev()),
            Shape::Boolean => [&TRUE, &FALSE].into_iter().for_each(&mut add),
            _ => return None,
        }
    }
    (!literals.is_empty()).then_some(literals)
}

static TRUE: LiteralShape = LiteralShape { value: Literal::Boolean(true), name: None, doc: None };
static FALSE: LiteralShape = LiteralShape { value: Literal::Boolean(false), name: None, doc: None };

/// The literals of arms that are literals; of equal ones the first.
pub fn literals_of<'s>(schema: &'s Schema, shapes: &[&'s Shape]) -> Vec<&'s LiteralShape> {
    unique(shapes.iter().filter_map(|shape| literal_set(schema, shape)).flatten())
}

/// Of equal literals the first.
pub fn unique<'s>(literals: impl Iterator<Item = &'s LiteralShape>) -> Vec<&'s LiteralShape> {
    let mut seen: BTreeSet<&Literal> = BTreeSet::new();
    literals.filter(|literal| seen.insert(&literal.value)).collect()
}
