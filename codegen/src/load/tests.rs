//! Tests of the room.

use super::disk::Disk;
use super::{Loader, SpecifierKind, Target, open_files, open_package};
use crate::diagnostic::{Code, Diagnostic, Place};
use std::path::Path;

const EMPTY: &str = "export {};";

fn memory(files: &[(&str, &str)]) -> Disk {
    let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    Disk::memory(&files)
}

/// A package `lib` with a `package.json` and files with nothing in them.
fn package(manifest: &str, files: &[&str]) -> Disk {
    let mut all = vec![("node_modules/lib/package.json".to_owned(), manifest.to_owned())];
    all.extend(files.iter().map(|path| (format!("node_modules/lib/{path}"), EMPTY.to_owned())));
    Disk::memory(&all)
}

/// `subpath=file` of each entry.
fn entries(disk: &Disk, names: &[&str]) -> Result<Vec<String>, Vec<Diagnostic>> {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let loader = open_package(disk.clone(), Path::new("/"), "lib", &names)?;
    let entry = |entry: &super::Entry| format!("{}={}", entry.subpath, loader.owner(&entry.path).path);
    Ok(loader.entries().iter().map(entry).collect())
}

fn wrong(disk: &Disk, names: &[&str]) -> Vec<Diagnostic> {
    match entries(disk, names) {
        Ok(found) => panic!("there are entries: {found:?}"),
        Err(wrong) => wrong,
    }
}

fn resolve(loader: &Loader, from: &str, specifier: &str) -> String {
    match loader.resolve(Path::new(from), specifier, SpecifierKind::Import) {
        Target::File(path) => loader.owner(&path).display(),
        other => format!("{other:?}"),
    }
}

#[test]
fn nested_conditions_lead_to_types() {
    let manifest = r#"{"name":"lib","version":"1.2.3","exports":{
        ".":{"import":{"types":"./index.d.mts","default":"./index.mjs"},"require":{"types":"./index.d.ts","default":"./index.js"}},
        "./mts":{"import":{"types":"./mts.d.mts"}},
        "./cjs":{"require":{"types":"./cjs.d.cts"}},
        "./late":{"default":"./late.js","types":"./types/late.d.ts"},
        "./versions":{"types@>=4.7":"./new.d.ts","default":"./versions.js"},
        "./array":[{"worker":"./worker.js"},"./array.js"],
        "./string":"./string.mjs",
        "./null":null,
        "./untyped":"./untyped.js",
        "./string.mjs":"./string.mjs",
        "./package.json":"./package.json",
        "./style.css":"./style.css"}}"#;
    let files = [
        "index.d.ts",
        "index.d.mts",
        "mts.d.mts",
        "cjs.d.cts",
        "types/late.d.ts",
        "late.js",
        "new.d.ts",
        "versions.js",
        "array.js",
        "array.d.ts",
        "string.mjs",
        "string.d.mts",
        "untyped.js",
        "style.css",
    ];
    let disk = package(manifest, &files);
    let expected = [
        ".=index.d.ts",
        "./array=array.d.ts",
        "./cjs=cjs.d.cts",
        "./late=types/late.d.ts",
        "./mts=mts.d.mts",
        "./string=string.d.mts",
        "./versions=new.d.ts",
    ];
    assert_eq!(entries(&disk, &[]).expect("it has entries"), expected);
    assert_eq!(entries(&disk, &["string", "."]).expect("it has them"), [".=index.d.ts", "./string=string.d.mts"]);
    let wrong = wrong(&disk, &["./untyped", "./null", "./nowhere"]);
    assert_eq!(wrong.iter().map(|it| it.code).collect::<Vec<_>>(), [Code::EntryWithoutTypes; 3]);
    assert!(wrong[0].hint.as_ref().is_some_and(|hint| hint.contains("`./array`")), "{wrong:?}");
}

