//! What the declarations say of a document's properties: TypeScript's checker, recorded as the census, not the generator.

use crate::json::snake;
use crate::node;
use dts_codegen::recipe::Recipe;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Properties by their names.
type Properties = BTreeMap<String, Vec<Fact>>;

/// What the census says of a property.
#[derive(Deserialize)]
#[serde(untagged)]
enum Fact {
    /// The kind, which is first; `optional`, `nullable` and the like.
    Word(String),
    /// The properties of the object without a name that it holds.
    Object(Properties),
}

/// All declarations, by name.
pub struct Declarations {
    by_name: BTreeMap<String, Vec<Declaration>>,
    /// Properties whose types are other declarations than the nearest of that name.
    named: BTreeMap<String, String>,
    /// What documents call properties, by the rules of the recipe.
    keys: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Declaration {
    name: String,
    source: String,
    #[serde(default)]
    properties: Properties,
    /// The arms of a union that have no name.
    #[serde(default)]
    anonymous: Vec<Properties>,
}

impl Declaration {
    /// Whether it is in a file of that name, without what comes behind `.d`.
    fn is_in(&self, file: &str) -> bool {
        self.file() == file
    }

    /// The name of its file, without what comes behind `.d`.
    fn file(&self) -> &str {
        let name = self.source.rsplit('/').next().unwrap_or_default();
        name.split(".d.").next().unwrap_or_default()
    }
}

/// An object type: a declaration, or one without a name.
#[derive(Clone)]
pub struct Object<'a> {
    /// Its name upstream, or the place where it stands: what places below it begin with.
    pub name: String,
    /// Its properties; of a union, those of each arm.
    arms: Vec<&'a Properties>,
    /// How its keys are spelled on the wire.
    keys: Keys,
    /// What documents call properties otherwise.
    renamed: &'a BTreeMap<String, String>,
    /// The file that declares it.
    source: &'a str,
    /// Of an event: the type of its `data`.
    payload: Option<&'a str>,
}

/// How keys are spelled on the wire.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keys {
    /// As declared.
    Declared,
    /// In snake case: parameters of calls.
    Snake,
}

/// A property of an [`Object`].
#[derive(Clone)]
pub struct Property<'a> {
    /// Where it stands: `UserJSON.locale`.
    pub place: String,
    facts: &'a [Fact],
    keys: Keys,
    source: &'a str,
    payload: Option<&'a str>,
}

impl Declarations {
    /// The recorded ones. `named` says of properties which declaration of several of a name their type is, `recipe` what
    /// documents call them.
    pub fn recorded(named: BTreeMap<String, String>, recipe: &Recipe) -> Self {
        let census = node::recorded("census.json").expect("recorded");
        let list: Vec<Declaration> = serde_json::from_value(census["declarations"].clone()).expect("declarations");
        let mut by_name: BTreeMap<String, Vec<Declaration>> = BTreeMap::new();
        for each in list {
            by_name.entry(each.name.clone()).or_default().push(each);
        }
        for list in by_name.values_mut() {
            list.sort_by_key(|each| !each.source.starts_with("@clerk/backend/"));
        }
        let places = by_name
            .values()
            .flatten()
            .flat_map(|each| each.properties.keys().map(|property| format!("{}.{property}", each.name)));
        let keys = places.filter_map(|place| Some((place.clone(), recipe.keys.find(&[&place])?.clone()))).collect();
        Self { by_name, named, keys }
    }

    /// An object type by its name, by `File Name`, or by the place of one without a name.
    pub fn object(&self, name: &str, keys: Keys) -> Option<Object<'_>> {
        if let Some((owner, property)) = name.split_once('.') {
            return self.object(owner, keys)?.property(property)?.inner(self);
        }
        let (file, plain) = name.split_once(' ').map_or((None, name), |(file, name)| (Some(file), name));
        let list = self.by_name.get(plain)?;
        let found = list.iter().find(|each| file.is_none_or(|file| each.is_in(file)))?;
        self.of(found, keys)
    }

    /// What a declaration says as an object type, if it is one.
    fn of<'a>(&'a self, declaration: &'a Declaration, keys: Keys) -> Option<Object<'a>> {
        let Declaration { name, source, properties, anonymous } = declaration;
        let arms: Vec<&Properties> = [properties].into_iter().chain(anonymous).collect();
        let object = Object { name: name.clone(), arms, keys, renamed: &self.keys, source, payload: None };
        (!object.arms.iter().all(|arm| arm.is_empty())).then_some(object)
    }

    /// An event whose `data` is of a type.
    pub fn event<'a>(&'a self, payload: &'a str) -> Object<'a> {
        let envelope = self.object("Webhook", Keys::Declared).expect("what all events have");
        Object { payload: Some(payload), ..envelope }
    }

    /// Names of the wire types, `…JSON`: of several declarations of a name all but the first as `File Name`.
    pub fn wire_types(&self) -> Vec<String> {
        let lists = self.by_name.iter().filter(|(name, _)| name.ends_with("JSON"));
        let names = lists.flat_map(|(name, list)| {
            let others = list.iter().skip(1).map(move |each| format!("{} {name}", each.file()));
            [name.clone()].into_iter().chain(others)
        });
        names.filter(|name| self.object(name, Keys::Declared).is_some()).collect()
    }
}

