//! The command line, as data.

use clap::{ArgGroup, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

/// Generates Rust crates of serde types from TypeScript declarations.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) output: Output,
}

/// How to talk to the user.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Output {
    /// What is printed: text for people, or one JSON object on standard output
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// When to print colours; `auto` honours NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Print nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Print the time that each stage took
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text.
    Human,
    /// One JSON object on standard output.
    Json,
}

/// When colours are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Generate the machine-owned part of crates, or check that it is up to date
    Codegen(CodegenArgs),
    /// Make a crate of an npm package's types, or of local declaration files
    New(NewArgs),
    /// Pin another version of the package, regenerate, and record what changed
    Upgrade(UpgradeArgs),
}

/// Arguments of `codegen`.
#[derive(Debug, clap::Args)]
pub(crate) struct CodegenArgs {
    /// Directories of crates with a `codegen.toml`; default: `generated` of this workspace
    #[arg(value_name = "CRATE_DIR")]
    pub(crate) crates: Vec<PathBuf>,
    /// Write nothing; exit with 1 and list what is out of date
    #[arg(long)]
    pub(crate) check: bool,
    /// Like --check, with the whole difference
    #[arg(long)]
    pub(crate) diff: bool,
    /// Never call npm; say what is missing instead
    #[arg(long)]
    pub(crate) offline: bool,
}

/// Arguments of `new`: `PACKAGE@VERSION DIR`, or `--files A.d.ts,B.d.ts DIR`.
#[derive(Debug, clap::Args)]
#[command(group = ArgGroup::new("input").required(true).args(["package_or_dir", "files"]).multiple(true))]
pub(crate) struct NewArgs {
    /// The npm package and its version, and the directory to make (with --files, the directory alone)
    #[arg(value_name = "PACKAGE@VERSION> <DIR", num_args = 1..=2, required = true)]
    pub(crate) package_or_dir: Vec<String>,
    /// Local declaration files instead of a package
    #[arg(long, value_delimiter = ',', value_name = "A.d.ts,B.d.ts")]
    pub(crate) files: Vec<PathBuf>,
}

/// Arguments of `upgrade`.
#[derive(Debug, clap::Args)]
pub(crate) struct UpgradeArgs {
    /// The crate's directory; default: `generated` of this workspace
    #[arg(value_name = "CRATE_DIR")]
    pub(crate) dir: Option<PathBuf>,
    /// The version to pin; default: the latest
    #[arg(long, value_name = "VERSION")]
    pub(crate) to: Option<String>,
}

/// Reads a command line, the program's name first.
pub(crate) fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(args)
}

/// Prints what clap has to say, help on standard output and errors on standard error, and answers the exit code.
pub(crate) fn explain(refusal: &clap::Error, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    let text = refusal.render();
    // Nobody is left to tell when a stream is closed.
    let _ = if refusal.use_stderr() { write!(err, "{text}") } else { write!(out, "{text}") };
    if refusal.use_stderr() { 2 } else { 0 }
}
