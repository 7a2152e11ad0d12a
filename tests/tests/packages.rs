//! Packages of other people, from npm to a crate that compiles: `cargo xtask new`, `cargo check`, and the account read.
//!
//! A data type that TypeScript itself can resolve must not end as an untyped value: the reasons that may stand in the
//! account are those that upstream gives (`any`, `unknown`), the platform's types, and names of packages that the
//! declarations use without depending on them.

use dts_codegen::coverage::Coverage;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tests::node;
use xtask::Terminal;

/// The reasons for an untyped value that no generator can do better than.
const UPSTREAMS_OWN: [&str; 3] = ["any", "unknown", "library-type"];

/// A package, pinned, and what is expected of it.
struct Package {
    /// `name@version`
    spec: &'static str,
    /// The export subpath to read; without it every one that has types.
    entry: Option<&'static str>,
    /// How many declarations have a Rust type at least.
    emitted: usize,
    /// Names that its declarations use and nothing declares, because the package that does is no dependency.
    undeclared: &'static [&'static str],
}

/// Makes the crate, reads its account and compiles it.
fn check(package: &Package) {
    let folder = place_of(package.spec);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("what an earlier run left can go");
    }
    xtask(&["new", package.spec, &folder.to_string_lossy()]);
    if let Some(entry) = package.entry {
        narrow(&folder, entry);
        xtask(&["codegen", &folder.to_string_lossy()]);
    }
    let account = fs::read_to_string(folder.join("coverage.json")).expect("the account");
    let account: Coverage = serde_json::from_str(&account).expect("the account's form");
    let problems = untyped(&account, package.undeclared);
    assert!(problems.is_empty(), "{} falls back where TypeScript does not:\n{}", package.spec, problems.join("\n"));
    let emitted = account.summary.emitted;
    assert!(emitted >= package.emitted, "{}: {emitted} declarations, {} expected", package.spec, package.emitted);
    compile(&folder);
}

/// Where the crate of a package is made: inside this workspace, of which it is no member.
fn place_of(spec: &str) -> PathBuf {
    let name: String = spec.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    packages().join(name.trim_matches('-'))
}

fn packages() -> PathBuf {
    node::workspace().join("target/packages")
}

#[expect(clippy::print_stdout, reason = "the summary of each package is shown with the test")]
fn xtask(args: &[&str]) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let words = std::iter::once("xtask").chain(args.iter().copied()).map(OsString::from);
    let code = xtask::run(words, Terminal { is_terminal: false }, &mut out, &mut err);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    println!("{}", text(&out));
    assert_eq!(code, 0, "`xtask {}` failed:\n{}", args.join(" "), text(&err));
}

/// Has the recipe read one entry only.
fn narrow(folder: &Path, entry: &str) {
    let recipe = folder.join("codegen.toml");
    let text = fs::read_to_string(&recipe).expect("the recipe");
    let narrowed: Vec<String> = text
        .lines()
        .map(|line| if line.starts_with("# entries") { format!("entries = [{entry:?}]") } else { line.to_owned() })
        .collect();
    fs::write(&recipe, narrowed.join("\n") + "\n").expect("the recipe can be written");
}

/// What is untyped without need, a line each.
fn untyped(account: &Coverage, undeclared: &[&str]) -> Vec<String> {
    let needless = account.entries.iter().filter(|entry| match entry.fallback.as_deref() {
        Some("unresolved-name") => !undeclared.contains(&entry.name.as_str()),
        Some(reason) => !UPSTREAMS_OWN.contains(&reason),
        None => false,
    });
    needless.map(|entry| format!("{} ({}): {:?}", entry.name, entry.source, entry.fallback)).collect()
}

/// Compiles the crate; a warning is an error. All crates share their dependencies' builds.
fn compile(folder: &Path) {
    let mut cargo = Command::new(env!("CARGO"));
    let cargo = cargo.args(["check", "--quiet", "--lib"]).current_dir(folder);
    let cargo = cargo.env("CARGO_TARGET_DIR", packages().join("target")).env("RUSTFLAGS", "-D warnings");
    let output = cargo.env("CARGO_INCREMENTAL", "0").output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A test for each package.
macro_rules! packages {
    ($($name:ident: $spec:literal $(entry $entry:literal)?, $emitted:literal, [$($undeclared:literal),*];)*) => { $(
        #[test]
        #[ignore = "needs npm and builds a large crate"]
        fn $name() {
            let entry: &[&str] = &[$($entry)?];
            check(&Package {
                spec: $spec,
                entry: entry.first().copied(),
                emitted: $emitted,
                undeclared: &[$($undeclared),*],
            });
        }
    )* };
}

packages! {
    telegram: "@grammyjs/types@5.0.0", 450, [];
    discord: "discord-api-types@0.38.57" entry "./v10", 1_400, [];
    slack: "@slack/types@3.2.0", 280, [];
    notion: "@notionhq/client@5.26.0", 700, ["ClientOptions.agent", "SupportedRequestInit.agent"];
    stripe_js: "@stripe/stripe-js@10.2.1", 550, [];
    openai: "openai@7.57.0", 3_800, ["BunRequestInit", "FetchRequestInit"];
    anthropic: "@anthropic-ai/sdk@1.12.0", 2_700, ["BunRequestInit", "FetchRequestInit"];
    vega_lite: "vega-lite@6.5.0", 550, [];
}

#[test]
fn an_untyped_value_needs_a_reason_of_upstreams() {
    let entry = |name: &str, fallback: &str| {
        format!(r#"{{"name":"{name}","kind":"property","source":"a.d.ts:1","fallback":"{fallback}"}}"#)
    };
    let entries = [entry("A.x", "any"), entry("A.y", "budget"), entry("A.z", "unresolved-name")].join(",");
    let summary = r#"{"emitted":1,"skipped":0,"fallback":3,"undocumented":0}"#;
    let text = format!(r#"{{"packages":[],"crate":"a","summary":{summary},"entries":[{entries}]}}"#);
    let account: Coverage = serde_json::from_str(&text).expect("the account's form");
    assert_eq!(untyped(&account, &["A.z"]), [r#"A.y (a.d.ts:1): Some("budget")"#]);
    assert_eq!(untyped(&account, &[]).len(), 2);
}
