//! The examples that need no server.

#[path = "../examples/list_and_errors.rs"]
#[expect(dead_code, reason = "the example's `main` prints")]
mod list_and_errors;
#[path = "../examples/metadata.rs"]
#[expect(dead_code, reason = "the example's `main` prints")]
mod metadata;
#[path = "../examples/session_claims.rs"]
#[expect(dead_code, reason = "the example's `main` reads its arguments")]
mod session_claims;
mod user;

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use clerk_backend_types::{from_value, User};
use list_and_errors::{users, Failure};
use metadata::Subscription;
use serde_json::{json, Value};

#[test]
fn a_list_comes_in_two_forms() {
    let bare = json!([user::document()]).to_string();
    let paged = json!({ "data": [user::document()], "total_count": 40 }).to_string();
    assert_eq!(users(200, bare.as_bytes()).expect("a list").data[0].id, "user_1");
    assert_eq!(users(200, paged.as_bytes()).expect("a page").total_count, Some(40));
}

#[test]
fn a_refusal_says_why() {
    let body = json!({
        "errors": [{ "code": "resource_not_found", "message": "not found", "long_message": "No user has this id." }],
        "meta": {},
        "clerk_trace_id": "5d9c",
    });
    let Err(Failure::Refused(error)) = users(404, body.to_string().as_bytes()) else { panic!("refused") };
    assert!(error.has_code("resource_not_found"));
    assert_eq!(error.to_string(), "No user has this id. (resource_not_found), trace 5d9c");
}

#[test]
fn an_answer_that_cannot_be_read_says_where() {
    let mut document = user::document();
    document["email_addresses"][0]["id"] = Value::Null;
    let failure = users(200, json!([document]).to_string().as_bytes()).expect_err("a null id");
    assert!(failure.to_string().contains("[0].email_addresses[0].id"), "{failure}");
    let page = users(502, b"<html>").expect_err("no JSON");
    assert!(matches!(page, Failure::Unreadable(_)));
}

#[test]
fn metadata_is_read_as_a_type_of_ones_own() {
    let subscription = Subscription { plan: "team".to_owned(), seats: 5 };
    let mut document = user::document();
    let none: User = from_value(&document).expect("a user");
    assert_eq!(metadata::subscription(&none).expect("no metadata"), None);
    document["public_metadata"] = metadata::metadata(&subscription).into();
    let some: User = from_value(&document).expect("a user");
    assert_eq!(metadata::subscription(&some).expect("this application's"), Some(subscription));
}

/// A token with these claims; nobody signed it.
fn token(claims: &Value) -> String {
    format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

/// The claims that both versions have.
fn session() -> Value {
    json!({
        "iss": "https://clerk.example.com", "sub": "user_1", "sid": "sess_1", "azp": "https://example.com",
        "nbf": 1_716_883_200, "iat": 1_716_883_200, "exp": 1_716_883_260, "fva": [3, -1], "sts": "active",
        "jti": "1f", "department": "sales",
    })
}

/// The session's claims, and those of a version.
fn with(claims: Value) -> Value {
    let mut session = session();
    let (Value::Object(all), Value::Object(more)) = (&mut session, claims) else { panic!("objects") };
    all.extend(more);
    session
}

#[test]
fn claims_of_both_versions_answer_alike() {
    let v1 = with(json!({
        "org_id": "org_1", "org_slug": "acme", "org_role": "org:admin",
        "org_permissions": ["org:articles:read", "org:teams:write"],
    }));
    let v2 = with(json!({
        "v": 2, "fea": "o:articles,u:profile,uo:teams",
        "o": { "id": "org_1", "slg": "acme", "rol": "admin", "per": "read,write", "fpm": "1,2" },
    }));
    // Upstream reads a version that it does not know as the first.
    let mut v0 = v1.clone();
    v0["v"] = json!(1);
    for document in [v1, v2, v0] {
        let claims = session_claims::claims(&token(&document)).expect("claims of a session");
        assert_eq!(claims.user_id(), Some("user_1"));
        assert_eq!(claims.session_id(), Some("sess_1"));
        assert_eq!(claims.session_status().expect("a status").as_str(), "active");
        assert_eq!(claims.factor_verification_age(), Some((3.0, -1.0)));
        assert_eq!((claims.org_id(), claims.org_slug()), (Some("org_1"), Some("acme")));
        assert_eq!(claims.org_role().as_deref(), Some("org:admin"));
        assert!(session_claims::may(&claims, "org:articles:read"));
        assert!(session_claims::may(&claims, "org:teams:write"));
        assert!(!session_claims::may(&claims, "org:articles:write"));
        assert_eq!(claims.custom_claims()["department"], "sales");
        assert_eq!(serde_json::to_value(&claims).expect("JSON"), document);
    }
}

#[test]
fn without_an_organization_nothing_is_permitted() {
    for document in [session(), with(json!({ "v": 2, "fea": "u:profile" }))] {
        let claims = session_claims::claims(&token(&document)).expect("claims of a session");
        assert_eq!((claims.org_id(), claims.org_slug(), claims.org_permissions()), (None, None, None));
        assert!(claims.org_role().is_none());
    }
    assert!(session_claims::claims("e30.e30").is_err());
    assert!(session_claims::claims(&token(&json!({ "sub": "user_1" }))).is_err());
}
