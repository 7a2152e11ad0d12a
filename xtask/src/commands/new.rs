//! `cargo xtask new`: a crate of an npm package's types, or of local declaration files'.
//!
//! The crate is put together beside its place and moved there when it is whole: what fails leaves nothing behind.

use super::count;
use crate::cli::NewArgs;
use crate::console::Console;
use crate::crate_dir::{CrateDir, absolute, cache_of, label_of, workspace_table};
use crate::npm::{self, NpmPolicy, Spec};
use crate::pipeline;
use crate::scaffold::{Origin, Scaffold, crate_name};
use crate::stop::Stop;
use crate::sync::{Mode, sync};
use anyhow::{Context, anyhow, bail, ensure};
use dts_codegen::coverage::Coverage;
use dts_codegen::diagnostic::Code;
use dts_codegen::load::Unlisted;
use dts_codegen::{Generated, report};
use globset::GlobBuilder;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};

/// Runs the command.
pub(super) fn run(args: &NewArgs, console: &mut Console<'_>) -> Result<Value, Stop> {
    let (spec, dir) = arguments(args)?;
    let target = Target::new(&dir)?;
    let scaffold = scaffold(spec.as_ref(), &args.files, &target)?;
    let label = label_of(&dir);
    let made = target.build(|building| {
        scaffold.write_base(building)?;
        let krate = CrateDir {
            path: building.to_owned(),
            label: label.clone(),
            name: scaffold.name.clone(),
            cache: cache_of(building),
        };
        let generated = generate(&krate, spec, console)?;
        pin_what_was_read(&krate, &generated, console)?;
        sync(&generated.files, building, Mode::Write)?;
        scaffold.write_front(building, &generated)?;
        Ok(generated)
    })?;
    if console.format == crate::cli::Format::Human {
        console.message(&report::render(&made.warnings, &made.sources, console.color));
        for Unlisted { pattern, files } in &made.unlisted {
            let more = count(*files, "file");
            console.message(&format!(
                "`{pattern}` of the package opens {more} more, read only where an entry needs them: list it in `entries` of codegen.toml to have all"
            ));
        }
    }
    console.result(&summary(&label, &scaffold.name, &made.coverage));
    Ok(object(&label, &made))
}

/// `PACKAGE@VERSION DIR`, or with `--files` the directory alone.
fn arguments(args: &NewArgs) -> anyhow::Result<(Option<Spec>, PathBuf)> {
    match (args.package_or_dir.as_slice(), args.files.is_empty()) {
        ([package, dir], true) => Ok((Some(Spec::parse(package)?), PathBuf::from(dir))),
        ([dir], false) => Ok((None, PathBuf::from(dir))),
        ([_], true) => bail!("name the directory too: `cargo xtask new PACKAGE@VERSION DIR`"),
        _ => bail!("with --files there is one more argument, the directory: `cargo xtask new --files A.d.ts DIR`"),
    }
}

fn scaffold(spec: Option<&Spec>, files: &[PathBuf], target: &Target) -> anyhow::Result<Scaffold> {
    let own_workspace = needs_own_workspace(&target.dir);
    if let Some(spec) = spec {
        return Ok(Scaffold {
            name: crate_name(&spec.name),
            origin: Origin::Package(spec.name.clone()),
            own_workspace,
        });
    }
    let relative = |file: &PathBuf| {
        let shown = file.display();
        let found = fs::canonicalize(file).map_err(|error| anyhow!("cannot read `{shown}`: {error}"))?;
        ensure!(found.is_file(), "`{shown}` is no file");
        relative_path(&target.dir, &found)
    };
    let paths = files.iter().map(relative).collect::<anyhow::Result<Vec<String>>>()?;
    let name = crate_name(&target.name);
    Ok(Scaffold { name, origin: Origin::Files(paths), own_workspace })
}

/// Pins the package, if there is one, and generates. A package without types of its own gets those of `@types`.
fn generate(krate: &CrateDir, spec: Option<Spec>, console: &mut Console<'_>) -> Result<Generated, Stop> {
    let Some(spec) = spec else {
        return pipeline::generate(krate, NpmPolicy::Fetch, &mut |text| console.message(text));
    };
    console.message(&format!("asking npm for {spec}"));
    let pins = npm::pin(&krate.path, std::slice::from_ref(&spec))?;
    let first = pipeline::generate(krate, NpmPolicy::Fetch, &mut |text| console.message(text));
    if let Ok(generated) = &first
        && !generated.missing.is_empty()
    {
        return with_node(krate, &generated.missing, console).unwrap_or(first);
    }
    let Err(Stop::Input(failure)) = &first else { return first };
    let has_no_types = failure.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::EntryWithoutTypes);
    if !has_no_types || spec.name.starts_with("@types/") {
        return first;
    }
    let version = pins.version_of(&spec.name).unwrap_or_default();
    console.message(&format!("{} has no types of its own, asking npm for those of @types", spec.name));
    match pin_types(krate, &spec.name, version) {
        Ok(()) => pipeline::generate(krate, NpmPolicy::Fetch, &mut |text| console.message(text)),
        // That there are no types at all is what the user wants to know.
        Err(_) => first,
    }
}

