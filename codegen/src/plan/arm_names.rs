//! What the arms of a union of objects are called.

use super::planner::Planner;
use crate::model::Literal;
use crate::schema::{LiteralShape, Naming, Property, Record, Schema, Shape, literal_set};

impl<'p> Planner<'p> {
    /// The name of an object's variant: the type's, or what it has and the others have not.
    pub(super) fn object_name(&self, shape: &Shape, all: &[&Shape]) -> String {
        let Shape::Record(record) = self.unnamed(shape) else { return self.shape_name(shape, 2) };
        if record.properties.is_empty() || all.len() == 1 {
            return self.shape_name(shape, 1);
        }
        self.literal_name(record, all)
            .or_else(|| self.property_name(record, all))
            .or_else(|| self.lacking_name(record, all))
            .or_else(|| optional_name(self.input.schema, record, all))
            .or_else(|| self.signature_name(record, all))
            .unwrap_or_else(|| "Object".to_owned())
    }

    /// What a shape is; of a reference to a type that has no declaration, what that is.
    fn unnamed<'s>(&self, shape: &'s Shape) -> &'s Shape
    where
        'p: 's,
    {
        match shape {
            Shape::Ref(id) if self.input.schema.instance(*id).naming == Naming::Place => {
                &self.input.schema.instance(*id).shape
            }
            other => other,
        }
    }

    /// A literal that no other arm has.
    fn literal_name(&self, record: &Record, all: &[&Shape]) -> Option<String> {
        for property in &record.properties {
            if let Some(literals) = literal_set(self.input.schema, &property.shape)
                && let [one] = literals.as_slice()
                && all.iter().filter(|other| self.has_literal(other, &property.name, one)).count() == 1
            {
                let text = super::enums::literal_text(&one.value);
                // A number or a boolean says nothing without what it is of.
                let bare = matches!(one.value, Literal::String(_));
                return Some(if bare { text } else { format!("{} {text}", property.name) });
            }
        }
        None
    }

    /// A property that no other arm is sure to have; else as many as no other arm is sure to have all of.
    fn property_name(&self, record: &Record, all: &[&Shape]) -> Option<String> {
        let owners = |name: &str| all.iter().filter(|other| self.is_sure_of(other, name)).count();
        let own: Vec<&str> = record
            .properties
            .iter()
            .filter(|property| is_sure(property) && owners(&property.name) < all.len())
            .map(|property| property.name.as_str())
            .collect();
        if let Some(lone) = own.iter().find(|name| owners(name) == 1) {
            return Some((*lone).to_owned());
        }
        telling(&own, all, |other, name| self.is_sure_of(other, name)).map(|names| names.join(" "))
    }

    /// The first property that all other arms are sure to have.
    fn lacking_name(&self, record: &Record, all: &[&Shape]) -> Option<String> {
        let schema = self.input.schema;
        let others = all.iter().filter_map(|other| match schema.resolve(other) {
            Shape::Record(other) if !std::ptr::eq(&raw const **other, record) => Some(other),
            _ => None,
        });
        for other in others {
            for property in other.properties.iter().filter(|property| is_sure(property)) {
                let without = all.iter().filter(|arm| !self.is_sure_of(arm, &property.name)).count();
                if without == 1 && !record.property(&property.name).is_some_and(is_sure) {
                    return Some(format!("without {}", property.name));
                }
            }
        }
        None
    }

    /// All that tells it from the others: which properties it has and lacks, or what they are.
    fn signature_name(&self, record: &Record, all: &[&Shape]) -> Option<String> {
        let schema = self.input.schema;
        let records: Vec<&Record> = all
            .iter()
            .filter_map(|arm| match schema.resolve(arm) {
                Shape::Record(arm) => Some(&**arm),
                _ => None,
            })
            .collect();
        let sure = |record: &Record, name: &str| record.property(name).is_some_and(is_sure);
        let mut varying: Vec<&str> = Vec::new();
        for property in records.iter().flat_map(|record| &record.properties) {
            let name = property.name.as_str();
            let some = records.iter().any(|record| sure(record, name));
            if some && !records.iter().all(|record| sure(record, name)) && !varying.contains(&name) {
                varying.push(name);
            }
        }
        let alike = |other: &&Record, name: &str| sure(other, name) == sure(record, name);
        if let Some(names) = telling(&varying, &records, |other, name| alike(other, name)) {
            let word = |name: &&str| if sure(record, name) { (*name).to_owned() } else { format!("without {name}") };
            return Some(names.iter().map(word).collect::<Vec<_>>().join(" "));
        }
        self.facts_name(record, &records)
    }

    /// What tells a record from others in whatever way: the one property that does, or the first that do together, each
    /// with what it is.
    pub(super) fn facts_name(&self, record: &Record, records: &[&Record]) -> Option<String> {
        let mut names: Vec<&str> = record.properties.iter().map(|property| property.name.as_str()).collect();
        for property in records.iter().flat_map(|other| &other.properties) {
            if !names.contains(&property.name.as_str()) {
                names.push(&property.name);
            }
        }
        let alike = |other: &&Record, name: &str| is_alike(other.property(name), record.property(name));
        let lone = names.iter().find(|name| records.iter().filter(|other| alike(other, name)).count() == 1);
        let chosen = match lone {
            Some(lone) => vec![*lone],
            None => telling(&names, records, |other, name| alike(other, name))?,
        };
        let words: Vec<String> = chosen.into_iter().map(|name| self.fact(record, name, records)).collect();
        Some(words.join(" "))
    }

    /// A property of a record and what is special about it.
    fn fact(&self, record: &Record, name: &str, records: &[&Record]) -> String {
        let Some(own) = record.property(name).filter(|own| !matches!(own.shape, Shape::Never)) else {
            return format!("without {name}");
        };
        let others: Vec<&Property> = records
            .iter()
            .filter_map(|other| other.property(name))
            .filter(|it| !matches!(it.shape, Shape::Never))
            .collect();
        if others.iter().all(|other| other.shape == own.shape) {
            let also = others.iter().any(|other| other.optional != own.optional);
            return if own.optional && also { format!("optional {name}") } else { name.to_owned() };
        }
        let objects: Vec<&Shape> =
            others.iter().map(|other| &other.shape).filter(|shape| matches!(shape, Shape::Record(_))).collect();
        match &own.shape {
            Shape::Record(_) if objects.len() > 1 => format!("{name} {}", self.object_name(&own.shape, &objects)),
            shape => format!("{name} {}", self.shape_name(shape, 1)),
        }
    }

    fn is_sure_of(&self, shape: &Shape, name: &str) -> bool {
        match self.input.schema.resolve(shape) {
            Shape::Record(record) => record.property(name).is_some_and(is_sure),
            _ => false,
        }
    }

    fn has_literal(&self, shape: &Shape, name: &str, literal: &LiteralShape) -> bool {
        let schema = self.input.schema;
        let Shape::Record(record) = schema.resolve(shape) else { return false };
        let property = record.property(name).and_then(|property| literal_set(schema, &property.shape));
        property.is_some_and(|literals| literals.contains(&literal))
    }
}

