//! A user as the API sends it.

use serde_json::{json, Value};

/// The document.
pub fn document() -> Value {
    json!({
        "object": "user", "id": "user_1", "username": null, "first_name": "Ada", "last_name": "Lovelace",
        "image_url": "https://img.example.com/1", "has_image": true,
        "primary_email_address_id": "idn_1", "primary_phone_number_id": null, "primary_web3_wallet_id": null,
        "password_enabled": false, "two_factor_enabled": false, "totp_enabled": false, "backup_code_enabled": false,
        "email_addresses": [{
            "object": "email_address", "id": "idn_1", "email_address": "ada@example.com", "verification": null,
            "linked_to": [], "created_at": 1_716_883_200_123_i64, "updated_at": 1_716_883_200_123_i64,
            "matches_sso_connection": false,
        }],
        "phone_numbers": [], "web3_wallets": [], "external_accounts": [], "enterprise_accounts": [],
        "organization_memberships": null, "password_last_updated_at": null,
        "public_metadata": {}, "private_metadata": {}, "unsafe_metadata": {},
        "external_id": null, "last_sign_in_at": null, "banned": false, "locked": false, "deprovisioned": false,
        "lockout_expires_in_seconds": null, "verification_attempts_remaining": null,
        "created_at": 1_716_883_200_123_i64, "updated_at": 1_716_883_200_123_i64, "last_active_at": null,
        "create_organization_enabled": true, "create_organizations_limit": null, "delete_self_enabled": true,
        "legal_accepted_at": null, "locale": null, "timezone": null,
    })
}
