//! Packages of other people: generated with an empty recipe, compiled, and tried with documents that TypeScript's checker
//! made: the valid ones come back as they were, the spoiled ones are refused.

use serde_json::Value;
use std::path::Path;
use std::{env, fs};
use tests::json::is_same;
use tests::node;
use tests::probe::{Outcome, Probe, Trial, TypeName};
use tests::strange::{install, target};

/// The packages, by version: what is found must not depend on the day. `#` begins an export subpath that is read alone.
const PACKAGES: &[&str] = &[
    "@types/geojson@7946.0.16",
    "@types/estree@1.0.10",
    "@slack/types@3.2.0",
    "openapi-types@12.1.3",
    "vscode-languageserver-types@3.18.5",
    "@grammyjs/types@5.0.0",
];

/// Names other packages to try, with a space between: `STRANGERS="a@1.0.0 b@2.0.0#./sub"`.
const OTHERS: &str = "STRANGERS";

/// Where the chance of the documents begins.
const SEED: &str = "7";

/// How many documents of a package are tried, beside one of each type.
const MOST: &str = "12000";

/// A line of `documents.mjs`, and what became of its document.
struct Answered {
    line: Value,
    outcome: Outcome,
}

#[test]
#[ignore = "needs node and npm: installs, generates and compiles packages"]
fn packages_take_their_documents() {
    let mut troubles = Vec::new();
    let others = env::var(OTHERS).unwrap_or_default();
    let others: Vec<&str> = others.split_whitespace().collect();
    for spec in if others.is_empty() { PACKAGES } else { &others } {
        let (spec, entry) = spec.split_once('#').map_or((*spec, None), |(spec, entry)| (spec, Some(entry)));
        let (package, version) = spec.rsplit_once('@').expect("a package and its version");
        let root = install(package, version);
        let answered = answers(package, entry, &root);
        let differences: Vec<String> = answered.iter().filter_map(difference).collect();
        let valid = answered.iter().filter(|each| each.line["valid"] == true).count();
        let invalid = answered.len() - valid;
        assert!(valid > 10 && invalid > 10, "{package}: hardly anything was compared: {valid} and {invalid}");
        eprintln!("{package}: {valid} valid, {invalid} invalid, {} differences", differences.len());
        troubles.extend(differences.iter().map(|difference| format!("{package}: {difference}")));
    }
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}

fn answers(package: &str, entry: Option<&str>, root: &Path) -> Vec<Answered> {
    let entries: Vec<&str> = entry.into_iter().collect();
    let probe = Probe::generate(root, package, &entries, &root.join("crate"), &target().join("probes/target"))
        .expect("it generates");
    let types: String = probe.types().map(|it| format!("{}\t{}\n", it.source, it.name)).collect();
    let list = root.join("types.txt");
    fs::write(&list, types).expect("a file below target");
    let (root, list) = (root.to_str().expect("a path of text"), list.to_str().expect("a path of text"));
    let which = ["--package", package, "--root", root, "--types", list, "--most", MOST];
    let how = ["--seed", SEED, "--random", "2", "--mutations", "3"];
    let entry = entry.map_or(vec!["--fractions"], |entry| vec!["--fractions", "--entry", entry]);
    let text = node::run("documents.mjs", &[&which[..], &how, &entry].concat()).expect("node");
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of documents.mjs"));
    // An alias of `X | null` is `X` in Rust, with an `Option` where it is used.
    let lines: Vec<Value> = lines.filter(|line| !line["document"].is_null()).collect();
    let known: Vec<(Value, Trial)> = lines
        .into_iter()
        .map(|line| (trial(&line), line))
        .filter(|(trial, _)| probe.has(&trial.type_name))
        .map(|(trial, line)| (line, trial))
        .collect();
    let (lines, trials): (Vec<Value>, Vec<Trial>) = known.into_iter().unzip();
    let outcomes = probe.run(&trials).expect("the crate compiles and its program lives");
    lines.into_iter().zip(outcomes).map(|(line, outcome)| Answered { line, outcome }).collect()
}

fn trial(line: &Value) -> Trial {
    let text = |key: &str| line[key].as_str().expect("a text").to_owned();
    let type_name = TypeName { source: text("source"), name: text("type") };
    Trial { type_name, document: line["document"].to_string() }
}

/// What is wrong with an answer.
fn difference(answered: &Answered) -> Option<String> {
    let Answered { line, outcome } = answered;
    let name = &line["type"];
    match (line["valid"] == true, outcome) {
        (true, Ok(again)) if is_same(&line["document"], again) => None,
        (true, Ok(again)) => Some(format!("{name} changes {} to {again}", line["document"])),
        (true, Err(error)) => Some(format!("{name} refuses {}: {error}", line["document"])),
        // Another tag, another text of an enum: what upstream may add is kept.
        (false, Ok(_)) if line["tag"] == true => None,
        (false, Ok(_)) => Some(format!("{name} takes {} at {}: {}", line["mutation"], line["path"], line["document"])),
        (false, Err(_)) => None,
    }
}
