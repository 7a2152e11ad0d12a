//! Classes decode as upstream's `fromJSON` builds them: what node answered, against what Rust built.
//!
//! Rust encodes a class under its wire keys, node answers under the class's own names; `from_json_map.json`, made by
//! watching the real code, says which field is from which key.

use crate::types::{Agreement, PAIRS, find};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use tests::json::{Absent, difference, say, snake};
use tests::node;

/// The answers for a class.
#[derive(Deserialize)]
struct Answers {
    class: String,
    source: String,
    documents: Vec<Answer>,
}

/// What became of a document.
#[derive(Deserialize)]
struct Answer {
    is: String,
    valid: bool,
    document: Value,
    gives: Option<Value>,
}

/// How a class is built.
#[derive(Deserialize)]
struct Recipe {
    fields: BTreeMap<String, Field>,
    unread: Vec<String>,
}

/// Where a field is from: a key, or more to say.
#[derive(Deserialize)]
#[serde(untagged)]
enum Field {
    Key(String),
    Built(Box<Built>),
}

#[derive(Deserialize)]
struct Built {
    from: Vec<String>,
    class: Option<String>,
    list: Option<String>,
    #[serde(rename = "as")]
    shape: Option<String>,
    absent: Option<Value>,
    null: Option<Value>,
}

/// Differences that are meant: class, what the complaint says, why. An entry that no longer applies fails.
const KNOWN: &[(&str, &str, &str)] = &[
    (
        "Machine",
        ".scoped_machines[",
        "upstream empties the scopes of nested machines and drops their keys; here they stay",
    ),
    ("IdPOAuthAccessToken", ".act.act", "upstream cuts chains of actors at the second; here they stay whole"),
];

#[test]
fn recorded_answers_agree() {
    let answers = node::recorded("from_json.json").expect("recorded");
    let map = node::recorded("from_json_map.json").expect("recorded");
    check(serde_json::from_value(answers).expect("answers"), serde_json::from_value(map).expect("a map"));
}

#[test]
#[ignore = "needs node: asks the real package again, with other seeds"]
fn fresh_answers_agree() {
    let dir = tempfile::tempdir().expect("a directory");
    let file = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    for seed in ["2", "3"] {
        let (answers, map) = (file("answers.json"), file("map.json"));
        node::run("from_json.mjs", &["--seed", seed, "--random", "8", "--out", &answers, "--map", &map]).expect("node");
        let read = |path: &str| std::fs::read_to_string(path).expect("written");
        check(
            serde_json::from_str(&read(&answers)).expect("answers"),
            serde_json::from_str(&read(&map)).expect("a map"),
        );
    }
}

#[test]
fn both_ways_to_a_class_agree() {
    let answers: Vec<Answers> =
        serde_json::from_value(node::recorded("from_json.json").expect("recorded")).expect("answers");
    let mut troubles = Vec::new();
    let (mut same, mut one_way) = (0, 0);
    for Answers { class, documents, .. } in &answers {
        let Some(pair) = PAIRS.iter().find(|pair| pair.class == class) else {
            troubles.push(format!("{class} has no wire type"));
            continue;
        };
        for answer in documents {
            match (pair.agree)(&answer.document.to_string()) {
                Ok(Agreement::Same) => same += 1,
                Ok(Agreement::OneWay) => one_way += 1,
                Ok(Agreement::Refused) if !answer.valid => {}
                Ok(Agreement::Refused) => troubles.push(format!("{class} ({}) is refused", answer.is)),
                Err(what) => troubles.push(format!("{class} from {} ({}): {what}", pair.wire, answer.is)),
            }
        }
    }
    say(format_args!(
        "From and decoding: {} classes, {same} documents agree, {one_way} are no wire documents",
        PAIRS.len()
    ));
    assert!(troubles.is_empty(), "{} differences:\n{}", troubles.len(), troubles.join("\n"));
    assert!(same > 400 && PAIRS.len() > 60, "hardly anything was compared: {same} documents");
}

