//! The command line of the workspace: `codegen`, `new`, `upgrade`.
//!
//! ```text
//! cli ──▶ commands::{codegen, new, upgrade} ──▶ pipeline (recipe, npm, dts_codegen::generate) ──▶ sync
//! ```
//!
//! [`sync`] alone writes or deletes generated files. Results go to standard output, messages to standard error; exit
//! codes are 0 for done, 1 for drift and 2 for whatever could not be done.

mod api;
mod changelog;
mod cli;
mod commands;
mod console;
mod crate_dir;
mod drift_report;
mod npm;
mod pipeline;
mod scaffold;
mod stop;
mod sync;

pub use console::Terminal;
pub use crate_dir::CrateDir;
pub use npm::NpmPolicy;
pub use pipeline::generate;
pub use stop::Stop;
pub use sync::{Change, Drift, FileDrift, Mode, sync};

use std::ffi::OsString;
use std::io::Write;

/// The command that regenerates what is checked in: named by headers and by the drift check.
pub const COMMAND: &str = "cargo xtask codegen";

/// Runs a command line, `xtask` first, and answers its exit code.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    terminal: Terminal,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    match cli::parse(args) {
        Ok(cli) => commands::run(&cli, terminal, out, err),
        Err(refusal) => cli::explain(&refusal, out, err),
    }
}
