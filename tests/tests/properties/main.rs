//! Properties of every generated type, tried on documents that nobody wrote: they are made up from what the generator
//! planned, by `proptest`, which also makes the ones that fail smaller.

mod broken;
mod choices;
mod doc;
mod invent;
mod laws;
mod planned;

use choices::Choices;
use dts_codegen::rust::RustItem;
use invent::{CANARY, invent};
use laws::{Check, ENDLESS, Outcome, SAMPLES, TYPES, Type};
use planned::Planned;
use proptest::collection::vec;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestError, TestRunner};
use serde_json::Value;
use tests::json::is_same;

/// Any value of a generated type encodes to a document that decodes to an equal value, however it is read; a document
/// made by the declarations comes back whole; no secret is shown.
#[test]
fn valid_documents_come_back() {
    check(RngSeed::Fixed(1), 16, valid);
}

/// A broken document is refused or taken, in the same way however it is read, without a panic, without an overflow of
/// the 2 MiB stack that a test has, and without a word of what is secret in it.
#[test]
fn broken_documents_do_no_harm() {
    check(RngSeed::Fixed(2), 16, broken);
}

/// The sample of every type, declared or without a name upstream, decodes from its own encoding.
#[test]
fn samples_come_back() {
    assert!(SAMPLES.len() > TYPES.len() / 2, "{} samples of {} declared types", SAMPLES.len(), TYPES.len());
    let trouble = |(path, check): &(&str, Check)| Some(format!("{path}: {}", check().err()?));
    let troubles: Vec<String> = SAMPLES.iter().filter_map(trouble).collect();
    assert!(troubles.is_empty(), "{} of {}:\n{}", troubles.len(), SAMPLES.len(), troubles.join("\n"));
    assert_eq!(ENDLESS, [""; 0], "nothing of Clerk's holds itself without end");
}

#[test]
#[ignore = "takes minutes: more documents, of other seeds each time"]
fn many_documents_hold() {
    check(RngSeed::Random, 1_000, valid);
    check(RngSeed::Random, 1_000, broken);
}

type Property = fn(&Planned, &RustItem, &Type, &[u8]) -> Result<(), String>;

/// Tries a property on every type.
fn check(seed: RngSeed, cases: u32, property: Property) {
    let planned = Planned::new();
    let trouble = |each: &Type| {
        let path = each.rust.strip_prefix("clerk_backend_types::").unwrap_or(each.rust);
        let Some(item) = planned.public(path) else { return Some(format!("{}: {path} is not planned", each.name)) };
        let config =
            Config { cases, rng_seed: seed, failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
        let ended = TestRunner::new(config).run(&vec(proptest::num::u8::ANY, 0..512), |bytes| {
            property(&planned, item, each, &bytes).map_err(TestCaseError::fail)
        });
        let (TestError::Fail(reason, _) | TestError::Abort(reason)) = ended.err()?;
        Some(format!("{} ({}): {reason}", each.name, each.source))
    };
    // Not all at once on rayon's threads: theirs is not the stack that is promised to do.
    let troubles: Vec<String> = std::thread::scope(|scope| {
        let halves = TYPES.chunks(TYPES.len().div_ceil(2));
        let halves = halves.map(|half| scope.spawn(move || half.iter().filter_map(trouble).collect::<Vec<_>>()));
        let halves: Vec<_> = halves.collect();
        halves.into_iter().flat_map(|half| half.join().expect("no panic")).collect()
    });
    assert!(troubles.is_empty(), "{} of {} types:\n{}", troubles.len(), TYPES.len(), troubles.join("\n"));
}

fn valid(planned: &Planned, item: &RustItem, each: &Type, bytes: &[u8]) -> Result<(), String> {
    let invented = invent(planned, item, Choices::new(bytes));
    let text = invented.doc.to_string();
    let trouble = match (each.decode)(&text) {
        Err(broken) => broken,
        Ok(Outcome::Refused(error)) => format!("refused: {error}"),
        Ok(Outcome::Taken { shown, .. }) if shown.contains(CANARY) => format!("a secret is shown: {shown}"),
        Ok(Outcome::Taken { encoded, .. }) if invented.exact && !same(&text, &encoded) => {
            format!("came back as {encoded}")
        }
        Ok(Outcome::Taken { .. }) => return Ok(()),
    };
    Err(format!("{trouble}\n    in {text}"))
}

fn broken(planned: &Planned, item: &RustItem, each: &Type, bytes: &[u8]) -> Result<(), String> {
    // The first bytes are for what is broken: a large document would use up all.
    let (breaks, rest) = bytes.split_at(bytes.len().min(24));
    let invented = invent(planned, item, Choices::new(rest));
    let text = broken::broken(invented.doc, &mut Choices::new(breaks));
    let trouble = match (each.decode)(&text) {
        Err(broken) => broken,
        Ok(Outcome::Refused(error)) if error.contains(CANARY) => format!("a secret is shown: {error}"),
        Ok(Outcome::Refused(_) | Outcome::Taken { .. }) => return Ok(()),
    };
    Err(format!("{trouble}\n    in {}", text.chars().take(2_000).collect::<String>()))
}

/// Whether a document says the same as a value.
fn same(text: &str, value: &Value) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|document| is_same(&document, value))
}
