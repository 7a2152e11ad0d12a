//! What tests of users build: plain values, changed by assignment. The feature `fixtures` gives them.

#![cfg(feature = "fixtures")]

use clerk_backend_types::api::resources::webhooks::Webhook;
use clerk_backend_types::support::Sample;
use clerk_backend_types::{ApiError, EmailAddress, List, User, UserJson, WebhookEvent};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// A value that its own encoding decodes as.
fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) {
    let text = serde_json::to_string(value).expect("it encodes");
    assert_eq!(*value, serde_json::from_str::<T>(&text).expect("it decodes"));
}

#[test]
fn a_response_is_changed_by_assignment() {
    let mut user = UserJson::sample();
    assert_eq!((user.id.as_str(), user.banned, user.email_addresses.len()), ("sample", None, 0));
    assert_eq!(user.username, None);
    user.id = "user_1".into();
    user.first_name = Some("Ada".into());
    comes_back(&user);
    let class = User::from(user);
    assert_eq!((class.id.as_str(), class.first_name.as_deref()), ("user_1", Some("Ada")));
    comes_back(&class);
}

#[test]
fn events_and_lists_are_built_from_their_parts() {
    let mut event = Webhook::<UserJson>::sample();
    event.data.id = "user_1".into();
    let event = WebhookEvent::UserUpdated(event.into());
    assert_eq!(event.tag(), "user.updated");
    comes_back(&event);
    assert_eq!(WebhookEvent::sample().tag(), "user.created");
    let mut users = List::<User>::sample();
    users.data.push(User::sample());
    users.data[0].email_addresses.push(EmailAddress::sample());
    comes_back(&users);
    comes_back(&ApiError::sample());
}

/// A type of the user's own, for the parameter of a generic one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Payload {
    id: u32,
}

impl Sample for Payload {
    fn sample() -> Self {
        Self { id: 7 }
    }
}

#[test]
fn types_of_ones_own_have_samples_too() {
    let event = Webhook::<Payload>::sample();
    assert_eq!(event.data.id, 7);
    comes_back(&event);
}
