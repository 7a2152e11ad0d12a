//! From the Rust to be written, as data, to syn's items: one template family a file.
//!
//! Types stand as plain items; beside each stands a table for a macro of the support module that gives it serde's
//! impls. Items are for the printer to lay out, tables are laid out here.

mod code;
mod enums;
mod facts;
mod from_wire;
mod names;
mod nodes;
mod request;
mod structs;
mod support;
mod table;
#[cfg(test)]
mod tests;
mod unions;
mod uses;

use crate::rust::{RustCrate, RustIdent, RustItem, RustModule};
use facts::Facts;
use names::Names;
use proc_macro2::TokenStream;
use rayon::prelude::*;

/// A file, its items still syntax.
#[derive(Clone, Debug)]
pub struct EmittedFile {
    /// Its path below the crate's directory: `src/gen/api/resources/session.rs`.
    pub path: String,
    /// What its header says it was made from; empty for files that only hold modules.
    pub source: String,
    /// Its `//!` documentation, a line each.
    pub doc: Vec<String>,
    /// What it holds, in order.
    pub chunks: Vec<Chunk>,
}

/// A piece of a file; a blank line stands between two.
#[derive(Clone, Debug)]
pub enum Chunk {
    /// An item of Rust.
    Item(Box<syn::Item>),
    /// An item with more code in it than is worth making node by node.
    Tokens(TokenStream),
    /// Text that is laid out already: lists of modules and imports, tables, hand-written modules.
    Text(String),
}

impl Chunk {
    fn item(item: syn::Item) -> Self {
        Self::Item(Box::new(item))
    }
}

impl EmittedFile {
    fn of_text(path: &str, text: String) -> Self {
        Self { path: path.to_owned(), source: String::new(), doc: Vec::new(), chunks: vec![Chunk::Text(text)] }
    }
}

/// Spells the crate, file by file, in parallel: `finish` takes each where it was made, since syntax stays in its
/// thread. What it gives is in the order of the files' paths.
pub fn emit<T: Send>(krate: &RustCrate, finish: &(dyn Fn(EmittedFile) -> T + Sync)) -> Vec<T> {
    let facts = Facts::of(krate);
    let mut modules = Vec::new();
    add_modules(&krate.root, &[], &mut modules);
    let emitted = modules.into_par_iter().map(|(module, path)| {
        let file = emit_module(module, &path, &facts);
        (file.path.clone(), finish(file))
    });
    let mut files: Vec<(String, T)> = emitted.collect();
    files.extend(support::files(&uses::parts(krate)).into_iter().map(|file| (file.path.clone(), finish(file))));
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files.into_iter().map(|(_, file)| file).collect()
}

/// A module and all below it.
fn add_modules<'k>(module: &'k RustModule, path: &[RustIdent], all: &mut Vec<(&'k RustModule, Vec<RustIdent>)>) {
    all.push((module, path.to_vec()));
    for child in &module.children {
        let path: Vec<RustIdent> = path.iter().chain(child.name.as_ref()).cloned().collect();
        add_modules(child, &path, all);
    }
}

fn emit_module(module: &RustModule, path: &[RustIdent], facts: &Facts) -> EmittedFile {
    let mut names = Names::of(module, path);
    let mut chunks = Vec::new();
    for item in &module.items {
        emit_item(item, &mut names, facts, &mut chunks);
    }
    let mut head = Vec::new();
    if path.is_empty() {
        head.push(Chunk::Text(ROOT_LINTS.to_owned()));
    }
    head.extend(names::modules(module, path.is_empty()));
    head.extend(names.imports());
    head.extend(names::reexports(module));
    head.append(&mut chunks);
    EmittedFile {
        path: names::file_path(path, module.children.is_empty() && !path.is_empty()),
        source: module.source.clone(),
        doc: module.doc.clone(),
        chunks: head,
    }
}

/// The lints that generated code cannot keep. Each has its reason beside it, in the generated file too.
const ROOT_LINTS: &str = "\
// Upstream's deprecated declarations are generated like all others, and the code beside them reads them.
#![allow(clippy::allow_attributes, deprecated)]
// Names, sizes and counts are upstream's.
#![allow(clippy::enum_variant_names, clippy::large_enum_variant, clippy::module_inception)]
#![allow(clippy::module_name_repetitions, clippy::struct_excessive_bools, clippy::too_many_arguments)]
#![allow(clippy::type_complexity)]
// The crate may have left out features that are offered here: then they are never on.
#![allow(unexpected_cfgs)]
// What upstream does not document has no text here.
#![allow(missing_docs)]
";

fn emit_item(item: &RustItem, names: &mut Names, facts: &Facts, out: &mut Vec<Chunk>) {
    match item {
        RustItem::Struct(item) => structs::emit_struct(item, names, out),
        RustItem::LiteralEnum(item) => enums::emit_literal_enum(item, names, out),
        RustItem::Tagged(item) => unions::emit_tagged(item, names, facts, out),
        RustItem::Untagged(item) => unions::emit_untagged(item, names, facts, out),
        RustItem::Tuple(item) => structs::emit_tuple(item, names, out),
        RustItem::Alias(item) => {
            let ty = names.ty(&item.ty, &item.head.params);
            out.push(Chunk::item(nodes::alias(&item.head, structs::head_attributes(&item.head, []), ty)));
        }
        RustItem::From(item) => from_wire::emit_from(item, names, out),
    }
}
