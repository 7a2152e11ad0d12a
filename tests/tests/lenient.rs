//! `Lenient<T>`: what decodes, what is kept, and that nothing which is printed quotes a document.

use clerk_backend_types::support::{Lenient, Undecoded, from_slice, from_str, from_value};
use clerk_backend_types::{List, UserJson, WebhookEvent};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// What must never be printed.
const CANARY: &str = "sk_live_CANARY";

fn deleted() -> Value {
    json!({
        "data": { "object": "user", "id": "user_1", "deleted": true }, "type": "user.deleted", "object": "event",
        "event_attributes": { "http_request": { "client_ip": "192.0.2.1", "user_agent": "test" } },
        "timestamp": 1_716_883_200_123_u64, "instance_id": "ins_1",
    })
}

/// Decodes in every way there is, expects a document that is kept, and that nothing which is printed has the canary.
#[track_caller]
fn kept<T: DeserializeOwned + Serialize + PartialEq + Debug>(document: &Value) -> Undecoded {
    let text = document.to_string();
    let lenient: Lenient<T> = serde_json::from_str(&text).expect("JSON");
    assert_eq!(lenient, from_str(&text).expect("JSON"));
    assert_eq!(lenient, from_slice(text.as_bytes()).expect("JSON"));
    assert_eq!(lenient, from_value(document).expect("JSON"));
    assert_eq!(lenient, serde_json::from_reader(text.as_bytes()).expect("JSON"));
    assert_eq!(lenient.raw(), Some(document));
    assert_eq!(serde_json::to_value(&lenient).expect("JSON"), *document);
    let error = lenient.error().expect("an error");
    for printed in [format!("{lenient:?} {lenient:#?}"), error.to_string(), format!("{error:?} {error:#}")] {
        assert!(!printed.contains(CANARY), "{printed}");
    }
    let document = lenient.into_result().expect_err("what was kept");
    assert!(!format!("{document} {document:?} {document:#?} {document:#}").contains(CANARY));
    document
}

#[test]
fn what_decodes_is_decoded() {
    let lenient: Lenient<WebhookEvent> = from_value(deleted()).expect("JSON");
    let event: WebhookEvent = from_value(deleted()).expect("an event");
    assert!(lenient.is_ok());
    assert_eq!((lenient.value(), lenient.as_ref()), (Some(&event), Ok(&event)));
    assert!(
        lenient.raw().is_none() && lenient.error().is_none() && lenient.path().is_none() && lenient.tag().is_none()
    );
    assert_eq!(serde_json::to_value(&lenient).expect("JSON"), deleted());
    assert_eq!(lenient, Lenient::from(event.clone()));
    assert_eq!(Result::from(lenient.clone()), Ok(event.clone()));
    assert_eq!(lenient.ok(), Some(event));
}

#[test]
fn what_does_not_is_kept_with_tag_path_and_kinds() {
    let mut document = deleted();
    document["data"]["id"] = json!([CANARY]);
    let kept = kept::<WebhookEvent>(&document);
    assert_eq!((kept.path(), kept.tag()), ("data.id", Some(&json!("user.deleted"))));
    assert_eq!(kept.error().message(), "invalid type: array, expected a string");
    let shown = r#"Undecoded { tag: "user.deleted", path: "data.id", message: "invalid type: array, expected a string", raw: an object }"#;
    assert_eq!(format!("{kept:?}"), shown);
    let expected =
        r#"a document tagged "user.deleted" does not fit: at `data.id`: invalid type: array, expected a string"#;
    assert_eq!(kept.to_string(), expected);
    assert_eq!(kept.into_raw(), document);
}

