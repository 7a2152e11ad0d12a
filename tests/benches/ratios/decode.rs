//! Decoding with the generated types.

use super::hand_written;
use crate::Pair;
use clerk_backend_types::api::resources::webhooks::Webhook;
use clerk_backend_types::{UserJson, WebhookEvent};
use serde_json::Value;
use std::hint::black_box;

/// How often a document is decoded in one measurement: a single decoding is too short to time.
const TIMES: usize = 2_000;

pub fn pairs() -> Vec<Pair<'static>> {
    let user = include_str!("../../documents/wire/UserJSON.json").to_owned();
    let user = serde_json::from_str::<Value>(&user).expect("the document is JSON").to_string();
    let first = event(&user, true);
    let last = event(&user, false);
    vec![
        pair(
            "decode: UserJson against serde's derives",
            1.0,
            &user,
            decode::<UserJson>,
            &user,
            decode::<hand_written::User>,
        ),
        pair(
            "encode: UserJson against serde's derives",
            1.0,
            &user,
            encode::<UserJson>,
            &user,
            encode::<hand_written::User>,
        ),
        pair(
            "decode: event, tag first, against its concrete struct",
            1.25,
            &first,
            decode::<WebhookEvent>,
            &first,
            decode::<Webhook<UserJson>>,
        ),
        pair(
            "decode: event, tag last, against its concrete struct",
            1.25,
            &last,
            decode::<WebhookEvent>,
            &last,
            decode::<Webhook<UserJson>>,
        ),
    ]
}

/// A `user.created` event about a user.
fn event(user: &str, tag_first: bool) -> String {
    let envelope = r#""object":"event","event_attributes":{"http_request":{"client_ip":"192.0.2.1","user_agent":"x"}},"timestamp":1716883200123,"instance_id":"ins_1""#;
    let tag = r#""type":"user.created""#;
    if tag_first {
        format!("{{{tag},\"data\":{user},{envelope}}}")
    } else {
        format!("{{\"data\":{user},{envelope},{tag}}}")
    }
}

fn pair(name: &'static str, bar: f64, a: &str, ours: fn(&str), b: &str, theirs: fn(&str)) -> Pair<'static> {
    let (a, b) = (a.to_owned(), b.to_owned());
    Pair { name, bar, rounds: 15, ours: Box::new(move || ours(&a)), theirs: Box::new(move || theirs(&b)) }
}

fn decode<T: serde::de::DeserializeOwned>(text: &str) {
    for _ in 0..TIMES {
        black_box(serde_json::from_str::<T>(black_box(text)).expect("the document is valid"));
    }
}

fn encode<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) {
    let value: T = serde_json::from_str(text).expect("the document is valid");
    for _ in 0..TIMES {
        black_box(serde_json::to_string(black_box(&value)).expect("the value encodes"));
    }
}
