//! The generated crate against documents: the real package's own word (node, recorded), realistic documents, and what
//! production sent against its types.

mod from_json;
mod generated;
mod realistic;
mod requests;
mod secrets;
mod tolerant;
mod types;
