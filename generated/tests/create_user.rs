//! The example that sends a request, against a server on loopback.

#[path = "../examples/create_user.rs"]
#[expect(dead_code, reason = "the example's `main` talks to Clerk")]
mod create_user;
mod user;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use axum::Router;
use clerk_backend_types::ApiError;
use serde_json::{json, Value};
use std::sync::{Arc, Mutex};

/// What the server got last.
type Seen = Arc<Mutex<Option<(HeaderMap, Value)>>>;

/// Answers like Clerk: the user, or that the address is taken.
async fn answer(State(seen): State<Seen>, headers: HeaderMap, body: String) -> (StatusCode, String) {
    let body: Value = serde_json::from_str(&body).expect("JSON");
    let taken = body.to_string().contains("taken@example.com");
    *seen.lock().expect("no thread panics while it holds the lock") = Some((headers, body));
    if taken {
        let error = json!({ "code": "form_identifier_exists", "message": "That email address is taken." });
        return (StatusCode::UNPROCESSABLE_ENTITY, json!({ "errors": [error] }).to_string());
    }
    (StatusCode::OK, user::document().to_string())
}

/// Starts the server on a free port of this machine.
async fn start(seen: Seen) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound address");
    let app = Router::new().route("/v1/users", post(answer)).with_state(seen);
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}/v1")
}

#[tokio::test]
async fn the_request_arrives_and_the_user_comes_back() {
    let seen = Seen::default();
    let api = start(seen.clone()).await;
    let user = create_user::create(&api, "sk_test_1", &create_user::request("ada@example.com")).await.expect("a user");
    assert_eq!(user.full_name().as_deref(), Some("Ada Lovelace"));
    assert_eq!(user.primary_email_address().expect("an address").email_address, "ada@example.com");

    let (headers, body) = seen.lock().expect("no thread panics while it holds the lock").take().expect("a request");
    assert_eq!(headers["authorization"], "Bearer sk_test_1");
    assert_eq!(
        body,
        json!({ "email_address": ["ada@example.com"], "first_name": "Ada", "skip_password_requirement": true })
    );
}

#[tokio::test]
async fn a_refusal_is_an_api_error() {
    let api = start(Seen::default()).await;
    let refused = create_user::create(&api, "sk_test_1", &create_user::request("taken@example.com")).await;
    let error = refused.expect_err("an address that is taken").downcast::<ApiError>().expect("an error of the API");
    assert!(error.has_code("form_identifier_exists"));
}
