//! Builds a request, sends it, and reads the answer: the user, or why there is none.
//!
//! ```text
//! CLERK_SECRET_KEY=sk_test_… cargo run --example create_user
//! ```
//!
//! The features of `reqwest` are this repository's; `rustls` is what talks to `https://api.clerk.com`.

use clerk_backend_types::api::endpoints::user_api::{CreateUserParams, CreateUserParamsWithoutPasswordDigest};
use clerk_backend_types::{from_slice, ApiError, User};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::Client;

/// A user who signs in with an email address.
pub fn request(email_address: &str) -> CreateUserParams {
    CreateUserParamsWithoutPasswordDigest::new()
        .with_email_address([email_address.to_owned()])
        .with_first_name("Ada")
        .with_skip_password_requirement(true)
        .into()
}

/// Creates a user at `api`, which is `https://api.clerk.com/v1` but for tests.
///
/// # Errors
///
/// What `reqwest` says, an [`ApiError`], and an answer that cannot be read.
pub async fn create(
    api: &str,
    secret_key: &str,
    params: &CreateUserParams,
) -> Result<User, Box<dyn std::error::Error>> {
    let request = Client::new()
        .post(format!("{api}/users"))
        .header(AUTHORIZATION, format!("Bearer {secret_key}"))
        .header(CONTENT_TYPE, "application/json")
        .body(serde_json::to_vec(params)?);
    let response = request.send().await?;
    let created = response.status().is_success();
    let body = response.bytes().await?;
    if created {
        Ok(from_slice(&body)?)
    } else {
        Err(from_slice::<ApiError>(&body)?.into())
    }
}

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stdout, reason = "what an example shows")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let secret_key = std::env::var("CLERK_SECRET_KEY").map_err(|_| "set CLERK_SECRET_KEY")?;
    let user = create("https://api.clerk.com/v1", &secret_key, &request("ada@example.com")).await?;
    println!("created {}", user.id);
    Ok(())
}
