//! Type expressions.

use super::{alias, lower};
use crate::diagnostic::Code;
use crate::model::{Ty, TypeParam};

#[test]
fn keywords_and_literals() {
    assert_eq!(
        alias("[any, unknown, never, undefined, null, void, string, number, boolean, bigint, symbol, object]"),
        "[any, unknown, never, undefined, null, void, string, number, boolean, bigint, symbol, object]"
    );
    assert_eq!(
        alias(r#"['a', "b\n", `c`, 1, 1.50, -1, -0, 0x10, 1e21, true, false, 10n, -10n]"#),
        r#"["a", "b\n", "c", 1, 1.5, -1, 0, 16, 1e+21, true, false, 10n, -10n]"#
    );
}

#[test]
fn arrays_in_every_spelling() {
    let text = alias("[string[], Array<string>, readonly string[], ReadonlyArray<string>, (string)[][]]");
    assert_eq!(text, "[(string)[], (string)[], (string)[], (string)[], ((string)[])[]]");
}

#[test]
fn tuples() {
    assert_eq!(alias("[string, number?, ...boolean[]]"), "[string, number?, ...(boolean)[]]");
    assert_eq!(alias("[a: string, b?: number, ...c: boolean[]]"), "[a: string, b: number?, ...c: (boolean)[]]");
    assert_eq!(alias("readonly [1, 2]"), "[1, 2]");
}

#[test]
fn unions_and_intersections() {
    assert_eq!(alias("| 'a' | (1 | null)"), r#"("a" | (1 | null))"#);
    assert_eq!(alias("{ a: 1 } & { b: 2 }"), "({ a: 1 } & { b: 2 })");
}

#[test]
fn templates() {
    assert_eq!(alias("`a${string}b${1 | 2}`"), "`a${string}b${(1 | 2)}`");
    assert_eq!(alias(r"`a\tb`"), r#""a\tb""#);
}

#[test]
fn operators() {
    assert_eq!(alias("keyof { a: 1 }"), "keyof { a: 1 }");
    assert_eq!(alias("{ a: 1 }['a']"), r#"{ a: 1 }["a"]"#);
    assert_eq!(alias("unique symbol"), "symbol");
    assert_eq!(alias("{ [K in 'a' | 'b' as `x${K}`]-?: K }"), "{ [K#0 extends (\"a\" | \"b\") as `x${#0}`]-?: #0 }");
    assert_eq!(alias("{ readonly [K in string]?: 1 }"), "{ [K#0 extends string]?: 1 }");
}

#[test]
fn functions_and_constructors() {
    assert_eq!(
        alias("<T extends string>(this: Date, a: T, b?: 1, ...c: T[]) => T"),
        "<T#0 extends string>(a: #0, b?: 1, ...c: (#0)[]) => #0"
    );
    assert_eq!(alias("abstract new ({ a }: { a: 1 }) => void"), "new (: { a: 1 }) => void");
    assert_eq!(alias("(x: unknown) => x is string"), "(x: unknown) => boolean");
    assert_eq!(alias("(x: unknown) => asserts x is string"), "(x: unknown) => void");
}

#[test]
fn conditional_types_infer() {
    assert_eq!(alias("string extends infer U ? U : never"), "(string extends infer U#0 ? #0 : never)");
    // Both `infer U` are one parameter; in the false branch there is none.
    let lowered = lower("type U = 1;\nexport type X<T> = T extends [infer U, infer U extends string] ? U : U;");
    assert_eq!(lowered.clean().shown("X"), "(#0 extends [infer U#1, infer U#1 extends string] ? #1 : U)");
}

#[test]
fn nested_infer_belongs_to_the_nearest_extends() {
    let lowered =
        lower("export type X<T> = T extends (T extends infer A ? A : never) ? infer_<T> : 1;\ntype infer_<A> = A;");
    assert_eq!(lowered.clean().shown("X"), "(#0 extends (#0 extends infer A#1 ? #1 : never) ? infer_<#0> : 1)");
}

#[test]
fn inner_parameters_hide_outer_ones() {
    let lowered = lower("export type X<T> = [T, <T>(a: T) => T, { [T in 'a']: T }, T];").clean();
    let text = lowered.shown("X");
    assert_eq!(text, r#"[#0, <T#1>(a: #1) => #1, { [T#2 extends "a"]: #2 }, #0]"#);
}

#[test]
fn parameters_know_their_constraints_and_defaults() {
    let lowered = lower("export type X<A extends keyof B, B = { a: A }> = [A, B];").clean();
    let params: &[TypeParam] = &lowered.def("X").params;
    let shown: Vec<String> = params.iter().map(|param| super::Show(&lowered.model).param(param)).collect();
    assert_eq!(shown, ["A#0 extends keyof #1", "B#1 = { a: #0 }"]);
    assert!(matches!(lowered.ty("X"), Ty::Tuple(_)));
}

#[test]
fn half_a_surrogate_pair_is_complained_of() {
    let lowered = lower(r"export type X = '\uD800';");
    assert_eq!(lowered.codes(), [Code::Unsupported]);
}