fn check(answers: Vec<Answers>, map: BTreeMap<String, Recipe>) {
    let mut troubles = Vec::new();
    let (mut documents, mut classes, mut met) = (0, 0, vec![false; KNOWN.len()]);
    for Answers { class, source, documents: list } in &answers {
        let Some(found) = find(class, Some(source)) else {
            troubles.push(format!("{class}: no such type"));
            continue;
        };
        classes += 1;
        for answer in list {
            documents += 1;
            let built = found.round_trip(&answer.document.to_string());
            let Some(what) = judge(class, answer, built, &map) else { continue };
            match KNOWN.iter().position(|(known, field, _)| known == class && what.contains(field)) {
                Some(i) => met[i] = true,
                None => troubles.push(format!("{class} ({}): {what}", answer.is)),
            }
        }
    }
    say(format_args!("oracle: {classes} classes, {documents} documents, {} differences", troubles.len()));
    let shown: Vec<&str> = troubles.iter().map(String::as_str).take(200).collect();
    assert!(
        troubles.is_empty(),
        "{classes} classes, {documents} documents, {} differences:\n{}",
        troubles.len(),
        shown.join("\n")
    );
    for (known, was_met) in KNOWN.iter().zip(met) {
        assert!(was_met, "{known:?} no longer applies: take it out");
    }
    assert!(classes > 60 && documents > 1000, "hardly anything was compared: {classes} classes, {documents} documents");
}

/// What is wrong with what Rust made of a document.
fn judge(class: &str, answer: &Answer, built: Result<Value, String>, map: &BTreeMap<String, Recipe>) -> Option<String> {
    let recipe = map.get(class)?;
    match (&answer.gives, built) {
        (None, Ok(_)) if answer.valid => Some("taken, and upstream throws".to_owned()),
        (None, _) => None,
        (Some(gives), Ok(built)) => {
            let wire = on_the_wire(class, gives, map);
            // A class's field is either absent or null when nothing is there, as its type says.
            difference(&wire, &built, Absent::IsNull).map(|at| format!("upstream and Rust differ: {at}"))
        }
        (Some(_), Err(error)) if must_be_taken(answer, recipe) => Some(format!("refused: {error}")),
        (Some(_), Err(_)) => None,
    }
}

/// Valid documents, values of tomorrow, keys that nobody reads, and those for which upstream has a default.
fn must_be_taken(answer: &Answer, recipe: &Recipe) -> bool {
    if answer.valid || answer.is == "unknown" || answer.is == "extra" {
        return true;
    }
    let Some((how, key)) = answer.is.split_once(' ') else { return false };
    let unread = recipe.unread.iter().any(|each| each.trim_end_matches('?') == key);
    let default = recipe.fields.values().any(|field| match field {
        Field::Built(built) if built.from.iter().any(|from| from == key) => match how {
            "absent" => built.absent.is_some(),
            _ => built.null.as_ref().is_some_and(|null| null != "undefined"),
        },
        _ => false,
    });
    unread || default
}

/// Upstream's answer under the wire's keys.
fn on_the_wire(class: &str, gives: &Value, map: &BTreeMap<String, Recipe>) -> Value {
    let (Some(recipe), Value::Object(gives)) = (map.get(class), gives) else { return gives.clone() };
    let mut wire = Map::new();
    for (name, value) in gives {
        match recipe.fields.get(name) {
            Some(Field::Key(key)) => drop(wire.insert(key.clone(), value.clone())),
            Some(Field::Built(built)) => {
                let key = built.from.first().cloned().unwrap_or_else(|| snake(name));
                wire.insert(key, part(built, value, map));
            }
            None => drop(wire.insert(name.clone(), value.clone())),
        }
    }
    Value::Object(wire)
}

fn part(built: &Built, value: &Value, map: &BTreeMap<String, Recipe>) -> Value {
    match (&built.class, &built.list, value) {
        (Some(class), _, _) => on_the_wire(class, value, map),
        (_, Some(class), Value::Array(list)) => list.iter().map(|each| on_the_wire(class, each, map)).collect(),
        _ if built.shape.as_deref() == Some("camel") => snake_keys(value),
        _ => value.clone(),
    }
}

fn snake_keys(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.iter().map(|(key, value)| (snake(key), snake_keys(value))).collect(),
        Value::Array(list) => list.iter().map(snake_keys).collect(),
        other => other.clone(),
    }
}
