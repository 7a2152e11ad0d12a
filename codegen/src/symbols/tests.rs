//! Tests of the room.

use super::{Meaning, Node, Resolved, Symbols, collect};
use crate::load::{Input, open};
use crate::parse::{Modules, parse_all};
use crate::source::{FileId, Sources};

/// Parses files in memory; `check` gets their names.
fn with(files: &[(&str, &str)], entries: &[&str], check: impl FnOnce(&Names)) {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let entries = entries.iter().map(|entry| (*entry).to_owned()).collect();
    let loader = open(&Input::Memory { files, entries }).unwrap_or_else(|wrong| panic!("{wrong:#?}"));
    let (sources, modules, found) = parse_all(&loader);
    assert_eq!(found, [], "nothing is wrong with the input");
    let (symbols, found) = collect(&sources, &modules);
    assert_eq!(found, []);
    check(&Names { sources: &sources, modules: &modules, symbols: &symbols });
}

struct Names<'a> {
    sources: &'a Sources,
    modules: &'a Modules,
    symbols: &'a Symbols<'a>,
}

impl Names<'_> {
    fn file(&self, path: &str) -> FileId {
        let index = self.sources.files.iter().position(|file| file.path == path);
        self.modules.modules[index.unwrap_or_else(|| panic!("no file {path}"))].file
    }

    /// `name:kinds@file` of each declaration.
    fn describe(&self, found: &Resolved) -> String {
        let mut words: Vec<String> = found.defs.iter().map(|def| self.describe_def(def.0 as usize)).collect();
        words.extend(found.module.map(|file| format!("module {}", self.sources.file(file).path)));
        words.extend(found.rest.iter().map(|name| format!(".{name}")));
        words.join(" ")
    }

    fn describe_def(&self, index: usize) -> String {
        let declared = &self.symbols.declared[index];
        let kinds: String = declared.parts.iter().map(|part| letter(part.node)).collect();
        format!("{}:{kinds}@{}", declared.name, self.sources.file(declared.parts[0].file).path)
    }

    fn ty(&self, file: &str, path: &str) -> String {
        self.find(file, path, Meaning::Type)
    }

    fn value(&self, file: &str, path: &str) -> String {
        self.find(file, path, Meaning::Value)
    }

    fn find(&self, file: &str, path: &str, meaning: Meaning) -> String {
        let path: Vec<&str> = path.split('.').collect();
        self.describe(&self.symbols.lookup(self.symbols.file_scope(self.file(file)), &path, meaning))
    }

    /// The names that a file exports, sorted.
    fn exports(&self, file: &str) -> String {
        let mut names: Vec<String> = self.symbols.exports[&self.file(file)].keys().cloned().collect();
        names.sort();
        names.join(" ")
    }

    fn entry(&self, file: &str) -> String {
        let mut names: Vec<String> = self.symbols.entry_exports(self.file(file)).keys().cloned().collect();
        names.sort();
        names.join(" ")
    }
}

fn letter(node: Node) -> char {
    match node {
        Node::Class(_) => 'C',
        Node::Interface(_) => 'I',
        Node::Alias(_) => 'A',
        Node::Enum(_) => 'E',
        Node::Function(_) => 'F',
        Node::Variable(_) => 'V',
        Node::Expression(_) => 'X',
        Node::Namespace(_) => 'N',
    }
}

#[test]
fn parts_of_one_name_merge_by_kind() {
    let text = "export interface A { a: 1 }\nexport declare class A {}\nexport interface A { b: 1 }\n\
        export declare const A: string;\nexport declare namespace A { interface B {} }\n\
        export enum E { X }\nexport enum E { Y = 1 }\n\
        export declare function f(): void;\nexport declare function f(x: 1): void;";
    with(&[("a.d.ts", text)], &["a.d.ts"], |names| {
        assert_eq!(names.ty("a.d.ts", "A"), "A:CII@a.d.ts");
        assert_eq!(names.value("a.d.ts", "A"), "A:CII@a.d.ts A:V@a.d.ts A:N@a.d.ts");
        assert_eq!(names.ty("a.d.ts", "A.B"), "A.B:I@a.d.ts");
        assert_eq!(names.value("a.d.ts", "E"), "E:EE@a.d.ts");
        assert_eq!(names.value("a.d.ts", "f"), "f:FF@a.d.ts");
        assert_eq!(names.exports("a.d.ts"), "A E f");
        assert_eq!(names.entry("a.d.ts"), "A A.B E f");
    });
}

