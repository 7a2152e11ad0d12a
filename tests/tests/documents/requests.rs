//! What the SDK sends, recorded from a local server, is what the request types encode.

use crate::types::{TYPES, Type};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use tests::json::{Absent, difference, say, snake};
use tests::node;

/// Types that are not what is sent, and why. An entry that no longer applies fails.
const KNOWN: &[(&str, &str)] = &[("CreateEmailOptions", "arguments of the call itself: its key is sent as a header")];

#[test]
fn recorded_requests_are_what_the_sdk_sends() {
    check(&node::recorded("requests.json").expect("recorded"));
}

#[test]
#[ignore = "needs node: lets the real SDK send again, with other arguments"]
fn fresh_requests_are_what_the_sdk_sends() {
    for seed in ["2", "3"] {
        let calls = node::run("requests.mjs", &["--seed", seed]).expect("node");
        check(&serde_json::from_str(&calls).expect("calls"));
    }
}

/// Keys of queries' types that the SDK puts into the path or a header.
const ELSEWHERE: [&str; 10] = [
    "M2MTokenApi GetM2MTokenListParams machine_secret_key",
    "OrganizationApi GetOrganizationDomainListParams organization_id",
    "OrganizationApi GetOrganizationInvitationListParams organization_id",
    "OrganizationApi GetOrganizationInvitationParams invitation_id",
    "OrganizationApi GetOrganizationInvitationParams organization_id",
    "OrganizationApi GetOrganizationMembershipListParams organization_id",
    "OrganizationApi GetOrganizationParams organization_id",
    "OrganizationApi GetOrganizationParams slug",
    "UserApi GetOrganizationInvitationListParams user_id",
    "UserApi GetOrganizationMembershipListParams user_id",
];

/// As query strings: lists as repeated keys, what is absent left out. The SDK leaves out `false`, `0` and empty texts too,
/// and adds a key of its own.
#[test]
fn queries_are_what_the_sdk_sends() {
    let calls = node::recorded("requests.json").expect("recorded");
    let (mut troubles, mut compared, mut elsewhere) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for call in calls.as_array().expect("a list") {
        let sent: Vec<(String, String)> =
            serde_json::from_value(call["requests"][0]["query"].clone()).expect("pairs of texts");
        let sent = by_key(sent.into_iter().filter(|(key, _)| key != "paginated").collect());
        let is_query = call["requests"][0]["method"] == "GET" || !sent.is_empty();
        let params = parameters(call).into_iter().filter(|_| is_query);
        for (found, document) in params {
            let decoded =
                (found.decode)(&document.to_string()).unwrap_or_else(|error| panic!("{}: {error}", found.name));
            let pairs =
                decoded.query.and_then(|text| serde_html_form::from_str(&text).map_err(|error| error.to_string()));
            let ours = pairs.map(|pairs| {
                let ours = by_key(pairs);
                let (kept, gone): (BTreeMap<_, _>, BTreeMap<_, _>) =
                    ours.into_iter().partition(|(key, _)| !goes_elsewhere(call, key));
                let file = found.source.rsplit('/').next().unwrap_or_default().trim_end_matches(".d.ts");
                elsewhere.extend(gone.into_keys().map(|key| format!("{file} {} {key}", found.name)));
                kept
            });
            compared.insert(found.name);
            if ours.as_ref() != Ok(&sent) {
                troubles.push(format!("{} {}: {ours:?}, the SDK sends {sent:?}", call["call"], found.name));
            }
        }
    }
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
    say(format_args!("queries: {} types compared", compared.len()));
    assert_eq!(
        elsewhere.iter().collect::<Vec<_>>(),
        ELSEWHERE,
        "the section on queries of the crate's own page names them"
    );
    let missed: Vec<_> = TYPES.iter().map(|each| each.name).filter(|name| is_query(name)).collect();
    let missed: Vec<_> = missed.into_iter().filter(|name| !compared.contains(name)).collect();
    assert!(missed.is_empty(), "not compared: {missed:?}");
}

/// Whether a type of that name is a query, as upstream names them.
fn is_query(name: &str) -> bool {
    name.ends_with("ListParams")
        || name.ends_with("CountParams")
        || (name.starts_with("Get") && name.ends_with("Params"))
}

