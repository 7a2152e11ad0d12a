//! From declaration files to a crate and on: `new --files`, the drift check, `codegen`.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A declaration file that reaches another one, with what a first crate meets.
const SESSION: &str = r#"import { Device } from './types/device';

/** A session of a user. */
export interface Session {
    /** Its id. */
    id: string;
    status: 'active' | 'ended';
    device?: Device | null;
    lastActiveAt: number;
    tags: Record<string, string>;
}

export declare function start(): Session;
"#;
const DEVICE: &str = "/** Where a session runs. */\nexport interface Device { name: string; mobile: boolean }\n";

fn put(dir: &Path, path: &str, text: &str) {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
    fs::write(path, text).expect("a file");
}

/// Exit code, standard output, standard error.
fn xtask(dir: &Path, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let command = command.args(args).current_dir(dir).stdin(Stdio::null()).env_remove("CARGO_TARGET_DIR");
    let output = command.output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    let here = dir.to_string_lossy();
    assert!(!out.contains(&*here) && !err.contains(&*here), "names a path of the machine\n{out}\n{err}");
    (output.status.code().expect("an exit code"), out, err)
}

/// A room with the declaration files and the crate made of them.
fn made() -> tempfile::TempDir {
    let room = tempfile::tempdir().expect("a temporary directory");
    put(room.path(), "input/session.d.ts", SESSION);
    put(room.path(), "input/types/device.d.ts", DEVICE);
    let (code, out, err) = xtask(room.path(), &["new", "--files", "input/session.d.ts", "out/local"]);
    assert_eq!(code, 0, "{out}\n{err}");
    assert!(out.starts_with("out/local: made local-types, 2 declarations emitted, 0 untyped, 1 not data"), "{out}");
    room
}

#[test]
fn a_new_crate_is_whole() {
    let room = made();
    let read = |path: &str| fs::read_to_string(room.path().join("out/local").join(path)).expect(path);
    assert!(read("codegen.toml").contains("\"../../input/session.d.ts\""));
    assert!(read("Cargo.toml").contains("name = \"local-types\""));
    assert!(read("src/lib.rs").contains("mod gen;"));
    assert!(read("examples/decode.rs").contains("serde_json::from_str(&body)?"));
    assert!(read("README.md").contains("pub struct "));
    assert!(read("coverage.json").contains("\"skipped\":\"function\""));
    assert!(!room.path().join("out/local/package.json").exists());
    let folder: Vec<_> = fs::read_dir(room.path().join("out")).expect("a folder").flatten().collect();
    assert_eq!(folder.len(), 1, "{folder:?}");
}

#[test]
fn drift_is_found_and_mended() {
    let room = made();
    let krate = room.path().join("out/local");
    let (code, out, err) = xtask(room.path(), &["codegen", "--check", "out/local"]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");

    let generated = krate.join("src/gen");
    let session = generated.join("session.rs");
    let text = fs::read_to_string(&session).expect("the module of the file");
    fs::write(&session, text.replacen("pub id", "pub identity", 1)).expect("an edit");
    fs::remove_file(krate.join("coverage.json")).expect("a deletion");
    fs::write(generated.join("old.rs"), "").expect("an addition");
    let (code, out, err) = xtask(&krate, &["codegen", "--check", "."]);
    assert_eq!((code, out.as_str()), (1, ""), "{err}");
    assert!(err.starts_with("generated code is out of date:\n  changed  src/gen/session.rs  (+"), "{err}");
    assert!(err.contains("\n  missing  coverage.json\n  stale    src/gen/old.rs\n"), "{err}");
    assert!(err.ends_with("run `cargo xtask codegen .` and commit the result\n"), "{err}");

    let (code, out, _) = xtask(&krate, &["codegen", ".", "--format", "json"]);
    let object: serde_json::Value = serde_json::from_str(&out).expect("one object");
    assert_eq!((code, &object["crates"][0]["status"]), (0, &"written".into()), "{out}");
    assert_eq!(fs::read_to_string(&session).expect("the module"), text);
    assert!(!generated.join("old.rs").exists());
    assert_eq!(xtask(&krate, &["codegen", "-q", "."]), (0, String::new(), String::new()));
}

#[test]
fn what_is_wrong_with_the_input_writes_nothing() {
    let room = made();
    put(room.path(), "input/types/device.d.ts", "export interface Device { name: string; mobile: }\n");
    let before = fs::read_to_string(room.path().join("out/local/coverage.json")).expect("the account");
    let (code, out, err) = xtask(room.path(), &["codegen", "out/local"]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("error[syntax]") && err.contains("types/device.d.ts:1:"), "{err}");
    assert!(err.contains("1 | export interface Device"), "{err}");
    let after = fs::read_to_string(room.path().join("out/local/coverage.json")).expect("the account");
    assert_eq!(before, after);
    let (code, _, err) = xtask(room.path(), &["new", "--files", "input/session.d.ts", "other"]);
    assert_eq!(code, 2, "{err}");
    assert!(!room.path().join("other").exists());
}

#[test]
fn a_row_that_matches_nothing_writes_nothing() {
    let room = made();
    let recipe = room.path().join("out/local/codegen.toml");
    let text = fs::read_to_string(&recipe).expect("the recipe");
    let row = text.lines().count() + 3;
    fs::write(&recipe, text + "\n[numbers]\n\"Session.gone\" = \"i64\"\n").expect("a row");
    let (code, _, err) = xtask(room.path(), &["codegen", "out/local"]);
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("error[unused-row]: `Session.gone` matches nothing\n"), "{err}");
    assert!(err.contains(&format!("--> out/local/codegen.toml:{row}:1\n")), "{err}");
    let (code, _, err) = xtask(room.path(), &["upgrade", "out/local"]);
    assert_eq!(code, 2);
    assert!(err.contains("is made from local files: there is no version to pin"), "{err}");
}