impl<'a> Object<'a> {
    /// The property behind a key of a document.
    pub fn property(&self, key: &str) -> Option<Property<'a>> {
        // Most keys are the names: only those that are spelled otherwise are looked for one by one.
        let same = self.arms.iter().find_map(|arm| arm.get_key_value(key)).filter(|(name, _)| self.key(name) == key);
        let entries = || self.arms.iter().flat_map(|arm| arm.iter());
        let found = same.or_else(|| {
            let respelled = self.keys == Keys::Snake || self.renamed.values().any(|renamed| renamed == key);
            entries().filter(|_| respelled).find(|(name, _)| self.key(name) == key)
        });
        found.map(|(name, facts)| self.of(name, facts))
    }

    /// What documents call a property.
    fn key(&self, name: &str) -> String {
        let spelled = || if self.keys == Keys::Snake { snake(name) } else { name.to_owned() };
        self.renamed.get(&self.place(name)).cloned().unwrap_or_else(spelled)
    }

    fn place(&self, name: &str) -> String {
        format!("{}.{name}", self.name)
    }

    fn of(&self, name: &str, facts: &'a [Fact]) -> Property<'a> {
        let payload = self.payload.filter(|_| name == "data");
        Property { place: self.place(name), facts, keys: self.keys, source: self.source, payload }
    }

    /// The property of a declared name, with its key on the wire.
    pub fn declared(&self, name: &str) -> Option<(String, Property<'a>)> {
        let facts = self.arms.iter().find_map(|arm| arm.get(name))?;
        Some((self.key(name), self.of(name, facts)))
    }

    /// All properties, with their keys on the wire; of a union, what any arm has.
    pub fn properties(&self) -> Vec<(String, Property<'a>)> {
        let mut all: BTreeMap<String, Property<'a>> = BTreeMap::new();
        for (name, facts) in self.arms.iter().flat_map(|arm| arm.iter()) {
            all.entry(self.key(name)).or_insert_with(|| self.of(name, facts));
        }
        all.into_iter().collect()
    }

    /// A document with all that the declaration requires.
    pub fn sample(&self, declarations: &'a Declarations) -> Value {
        let required = self.properties().into_iter().filter(|(_, property)| !property.optional());
        required.map(|(key, property)| (key, property.sample(declarations))).collect::<Map<_, _>>().into()
    }

    /// A document with all that the declaration lets be there, objects within objects so `deep`; below that what it
    /// requires.
    pub fn full(&self, declarations: &'a Declarations, deep: usize) -> Value {
        let all = self.properties().into_iter();
        all.map(|(key, property)| (key, property.full(declarations, deep))).collect::<Map<_, _>>().into()
    }
}

impl<'a> Property<'a> {
    /// A value that the declaration takes.
    pub fn sample(&self, declarations: &'a Declarations) -> Value {
        if self.is_list() { json!([]) } else { self.one(declarations) }
    }

    /// A value with all that the declaration lets be in it, objects so `deep`: of a list, one element.
    pub fn full(&self, declarations: &'a Declarations, deep: usize) -> Value {
        // Of the objects in some lists no more is recorded than that they are objects.
        let inner = self.inner(declarations).filter(|inner| !inner.arms.is_empty());
        let one = match (inner, deep) {
            (Some(inner), 1..) => inner.full(declarations, deep - 1),
            (None, _) if self.kind() != "{}[]" => self.one(declarations),
            _ => return self.sample(declarations),
        };
        if self.is_list() { json!([one]) } else { one }
    }

    /// Whether it is declared as a list.
    pub fn is_list(&self) -> bool {
        self.kind().ends_with("[]")
    }

    /// A value of its kind, itself or in a list.
    fn one(&self, declarations: &'a Declarations) -> Value {
        if let Some(constant) = self.constants().first() {
            return json!(constant);
        }
        match self.kind().trim_end_matches("[]") {
            "number" => json!(1),
            "boolean" | "true" => json!(true),
            "false" => json!(false),
            "string" => json!("text"),
            _ => self.inner(declarations).map_or_else(|| json!({}), |inner| inner.sample(declarations)),
        }
    }

    fn says(&self, word: &str) -> bool {
        self.facts.iter().any(|fact| matches!(fact, Fact::Word(said) if said == word))
    }

    /// Whether the declaration lets it be absent.
    pub fn optional(&self) -> bool {
        self.says("optional") || self.says("undefined")
    }

    /// Whether the declaration lets it be null.
    pub fn nullable(&self) -> bool {
        self.says("nullable") || self.kind() == "any"
    }

    /// The census's word for its kind: `string`, `UserJSON[]`, `"a"|"b"`, `{}`, `map`, `any`.
    pub fn kind(&self) -> &'a str {
        match self.facts.first() {
            Some(Fact::Word(kind)) => kind,
            _ => "",
        }
    }

    /// The texts that are all its values, if it has such.
    pub fn constants(&self) -> Vec<&'a str> {
        let kind = self.kind().trim_end_matches("[]");
        if !kind.starts_with('"') {
            return Vec::new();
        }
        kind.split('|').filter_map(|each| each.strip_prefix('"')?.strip_suffix('"')).collect()
    }

    /// The object type that it holds, itself or in a list.
    pub fn inner(&self, declarations: &'a Declarations) -> Option<Object<'a>> {
        if let Some(payload) = self.payload {
            return declarations.object(payload, Keys::Declared);
        }
        let kind = self.kind().trim_end_matches("[]");
        if kind == "{}" {
            let arms = self.facts.iter().filter_map(|fact| if let Fact::Object(arm) = fact { Some(arm) } else { None });
            let (name, arms) = (self.place.clone(), arms.collect());
            return Some(Object {
                name,
                arms,
                keys: self.keys,
                renamed: &declarations.keys,
                source: self.source,
                payload: None,
            });
        }
        if let Some(name) = declarations.named.get(&self.place) {
            return declarations.object(name, self.keys);
        }
        let list = declarations.by_name.get(kind)?;
        declarations.of(list.iter().find(|each| each.source == self.source).or(list.first())?, self.keys)
    }
}
