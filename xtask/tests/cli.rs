//! The command line from the outside: exit codes, streams, and that what is refused leaves everything as it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const MANIFEST: &str = "[package]\nname = \"sample-types\"\nversion = \"0.1.0\"\nedition = \"2021\"\n";
const PINS: &str = r#"{ "private": true, "dependencies": { "sample": "1.2.3" } }"#;
const LOCK: &str = r#"{ "lockfileVersion": 3, "packages": { "": { "dependencies": { "sample": "1.2.3" } },
    "node_modules/sample": { "version": "1.2.3", "integrity": "sha512-x" } } }"#;

/// A directory of its own for each test.
struct Room(TempDir);

impl Room {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary directory"))
    }

    fn put(&self, path: &str, text: &str) -> &Self {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        fs::write(path, text).expect("a file");
        self
    }

    /// A crate with a recipe, its pins and nothing generated.
    fn sample(&self, recipe: &str) -> &Self {
        self.put("sample/Cargo.toml", MANIFEST).put("sample/codegen.toml", recipe);
        self.put("sample/package.json", PINS).put("sample/package-lock.json", LOCK)
    }

    fn xtask(&self, args: &[&str]) -> Run {
        self.command(args, None)
    }

    /// Runs with nothing on the `PATH` but this directory.
    fn xtask_with_path(&self, args: &[&str], path: &str) -> Run {
        self.command(args, Some(self.0.path().join(path)))
    }

    fn command(&self, args: &[&str], path: Option<PathBuf>) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null());
        command.env("CARGO_TARGET_DIR", self.0.path().join("target")).env_remove("NO_COLOR");
        if let Some(path) = path {
            command.env("PATH", path);
        }
        Run::of(&command.output().expect("the program starts"), self.0.path())
    }

    /// Every file outside of `target`, by path.
    fn tree(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.0.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(self.0.path()).expect("inside").to_string_lossy().into_owned());
                }
            }
        }
        found.retain(|path| !path.starts_with("target/"));
        found.sort();
        found
    }
}

/// What a run gave.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    fn of(output: &Output, room: &Path) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let run = Self { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) };
        let here = room.to_string_lossy();
        assert!(!run.out.contains(&*here) && !run.err.contains(&*here), "names a path of the machine: {run:?}");
        run
    }

    #[track_caller]
    fn refused(&self, message: &str) {
        assert_eq!((self.code, self.out.as_str()), (Some(2), ""), "{self:?}");
        assert!(self.err.contains(message), "{}", self.err);
    }
}

#[test]
fn help_is_a_result_and_a_wrong_command_line_is_refused() {
    let room = Room::new();
    let help = room.xtask(&["codegen", "--help"]);
    assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
    for option in ["--check", "--diff", "--offline", "--format", "--color", "--quiet", "--verbose"] {
        assert!(help.out.contains(option), "{option}\n{}", help.out);
    }
    room.xtask(&["codegen", "--chek"]).refused("--chek");
    room.xtask(&["codegen", "-q", "-v"]).refused("cannot be used with");
    room.xtask(&[]).refused("Usage: cargo xtask");
    room.xtask(&["new", "sample@1"]).refused("name the directory too");
    room.xtask(&["new", "sample", "x"]).refused("write PACKAGE@VERSION, for instance `sample@latest`");
    room.xtask(&["new", "--files", "a.d.ts", "x", "y"]).refused("with --files there is one more argument");
}

#[test]
fn a_crate_that_is_none_is_refused() {
    let room = Room::new();
    room.put("empty/x", "");
    room.xtask(&["codegen", "gone"]).refused("error: `gone` is no directory");
    room.xtask(&["codegen", "empty"]).refused("error: `empty` has no codegen.toml");
    // Each crate is looked at; one that is wrong does not hide another.
    let both = room.xtask(&["codegen", "gone", "empty"]);
    assert!(both.err.contains("`gone`") && both.err.contains("`empty`"), "{}", both.err);
}

#[test]
fn a_wrong_recipe_is_shown_where_it_is_wrong() {
    let room = Room::new();
    room.sample("[package]\nname = \"sample\"\n\n[nulls]\nabsent = [\"A.b\"]\n");
    let before = room.tree();
    let run = room.xtask(&["codegen", "sample"]);
    run.refused("error[recipe]: unknown key `absent` in `[nulls]`\n --> sample/codegen.toml:5:1\n");
    assert!(run.err.contains("5 | absent = [\"A.b\"]"), "{}", run.err);
    assert!(run.err.contains("= help: known here: `absent_ok`, `null_ok`, `merge`"), "{}", run.err);
    assert!(run.err.ends_with("error: nothing was written\n"), "{}", run.err);
    assert_eq!(room.tree(), before);

    let json = room.xtask(&["codegen", "sample", "--format", "json"]);
    assert_eq!((json.code, json.err.as_str()), (Some(2), ""));
    let object: serde_json::Value = serde_json::from_str(&json.out).expect("one object");
    let diagnostic = &object["crates"][0]["diagnostics"][0];
    assert_eq!(diagnostic["code"], "recipe");
    assert_eq!((&diagnostic["file"], &diagnostic["line"]), (&"sample/codegen.toml".into(), &5.into()));

    let color = room.xtask(&["codegen", "sample", "--color", "always"]);
    assert!(color.err.contains("\u{1b}["), "{}", color.err);
}

