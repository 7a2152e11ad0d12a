//! Finds the property that tells the arms of a union apart.

use super::arms::literal_set;
use super::planner::Planner;
use crate::schema::{LiteralShape, Record, Schema, Shape};

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
}

impl Tag<'_> {
    /// How many different values there are.
    fn distinct(&self) -> usize {
        let mut seen: Vec<&LiteralShape> = Vec::new();
        for literal in self.arms.iter().flat_map(|arm| &arm.literals) {
            if !seen.contains(literal) {
                seen.push(literal);
            }
        }
        seen.len()
    }

    /// Whether it tells at least two arms apart, and leaves at most one without it.
    fn is_useful(&self, records: &[&Record]) -> bool {
        let bare = |index: usize| self.arms[index].literals.is_empty();
        let lacking: Vec<usize> = (0..self.arms.len()).filter(|index| bare(*index)).collect();
        // An arm that takes any key may have the tag's key for a purpose of its own.
        let loose = lacking.iter().any(|index| !records[*index].indexes.is_empty());
        self.distinct() >= 2 && self.arms.len() - lacking.len() >= 2 && lacking.len() <= 1 && !loose
    }
}

impl<'a> Planner<'a> {
    /// The property that tells arms apart best: that with the most values, of equal ones the first declared. `spent` are
    /// those that were used by the unions around.
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
        let mut best: Option<(usize, Tag<'s>)> = None;
        for name in names {
            let Some(tag) = tag_values(schema, name, &records) else { continue };
            let values = tag.distinct();
            if tag.is_useful(&records) && best.as_ref().is_none_or(|(most, _)| values > *most) {
                best = Some((values, tag));
            }
        }
        best.map(|(_, tag)| tag)
    }
}

fn tag_values<'s>(schema: &'s Schema, name: &str, records: &[&'s Record]) -> Option<Tag<'s>> {
    let mut arms = Vec::with_capacity(records.len());
    for record in records {
        arms.push(match record.property(name) {
            None => TagValues { literals: Vec::new(), absent: true },
            Some(property) if property.optional && matches!(property.shape, Shape::Never) => {
                TagValues { literals: Vec::new(), absent: true }
            }
            Some(property) => TagValues { literals: literal_set(schema, &property.shape)?, absent: property.optional },
        });
    }
    Some(Tag { name: name.to_owned(), arms })
}
