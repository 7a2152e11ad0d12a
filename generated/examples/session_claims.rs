//! The claims of a session token. The types read what a token says; whether it may be believed is for a crate that
//! verifies signatures, against Clerk's public keys and before anything here.
//!
//! ```text
//! cargo run --example session_claims -- eyJhbGciOi…
//! ```

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use clerk_backend_types::clerk_shared::types::jwtv2::JwtPayload;
use clerk_backend_types::from_slice;

/// The claims of a token whose signature was verified before.
///
/// # Errors
///
/// What is no token, and claims that are not those of a session.
pub fn claims(verified_token: &str) -> Result<JwtPayload, Box<dyn std::error::Error>> {
    let mut parts = verified_token.split('.');
    let (Some(_header), Some(payload), Some(_signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err("a token has three parts".into());
    };
    Ok(from_slice(&URL_SAFE_NO_PAD.decode(payload)?)?)
}

/// Whether the user may do something in the active organization; the same for tokens of both versions.
pub fn may(claims: &JwtPayload, permission: &str) -> bool {
    claims.org_permissions().is_some_and(|permissions| permissions.iter().any(|own| own == permission))
}

#[expect(clippy::print_stdout, reason = "what an example shows")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::args().nth(1).ok_or("give a token")?;
    let claims = claims(&token)?;
    println!("user {}, session {}", claims.user_id().unwrap_or("?"), claims.session_id().unwrap_or("?"));
    println!("organization {}, role {}", claims.org_id().unwrap_or("none"), claims.org_role().unwrap_or_default());
    println!("may read articles: {}", may(&claims, "org:articles:read"));
    Ok(())
}
