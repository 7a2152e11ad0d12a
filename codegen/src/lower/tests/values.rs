//! Constants and functions.

use super::{lower, lower_files, value};
use crate::diagnostic::Code;
use crate::model::DefKind;

#[test]
fn declared_types() {
    assert_eq!(value(": 'a' | 1"), r#"("a" | 1)"#);
    assert_eq!(value(": unique symbol"), "symbol");
    assert_eq!(value(""), "any");
}

#[test]
fn evident_types() {
    assert_eq!(value(" = 'a'"), r#""a""#);
    assert_eq!(value(" = -1"), "-1");
    assert_eq!(value(" = -10n"), "-10n");
    assert_eq!(value(" = true"), "true");
    assert_eq!(value(" = null"), "null");
    assert_eq!(value(" = undefined"), "undefined");
    assert_eq!(value(" = `a`"), r#""a""#);
    assert_eq!(value(" = 'a' + 'b'"), "string");
    assert_eq!(value(" = 1 as number"), "number");
    assert_eq!(value(" = new Map<string, 1>()"), "Map!<string, 1>");
    assert_eq!(value(" = /a/"), "RegExp!");
}

#[test]
fn functions_as_values() {
    let text = "export const x = (a: 1): 2 => 2;\nexport const y = function <T>(a: T): T { return a; };";
    let lowered = lower_files(&[("index.ts", text)]).clean();
    assert_eq!(lowered.shown("x"), "(a: 1) => 2");
    assert_eq!(lowered.shown("y"), "<T#0>(a: #0) => #0");
}

#[test]
fn object_literals() {
    assert_eq!(
        value(" = { a: 'b', 'c-d': 1, e: [1, 2, 'x'] }"),
        "{ a: string; c-d: number; e: ((number | string))[] }"
    );
    assert_eq!(
        value(" = { a: 'b', c: [1, { d: true }] } as const"),
        r#"{ readonly a: "b"; readonly c: [1, { readonly d: true }] }"#
    );
    assert_eq!(value(" = { a: 1 } satisfies object"), "{ a: number }");
}

#[test]
fn names_of_values() {
    let lowered = lower("declare const a: { b: 1 };\nexport declare const x = { ...a, c: a.b };").clean();
    assert_eq!(lowered.shown("x"), "(typeof [a] & { c: typeof [a].b })");
}

#[test]
fn patterns() {
    let lowered = lower("export declare const { a, b: c }: { a: 1; b: 2 };").clean();
    assert_eq!(lowered.shown("a"), r#"{ a: 1; b: 2 }["a"]"#);
    assert_eq!(lowered.shown("c"), r#"{ a: 1; b: 2 }["b"]"#);
}

#[test]
fn what_is_not_evident_is_complained_of() {
    let lowered = lower("export const x = await something();");
    assert_eq!(lowered.codes(), [Code::Unsupported]);
    assert_eq!(lowered.shown("x"), "unknown");
}

#[test]
fn functions_have_overloads() {
    let lowered = lower(
        "/** One. */ export declare function f<T>(a: T): T;\n/** Two. */ export declare function f(a?: 1, b: typeof f): void;",
    )
    .clean();
    let DefKind::Function(overloads) = &lowered.def("f").kind else { panic!("a function") };
    let shown: Vec<String> =
        overloads.iter().map(|function| super::Show(&lowered.model).function(function, ": ")).collect();
    assert_eq!(shown, ["<T#0>(a: #0): #0", "(a?: 1, b: typeof [f]): void"]);
    assert_eq!(super::text(lowered.def("f").doc.as_ref()), Some("One.\n\nTwo."));
    assert!(lowered.def("f").params.is_empty());
}

#[test]
fn default_exports() {
    let lowered = lower("declare const _default: { a: 1 };\nexport default _default;").clean();
    let ids = &lowered.model.entries[0].names["default"];
    assert_eq!(lowered.model.def(ids[0]).name, "_default");
    let lowered = lower("export default { a: 'b' } as const;").clean();
    assert_eq!(lowered.shown("default"), r#"{ readonly a: "b" }"#);
}
