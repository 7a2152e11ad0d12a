//! Members of object types and interfaces.

use super::{alias, lower, lower_files, property};
use crate::diagnostic::Code;
use crate::model::DefKind;

#[test]
fn properties() {
    assert_eq!(alias("{ a: 1; readonly b?: 2; c }"), "{ a: 1; readonly b?: 2; c: any }");
}

#[test]
fn names_of_properties() {
    assert_eq!(
        alias("{ 'a-b': 1; 1.0: 2; 0x10: 3; 1e21: 4; ['c']: 5; [6]: 6 }"),
        "{ a-b: 1; 1: 2; 16: 3; 1e+21: 4; c: 5; 6: 6 }"
    );
}

#[test]
fn computed_names() {
    let lowered = lower(
        "declare const KEY: 'key';
         declare const KEYS: { readonly a: 'x'; readonly 'b-c': 1; readonly b: 'y' };
         declare const OTHER: typeof KEYS.b;
         declare const VALUE = 'value';
         declare const sym: unique symbol;
         declare enum E { A = 'e-a', B = 2 }
         declare class C { static readonly K: 'static'; static readonly S: unique symbol }
         export interface X {
             [KEY]: 1; [KEYS.a]: 2; [KEYS['b-c']]: 3; [OTHER]: 4; [VALUE]: 5; [E.A]: 6; [E.B]: 7;
             [C.K]: 8; [sym]: 9; [C.S]: 10; [Symbol.iterator](): 11;
         }",
    )
    .clean();
    assert_eq!(
        lowered.members_of("X"),
        [
            "key: 1",
            "x: 2",
            "1: 3",
            "y: 4",
            "value: 5",
            "e-a: 6",
            "2: 7",
            "static: 8",
            "[sym]: 9",
            "[C.S]: 10",
            "[Symbol.iterator](): 11"
        ]
    );
}

#[test]
fn an_unknown_name_is_complained_of() {
    let lowered = lower("declare const key: string;\nexport interface X { [key]: 1; [key](): 2 }");
    assert_eq!(lowered.codes(), [Code::Unsupported]);
    assert_eq!(lowered.members_of("X"), ["[key]: 1", "[key](): 2"]);
}

#[test]
fn signatures() {
    assert_eq!(
        alias("{ (a: 1): 2; new <T>(a: T): T; m?<T>(a: T): void; [key: string]: 3; [n: number]: 4 }"),
        "{ (a: 1): 2; new <T#0>(a: #0): #0; m?<T#1>(a: #1): void; [string]: 3; [number]: 4 }"
    );
}

#[test]
fn accessors_of_a_type_are_properties() {
    assert_eq!(
        alias("{ get a(): 1; get b(): 2; set b(value: 2 | 3); set c(value: 4) }"),
        "{ readonly a: 1; b: 2; c: 4 }"
    );
}

#[test]
fn interfaces_merge() {
    let lowered = lower(
        "export interface X<T> extends A<T> { a: T; m(): 1 }
         export interface X<U> extends B { a: 2; b: U; m(): 2 }
         interface A<T> { t: T } interface B {}",
    )
    .clean();
    assert_eq!(lowered.members_of("X"), ["a: #0", "m(): 1", "b: #0", "m(): 2"]);
    let DefKind::Interface(interface) = &lowered.def("X").kind else { panic!("an interface") };
    let bases: Vec<String> = interface.extends.iter().map(|base| lowered.show(base)).collect();
    assert_eq!(bases, ["A<#0>", "B"]);
    assert_eq!(lowered.def("X").params.len(), 1);
}

#[test]
fn interfaces_merge_across_files() {
    let lowered = lower_files(&[
        ("index.d.ts", "import './more';\nexport interface X { a: 1 }"),
        ("more.d.ts", "import './index';\ndeclare module './index' { interface X { b: Y } }\ninterface Y { y: 1 }"),
    ]);
    assert_eq!(lowered.members_of("X"), ["a: 1", "b: Y"]);
    let DefKind::Interface(interface) = &lowered.def("X").kind else { panic!("an interface") };
    assert_ne!(property(&interface.members, "b").location.file, lowered.def("X").file);
}
