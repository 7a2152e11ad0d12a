//! Tests of the room.

use super::{Modules, parse_all};
use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use crate::load::{Input, open};
use crate::source::Sources;
use swc_common::{BytePos, Spanned};
use swc_ecma_ast::{Decl, TsType};

fn parse(files: &[(&str, &str)]) -> (Sources, Modules, Vec<Diagnostic>) {
    let entries = vec![files[0].0.to_owned()];
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let loader = open(&Input::Memory { files, entries }).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    parse_all(&loader)
}

/// The parsed single file, in which nothing is wrong.
fn clean(text: &str) -> Modules {
    let (_, modules, found) = parse(&[("a.d.ts", text)]);
    assert_eq!(found, []);
    modules
}

/// `code file:line:column message` of each diagnostic.
fn told(sources: &Sources, found: &[Diagnostic]) -> Vec<String> {
    let tell = |diagnostic: &Diagnostic| match &diagnostic.place {
        Place::Source(at) => {
            let file = &sources.file(at.file).path;
            format!("{} {file}:{}:{}", diagnostic.code.as_str(), at.line, at.column)
        }
        other => format!("{} {other:?}", diagnostic.code.as_str()),
    };
    found.iter().map(tell).collect()
}

/// The position of the last place where a text has a word.
fn at(text: &str, word: &str) -> BytePos {
    BytePos(u32::try_from(text.rfind(word).expect("the word is there")).expect("it is short") + 1)
}

