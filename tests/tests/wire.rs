//! The laws of the wire on the real crate: small stacks, paths in errors, unknown values, secrets.

use clerk_backend_types::support::{DecodeError, from_slice, from_str};
use clerk_backend_types::{UserJson, VerificationJson, WebhookEvent};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tests::api::sent::Sent;

fn document(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn events() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("documents/webhooks");
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("the documents are checked in")
        .map(|entry| entry.expect("the folder can be read").file_name().into_string().expect("names are ASCII"))
        .collect();
    names.sort();
    let sent = Sent::by_recipe();
    let as_sent = |text: &str| sent.document("WebhookEvent", &serde_json::from_str(text).expect("JSON")).to_string();
    names.iter().map(|name| as_sent(&document(&format!("webhooks/{name}")))).collect()
}

/// Servers run many threads with small stacks, and a large union once overflowed 2 MiB ones in another crate.
#[test]
fn every_event_decodes_on_a_thread_with_a_stack_of_256_kib() {
    let events = events();
    assert_eq!(events.len(), 45, "one document for each event type");
    for text in events {
        let value: Value = serde_json::from_str(&text).expect("the document is JSON");
        let tag = value["type"].as_str().expect("events have a type").to_owned();
        // Both ways: with the tag where the document has it, and after everything else.
        let mut late = value.as_object().expect("events are objects").clone();
        let kind = late.remove("type").expect("events have a type");
        let rest = Value::Object(late).to_string();
        let late = format!("{},\"type\":{kind}}}", rest.strip_suffix('}').expect("an object ends in a brace"));
        let thread = std::thread::Builder::new().stack_size(256 << 10).spawn(move || {
            for text in [text, late] {
                let event: WebhookEvent = from_str(&text).expect("the event decodes");
                assert_eq!(event.tag(), tag);
                assert!(!matches!(event, WebhookEvent::Unknown(_)), "{tag} is known");
                serde_json::to_string(&event).expect("the event encodes");
            }
        });
        thread.expect("a thread can be started").join().expect("the stack is large enough");
    }
}

#[test]
fn an_unknown_event_is_kept_as_it_came() {
    let document =
        json!({ "data": { "token": "canary", "list": [1, null] }, "type": "user.promoted", "object": "event" });
    let event: WebhookEvent = serde_json::from_value(document.clone()).expect("unknown events are no error");
    assert_eq!(event.tag(), "user.promoted");
    assert_eq!(serde_json::to_value(&event).expect("it encodes"), document);
    assert!(!format!("{event:?}").contains("canary"), "what is not known may be secret: {event:?}");
}

/// An event whose third level is wrong, in the order of keys that Clerk sends: data first, type later.
const WRONG: &str = r#"{
    "data": { "object": "session", "id": "sess_1", "client_id": 7 },
    "type": "session.created"
}"#;

#[test]
fn errors_below_a_union_name_the_path() {
    let error: DecodeError = from_slice::<WebhookEvent>(WRONG.as_bytes()).expect_err("a client id is a string");
    assert_eq!(error.path(), "data.client_id");
    assert!(error.message().contains("expected a string"), "{error}");
}

/// Users of `serde_path_to_error` get the path up to the union from it, and the rest in the text.
#[test]
fn serde_path_to_error_works_too() {
    let mut user: Value = serde_json::from_str(&document("wire/UserJSON.json")).expect("the document is JSON");
    user["email_addresses"][0]["verification"]["strategy"] = Value::Null;
    let text = user.to_string();
    let error = serde_path_to_error::deserialize::<_, UserJson>(&mut serde_json::Deserializer::from_str(&text))
        .expect_err("a strategy is a string");
    assert_eq!(error.path().to_string(), "email_addresses[0].verification.strategy");
    let own = from_str::<UserJson>(&text).expect_err("a strategy is a string");
    assert_eq!(own.path(), "email_addresses[0].verification.strategy");

    let error = serde_path_to_error::deserialize::<_, WebhookEvent>(&mut serde_json::Deserializer::from_str(WRONG))
        .expect_err("a client id is a string");
    assert!(error.inner().to_string().contains("data.client_id"), "{error}");
}

#[test]
fn an_unknown_status_is_kept_and_visible() {
    let mut document: Value = serde_json::from_str(&document("wire/VerificationJSON.json")).expect("it is JSON");
    document["status"] = json!("half_verified");
    let verification: VerificationJson = serde_json::from_value(document.clone()).expect("unknown texts are no error");
    assert!(verification.status.is_unknown());
    assert_eq!(verification.status.as_str(), "half_verified");
    assert_eq!(serde_json::to_value(&verification).expect("it encodes"), document);
}

#[test]
fn keys_that_come_twice_are_refused() {
    let error = from_str::<VerificationJson>(r#"{ "status": "verified", "status": "failed" }"#);
    assert!(error.expect_err("one of the two would be lost").message().contains("duplicate field `status`"));
}

#[test]
fn documents_that_are_nested_too_deep_are_refused() {
    let text = format!("{}{}", r#"{"data":"#.repeat(10_000), "}".repeat(10_000));
    let error = from_str::<WebhookEvent>(&text).expect_err("the stack would overflow");
    // Which of the two bounds is met first depends on the build.
    assert!(["recursion limit exceeded", "the document is nested too deep"].contains(&error.message()), "{error}");
}