#[test]
fn patterns_are_entries_only_where_nothing_is_listed() {
    let patterns =
        r#"{"name":"lib","exports":{"./*":{"types":"./dist/*.d.ts","default":"./dist/*.js"},"./secret/*":null}}"#;
    let files = ["dist/a.d.ts", "dist/b/c.d.ts", "dist/only.js", "dist/secret/x.d.ts", "dist/a.css"];
    assert_eq!(
        entries(&package(patterns, &files), &[]).expect("it has entries"),
        ["./a=dist/a.d.ts", "./b/c=dist/b/c.d.ts"]
    );
    let scripts = r#"{"name":"lib","exports":{"./*":"./dist/*.js","./f/*":"./dist/*"}}"#;
    let all = ["./a=dist/a.d.ts", "./b/c=dist/b/c.d.ts"];
    let found = entries(&package(scripts, &files), &[]).expect("it has entries");
    assert!(all.iter().all(|entry| found.iter().any(|it| it == entry)), "{found:?}");
    let listed = r#"{"name":"lib","exports":{".":"./dist/a.js","./*":"./dist/*.js"}}"#;
    let disk = package(listed, &files);
    assert_eq!(entries(&disk, &[]).expect("it has entries"), [".=dist/a.d.ts"]);
    assert_eq!(entries(&disk, &["b/c"]).expect("it is there"), ["./b/c=dist/b/c.d.ts"]);
    assert_eq!(entries(&disk, &[".", "b/*"]).expect("they are there"), [".=dist/a.d.ts", "./b/c=dist/b/c.d.ts"]);
    assert!(entries(&disk, &["d/*"]).is_err(), "nothing matches");
}

