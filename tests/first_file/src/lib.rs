//! The types of the first version.
#![deny(warnings)]

#[rustfmt::skip]
mod gen;

pub use crate::gen::*;
