//! The API's own specifications, their examples, and what was seen, held against the generated types.
//!
//! The facts were recorded by `oracle/api_facts.mjs`; documents are made from them here. What the evidence allows must
//! be taken and given back, what the recipe relaxes must be shown by it, and what neither declarations nor evidence
//! allow must be refused.

mod by_declaration;
mod documents;
mod evidence;
mod facts;
mod hold;
mod mapped;
mod other_way;
mod random;
mod reads;
mod refused;
mod report;
mod seen;
mod types;

use documents::Maker;
use evidence::{Evidence, evidence};
use facts::{Facts, Specification};
use hold::{Held, Target};
use reads::Reads;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
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
    reads: Reads,
    /// What rules may call a place that they change: names that it has by inheritance.
    inherited: BTreeMap<&'static str, &'static [String]>,
}

/// Read once for all tests.
static EVERYTHING: LazyLock<Everything> = LazyLock::new(Everything::read);

impl Everything {
    fn read() -> Self {
        let (facts, mapping) = (Facts::recorded(), Mapping::recorded());
        let declarations = Declarations::recorded(mapping.named.clone(), &recipe::recipe());
        let reports: Reports = read("reports.toml");
        let evidence = evidence(&facts, &mapping, &declarations, &reports);
        let (exceptions, reads) = (read("exceptions.toml"), Reads::recorded());
        let effective = recipe::effects().iter().filter(|each| each.effective && each.section.starts_with("[nulls]"));
        let inherited = effective.map(|each| (each.place.as_str(), each.names.as_slice())).collect();
        Self { facts, mapping, declarations, exceptions, evidence, reads, inherited }
    }

    /// A place, and where it is inherited from: what a rule says there it says here too.
    fn names<'p>(&self, place: &'p str) -> BTreeSet<&'p str> {
        let inherited: &'static [String] = self.inherited.get(place).copied().unwrap_or_default();
        inherited.iter().map(String::as_str).chain([place]).collect()
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
    let by_facts = held.documents;
    by_declaration::documents(everything, &mut held);
    by_declaration::events(everything, &mut held);
    say(format_args!("documents by the declarations alone {}", held.documents - by_facts));
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
    let recipe = recipe::recipe();
    say(format_args!("values of open constants looked for in the evidence: {}", other_way::listed_values(&recipe)));
    let complaints = other_way::without_evidence(&EVERYTHING, &recipe, rules);
    assert!(complaints.is_empty(), "{} places:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn what_nothing_allows_is_refused() {
    let everything = &*EVERYTHING;
    let mut broken = refused::Broken::default();
    let mapped = everything.mapping.types.values().filter(|target| !target.contains('.')).cloned();
    let types: BTreeSet<String> = everything.declarations.wire_types().into_iter().chain(mapped).collect();
    for target in &types {
        broken.try_all(everything, &Target::Wire(target), &seen::whole(everything, target));
    }
    for (event, payload) in &everything.mapping.events {
        broken.try_all(everything, &Target::Event(payload), &seen::whole_event(everything, event, payload));
    }
    for (event, payload) in &everything.mapping.declared_events {
        let whole = by_declaration::event_document(everything, event, payload, Some(by_declaration::DEEP));
        broken.try_all(everything, &Target::Event(payload), &whole);
    }
    let refused::Broken { tried, inside, by_class, unread, allowed, places, taken } = broken;
    let (types, at) = (types.len(), places.len());
    say(format_args!(
        "{types} wire types, broken documents {tried}, of them in inner objects {inside}, at {at} places"
    ));
    say(format_args!(
        "as classes {by_class} (not read {unread}, allowed by the class {allowed}), taken {}",
        taken.len()
    ));
    assert!(taken.is_empty(), "{} are taken:\n{}", taken.len(), taken.join("\n"));
    let nameless = ["WebhookEventAttributes.http_request", "BillingSubscriptionItemWebhookEventJSON.plan.name"];
    assert!(nameless.iter().all(|place| places.contains(*place)), "objects without a name were not broken");
    let least = [(tried, 10_000), (inside, 5_000), (by_class, 1_000)];
    assert!(least.iter().all(|(tried, least)| tried > least), "hardly anything was tried: {least:?}");
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
