//! From syntax trees to the model: what the files say, names resolved, nothing evaluated.
//!
//! One small function per node kind, in one file per family. Nothing here decides what a type means for Rust: what
//! cannot be lowered is a [`Diagnostic`] and the type `unknown`, never a silent `any`.
//!
//! | file | lowers |
//! |---|---|
//! | `defs` | declarations, their merged parts and type parameters |
//! | `types`, `operators`, `unions` | type expressions |
//! | `names`, `imports` | references, `typeof`, `import()` types; names from modules that were not found |
//! | `members`, `keys` | members of object types and interfaces, names of properties |
//! | `classes`, `bases` | classes, and what their `extends` means |
//! | `functions`, `values` | signatures, and the types of constants |
//! | `enums`, `constants`, `arithmetic` | enums, and expressions computed as TypeScript does |
//! | `implied` | aliases that upstream implies |
//! | `jsdoc` | doc comments |
//!
//! The work is sequential: it is cheap beside parsing, and handles of type parameters follow the input's order.

mod arithmetic;
mod bases;
mod classes;
mod constants;
mod context;
mod defs;
mod enums;
mod functions;
mod implied;
mod imports;
mod inherited_docs;
mod jsdoc;
mod keys;
mod members;
mod names;
mod operators;
mod params;
mod paths;
#[cfg(test)]
mod tests;
mod types;
mod unions;
mod values;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{DefId, EntryExports, Model};
use crate::parse::Modules;
use crate::source::Sources;
use crate::symbols::Symbols;
use context::World;
use indexmap::IndexMap;

/// How much stack the work gets. Virtual memory: what is not used is never touched.
const STACK_SIZE: usize = 256 << 20;

/// Lowers every declaration.
///
/// Types nest as deep as the parser allows, which is deeper than the stack of a caller's thread may be; so the work has
/// a thread of its own, and a limit (`context::MAX_DEPTH`) that this thread is known to bear.
pub fn lower(sources: &Sources, modules: &Modules, symbols: &Symbols<'_>) -> (Model, Vec<Diagnostic>) {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new()
            .name("lower".to_owned())
            .stack_size(STACK_SIZE)
            .spawn_scoped(scope, || lower_all(sources, modules, symbols));
        match worker {
            Ok(worker) => worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(error) => {
                let message = format!("no thread could be started to lower the declarations: {error}");
                (Model::default(), vec![Diagnostic::nowhere(Code::Internal, message)])
            }
        }
    })
}

fn lower_all<'a>(sources: &'a Sources, modules: &'a Modules, symbols: &'a Symbols<'a>) -> (Model, Vec<Diagnostic>) {
    let world = World::new(modules, symbols);
    let mut model = Model {
        defs: defs::lower_all(&world),
        entries: entries(sources, symbols),
        exports: symbols.exports.clone(),
        globals: symbols.globals(),
    };
    bases::settle(&mut model);
    inherited_docs::settle(&mut model);
    implied::settle(&mut model);
    (model, world.into_diagnostics())
}

/// What the entries export. The modules that scripts among them declare are entries too.
fn entries(sources: &Sources, symbols: &Symbols<'_>) -> Vec<EntryExports> {
    let mut entries: Vec<EntryExports> = Vec::with_capacity(sources.entries.len());
    for entry in &sources.entries {
        let (subpath, names) = (entry.subpath.clone(), symbols.exports_of_entry(sources, entry));
        entries.push(EntryExports { subpath, file: entry.file, names });
    }
    let served: Vec<IndexMap<String, Vec<DefId>>> = entries.iter().map(|entry| entry.names.clone()).collect();
    for entry in &sources.entries {
        for (name, names) in symbols.modules_of_script(entry.file) {
            let subpath = format!("./{name}");
            if !served.contains(&names) && entries.iter().all(|known| known.subpath != subpath) {
                entries.push(EntryExports { subpath, file: entry.file, names });
            }
        }
    }
    entries
}
