//! Makes the machine-owned part of a crate equal to what was generated, or says where it is not.
//!
//! Machine-owned are `src/gen/` and `coverage.json`, nothing else. A write stages the whole new tree beside the old one
//! and renames it last; files that are equal are hard links of the old ones, so that they keep their times. A run that is
//! killed leaves the old tree, the new one, or the old one under another name, which the next run puts back.

use anyhow::{Context, bail, ensure};
use dts_codegen::FileSet;
use similar::TextDiff;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The folder of generated sources.
const GEN: &str = "src/gen";
/// Where a new tree is put together.
const STAGING: &str = "src/.gen-staging";
/// Where the old tree is while the new one takes its place.
const OLD: &str = "src/.gen-old";
/// The account of the input.
const COVERAGE: &str = "coverage.json";
/// Where a new account is put together.
const COVERAGE_STAGING: &str = ".coverage.json.staging";

/// A difference is shown as well as it can be computed in this time.
const DIFF_TIME: Duration = Duration::from_secs(2);

/// Whether to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Make the directory equal.
    Write,
    /// Touch nothing.
    Check,
}

/// How the directory differs, or differed before it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// The files that differ: changed, missing, stale, each by path.
    pub files: Vec<FileDrift>,
    /// How many files were equal.
    pub unchanged: usize,
}

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDrift {
    /// Its path in the crate's directory, with `/`.
    pub path: String,
    /// How it differs.
    pub change: Change,
}

/// How a file differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Its text is another.
    Changed {
        /// Lines that the generated text has and the file has not.
        added: usize,
        /// Lines that the file has and the generated text has not.
        removed: usize,
        /// The first line that differs, from 1, in the generated text.
        first_line: usize,
        /// The difference, unified, without a header.
        diff: String,
    },
    /// It is not there.
    Missing,
    /// It is there and is not generated.
    Stale,
}

impl Change {
    /// `changed`, `missing` or `stale`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "changed",
            Self::Missing => "missing",
            Self::Stale => "stale",
        }
    }
}

impl Drift {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many files are to be written, and how many to be removed.
    pub fn counts(&self) -> (usize, usize) {
        let stale = self.files.iter().filter(|file| file.change == Change::Stale).count();
        (self.files.len() - stale, stale)
    }
}

/// What lies at a path of the machine-owned area.
enum OnDisk {
    /// The text, its line ends as `\n`, whatever is no UTF-8 replaced.
    File(String),
    /// Something that is no file: a symbolic link, a socket. It is replaced and never followed.
    Other,
}

/// Compares the machine-owned part of the crate in `dir` with `files`, and in [`Mode::Write`] makes it equal. The drift
/// that is answered is what was found before writing.
///
/// # Errors
///
/// Files outside of the machine-owned area, and whatever the file system refuses.
pub fn sync(files: &FileSet, dir: &Path, mode: Mode) -> anyhow::Result<Drift> {
    files.iter().try_for_each(|(path, _)| check_owned(path))?;
    refuse_links(dir)?;
    if mode == Mode::Write {
        repair(dir)?;
    }
    let drift = compare(files, &read_owned(dir)?);
    if mode == Mode::Write && !drift.is_empty() {
        write(files, dir, &drift)?;
    }
    Ok(drift)
}

/// Refuses a path that is not machine-owned, or that could lead out of the crate.
fn check_owned(path: &str) -> anyhow::Result<()> {
    let plain =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains(|c: char| c.is_control() || "\\:".contains(c));
    let owned = path == COVERAGE || path.strip_prefix("src/gen/").is_some_and(|rest| rest.split('/').all(plain));
    ensure!(owned, "the generator wants to write {path:?}, which is not its own");
    Ok(())
}

/// Refuses to work through a symbolic link: what lies behind it is not this crate's.
fn refuse_links(dir: &Path) -> anyhow::Result<()> {
    for path in ["src", GEN, COVERAGE] {
        let is_link = fs::symlink_metadata(dir.join(path)).is_ok_and(|metadata| metadata.is_symlink());
        ensure!(!is_link, "{path} is a symbolic link; generated files are not written through one");
    }
    Ok(())
}

/// Puts right what a killed run left behind.
fn repair(dir: &Path) -> anyhow::Result<()> {
    let (generated, old) = (dir.join(GEN), dir.join(OLD));
    if old.exists() && !generated.exists() {
        fs::rename(&old, &generated).with_context(|| format!("cannot put {GEN} back"))?;
    }
    remove_tree(&old)?;
    remove_tree(&dir.join(STAGING))?;
    match fs::remove_file(dir.join(COVERAGE_STAGING)) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).context("cannot remove what an earlier run left")
        }
        _ => Ok(()),
    }
}

fn remove_tree(path: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).context("cannot remove what an earlier run left")
        }
        _ => Ok(()),
    }
}

/// Everything in the machine-owned area, by path.
fn read_owned(dir: &Path) -> anyhow::Result<BTreeMap<String, OnDisk>> {
    let mut found = BTreeMap::new();
    let coverage = dir.join(COVERAGE);
    if let Ok(metadata) = fs::symlink_metadata(&coverage) {
        found.insert(COVERAGE.to_owned(), read_entry(&coverage, metadata.is_file())?);
    }
    let mut folders = vec![(dir.join(GEN), GEN.to_owned())];
    while let Some((folder, name)) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error).with_context(|| format!("cannot read {name}")),
        };
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {name}"))?;
            let path = format!("{name}/{}", entry.file_name().to_string_lossy());
            // The type of the entry itself: links are not followed.
            let kind = entry.file_type().with_context(|| format!("cannot read {path}"))?;
            if kind.is_dir() {
                folders.push((entry.path(), path));
            } else {
                found.insert(path, read_entry(&entry.path(), kind.is_file())?);
            }
        }
    }
    Ok(found)
}

