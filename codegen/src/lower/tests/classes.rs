//! Classes.

use super::{lower, property, text};
use crate::diagnostic::Code;

#[test]
fn members_of_a_class() {
    let lowered = lower(
        "export declare class X<T> {
             #secret; private hidden; protected kept: 1; declare a: T; readonly b?: 2; accessor c: 3;
             static readonly version = '1.0'; static make<T>(a: T): X<T>; [key: string]: unknown;
             get d(): 4; set d(value: 4 | 5); get e(): 6; m(): void; m(a: 1): void; abstract n(): 7; 'o-p': 8;
         }",
    )
    .clean();
    assert_eq!(
        lowered.members_of("X"),
        [
            "private #secret: any",
            "private hidden: any",
            "protected kept: 1",
            "a: #0",
            "readonly b?: 2",
            "accessor c: 3",
            "[string]: unknown",
            "accessor d: 4",
            "accessor readonly e: 6",
            "m(): void",
            "m(a: 1): void",
            "n(): 7",
            "o-p: 8"
        ]
    );
    assert_eq!(lowered.members(&lowered.class("X").statics), [r#"readonly version: "1.0""#, "make<T#1>(a: #1): X<#1>"]);
}

#[test]
fn constructors() {
    let lowered = lower("export declare class X<T> { constructor(a: T); constructor(a: T, b?: 1, ...c: 2[]) }").clean();
    let class = lowered.class("X");
    let shown: Vec<String> =
        class.constructors.iter().map(|function| super::Show(&lowered.model).function(function, ": ")).collect();
    assert_eq!(shown, ["(a: #0): X<#0>", "(a: #0, b?: 1, ...c: (2)[]): X<#0>"]);
}

#[test]
fn parameter_properties_are_fields() {
    let lowered = lower("export class X { a: 1; constructor(readonly id: string, private b?: 2, c?: 3) {} }").clean();
    assert_eq!(lowered.members_of("X"), ["a: 1", "readonly id: string", "private b?: 2"]);
    assert_eq!(lowered.class("X").constructors[0].args.len(), 3);
}

#[test]
fn fields_take_the_docs_of_arguments() {
    let lowered = lower(
        "export declare class X {
             readonly a: 1; /** Own. */ readonly b: 2; readonly c: 3; readonly d: 4;
             /** @param c - From the tag. */
             constructor(/** Of a. */ a: 1, /** Of b. */ b: 2, c: 3, d: 4);
         }",
    )
    .clean();
    let members = &lowered.class("X").members;
    let docs = ["a", "b", "c", "d"].map(|name| text(property(members, name).doc.as_ref()));
    assert_eq!(docs, [Some("Of a."), Some("Own."), Some("From the tag."), None]);
}

#[test]
fn bases() {
    let lowered = lower(
        "declare class Base<T> { t: T }
         declare namespace ns { class Inner<T> { t: T } }
         interface I<T> { t: T }
         export declare class A<T> extends Base<T> implements I<T> {}
         export declare class B extends ns.Inner<1> {}
         export declare class C extends Error {}
         export declare class D extends null {}",
    )
    .clean();
    let base = |name| lowered.class(name).extends.as_ref().map(|ty| lowered.show(ty));
    assert!(base("A").is_some_and(|text| text.starts_with("Base<#")));
    assert!(lowered.show(&lowered.class("A").implements[0]).starts_with("I<#"));
    assert_eq!(base("B").as_deref(), Some("ns.Inner<1>"));
    assert_eq!(base("C").as_deref(), Some("Error!"));
    assert_eq!(base("D"), None);
}

#[test]
fn bases_made_by_functions() {
    let lowered = lower(
        "interface I { i: 1 } declare class K { k: 1 }
         declare const A_base: new (a: 1) => I;
         declare const B_base: { new (): I; prototype: I };
         declare const C_base: typeof K & (new () => I);
         declare const D_base: new <T>() => T;
         interface Make { new (): I } declare const E_base: Make;
         export declare class A extends A_base {}
         export declare class B extends B_base {}
         export declare class C extends C_base {}
         export declare class D extends D_base<string> {}
         export declare class E extends E_base {}",
    )
    .clean();
    let base = |name| lowered.show(lowered.class(name).extends.as_ref().expect("a base"));
    assert_eq!(base("A"), "I");
    assert_eq!(base("B"), "I");
    assert_eq!(base("C"), "(K & I)");
    assert_eq!(base("D"), "InstanceType!<typeof [D_base]<string>>");
    assert_eq!(base("E"), "I");
}

#[test]
fn a_base_that_is_an_expression_is_complained_of() {
    let lowered = lower("declare function mix(): new () => {};\nexport declare class X extends mix() { a: 1 }");
    assert!(lowered.codes().contains(&Code::Unsupported));
    assert_eq!(lowered.members_of("X"), ["a: 1"]);
}

#[test]
fn classes_merge_with_interfaces() {
    let lowered = lower(
        "interface Base { z: 1 }
         export declare class X<T> { a: T; m(): 1 }
         export interface X<T> extends Base { a: 2; b: T; m(): 2 }",
    )
    .clean();
    assert_eq!(lowered.members_of("X"), ["a: #0", "m(): 1", "b: #0", "m(): 2"]);
    assert_eq!(lowered.show(&lowered.class("X").merged[0]), "Base");
}
