//! Type operators.

use super::check;

const AB: &str = "interface A { a: string; b?: number }";

#[test]
fn keyof_lists_keys() {
    check(AB, "keyof A", r#""a" | "b""#);
    check(AB, "keyof (A | { a: 1; c: 2 })", r#""a""#);
    check(AB, "keyof (A & { c: 2 })", r#""a" | "b" | "c""#);
    check("", "keyof { [key: string]: 1 }", "string | number");
    check("enum E { P = 'p', Q = 'q' }", "{ [K in E]: 1 }", "{p: 1; q: 1}");
}

#[test]
fn indexed_access_follows_keys() {
    check("type T = { a: { b: string[] } }", "T['a']['b'][number]", "string");
    check(AB, "A[keyof A]", "string | number | undefined");
    check("", "[string, number?][number]", "string | number | undefined");
    check("", "['x', 'y'][1]", r#""y""#);
    check("", "{ [key: string]: boolean }['anything']", "boolean");
    check("", "[1, 2, 3]['length']", "3");
    check("type T = { k: 'a'; v: 1 } | { k: 'b'; v: 2 }", "T['k']", r#""a" | "b""#);
}

#[test]
fn constants_name_their_literals() {
    check(
        "declare const C: { readonly On: 'on'; readonly Off: 'off' };",
        "(typeof C)[keyof typeof C]",
        r#"On="on" | Off="off""#,
    );
    check("declare const C: { readonly On: 'on' };", "typeof C.On", r#"On="on""#);
    check("enum E { P = 'p', Q = 2 }", "{ e: E; p: E.P }", r#"{e: E; p: P="p"}"#);
    check("declare const L: readonly ['a', 'b'];", "(typeof L)[number]", r#""a" | "b""#);
}

#[test]
fn mapped_types_keep_modifiers() {
    check(AB, "{ [K in keyof A]: 1 }", "{a: 1; b?: 1}");
    check(AB, "Required<A>", "{a: string; b: number}");
    check(AB, "Partial<A>", "{a?: string; b?: number}");
    check(AB, "{ [K in keyof A]-?: A[K] }", "{a: string; b: number}");
    check("type M<T> = { [K in keyof T]: T[K][] }", "M<[string, number?]>", "[string[], (number | undefined)[]?]");
    check("type M<T> = { [K in keyof T]: { v: T[K] } }", "M<string[]>", "{v: string}[]");
    check("type M<T> = { [K in keyof T]: 1 }", "M<{ a: 1 } | { b: 2 } | string>", "{a: 1} | {b: 1} | string");
    check("type M<T extends any[]> = { [K in keyof T]: 1 }", "M<[2, ...string[]]>", "[1, ...1]");
}

#[test]
fn mapped_types_rename() {
    check(AB, "{ [K in keyof A as `get_${K}`]: A[K] }", "{get_a: string; get_b?: number}");
    check(AB, "{ [K in keyof A as K extends 'a' ? never : K]: A[K] }", "{b?: number}");
    check("", "{ [K in 'x' | 'y' as Uppercase<K>]: K }", r#"{X: "x"; Y: "y"}"#);
    check("", "{ [K in `x-${string}`]: 1 }", "{[`x-${string}`]: 1}");
    check("", "{ [K in string]: 1 }", "{[string]: 1}");
}

#[test]
fn utilities_are_what_they_are_in_typescript() {
    check(AB, "Pick<A, 'b'>", "{b?: number}");
    check(AB, "Omit<A, 'b'>", "{a: string}");
    check("", "Record<'a' | 'b', number>", "{a: number; b: number}");
    check("", "Record<string, number>", "{[string]: number}");
    check("", "Exclude<'a' | 'b' | 1, string>", "1");
    check("", "Extract<'a' | 'b' | 1, string>", r#""a" | "b""#);
    check("", "NonNullable<string | null | undefined>", "string");
    check("declare function f(a: string, b?: number): Promise<{ r: 1 }>;", "Awaited<ReturnType<typeof f>>", "{r: 1}");
    check("declare function f(a: string, b?: number): void;", "Parameters<typeof f>", "[string, number?]");
    check("declare function f(a: string, ...b: number[]): void;", "Parameters<typeof f>[1]", "number");
    check("declare class C { constructor(o: { z: 1 }); a: 1 }", "ConstructorParameters<typeof C>[0]", "{z: 1}");
    check("declare class C { a: 1 }", "InstanceType<typeof C>", "{a: 1}");
    check("", "Capitalize<'abc' | 'x'>", r#""Abc" | "X""#);
    check(AB, "Readonly<A> & NoInfer<{ c: 1 }>", "{a: string; b?: number; c: 1}");
}

#[test]
fn conditional_types_distribute_and_infer() {
    check("type F<T> = T extends string ? 's' : 'n'", "F<'a' | 1>", r#""s" | "n""#);
    check("type F<T> = [T] extends [string] ? 's' : 'n'", "F<'a' | 1>", r#""n""#);
    check("type F<T> = [T] extends [never] ? 'never' : 'some'", "F<never>", r#""never""#);
    check("type F<T> = T extends never ? 'never' : 'some'", "F<never>", "never");
    check("type IsAny<T> = 0 extends 1 & T ? 'any' : 'not'", "[IsAny<any>, IsAny<string>]", r#"["any", "not"]"#);
    check("type Item<T> = T extends (infer U)[] ? U : T", "Item<string[] | number>", "string | number");
    check("type Ret<T> = T extends (...args: any[]) => infer R ? R : never", "Ret<(a: 1) => 2>", "2");
    check(
        "type Arg<T> = T extends (a: infer A, ...rest: any) => any ? A : never",
        "Arg<(a: 'x', b: 1) => 2>",
        r#""x""#,
    );
    check("type Tail<T> = T extends [any, ...infer R] ? R : never", "Tail<[1, 2, 3]>", "[2, 3]");
    check("type Last<T> = T extends [...any[], infer L] ? L : never", "Last<[1, 2, 3]>", "3");
    check("type P<T> = T extends { a: infer A; b?: infer B } ? [A, B] : never", "P<{ a: 1; b?: 2 }>", "[1, 2]");
    check("type P<T> = T extends Promise<infer U> ? U : T", "P<Promise<3>>", "3");
    check("type W<T> = { w: T }; type U<T> = T extends W<infer V> ? V : never", "U<W<'x'>>", r#""x""#);
    check("type N<T> = T extends `${infer N extends number}` ? N : never", "N<'12'>", "12");
    check("type B<T> = T extends true ? 'y' : 'n'", "B<boolean>", r#""y" | "n""#);
}

#[test]
fn conditional_types_compare_structures() {
    let f = "type F<T, U> = T extends U ? 'y' : 'n'";
    check(f, "F<{ a: 1; b: 2 }, { a: number }>", r#""y""#);
    check(f, "F<{ a?: 1 }, { a: number }>", r#""n""#);
    check(f, "F<{ a: 1 }, object>", r#""y""#);
    check(f, "F<string, object>", r#""n""#);
    check(f, "F<{ a: 1 }, Record<string, unknown>>", r#""y""#);
    check(&format!("interface I {{ a: 1 }} {f}"), "F<I, Record<string, unknown>>", r#""n""#);
    check(&format!("interface I {{ a: 1 }} {f}"), "F<I, Record<string, any>>", r#""y""#);
    check(f, "F<() => void, Function>", r#""y""#);
    check(f, "F<(a: string) => 1, (...args: any[]) => any>", r#""y""#);
    check(f, "F<[1, 2], number[]>", r#""y""#);
    check(f, "F<number[], [number]>", r#""n""#);
    check(f, "F<any, string>", r#""y" | "n""#);
    check(f, "F<unknown, string>", r#""n""#);
    check(f, "F<Date, object>", r#""y""#);
    check(f, "F<'x-1', `x-${number}`>", r#""y""#);
}

#[test]
fn templates_expand() {
    check("", "`${'a' | 'b'}-${1 | 2}`", r#""a-1" | "a-2" | "b-1" | "b-2""#);
    check("", "`x-${string}`", "`x-${string}`");
    check("", "`${number}px`", "`${number}px`");
    check(
        "type Camel<S> = S extends `${infer A}_${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S",
        "Camel<'first_last_name'>",
        r#""firstLastName""#,
    );
    check(
        "type Split<S extends string> = S extends `${infer A}.${infer B}` ? [A, ...Split<B>] : [S]",
        "Split<'a.b.c'>",
        r#"["a", "b", "c"]"#,
    );
    check(
        "type Keys<T> = { [K in keyof T & string]: T[K] extends object ? `${K}.${Keys<T[K]>}` : K }[keyof T & string]",
        "Keys<{ a: { b: 1; c: 2 }; d: 3 }> | 'z'",
        r#"Keys<{a: {b: 1; c: 2}; d: 3}> | "z""#,
    );
}

#[test]
fn intersections_merge() {
    check("type T = { a?: { b: 1 }; c?: 1 } & { a: undefined; c: 1 | undefined }", "T", "{a?: never; c?: 1}");
    check("", "{ a: 1 } & { b: 2 }", "{a: 1; b: 2}");
    check("", "{ a: string } & { a: 'x' | 'y' }", r#"{a: "x" | "y"}"#);
    check("", "({ a: 1 } | { b: 2 }) & { c: 3 }", "{a: 1; c: 3} | {b: 2; c: 3}");
    check("", "'a' & 'b'", "never");
    check("", "{ t: 'a' } & { t: 'b' }", "never");
    check("", "({ t: 'a'; v: 1 } | { t: 'b'; v: 2 }) & { t: 'b' }", r#"{t: "b"; v: 2}"#);
    check("", "string & {}", "string");
    check("", "'a' | 'b' | (string & {})", r#""a" | "b" | open"#);
    check("", "'a' | (string & Record<never, never>)", r#""a" | open"#);
    check("", "string & { __brand: 'id' }", "string");
    check("", "'a' | (string & { __brand: 'id' })", r#""a" | open"#);
    check("type Id = string & { __brand: 'id' }; type K = 'a' | 'b';", "K | Id", r#"K | open"#);
    check("", "1 | 2 | (number & { __brand: 'id' })", "1 | 2");
    check("", "(number & { __brand: 'id' }) | null", "number | null");
    check("", "{ a: 1 } & { [key: string]: unknown }", "{a: 1; [string]: any(unknown)}");
    check("", "('a' | 'b' | 'c') & ('b' | 'c' | 'd')", r#""b" | "c""#);
    check("", "{ a?: 1 } & { a: number }", "{a: 1}");
}

#[test]
fn unions_are_flat_and_short() {
    check("", "'a' | string", "string");
    check("", "true | false", "boolean");
    check("", "1 | never | 1", "1");
    check("type L = 'a' | 'b';", "L | 'c'", r#"L | "c""#);
    check("", "string | any", "any(any)");
    check("", "('a' | 'b') | null", r#""a" | "b" | null"#);
}