/// Generates with `@types/node`, which declares the modules of Node.js: packages that import from them leave it to their
/// users to have it. `None` where npm has none.
fn with_node(
    krate: &CrateDir,
    missing: &BTreeSet<String>,
    console: &mut Console<'_>,
) -> Option<Result<Generated, Stop>> {
    let modules: Vec<&str> = missing.iter().map(String::as_str).collect();
    console.message(&format!("nothing declares {}, asking npm for @types/node", modules.join(", ")));
    npm::pin(&krate.path, &[Spec::new("@types/node", "latest").ok()?]).ok()?;
    Some(pipeline::generate(krate, NpmPolicy::Fetch, &mut |text| console.message(text)))
}

/// Pins the other packages that types were read from by name: the lock has their versions, `package.json` shows them.
fn pin_what_was_read(krate: &CrateDir, generated: &Generated, console: &mut Console<'_>) -> anyhow::Result<()> {
    if !krate.path.join("package.json").is_file() {
        return Ok(());
    }
    let pins = npm::Pins::read(krate)?;
    let read = generated.coverage.packages.iter().filter_map(|package| Spec::parse(package).ok());
    let missing = |spec: &Spec| {
        let is_direct = pins.version_of(&spec.name).is_some();
        // A version that only another package sees cannot be pinned from here.
        !is_direct && pins.locked_version(&spec.name).as_deref() == Some(spec.version.as_str())
    };
    let specs: Vec<Spec> = read.filter(missing).collect();
    if !specs.is_empty() {
        npm::pin(&krate.path, &specs)?;
        npm::installed(krate, NpmPolicy::Fetch, &mut |text| console.message(text))?;
    }
    Ok(())
}

/// Pins the `@types` package whose version fits best: of the same minor version, else the same major one, else the
/// latest.
fn pin_types(krate: &CrateDir, package: &str, version: &str) -> anyhow::Result<()> {
    let types = match package.strip_prefix('@') {
        Some(scoped) => format!("@types/{}", scoped.replacen('/', "__", 1)),
        None => format!("@types/{package}"),
    };
    let version = semver::Version::parse(version).context("npm pinned no version")?;
    let (major, minor) = (version.major, version.minor);
    let mut last = Ok(());
    for wanted in [format!("~{major}.{minor}.0"), format!("^{major}.0.0"), "latest".to_owned()] {
        last = npm::pin(&krate.path, &[Spec::new(&types, &wanted)?]).map(drop);
        if last.is_ok() {
            break;
        }
    }
    last
}

/// The directory that is to be made.
struct Target {
    /// Where it will be, from the root.
    dir: PathBuf,
    /// Its parent.
    parent: PathBuf,
    /// Its own name.
    name: String,
}

