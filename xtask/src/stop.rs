//! Why a command could not do what it was asked for.

use dts_codegen::Failure;
use dts_codegen::diagnostic::Diagnostic;
use dts_codegen::source::Sources;

/// The reason of exit code 2.
#[derive(Debug)]
pub enum Stop {
    /// The input or the recipe is wrong: diagnostics, and the files that they point into.
    Input(Box<Failure>),
    /// Everything else: npm, files, the command line.
    Other(anyhow::Error),
}

impl Stop {
    /// Wrong input whose diagnostics point into no declaration file.
    pub(crate) fn diagnostics(diagnostics: Vec<Diagnostic>) -> Self {
        Self::Input(Box::new(Failure { diagnostics, sources: Sources::default() }))
    }
}

impl From<anyhow::Error> for Stop {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Input(Box::new(failure))
    }
}

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Input(failure) => {
                f.write_str(dts_codegen::report::render(&failure.diagnostics, &failure.sources, false).trim_end())
            }
            Self::Other(error) => write!(f, "{error:#}"),
        }
    }
}

impl std::error::Error for Stop {}
