//! The command line; everything is in the library beside it, where tests can drive it.

use std::io::IsTerminal;
use std::process::ExitCode;

fn main() -> ExitCode {
    let stderr = std::io::stderr();
    let terminal = xtask::Terminal { is_terminal: stderr.is_terminal() };
    ExitCode::from(xtask::run(std::env::args_os(), terminal, &mut std::io::stdout(), &mut std::io::stderr()))
}
