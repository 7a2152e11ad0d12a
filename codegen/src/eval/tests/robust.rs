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
