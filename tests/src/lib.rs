//! What the end-to-end tests share.

pub mod node;
pub mod probe;