#[test]
fn handles_follow_files_and_positions() {
    let files = [
        ("b.d.ts", "export interface Z {}\nexport interface Y {}"),
        ("a.d.ts", "export * from './b';\nexport type T = 1;"),
    ];
    with(&files, &["a.d.ts"], |names| {
        let all: Vec<String> = (0..names.symbols.declared.len()).map(|index| names.describe_def(index)).collect();
        assert_eq!(all, ["T:A@a.d.ts", "Z:I@b.d.ts", "Y:I@b.d.ts"]);
    });
}

#[test]
fn imports_of_every_form_are_followed() {
    let files = [
        (
            "m.d.ts",
            "export interface A {}\nexport default class D {}\nexport { A as Renamed };\nexport as namespace Umd;",
        ),
        (
            "a.d.ts",
            "import D, { A, A as B } from './m';\nimport type { Renamed } from './m';\nimport * as ns from './m';\n\
             import eq = require('./m');\nimport Short = ns.A;\nexport import Long = eq.A;\nexport { D as default, ns };\n\
             export type X = Umd.A;",
        ),
    ];
    with(&files, &["a.d.ts"], |names| {
        for path in ["A", "B", "Renamed", "ns.A", "ns.Renamed", "eq.A", "Short", "Long", "Umd.A"] {
            assert_eq!(names.ty("a.d.ts", path), "A:I@m.d.ts", "{path}");
        }
        assert_eq!(names.ty("a.d.ts", "D"), "D:C@m.d.ts");
        assert_eq!(names.ty("a.d.ts", "ns.default"), "D:C@m.d.ts");
        assert_eq!(names.value("a.d.ts", "ns"), "module m.d.ts");
        assert_eq!(names.ty("a.d.ts", "ns"), "");
        assert_eq!(names.entry("a.d.ts"), "Long X default ns.A ns.Renamed ns.default");
    });
}

#[test]
fn export_star_gives_way_to_explicit_names_and_never_passes_default() {
    let files = [
        ("a.d.ts", "export * from './b';\nexport * from './c';\nexport interface Own {}\nexport * as all from './b';"),
        ("b.d.ts", "export interface Own {}\nexport interface Both {}\nexport default interface Def {}"),
        ("c.d.ts", "export interface Both {}\nexport interface OnlyC {}"),
    ];
    with(&files, &["a.d.ts"], |names| {
        assert_eq!(names.exports("a.d.ts"), "Both OnlyC Own");
        let own = names.symbols.exports[&names.file("a.d.ts")]["Own"][0];
        assert_eq!(names.describe_def(own.0 as usize), "Own:I@a.d.ts");
        let both = &names.symbols.exports[&names.file("a.d.ts")]["Both"];
        assert_eq!(both.len(), 1);
        assert_eq!(names.describe_def(both[0].0 as usize), "Both:I@b.d.ts");
        assert_eq!(names.entry("a.d.ts"), "Both OnlyC Own all.Both all.Own all.default");
    });
}

#[test]
fn circles_end() {
    let files = [
        ("a.d.ts", "export * from './b';\nexport { X } from './b';\nimport L = M.N;\nimport M = L.N;\nexport { L };"),
        (
            "b.d.ts",
            "export * from './a';\nexport { X } from './a';\nexport * as self from './b';\nexport interface Y {}",
        ),
    ];
    with(&files, &["a.d.ts"], |names| {
        assert_eq!(names.exports("a.d.ts"), "Y");
        assert_eq!(names.ty("a.d.ts", "L"), "");
        assert_eq!(names.entry("b.d.ts"), "Y self.Y");
    });
}

#[test]
fn long_chains_of_aliases_do_not_overflow() {
    let count = 20_000;
    let mut text: String = (0..count).map(|n| format!("import N{n} = N{};\n", n + 1)).collect();
    text.push_str(&format!("interface N{count} {{}}"));
    with(&[("a.d.ts", &text)], &["a.d.ts"], |names| {
        assert_eq!(names.ty("a.d.ts", "N0"), format!("N{count}:I@a.d.ts"));
    });
}

