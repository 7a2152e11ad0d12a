//! What the subcommands do.

mod codegen;
mod new;
mod upgrade;

use crate::cli::{Cli, Command};
use crate::console::{Console, Terminal};
use crate::stop::Stop;
use dts_codegen::report;
use serde_json::json;
use std::io::Write;

/// Done.
const DONE: u8 = 0;
/// What is checked in is out of date.
const DRIFT: u8 = 1;
/// It could not be done.
const REFUSED: u8 = 2;

/// Runs a command and answers its exit code.
pub(crate) fn run(cli: &Cli, terminal: Terminal, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let mut console = Console::new(cli.output, terminal, out, err);
    let result = match &cli.command {
        Command::Codegen(args) => return codegen::run(args, &mut console),
        Command::New(args) => new::run(args, &mut console),
        Command::Upgrade(args) => upgrade::run(args, &mut console),
    };
    match result {
        Ok(object) => {
            console.json(&object);
            DONE
        }
        Err(stop) => {
            refuse(&stop, &mut console);
            console.json(&stop_object(&stop));
            REFUSED
        }
    }
}

/// Says why something could not be done.
fn refuse(stop: &Stop, console: &mut Console<'_>) {
    match stop {
        Stop::Input(failure) => {
            let text = report::render(&failure.diagnostics, &failure.sources, console.color);
            console.error(&text);
            console.error_line("nothing was written");
        }
        Stop::Other(error) => console.error_line(&format!("{error:#}")),
    }
}

/// The same for machines.
fn stop_object(stop: &Stop) -> serde_json::Value {
    match stop {
        Stop::Input(failure) => json!({
            "status": "failed",
            "error": null,
            "diagnostics": report::to_json(&failure.diagnostics, &failure.sources),
        }),
        Stop::Other(error) => json!({ "status": "failed", "error": format!("{error:#}"), "diagnostics": [] }),
    }
}

/// `1 file`, `2 files`
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
