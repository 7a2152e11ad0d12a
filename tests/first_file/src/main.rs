//! Decodes a session document with the types of the first version; run by `tests/tests/first_file.rs`.
#![deny(warnings)]

use first_file::{Session, SessionJson};

fn main() -> Result<(), serde_json::Error> {
    let text = r#"{
        "object": "session", "id": "sess_1", "client_id": "client_1", "user_id": "user_1", "status": "active",
        "actor": null, "last_active_at": 1, "expire_at": 2, "abandon_at": 3, "created_at": 4, "updated_at": 5,
        "latest_activity": { "object": "session_activity", "id": "act_1", "is_mobile": false, "city": "Bern" }
    }"#;
    let wire: SessionJson = serde_json::from_str(text)?;
    let session: Session = serde_json::from_str(text)?;
    assert_eq!(session, Session::from(wire.clone()));
    assert_eq!(session.actor, None);
    assert_eq!(session.latest_activity.and_then(|activity| activity.city).as_deref(), Some("Bern"));
    let document: serde_json::Value = serde_json::from_str(text)?;
    assert_eq!(serde_json::to_value(wire)?, document);
    println!("ok");
    Ok(())
}
