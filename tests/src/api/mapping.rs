//! The data that was written by hand: `tests/api/*.toml`.

use crate::node;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// What schemas, answers, events and bodies are called with us.
#[derive(Default)]
pub struct Mapping {
    /// The wire type of a schema or answer, of both specifications.
    pub types: BTreeMap<String, String>,
    /// The payload's type of an event.
    pub events: BTreeMap<String, String>,
    /// The type of the parameters of an operation.
    pub bodies: BTreeMap<String, String>,
    /// Of properties whose type's name is that of several declarations: which it is.
    pub named: BTreeMap<String, String>,
    /// What is left out: a name, with `event` or `body` before it where it is one.
    pub unmapped: BTreeSet<String>,
    /// What stands twice, or without a reason.
    pub troubles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    mapped: Vec<Mapped>,
    unmapped: Vec<Unmapped>,
    #[serde(default)]
    named: Vec<Named>,
}

/// A property whose type's name is that of several declarations.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    /// The property.
    at: String,
    /// Its type: `File Name`.
    is: String,
    /// Why it is not the declaration that is nearest.
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mapped {
    why: String,
    #[serde(default)]
    schemas: BTreeMap<String, String>,
    #[serde(default)]
    answers: BTreeMap<String, String>,
    #[serde(default)]
    events: BTreeMap<String, String>,
    #[serde(default)]
    bodies: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unmapped {
    why: String,
    #[serde(default)]
    schemas: Vec<String>,
    #[serde(default)]
    answers: Vec<String>,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    bodies: Vec<String>,
}

impl Mapping {
    /// What stands in `types.toml` and `bodies.toml`.
    pub fn recorded() -> Self {
        let mut mapping = Self::default();
        for name in ["types.toml", "bodies.toml"] {
            let lists: Lists = read(name);
            lists.mapped.into_iter().for_each(|each| mapping.add(each));
            for each in lists.named {
                mapping.expect_why(&each.why);
                mapping.named.insert(each.at, each.is);
            }
            for each in lists.unmapped {
                mapping.expect_why(&each.why);
                let parts = [("", each.schemas), ("", each.answers), ("event ", each.events), ("body ", each.bodies)];
                for (kind, names) in parts {
                    names.into_iter().for_each(|name| mapping.leave_out(format!("{kind}{name}")));
                }
            }
        }
        mapping
    }

    fn add(&mut self, each: Mapped) {
        self.expect_why(&each.why);
        let mut twice = Vec::new();
        let mut insert = |into: &mut BTreeMap<String, String>, from: BTreeMap<String, String>| {
            for (name, of) in from {
                if into.insert(name.clone(), of).is_some() {
                    twice.push(format!("{name} is mapped twice"));
                }
            }
        };
        insert(&mut self.types, each.schemas);
        insert(&mut self.types, each.answers);
        insert(&mut self.events, each.events);
        insert(&mut self.bodies, each.bodies);
        self.troubles.append(&mut twice);
    }

    fn leave_out(&mut self, name: String) {
        if self.unmapped.contains(&name) {
            self.troubles.push(format!("{name} is left out twice"));
        }
        self.unmapped.insert(name);
    }

    fn expect_why(&mut self, why: &str) {
        if why.trim().is_empty() {
            self.troubles.push("a list has no reason".to_owned());
        }
    }
}

/// What public reports say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reports {
    /// All of them.
    pub reports: Vec<Report>,
}

/// A public report: places, and what was there.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Where it was reported.
    pub source: String,
    /// What it says, in our words.
    pub says: String,
    /// Places at which nothing was.
    #[serde(default)]
    pub absent: Vec<String>,
    /// Places at which null was.
    #[serde(default)]
    pub null: Vec<String>,
}

/// The documents that are refused although the evidence allows them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exceptions {
    exceptions: Vec<Exception>,
}

/// Places at which they are refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    at: Vec<String>,
    /// Why that is right, or cannot be helped.
    why: String,
}

impl Exceptions {
    /// All places.
    pub fn places(&self) -> BTreeSet<&str> {
        assert!(self.exceptions.iter().all(|each| !each.why.trim().is_empty()), "an exception has no reason");
        self.exceptions.iter().flat_map(|each| &each.at).map(String::as_str).collect()
    }
}

/// Reads one of the files.
pub fn read<T: DeserializeOwned>(name: &str) -> T {
    let path = node::workspace().join("tests/api").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}
