//! Typed models of Clerk's Backend API.

mod ext;
#[rustfmt::skip]
mod gen;

pub use crate::ext::*;
pub use crate::gen::*;
