//! Packages of other people, installed below `target` to be tried.

use crate::node;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

/// Installs a package into a directory of its own, once, and answers that directory.
///
/// # Panics
///
/// npm is missing or fails.
pub fn install(package: &str, version: &str) -> PathBuf {
    let place = target().join("probes").join(format!("{}-{version}", package.replace(['@', '/'], "_")));
    if place.join("node_modules").join(package).join("package.json").is_file() {
        return place;
    }
    fs::create_dir_all(&place).expect("a directory below target");
    fs::write(place.join("package.json"), r#"{"private":true}"#).expect("a file below target");
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(npm)
        .args(["install", "--ignore-scripts", "--no-audit", "--no-fund", &format!("{package}@{version}")])
        .current_dir(&place)
        .output()
        .expect("npm: install Node.js 20 or newer");
    assert!(output.status.success(), "{package}: {}", String::from_utf8_lossy(&output.stderr));
    place
}

/// Where cargo builds, and what is built here stands.
pub fn target() -> PathBuf {
    let set = env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty());
    set.map_or_else(|| node::workspace().join("target"), PathBuf::from)
}
