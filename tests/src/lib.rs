//! What the end-to-end tests share, and what users must not be able to write.
//!
//! # No public path makes a duplicate of a known value
//!
//! A text that an enum knows always becomes the arm of that text, so that matching the arm is enough:
//!
//! ```
//! use clerk_backend_types::api::resources::enums::{ActorTokenStatus, SignInStatus};
//!
//! assert!(matches!(ActorTokenStatus::from("accepted"), ActorTokenStatus::Accepted));
//! assert!(matches!("accepted".parse(), Ok(ActorTokenStatus::Accepted)));
//! assert!(matches!(serde_json::from_str(r#""accepted""#), Ok(ActorTokenStatus::Accepted)));
//! let ActorTokenStatus::Unknown(unknown) = ActorTokenStatus::from("complete") else { unreachable!() };
//! // What one enum does not know, another may.
//! assert!(matches!(SignInStatus::from(unknown.as_str()), SignInStatus::Complete));
//! ```
//!
//! The arm for unknown texts has no public constructor:
//!
//! ```compile_fail,E0624
//! use clerk_backend_types::api::resources::enums::ActorTokenStatus;
//! use clerk_backend_types::support::UnknownValue;
//!
//! let forged = ActorTokenStatus::Unknown(UnknownValue::new("accepted".into()));
//! ```
//!
//! and what one enum does not know cannot be handed to another, which may know it:
//!
//! ```compile_fail,E0308
//! use clerk_backend_types::api::resources::enums::{ActorTokenStatus, SignInStatus};
//!
//! let ActorTokenStatus::Unknown(unknown) = ActorTokenStatus::from("complete") else { unreachable!() };
//! let forged = SignInStatus::Unknown(unknown);
//! ```

pub mod api;
pub mod json;
pub mod node;
pub mod probe;
pub mod strange;

/// Tests the examples of the repository's README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