/// The values of each key, in order.
fn by_key(pairs: Vec<(String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    pairs.into_iter().for_each(|(key, value)| keys.entry(key).or_default().push(value));
    keys
}

/// Whether the SDK puts a key of an argument into the path or a header.
fn goes_elsewhere(call: &Value, key: &str) -> bool {
    let keys = call["keys"].as_object().into_iter().flatten();
    keys.filter(|(name, _)| snake(name) == key)
        .any(|(_, place)| !place.as_str().unwrap_or_default().starts_with("query:"))
}

fn check(calls: &Value) {
    let (mut troubles, mut compared, mut met) = (Vec::new(), 0, vec![false; KNOWN.len()]);
    for call in calls.as_array().expect("a list") {
        for (found, document) in parameters(call) {
            compared += 1;
            let what = match found.round_trip(&document.to_string()) {
                Ok(again) => difference(&document, &again, Absent::IsNot),
                Err(error) => Some(error),
            };
            let Some(what) = what else { continue };
            match KNOWN.iter().position(|(known, _)| found.name == *known) {
                Some(i) => met[i] = true,
                None => troubles.push(format!("{} {}: {what}", call["call"], found.name)),
            }
        }
    }
    troubles.dedup();
    say(format_args!("requests: {compared} parameters compared, {} differ", troubles.len()));
    assert!(troubles.is_empty(), "{compared} parameters, {} differ:\n{}", troubles.len(), troubles.join("\n"));
    for (known, was_met) in KNOWN.iter().zip(met) {
        assert!(was_met, "{known:?} no longer applies: take it out");
    }
    assert!(compared > 150, "hardly anything was compared: {compared} parameters");
}

/// The typed parameters of a call, each with its wire form: bodies as sent, and the keys of queries with the values
/// they were made from. Keys that go elsewhere (into the path, a header) are put back in snake case: the Rust type has
/// them too. Calls that send several bodies are left out.
fn parameters(call: &Value) -> Vec<(&'static Type, Value)> {
    let requests = call["requests"].as_array().expect("a list");
    let request = match requests.as_slice() {
        [request] => request,
        [first, ..] if requests.iter().all(|request| request["body"].is_null()) => first,
        _ => return Vec::new(),
    };
    let names = call["parameters"].as_array().expect("a list").iter().filter_map(Value::as_str);
    let args = call["args"].as_array().expect("a list");
    names
        .zip(args)
        .filter_map(|(name, arg)| {
            let found = type_of(name, call["call"].as_str()?)?;
            let document = match arg {
                Value::Object(arg) => Value::Object(whole(call, arg, &request["body"])?),
                // A list is sent as it is, its elements re-spelled.
                Value::Array(_) => request["body"].as_array().cloned().map(Value::Array)?,
                _ => return None,
            };
            Some((found, document))
        })
        .collect()
}

/// The type of that name, of several the one in the file of the call's own resource: `organizations.createOrganization`
/// is in `OrganizationApi.d.ts`.
fn type_of(name: &str, call: &str) -> Option<&'static Type> {
    let resource = call.split('.').next()?.trim_end_matches('s').to_lowercase();
    let found: Vec<&Type> = TYPES.iter().filter(|each| each.name == name && !each.source.starts_with('@')).collect();
    let own = found.iter().find(|each| {
        let file = each.source.rsplit('/').next().unwrap_or_default();
        file.to_lowercase().starts_with(&resource)
    });
    own.or(found.first()).copied()
}

/// The argument under its wire keys: from the body where it went there, else as given.
fn whole(call: &Value, arg: &Map<String, Value>, body: &Value) -> Option<Map<String, Value>> {
    let one = |(key, value): (&String, &Value)| {
        let place = call["keys"][key].as_str().unwrap_or_default();
        match place.split_once(':') {
            Some(("body", name)) => Some((name.to_owned(), body.get(name)?.clone())),
            Some(("query", name)) => Some((name.to_owned(), value.clone())),
            _ => Some((snake(key), value.clone())),
        }
    };
    arg.iter().map(one).collect()
}
