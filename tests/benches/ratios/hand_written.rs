//! What a careful person would write with serde's derives for a user document, to compare with.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A user, as the Backend API sends one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct User {
    pub object: UserObject,
    pub id: String,
    pub username: Option<String>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub image_url: String,
    pub has_image: bool,
    pub primary_email_address_id: Option<String>,
    pub primary_phone_number_id: Option<String>,
    pub primary_web3_wallet_id: Option<String>,
    pub password_enabled: bool,
    pub two_factor_enabled: bool,
    pub totp_enabled: bool,
    pub backup_code_enabled: bool,
    pub email_addresses: Vec<EmailAddress>,
    pub phone_numbers: Vec<PhoneNumber>,
    pub web3_wallets: Vec<Web3Wallet>,
    pub organization_memberships: Option<Vec<Value>>,
    pub external_accounts: Vec<ExternalAccount>,
    pub enterprise_accounts: Vec<Value>,
    pub password_last_updated_at: Option<i64>,
    pub public_metadata: Map<String, Value>,
    pub private_metadata: Map<String, Value>,
    pub unsafe_metadata: Map<String, Value>,
    pub external_id: Option<String>,
    pub last_sign_in_at: Option<i64>,
    pub banned: bool,
    pub locked: bool,
    pub deprovisioned: bool,
    pub lockout_expires_in_seconds: Option<i64>,
    pub verification_attempts_remaining: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
    pub last_active_at: Option<i64>,
    pub create_organization_enabled: bool,
    pub create_organizations_limit: Option<i64>,
    pub delete_self_enabled: bool,
    pub legal_accepted_at: Option<i64>,
    pub locale: Option<String>,
    pub timezone: Option<String>,
}

/// The tag of a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserObject {
    User,
}

/// An email address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmailAddress {
    pub object: String,
    pub id: String,
    pub email_address: String,
    pub verification: Option<Verification>,
    pub linked_to: Vec<Link>,
}

/// A phone number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PhoneNumber {
    pub object: String,
    pub id: String,
    pub phone_number: String,
    pub reserved_for_second_factor: bool,
    pub default_second_factor: bool,
    pub reserved: bool,
    pub verification: Option<Verification>,
    pub linked_to: Vec<Link>,
    pub backup_codes: Vec<String>,
}

/// A wallet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Web3Wallet {
    pub object: String,
    pub id: String,
    pub web3_wallet: String,
    pub verification: Option<Verification>,
}

/// An account with another provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExternalAccount {
    pub object: String,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_account_id: Option<String>,
    pub provider: String,
    pub identification_id: String,
    pub provider_user_id: String,
    pub approved_scopes: String,
    pub email_address: String,
    pub first_name: String,
    pub last_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    pub username: Option<String>,
    pub phone_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_metadata: Option<Map<String, Value>>,
    pub label: Option<String>,
    pub verification: Option<Verification>,
}

/// A link to another identification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    pub object: String,
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
}

/// A verification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verification {
    pub object: String,
    pub id: String,
    pub status: Status,
    pub strategy: String,
    pub attempts: Option<i64>,
    pub expire_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verified_at_client: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_verification_redirect_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// The state of a verification.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Unverified,
    Verified,
    Transferable,
    Failed,
    Expired,
}
