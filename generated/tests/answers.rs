//! The kinds of answers that the page `answers` tells of decode as it says.

use clerk_backend_types::api::resources::json::MachineScopeJson;
use clerk_backend_types::{DeletedObjectJson, List, User};
use serde_json::{from_value, json};

#[test]
fn what_was_deleted_is_a_deleted_object() {
    for kind in ["user", "organization", "organization_domain", "enterprise_connection", "saml_connection", "machine"] {
        let answer = json!({ "object": kind, "id": "id_1", "deleted": true });
        let deleted: DeletedObjectJson = from_value(answer.clone()).expect("a deleted object");
        assert_eq!((deleted.object.as_str(), deleted.id.as_deref(), deleted.deleted), (kind, Some("id_1"), true));
        assert_eq!(serde_json::to_value(deleted).expect("JSON"), answer);
        assert!(from_value::<User>(answer).is_err(), "{kind} is no user");
    }
}

#[test]
fn what_a_machine_may_no_longer_reach_is_a_scope() {
    let answer =
        json!({ "object": "machine_scope", "from_machine_id": "mch_1", "to_machine_id": "mch_2", "deleted": true });
    let scope: MachineScopeJson = from_value(answer.clone()).expect("a scope");
    assert_eq!((scope.to_machine_id.as_str(), scope.deleted), ("mch_2", Some(true)));
    assert_eq!(serde_json::to_value(scope).expect("JSON"), answer);
}

#[test]
fn lists_come_in_three_shapes() {
    let one = json!({ "object": "user", "id": "user_1", "deleted": true });
    for (answer, total) in [
        (json!([one]), None),
        (json!({ "data": [one], "total_count": 7 }), Some(7)),
        (json!({ "m2m_tokens": [one], "total_count": 7 }), Some(7)),
    ] {
        let list: List<DeletedObjectJson> = from_value(answer.clone()).expect("a list");
        assert_eq!((list.data.len(), list.total_count), (1, total));
        assert_eq!(serde_json::to_value(list).expect("JSON"), answer);
    }
}
