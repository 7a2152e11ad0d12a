//! A webhook receiver: verifies the signature of the raw body, decodes the same bytes, matches, answers. An event that
//! cannot be decoded is kept and logged: nothing that was signed is lost, and one bad document stops no other.
//!
//! ```text
//! CLERK_WEBHOOK_SIGNING_SECRET=whsec_… cargo run --example webhook_axum
//! ```

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::routing::post;
use axum::Router;
use clerk_backend_types::{from_slice, Lenient, Undecoded, WebhookEvent};
use standardwebhooks::{Webhook, HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// What the receiver keeps between requests.
pub struct Receiver {
    webhook: Webhook,
    /// Ids of the events that were handled: the sender repeats an event until it is answered with 2xx, and whoever
    /// recorded one may send it again. A real service keeps them in its database, as long as it likes.
    handled: Mutex<BTreeSet<String>>,
    /// Signed events that this version cannot decode, whole: a later one can. A real service keeps these in its
    /// database too, as guarded as what they hold.
    pub kept: Mutex<Vec<Undecoded>>,
}

impl Receiver {
    /// A receiver of what is signed with this secret.
    ///
    /// # Errors
    ///
    /// A secret that is not base64 behind `whsec_`.
    pub fn new(secret: &str) -> Result<Self, standardwebhooks::WebhookError> {
        Ok(Self { webhook: Webhook::new(secret)?, handled: Mutex::default(), kept: Mutex::default() })
    }
}

/// The application, apart from the address that it listens on.
pub fn app(receiver: Arc<Receiver>) -> Router {
    Router::new().route("/webhooks", post(receive)).with_state(receiver)
}

/// Answers 2xx for what was handled, kept or may be ignored, 4xx for what will never be right however often it is sent.
async fn receive(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    // The signature covers the bytes that were sent: verify before decoding, and never a re-encoded document.
    if let Err(error) = receiver.webhook.verify(&body, &standard_headers(&headers)) {
        return (StatusCode::UNAUTHORIZED, error.to_string());
    }
    let event: Lenient<WebhookEvent> = match from_slice(&body) {
        Ok(event) => event,
        // Signed, but no JSON.
        Err(error) => return (StatusCode::BAD_REQUEST, error.to_string()),
    };
    if !receiver.first_time(&headers) {
        return (StatusCode::OK, "already handled".to_owned());
    }
    match event {
        Lenient::Decoded(event) => (StatusCode::OK, handle(event)),
        // Not what the types promise. A refusal would have it sent again and again, and then given up.
        Lenient::Undecoded(document) => (StatusCode::OK, receiver.keep(document)),
    }
}

impl Receiver {
    fn first_time(&self, headers: &HeaderMap) -> bool {
        let id = standard_headers(headers)
            .get(HEADER_WEBHOOK_ID)
            .and_then(|id| id.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        self.handled.lock().expect("no thread panics while it holds the lock").insert(id)
    }

    /// Logs the type of an event and the path to what is wrong, none of which quotes what the event holds, and keeps it.
    #[expect(clippy::print_stderr, reason = "what an example logs")]
    fn keep(&self, document: Undecoded) -> String {
        let line = format!("kept: {document}");
        eprintln!("{line}");
        self.kept.lock().expect("no thread panics while it holds the lock").push(document);
        line
    }
}

/// What the service does with an event; the answer is for the log of the sender.
fn handle(event: WebhookEvent) -> String {
    match event {
        WebhookEvent::UserCreated(event) => format!("welcome, {}", event.data.id),
        WebhookEvent::UserDeleted(event) => {
            format!("goodbye, {}", event.data.id.unwrap_or_default())
        }
        WebhookEvent::SessionCreated(event) => format!("session {}", event.data.id),
        // An event that this version of the crate does not know is no error.
        other => format!("ignored {}", other.tag()),
    }
}

/// Clerk sends the headers of the Standard Webhooks specification under the names of its sender, Svix.
fn standard_headers(headers: &HeaderMap) -> HeaderMap {
    let mut standard = headers.clone();
    let names = [
        ("svix-id", HEADER_WEBHOOK_ID),
        ("svix-timestamp", HEADER_WEBHOOK_TIMESTAMP),
        ("svix-signature", HEADER_WEBHOOK_SIGNATURE),
    ];
    for (svix, name) in names {
        if let Some(value) = headers.get(svix) {
            standard.insert(HeaderName::from_static(name), value.clone());
        }
    }
    standard
}

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stdout, reason = "what an example shows")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret = std::env::var("CLERK_WEBHOOK_SIGNING_SECRET")
        .map_err(|_| "set CLERK_WEBHOOK_SIGNING_SECRET to the endpoint's signing secret")?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:3000").await?;
    println!("listening on http://{}/webhooks", listener.local_addr()?);
    axum::serve(listener, app(Arc::new(Receiver::new(&secret)?))).await?;
    Ok(())
}
