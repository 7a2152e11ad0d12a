//! What the recipe relaxes, the evidence shows: rules held against it, place by place.

use crate::Everything;
use dts_codegen::recipe::{Recipe, RuleEffect};
use std::collections::BTreeMap;

/// A complaint for every place at which a rule relaxes what nothing shows.
pub fn without_evidence(everything: &Everything, recipe: &Recipe, rules: &[RuleEffect]) -> Vec<String> {
    let effective = rules.iter().filter(|each| each.effective);
    let shown = |each: &&RuleEffect| is_shown(everything, recipe, each);
    let unshown = effective.filter(|each| !shown(each));
    unshown
        .map(|each| format!("{}: nothing shows what `{}` in `{}` says", each.place, each.rule, each.section))
        .collect()
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
