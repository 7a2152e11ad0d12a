//! Written by hand, beside what is generated: what Clerk's SDK does in JavaScript rather than in types.

mod accessors;
mod claims;
mod error;
mod list;
mod metadata;

pub use error::ErrorBody;
pub use list::List;
pub use metadata::Metadata;