/// Whether two records have a property alike, or both lack it.
fn is_alike(a: Option<&Property>, b: Option<&Property>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.optional == b.optional && a.shape == b.shape,
        (None, None) => true,
        _ => false,
    }
}

/// A property that no other arm declares, optional as it may be; else as many as no other arm declares all of.
fn optional_name(schema: &Schema, record: &Record, all: &[&Shape]) -> Option<String> {
    let owners = |name: &str| all.iter().filter(|arm| declares(schema, arm, name)).count();
    let own = record.properties.iter().filter(|property| !matches!(property.shape, Shape::Never));
    let names: Vec<&str> = own.map(|property| property.name.as_str()).filter(|name| owners(name) < all.len()).collect();
    if let Some(lone) = names.iter().find(|name| owners(name) == 1) {
        return Some((*lone).to_owned());
    }
    telling(&names, all, |arm, name| declares(schema, arm, name)).map(|names| names.join(" "))
}

/// The first names that together only one arm has; each tells some arms apart that those before it do not.
fn telling<'n, A>(names: &[&'n str], arms: &[A], has: impl Fn(&A, &str) -> bool) -> Option<Vec<&'n str>> {
    let mut left: Vec<&A> = arms.iter().collect();
    let mut chosen = Vec::new();
    for name in names {
        let fewer: Vec<&A> = left.iter().copied().filter(|arm| has(arm, name)).collect();
        if !fewer.is_empty() && fewer.len() < left.len() {
            chosen.push(*name);
            left = fewer;
        }
    }
    (left.len() == 1 && !chosen.is_empty()).then_some(chosen)
}

/// Whether an arm has a property of that name, which is not there only to be absent.
fn declares(schema: &Schema, arm: &Shape, name: &str) -> bool {
    match schema.resolve(arm) {
        Shape::Record(record) => record.property(name).is_some_and(|property| !matches!(property.shape, Shape::Never)),
        _ => false,
    }
}

/// Whether a property is there.
fn is_sure(property: &Property) -> bool {
    !property.optional && !matches!(property.shape, Shape::Never)
}
