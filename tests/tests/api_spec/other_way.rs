//! What the recipe relaxes, the evidence shows: rules held against it, place by place.

use crate::Everything;
use dts_codegen::recipe::{Recipe, RuleEffect};
use std::collections::BTreeMap;

/// A complaint for every place at which a rule relaxes what nothing shows.
pub fn without_evidence(everything: &Everything, recipe: &Recipe, rules: &[RuleEffect]) -> Vec<String> {
    let effective = rules.iter().filter(|each| each.effective);
    let shown = |each: &&RuleEffect| is_shown(everything, recipe, each);
    let unshown = effective.clone().filter(|each| !shown(each));
    let complaints =
        unshown.map(|each| format!("{}: nothing shows what `{}` in `{}` says", each.place, each.rule, each.section));
    complaints.chain(effective.flat_map(|each| made_up(everything, recipe, each))).collect()
}

/// How many values the rows of `[strings] open` list: each is looked for at each place.
pub fn listed_values(recipe: &Recipe) -> usize {
    recipe.open.rows().iter().map(|row| row.value.len()).sum()
}

/// A complaint for every value that a row of `[strings] open` lists, and that was not seen at the place.
fn made_up(everything: &Everything, recipe: &Recipe, rule: &RuleEffect) -> Vec<String> {
    let values = &everything.evidence.values;
    let is_seen =
        |value: &String| rule.names.iter().filter_map(|name| values.get(name)).any(|seen| seen.contains(value));
    let rows = recipe.open.rows().iter().filter(|row| rule.section == "[strings] open" && row.text == rule.rule);
    let unseen = rows.flat_map(|row| &row.value).filter(|value| !is_seen(value));
    unseen.map(|value| format!("{}: nothing shows the value {value:?} of `{}`", rule.place, rule.rule)).collect()
}

/// How many places each section has that some rule changes.
pub fn counts(rules: &[RuleEffect]) -> BTreeMap<&'static str, (usize, usize)> {
    let mut counts: BTreeMap<&str, (Vec<&str>, usize)> = BTreeMap::new();
    for each in rules.iter().filter(|each| each.effective) {
        let (globs, places) = counts.entry(each.section).or_default();
        globs.push(&each.rule);
        *places += 1;
    }
    let distinct = |mut globs: Vec<&str>| {
        globs.sort_unstable();
        globs.dedup();
        globs.len()
    };
    counts.into_iter().map(|(section, (globs, places))| (section, (distinct(globs), places))).collect()
}

fn is_shown(everything: &Everything, recipe: &Recipe, rule: &RuleEffect) -> bool {
    let evidence = &everything.evidence;
    let by = |shown: &BTreeMap<String, String>| rule.names.iter().any(|name| shown.contains_key(name));
    match rule.section {
        "[nulls] absent_ok" => by(&evidence.absent),
        "[nulls] null_ok" => by(&evidence.null),
        "[strings] open" => by(&evidence.value),
        "[wire] key" => rule.names.iter().any(|name| evidence.known.contains(name)),
        "[wire] payload" => carries(everything, rule, recipe.payloads.find(&rule.names)),
        // The rest does not relax what documents must be.
        _ => true,
    }
}

/// Whether an event carries in the specification what the rule says: `WebhookEvent.'role.deleted'.data`.
fn carries(everything: &Everything, rule: &RuleEffect, what: Option<&String>) -> bool {
    let event = rule.place.split('\'').nth(1).unwrap_or_default();
    let data = everything.facts.webhooks.events.get(event).and_then(|event| event.properties.get("data"));
    let schema = data.and_then(|data| data.reference.as_ref());
    let carried = schema.and_then(|schema| everything.mapping.types.get(schema));
    carried.is_some() && carried == what
}
