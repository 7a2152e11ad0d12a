//! Reads the `.d.ts` files of an npm package and writes a documented Rust crate of serde types.
//!
//! ```text
//! package ──load──▶ Sources ──parse──▶ Modules ──collect──▶ Symbols ──lower──▶ Model ──evaluate──▶ Schema
//!  (disk)           (text)            (swc AST)           (names, scopes)   (as written)        (plain data)
//!                                                                               │ no swc from here on
//!                    FileSet ◀──print── tokens ◀──emit── RustCrate ◀──plan───────┘
//!                 (path → text)                       (no TypeScript from here on)
//! ```
//!
//! The library reads files in [`load`] only and never writes: [`generate`] answers a [`FileSet`], and the caller decides
//! what to do with it.

pub mod coverage;
pub mod diagnostic;
pub mod emit;
pub mod eval;
mod fileset;
mod generate;
mod guard;
pub mod load;
pub mod lower;
pub mod model;
pub mod parse;
pub mod plan;
mod print;
pub mod recipe;
pub mod refine;
pub mod report;
pub mod rust;
pub mod schema;
pub mod source;
pub mod symbols;

pub use fileset::FileSet;
pub use generate::{Failure, Generated, Options, Timing, generate};
