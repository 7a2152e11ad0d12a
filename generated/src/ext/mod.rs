//! Written by hand, beside what is generated: what Clerk's SDK does in JavaScript rather than in types.

pub mod answers;
mod api_error;
mod claims;
mod list;
mod metadata;
mod permissions;
#[cfg(feature = "fixtures")]
mod samples;
mod user;

pub use api_error::ApiError;
pub use list::List;
pub use metadata::Metadata;
