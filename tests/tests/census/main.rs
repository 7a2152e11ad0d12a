//! The generator's evaluation against TypeScript's own: every declaration of the real package, property by property.
//!
//! `tests/oracle/census.mjs` asks the checker; its answer is recorded. What the two call different things without
//! meaning different documents is in [`KNOWN`], each with a reason; an entry that no longer applies fails.

mod compare;
mod shapes;

use compare::Census;
use dts_codegen::diagnostic::Severity;
use dts_codegen::load::{self, Input};
use dts_codegen::model::Model;
use dts_codegen::schema::Schema;
use dts_codegen::source::Sources;
use dts_codegen::{eval, lower, parse, symbols};
use tests::node;
use tests::strange::install;

/// Differences that are meant: the beginning of the message, and why.
const KNOWN: &[(&str, &str)] = &[];

#[test]
fn evaluation_agrees_with_the_recorded_census() {
    let census: Census = serde_json::from_value(node::recorded("census.json").expect("recorded")).expect("a census");
    let root = node::installed().expect("the oracle's packages");
    let (sources, model, schema) =
        evaluate(&Input::Package { root, name: "@clerk/backend".to_owned(), entries: vec![] });
    let (found, counts) = compare::compare(&census, &sources, &model, &schema);
    let unexpected: Vec<&String> =
        found.iter().filter(|each| !KNOWN.iter().any(|(known, _)| each.starts_with(known))).collect();
    let healed: Vec<&str> = KNOWN
        .iter()
        .map(|(known, _)| *known)
        .filter(|known| !found.iter().any(|each| each.starts_with(known)))
        .collect();
    let list = unexpected.iter().map(|each| each.as_str()).collect::<Vec<_>>().join("\n");
    assert!(unexpected.is_empty(), "{counts}, {} disagreements:\n{list}", unexpected.len());
    assert!(healed.is_empty(), "no longer different, take them out of KNOWN: {healed:?}");
    assert!(counts.declarations > 600 && counts.properties > 2000, "the census is too small: {counts}");
}

#[test]
#[ignore = "needs node: asks TypeScript's checker again"]
fn the_recorded_census_is_what_the_checker_says() {
    let now = node::run("census.mjs", &["--package", "@clerk/backend"]).expect("node");
    let recorded = node::recorded_text("census.json").expect("recorded");
    assert!(
        now == recorded,
        "record it again: node tests/oracle/census.mjs --package @clerk/backend --out tests/oracle/recorded/census.json"
    );
}

/// Names packages to compare, with a space between: `CENSUS="a@1.0.0 b@2.0.0"`. What differs is to be read: the arms of
/// unions stand in the checker's own order there, and `'a' | string` is but a string to it.
const OTHERS: &str = "CENSUS";

/// Packages that have neither.
const PACKAGES: &str = "@types/geojson@7946.0.16 @types/estree@1.0.10 vscode-languageserver-types@3.18.5 \
     devtools-protocol@0.0.1734725";

#[test]
#[ignore = "needs node and npm: installs packages and asks TypeScript's checker"]
fn evaluation_agrees_with_the_checker_on_strange_packages() {
    let others = std::env::var(OTHERS).unwrap_or_else(|_| PACKAGES.to_owned());
    let mut troubles = Vec::new();
    for spec in others.split_whitespace() {
        let (spec, entry) = spec.split_once('#').map_or((spec, None), |(spec, entry)| (spec, Some(entry)));
        let (package, version) = spec.rsplit_once('@').expect("a package and its version");
        let root = install(package, version);
        let entries: Vec<&str> = entry.into_iter().collect();
        let asked = entries.iter().flat_map(|entry| ["--entry", *entry]);
        let args: Vec<&str> =
            ["--package", package, "--root", root.to_str().expect("a path of text")].into_iter().chain(asked).collect();
        let text = node::run("census.mjs", &args).expect("node");
        let census: Census = serde_json::from_str(&text).expect("a census");
        let entries = entries.iter().map(|&entry| entry.to_owned()).collect();
        let (sources, model, schema) = evaluate(&Input::Package { root, name: package.to_owned(), entries });
        let (found, counts) = compare::compare(&census, &sources, &model, &schema);
        eprintln!("{package}: {counts}, {} disagreements", found.len());
        troubles.extend(found.into_iter().map(|each| format!("{package}: {each}")));
    }
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}

fn evaluate(input: &Input) -> (Sources, Model, Schema) {
    let loader = load::open(input).expect("the package opens");
    let (sources, modules, found) = parse::parse_all(&loader);
    // Packages that are not installed (peers of peers) are warnings: nothing that is reached may need them.
    let errors: Vec<_> = found.iter().filter(|each| each.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let (symbols, _) = symbols::collect(&sources, &modules);
    let (model, _) = lower::lower(&sources, &modules, &symbols);
    let (schema, _) = eval::evaluate(&model);
    (sources, model, schema)
}
