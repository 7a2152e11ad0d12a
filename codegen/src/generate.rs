//! The pipeline, stage by stage.

use crate::coverage::Coverage;
use crate::diagnostic::{Diagnostic, Severity};
use crate::fileset::FileSet;
use crate::load::Input;
use crate::recipe::Recipe;
use crate::source::Sources;
use crate::{emit, eval, load, lower, parse, plan, print, symbols};
use std::time::{Duration, Instant};

/// What the caller decides beside the recipe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The crate's name as it is written in Rust code: `clerk_backend_types`.
    pub crate_name: String,
    /// The command that headers tell the reader to run.
    pub command: String,
}

/// What a generation gives.
#[derive(Clone, Debug)]
pub struct Generated {
    /// `src/gen/…` and `coverage.json`.
    pub files: FileSet,
    /// The account, which is also among the files.
    pub coverage: Coverage,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
    /// What was read, for drawing the warnings.
    pub sources: Sources,
    /// How long each stage took.
    pub timings: Vec<Timing>,
}

/// How long a stage took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// The stage.
    pub stage: &'static str,
    /// Wall time.
    pub time: Duration,
}

/// Why nothing was generated: everything that is wrong, errors and warnings.
#[derive(Clone, Debug, Default)]
pub struct Failure {
    /// What is wrong; at least one error.
    pub diagnostics: Vec<Diagnostic>,
    /// What was read so far, for drawing them.
    pub sources: Sources,
}

/// Generates the machine-owned part of a crate.
///
/// # Errors
///
/// Everything that is wrong with the input or the recipe, collected over as many stages as could run.
pub fn generate(input: &Input, recipe: &Recipe, options: &Options) -> Result<Generated, Failure> {
    let mut run = Run::default();
    let loader = run.stage("load", || load::open(input));
    let loader = loader.map_err(|diagnostics| Failure { diagnostics, sources: Sources::default() })?;
    let (sources, modules, found) = run.stage("parse", || parse::parse_all(&loader));
    run.check(found, &sources)?;
    let (symbols, found) = run.stage("symbols", || symbols::collect(&sources, &modules));
    run.check(found, &sources)?;
    let (model, found) = run.stage("lower", || lower::lower(&sources, &modules, &symbols));
    run.check(found, &sources)?;
    let (schema, found) = run.stage("eval", || eval::evaluate(&model));
    run.check(found, &sources)?;
    let (krate, coverage, found) =
        run.stage("plan", || plan::plan(&sources, &model, &schema, recipe, &options.crate_name));
    run.check(found, &sources)?;
    let items = run.stage("emit", || emit::emit(&krate));
    let printed = run.stage("print", || print::print(items, &options.command));
    let mut files = match printed {
        Ok(files) => files,
        Err(diagnostics) => return Err(Failure { diagnostics, sources }),
    };
    files.insert("coverage.json", coverage.to_text());
    Ok(Generated { files, coverage, warnings: run.found, sources, timings: run.timings })
}

/// What the stages leave behind.
#[derive(Default)]
struct Run {
    timings: Vec<Timing>,
    found: Vec<Diagnostic>,
}

impl Run {
    fn stage<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.timings.push(Timing { stage, time: start.elapsed() });
        result
    }

    /// Keeps what a stage found; ends the run if an error is among it.
    fn check(&mut self, found: Vec<Diagnostic>, sources: &Sources) -> Result<(), Failure> {
        self.found.extend(found);
        if self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            let diagnostics = std::mem::take(&mut self.found);
            return Err(Failure { diagnostics, sources: sources.clone() });
        }
        Ok(())
    }
}
