//! Documents from the facts: whole ones, and one for each thing that may be otherwise.

use crate::facts::{Shape, Specification};
use crate::random::Random;
use serde_json::{Map, Value, json};
use tests::api::declared::{Declarations, Object, Property};

/// A document, and what is special about it.
pub struct Document {
    /// Where it is otherwise than the whole one, and how: `user.locale absent`.
    pub is: String,
    pub value: Value,
}

/// How much of an object is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Amount {
    /// Every property.
    Full,
    /// The required ones.
    Minimal,
    /// The required ones, null where they may be.
    Barest,
    /// The required ones, others by chance; null by chance.
    Random,
}

/// Makes documents of one specification.
pub struct Maker<'a> {
    pub specification: &'a Specification,
    pub declarations: &'a Declarations,
    random: Random,
}

/// How deep objects may nest before only what is required of them is made.
const DEEP: usize = 7;

impl<'a> Maker<'a> {
    /// `seed` starts the choices that are left to chance.
    pub fn new(specification: &'a Specification, declarations: &'a Declarations, seed: &str) -> Self {
        Self { specification, declarations, random: Random::new(seed) }
    }

    /// All documents of a shape: full, minimal, barest, and the full one with each single thing otherwise.
    pub fn all(&mut self, shape: &Shape, object: Option<&Object<'a>>, by_chance: usize) -> Vec<Document> {
        let mut all = self.variations(shape, object, None, 0);
        for (amount, is) in [(Amount::Full, "full"), (Amount::Minimal, "minimal"), (Amount::Barest, "barest")] {
            all.insert(0, Document { is: is.to_owned(), value: self.object(shape, object, amount, 0) });
        }
        for i in 0..by_chance {
            all.push(Document { is: format!("by chance {i}"), value: self.object(shape, object, Amount::Random, 0) });
        }
        all
    }

    /// The whole document.
    pub fn full(&mut self, shape: &Shape, object: Option<&Object<'a>>) -> Value {
        self.object(shape, object, Amount::Full, 0)
    }

    fn object(&mut self, shape: &Shape, object: Option<&Object<'a>>, amount: Amount, depth: usize) -> Value {
        let shape = self.specification.follow(shape);
        if let Some(arm) = shape.one_of.first() {
            let arm = if amount == Amount::Random { self.random.pick(&shape.one_of) } else { arm };
            return self.object(arm, object, amount, depth);
        }
        let mut map = Map::new();
        for (key, property) in &shape.properties {
            if !self.is_there(shape, key, property, amount, depth) {
                continue;
            }
            let declared = object.and_then(|object| object.property(key));
            if let Some(value) = self.value(property, declared.as_ref(), amount, depth + 1) {
                map.insert(key.clone(), value);
            }
        }
        Value::Object(map)
    }

    fn is_there(&mut self, shape: &Shape, key: &str, property: &Shape, amount: Amount, depth: usize) -> bool {
        let one_of = shape.with_one_of.last().is_some_and(|keys| keys.iter().any(|each| each == key));
        property.required
            || one_of
            || amount == Amount::Full && depth < DEEP
            || amount == Amount::Random && depth < DEEP && self.random.chance()
    }

    /// A value of a shape; nothing where no kind is known.
    fn value(&mut self, shape: &Shape, declared: Option<&Property<'a>>, amount: Amount, depth: usize) -> Option<Value> {
        let may_be_null = shape.nullable || self.specification.follow(shape).nullable;
        if may_be_null && (amount == Amount::Barest || amount == Amount::Random && self.random.chance()) {
            return Some(Value::Null);
        }
        let shape = self.specification.follow(shape);
        if !shape.values.is_empty() {
            let any = amount == Amount::Random;
            return Some(if any { self.random.pick(&shape.values).clone() } else { shape.values[0].clone() });
        }
        let inner = declared.and_then(|declared| declared.inner(self.declarations));
        match shape.is.as_deref() {
            _ if !shape.one_of.is_empty() || !shape.properties.is_empty() => {
                Some(self.object(shape, inner.as_ref(), amount, depth))
            }
            Some("array") => Some(self.list(shape, declared, amount, depth)),
            Some("object") => Some(match (&shape.more, inner) {
                // Of what it holds nothing is said: what its declaration asks for.
                (_, Some(inner)) => inner.sample(self.declarations),
                (Some(more), None) if more.is.is_some() => json!({ "key": self.value(more, None, amount, depth)? }),
                _ => json!({}),
            }),
            Some("number") if matches!(shape.format.as_deref(), Some("double" | "float")) => {
                Some(json!(f64::from(self.random.below(1000)) + 0.5))
            }
            Some(kind) => self.scalar(kind, declared),
            // A key of which nothing is said but that it is there.
            None => declared.map(|declared| declared.sample(self.declarations)),
        }
    }

