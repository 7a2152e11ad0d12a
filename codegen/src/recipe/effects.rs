//! What the rules of a recipe did: where each matched, and whether that changed anything.

use super::document::{place, recipe_error};
use super::{Recipe, Row};
use crate::diagnostic::{Code, Diagnostic, Severity};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How many places a warning lists.
const LISTED: usize = 8;

/// What a rule did at a place that it matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Nothing: the place is without the rule what it is with it.
    Nothing,
    /// A later rule decides there, as is meant where a special rule follows a general one.
    Overruled,
    /// It changed the output.
    Changed,
}

/// A rule at a place that it matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleEffect {
    /// The list or table of the recipe that the rule stands in: `[nulls] absent_ok`.
    pub section: &'static str,
    /// The glob, as written.
    pub rule: String,
    /// Why it is there.
    pub why: Option<String>,
    /// The place, as upstream spells it: `UserJSON.locale`.
    pub place: String,
    /// All that rules may call the place: the names that it has by inheritance follow.
    pub names: Vec<String>,
    /// Whether the rule changes the output there.
    pub effective: bool,
}

/// The effects of rules, gathered while a crate is planned. What is planned more than once (a generic declaration and its
/// instances) counts as its strongest effect.
#[derive(Debug, Default)]
pub struct RuleLog {
    /// By the offset of the rule in the recipe, which no two rules share.
    rules: RefCell<BTreeMap<usize, Logged>>,
}

#[derive(Debug)]
struct Logged {
    section: &'static str,
    rule: String,
    why: Option<String>,
    places: BTreeMap<String, (Effect, Vec<String>)>,
}

impl RuleLog {
    /// Notes what a rule does at a place, whose first name is upstream's own.
    pub fn note<T>(&self, section: &'static str, row: &Row<T>, names: &[String], effect: Effect) {
        let Some(place) = names.first() else { return };
        let mut rules = self.rules.borrow_mut();
        let logged = rules.entry(row.offset).or_insert_with(|| Logged {
            section,
            rule: row.text.clone(),
            why: row.why.clone(),
            places: BTreeMap::new(),
        });
        let known = logged.places.entry(place.clone()).or_insert_with(|| (effect, names.to_vec()));
        known.0 = known.0.max(effect);
    }

    /// Every rule at every place, in the order of the recipe, then of the places' names.
    pub fn effects(&self) -> Vec<RuleEffect> {
        let rules = self.rules.borrow();
        let of_rule = |logged: &Logged| {
            let places = logged.places.iter().map(|(place, (effect, names))| RuleEffect {
                section: logged.section,
                rule: logged.rule.clone(),
                why: logged.why.clone(),
                place: place.clone(),
                names: names.clone(),
                effective: *effect == Effect::Changed,
            });
            places.collect::<Vec<_>>()
        };
        rules.values().flat_map(of_rule).collect()
    }

    /// An error for every rule that changes nothing wherever it matches, and a warning for every one that changes nothing
    /// at some places: most often upstream's declarations say by now what the rule says.
    pub fn diagnostics(&self, recipe: &Recipe) -> Vec<Diagnostic> {
        let rules = self.rules.borrow();
        rules.iter().filter_map(|(offset, logged)| logged.diagnostic(recipe, *offset)).collect()
    }
}

impl Logged {
    fn diagnostic(&self, recipe: &Recipe, offset: usize) -> Option<Diagnostic> {
        let of = |wanted: Effect| self.places.iter().filter(move |(_, (effect, _))| *effect == wanted);
        let idle: Vec<&str> = of(Effect::Nothing).map(|(place, _)| place.as_str()).collect();
        let place = place(&recipe.name, &recipe.text, offset);
        let Self { section, rule, .. } = self;
        if of(Effect::Changed).next().is_none() {
            let message = format!("`{rule}` in `{section}` changes nothing wherever it matches");
            let all: Vec<&str> = self.places.keys().map(String::as_str).collect();
            let hint = format!("remove the rule; it matches {}", listed(&all));
            return Some(recipe_error(Code::RuleWithoutEffect, place, message).with_hint(hint));
        }
        if idle.is_empty() {
            return None;
        }
        let message =
            format!("`{rule}` in `{section}` changes nothing at {} of {} places", idle.len(), self.places.len());
        let hint = format!("leave them out of the glob: {}", listed(&idle));
        let warning = recipe_error(Code::RuleWithoutEffect, place, message).with_hint(hint);
        Some(Diagnostic { severity: Severity::Warning, ..warning })
    }
}

/// The first few places, and how many more there are.
fn listed(places: &[&str]) -> String {
    let shown: Vec<String> = places.iter().take(LISTED).map(|place| format!("`{place}`")).collect();
    let more = places.len().saturating_sub(LISTED);
    if more == 0 { shown.join(", ") } else { format!("{} and {more} more", shown.join(", ")) }
}
