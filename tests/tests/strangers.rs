//! Packages of other people: generated with an empty recipe, compiled, and tried with documents that are made from the
//! same declarations in two ways, by TypeScript's checker and from their JSON schema: the valid ones come back as they
//! were, the spoiled ones are refused.

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
    "openapi-types@12.1.3",
    "vscode-languageserver-types@3.18.5",
    "@grammyjs/types@5.0.0",
    "discord-api-types@0.38.57#./v10",
    "@slack/types@3.2.0",
    "@notionhq/client@5.26.0",
    "@stripe/stripe-js@10.2.1",
    "openai@7.57.0",
    "@anthropic-ai/sdk@1.12.0",
    "vega-lite@6.5.0",
];

/// Names other packages to try, with a space between: `STRANGERS="a@1.0.0 b@2.0.0#./sub"`.
const OTHERS: &str = "STRANGERS";

/// Of how many types the JSON schema is made.
const SCHEMAS: &str = "400";

/// Where the chance of the documents begins.
const SEED: &str = "7";

/// How many documents of a package are tried, beside one of each type; `DOCUMENTS` says another number.
const MOST: &str = "12000";

/// A line of the scripts, and what became of its document.
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
        let schema = answered.iter().filter(|each| each.line["variant"] == "schema").count();
        eprintln!(
            "{package}: {valid} valid ({schema} by schema), {invalid} invalid, {} differences",
            differences.len()
        );
        troubles.extend(differences.iter().map(|difference| format!("{package}: {difference}")));
    }
    assert!(troubles.is_empty(), "{}", troubles.join("\n"));
}

fn answers(package: &str, entry: Option<&str>, root: &Path) -> Vec<Answered> {
    let entries: Vec<&str> = entry.into_iter().collect();
    let probe = Probe::generate(root, package, &entries, &root.join("crate"), &target().join("probes/target"))
        .expect("it generates");
    let lines = documents(package, entry, root, &probe);
    let trials: Vec<Trial> = lines.iter().map(trial).collect();
    let outcomes = probe.run(&trials).expect("the crate compiles and its program lives");
    lines.into_iter().zip(outcomes).map(|(line, outcome)| Answered { line, outcome }).collect()
}

/// The documents of the types that the crate has.
fn documents(package: &str, entry: Option<&str>, root: &Path, probe: &Probe) -> Vec<Value> {
    let most = env::var("DOCUMENTS").unwrap_or_else(|_| MOST.to_owned());
    let types: String = probe.types().map(|it| format!("{}\t{}\n", it.source, it.name)).collect();
    let list = root.join("types.txt");
    fs::write(&list, types).expect("a file below target");
    let (root, list) = (root.to_str().expect("a path of text"), list.to_str().expect("a path of text"));
    let mut which = vec!["--package", package, "--root", root, "--types", list, "--seed", SEED];
    which.extend(entry.map(|entry| ["--entry", entry]).into_iter().flatten());
    let how = ["--random", "2", "--mutations", "3", "--fractions", "--most", &most];
    let mut text = node::run("documents.mjs", &[&which[..], &how].concat()).expect("node");
    text += &node::run("schemas.mjs", &[&which[..], &["--types-most", SCHEMAS]].concat()).expect("node");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of a script")).collect()
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
