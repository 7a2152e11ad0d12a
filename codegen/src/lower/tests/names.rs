//! What names mean.

use super::{alias, lower, lower_files};
use crate::diagnostic::Code;

#[test]
fn references() {
    let lowered =
        lower("export type X = [A, B<A>, C.Red];\ninterface A {} type B<T> = T; enum C { Red = 'red' }").clean();
    assert_eq!(lowered.shown("X"), "[A, B<A>, C.Red]");
}

#[test]
fn names_of_the_library() {
    assert_eq!(alias("Promise<Record<string, NodeJS.Timeout>>"), "Promise!<Record!<string, NodeJS.Timeout!>>");
}

#[test]
fn global_this_steps_over_local_names() {
    let lowered = lower("export type Response = globalThis.Response;\nexport type X = Response;").clean();
    assert_eq!(lowered.shown("Response"), "Response!");
    assert_eq!(lowered.shown("X"), "Response");
}

#[test]
fn namespaces() {
    let lowered = lower(
        "export declare namespace N { interface A {} namespace M { type B = A } enum E { X = 1 } }
         export type X = [N.A, N.M.B, N.E, N.E.X];",
    )
    .clean();
    assert_eq!(lowered.shown("X"), "[N.A, N.M.B, N.E, N.E.X]");
    assert_eq!(lowered.shown("N.M.B"), "N.A");
}

#[test]
fn imports() {
    let lowered = lower_files(&[
        (
            "index.d.ts",
            "import type { A as Other } from './a'; import * as ns from './a';
             export type X = [Other, ns.A, import('./a').A, import('./a').G<1>];",
        ),
        ("a.d.ts", "export interface A {}\nexport type G<T> = T;"),
    ])
    .clean();
    assert_eq!(lowered.shown("X"), "[A, A, A, G<1>]");
}

#[test]
fn values_as_types() {
    let lowered = lower_files(&[
        (
            "index.d.ts",
            "import * as ns from './a';
             declare const a: { b: 1 }; declare function f<T>(): T; declare class C {} declare enum E { A = 1 }
             export type X = [typeof a, typeof a.b, typeof f<string>, typeof C, typeof E, typeof E.A];
             export type Y = [typeof ns, typeof ns.v, typeof import('./a'), typeof import('./a').v];
             export type Z = [typeof undefined, typeof fetch, typeof globalThis];",
        ),
        ("a.d.ts", "export declare const v: 1;"),
    ])
    .clean();
    assert_eq!(
        lowered.shown("X"),
        "[typeof [a], typeof [a].b, typeof [f]<string>, typeof [C], typeof [E], typeof [E].A]"
    );
    assert_eq!(lowered.shown("Y"), "[namespace { v }, typeof [v], namespace { v }, typeof [v]]");
    assert_eq!(lowered.shown("Z"), "[undefined, typeof [].fetch, typeof [].globalThis]");
}

#[test]
fn a_value_and_a_namespace_of_one_name() {
    let lowered =
        lower("declare function f(): 1;\ndeclare namespace f { const a: 1 }\nexport type X = [typeof f, typeof f.a];");
    assert_eq!(lowered.clean().shown("X"), "[typeof [f, f], typeof [f.a]]");
}

#[test]
fn types_of_this() {
    let lowered = lower("export declare class C { a: 1; b: typeof this.a; c(): this }").clean();
    assert_eq!(lowered.members_of("C"), ["a: 1", r#"b: this["a"]"#, "c(): this"]);
}

#[test]
fn arguments_hide_values() {
    let lowered = lower("declare const a: 1;\nexport type X = [(a: string) => typeof a, typeof a];").clean();
    assert_eq!(lowered.shown("X"), "[(a: string) => string, typeof [a]]");
    let lowered = lower("export type X = (a: { b: 1 }, c?: typeof a.b) => (c: typeof c) => typeof c;");
    assert_eq!(lowered.codes(), [Code::Unsupported], "an argument that is itself");
    let text = "(a: { b: 1 }, c?: { b: 1 }[\"b\"]) => (c: unknown) => unknown";
    assert_eq!(lowered.shown("X"), text);
}

#[test]
fn a_module_is_no_type() {
    let lowered = lower_files(&[("index.d.ts", "export type X = import('./a');"), ("a.d.ts", "export type A = 1;")]);
    assert_eq!(lowered.codes(), [Code::Unsupported]);
    assert_eq!(lowered.shown("X"), "unknown");
}

#[test]
fn names_from_modules_that_are_not_there() {
    let lowered = lower(
        "import { Text, Date as Day } from 'missing'; import * as all from 'missing'; import { URL as Link } from 'url';
         import one from 'missing'; import old = require('missing'); import Part = old.Part;
         export type X = [Text, Day, all.Text, Link, one, old.Text, Part, import('missing').Text, import('url').URL];
         export type Y = [typeof Text, typeof import('missing'), import('missing'), typeof import('missing').a];",
    );
    assert!(!lowered.codes().contains(&Code::Unsupported));
    let of = |name: &str| format!("import(\"missing\"){name}");
    let types = [".Text!", ".Date!", ".Text!", "", ".default!", ".Text!", ".Part!", ".Text!", ""];
    let types = types.map(|name| if name.is_empty() { "URL!".to_owned() } else { of(name) });
    assert_eq!(lowered.shown("X"), format!("[{}]", types.join(", ")));
    let (text, module, a) = (of(".Text"), of(""), of(".a"));
    assert_eq!(lowered.shown("Y"), format!("[typeof [].{text}, typeof [].{module}, {module}!, typeof [].{a}]"));
}