fn read_entry(path: &Path, is_file: bool) -> anyhow::Result<OnDisk> {
    if !is_file {
        return Ok(OnDisk::Other);
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", file_name(path)))?;
    Ok(OnDisk::File(String::from_utf8_lossy(&bytes).replace("\r\n", "\n")))
}

/// The texts of the machine-owned area, by path.
pub(crate) fn read_texts(dir: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let texts = read_owned(dir)?.into_iter().filter_map(|(path, on_disk)| match on_disk {
        OnDisk::File(text) => Some((path, text)),
        OnDisk::Other => None,
    });
    Ok(texts.collect())
}

/// The last part of a path, for messages: the rest is the machine's.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn compare(files: &FileSet, on_disk: &BTreeMap<String, OnDisk>) -> Drift {
    let (mut changed, mut missing, mut unchanged) = (Vec::new(), Vec::new(), 0);
    for (path, text) in files.iter() {
        let change = match on_disk.get(path) {
            Some(OnDisk::File(old)) if same_text(old, text) => {
                unchanged += 1;
                continue;
            }
            Some(OnDisk::File(old)) => difference(old, text),
            Some(OnDisk::Other) => difference("", text),
            None => Change::Missing,
        };
        let list = if change == Change::Missing { &mut missing } else { &mut changed };
        list.push(FileDrift { path: path.to_owned(), change });
    }
    let stale = on_disk.keys().filter(|path| files.get(path).is_none());
    let stale = stale.map(|path| FileDrift { path: path.clone(), change: Change::Stale });
    let files = changed.into_iter().chain(missing).chain(stale).collect();
    Drift { files, unchanged }
}

fn same_text(old: &str, new: &str) -> bool {
    old == new || (new.contains('\r') && old == new.replace("\r\n", "\n"))
}

fn difference(old: &str, new: &str) -> Change {
    let diff = TextDiff::configure().timeout(DIFF_TIME).diff_lines(old, new);
    let (mut added, mut removed, mut first_line, mut line) = (0, 0, None, 1);
    for change in diff.iter_all_changes() {
        match change.tag() {
            similar::ChangeTag::Equal => line += 1,
            similar::ChangeTag::Insert => {
                first_line.get_or_insert(line);
                added += 1;
                line += 1;
            }
            similar::ChangeTag::Delete => {
                first_line.get_or_insert(line);
                removed += 1;
            }
        }
    }
    let text = diff.unified_diff().context_radius(2).to_string();
    Change::Changed { added, removed, first_line: first_line.unwrap_or(1), diff: text }
}

/// Stages everything first, so that what can fail (a full disk) fails before anything is replaced.
fn write(files: &FileSet, dir: &Path, drift: &Drift) -> anyhow::Result<()> {
    let coverage_differs = drift.files.iter().any(|file| file.path == COVERAGE);
    let sources_differ = drift.files.iter().any(|file| file.path != COVERAGE);
    if coverage_differs && let Some(text) = files.get(COVERAGE) {
        fs::write(dir.join(COVERAGE_STAGING), text).context("cannot stage coverage.json")?;
    }
    if sources_differ {
        stage(files, dir, drift)?;
        swap(dir)?;
    }
    if coverage_differs {
        replace_coverage(files, dir)?;
    }
    Ok(())
}

/// Puts the new tree together beside the old one.
fn stage(files: &FileSet, dir: &Path, drift: &Drift) -> anyhow::Result<()> {
    let staging = dir.join(STAGING);
    fs::create_dir_all(&staging).context("cannot stage the generated files")?;
    let differing: BTreeSet<&str> = drift.files.iter().map(|file| file.path.as_str()).collect();
    for (path, text) in files.iter() {
        let Some(rest) = path.strip_prefix("src/gen/") else { continue };
        let target: PathBuf = staging.join(rest);
        let folder = target.parent().expect("a path below the staging folder");
        fs::create_dir_all(folder).with_context(|| format!("cannot stage {path}"))?;
        // Where links are not to be had, a copy does: only the file's time is lost.
        let linked = !differing.contains(path) && fs::hard_link(dir.join(path), &target).is_ok();
        if !linked {
            fs::write(&target, text).with_context(|| format!("cannot stage {path}"))?;
        }
    }
    Ok(())
}

/// Puts the new tree into the place of the old one; the old one comes back if that fails.
fn swap(dir: &Path) -> anyhow::Result<()> {
    let (generated, old, staging) = (dir.join(GEN), dir.join(OLD), dir.join(STAGING));
    let had_old = match fs::rename(&generated, &old) {
        Ok(()) => true,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(error).with_context(|| format!("cannot replace {GEN}")),
    };
    if let Err(error) = fs::rename(&staging, &generated) {
        if had_old && fs::rename(&old, &generated).is_err() {
            bail!("cannot replace {GEN}: {error}; the old files are in {OLD}, and the next run puts them back");
        }
        return Err(error).with_context(|| format!("cannot replace {GEN}"));
    }
    remove_tree(&old)
}

fn replace_coverage(files: &FileSet, dir: &Path) -> anyhow::Result<()> {
    let target = dir.join(COVERAGE);
    if files.get(COVERAGE).is_some() {
        return fs::rename(dir.join(COVERAGE_STAGING), &target).context("cannot replace coverage.json");
    }
    fs::remove_file(&target).context("cannot remove coverage.json")
}

#[cfg(test)]
#[path = "sync_tests.rs"]
mod tests;
