//! Input without an end: a diagnostic, never a crash.

use super::schema_of;

#[track_caller]
fn budget(text: &str) {
    let it = schema_of(text);
    let codes: Vec<_> = it.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert!(codes.contains(&"budget"), "{codes:?}");
}

#[test]
fn recursion_through_names_is_no_problem() {
    let it = schema_of("export type X = string | X[] | { [key: string]: X };");
    assert_eq!(it.body("X"), "string | X[] | {[string]: X}");
    let it = schema_of("export interface X { l: X; r?: Tree<X> } interface Tree<T> { v: T; kids: Tree<T>[] }");
    assert_eq!(it.body("X"), "{l: X; r?: Tree<X>}");
    let it = schema_of(
        "type Deep<T> = { [K in keyof T]?: T[K] extends object ? Deep<T[K]> : T[K] };
        interface A { a: A; s: string } export type X = Deep<A>;",
    );
    assert_eq!(it.body("X"), "Deep<A>");
    assert_eq!(it.body("Deep"), "{a?: Deep<A>; s?: string}");
}

/// Many different uses, and a long chain of them, have an end.
#[test]
fn what_is_only_much_does_not_grow() {
    let uses: String = (0..4_200).map(|place| format!("p{place}: Box<{{ k{place}: 1 }}>;")).collect();
    let it = schema_of(&format!("interface Box<T> {{ keys: keyof T; value: T }} export interface X {{ {uses} }}"));
    assert_eq!(it.diagnostics, []);
    let chain: String =
        (0..90).map(|place| format!("interface C{place}<T> {{ t: T[]; c: C{}<T> }}", place + 1)).collect();
    let it =
        schema_of(&format!("{chain} interface C90<T> {{ k: keyof T }} export interface X {{ c: C0<{{ a: 1 }}> }}"));
    assert_eq!(it.diagnostics, []);
}

#[test]
fn nameless_types_that_contain_themselves_are_instances() {
    let it = schema_of("export interface A { n: string; patch: Partial<A>; rest: Omit<A, 'rest' | 'n'>[] }");
    assert_eq!(it.diagnostics, []);
    assert_eq!(it.body("A"), "{n: string; patch: Partial A; rest: {patch: Partial A}[]}");
    let it = schema_of("export interface A { v: A & { id: number } }");
    assert_eq!((it.diagnostics.len(), it.body("A")), (0, "{v: A?}".to_owned()));
    let it = schema_of(
        "type P<T> = T extends object ? { [K in keyof T]?: P<T[K]> } : T;
        interface A { next?: A; l: A[] } export type X = P<A>;",
    );
    assert_eq!((it.diagnostics.len(), it.body("P")), (0, "{next?: P<A>; l?: P<A[]>}".to_owned()));
}

#[test]
fn parts_that_are_shared_do_not_grow_as_a_tree() {
    let level = |at: u32| {
        let fields: Vec<String> = (0..6).map(|field| format!("p{field}: Partial<L{}>", at + 1)).collect();
        format!("export interface L{at} {{ {} }}\n", fields.join("; "))
    };
    let text = (0..30).map(level).collect::<String>() + "interface L30 { s: string }";
    let it = schema_of(&text);
    assert_eq!(it.diagnostics, []);
    assert!(it.schema.instances.len() < 100);
}

#[test]
fn packages_that_are_not_installed_matter_where_their_names_do() {
    let it = schema_of("import { P, Q } from 'peer'; export interface A { s: string } interface B { p: P } export {};");
    assert_eq!(it.diagnostics, []);
    let it = schema_of("import { P, Q } from 'peer'; export interface A { p: P; q: Q }");
    let codes: Vec<_> = it.diagnostics.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
    assert_eq!(codes, ["unresolved-import"]);
}

#[test]
fn circles_of_aliases_are_refused() {
    let it = schema_of("export type A = B; export type B = A; export type C = C['x'];");
    assert!(it.diagnostics.iter().any(|diagnostic| diagnostic.message.contains("refers to itself")));
}

#[test]
fn endless_instantiation_stops() {
    budget("export interface N<T> { v: N<T[]> } export type X = N<string>;");
    budget("type L<N extends any[]> = { a: L<[...N, 1]> }['a']; export type X = L<[]>;");
    budget("type D = 0|1|2|3|4|5|6|7|8|9; export type X = `${D}${D}${D}${D}${D}${D}`;");
    budget("type F<T> = T extends string ? F<`${T}a`>[] : never; export type X = [F<'a'>];");
    budget("type T<A extends any[]> = T<[...A, ...A]>; export type X = T<[1]>;");
}

#[test]
fn tail_recursion_is_deep_enough() {
    let it = schema_of(
        "type B<N, A extends any[] = []> = A['length'] extends N ? A : B<N, [...A, 1]>;
        export type X = B<200>['length'];",
    );
    assert_eq!(it.body("X"), "200");
}

#[test]
fn unused_generics_are_taken_with_their_defaults() {
    let it =
        schema_of("export type X<T = 'a' | 'b'> = { [K in keyof T]: K } | T; export type Y<T> = T extends 1 ? 2 : 3;");
    assert_eq!((it.not_data("X"), it.not_data("Y")), (None, Some("type-operator")));
    assert_eq!(it.body("X"), "\"a\" | \"b\"");
}
