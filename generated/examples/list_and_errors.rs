//! Decodes what the Backend API answers to a request for a list: the list, or the reasons why there is none.
//!
//! ```text
//! cargo run --example list_and_errors
//! ```

use clerk_backend_types::{from_slice, ApiError, DecodeError, List, User};
use std::fmt;

/// Why there is no list.
#[derive(Debug)]
pub enum Failure {
    /// The API refused, and says why.
    Refused(ApiError),
    /// The answer is not what the types promise; the error names the field.
    Unreadable(DecodeError),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => write!(f, "the API refused: {error}"),
            Self::Unreadable(error) => write!(f, "the answer cannot be read: {error}"),
        }
    }
}

impl std::error::Error for Failure {}

/// The users in an answer to `GET /v1/users`, from its status and its body.
///
/// # Errors
///
/// A refusal, and an answer that cannot be read.
pub fn users(status: u16, body: &[u8]) -> Result<List<User>, Failure> {
    if !(200..300).contains(&status) {
        // A proxy may answer with a page instead; then the error says that this is no JSON.
        let error = from_slice(body).map_err(Failure::Unreadable)?;
        return Err(Failure::Refused(error));
    }
    from_slice(body).map_err(Failure::Unreadable)
}

#[expect(clippy::print_stdout, reason = "what an example shows")]
fn main() {
    let refusal = br#"{ "errors": [{ "code": "authentication_invalid", "message": "Invalid authentication" }] }"#;
    for (status, body) in [(200, b"[]".as_slice()), (401, refusal), (200, br#"[{ "id": 1 }]"#)] {
        match users(status, body) {
            Ok(users) => println!("{} users", users.data.len()),
            Err(failure) => println!("{failure}"),
        }
    }
}