impl Target {
    /// Refuses a directory that holds anything.
    fn new(dir: &Path) -> anyhow::Result<Self> {
        let shown = dir.display();
        if let Ok(metadata) = fs::symlink_metadata(dir) {
            let is_empty = || fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_none());
            ensure!(
                metadata.is_dir() && is_empty(),
                "`{shown}` is there and is no empty directory; nothing was written"
            );
        }
        let whole = std::path::absolute(dir).with_context(|| format!("`{shown}` is no directory"))?;
        let (Some(parent), Some(name)) = (whole.parent(), whole.file_name()) else {
            bail!("`{shown}` is no directory")
        };
        ensure!(
            whole.components().all(|component| component != Component::ParentDir) || parent.is_dir(),
            "the parent of `{shown}` is no directory"
        );
        let parent = absolute(parent);
        Ok(Self { dir: parent.join(name), name: name.to_string_lossy().into_owned(), parent })
    }

    /// Lets `work` fill a directory beside the target and moves it there. On failure everything is as it was.
    fn build<T>(&self, work: impl FnOnce(&Path) -> Result<T, Stop>) -> Result<T, Stop> {
        let missing: Vec<&Path> = self.parent.ancestors().take_while(|ancestor| !ancestor.exists()).collect();
        fs::create_dir_all(&self.parent).context("cannot make the directory's parent")?;
        let result = self.build_beside(work);
        if result.is_err() {
            for made in missing {
                // Not empty: somebody else uses it by now.
                let _ = fs::remove_dir(made);
            }
        }
        result
    }

    fn build_beside<T>(&self, work: impl FnOnce(&Path) -> Result<T, Stop>) -> Result<T, Stop> {
        let prefix = format!(".{}.new-", self.name);
        remove_abandoned(&self.parent, &prefix);
        let building = tempfile::Builder::new().prefix(&prefix).tempdir_in(&self.parent);
        let building = building.context("cannot write beside the directory")?;
        let lock = hold(building.path());
        let made = work(building.path())?;
        drop(lock);
        // A file system without locks has none.
        let _ = fs::remove_file(building.path().join(LOCK));
        open_to_all(building.path()).context("cannot set the directory's permissions")?;
        // An empty directory that is there already makes way.
        if self.dir.exists() {
            fs::remove_dir(&self.dir).context("cannot replace the empty directory")?;
        }
        fs::rename(building.path(), &self.dir).context("cannot move the new crate to its place")?;
        let _ = building.keep();
        Ok(made)
    }
}

/// The file whose lock a run holds as long as it works in its directory.
const LOCK: &str = ".lock";

/// Says that somebody works in the directory.
fn hold(building: &Path) -> Option<File> {
    let file = File::create(building.join(LOCK)).ok()?;
    file.try_lock().ok()?;
    Some(file)
}

