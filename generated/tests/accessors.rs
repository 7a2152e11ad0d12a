//! Every accessor of upstream's classes is here, or left out for a reason.

mod user;

use clerk_backend_types::{User, UserJson};
use serde_json::Value;
use std::collections::BTreeSet;

/// Those that `src/ext` has: [`the_accessors_answer_as_upstreams`] calls them.
const HERE: [&str; 4] =
    ["User.fullName", "User.primaryEmailAddress", "User.primaryPhoneNumber", "User.primaryWeb3Wallet"];

const RAW: &str = "the document that a class was made from: decode the class's JSON type beside it";

/// Properties whose type is behaviour, that are not here, with the reason.
const LEFT_OUT: [(&str, &str); 9] = [
    ("AuthenticateContext.sessionToken", "reads a cookie or a header of an HTTP request, which is the framework's"),
    ("AuthenticateRequestOptions.apiClient", "a client: this crate sends nothing"),
    ("ClerkError.name", "the name of a JavaScript class"),
    ("CreateAuthenticateRequestOptions.apiClient", "a client: this crate sends nothing"),
    ("Invitation.raw", RAW),
    ("Organization.raw", RAW),
    ("OrganizationInvitation.raw", RAW),
    ("OrganizationMembership.raw", RAW),
    ("User.raw", RAW),
];

/// What upstream has, by the account of the last generation.
fn upstream() -> BTreeSet<String> {
    let text = include_str!("../coverage.json");
    let coverage: Value = serde_json::from_str(text).expect("coverage.json is JSON");
    let entries = coverage["entries"].as_array().expect("a list").iter();
    let behaviour = entries.filter(|entry| entry["kind"] == "property" && entry["skipped"] == "behaviour");
    behaviour.map(|entry| entry["name"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn every_accessor_is_here_or_left_out_with_a_reason() {
    let known: BTreeSet<String> =
        HERE.into_iter().chain(LEFT_OUT.into_iter().map(|(name, _)| name)).map(str::to_owned).collect();
    let upstream = upstream();
    let new: Vec<&String> = upstream.difference(&known).collect();
    assert!(
        new.is_empty(),
        "new upstream: {new:?}; write them in generated/src/ext, or list them here with the reason"
    );
    let gone: Vec<&String> = known.difference(&upstream).collect();
    assert!(gone.is_empty(), "gone upstream: {gone:?}; take them out of this list");
}

#[test]
fn the_accessors_answer_as_upstreams() {
    let document = user::document();
    let user: User = clerk_backend_types::from_value(&document).expect("a user");
    let wire: UserJson = clerk_backend_types::from_value(&document).expect("a user");
    assert_eq!(user.full_name().as_deref(), Some("Ada Lovelace"));
    assert_eq!(user.full_name(), wire.full_name());
    assert_eq!(user.primary_email_address().expect("one").id.as_deref(), Some("idn_1"));
    assert_eq!(wire.primary_email_address().expect("one").email_address, "ada@example.com");
    assert!(user.primary_phone_number().is_none() && wire.primary_phone_number().is_none());
    assert!(user.primary_web3_wallet().is_none() && wire.primary_web3_wallet().is_none());
}

#[test]
fn a_name_has_no_space_around_and_none_is_none() {
    let mut document = user::document();
    for (first, last, full) in [
        (Some("Ada"), None, Some("Ada")),
        (None, Some("Lovelace"), Some("Lovelace")),
        (Some(" "), None, None),
        (None, None, None),
    ] {
        document["first_name"] = first.into();
        document["last_name"] = last.into();
        let user: User = clerk_backend_types::from_value(&document).expect("a user");
        assert_eq!(user.full_name().as_deref(), full);
    }
}