#[test]
fn pins_that_are_none_are_refused() {
    let room = Room::new();
    room.sample("[package]\nname = \"other\"\n");
    room.xtask(&["codegen", "sample"]).refused("the recipe names `other`, which sample/package.json does not pin");
    room.sample("[package]\nname = \"sample\"\n").put("sample/package.json", &PINS.replace("1.2.3", "^1.2.3"));
    room.xtask(&["codegen", "sample"]).refused("`sample` is not pinned: `^1.2.3` is no exact version");
    room.sample("[files]\npaths = [\"gone.d.ts\"]\n");
    room.xtask(&["codegen", "sample"]).refused("cannot read `gone.d.ts`, which sample/codegen.toml names");
}

#[test]
fn without_npm_one_sentence_says_what_to_install() {
    let room = Room::new();
    room.sample("[package]\nname = \"sample\"\n").put("bin/readme", "");
    let before = room.tree();
    let run = room.xtask_with_path(&["codegen", "sample"], "bin");
    run.refused("error: npm is not installed: install Node.js");
    let offline = room.xtask_with_path(&["codegen", "--offline", "sample"], "bin");
    offline.refused("is not installed (sample@1.2.3), and --offline forbids to fetch it");
    room.xtask_with_path(&["new", "sample@1.2.3", "a/b"], "bin").refused("npm is not installed");
    room.xtask_with_path(&["upgrade", "sample"], "bin").refused("npm is not installed");
    assert_eq!(room.tree(), before);
}

#[test]
fn new_refuses_a_directory_that_holds_anything() {
    let room = Room::new();
    room.put("full/mine.txt", "mine").put("a.d.ts", "export interface A { a: string }\n");
    room.xtask(&["new", "--files", "a.d.ts", "full"]).refused("`full` is there and is no empty directory");
    room.xtask(&["new", "--files", "gone.d.ts", "x"]).refused("cannot read `gone.d.ts`");
    room.xtask(&["new", "../x@1", "y"]).refused("`../x` is no name of an npm package");
    assert_eq!(room.tree(), ["a.d.ts", "full/mine.txt"]);
}

#[cfg(unix)]
mod with_a_false_npm {
    use super::{Room, fs};
    use std::os::unix::fs::PermissionsExt;

    /// Puts a program named `npm` into `bin`.
    fn npm(room: &Room, script: &str) {
        room.put("bin/npm", &format!("#!/bin/sh\n{script}"));
        let path = room.0.path().join("bin/npm");
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a program");
    }

    #[test]
    fn what_npm_complains_of_is_passed_on_and_nothing_is_left() {
        let room = Room::new();
        room.sample("[package]\nname = \"sample\"\n");
        npm(
            &room,
            "[ \"$1\" = --version ] && exit 0\necho 'npm error 404 no such thing' >&2\n\
             echo 'npm error A complete log of this run is in /x' >&2\nexit 1\n",
        );
        let before = room.tree();
        let run = room.xtask_with_path(&["codegen", "sample"], "bin");
        run.refused("fetching sample@1.2.3 with npm, once\nerror: `npm ci` failed\nnpm error 404 no such thing\n");
        assert!(!run.err.contains("complete log"), "{}", run.err);
        assert_eq!(room.tree(), before);
        let left: Vec<_> =
            fs::read_dir(room.0.path().join("target/dts-codegen")).expect("the cache").flatten().collect();
        assert!(left.iter().all(|entry| entry.file_name() == ".lock"), "{left:?}");
    }

    #[test]
    fn scripts_are_never_run() {
        let room = Room::new();
        room.sample("[package]\nname = \"sample\"\n");
        npm(&room, "[ \"$1\" = --version ] && exit 0\necho \"npm error called with $*\" >&2\nexit 1\n");
        let codegen = room.xtask_with_path(&["codegen", "sample"], "bin");
        assert!(codegen.err.contains("called with ci --ignore-scripts --no-audit --no-fund"), "{}", codegen.err);
        let new = room.xtask_with_path(&["new", "@a/b@^1", "x"], "bin");
        assert!(new.err.contains("called with install --ignore-scripts "), "{}", new.err);
        assert!(new.err.contains("--package-lock-only --save-exact --save-prod -- @a/b@^1"), "{}", new.err);
        assert!(!room.0.path().join("x").exists());
    }
}
