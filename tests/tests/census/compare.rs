//! Two accounts of the same declarations, side by side.

use crate::shapes::{Kinds, is_nullable};
use dts_codegen::model::{Def, DefId, DefKind, Model};
use dts_codegen::schema::{Record, Schema, Shape};
use dts_codegen::source::Sources;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The checker's account.
#[derive(Deserialize)]
pub struct Census {
    pub declarations: Vec<Declaration>,
}

/// A declaration as the checker sees it; see `census.mjs` for the words.
#[derive(Deserialize)]
pub struct Declaration {
    pub name: String,
    pub kind: String,
    pub source: String,
    #[serde(default)]
    pub generic: Vec<String>,
    pub is: Option<String>,
    pub properties: Option<BTreeMap<String, Vec<Value>>>,
}

/// How much was compared.
#[derive(Default)]
pub struct Counts {
    pub declarations: usize,
    pub properties: usize,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} declarations, {} properties", self.declarations, self.properties)
    }
}

/// Everything on which the two disagree, in the census's order.
pub fn compare(census: &Census, sources: &Sources, model: &Model, schema: &Schema) -> (Vec<String>, Counts) {
    let mut run = Run { sources, model, schema, found: Vec::new(), counts: Counts::default() };
    let mut seen = BTreeSet::new();
    for declaration in &census.declarations {
        match run.find(declaration) {
            Some(id) => {
                seen.insert(id);
                run.declaration(declaration, id);
            }
            None => run.say(declaration, "is not reached"),
        }
    }
    for id in schema.reached.keys().filter(|id| !seen.contains(id)) {
        let def = model.def(*id);
        // The value beside a type of the same name is one declaration in the census.
        let known =
            census.declarations.iter().any(|each| each.name == def.name && plain(&each.source) == run.source(def));
        // What upstream only implies is no declaration, for the checker neither.
        if !known && !def.implied {
            run.found.push(format!("{} ({}) is reached, not in the census", def.name, run.source(def)));
        }
    }
    (run.found, run.counts)
}

struct Run<'a> {
    sources: &'a Sources,
    model: &'a Model,
    schema: &'a Schema,
    found: Vec<String>,
    counts: Counts,
}

impl<'a> Run<'a> {
    fn say(&mut self, declaration: &Declaration, what: impl fmt::Display) {
        self.found.push(format!("{} ({}) {what}", declaration.name, declaration.source));
    }

    /// The file as the census names it: one of `.d.ts` and `.d.mts`, which say the same.
    fn source(&self, def: &Def) -> String {
        plain(&format!("{}/{}", self.sources.package_of(def.file).name, self.sources.file(def.file).path))
    }

    fn find(&self, declaration: &Declaration) -> Option<DefId> {
        self.schema.reached.keys().copied().find(|id| {
            let def = self.model.def(*id);
            def.name == declaration.name
                && kind_of(&def.kind) == declaration.kind
                && self.source(def) == plain(&declaration.source)
        })
    }

    fn declaration(&mut self, declaration: &Declaration, id: DefId) {
        self.counts.declarations += 1;
        if !declaration.generic.is_empty() || !["class", "interface", "alias"].contains(&declaration.kind.as_str()) {
            return;
        }
        let not_data = self.schema.reached[&id].not_data;
        if ["behaviour", "function"].contains(&declaration.is.as_deref().unwrap_or_default()) {
            if not_data.is_none() && !self.is_empty(id) {
                self.say(declaration, "is data, and should be none");
            }
            return;
        }
        let Some(shape) = self.shape_of(id) else {
            self.say(declaration, format_args!("has no shape ({not_data:?})"));
            return;
        };
        match (&declaration.properties, self.schema.resolve(shape)) {
            (Some(properties), Shape::Record(record)) => self.properties(&declaration.name, properties, record),
            (Some(_), other) => {
                let other = self.kinds().word(other);
                self.say(declaration, format_args!("is an object, not {other}"));
            }
            (None, shape) => self.alias(declaration, shape),
        }
    }

    fn is_empty(&self, id: DefId) -> bool {
        matches!(self.shape_of(id).map(|shape| self.schema.resolve(shape)), Some(Shape::Record(record)) if record.properties.is_empty())
    }

    fn shape_of(&self, id: DefId) -> Option<&'a Shape> {
        self.schema.instances.iter().find(|each| each.def == id && each.args.is_empty()).map(|each| &each.shape)
    }

    fn kinds(&self) -> Kinds<'a> {
        Kinds { schema: self.schema }
    }

    fn alias(&mut self, declaration: &Declaration, shape: &Shape) {
        let said = declaration.is.as_deref().unwrap_or_default();
        let (word, nullable) = said.strip_suffix("|null").map_or((said, false), |word| (word, true));
        let ours = self.kinds().word(shape);
        if !Kinds::same(word, &ours) {
            self.say(declaration, format_args!("is {word}, not {ours}"));
        }
        if nullable != is_nullable(self.schema, shape) && word != "null" {
            self.say(declaration, format_args!("null: {nullable} in TypeScript"));
        }
    }

    fn properties(&mut self, path: &str, said: &BTreeMap<String, Vec<Value>>, record: &'a Record) {
        for (name, facts) in said {
            let at = format!("{path}.{name}");
            let accessor = facts.iter().any(|fact| fact == "accessor");
            match record.property(name) {
                Some(property) => self.property(&at, facts, &property.shape, property.optional),
                // An accessor of a class is computed: no document holds it.
                None if accessor && record.class.is_some() => {}
                None if facts[0] == "never" || facts[0] == "undefined" => {}
                None => self.found.push(format!("{at} is missing")),
            }
        }
        for property in &record.properties {
            if !said.contains_key(&property.name) && !matches!(property.shape, Shape::Never) {
                self.found.push(format!("{path}.{} is no property, or no data", property.name));
            }
        }
    }

    fn property(&mut self, at: &str, facts: &[Value], shape: &'a Shape, optional: bool) {
        self.counts.properties += 1;
        let says = |word: &str| facts.iter().any(|fact| fact == word);
        let kind = facts[0].as_str().unwrap_or_default();
        let ours = self.kinds().word(shape);
        if !Kinds::same(kind, &ours) {
            self.found.push(format!("{at} is {kind}, not {ours}"));
        }
        let may_miss = says("optional") || says("undefined") || kind == "any" && optional;
        if may_miss != optional && kind != "undefined" {
            self.found.push(format!("{at}: may be absent: {may_miss} in TypeScript"));
        }
        if says("nullable") != is_nullable(self.schema, shape) {
            self.found.push(format!("{at}: may be null: {} in TypeScript", says("nullable")));
        }
        let inner: Vec<&Value> = facts.iter().filter(|fact| fact.is_object()).collect();
        for (said, record) in inner.iter().zip(self.kinds().anonymous(shape)) {
            let said = serde_json::from_value((*said).clone()).expect("properties");
            self.properties(at, &said, record);
        }
    }
}

fn plain(source: &str) -> String {
    source.replace(".d.mts", ".d.ts")
}

fn kind_of(kind: &DefKind) -> &'static str {
    match kind {
        DefKind::Class(_) => "class",
        DefKind::Interface(_) => "interface",
        DefKind::Alias(_) => "alias",
        DefKind::Enum(_) => "enum",
        DefKind::Function(_) => "function",
        DefKind::Value(_) => "value",
        DefKind::Namespace(_) => "namespace",
    }
}
