//! The Rust to be written, as data.
//!
//! A noun room: made by `plan`, spelled by `emit`. Everything is decided in here, names, boxing, codecs, derives and
//! documentation; nothing in here knows TypeScript.

mod ident;
mod item;
mod presence;
mod ty;

pub use ident::RustIdent;
pub use item::*;
pub use presence::Presence;
pub use ty::*;

/// The crate's machine-owned part.
#[derive(Clone, Debug, Default)]
pub struct RustCrate {
    /// The root module: what `src/gen/mod.rs` holds.
    pub root: RustModule,
}

/// A module and the file it is written to (`<path>.rs`, or `<path>/mod.rs` where it has children).
#[derive(Clone, Debug, Default)]
pub struct RustModule {
    /// Its name; `None` for the root.
    pub name: Option<RustIdent>,
    /// What the header says it was made from: `api/resources/Session.d.ts`, of the root the packages; empty for a module
    /// that only holds others.
    pub source: String,
    /// Its documentation, a line each, as Markdown for rustdoc.
    pub doc: Vec<String>,
    /// Modules below it, by name.
    pub children: Vec<RustModule>,
    /// What it re-exports, in order.
    pub reexports: Vec<Reexport>,
    /// Its items, in source order.
    pub items: Vec<RustItem>,
}

/// `pub use crate::path::Name as Alias;`
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reexport {
    /// The item, from the generated root.
    pub path: RustPath,
    /// The name it gets here, where it differs.
    pub rename: Option<RustIdent>,
    /// Whether it is hidden from the documentation.
    pub hidden: bool,
    /// Whether it is a module.
    pub module: bool,
}