#[test]
fn export_assignment_serves_all_import_forms() {
    let files = [
        (
            "m.d.ts",
            "declare function make(): make.Options;\ndeclare namespace make { interface Options {} }\nexport = make;",
        ),
        (
            "a.d.ts",
            "import def from './m';\nimport * as star from './m';\nimport eq = require('./m');\nimport { Options } from './m';\n\
             export type X = import('./m').Options;",
        ),
    ];
    with(&files, &["a.d.ts", "m.d.ts"], |names| {
        for path in ["def", "star", "eq"] {
            assert_eq!(names.value("a.d.ts", path), "make:F@m.d.ts make:N@m.d.ts", "{path}");
            assert_eq!(names.ty("a.d.ts", &format!("{path}.Options")), "make.Options:I@m.d.ts", "{path}");
        }
        assert_eq!(names.ty("a.d.ts", "Options"), "make.Options:I@m.d.ts");
        let import = |path: &[&str], meaning| {
            names.describe(&names.symbols.lookup_import(names.file("a.d.ts"), "./m", path, meaning))
        };
        assert_eq!(import(&["Options"], Meaning::Type), "make.Options:I@m.d.ts");
        assert_eq!(import(&[], Meaning::Value), "make:F@m.d.ts make:N@m.d.ts");
        assert_eq!(names.exports("m.d.ts"), "Options default");
        assert_eq!(names.entry("m.d.ts"), "Options default default.Options");
    });
}

#[test]
fn expressions_are_exported_as_default() {
    let files = [("a.d.ts", "declare const x: { a: 1 };\nexport default x;"), ("b.ts", "export default { a: 1 };")];
    with(&files, &["a.d.ts", "b.ts"], |names| {
        assert_eq!(names.exports("a.d.ts"), "default");
        assert_eq!(
            names.describe_def(names.symbols.exports[&names.file("a.d.ts")]["default"][0].0 as usize),
            "x:V@a.d.ts"
        );
        assert_eq!(
            names.describe_def(names.symbols.exports[&names.file("b.ts")]["default"][0].0 as usize),
            "default:X@b.ts"
        );
    });
}

#[test]
fn declarations_are_exported_unless_there_is_an_export_list() {
    let files = [
        ("auto.d.ts", "interface Hidden {}\nexport interface Shown {}"),
        ("list.d.ts", "interface Hidden {}\nexport interface Shown {}\nexport {};"),
        ("source.ts", "interface Hidden {}\nexport interface Shown {}"),
        ("ns.d.ts", "export namespace A { interface X {} }\nexport namespace B { interface X {} export {} }"),
    ];
    with(&files, &["auto.d.ts", "list.d.ts", "source.ts", "ns.d.ts"], |names| {
        assert_eq!(names.exports("auto.d.ts"), "Hidden Shown");
        assert_eq!(names.exports("list.d.ts"), "Shown");
        assert_eq!(names.exports("source.ts"), "Shown");
        assert_eq!(names.entry("ns.d.ts"), "A A.X B");
        assert_eq!(names.ty("list.d.ts", "Hidden"), "Hidden:I@list.d.ts");
    });
}

#[test]
fn scripts_and_global_blocks_are_global() {
    let files = [
        (
            "script.d.ts",
            "interface Window { a: 1 }\ndeclare namespace App.Inner { interface Deep {} }\ndeclare const VERSION: string;",
        ),
        ("module.d.ts", "import './script';\ndeclare global { interface Window { b: 1 } }\nexport type W = Window;"),
    ];
    with(&files, &["module.d.ts", "script.d.ts"], |names| {
        assert_eq!(names.ty("module.d.ts", "Window"), "Window:II@module.d.ts");
        assert_eq!(names.ty("module.d.ts", "App.Inner.Deep"), "App.Inner.Deep:I@script.d.ts");
        assert_eq!(names.value("module.d.ts", "VERSION"), "VERSION:V@script.d.ts");
        assert_eq!(names.exports("module.d.ts"), "W");
        assert_eq!(names.entry("script.d.ts"), "App App.Inner App.Inner.Deep VERSION Window");
    });
}

