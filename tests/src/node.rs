//! The oracle's side: npm packages installed below `target`, node scripts run, recorded answers read.

use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// What makes an install: copied from the directory of the pins, compared to tell whether it is up to date.
const PINS: [&str; 2] = ["package.json", "package-lock.json"];

/// The workspace's root.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests stand in the workspace").to_owned()
}

/// The scripts and their recorded answers.
pub fn oracle() -> PathBuf {
    workspace().join("tests/oracle")
}

/// The directory that holds the oracle's `node_modules`, `@clerk/backend` among them: installed once, with npm.
///
/// # Errors
///
/// npm is missing or fails.
pub fn installed() -> Result<PathBuf> {
    // An old install is replaced once, whoever asks first.
    static ASKED: Mutex<()> = Mutex::new(());
    let _one_at_a_time = ASKED.lock().unwrap_or_else(PoisonError::into_inner);
    let place = target().join("oracle");
    if is_complete(&place) {
        return Ok(place);
    }
    fs::create_dir_all(target()).context("cannot make `target`")?;
    // Put together beside its place and renamed last: tests run side by side.
    let unfinished = tempfile::Builder::new().prefix(".oracle-").tempdir_in(target())?;
    for name in PINS {
        fs::copy(oracle().join(name), unfinished.path().join(name))?;
    }
    npm_ci(unfinished.path())?;
    if place.exists() && !is_complete(&place) {
        fs::remove_dir_all(&place).context("cannot remove an old install of the oracle")?;
    }
    match fs::rename(unfinished.path(), &place) {
        Ok(()) => drop(unfinished.keep()),
        Err(_) if is_complete(&place) => {}
        Err(error) => return Err(error).context("cannot put the oracle's packages into their place"),
    }
    Ok(place)
}

/// Runs a script of the oracle and answers what it printed.
///
/// # Errors
///
/// The packages cannot be installed, node is missing, or the script fails.
pub fn run(script: &str, args: &[&str]) -> Result<String> {
    let place = installed()?;
    let output = Command::new("node")
        .arg(oracle().join(script))
        .args(args)
        .env("ORACLE_DIR", place)
        .output()
        .context("cannot run `node`: install Node.js 20 or newer")?;
    if !output.status.success() {
        bail!("{script} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    String::from_utf8(output.stdout).context("node printed no UTF-8")
}

/// A recorded answer.
///
/// # Errors
///
/// There is no such file, or it is no JSON.
pub fn recorded(name: &str) -> Result<Value> {
    serde_json::from_str(&recorded_text(name)?).with_context(|| format!("recorded/{name} is no JSON"))
}

/// A recorded answer as text.
///
/// # Errors
///
/// There is no such file.
pub fn recorded_text(name: &str) -> Result<String> {
    fs::read_to_string(oracle().join("recorded").join(name)).with_context(|| format!("cannot read recorded/{name}"))
}

fn target() -> PathBuf {
    let set = std::env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty());
    set.map_or_else(|| workspace().join("target"), PathBuf::from)
}

fn is_complete(place: &Path) -> bool {
    let same = |name: &&str| fs::read(place.join(name)).ok() == fs::read(oracle().join(name)).ok();
    PINS.iter().all(same) && place.join("node_modules/typescript/package.json").is_file()
}

fn npm_ci(dir: &Path) -> Result<()> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(npm)
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(dir)
        .output()
        .context("cannot run `npm`: install Node.js 20 or newer")?;
    if !output.status.success() {
        bail!("`npm ci` failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