#[test]
fn packages_without_exports_have_one_entry() {
    let cases = [
        (r#"{"name":"lib","types":"t.d.ts"}"#, "t.d.ts"),
        (r#"{"name":"lib","typings":"./t"}"#, "t.d.ts"),
        (r#"{"name":"lib","main":"lib/main.js"}"#, "lib/main.d.ts"),
        (r#"{"name":"lib","main":"lib"}"#, "lib/index.d.ts"),
        (r#"{"name":"lib"}"#, "index.d.ts"),
        (r#"{"name":"lib","types":"index.d.ts","typesVersions":{"*":{"*":["ts4/*"]}}}"#, "ts4/index.d.ts"),
    ];
    for (manifest, file) in cases {
        assert_eq!(entries(&package(manifest, &[file]), &[]).expect(manifest), [format!(".={file}")]);
    }
    let versions = r#"{"name":"lib","types":"a.d.ts","typesVersions":{"*":{"sub":["dist/sub.d.ts"]}}}"#;
    let found = entries(&package(versions, &["a.d.ts", "dist/sub.d.ts"]), &[]).expect("it has entries");
    assert_eq!(found, [".=a.d.ts", "./sub=dist/sub.d.ts"]);
}

#[test]
fn packages_without_a_main_entry_are_imported_by_path() {
    let disk = package(r#"{"name":"lib"}"#, &["core/v1.d.ts", "apps/v1.d.mts", "apps/v1.js", "README.md"]);
    assert_eq!(entries(&disk, &[]).expect("it has entries"), ["./apps/v1=apps/v1.d.mts", "./core/v1=core/v1.d.ts"]);
    let main = package(r#"{"name":"lib","types":"a.d.ts"}"#, &["a.d.ts", "r4.d.ts", "r5.d.ts"]);
    assert_eq!(entries(&main, &[]).expect("it has an entry"), [".=a.d.ts"]);
    assert_eq!(entries(&main, &["r*"]).expect("both are there"), ["./r4=r4.d.ts", "./r5=r5.d.ts"]);
}

#[test]
fn types_come_from_the_types_package() {
    let disk = memory(&[
        ("node_modules/lib/package.json", r#"{"name":"lib","version":"1.0.0","main":"index.js"}"#),
        ("node_modules/lib/index.js", ""),
        ("node_modules/@types/lib/package.json", r#"{"name":"@types/lib","version":"9.0.0"}"#),
        ("node_modules/@types/lib/index.d.ts", EMPTY),
        ("node_modules/@types/scope__other/index.d.ts", EMPTY),
        (
            "node_modules/scripts/package.json",
            r#"{"name":"scripts","exports":{".":["./index.mjs"],"./sub":"./sub.js"}}"#,
        ),
        ("node_modules/scripts/index.mjs", EMPTY),
        ("node_modules/scripts/sub.js", EMPTY),
        (
            "node_modules/@types/scripts/package.json",
            r#"{"name":"@types/scripts","exports":{".":{"types":{"import":"./index.d.mts"}},"./sub":"./sub.d.ts"}}"#,
        ),
        ("node_modules/@types/scripts/index.d.mts", EMPTY),
        ("node_modules/@types/scripts/sub.d.ts", EMPTY),
    ]);
    assert_eq!(entries(&disk, &[]).expect("it has entries"), [".=index.d.ts"]);
    let loader = open_package(disk.clone(), Path::new("/"), "lib", &[]).expect("it opens");
    assert_eq!(loader.package().name, "@types/lib");
    assert_eq!(resolve(&loader, "/x.d.ts", "@scope/other"), "@types/scope__other/index.d.ts");
    assert_eq!(resolve(&loader, "/x.d.ts", "scripts"), "@types/scripts/index.d.mts");
    assert_eq!(resolve(&loader, "/x.d.ts", "scripts/sub"), "@types/scripts/sub.d.ts");
}

#[test]
fn missing_and_broken_packages_are_told() {
    assert_eq!(wrong(&memory(&[]), &[])[0].code, Code::MissingPackage);
    assert_eq!(wrong(&package("{}", &["index.js"]), &[])[0].code, Code::EntryWithoutTypes);
    for (text, at) in [("{\n  \"näme\": \"lib\",, }", (2, 17)), ("[]", (1, 1)), ("", (1, 1))] {
        let wrong = wrong(&package(text, &["index.d.ts"]), &[]);
        let Place::Text { line, column, .. } = wrong[0].place else { panic!("{wrong:?}") };
        assert_eq!((line, column), at, "{text}");
    }
    for name in ["", "..", "../x", "lib/../lib", "/"] {
        let opened = open_package(memory(&[("x.d.ts", EMPTY)]), Path::new("/"), name, &[]);
        assert!(opened.is_err(), "{name}");
    }
}

#[test]
fn specifiers_resolve_as_in_typescript() {
    let disk = memory(&[
        ("src/a.d.ts", EMPTY),
        ("src/m.d.mts", EMPTY),
        ("src/both.d.ts", EMPTY),
        ("src/both.d.mts", EMPTY),
        ("src/dir/index.d.ts", EMPTY),
        ("src/pkg/package.json", r#"{"types":"main.d.ts"}"#),
        ("src/pkg/main.d.ts", EMPTY),
        ("src/source.ts", EMPTY),
        ("src/hidden.js", ""),
        ("src/hidden/index.d.ts", EMPTY),
        ("src/data.d.json.ts", EMPTY),
        ("index.d.ts", EMPTY),
        ("src/node_modules/near/index.d.ts", EMPTY),
        ("node_modules/near/index.d.ts", EMPTY),
        (
            "node_modules/far/package.json",
            r##"{"name":"far","exports":{"./x":"./x.js","./y/*":"./y/*.js"},"imports":{"#in":"./in.js"}}"##,
        ),
        ("node_modules/far/x.js", ""),
        ("node_modules/far/x.d.ts", EMPTY),
        ("node_modules/far/in.js", ""),
        ("node_modules/far/in.d.ts", EMPTY),
        ("node_modules/far/y/z.js", ""),
        ("node_modules/far/y/z.d.ts", EMPTY),
        ("node_modules/untyped/index.js", ""),
    ]);
    let loader = open_files(disk, Path::new("/"), &["src/a.d.ts".into()]).expect("it opens");
    let cases = [
        ("./m.mjs", "src/m.d.mts"),
        ("./a", "src/a.d.ts"),
        ("./a.js", "src/a.d.ts"),
        ("./a.d.ts", "src/a.d.ts"),
        ("./both.mjs", "src/both.d.ts"),
        ("./dir", "src/dir/index.d.ts"),
        ("./dir/", "src/dir/index.d.ts"),
        ("./hidden", "src/hidden/index.d.ts"),
        ("./pkg", "src/pkg/main.d.ts"),
        ("./source", "src/source.ts"),
        ("./source.ts", "src/source.ts"),
        ("./data.json", "src/data.d.json.ts"),
        ("..", "index.d.ts"),
        ("../index", "index.d.ts"),
        ("near", "near/index.d.ts"),
        ("far/x", "far/x.d.ts"),
        ("far/y/z", "far/y/z.d.ts"),
        ("far/x.js", "MissingPackage"),
        ("untyped", "MissingPackage"),
        ("./gone", "MissingFile"),
        ("./gone.json", "Silent"),
        ("node:fs", "Silent"),
        ("fs/promises", "Silent"),
        ("/etc/passwd", "MissingPackage"),
        ("", "MissingPackage"),
    ];
    for (specifier, expected) in cases {
        assert_eq!(resolve(&loader, "/src/a.d.ts", specifier), expected, "{specifier}");
    }
    assert_eq!(resolve(&loader, "/node_modules/far/y/z.d.ts", "#in"), "far/in.d.ts");
    assert_eq!(resolve(&loader, "/node_modules/far/y/z.d.ts", "far/x"), "far/x.d.ts");
}

#[test]
fn files_are_named_by_their_stems() {
    let disk = memory(&[("a/x.d.ts", EMPTY), ("b/x.d.ts", EMPTY), ("b/y.d.mts", EMPTY)]);
    let paths = ["a/x.d.ts", "b/x.d.ts", "b/y.d.mts"].map(Into::into);
    let loader = open_files(disk.clone(), Path::new("/"), &paths).expect("it opens");
    let subpaths: Vec<&str> = loader.entries().iter().map(|entry| entry.subpath.as_str()).collect();
    assert_eq!(subpaths, ["./a/x", "./b/x", "./y"]);
    let loader = open_files(disk.clone(), Path::new("/a"), &["../b/x.d.ts".into()]).expect("it opens");
    assert_eq!(loader.entries()[0].subpath, ".");
    assert_eq!(loader.owner(&loader.entries()[0].path).path, "../b/x.d.ts");
    let wrong = open_files(disk, Path::new("/"), &["gone.d.ts".into()]).err().expect("it is not there");
    assert_eq!(wrong[0].code, Code::UnreadableFile);
}

#[test]
fn unreadable_files_are_told() {
    let root = std::env::temp_dir().join(format!("load-{}", std::process::id()));
    std::fs::create_dir_all(&root).expect("a directory for the test");
    std::fs::write(root.join("a.d.ts"), b"\xff\xfe").expect("a file for the test");
    std::fs::write(root.join("b.d.ts"), "\u{feff}export {};").expect("a file for the test");
    let loader = open_files(Disk::Os, &root, &["a.d.ts".into(), "b.d.ts".into()]).expect("it opens");
    let read: Vec<_> = loader.entries().iter().map(|entry| loader.read(&entry.path)).collect();
    std::fs::remove_dir_all(&root).expect("it was made above");
    assert_eq!(read[0].as_ref().err().map(|it| it.message.as_str()), Some("`a.d.ts` is not valid UTF-8"));
    assert_eq!(read[1].as_deref(), Ok(EMPTY));
}
