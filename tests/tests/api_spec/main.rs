//! The API's own specifications, their examples, and what was seen, held against the generated types.
//!
//! The facts were recorded by `oracle/api_facts.mjs`; documents are made from them here. What the evidence allows must
//! be taken and given back, what the recipe relaxes must be shown by it, and what neither declarations nor evidence
//! allow must be refused.

mod documents;
mod evidence;
mod facts;
mod hold;
mod mapped;
mod other_way;
mod random;
mod refused;
mod report;
mod seen;
mod types;

use documents::Maker;
use evidence::{Evidence, evidence};
use facts::{Facts, Specification};
use hold::{Held, Target};
use serde_json::Value;
use std::sync::LazyLock;
use tests::api::declared::{Declarations, Keys};
use tests::api::mapping::{Exceptions, Mapping, Reports, read};
use tests::api::recipe;
use tests::json::{is_same, say};

/// How many documents of each schema are left to chance.
const BY_CHANCE: usize = 12;

/// All that the tests here read.
struct Everything {
    facts: Facts,
    mapping: Mapping,
    declarations: Declarations,
    exceptions: Exceptions,
    evidence: Evidence,
}

/// Read once for all tests.
static EVERYTHING: LazyLock<Everything> = LazyLock::new(Everything::read);

impl Everything {
    fn read() -> Self {
        let (facts, mapping) = (Facts::recorded(), Mapping::recorded());
        let declarations = Declarations::recorded(mapping.named.clone(), &recipe::recipe());
        let reports: Reports = read("reports.toml");
        let evidence = evidence(&facts, &mapping, &declarations, &reports);
        Self { facts, mapping, declarations, exceptions: read("exceptions.toml"), evidence }
    }
}

#[test]
fn every_schema_is_mapped_or_left_out_with_a_reason() {
    let troubles = mapped::troubles(&EVERYTHING.mapping, &EVERYTHING.facts);
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}

#[test]
fn what_is_on_one_side_only_is_told() {
    report::report(&EVERYTHING);
}

#[test]
fn what_the_evidence_allows_is_taken() {
    let everything = &*EVERYTHING;
    let rules = recipe::effects();
    let merged = rules.iter().filter(|each| each.section == "[nulls] merge").flat_map(|each| each.names.clone());
    let mut held = Held::new(&everything.declarations, everything.exceptions.places(), merged.collect());
    for specification in everything.facts.specifications() {
        hold_schemas(everything, specification, &mut held);
        hold_events(everything, specification, &mut held);
    }
    seen::observed(everything, &mut held);
    seen::bodies(everything, &mut held);
    let listed = everything.exceptions.places().len();
    let (facts, Held { documents, refused, excepted, .. }) = (everything.facts.count(), &held);
    say(format_args!(
        "facts {facts}, documents {documents}, refused {refused} but for {listed} listed exceptions ({excepted} documents)"
    ));
    let list: Vec<String> =
        held.troubles.iter().map(|(place, (count, first))| format!("{place}: {count}, as in {first}")).collect();
    assert!(list.is_empty(), "{} places:\n{}", list.len(), list.join("\n"));
    let unneeded = held.unneeded();
    assert!(unneeded.is_empty(), "no document needs these exceptions any more: {unneeded:?}");
    assert!(*documents > 10_000, "hardly anything was tried: {documents} documents");
}

/// An event that is newer than the declarations is no error: it is kept whole.
#[test]
fn what_only_the_specification_knows_is_kept_whole() {
    let Everything { facts, mapping, declarations, .. } = &*EVERYTHING;
    let event = types::find("WebhookEvent").expect("the type of all events");
    let unknown = facts.webhooks.events.iter().filter(|(name, _)| !mapping.events.contains_key(*name));
    for (name, shape) in unknown {
        let documents = Maker::new(&facts.webhooks, declarations, name).all(shape, None, BY_CHANCE);
        for mut document in documents.into_iter().map(|each| each.value).chain(shape.examples.clone()) {
            document["type"] = Value::from(name.as_str());
            let again = (event.decode)(&document.to_string()).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
            assert!(is_same(&again, &document), "{name} comes back otherwise");
        }
    }
}

#[test]
fn what_the_recipe_relaxes_is_shown_by_evidence() {
    let rules = recipe::effects();
    for (section, (globs, places)) in other_way::counts(rules) {
        say(format_args!("{section}: {globs} rules change {places} places"));
    }
    let complaints = other_way::without_evidence(&EVERYTHING, &recipe::recipe(), rules);
    assert!(complaints.is_empty(), "{} places:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn what_nothing_allows_is_refused() {
    let everything = &*EVERYTHING;
    let mut broken = refused::Broken::default();
    for target in everything.mapping.types.values().filter(|target| !target.contains('.')) {
        broken.try_all(everything, &Target::Wire(target), &seen::whole(everything, target));
    }
    for (event, payload) in &everything.mapping.events {
        broken.try_all(everything, &Target::Event(payload), &seen::whole_event(everything, event, payload));
    }
    say(format_args!("broken documents {}, taken {}", broken.tried, broken.taken.len()));
    assert!(broken.taken.is_empty(), "{} are taken:\n{}", broken.taken.len(), broken.taken.join("\n"));
    assert!(broken.tried > 1_000, "hardly anything was tried: {} documents", broken.tried);
}

fn hold_schemas<'a>(everything: &'a Everything, of: &'a Specification, held: &mut Held<'a>) {
    for (name, shape) in of.schemas.iter().chain(&of.answers) {
        let Some(target) = everything.mapping.types.get(name) else { continue };
        // What has no name is held where it stands, as a part of what has.
        if target.contains('.') {
            continue;
        }
        let mut maker = Maker::new(of, &everything.declarations, name);
        let object = everything.declarations.object(target, Keys::Declared);
        for document in maker.all(shape.mapped(), object.as_ref(), BY_CHANCE) {
            held.hold(&Target::Wire(target), &document.value, &format!("{name} ({})", document.is));
        }
    }
}

fn hold_events<'a>(everything: &'a Everything, of: &'a Specification, held: &mut Held<'a>) {
    for (name, shape) in &of.events {
        let Some(payload) = everything.mapping.events.get(name) else { continue };
        let mut maker = Maker::new(of, &everything.declarations, name);
        let target = Target::Event(payload);
        let mut try_one = |mut value: Value, is: &str| {
            value["type"] = Value::from(name.as_str());
            value["object"] = Value::from("event");
            held.hold(&target, &value, &format!("the event {name} ({is})"));
        };
        for document in maker.all(shape, Some(&target.object(&everything.declarations)), BY_CHANCE) {
            try_one(document.value, &document.is);
        }
        for (i, example) in shape.examples.iter().enumerate() {
            try_one(example.clone(), &format!("example {i}"));
        }
    }
}
