//! Declarations as such: names, places, ambient modules, exports.

use super::{lower, lower_files};
use crate::model::DefKind;

#[test]
fn a_declaration_knows_its_place() {
    let lowered = lower("\n  export interface A {}\n  export declare const b: 1;\n").clean();
    let at = |name: &str| (lowered.def(name).location.line, lowered.def(name).location.column);
    assert_eq!(at("A"), (2, 20));
    assert_eq!(at("b"), (3, 24));
}

#[test]
fn an_interface_and_a_constant_are_two() {
    let lowered = lower("export interface X { a: 1 }\nexport declare const X: X;").clean();
    assert_eq!(lowered.all("X").len(), 2);
    assert_eq!(lowered.model.entries[0].names["X"].len(), 2);
}

#[test]
fn namespaces_list_what_they_export() {
    let lowered = lower("export declare namespace N { interface A {} const a: 1; namespace M { type B = 1 } }").clean();
    let DefKind::Namespace(members) = &lowered.def("N").kind else { panic!("a namespace") };
    assert_eq!(members.keys().collect::<Vec<_>>(), ["A", "a", "M"]);
    assert_eq!(members["A"], [lowered.id("N.A")]);
}

#[test]
fn ambient_modules_and_globals() {
    let lowered = lower("declare module 'm' { export interface A {} }\ndeclare global { interface B {} }\nexport {};");
    assert_eq!(lowered.def("A").ambient.as_deref(), Some("m"));
    assert_eq!(lowered.def("B").ambient.as_deref(), Some("global"));
}

#[test]
fn exports_of_entries_and_files() {
    let lowered = lower_files(&[
        ("index.d.ts", "export * from './a';\nexport { A as Z } from './a';\nexport * as ns from './a';"),
        ("a.d.ts", "export interface A {}"),
    ])
    .clean();
    let mut names: Vec<&str> = lowered.model.entries[0].names.keys().map(String::as_str).collect();
    names.sort_unstable();
    assert!(["A", "Z", "ns.A"].iter().all(|name| names.contains(name)), "{names:?}");
    assert_eq!(lowered.model.exports.len(), 2);
}

#[test]
fn handles_do_not_depend_on_the_run() {
    let text = "export type A<T> = <U>(a: T) => U;\nexport interface B<T> { a: { [K in keyof T]: K } }";
    let (first, second) = (lower(text).clean(), lower(text).clean());
    assert_eq!(format!("{:?}", first.model), format!("{:?}", second.model));
}
