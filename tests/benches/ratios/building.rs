//! Building the generated crate, against plain derives of the same types: what cargo needs for each once their
//! dependencies are built, in a workspace of their own below `target/`.

use crate::{Mebibytes, median, report, twin};
use dts_codegen::Generated;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// What a name on the command line is compared with.
pub const NAME: &str = "build: the crate against derives";

/// How often each is built.
const ROUNDS: usize = 3;

const WORKSPACE: &str = "[workspace]\nmembers = [\"ours\", \"twin\"]\nresolver = \"2\"\n";

const CRATE: &str = r#"[package]
name = "{name}"
version = "0.0.0"
edition = "2021"

[dependencies]
serde = { version = "1", features = [{features}] }
serde_json = { version = "1", features = ["float_roundtrip"] }

# Conversions that the generated crate may offer.
[features]
chrono = []
jiff = []
time = []
"#;

/// What a build took.
struct Cost {
    wall: Duration,
    /// Of all processes.
    processor: Duration,
    /// Of the largest process, in MiB.
    memory: f64,
}

pub fn run(generated: &Generated) {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("building");
    write(&root, generated);
    for name in ["ours", "twin"] {
        build(&root, name);
    }
    let (mut ours, mut twins) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(build(&root, "ours"));
        twins.push(build(&root, "twin"));
    }
    let [wall, processor] = [|cost: &Cost| cost.wall, |cost: &Cost| cost.processor];
    let times = |costs: &[Cost], of: fn(&Cost) -> Duration| median(costs.iter().map(of).collect());
    report(&format!("{NAME}, time"), times(&ours, wall), times(&twins, wall), 1.0);
    report(&format!("{NAME}, processor"), times(&ours, processor), times(&twins, processor), 1.0);
    report(&format!("{NAME}, memory"), memory(&ours), memory(&twins), 1.0);
}

fn memory(costs: &[Cost]) -> Mebibytes {
    Mebibytes(costs.iter().map(|cost| cost.memory).fold(0.0, f64::max))
}

fn write(root: &Path, generated: &Generated) {
    put(&root.join("Cargo.toml"), WORKSPACE);
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, root.join("Cargo.lock")).expect("the versions of the dependencies");
    let manifest = |name: &str, features: &str| CRATE.replace("{name}", name).replace("{features}", features);
    // What an earlier run wrote may be no part of the crate any more.
    let gone = root.join("ours/src");
    if gone.exists() {
        fs::remove_dir_all(gone).expect("a folder below target");
    }
    put(&root.join("ours/Cargo.toml"), &manifest("ours", ""));
    put(&root.join("ours/src/lib.rs"), "#![allow(missing_docs)]\n\nmod gen;\n\npub use crate::gen::*;\n");
    for (path, text) in generated.files.iter() {
        put(&root.join("ours").join(path), text);
    }
    put(&root.join("twin/Cargo.toml"), &manifest("twin", "\"derive\""));
    put(&root.join("twin/src/lib.rs"), &twin::text(&generated.krate));
}

fn put(path: &PathBuf, text: &str) {
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder below target");
    fs::write(path, text).expect("a file below target");
}

/// Builds one of the two anew.
fn build(root: &Path, name: &str) -> Cost {
    let file = root.join(name).join("src/lib.rs");
    let text = fs::read_to_string(&file).expect("what was written");
    fs::write(&file, text).expect("a file below target");
    let start = Instant::now();
    let cargo = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", name])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .stdin(Stdio::null())
        .spawn()
        .expect("cargo runs");
    let used = cargo.wait4().expect("cargo ends");
    assert!(used.status.success(), "{name} does not build");
    let memory = used.rusage.maxrss as f64 / f64::from(1 << 20);
    Cost { wall: start.elapsed(), processor: used.rusage.utime + used.rusage.stime, memory }
}
