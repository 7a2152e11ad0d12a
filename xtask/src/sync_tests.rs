//! What the drift check sees, and what writing leaves alone.

use super::{Change, Drift, Mode, sync};
use dts_codegen::FileSet;
use std::fs;
use std::path::Path;

fn files(list: &[(&str, &str)]) -> FileSet {
    let mut files = FileSet::default();
    for (path, text) in list {
        files.insert(*path, *text);
    }
    files
}

fn three() -> FileSet {
    files(&[("coverage.json", "{}\n"), ("src/gen/a.rs", "one\ntwo\n"), ("src/gen/b/mod.rs", "b\n")])
}

fn put(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn written() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "src/lib.rs", "mine\n");
    sync(&three(), dir.path(), Mode::Write).unwrap();
    dir
}

fn kinds(drift: &Drift) -> Vec<(&'static str, &str)> {
    drift.files.iter().map(|file| (file.change.as_str(), file.path.as_str())).collect()
}

/// Everything in a directory, by path.
fn tree(dir: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path().strip_prefix(dir).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_file_is_reported_and_check_touches_nothing() {
    let dir = written();
    let dir = dir.path();
    put(dir, "src/gen/a.rs", "one\nTWO\nthree\n");
    fs::remove_file(dir.join("src/gen/b/mod.rs")).unwrap();
    put(dir, "src/gen/old/x.rs", "old\n");
    let before = tree(dir);
    let drift = sync(&three(), dir, Mode::Check).unwrap();
    assert_eq!(
        kinds(&drift),
        [("changed", "src/gen/a.rs"), ("missing", "src/gen/b/mod.rs"), ("stale", "src/gen/old/x.rs")]
    );
    let Change::Changed { added, removed, first_line, diff } = &drift.files[0].change else { panic!("changed") };
    assert_eq!((*added, *removed, *first_line, drift.unchanged), (1, 2, 2, 1));
    assert_eq!(diff, "@@ -1,3 +1,2 @@\n one\n-TWO\n-three\n+two\n");
    assert_eq!((tree(dir), drift.counts()), (before, (2, 1)));

    sync(&three(), dir, Mode::Write).unwrap();
    assert!(sync(&three(), dir, Mode::Check).unwrap().is_empty());
    assert_eq!(tree(dir), ["coverage.json", "src/gen/a.rs", "src/gen/b/mod.rs", "src/lib.rs"]);
}

#[test]
fn equal_files_are_not_touched_and_line_ends_do_not_count() {
    let dir = written();
    let dir = dir.path();
    put(dir, "src/gen/a.rs", "one\r\ntwo\r\n");
    let time = |path: &str| fs::metadata(dir.join(path)).unwrap().modified().unwrap();
    let before = time("src/gen/a.rs");
    assert!(sync(&three(), dir, Mode::Write).unwrap().is_empty());
    put(dir, "src/gen/b/mod.rs", "other\n");
    sync(&three(), dir, Mode::Write).unwrap();
    assert_eq!(time("src/gen/a.rs"), before);
    assert_eq!(fs::read_to_string(dir.join("src/gen/a.rs")).unwrap(), "one\r\ntwo\r\n");
    assert_eq!(fs::read_to_string(dir.join("src/gen/b/mod.rs")).unwrap(), "b\n");
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let dir = written();
    let other = files(&[("coverage.json", "{}\n"), ("src/gen/a.rs/mod.rs", "x\n"), ("src/gen/b", "y\n")]);
    sync(&other, dir.path(), Mode::Write).unwrap();
    assert_eq!(tree(dir.path()), ["coverage.json", "src/gen/a.rs/mod.rs", "src/gen/b", "src/lib.rs"]);
    sync(&three(), dir.path(), Mode::Write).unwrap();
    assert!(sync(&three(), dir.path(), Mode::Check).unwrap().is_empty());
}

#[test]
fn what_a_killed_run_left_is_repaired() {
    let dir = written();
    let dir = dir.path();
    // Killed between the two renames: the old tree is beside its place.
    fs::rename(dir.join("src/gen"), dir.join("src/.gen-old")).unwrap();
    put(dir, "src/.gen-staging/half.rs", "half");
    put(dir, ".coverage.json.staging", "half");
    assert!(sync(&three(), dir, Mode::Write).unwrap().is_empty(), "the old tree is put back");
    assert_eq!(tree(dir), ["coverage.json", "src/gen/a.rs", "src/gen/b/mod.rs", "src/lib.rs"]);
    // Killed after both renames.
    put(dir, "src/.gen-old/a.rs", "old");
    sync(&three(), dir, Mode::Write).unwrap();
    assert_eq!(tree(dir), ["coverage.json", "src/gen/a.rs", "src/gen/b/mod.rs", "src/lib.rs"]);
}

#[test]
fn nothing_but_the_machine_owned_area_is_written() {
    let dir = tempfile::tempdir().unwrap();
    for path in [
        "src/lib.rs",
        "Cargo.toml",
        "src/gen/../lib.rs",
        "src/gen/",
        "src/gen//a.rs",
        "/etc/x",
        "src/gen/./a.rs",
        "src/gen/a\\..\\b.rs",
        "src/gen/c:x",
        "src/generated.rs",
        "x/coverage.json",
    ] {
        assert!(sync(&files(&[(path, "x")]), dir.path(), Mode::Write).is_err(), "{path}");
    }
    assert!(tree(dir.path()).is_empty());
}

#[test]
fn a_new_crate_gets_everything() {
    let dir = tempfile::tempdir().unwrap();
    let drift = sync(&three(), dir.path(), Mode::Write).unwrap();
    assert_eq!(drift.counts(), (3, 0));
    assert!(drift.files.iter().all(|file| file.change == Change::Missing));
    assert_eq!(tree(dir.path()), ["coverage.json", "src/gen/a.rs", "src/gen/b/mod.rs"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    put(outside.path(), "a.rs", "one\ntwo\n");
    let dir = written();
    let dir = dir.path();
    fs::remove_file(dir.join("src/gen/a.rs")).unwrap();
    symlink(outside.path().join("a.rs"), dir.join("src/gen/a.rs")).unwrap();
    symlink(outside.path(), dir.join("src/gen/linked")).unwrap();
    let drift = sync(&three(), dir, Mode::Write).unwrap();
    assert_eq!(kinds(&drift), [("changed", "src/gen/a.rs"), ("stale", "src/gen/linked")]);
    assert!(fs::symlink_metadata(dir.join("src/gen/a.rs")).unwrap().is_file());
    assert_eq!(fs::read_to_string(outside.path().join("a.rs")).unwrap(), "one\ntwo\n");

    fs::remove_dir_all(dir.join("src/gen")).unwrap();
    symlink(outside.path(), dir.join("src/gen")).unwrap();
    let refusal = sync(&three(), dir, Mode::Write).unwrap_err().to_string();
    assert_eq!(refusal, "src/gen is a symbolic link; generated files are not written through one");
    assert_eq!(tree(outside.path()), ["a.rs"]);
}
