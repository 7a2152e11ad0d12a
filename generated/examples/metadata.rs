//! Metadata is what an application makes of it: read it as a type of one's own, and write it from one.
//!
//! ```text
//! cargo run --example metadata
//! ```

use clerk_backend_types::{Metadata, User};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What this application keeps in the public metadata of its users.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subscription {
    /// Which plan.
    pub plan: String,
    /// For how many.
    pub seats: u32,
}

/// The subscription of a user, `None` for who never had one.
///
/// # Errors
///
/// Metadata of another form, which another program wrote.
pub fn subscription(user: &User) -> Result<Option<Subscription>, serde_json::Error> {
    if user.public_metadata.is_empty() {
        return Ok(None);
    }
    user.public_metadata.metadata_as().map(Some)
}

/// The metadata of a subscription, for requests.
pub fn metadata(subscription: &Subscription) -> Map<String, Value> {
    match serde_json::to_value(subscription) {
        Ok(Value::Object(map)) => map,
        other => unreachable!("a struct of texts and numbers is an object, not {other:?}"),
    }
}

#[expect(clippy::print_stdout, reason = "what an example shows")]
fn main() -> Result<(), serde_json::Error> {
    let sent = metadata(&Subscription { plan: "team".to_owned(), seats: 5 });
    println!("sent: {}", serde_json::to_string(&sent)?);
    let read: Subscription = sent.metadata_as()?;
    println!("read: {read:?}");
    Ok(())
}