    fn list(&mut self, shape: &Shape, declared: Option<&Property<'a>>, amount: Amount, depth: usize) -> Value {
        let items = shape.items.as_deref().filter(|_| amount == Amount::Full || amount == Amount::Random);
        // What holds lists of its own kind ends somewhere.
        let items = items.filter(|_| depth < DEEP);
        items.and_then(|items| self.value(items, declared, amount, depth + 1)).into_iter().collect()
    }

    /// A plain value: a text of which no values are known is what the declaration says where that lists some.
    fn scalar(&mut self, kind: &str, declared: Option<&Property<'a>>) -> Option<Value> {
        Some(match kind {
            "string" => match declared.and_then(|declared| declared.constants().first().copied()) {
                Some(constant) => json!(constant),
                None => json!(format!("text {}", self.random.below(1000))),
            },
            "integer" | "number" => json!(1_700_000_000_000_u64 + u64::from(self.random.below(1000))),
            "boolean" => json!(declared.is_none_or(|declared| declared.kind() != "false")),
            other => panic!("a kind that is none: {other}"),
        })
    }

    /// The full document with each single thing otherwise.
    fn variations(
        &mut self,
        shape: &Shape,
        object: Option<&Object<'a>>,
        of: Option<&Value>,
        depth: usize,
    ) -> Vec<Document> {
        let shape = self.specification.follow(shape);
        if !shape.one_of.is_empty() {
            let arms = shape.one_of.iter().enumerate();
            return arms.flat_map(|(i, arm)| self.arm(i, arm, object, depth)).collect();
        }
        let full = of.cloned().unwrap_or_else(|| self.object(shape, object, Amount::Full, depth));
        let mut all = Vec::new();
        for (key, property) in &shape.properties {
            let declared = object.and_then(|object| object.property(key));
            let with = |value: Option<Value>| {
                let mut changed = full.clone();
                let map = changed.as_object_mut().expect("an object");
                match value {
                    Some(value) => map.insert(key.clone(), value),
                    None => map.remove(key),
                };
                changed
            };
            if !property.required {
                all.push(Document { is: format!("{key} absent"), value: with(None) });
            }
            let inner = self.values(property, declared.as_ref(), depth + 1);
            all.extend(
                inner
                    .into_iter()
                    .map(|Document { is, value }| Document { is: format!("{key}{is}"), value: with(Some(value)) }),
            );
        }
        all
    }

    fn arm(&mut self, i: usize, arm: &Shape, object: Option<&Object<'a>>, depth: usize) -> Vec<Document> {
        let name = arm.reference.clone().unwrap_or_else(|| format!("arm {i}"));
        let full = self.object(arm, object, Amount::Full, depth);
        let mut all = self.variations(arm, object, Some(&full), depth);
        let minimal = self.object(arm, object, Amount::Minimal, depth);
        all.push(Document { is: String::new(), value: full });
        all.push(Document { is: " minimal".to_owned(), value: minimal });
        all.into_iter().map(|Document { is, value }| Document { is: format!("<{name}>{is}"), value }).collect()
    }

    /// All values of a property.
    fn values(&mut self, shape: &Shape, declared: Option<&Property<'a>>, depth: usize) -> Vec<Document> {
        let mut all = Vec::new();
        if shape.nullable || self.specification.follow(shape).nullable {
            all.push(Document { is: " null".to_owned(), value: Value::Null });
        }
        let shape = self.specification.follow(shape);
        let values = shape.values.iter();
        all.extend(values.map(|value| Document { is: format!(" {value}"), value: value.clone() }));
        if is_any_text(shape, declared) {
            all.push(Document { is: " another".to_owned(), value: json!("another") });
        }
        if depth >= DEEP {
            return all;
        }
        let inner = declared.and_then(|declared| declared.inner(self.declarations));
        if !shape.one_of.is_empty() || !shape.properties.is_empty() {
            let nested = self.variations(shape, inner.as_ref(), None, depth);
            all.extend(nested.into_iter().map(|each| Document { is: format!(".{}", each.is), ..each }));
        }
        if let (Some("array"), Some(items)) = (shape.is.as_deref(), shape.items.as_deref()) {
            all.push(Document { is: " []".to_owned(), value: json!([]) });
            let nested = self.values(items, declared, depth + 1);
            all.extend(
                nested.into_iter().map(|each| Document { is: format!("[0]{}", each.is), value: json!([each.value]) }),
            );
        }
        all
    }
}

/// Whether a specification says "a text" where the declarations have a constant. That `object` of a type, or an event's
/// `type`, may be any is not meant: those are left out.
pub fn is_any_text(shape: &Shape, declared: Option<&Property<'_>>) -> bool {
    let is_text = shape.is.as_deref() == Some("string") && shape.values.is_empty();
    let is_constant = |declared: &Property<'_>| declared.constants().len() == 1;
    is_text && declared.is_some_and(|each| is_constant(each) && !each.place.ends_with(".object"))
}