#[test]
fn augmentations_merge_with_what_the_module_exports_or_passes_on() {
    let files = [
        ("node_modules/lib/package.json", r#"{"name":"lib","version":"1.0.0","types":"index.d.ts"}"#),
        ("node_modules/lib/index.d.ts", "export * from './chunk';\nexport interface Direct {}"),
        ("node_modules/lib/chunk.d.ts", "export interface Deep {}"),
        (
            "a.d.ts",
            "import { Deep, Direct, Fresh } from 'lib';\n\
             declare module 'lib' { interface Deep { a: 1 } interface Direct { b: 1 } interface Fresh { c: Direct } }\n\
             export type X = Deep;",
        ),
    ];
    with(&files, &["a.d.ts"], |names| {
        assert_eq!(names.ty("a.d.ts", "Deep"), "Deep:II@a.d.ts");
        assert_eq!(names.ty("a.d.ts", "Direct"), "Direct:II@a.d.ts");
        assert_eq!(names.ty("a.d.ts", "Fresh"), "Fresh:I@a.d.ts");
        assert_eq!(names.exports("index.d.ts"), "Deep Direct Fresh");
        let fresh = names.symbols.lookup(names.symbols.file_scope(names.file("a.d.ts")), &["Fresh"], Meaning::Type);
        let part = names.symbols.declared[fresh.defs[0].0 as usize].parts[0];
        assert_eq!(names.describe(&names.symbols.lookup(part.scope, &["Direct"], Meaning::Type)), "Direct:II@a.d.ts");
        assert_eq!(names.symbols.declared[fresh.defs[0].0 as usize].ambient.as_deref(), Some("lib"));
    });
}

#[test]
fn augmentations_of_an_assigned_namespace_merge_into_it() {
    let files = [
        ("m.d.ts", "declare namespace lib { interface Options { a: 1 } }\nexport = lib;"),
        (
            "a.d.ts",
            "import lib = require('./m');\ndeclare module './m' { interface Options { b: 1 } }\nexport type X = lib.Options;",
        ),
    ];
    with(&files, &["a.d.ts"], |names| assert_eq!(names.ty("a.d.ts", "lib.Options"), "lib.Options:II@a.d.ts"));
}

#[test]
fn ambient_modules_serve_imports() {
    let files = [
        (
            "ambient.d.ts",
            "declare module 'virtual' { import { B } from 'other'; export interface A extends B {} }\n\
          declare module 'other' { interface B {} }\ndeclare module 'virtual' { interface C {} }\n\
          declare module '*.svg' { const path: string; export default path; }",
        ),
        (
            "a.d.ts",
            "/// <reference path=\"ambient.d.ts\" />\nimport { A, C } from 'virtual';\nimport icon from 'x.svg';\nexport type X = A;",
        ),
    ];
    with(&files, &["a.d.ts"], |names| {
        assert_eq!(names.ty("a.d.ts", "A"), "A:I@ambient.d.ts");
        assert_eq!(names.ty("a.d.ts", "C"), "C:I@ambient.d.ts");
        assert_eq!(names.value("a.d.ts", "icon"), "path:V@ambient.d.ts");
        let a = names.symbols.declared.iter().find(|it| it.name == "A").expect("A is declared");
        assert_eq!(a.ambient.as_deref(), Some("virtual"));
        assert_eq!(names.describe(&names.symbols.lookup(a.parts[0].scope, &["B"], Meaning::Type)), "B:I@ambient.d.ts");
    });
}

#[test]
fn values_hide_no_types_of_outer_scopes() {
    let text = "export interface X {}\nexport namespace N { const X: string; interface Inner {} type T = X; \
        namespace M { type U = Inner; } }";
    with(&[("a.d.ts", text)], &["a.d.ts"], |names| {
        let find = |name: &str| names.symbols.declared.iter().find(|it| it.name == name).expect("it is declared");
        let scope = find("N.T").parts[0].scope;
        assert_eq!(names.describe(&names.symbols.lookup(scope, &["X"], Meaning::Type)), "X:I@a.d.ts");
        assert_eq!(names.describe(&names.symbols.lookup(scope, &["X"], Meaning::Value)), "N.X:V@a.d.ts");
        let inner = find("N.M.U").parts[0].scope;
        assert_eq!(names.describe(&names.symbols.lookup(inner, &["Inner"], Meaning::Type)), "N.Inner:I@a.d.ts");
        assert_eq!(find("N").members.keys().collect::<Vec<_>>(), ["X", "Inner", "T", "M"]);
    });
}

#[test]
fn paths_into_enums_and_values_leave_a_rest() {
    let text = "export enum Colour { Red }\nexport namespace N { const C: { a: { b: 1 } }; enum E { A } }";
    with(&[("a.d.ts", text)], &["a.d.ts"], |names| {
        assert_eq!(names.ty("a.d.ts", "Colour.Red"), "Colour:E@a.d.ts .Red");
        assert_eq!(names.ty("a.d.ts", "N.E.A"), "N.E:E@a.d.ts .A");
        assert_eq!(names.value("a.d.ts", "N.C.a.b"), "N.C:V@a.d.ts .a .b");
        assert_eq!(names.ty("a.d.ts", "N.C.a.b"), "");
        assert_eq!(names.ty("a.d.ts", "Nowhere.A"), "");
    });
}

#[test]
fn namespaces_merge_over_files() {
    let files = [
        ("a.d.ts", "/// <reference path='b.d.ts' />\ndeclare namespace G { interface A { b: B } }"),
        ("b.d.ts", "declare namespace G { interface B {} interface A {} }"),
    ];
    with(&files, &["a.d.ts"], |names| {
        assert_eq!(names.ty("a.d.ts", "G.A"), "G.A:II@a.d.ts");
        let a = names.symbols.declared.iter().find(|it| it.name == "G.A").expect("G.A is declared");
        assert_eq!(names.describe(&names.symbols.lookup(a.parts[0].scope, &["B"], Meaning::Type)), "G.B:I@b.d.ts");
    });
}

#[test]
fn entries_that_an_ambient_module_serves_export_what_it_exports() {
    let files = [(
        "a.d.ts",
        "declare module './a' { interface A {} }\ndeclare module '/b' { interface B {} }\ndeclare const g: 1;",
    )];
    with(&files, &["a.d.ts"], |names| {
        // The package of files has the empty name.
        let entry =
            |subpath: &str| crate::source::EntryPoint { subpath: subpath.to_owned(), file: names.file("a.d.ts") };
        let exports =
            |subpath| names.symbols.exports_of_entry(names.sources, &entry(subpath)).into_keys().collect::<Vec<_>>();
        assert_eq!(exports("./b"), ["B"]);
        assert_eq!(exports("./c"), ["g"]);
    });
}

#[test]
fn a_name_in_an_export_list_is_not_in_scope() {
    let text = "type _Response = Response; export type { _Response as Response }; export interface A { r: Response }";
    with(&[("/a.d.ts", text)], &["/a.d.ts"], |names| {
        assert_eq!(names.exports("a.d.ts"), "A Response");
        assert_eq!(names.ty("a.d.ts", "Response"), "");
        assert_eq!(names.ty("a.d.ts", "_Response"), "_Response:A@a.d.ts");
    });
}

#[test]
fn of_many_stars_the_first_that_has_a_name_counts() {
    let stars: String = (0..12).map(|at| format!("export * from './m{at}';\n")).collect();
    let mut files: Vec<(String, String)> = vec![("index.d.ts".to_owned(), stars)];
    for at in 0..12 {
        let text = match at {
            5 => "export * from './m7';\nexport type Own5 = 5;".to_owned(),
            7 => "export type Shared = 7;\nexport type Deep = 7;".to_owned(),
            9 => "declare namespace lib { interface Shared {} interface Only {} }\nexport = lib;".to_owned(),
            _ => format!("export type Own{at} = {at};"),
        };
        files.push((format!("m{at}.d.ts"), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    with(&files, &["index.d.ts"], |names| {
        let exports = &names.symbols.exports[&names.file("index.d.ts")];
        let exported = |name: &str| exports.get(name).map(|defs| names.describe_def(defs[0].0 as usize));
        assert_eq!(exported("Own11").as_deref(), Some("Own11:A@m11.d.ts"));
        assert_eq!(exported("Shared").as_deref(), Some("Shared:A@m7.d.ts"));
        assert_eq!(exported("Deep").as_deref(), Some("Deep:A@m7.d.ts"));
        assert_eq!(exported("Only").as_deref(), Some("lib.Only:I@m9.d.ts"));
    });
}
