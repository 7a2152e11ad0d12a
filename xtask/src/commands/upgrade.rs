//! `cargo xtask upgrade`: pin another version, regenerate, say and record what changed.
//!
//! Everything is tried out in a directory of the cache; the crate is touched when all of it worked.

use super::count;
use crate::api::{Api, fallback_changes};
use crate::changelog::{self, Record};
use crate::cli::UpgradeArgs;
use crate::console::Console;
use crate::crate_dir::{CrateDir, RECIPE};
use crate::npm::{self, NpmPolicy, Pins, Spec};
use crate::pipeline;
use crate::stop::Stop;
use crate::sync::{Mode, read_texts, sync};
use anyhow::{Context, bail};
use dts_codegen::coverage::Coverage;
use dts_codegen::recipe::RecipeInput;
use dts_codegen::{Generated, report};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::Path;
use tempfile::NamedTempFile;

/// Runs the command.
pub(super) fn run(args: &UpgradeArgs, console: &mut Console<'_>) -> Result<Value, Stop> {
    let krate = match &args.dir {
        Some(dir) => CrateDir::open(dir)?,
        None => CrateDir::default_crate()?,
    };
    let RecipeInput::Package { name, .. } = pipeline::read_recipe(&krate)?.input else {
        return Err(anyhow::anyhow!("`{}` is made from local files: there is no version to pin", krate.name).into());
    };
    let old = Pins::read(&krate)?;
    let spec = Spec::new(&name, args.to.as_deref().unwrap_or("latest"))?;
    let trial = trial_dir(&krate)?;
    console.message(&format!("asking npm for {spec}"));
    let new = repin(trial.path(), &old, &spec)?;
    if (&old.manifest, &old.lock) == (&new.manifest, &new.lock) {
        console.result(&format!("{}: {} is pinned already", krate.name, old.describe()));
        return Ok(
            json!({ "status": "up-to-date", "error": null, "directory": krate.label, "pinned": old.describe() }),
        );
    }
    let generated = {
        let trial = CrateDir { path: trial.path().to_owned(), ..krate.clone() };
        pipeline::generate(&trial, NpmPolicy::Fetch, &mut |text| console.message(text))?
    };
    let record = record(&krate, &old, &new, &generated)?;
    let drift = write(&krate, &new, &generated, &record)?;
    if console.format == crate::cli::Format::Human {
        console.message(&report::render(&generated.warnings, &generated.sources, console.color));
    }
    console.result(&format!(
        "{}{}: {} written, {} removed; recorded in {}",
        record.to_markdown(),
        krate.name,
        count(drift.0, "file"),
        drift.1,
        krate.shown(changelog::FILE)
    ));
    Ok(record.to_json(&krate.label, &report::to_json(&generated.warnings, &generated.sources)))
}

/// A directory in the cache, where git does not see it, with all that generating reads.
fn trial_dir(krate: &CrateDir) -> anyhow::Result<tempfile::TempDir> {
    fs::create_dir_all(&krate.cache).context("cannot make the cache below `target`")?;
    let dir = tempfile::Builder::new().prefix(".upgrading-").tempdir_in(&krate.cache);
    let dir = dir.context("cannot write to the cache below `target`")?;
    for file in ["Cargo.toml", RECIPE, "package.json", "package-lock.json"] {
        fs::copy(krate.path.join(file), dir.path().join(file))
            .with_context(|| format!("cannot copy {}", krate.shown(file)))?;
    }
    Ok(dir)
}

/// Pins the wanted version. The other direct dependencies are the packages whose types it uses: they follow it, to the
/// versions that npm chooses for it. Those that it does not bring by itself stay as they are.
fn repin(dir: &Path, old: &Pins, spec: &Spec) -> anyhow::Result<Pins> {
    let mut manifest: Value = serde_json::from_str(&old.manifest).context("package.json is no JSON")?;
    if let Some(dependencies) = manifest.get_mut("dependencies").and_then(Value::as_object_mut) {
        dependencies.retain(|name, _| *name == spec.name);
    }
    let text = serde_json::to_string_pretty(&manifest).expect("JSON values always encode") + "\n";
    fs::write(dir.join("package.json"), text).context("cannot write package.json")?;
    let pins = npm::pin(dir, std::slice::from_ref(spec))?;
    let others = old.direct.iter().filter(|(name, _)| *name != spec.name);
    let others = others.map(|(name, version)| {
        let version = pins.locked_version(name).unwrap_or_else(|| version.clone());
        Spec::new(name, &version)
    });
    let others = others.collect::<anyhow::Result<Vec<Spec>>>()?;
    if others.is_empty() { Ok(pins) } else { npm::pin(dir, &others) }
}

/// What the upgrade changes for the crate's users.
fn record(krate: &CrateDir, old: &Pins, new: &Pins, generated: &Generated) -> anyhow::Result<Record> {
    let before = read_texts(&krate.path)?;
    let before_api = Api::read(before.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let coverage = before.get("coverage.json").and_then(|text| serde_json::from_str(text).ok());
    let coverage: Coverage = coverage.unwrap_or_default();
    let (untyped, typed) = fallback_changes(&coverage, &generated.coverage);
    let changes = before_api.changes(&Api::read(generated.files.iter()));
    let mut moved = Vec::new();
    for (name, version) in &new.direct {
        match old.version_of(name) {
            Some(before) if before == version => {}
            Some(before) => moved.push(format!("{name} {before} → {version}")),
            None => moved.push(format!("{name} {version}")),
        }
    }
    if moved.is_empty() {
        moved.push(format!("{}, other dependencies", new.describe()));
    }
    Ok(Record { moved, changes, untyped, typed })
}

/// Writes the crate. What can fail is done beside before anything is replaced; the pins come last, so that a run that is
/// killed leaves a crate whose next generation is of the old version.
fn write(krate: &CrateDir, pins: &Pins, generated: &Generated, record: &Record) -> anyhow::Result<(usize, usize)> {
    let changelog = krate.path.join(changelog::FILE);
    let history = match fs::read_to_string(&changelog) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => bail!("cannot read {}: {error}", krate.shown(changelog::FILE)),
    };
    let files = [
        ("package.json", pins.manifest.clone()),
        ("package-lock.json", pins.lock.clone()),
        (changelog::FILE, changelog::with(&history, record)),
    ];
    let staged = files.iter().map(|(name, text)| stage(krate, name, text)).collect::<anyhow::Result<Vec<_>>>()?;
    let _lock = krate.lock();
    let drift = sync(&generated.files, &krate.path, Mode::Write)?;
    for ((name, _), staged) in files.iter().zip(staged) {
        let target = krate.path.join(name);
        staged.persist(&target).with_context(|| format!("cannot replace {}", krate.shown(name)))?;
    }
    Ok(drift.counts())
}

fn stage(krate: &CrateDir, name: &str, text: &str) -> anyhow::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    // Temporary files are their owner's alone; these are files like any other.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.prefix(".staging-").tempfile_in(&krate.path).context("cannot write to the crate")?;
    file.write_all(text.as_bytes()).with_context(|| format!("cannot stage {}", krate.shown(name)))?;
    Ok(file)
}
