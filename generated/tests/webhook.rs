//! The webhook example, started on loopback: what a sender does right and wrong.

#[path = "../examples/webhook_axum.rs"]
#[expect(dead_code, reason = "the example's `main` listens on a fixed port")]
mod webhook_axum;

use reqwest::{Client, StatusCode};
use serde_json::Value;
use standardwebhooks::Webhook;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use webhook_axum::Receiver;

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const DELETED: &str = r#"{
    "data": { "object": "user", "id": "user_1", "deleted": true },
    "type": "user.deleted",
    "object": "event",
    "event_attributes": { "http_request": { "client_ip": "192.0.2.1", "user_agent": "test" } },
    "timestamp": 1716883200123,
    "instance_id": "ins_1"
}"#;

/// Starts a receiver on a free port of this machine and answers its address.
async fn start() -> String {
    start_with(receiver()).await
}

fn receiver() -> Arc<Receiver> {
    Arc::new(Receiver::new(SECRET).expect("a valid secret"))
}

async fn start_with(receiver: Arc<Receiver>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound address");
    let app = webhook_axum::app(receiver);
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/webhooks")
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    i64::try_from(since.as_secs()).expect("a clock before the year 292277026596")
}

/// Signs `signed` and sends `body`, which is the same but for whoever tampers.
async fn send(url: &str, id: &str, at: i64, signed: &str, body: &str) -> (StatusCode, String) {
    let webhook = Webhook::new(SECRET).expect("a valid secret");
    let signature = webhook.sign(id, at, signed.as_bytes()).expect("a text");
    let request = Client::new()
        .post(url)
        .header("svix-id", id)
        .header("svix-timestamp", at.to_string())
        .header("svix-signature", signature)
        .body(body.to_owned());
    let response = request.send().await.expect("an answer");
    (response.status(), response.text().await.expect("a text"))
}

#[tokio::test]
async fn a_signed_event_is_handled() {
    let url = start().await;
    let answer = send(&url, "msg_1", now(), DELETED, DELETED).await;
    assert_eq!(answer, (StatusCode::OK, "goodbye, user_1".to_owned()));
}

#[tokio::test]
async fn an_event_that_is_sent_again_is_handled_once() {
    let url = start().await;
    send(&url, "msg_1", now(), DELETED, DELETED).await;
    let answer = send(&url, "msg_1", now(), DELETED, DELETED).await;
    assert_eq!(answer, (StatusCode::OK, "already handled".to_owned()));
}

#[tokio::test]
async fn an_event_that_is_replayed_later_is_refused() {
    let url = start().await;
    let (status, text) = send(&url, "msg_1", now() - 3600, DELETED, DELETED).await;
    assert_eq!((status, text.as_str()), (StatusCode::UNAUTHORIZED, "signature timestamp too old"));
}

#[tokio::test]
async fn an_event_without_signature_is_refused() {
    let url = start().await;
    let response = Client::new().post(&url).body(DELETED).send().await.expect("an answer");
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_tampered_event_is_refused() {
    let url = start().await;
    let tampered = DELETED.replace("user_1", "user_2");
    let (status, text) = send(&url, "msg_1", now(), DELETED, &tampered).await;
    assert_eq!((status, text.as_str()), (StatusCode::UNAUTHORIZED, "signature invalid"));
}

#[tokio::test]
async fn an_unknown_event_is_no_error() {
    let url = start().await;
    let unknown = DELETED.replace("user.deleted", "user.promoted");
    let answer = send(&url, "msg_1", now(), &unknown, &unknown).await;
    assert_eq!(answer, (StatusCode::OK, "ignored user.promoted".to_owned()));
}

#[tokio::test]
async fn a_known_event_that_does_not_fit_is_answered_and_kept() {
    let receiver = receiver();
    let url = start_with(receiver.clone()).await;
    let malformed = DELETED.replace("\"192.0.2.1\"", "7");
    let (status, text) = send(&url, "msg_1", now(), &malformed, &malformed).await;
    println!("{status}: {text}");
    assert_eq!(status, StatusCode::OK);
    let expected = "kept: a document tagged \"user.deleted\" does not fit: \
        at `event_attributes.http_request.client_ip`: invalid type: integer, expected a string";
    assert_eq!(text, expected);
    let kept: Vec<Value> = receiver.kept.lock().expect("no panic").iter().map(|event| event.raw().clone()).collect();
    assert_eq!(kept, [serde_json::from_str::<Value>(&malformed).expect("JSON")]);
    // The next one is handled as if nothing had been.
    let answer = send(&url, "msg_2", now(), DELETED, DELETED).await;
    assert_eq!(answer, (StatusCode::OK, "goodbye, user_1".to_owned()));
}

#[tokio::test]
async fn nothing_is_kept_that_is_not_signed() {
    let receiver = receiver();
    let url = start_with(receiver.clone()).await;
    let malformed = DELETED.replace("\"192.0.2.1\"", "7");
    let (status, _) = send(&url, "msg_1", now(), DELETED, &malformed).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert!(receiver.kept.lock().expect("no panic").is_empty());
}

#[tokio::test]
async fn what_is_signed_and_no_json_is_refused() {
    let url = start().await;
    let (status, text) = send(&url, "msg_1", now(), "{\"type\":", "{\"type\":").await;
    assert_eq!((status, text.as_str()), (StatusCode::BAD_REQUEST, "EOF while parsing a value (line 1, column 8)"));
}
