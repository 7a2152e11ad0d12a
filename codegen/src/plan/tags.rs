//! Finds the property that tells the arms of a union apart.

use super::planner::Planner;
use crate::schema::{LiteralShape, Record, Schema, Shape, literal_set, unique};

/// A property that tells arms apart.
#[derive(Clone, Debug)]
pub(super) struct Tag<'s> {
    /// Its name.
    pub name: String,
    /// For each arm, its values.
    pub arms: Vec<TagValues<'s>>,
}

/// The values of a tag in one arm.
#[derive(Clone, Debug)]
pub(super) struct TagValues<'s> {
    /// The literals.
    pub literals: Vec<&'s LiteralShape>,
    /// Whether it may be absent.
    pub absent: bool,
    /// Whether it must be, and the arm says so (`type?: never`).
    pub forbidden: bool,
}

impl Tag<'_> {
    /// How many different values there are.
    fn distinct(&self) -> usize {
        unique(self.arms.iter().flat_map(|arm| arm.literals.iter().copied())).len()
    }

    /// Whether no value stands in two arms.
    fn is_disjoint(&self) -> bool {
        self.arms.iter().map(|arm| arm.literals.len()).sum::<usize>() == self.distinct()
    }

    /// Whether every arm is sure to have it.
    fn is_everywhere(&self) -> bool {
        self.arms.iter().all(|arm| !arm.absent)
    }

    /// Whether it tells arms apart: no value is in all arms that have any, and at most one arm may lack it.
    fn is_useful(&self, records: &[&Record]) -> bool {
        let bearing: Vec<&TagValues<'_>> = self.arms.iter().filter(|arm| !arm.literals.is_empty()).collect();
        let lacking = self.arms.iter().zip(records).filter(|(arm, _)| arm.absent);
        // An arm that takes any key may have the tag's key for a purpose of its own.
        let loose = lacking.clone().any(|(arm, record)| arm.literals.is_empty() && !record.indexes.is_empty());
        let first = match bearing.as_slice() {
            [one] if self.arms.iter().any(|arm| arm.forbidden) => return !one.absent && lacking.count() == 1,
            [first, _, ..] => first,
            _ => return false,
        };
        let everywhere = |literal: &&LiteralShape| bearing.iter().all(|arm| arm.literals.contains(literal));
        !first.literals.iter().any(everywhere) && lacking.count() <= 1 && !loose
    }
}

impl<'a> Planner<'a> {
    /// The property that tells arms apart best: one that all arms have before others, for its unknown values are sure to
    /// be unknown arms; then one that has no value twice, then that with the most values, of equal ones the first declared. `spent` are those that were used by the unions around.
    pub(super) fn find_tag<'s>(&self, shapes: &[&'s Shape], spent: &[String]) -> Option<Tag<'s>>
    where
        'a: 's,
    {
        let schema: &'s Schema = self.input.schema;
        let mut records: Vec<&'s Record> = Vec::with_capacity(shapes.len());
        for shape in shapes {
            match schema.resolve(shape) {
                Shape::Record(record) => records.push(record),
                _ => return None,
            }
        }
        let mut names: Vec<&str> = Vec::new();
        // A property of a useful tag is in all arms but one, so that the first two have them all.
        for property in records.iter().take(2).flat_map(|record| &record.properties) {
            if !names.contains(&property.name.as_str()) && !spent.contains(&property.name) {
                names.push(&property.name);
            }
        }
        let mut best: Option<((bool, bool, usize), Tag<'s>)> = None;
        for name in names {
            let Some(tag) = tag_values(schema, name, &records) else { continue };
            let rank = (tag.is_everywhere(), tag.is_disjoint(), tag.distinct());
            if tag.is_useful(&records) && best.as_ref().is_none_or(|(most, _)| rank > *most) {
                best = Some((rank, tag));
            }
        }
        best.map(|(_, tag)| tag)
    }
}

fn tag_values<'s>(schema: &'s Schema, name: &str, records: &[&'s Record]) -> Option<Tag<'s>> {
    let mut arms = Vec::with_capacity(records.len());
    for record in records {
        arms.push(match record.property(name) {
            None => TagValues { literals: Vec::new(), absent: true, forbidden: false },
            Some(property) if property.optional && matches!(property.shape, Shape::Never) => {
                TagValues { literals: Vec::new(), absent: true, forbidden: true }
            }
            Some(property) => TagValues {
                literals: literal_set(schema, &property.shape)?,
                absent: property.optional,
                forbidden: false,
            },
        });
    }
    Some(Tag { name: name.to_owned(), arms })
}