#[test]
fn files_are_sorted_and_specifiers_of_every_form_are_followed() {
    let (sources, modules, found) = parse(&[
        (
            "z.d.ts",
            "/// <reference path='ref.d.ts' />\n/// <reference types=\"typed\" />\n/// <reference lib=\"dom\" />\n\
             import { A } from './a';\nexport * from './dir';\nimport r = require('./r.js');\n\
             export type T = Array<import('./inline').I>;\nimport data from './data.json';\nimport fs from 'node:fs';\n\
             import './style.css';\nimport { R } from 'stream/web';",
        ),
        ("a.d.ts", "export interface A {}"),
        ("ref.d.ts", "interface Ref {}"),
        ("r.d.ts", "export {};"),
        ("dir/index.d.ts", "export interface D {}"),
        ("inline.d.ts", "export interface I {}"),
        ("node_modules/@types/typed/package.json", r#"{"name":"@types/typed","version":"2.0.0"}"#),
        ("node_modules/@types/typed/index.d.ts", "interface Typed {}"),
    ]);
    assert_eq!(found, []);
    let paths: Vec<String> = modules.modules.iter().map(|module| sources.display(module.file)).collect();
    assert_eq!(
        paths,
        ["a.d.ts", "dir/index.d.ts", "inline.d.ts", "r.d.ts", "ref.d.ts", "z.d.ts", "@types/typed/index.d.ts"]
    );
    assert_eq!(sources.packages[1].version, "2.0.0");
    assert_eq!(sources.entries[0].subpath, ".");
    let imports = &modules.modules[5].imports;
    let none: Vec<&str> = imports.iter().filter(|it| it.1.is_none()).map(|it| it.0.as_str()).collect();
    assert_eq!(none, ["./data.json", "node:fs", "./style.css", "stream/web"]);
}

#[test]
fn missing_files_are_warnings_and_missing_packages_where_names_are_exported_from_them() {
    let (sources, _, found) = parse(&[
        ("a.d.ts", "import { B } from './b';\nexport type A = /* ä */ import('./nowhere').X;\nexport * from 'gone';"),
        ("b.d.ts", "import x from 'peer';\nexport * from 'gone';\nexport interface B {}"),
    ]);
    assert_eq!(told(&sources, &found), ["unresolved-import a.d.ts:2:32", "unresolved-import a.d.ts:3:15"]);
    assert_eq!([found[0].severity, found[1].severity], [Severity::Warning, Severity::Warning]);
}

#[test]
fn syntax_errors_of_every_file_are_reported() {
    let (sources, _, found) = parse(&[
        ("a.d.ts", "import './b';\nimport './c';\nexport {};"),
        ("b.d.ts", "export type A = 1;\nexport type = ;"),
        ("c.d.ts", "/* ä */ export type = ;"),
    ]);
    assert_eq!(told(&sources, &found), ["syntax b.d.ts:2:13", "syntax c.d.ts:1:21"]);
    assert!(found.iter().all(|it| it.code == Code::Syntax && !it.message.ends_with('.')), "{found:#?}");
}

#[test]
fn the_last_doc_comment_before_a_node_is_its() {
    let text = "/** far */\n/** Näher */\n// note\nexport interface A {\n  /** of a */ a: 1; /** behind a */\n  b: 2;\n  /* no */\n  c: 3;\n  /** d\n   * more */\n  d: 4 }";
    let modules = clean(text);
    let module = &modules.modules[0];
    let doc = |word| module.jsdoc(at(text, word)).map(|(text, _)| text);
    assert_eq!(doc("export"), Some(" Näher "));
    assert_eq!(doc("a: 1"), Some(" of a "));
    assert_eq!(doc("b: 2"), None);
    assert_eq!(doc("c: 3"), None);
    assert_eq!(doc("d: 4"), Some(" d\n   * more "));
    let (_, location) = module.jsdoc(at(text, "export")).expect("it has one");
    assert_eq!((location.line, location.column), (2, 1));
    assert_eq!(module.location(at(text, "c: 3")).line, 8);
}

#[test]
fn comments_before_separators_are_found_in_a_range() {
    let text = "export type U =\n  /** A */ | 'a'\n  | /** B */ 'b';\nexport enum E { /** X */ X, /** Y */\n Y }";
    let modules = clean(text);
    let module = &modules.modules[0];
    let between = |low, high| module.jsdoc_between(at(text, low), at(text, high)).map(|(text, _)| text);
    assert_eq!(between("=\n", "'a'"), Some(" A "));
    assert_eq!(between("'a'", "'b'"), Some(" B "));
    assert_eq!(module.jsdoc(at(text, "'b'")).map(|it| it.0), Some(" B "));
    assert_eq!(module.jsdoc(at(text, "X,")).map(|it| it.0), Some(" X "));
}

#[test]
fn comments_in_strings_and_templates_are_none() {
    let text = "export type A = '/** no */';\nexport type B = `/** no ${'}' | `${string}/** no */`} /** no */`;\n/** yes */\nexport type C = 1;";
    let modules = clean(text);
    let module = &modules.modules[0];
    assert_eq!(module.jsdoc_between(BytePos(0), BytePos(u32::MAX)).map(|it| it.0), Some(" yes "));
    assert_eq!(module.comments.len(), 1);
}

#[test]
fn deep_nesting_is_refused_and_long_lists_are_not() {
    let deep = |open: &str, count: usize, close: &str| {
        let text = format!("export type A = {}1{};", open.repeat(count), close.repeat(count));
        let (sources, _, found) = parse(&[("a.d.ts", &text)]);
        told(&sources, &found).into_iter().map(|it| it.split(' ').next().unwrap_or("").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(deep("[", 100_000, "]"), ["budget"]);
    assert_eq!(deep("{ a: ", 300, " }"), ["budget"]);
    assert_eq!(deep("`${", 300, "}`"), ["budget"]);
    assert_eq!(deep("Array<", 100_000, ">"), ["budget"]);
    assert_eq!(deep("keyof ", 100_000, ""), ["budget"]);
    assert_eq!(deep("", 100_000, "[]"), ["budget"]);
    assert_eq!(deep("1 extends 2 ? 3 : ", 100_000, ""), ["budget"]);
    assert_eq!(deep("() => ", 100_000, ""), ["budget"]);
    assert_eq!(deep("{ a: ", 200, " }"), Vec::<String>::new());
    assert_eq!(deep("1 extends 2 ? 3 : ", 300, ""), Vec::<String>::new());
    assert_eq!(deep("keyof ", 300, ""), Vec::<String>::new());
    assert_eq!(deep("'x' | ", 100_000, ""), Vec::<String>::new());
    assert_eq!(deep("() => ", 300, ""), Vec::<String>::new());
}

#[test]
fn many_members_and_statements_are_no_nesting() {
    let members: String = (0..20_000).map(|n| format!("  a{n}?: A extends B ? readonly C[] : D.E<F>\n")).collect();
    let text =
        format!("export interface X {{\n{members}}}\n{}", "export type T<A> = A extends B ? C : D\n".repeat(20_000));
    let (_, modules, found) = parse(&[("a.d.ts", &text)]);
    assert_eq!(found, []);
    assert_eq!(modules.modules[0].ast.body.len(), 20_001);
}

#[test]
fn a_file_that_is_not_utf8_text_or_is_no_script_is_no_panic() {
    for text in ["", "\u{feff}export {};", "\u{feff}", "}", "`", "'", "/*", "/**", "import(", "\\", "#!", "export = "] {
        let (sources, modules, _) = parse(&[("a.d.ts", text)]);
        assert_eq!(sources.files.len(), modules.modules.len(), "{text}");
    }
}

#[test]
fn a_type_has_its_text() {
    let modules = clean("export type A = { a: 1 };");
    let module = &modules.modules[0];
    let export = module.ast.body[0].as_module_decl().and_then(|it| it.as_export_decl());
    let Some(Decl::TsTypeAlias(alias)) = export.map(|it| &it.decl) else { panic!("an alias is exported") };
    assert!(matches!(&*alias.type_ann, TsType::TsTypeLit(_)));
    assert_eq!(module.text(alias.type_ann.span()), "{ a: 1 }");
}

#[test]
fn imports_that_typescript_is_told_to_ignore_are_silent() {
    let text = "// @ts-ignore Tried.\ntype A = import('./gone').A | import('../gone').A;\n/** @ts-ignore */\n// note\n\ntype B = import('./gone').A;\n\
        // @ts-ignore\ntype C = 1;\ntype D = import('./told').A;";
    let (sources, _, found) = parse(&[("a.d.ts", text)]);
    assert_eq!(told(&sources, &found), ["unresolved-import a.d.ts:9:17"]);
    let (_, _, found) = parse(&[("a.d.ts", "// @ts-nocheck\nimport './gone';")]);
    assert_eq!(found, []);
}

#[test]
fn names_that_only_strict_mode_forbids_are_fine() {
    clean(
        "export function f(arguments: string, eval: 1): void;\ndeclare function g(): void;\nexport { g as static };\n\
        declare var static: string;",
    );
}

#[test]
fn what_the_parser_tries_twice_is_refused_before_it_takes_for_ever() {
    let nested = |count: usize| format!("const a = {}1{};", "<T>(".repeat(count), ")".repeat(count));
    let (sources, _, found) = parse(&[("a.ts", &nested(200))]);
    assert_eq!(told(&sources, &found), ["budget a.ts:1:79"]);
    let (_, _, found) = parse(&[("a.ts", &nested(4))]);
    assert_eq!(found, []);
    clean(&format!("export interface A {{ {} }}", "f<T>(a: T): <U>(b: U) => void; ".repeat(2_000)));
}

#[test]
fn an_assertion_of_the_parser_is_no_panic() {
    let (sources, _, found) = parse(&[("a.d.ts", "const a = (a: ((a: (")]);
    assert!(told(&sources, &found)[0].starts_with("syntax a.d.ts:1:"), "{found:?}");
}
