//! `cargo xtask codegen`: generate crates, or check that they are up to date.

use super::{DONE, DRIFT, REFUSED, count, refuse, stop_object};
use crate::cli::CodegenArgs;
use crate::console::Console;
use crate::crate_dir::CrateDir;
use crate::npm::NpmPolicy;
use crate::stop::Stop;
use crate::sync::{Drift, Mode, sync};
use crate::{drift_report, pipeline};
use dts_codegen::coverage::Summary;
use dts_codegen::{Generated, Timing, report};
use serde_json::{Value, json};

/// Runs the command over all crates; the worst exit code counts.
pub(super) fn run(args: &CodegenArgs, console: &mut Console<'_>) -> u8 {
    let mut worst = DONE;
    let mut objects = Vec::new();
    let crates: Vec<anyhow::Result<CrateDir>> = match args.crates.is_empty() {
        true => vec![CrateDir::default_crate()],
        false => args.crates.iter().map(|path| CrateDir::open(path)).collect(),
    };
    for krate in crates {
        let done = krate.map_err(Stop::from).and_then(|krate| one_crate(&krate, args, console));
        let (code, object) = done.unwrap_or_else(|stop| {
            refuse(&stop, console);
            (REFUSED, stop_object(&stop))
        });
        worst = worst.max(code);
        objects.push(object);
    }
    console.json(&json!({ "crates": objects }));
    worst
}

fn one_crate(krate: &CrateDir, args: &CodegenArgs, console: &mut Console<'_>) -> Result<(u8, Value), Stop> {
    let npm = if args.offline { NpmPolicy::Offline } else { NpmPolicy::Fetch };
    let mode = if args.check || args.diff { Mode::Check } else { Mode::Write };
    let generated = pipeline::generate(krate, npm, &mut |text| console.message(text))?;
    let lock = if mode == Mode::Write { krate.lock() } else { None };
    let drift = sync(&generated.files, &krate.path, mode)?;
    drop(lock);
    if console.verbose {
        console.message(&timings(&generated.timings));
    }
    if console.format == crate::cli::Format::Human {
        console.message(&report::render(&generated.warnings, &generated.sources, console.color));
    }
    let out_of_date = mode == Mode::Check && !drift.is_empty();
    if out_of_date {
        console.error(&drift_report::render(&drift, &krate.label, &krate.command(), args.diff, console.color));
    } else {
        console.result(&summary_line(krate, &generated, &drift));
    }
    let code = if out_of_date { DRIFT } else { DONE };
    Ok((code, object(krate, &generated, &drift, out_of_date)))
}

/// One line: what was done, and what became of the input.
fn summary_line(krate: &CrateDir, generated: &Generated, drift: &Drift) -> String {
    let files = match drift.counts() {
        (0, 0) => format!("up to date, {}", count(drift.unchanged, "file")),
        (written, 0) => format!("{} written, {} unchanged", count(written, "file"), drift.unchanged),
        (written, removed) => {
            format!("{} written, {removed} removed, {} unchanged", count(written, "file"), drift.unchanged)
        }
    };
    format!("{}: {files}; {}", krate.name, coverage_line(&generated.coverage.summary))
}

/// What became of the input.
fn coverage_line(summary: &Summary) -> String {
    let Summary { emitted, skipped, fallback, .. } = summary;
    format!("{emitted} emitted, {skipped} skipped, {fallback} untyped")
}

fn object(krate: &CrateDir, generated: &Generated, drift: &Drift, out_of_date: bool) -> Value {
    let status = match (out_of_date, drift.is_empty()) {
        (true, _) => "out-of-date",
        (false, true) => "up-to-date",
        (false, false) => "written",
    };
    json!({
        "directory": krate.label,
        "crate": generated.coverage.krate,
        "packages": generated.coverage.packages,
        "status": status,
        "error": null,
        "drift": drift_report::to_json(drift),
        "unchanged": drift.unchanged,
        "summary": generated.coverage.summary,
        "diagnostics": report::to_json(&generated.warnings, &generated.sources),
        "timings": timing_objects(&generated.timings),
    })
}

fn timings(timings: &[Timing]) -> String {
    let total: std::time::Duration = timings.iter().map(|timing| timing.time).sum();
    let line =
        |stage: &str, time: std::time::Duration| format!("{stage:>8}  {:>9.1} ms\n", time.as_secs_f64() * 1000.0);
    let lines: String = timings.iter().map(|timing| line(timing.stage, timing.time)).collect();
    lines + &line("all", total)
}

fn timing_objects(timings: &[Timing]) -> Vec<Value> {
    let object = |timing: &Timing| json!({ "stage": timing.stage, "milliseconds": timing.time.as_secs_f64() * 1000.0 });
    timings.iter().map(object).collect()
}
