//! `[strings] open`: constants that documents contradict become open enums of the values that are known.
//!
//! A property that tells the arms of a union apart must stay a list of values: a rule for it says which come beside the
//! declared one. What is still unknown then is an unknown arm of the union.

use super::Refined;
use super::properties::visit;
use crate::diagnostic::Diagnostic;
use crate::model::{Literal, Model};
use crate::recipe::{Effect, Recipe, Row};
use crate::schema::{LiteralShape, Record, Schema, Shape, literal_set};
use crate::source::Location;
use std::collections::BTreeSet;

/// Opens the properties that rules name.
pub(super) fn apply(model: &Model, recipe: &Recipe, refined: &mut Refined) {
    if recipe.open.rows().is_empty() {
        return;
    }
    let declared = refined.schema.clone();
    let tags = tags(&declared);
    let mut added = Vec::new();
    let (log, diagnostics) = (&refined.rules, &mut refined.diagnostics);
    visit(model, &mut refined.schema, &mut |names, property| {
        let rows = recipe.open.matching(names);
        let Some(last) = rows.last() else { return };
        let values: Vec<&String> = rows.iter().flat_map(|row| &row.value).collect();
        let opened = opened(&declared, &property.shape, &values);
        let effect = if opened.is_some() { Effect::Changed } else { Effect::Nothing };
        rows.iter().for_each(|row| log.note("[strings] open", row, names, effect));
        let Some(opened) = opened else { return };
        if tags.contains(&(property.location, property.name.clone())) {
            if literal_set(&declared, &opened).is_none() {
                diagnostics.push(no_values(recipe, last, &names[0]));
            }
            added.push(Added { tag: property.name.clone(), offset: last.offset, values: last.value.clone() });
        }
        property.shape = opened;
    });
    let unions = unions(&refined.schema);
    for added in added {
        if unions.iter().any(|records| added.is_ambiguous(&refined.schema, records)) {
            refined.diagnostics.push(added.diagnostic(recipe));
        }
    }
    refined.diagnostics.dedup();
}

/// Values that a rule added to a property that tells arms apart.
struct Added {
    tag: String,
    offset: usize,
    values: Vec<String>,
}

impl Added {
    /// Whether one of the values stands in two arms of a union.
    fn is_ambiguous(&self, schema: &Schema, records: &[&Record]) -> bool {
        let sets: Vec<Vec<&LiteralShape>> =
            records.iter().filter_map(|record| literal_set(schema, &record.property(&self.tag)?.shape)).collect();
        let holds = |set: &&Vec<&LiteralShape>, value: &String| {
            set.iter().any(|literal| matches!(&literal.value, Literal::String(text) if text == value))
        };
        self.values.iter().any(|value| sets.iter().filter(|set| holds(set, value)).count() > 1)
    }

    fn diagnostic(&self, recipe: &Recipe) -> Diagnostic {
        let message = format!("the rule adds a value to the `{}` of several arms of a union", self.tag);
        let hint = "name one arm: its declaration's property, or by the text that it has, `Union.'text'.property`";
        recipe.error_at(self.offset, message).with_hint(hint)
    }
}

fn no_values(recipe: &Recipe, row: &Row<Vec<String>>, place: &str) -> Diagnostic {
    let message = format!("`{place}` tells the arms of a union apart, which an open enum cannot");
    let hint = "say which values come beside the declared one: { at = \"…\", values = [\"…\"], why = \"…\" }";
    recipe.error_at(row.offset, message).with_hint(hint)
}

/// The shape with more values, and open; `None` where it is no list of strings, or one that is as open as this.
fn opened(schema: &Schema, shape: &Shape, values: &[&String]) -> Option<Shape> {
    let mut arms: Vec<Shape> = match shape {
        Shape::Union(arms) => arms.clone(),
        other => vec![other.clone()],
    };
    let known: Option<Vec<_>> =
        arms.iter().filter(|arm| **arm != Shape::Null).map(|arm| literal_set(schema, arm)).collect();
    let mut known: Vec<Literal> = known?.into_iter().flatten().map(|literal| literal.value.clone()).collect();
    if known.is_empty() || !known.iter().all(|literal| matches!(literal, Literal::String(_))) {
        return None;
    }
    let declared = known.len();
    for value in values {
        let value = Literal::String((*value).clone());
        if !known.contains(&value) {
            known.push(value.clone());
            arms.push(Shape::Literal(LiteralShape { value, name: None, doc: None }));
        }
    }
    // Several literals are open as they are.
    if known.len() == 1 {
        arms.push(Shape::OpenString);
    }
    (declared == 1 || known.len() > declared).then_some(Shape::Union(arms))
}

/// The properties that tell arms of a union apart, by where they are declared: in two arms they have no value in common.
fn tags(schema: &Schema) -> BTreeSet<(Location, String)> {
    let mut tags = BTreeSet::new();
    unions(schema).iter().for_each(|records| add_tags(schema, records, &mut tags));
    tags
}

/// The objects among the arms of every union.
fn unions(schema: &Schema) -> Vec<Vec<&Record>> {
    let mut unions = Vec::new();
    let mut shapes: Vec<&Shape> = schema.instances.iter().map(|instance| &instance.shape).collect();
    while let Some(shape) = shapes.pop() {
        match shape {
            Shape::Array(item) => shapes.push(item),
            Shape::Tuple(places) => shapes.extend(places.iter().map(|place| &place.shape)),
            Shape::Record(record) => {
                shapes.extend(record.properties.iter().map(|property| &property.shape));
                shapes.extend(record.indexes.iter().map(|index| &index.value));
            }
            Shape::Union(arms) => {
                shapes.extend(arms);
                unions.push(records(schema, arms));
            }
            _ => {}
        }
    }
    unions
}

/// The objects among the arms of a union, and of the unions that it is made of.
fn records<'s>(schema: &'s Schema, arms: &'s [Shape]) -> Vec<&'s Record> {
    let mut records = Vec::new();
    let mut seen = BTreeSet::new();
    let mut stack: Vec<&Shape> = arms.iter().collect();
    while let Some(shape) = stack.pop() {
        if matches!(shape, Shape::Ref(id) if !seen.insert(*id)) {
            continue;
        }
        match schema.resolve(shape) {
            Shape::Record(record) => records.push(&**record),
            Shape::Union(inner) => stack.extend(inner),
            _ => {}
        }
    }
    records
}

fn add_tags(schema: &Schema, records: &[&Record], tags: &mut BTreeSet<(Location, String)>) {
    let [_, _, ..] = records else { return };
    for property in records.iter().flat_map(|record| &record.properties) {
        let values = |shape| literal_set(schema, shape);
        let Some(own) = values(&property.shape) else { continue };
        let mut others = records.iter().filter_map(|record| values(&record.property(&property.name)?.shape));
        if others.any(|other| own.iter().all(|literal| !other.contains(literal))) {
            tags.insert((property.location, property.name.clone()));
        }
    }
}
