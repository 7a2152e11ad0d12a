//! Values that belong to another arm of a union that no property tells apart.

use super::arms::{Group, literal_set};
use super::planner::Planner;
use super::site::Site;
use crate::model::Literal;
use crate::schema::{LiteralShape, Property, Record, Shape};

impl Planner<'_> {
    /// The keys and values that are another arm's and that this one, whose enum is open, would take for unknown: of
    /// `{ type?: 'array', items: X } | { type?: 'string' | 'number' }` the second must not take a broken array.
    pub(super) fn foreign(&self, arm: &Group<'_>, groups: &[Group<'_>], site: &Site) -> Vec<(String, Literal)> {
        let Group::Objects(shapes) = arm else { return Vec::new() };
        let [Shape::Record(own)] = shapes.iter().map(|shape| self.input.schema.resolve(shape)).collect::<Vec<_>>()[..]
        else {
            return Vec::new();
        };
        let others = self.records(groups);
        let mut foreign = Vec::new();
        for property in &own.properties {
            for literal in self.taken_by_others(property, &others) {
                foreign.push((self.wire_key(&property.name, site), literal.value.clone()));
            }
        }
        foreign
    }

    fn records<'s>(&'s self, groups: &[Group<'s>]) -> Vec<&'s Record> {
        let objects = groups.iter().filter_map(|group| match group {
            Group::Objects(shapes) => Some(shapes),
            _ => None,
        });
        let resolved = objects.flatten().map(|shape| self.input.schema.resolve(shape));
        resolved.filter_map(|shape| if let Shape::Record(record) = shape { Some(&**record) } else { None }).collect()
    }

    /// The values that a property may have in others and not here; none where it refuses them itself.
    fn taken_by_others<'s>(&'s self, property: &Property, others: &[&'s Record]) -> Vec<&'s LiteralShape> {
        let mut taken: Vec<&LiteralShape> = Vec::new();
        let known = self.literals_beside_null(&property.shape);
        if known.len() < 2 {
            return taken;
        }
        for other in others {
            let Some(same) = other.property(&property.name) else { continue };
            for literal in self.literals_beside_null(&same.shape) {
                if !known.contains(&literal) && !taken.contains(&literal) {
                    taken.push(literal);
                }
            }
        }
        taken
    }

    /// The values of a property that admits literals only, `null` aside.
    fn literals_beside_null<'s>(&'s self, shape: &'s Shape) -> Vec<&'s LiteralShape> {
        let schema = self.input.schema;
        let arms = match schema.resolve(shape) {
            Shape::Union(arms) => arms.as_slice(),
            _ => std::slice::from_ref(shape),
        };
        let present = arms.iter().filter(|arm| !matches!(schema.resolve(arm), Shape::Null));
        let sets: Option<Vec<_>> = present.map(|arm| literal_set(schema, arm)).collect();
        sets.unwrap_or_default().into_iter().flatten().collect()
    }
}
