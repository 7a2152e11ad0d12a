//! What the specifications and the declarations have that the other has not: printed for people, decided by nobody.

use crate::Everything;
use std::collections::{BTreeMap, BTreeSet};
use tests::api::declared::Keys;
use tests::json::say;

/// Prints whole lists, not only how long they are: `API_SPEC=report cargo test -p tests --test api_spec -- --nocapture`.
const WHOLE: &str = "API_SPEC";

/// Prints the report.
pub fn report(everything: &Everything) {
    let Everything { facts, mapping, declarations, evidence, .. } = everything;
    let events = facts.webhooks.events.keys().filter(|name| !mapping.events.contains_key(*name)).cloned();
    let targets: BTreeSet<&String> = mapping.types.values().chain(mapping.events.values()).collect();
    let silent = declarations.wire_types().into_iter().filter(|name| !targets.contains(name));
    list("events that the specification has and we have not", events);
    list("properties that the specification has and we have not", evidence.undeclared.iter().cloned());
    list("properties that we require and the specification does not know", evidence.unknown.iter().cloned());
    list("wire types of which the specification says nothing", silent);
    list(
        "properties that we require and may be absent",
        against(everything, &evidence.absent, |optional, _| !optional),
    );
    list("properties that may be null against their declaration", against(everything, &evidence.null, |_, null| !null));
    list("properties with values that are not declared", pairs(&evidence.value));
}

fn against(everything: &Everything, places: &BTreeMap<String, String>, keep: fn(bool, bool) -> bool) -> Vec<String> {
    let is_kept = |place: &str| {
        let (owner, name) = place.rsplit_once('.')?;
        let keys = if owner.ends_with("Params") { Keys::Snake } else { Keys::Declared };
        let object = everything.declarations.object(owner, keys)?;
        let (_, property) =
            object.properties().into_iter().find(|(_, each)| each.place.ends_with(&format!(".{name}")))?;
        Some(keep(property.optional(), property.nullable()))
    };
    pairs(places).filter(|line| is_kept(line.split(": ").next().unwrap_or_default()).unwrap_or(true)).collect()
}

fn pairs(places: &BTreeMap<String, String>) -> impl Iterator<Item = String> {
    places.iter().map(|(place, by)| format!("{place}: {by}"))
}

fn list(title: &str, lines: impl IntoIterator<Item = String>) {
    let lines: Vec<String> = lines.into_iter().collect();
    say(format_args!("{}: {}", title, lines.len()));
    if std::env::var_os(WHOLE).is_some() {
        lines.iter().for_each(|line| say(format_args!("    {line}")));
    }
}
