//! What is data, and what is noted where it is not.

use super::{check, schema_of};

#[test]
fn members_that_are_no_data_are_left_out_and_noted() {
    let it = schema_of(
        "export interface X {
            id: string;
            run(): void;
            on: () => void;
            opts?: { depth: number; fetcher: typeof fetch2; map: Map<string, string> };
            both: string | (() => void);
            any: any;
            bag: Record<string, unknown>;
            big: bigint;
            absent?: never;
            maybe: string | undefined;
        }
        declare function fetch2(): void;",
    );
    assert_eq!(
        it.body("X"),
        "{id: string; opts?: {depth: number}; both: string; any: any(any); bag: {[string]: any(unknown)}; \
         absent?: never; maybe?: string}"
    );
    assert_eq!(
        it.notes("X"),
        [
            "run method skipped function",
            "on property skipped function",
            "opts.fetcher property skipped function",
            "opts.map property skipped platform-type",
            "both property skipped function",
            "any property fallback any",
            "bag property fallback unknown",
            "big property skipped bigint",
        ]
    );
}

#[test]
fn circles_are_data_and_chains_of_behaviour_are_not() {
    let it = schema_of(
        "export declare class A { b: B; private x: string; go(): void }
         export declare class B { stop(): void }
         export declare class Loop { other?: Back; go(): void }
         export declare class Back { loop: Loop[]; stop(): void }
         export interface Node { next?: Node }
         export interface Holder { a: A; id: string; node: Node; loop: Loop }
         export declare class Private { private x: string }",
    );
    assert_eq!(it.not_data("A"), Some("behaviour"));
    assert_eq!(it.not_data("B"), Some("behaviour"));
    assert_eq!(it.not_data("Private"), Some("behaviour"));
    assert_eq!(it.not_data("Node"), None);
    assert_eq!(it.body("Node"), "{next?: Node}");
    assert_eq!(it.body("Loop"), "{other?: Back}");
    assert_eq!(it.body("Back"), "{loop: Loop[]}");
    assert_eq!(it.body("Holder"), "{id: string; node: Node; loop: Loop}");
    assert_eq!(it.notes("Holder"), ["a property skipped behaviour"]);
}

#[test]
fn declarations_say_why_they_are_no_data() {
    let it = schema_of(
        "export declare function f(): void;
         export declare const c: number;
         export type Fn = () => void;
         export type M = Map<string, string>;
         export type Nothing = never;
         export type Op<T> = T extends string ? 1 : 2;
         export namespace N { interface I { a: 1 } }
         export type D = { a: 1 };",
    );
    let why = ["f", "c", "Fn", "M", "Nothing", "Op", "N", "D"].map(|name| it.not_data(name));
    let expected =
        ["function", "value", "function", "platform-type", "no-value", "type-operator", "namespace"].map(Some);
    assert_eq!(why[..7], expected);
    assert_eq!(why[7], None);
    assert_eq!(it.body("N.I"), "{a: 1}");
}

#[test]
fn classes_and_interfaces_inherit() {
    let it = schema_of(
        "interface Base<T> { id: string; value: T; over: string }
         interface Other { other: 1 }
         export interface X extends Base<number>, Other { own: boolean; over: 'x' }
         export declare class C extends D<'t'> { own: 1; static s: string; get got(): string; protected p: 1 }
         declare class D<T> { base: T; readonly self: this }
         export declare class E extends Error { code: string }",
    );
    assert_eq!(it.body("X"), r#"{id: string; value: number; over: "x"; other: 1; own: boolean}"#);
    assert_eq!(it.body("C"), r#"{base: "t"; self: C; own: 1}"#);
    assert_eq!(it.notes("C"), ["got property skipped behaviour"]);
    assert_eq!(it.body("E"), "{code: string}");
}

#[test]
fn classes_have_the_bases_of_interfaces_of_their_name() {
    let it = schema_of(
        "interface Options { url?: string; depth: number }
         interface Checked { never: 1 }
         export interface X extends Options { own: boolean }
         export declare class X implements Checked { depth: 1; never: 1 }",
    );
    assert_eq!(it.body("X"), "{url?: string; depth: 1; never: 1; own: boolean}");
}

#[test]
fn bases_that_mention_each_other_are_whole() {
    let it = schema_of(
        "interface Small extends Pick<Big, 'extra'> { name: string }
         interface Big extends Small { icon: string; extra?: 1 }
         export type X = Pick<Big, 'name' | 'icon' | 'extra'>;",
    );
    assert_eq!(it.body("X"), "{name: string; icon: string; extra?: 1}");
    assert_eq!(it.body("Small"), "{extra?: 1; name: string}");
}

#[test]
fn library_types_have_their_json_forms() {
    check(
        "",
        "{ a: Date; b: URL; c: Promise<string>; d: ReadonlyArray<1>; e: Uint8Array }",
        "{a: Date; b: URL; c: string; d: 1[]; e: {}}",
    );
    check("", "object", "{[string]: any(unknown)}");
    check("", "{}", "{}");
    check("interface Open {}", "{ o: Open }", "{o: Open}");
    assert_eq!(schema_of("export interface X {}").body("X"), "{[string]: any(unknown)}");
}

#[test]
fn unresolved_names_are_said() {
    let it = schema_of("export interface X { a: Nowhere; b: string }");
    assert_eq!(it.body("X"), "{a: any(unresolved-name); b: string}");
    assert_eq!(it.diagnostics.len(), 1);
    assert_eq!(it.diagnostics[0].code.as_str(), "unresolved-name");
}

#[test]
fn aliases_keep_their_names() {
    let it = schema_of(
        "export type Id = string;
         export type Pair<T> = { a: T; b: Id };
         export interface X { id: Id; pair: Pair<number>; either: Id | null; opt: Maybe }
         type Maybe = 'm' | undefined;",
    );
    assert_eq!(it.body("X"), r#"{id: Id; pair: Pair<number>; either: Id | null; opt?: "m"}"#);
    assert_eq!(it.generic("Pair").as_deref(), Some("{a: #0; b: Id}"));
}

#[test]
fn generics_stay_where_nothing_looks_inside() {
    let it = schema_of(
        "export interface Page<T> { data: T[]; next: Page<T> | null }
         export interface Wrap<T> { page: Page<T[]>; v: T }
         export type Look<T> = { a: T extends string ? 1 : 2 };
         export interface Uses<T> { look: Look<T> }
         export type OrNull<T> = T | null;",
    );
    assert_eq!(it.generic("Page").as_deref(), Some("{data: #0[]; next: Page<#0> | null}"));
    assert_eq!(it.generic("Wrap").as_deref(), Some("{page: Page<#0[]>; v: #0}"));
    assert_eq!(it.generic("Look"), None);
    assert_eq!(it.generic("Uses"), None);
    assert_eq!(it.generic("OrNull"), None);
}

#[test]
fn owners_and_docs_survive_operators() {
    let it = schema_of(
        "interface A { /** The id. */ id: string }
         export type X = Partial<A> & { own: 1 };",
    );
    let shape = &it.schema.instances.iter().find(|instance| instance.def == it.def("X")).unwrap().shape;
    let crate::schema::Shape::Record(record) = shape else { panic!("a record") };
    assert_eq!(record.properties[0].doc.as_ref().map(|doc| doc.text.as_str()), Some("The id."));
    assert_eq!(record.properties[0].owner, Some(it.def("A")));
    assert_eq!(record.properties[1].owner, Some(it.def("X")));
}