#[test]
fn the_tag_is_that_of_the_document() {
    let mut document = deleted();
    document["data"] = json!(null);
    for tag in [json!("user.deleted"), json!(7), json!(true)] {
        document["type"] = tag.clone();
        assert_eq!(kept::<WebhookEvent>(&document).tag(), Some(&tag));
        assert_eq!(kept::<Box<WebhookEvent>>(&document).tag(), Some(&tag));
        assert_eq!(kept::<Option<WebhookEvent>>(&document).tag(), Some(&tag));
        // The tag is that of an element, and of a value inside: the document itself has none.
        assert_eq!(kept::<Vec<WebhookEvent>>(&json!([document])).tag(), None);
        assert_eq!(kept::<Wrapper>(&json!({ "type": CANARY, "event": document })).tag(), None);
    }
    document["type"] = json!({ "of": CANARY });
    assert_eq!(kept::<WebhookEvent>(&document).tag(), None);
    document.as_object_mut().expect("an object").remove("type");
    assert_eq!(kept::<WebhookEvent>(&document).tag(), None);
    for document in [json!(null), json!(CANARY), json!([CANARY]), json!(1.5)] {
        assert_eq!(kept::<WebhookEvent>(&document).tag(), None);
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Wrapper {
    r#type: String,
    event: WebhookEvent,
}

/// A type of somebody else, whose errors quote what they found.
#[derive(Debug, PartialEq, Serialize)]
struct Quoting(String);

impl<'de> Deserialize<'de> for Quoting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // As some do: an error of this crate's own inside a message that quotes.
        let own = from_str::<bool>(&text).expect_err("no boolean");
        Err(D::Error::custom(format_args!("at `x`: {text} is nothing: {own:#}")))
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Derived {
    Unit,
    Fields { quoting: Option<Quoting>, number: u8, text: char },
    Tuple(u8, bool),
}

#[test]
fn no_error_quotes_a_value() {
    let hidden = "invalid value (what is wrong is not shown)";
    let message = |document: Value| kept::<Derived>(&document).error().message().to_owned();
    assert_eq!(kept::<Quoting>(&json!(CANARY)).error().message(), hidden);
    assert_eq!(message(json!(CANARY)), hidden);
    assert_eq!(message(json!({ CANARY: 1 })), hidden);
    let fields = |quoting: Value, number: Value, text: Value| {
        let fields = json!({ "quoting": quoting, "number": number, "text": text });
        let kept = kept::<Derived>(&json!({ "fields": fields }));
        (kept.path().to_owned(), kept.error().message().to_owned())
    };
    let at = |path: &str, message: &str| (path.to_owned(), message.to_owned());
    assert_eq!(fields(json!(CANARY), json!(1), json!("a")), at("fields.quoting", hidden));
    let expected = at("fields.number", "invalid value: integer, expected u8");
    assert_eq!(fields(json!(null), json!(4711), json!("a")), expected);
    let expected = at("fields.number", "invalid type: number, expected u8");
    assert_eq!(fields(json!(null), json!(47.11), json!("a")), expected);
    let expected = at("fields.text", "invalid value: string, expected a character");
    assert_eq!(fields(json!(null), json!(1), json!(CANARY)), expected);
    assert_eq!(message(json!({ "fields": { "number": 1 } })), "missing field `text`");
    assert_eq!(
        message(json!({ "tuple": [1] })),
        "invalid length 1, expected tuple variant Derived::Tuple with 2 elements"
    );
    assert_eq!(message(json!({ "tuple": [1, CANARY] })), "invalid type: string, expected a boolean");
}

#[test]
fn errors_outside_quote_as_before() {
    let mut document = deleted();
    document["data"]["id"] = json!(7);
    kept::<WebhookEvent>(&document);
    let error = from_value::<WebhookEvent>(&document).expect_err("a number");
    assert_eq!(error.message(), "invalid type: integer `7`, expected a string");
    // A `Lenient` inside another ends with the inner one only.
    let nested: Lenient<(Lenient<bool>, bool)> = from_value(json!([CANARY, CANARY])).expect("JSON");
    assert_eq!(nested.error().expect("an error").message(), "invalid type: string, expected a boolean");
}

#[test]
fn what_is_no_json_fails() {
    for text in ["", "{", "[1,]", "{\"type\":", "nul", "\"\\u12\"", "1e999", "{\"a\" 1}", "[1] 2", "\u{1}"] {
        serde_json::from_str::<Lenient<WebhookEvent>>(text).expect_err(text);
        from_str::<Lenient<WebhookEvent>>(text).expect_err(text);
        from_str::<Vec<Lenient<WebhookEvent>>>(text).expect_err(text);
    }
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(from_str::<Lenient<WebhookEvent>>(&deep(127)).is_ok());
    let error = from_str::<Lenient<WebhookEvent>>(&deep(129)).expect_err("too deep");
    assert_eq!(error.message(), "recursion limit exceeded");
    let deep = (0..100_000).fold(json!(1), |inner, _| Value::Array(vec![inner]));
    from_value::<Lenient<WebhookEvent>>(&deep).expect_err("too deep");
    Lenient::<WebhookEvent>::deserialize(&deep).expect_err("too deep");
    // Dropping it as it is would use up the stack.
    let mut open = vec![deep];
    while let Some(Value::Array(inner)) = open.pop() {
        open.extend(inner);
    }
}

#[test]
fn one_element_does_not_cost_the_others() {
    let mut bad = deleted();
    bad["data"]["deleted"] = json!(CANARY);
    let good: WebhookEvent = from_value(deleted()).expect("an event");
    let document = json!([deleted(), bad, 1, deleted()]);
    let events: Vec<Lenient<WebhookEvent>> = from_value(&document).expect("a list");
    assert_eq!(events.iter().map(Lenient::is_ok).collect::<Vec<_>>(), [true, false, false, true]);
    assert_eq!(events.iter().filter_map(Lenient::value).collect::<Vec<_>>(), [&good, &good]);
    assert_eq!(serde_json::to_value(&events).expect("JSON"), document);
    let page = json!({ "data": [{ "id": CANARY }], "total_count": 1 });
    let users: List<Lenient<UserJson>> = from_value(&page).expect("a page");
    assert!(!format!("{users:?}").contains(CANARY), "{users:?}");
    assert_eq!(serde_json::to_value(&users).expect("JSON"), page);
    let map: BTreeMap<u64, Lenient<bool>> = from_value(json!({ "1": true, "2": 2 })).expect("a map");
    assert_eq!((map[&1].value(), map[&2].path()), (Some(&true), Some("")));
}

/// Keys of maps that are no plain strings, as `serde_json` reads them.
#[test]
fn keys_are_read_as_at_once() {
    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
    struct Id(String);
    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
    enum Color {
        Red,
    }
    fn same<T: DeserializeOwned + PartialEq + Debug>(text: &str) {
        let lenient: Lenient<T> = from_str(text).expect("JSON");
        assert_eq!(lenient.ok(), serde_json::from_str(text).ok(), "{text}");
    }
    for text in
        ["{}", r#"{"1":1}"#, r#"{"-1":1,"2":2}"#, r#"{"Red":1}"#, r#"{"true":1}"#, r#"{"1.5":1}"#, r#"{"a b":1}"#]
    {
        same::<BTreeMap<u8, u8>>(text);
        same::<BTreeMap<i64, u8>>(text);
        same::<BTreeMap<i128, u8>>(text);
        same::<BTreeMap<bool, u8>>(text);
        same::<BTreeMap<char, u8>>(text);
        same::<BTreeMap<Id, u8>>(text);
        same::<BTreeMap<Color, u8>>(text);
        same::<BTreeMap<Option<String>, u8>>(text);
    }
}

/// Every value of recorded documents, in turn, as the canary: whatever is refused, nobody quotes it.
#[test]
fn no_error_of_any_place_quotes_it() {
    let (mut refused, mut taken) = (0, 0);
    for line in tests::node::recorded_text("documents.jsonl").expect("recorded").lines() {
        let mut line: Value = serde_json::from_str(line).expect("a line of documents.mjs");
        let Some((_, decode)) = TYPES.iter().find(|(name, _)| line["type"] == *name) else { continue };
        let document = line["document"].take();
        for place in places(&document) {
            for canary in [json!(CANARY), json!([CANARY]), json!({ "key": CANARY }), json!([{ CANARY: CANARY }])] {
                let mut document = document.clone();
                *document.pointer_mut(&place).expect("the document's own place") = canary;
                match decode(&document.to_string()) {
                    Some(printed) => {
                        refused += 1;
                        assert!(
                            !printed.replace(&format!("[\"{CANARY}\"]"), "").contains(CANARY),
                            "{place}: {printed}"
                        );
                    }
                    None => taken += 1,
                }
            }
        }
    }
    assert!(refused > 1_000 && taken > 1_000, "hardly anything was tried: {refused} and {taken}");
}

type Decode = fn(&str) -> Option<String>;

/// Unions of either kind, wide structs, classes.
const TYPES: &[(&str, Decode)] = &[
    ("CreateUserParams", printed::<clerk_backend_types::api::endpoints::user_api::CreateUserParams>),
    ("JwtPayload", printed::<clerk_backend_types::clerk_shared::types::jwtv2::JwtPayload>),
    ("User", printed::<clerk_backend_types::User>),
    ("UserJSON", printed::<UserJson>),
    ("WebhookEvent", printed::<WebhookEvent>),
];

/// Everything that is printed of a document that does not fit, but for its tag; paths may hold keys.
fn printed<T: DeserializeOwned + Debug>(text: &str) -> Option<String> {
    let lenient: Lenient<T> = from_str(text).expect("JSON");
    let document = lenient.as_ref().err()?;
    match document.tag() {
        Some(tag) if *tag == CANARY => Some(document.error().to_string()),
        _ => Some(format!("{document} {lenient:?}").replace("[\\\"", "[\"").replace("\\\"]", "\"]")),
    }
}

/// The places of all values in a document, itself included.
fn places(document: &Value) -> Vec<String> {
    let below = |step: &str, value: &Value| -> Vec<String> {
        let step = step.replace('~', "~0").replace('/', "~1");
        places(value).into_iter().map(|rest| format!("/{step}{rest}")).collect()
    };
    let mut all = vec![String::new()];
    match document {
        Value::Array(list) => all.extend(list.iter().enumerate().flat_map(|(at, value)| below(&at.to_string(), value))),
        Value::Object(map) => all.extend(map.iter().flat_map(|(key, value)| below(key, value))),
        _ => {}
    }
    all
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Chain {
    next: Option<Box<Lenient<Chain>>>,
}

#[test]
fn what_is_lenient_at_every_level_is_read_in_time() {
    let text = (0..120).fold("null".to_owned(), |inner, _| format!(r#"{{"next":{inner}}}"#));
    let chain: Lenient<Chain> = from_str(&text).expect("JSON");
    assert_eq!(serde_json::to_string(&chain).expect("JSON"), text);
    let bad = text.replace("null", "7");
    let mut chain = from_str::<Lenient<Chain>>(&bad).expect("JSON").ok();
    let mut depth = 0;
    while let Some(next) = chain.take().and_then(|chain| chain.next) {
        depth += 1;
        match *next {
            Lenient::Decoded(next) => chain = Some(next),
            Lenient::Undecoded(document) => assert_eq!((document.path(), document.raw()), ("", &json!(7))),
        }
    }
    assert_eq!(depth, 120);
}