/// Removes what killed runs left beside the directory: the locks of those that still work are held.
fn remove_abandoned(parent: &Path, prefix: &str) {
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let is_building = entry.file_name().to_string_lossy().starts_with(prefix);
        if is_building && File::open(entry.path().join(LOCK)).is_ok_and(|lock| lock.try_lock().is_ok()) {
            // If it cannot be removed, it is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Temporary directories are their owner's alone; a crate's directory is like any other.
#[cfg(unix)]
fn open_to_all(dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(dir, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn open_to_all(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// Whether a workspace around the directory would refuse a crate in it: it is neither a member nor excluded.
fn needs_own_workspace(dir: &Path) -> bool {
    let Some(root) = dir.ancestors().skip(1).find(|ancestor| workspace_table(ancestor).is_some()) else { return false };
    let (Some(table), Ok(path)) = (workspace_table(root), dir.strip_prefix(root)) else { return false };
    let path = path.to_string_lossy().replace('\\', "/");
    let listed = |key: &str| -> Vec<String> {
        let list = table.get(key).and_then(toml::Value::as_array).into_iter().flatten();
        list.filter_map(|entry| entry.as_str().map(|entry| entry.trim_matches('/').to_owned())).collect()
    };
    let is_below = |folder: &String| {
        path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_match = |glob: &String| {
        let glob = GlobBuilder::new(glob).literal_separator(true).build();
        glob.is_ok_and(|glob| glob.compile_matcher().is_match(&path))
    };
    !listed("exclude").iter().any(is_below) && !listed("members").iter().any(is_match)
}

/// The way from a directory to a file, both from the root and without links; with `/`.
fn relative_path(from: &Path, to: &Path) -> anyhow::Result<String> {
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    ensure!(shared > 0, "`{}` is on another drive than the directory", to.display());
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<String>>().join("/"))
}

/// What became of the input, in one line for what is there and one each for what is not.
fn summary(label: &str, name: &str, coverage: &Coverage) -> String {
    let summary = &coverage.summary;
    let mut text = format!("{label}: made {name}, {} emitted", count(summary.emitted, "declaration"));
    for (number, what, reasons) in [
        (summary.fallback, "untyped", reasons(coverage, |entry| entry.fallback.as_ref())),
        (summary.skipped, "not data", reasons(coverage, |entry| entry.skipped.as_ref())),
    ] {
        let list: Vec<String> = reasons.iter().map(|(reason, number)| format!("{reason} {number}")).collect();
        let list = if list.is_empty() { String::new() } else { format!(" ({})", list.join(", ")) };
        text.push_str(&format!(", {number} {what}{list}"));
    }
    text
}

/// How often each reason is given.
fn reasons<'a>(
    coverage: &'a Coverage,
    reason: impl Fn(&'a dts_codegen::coverage::Entry) -> Option<&'a String>,
) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    for reason in coverage.entries.iter().filter_map(reason) {
        *counts.entry(reason.as_str()).or_insert(0) += 1;
    }
    counts
}

fn object(label: &str, made: &Generated) -> Value {
    json!({
        "status": "made",
        "error": null,
        "directory": label,
        "crate": made.coverage.krate,
        "packages": made.coverage.packages,
        "summary": made.coverage.summary,
        "untyped": reasons(&made.coverage, |entry| entry.fallback.as_ref()),
        "not_data": reasons(&made.coverage, |entry| entry.skipped.as_ref()),
        "diagnostics": report::to_json(&made.warnings, &made.sources),
    })
}

#[cfg(test)]
mod tests {
    use super::{Target, hold, needs_own_workspace, relative_path, summary};
    use crate::stop::Stop;
    use anyhow::anyhow;
    use dts_codegen::coverage::{Coverage, Entry, Summary};
    use std::fs;
    use std::path::Path;

    #[test]
    fn paths_lead_from_the_crate_to_the_file() {
        let relative = |from: &str, to: &str| relative_path(Path::new(from), Path::new(to)).unwrap();
        assert_eq!(relative("/w/local", "/w/some/a.d.ts"), "../some/a.d.ts");
        assert_eq!(relative("/w/local", "/w/local/a.d.ts"), "a.d.ts");
        assert_eq!(relative("/w/x/y", "/v/a.d.ts"), "../../../v/a.d.ts");
    }

    #[test]
    fn a_crate_inside_a_workspace_is_kept_apart_unless_it_is_a_member() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        assert!(!needs_own_workspace(&root.join("x")));
        let manifest = "[workspace]\nmembers = ['crates/*', 'one']\nexclude = ['out']\n";
        fs::write(root.join("Cargo.toml"), manifest).unwrap();
        for (dir, apart) in [("one", false), ("crates/a", false), ("crates/a/b", true), ("x", true), ("out/y", false)] {
            assert_eq!(needs_own_workspace(&root.join(dir)), apart, "{dir}");
        }
    }

    #[test]
    fn what_fails_leaves_nothing_and_what_works_is_whole() {
        let root = tempfile::tempdir().unwrap();
        let dir = root.path().join("a/b/c");
        let fail = |building: &Path| -> Result<(), Stop> {
            fs::write(building.join("x"), "").unwrap();
            Err(anyhow!("no").into())
        };
        assert!(Target::new(&dir).unwrap().build(fail).is_err());
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
        let work = |building: &Path| -> Result<(), Stop> {
            fs::write(building.join("x"), "1").unwrap();
            Ok(())
        };
        fs::create_dir_all(&dir).unwrap();
        Target::new(&dir).unwrap().build(work).unwrap();
        assert_eq!(fs::read_to_string(dir.join("x")).unwrap(), "1");
        assert_eq!(fs::read_dir(dir.parent().unwrap()).unwrap().count(), 1);
        assert!(Target::new(&dir).is_err(), "it is not empty");
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_what_another_works_in_is_not() {
        let root = tempfile::tempdir().unwrap();
        let [killed, working, other] = [".c.new-1", ".c.new-2", ".cc.new-1"].map(|name| root.path().join(name));
        for dir in [&killed, &working, &other] {
            fs::create_dir(dir).unwrap();
        }
        drop([hold(&killed), hold(&other)]);
        let held = hold(&working);
        assert!(held.is_some());
        Target::new(&root.path().join("c")).unwrap().build(|_| Ok(())).unwrap();
        assert_eq!([&killed, &working, &other].map(|dir| dir.exists()), [false, true, true]);
        assert_eq!(fs::read_dir(root.path().join("c")).unwrap().count(), 0);
    }

    #[test]
    fn the_summary_counts_reasons() {
        let entry = |skipped: Option<&str>, fallback: Option<&str>| Entry {
            skipped: skipped.map(str::to_owned),
            fallback: fallback.map(str::to_owned),
            ..Entry::default()
        };
        let coverage = Coverage {
            summary: Summary { emitted: 7, skipped: 3, fallback: 1, undocumented: 0 },
            entries: vec![
                entry(Some("function"), None),
                entry(Some("behaviour"), None),
                entry(Some("function"), None),
                entry(None, Some("any")),
            ],
            ..Coverage::default()
        };
        assert_eq!(
            summary("../x", "x-types", &coverage),
            "../x: made x-types, 7 declarations emitted, 1 untyped (any 1), 3 not data (behaviour 1, function 2)"
        );
    }
}
