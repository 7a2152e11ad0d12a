//! The recorded facts about the API: `oracle/recorded/api_facts.json`, made by `api_facts.mjs`.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use tests::node;

/// Everything that was recorded.
#[derive(Deserialize)]
pub struct Facts {
    /// The specification of the API.
    pub api: Specification,
    /// The specification of its webhooks.
    pub webhooks: Specification,
    /// What documents were seen to have against the declarations.
    pub observed: Vec<Observed>,
}

/// The facts of one specification.
#[derive(Deserialize)]
pub struct Specification {
    /// Its date.
    pub version: String,
    /// Its named schemas.
    pub schemas: BTreeMap<String, Shape>,
    /// What operations are sent.
    #[serde(default)]
    pub bodies: BTreeMap<String, Shape>,
    /// What operations answer that has no schema of its own.
    #[serde(default)]
    pub answers: BTreeMap<String, Shape>,
    /// The events, by their type.
    #[serde(default)]
    pub events: BTreeMap<String, Shape>,
}

/// What is known of a value.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// The kind of JSON value; nothing where a key is required of which nothing is said.
    #[serde(default)]
    pub is: Option<String>,
    /// The schema that says the rest.
    #[serde(default, rename = "ref")]
    pub reference: Option<String>,
    /// All values that it has.
    #[serde(default)]
    pub values: Vec<Value>,
    /// Of numbers: how wide they are.
    #[serde(default)]
    pub format: Option<String>,
    /// The elements of a list.
    #[serde(default)]
    pub items: Option<Box<Shape>>,
    /// The properties of an object.
    #[serde(default)]
    pub properties: BTreeMap<String, Shape>,
    /// What keys hold that are not listed.
    #[serde(default)]
    pub more: Option<Box<Shape>>,
    /// It is one of these.
    #[serde(default)]
    pub one_of: Vec<Shape>,
    /// All keys of one of these lists are there.
    #[serde(default)]
    pub with_one_of: Vec<Vec<String>>,
    /// Of a property: whether it is always there.
    #[serde(default)]
    pub required: bool,
    /// Whether it may be null.
    #[serde(default)]
    pub nullable: bool,
    /// Of an event: the forms of the published examples.
    #[serde(default)]
    pub examples: Vec<Value>,
}

/// A row of what was seen.
#[derive(Deserialize)]
pub struct Observed {
    /// The type upstream, or the place of an object without a name.
    #[serde(rename = "type")]
    pub owner: String,
    pub property: String,
    /// `absent`, `null`, or `type` where a constant was another.
    pub what: String,
    /// In how many bodies that were sent, samples, examples.
    pub counts: Vec<u32>,
}

impl Facts {
    /// The recorded ones.
    pub fn recorded() -> Self {
        serde_json::from_value(node::recorded("api_facts.json").expect("recorded")).expect("facts")
    }

    /// Both specifications.
    pub fn specifications(&self) -> [&Specification; 2] {
        [&self.api, &self.webhooks]
    }

    /// How many facts there are: properties, values, examples, and rows of what was seen.
    pub fn count(&self) -> usize {
        let parts = |each: &Specification| -> usize {
            let maps = [&each.schemas, &each.bodies, &each.answers, &each.events];
            maps.iter().flat_map(|map| map.values()).map(Shape::count).sum()
        };
        self.specifications().into_iter().map(parts).sum::<usize>() + self.observed.len()
    }
}

impl Specification {
    /// The shape behind references.
    pub fn follow<'a>(&'a self, shape: &'a Shape) -> &'a Shape {
        match &shape.reference {
            Some(name) => self.follow(self.schemas.get(name).unwrap_or_else(|| panic!("no schema {name}"))),
            None => shape,
        }
    }
}

impl Shape {
    /// What is mapped to a type: of a list, its elements.
    pub fn mapped(&self) -> &Self {
        self.items.as_deref().filter(|_| self.is.as_deref() == Some("array")).unwrap_or(self)
    }

    fn count(&self) -> usize {
        let inner = self.properties.values().chain(&self.one_of).chain(self.items.as_deref()).map(Self::count);
        self.properties.len() + self.values.len() + self.examples.len() + inner.sum::<usize>()
    }
}
