//! The pipeline, stage by stage.

use crate::coverage::Coverage;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fileset::FileSet;
use crate::load::{Input, Loader, Unlisted};
use crate::model::Model;
use crate::parse::Wanted;
use crate::recipe::{Recipe, RuleEffect};
use crate::rust::RustCrate;
use crate::schema::Schema;
use crate::source::Sources;
use crate::{eval, guard, load, lower, parse, plan, print, refine, symbols};
use std::collections::BTreeSet;
use std::path::PathBuf;
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
    /// What the Rust files spell, as data.
    pub krate: RustCrate,
    /// The account, which is also among the files.
    pub coverage: Coverage,
    /// What the rules of the recipe did, at each place that they matched.
    pub rules: Vec<RuleEffect>,
    /// Warnings.
    pub warnings: Vec<Diagnostic>,
    /// The platform's own modules that names were imported from and that nothing declares: `@types/node` does.
    pub missing: BTreeSet<String>,
    /// The patterns of the package's `exports` that were not expanded.
    pub unlisted: Vec<Unlisted>,
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
    let ended = guard::on_large_stack("generate", || run.all(input, recipe, options));
    ended.unwrap_or_else(|panic| {
        let message = format!("the generator failed in the stage `{}`: {panic}", run.current);
        let hint = "this is a bug of the generator: please report it with the declarations";
        let mut diagnostics = run.found;
        diagnostics.push(Diagnostic::nowhere(Code::Internal, message).with_hint(hint));
        Err(Failure { diagnostics, sources: run.sources })
    })
}

/// The sources, the model, the schema, and what was found while it was made.
type Understood = (Sources, Model, Schema, Vec<Diagnostic>);

/// What an `@types` package could declare of what is declared nowhere.
fn wanted(schema: &Schema) -> Wanted {
    let mut wanted = Wanted::default();
    for (name, module) in &schema.missing {
        match module {
            Some(module) => wanted.modules.insert(module.clone()),
            None => wanted.names.insert(name.split('.').next().unwrap_or(name).to_owned()),
        };
    }
    wanted
}

/// What the stages leave behind.
#[derive(Default)]
struct Run {
    /// The stage that runs.
    current: &'static str,
    timings: Vec<Timing>,
    found: Vec<Diagnostic>,
    sources: Sources,
}

impl Run {
    /// Every stage after the other.
    fn all(&mut self, input: &Input, recipe: &Recipe, options: &Options) -> Result<Generated, Failure> {
        let loader = self.stage("load", || load::open(input));
        let loader = loader.map_err(|diagnostics| Failure { diagnostics, sources: Sources::default() })?;
        let (mut sources, mut model, mut schema, mut found) = self.understand(&loader, &BTreeSet::new())?;
        let ambient = self.stage("ambient", || parse::ambient(&loader, &wanted(&schema)));
        if !ambient.is_empty() {
            (sources, model, schema, found) = self.understand(&loader, &ambient)?;
        }
        self.check(found)?;
        let missing = schema.missing.iter().filter_map(|(_, module)| module.clone()).collect();
        let refined = self.stage("refine", || refine::refine(&model, schema, recipe));
        let planned = self.stage("plan", || plan::plan(&sources, &model, refined, recipe, &options.crate_name));
        let plan::Planned { krate, coverage, rules, diagnostics } = planned;
        self.check(diagnostics)?;
        let printed = self.stage("print", || print::print(&krate, &options.command));
        let mut files = printed.map_err(|diagnostics| Failure { diagnostics, sources: sources.clone() })?;
        files.insert("coverage.json", coverage.to_text());
        let (warnings, timings) = (std::mem::take(&mut self.found), std::mem::take(&mut self.timings));
        let unlisted = loader.unlisted().to_vec();
        Ok(Generated { files, krate, coverage, rules, warnings, missing, unlisted, sources, timings })
    }

    /// From files to the schema, and what is to be said of it.
    fn understand(&mut self, loader: &Loader, ambient: &BTreeSet<PathBuf>) -> Result<Understood, Failure> {
        self.found.clear();
        let (sources, modules, found) = self.stage("parse", || parse::parse_with(loader, ambient));
        self.sources = sources.clone();
        self.check(found)?;
        let (symbols, found) = self.stage("symbols", || symbols::collect(&sources, &modules));
        self.check(found)?;
        let (model, found) = self.stage("lower", || lower::lower(&sources, &modules, &symbols));
        self.check(found)?;
        let (schema, found) = self.stage("eval", || eval::evaluate(&model));
        Ok((sources, model, schema, found))
    }

    fn stage<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        self.current = stage;
        let start = Instant::now();
        let result = work();
        self.timings.push(Timing { stage, time: start.elapsed() });
        result
    }

    /// Keeps what a stage found; ends the run if an error is among it.
    fn check(&mut self, found: Vec<Diagnostic>) -> Result<(), Failure> {
        self.found.extend(found);
        if self.found.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            let (diagnostics, sources) = (std::mem::take(&mut self.found), std::mem::take(&mut self.sources));
            return Err(Failure { diagnostics, sources });
        }
        Ok(())
    }
}
