//! Law 8 on the whole pipeline: whatever the declarations say, generation ends, soon, and says so in its result.

use dts_codegen::diagnostic::{Code, Severity};
use dts_codegen::load::Input;
use dts_codegen::recipe::Recipe;
use dts_codegen::{Generated, Options, generate};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::time::{Duration, Instant};

/// How long one small input may take in a build without optimisation, on a machine that does something else besides.
const LIMIT: Duration = Duration::from_secs(60);

/// Generates from one file: what came out, or the codes of what is wrong. Output is Rust, and no bug is among the errors.
#[track_caller]
fn run(text: &str) -> Result<Generated, Vec<Code>> {
    let files = vec![("a.d.ts".to_owned(), text.to_owned())];
    let input = Input::Memory { files, entries: vec!["a.d.ts".to_owned()] };
    let options = Options { crate_name: "a".to_owned(), command: "make".to_owned() };
    let start = Instant::now();
    let result = generate(&input, &Recipe::default(), &options);
    assert!(start.elapsed() < LIMIT, "{:?} for {}", start.elapsed(), head(text));
    match result {
        Ok(generated) => {
            for (path, text) in generated.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
                assert!(syn::parse_file(text).is_ok(), "{path} is no Rust");
            }
            Ok(generated)
        }
        Err(failure) => {
            let internal = failure.diagnostics.iter().find(|it| it.code == Code::Internal);
            assert!(internal.is_none(), "{internal:?} for {}", head(text));
            assert!(failure.diagnostics.iter().any(|it| it.severity == Severity::Error));
            Err(failure.diagnostics.iter().map(|it| it.code).collect())
        }
    }
}

fn head(text: &str) -> String {
    text.chars().take(600).collect()
}

fn joined(count: usize, by: &str, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect::<Vec<_>>().join(by)
}

/// Generation succeeds, perhaps with a warning that a budget is exceeded.
#[track_caller]
fn ends(text: &str) {
    assert!(run(text).is_ok(), "{}", head(text));
}

#[track_caller]
fn is_over_budget(text: &str, name: &str) {
    let generated = run(text).expect("a budget is a warning");
    let says = |message: &str| message.contains(&format!("`{name}`"));
    let found = generated.warnings.iter().any(|it| it.code == Code::Budget && says(&it.message));
    assert!(found, "{:#?}", generated.warnings);
}

#[test]
fn deep_types_end() {
    ends(&format!("export interface A {{ x: {}string{} }}", "{ y: ".repeat(200), " }".repeat(200)));
    ends(&format!("export type A = {}string{};", "Array<".repeat(200), ">".repeat(200)));
    ends(&format!("{}export interface A {{ x: string }}{}", "export namespace N { ".repeat(60), "}".repeat(60)));
    let unclosed = format!("export type A = {}", "[".repeat(100_000));
    assert!(run(&unclosed).is_err());
}

#[test]
fn wide_types_end() {
    ends(&format!("export type A = {};", joined(3_000, " | ", |at| format!("'k{at}'"))));
    ends(&format!("export type A = {};", joined(1_000, " & ", |at| format!("{{ a{at}: string }}"))));
    let fields = joined(2_000, "; ", |at| format!("f{at}?: string"));
    ends(&format!("export interface A {{ {fields} }} export type P = Omit<Partial<A>, 'f1'>;"));
    let chain = joined(2_000, "\n", |at| format!("export type A{at} = A{};", at + 1));
    ends(&format!("{chain} export type A2000 = {{ a: string }};"));
    let circle = joined(1_000, "\n", |at| format!("export interface I{at} {{ next?: I{}; }}", (at + 1) % 1_000));
    ends(&circle);
    ends(&format!("/** {} */ export interface A {{ x: string }}", "{@link A} <b>*x* `y` [a](b) ".repeat(2_000)));
}

#[test]
fn shared_parts_do_not_grow_as_trees() {
    let levels = |with: &str| {
        let field = |at: usize| joined(6, "; ", |field| format!("p{field}: {with}<L{}>", at + 1));
        joined(40, "\n", |at| format!("export interface L{at} {{ {} }}", field(at)))
            + "export interface L40 { s: string }"
    };
    ends(&levels("Partial"));
    ends(&(levels("Array") + "type P<T> = { [K in keyof T]?: P<T[K]> }; export type X = P<L0>;"));
    let body = |at: usize| format!("export interface G{at}<T> {{ a: G{}<T>; b: G{}<T[]>; v: T }}", at + 1, at + 1);
    ends(&(joined(18, "\n", body) + "export interface G18<T> { v: T } export type X = G0<string>;"));
}

#[test]
fn types_without_end_are_named() {
    is_over_budget("export interface N<T> { v: N<T[]> } export type X = N<string>;", "N");
    let digits = joined(100, " | ", |at| format!("'{at}'"));
    is_over_budget(&format!("type D = {digits}; export type X = `${{D}}${{D}}${{D}}${{D}}${{D}}`;"), "X");
    is_over_budget("type T<A extends any[]> = T<[...A, ...A]>; export type X = T<[1]>;", "X");
    is_over_budget("type D<T> = { [K in keyof T]?: D<T[K]> }; export interface B { n: B; deep: D<B>; s: string }", "D");
    let factors = joined(20, " & ", |at| format!("({{ a{at}: 1 }} | {{ b{at}: 2 }})"));
    is_over_budget(&format!("export type X = {factors};"), "X");
}

/// The language of types, at random.
fn a_type() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("string"),
        Just("number"),
        Just("boolean"),
        Just("null"),
        Just("undefined"),
        Just("any"),
        Just("unknown"),
        Just("never"),
        Just("bigint"),
        Just("'a'"),
        Just("'b'"),
        Just("0"),
        Just("true"),
        Just("A"),
        Just("B"),
        Just("G<A>"),
        Just("G<B[]>"),
        Just("T"),
        Just("E"),
        Just("E.X"),
        Just("Date"),
        Just("typeof c"),
        Just("this"),
        Just("`x-${string}`"),
        Just("`${'a' | 'b'}_${E}`"),
        Just("Missing"),
        Just("keyof A"),
        Just("object"),
        Just("{}"),
    ]
    .prop_map(str::to_owned);
    leaf.prop_recursive(5, 40, 4, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|all| format!("({})", all.join(" | "))),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|all| format!("({})", all.join(" & "))),
            prop::collection::vec(inner.clone(), 0..4).prop_map(|all| format!("[{}]", all.join(", "))),
            inner.clone().prop_map(|ty| format!("({ty})[]")),
            inner.clone().prop_map(|ty| format!("[x?: {ty}, ...rest: ({ty})[]]")),
            two.clone().prop_map(|(a, b)| format!("{{ a: {a}; b?: {b}; readonly type: 'r' }}")),
            two.clone().prop_map(|(a, b)| format!("{{ [key: string]: {a} | {b} }}")),
            two.clone().prop_map(|(a, b)| format!("({a})[keyof ({b})]")),
            two.clone().prop_map(|(a, b)| format!("(({a}) extends infer U ? [U, {b}] : {b})")),
            two.clone().prop_map(|(a, b)| format!("{{ [K in keyof ({a})]?: ({a})[K] | {b} }}")),
            two.clone().prop_map(|(a, b)| format!("{{ [K in Extract<keyof ({a}), string> as `on_${{K}}`]-?: {b} }}")),
            two.clone().prop_map(|(a, b)| format!("((x: {a}) => {b})")),
            two.clone().prop_map(|(a, b)| format!("Record<{a}, {b}>")),
            two.clone().prop_map(|(a, b)| format!("Omit<{a}, keyof ({b})>")),
            two.clone().prop_map(|(a, b)| format!("Exclude<{a}, {b}>")),
            two.prop_map(|(a, b)| format!("R<{a} | {b}>")),
            inner.clone().prop_map(|ty| format!("Partial<{ty}>")),
            inner.clone().prop_map(|ty| format!("Promise<Awaited<{ty}>>")),
            inner.clone().prop_map(|ty| format!("Deep<{ty}>")),
            inner.prop_map(|ty| format!("G<{ty}>")),
        ]
    })
}

/// Declarations that refer to each other in every way.
fn declarations() -> impl Strategy<Value = String> {
    prop::collection::vec(a_type(), 8).prop_map(|types| {
        let [a, b, c, d, e, f, g, h] = types.as_slice() else { unreachable!("eight were asked for") };
        format!(
            "/** {{@link B}} `x */ export interface A {{ a: {a}; b?: {b}; type: 'a' }}
            export interface B extends A {{ c: {c}; f(): void }}
            export interface G<T> {{ v: {d}; g: T; n?: G<T> | null }}
            type Deep<T> = T extends object ? {{ [K in keyof T]?: Deep<T[K]> }} : T;
            export type R<T> = T | R<T>[];
            export enum E {{ X = 'x', Y = 1, Z = {{}} as any }}
            declare const c: {{ readonly k: 'v'; n: {e} }};
            export type T = {f};
            export type X = {g};
            export declare class C {{ private p: A; x: {h}; static fromJSON(data: A): C; }}
            export declare function use(x: X): T;"
        )
    })
}

/// Random input that is the same in every run.
fn check(cases: u32, strategy: impl Strategy<Value = String>) {
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&strategy, |text| {
        // What is refused is as good as what is read; `run` looks at both.
        let _refused = run(&text).is_err();
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// How many random inputs: enough to find a slip at once, and more where somebody asks.
fn cases() -> u32 {
    std::env::var("FUZZ_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(48)
}

#[test]
fn random_declarations_end() {
    check(cases(), declarations());
}

#[test]
fn damaged_declarations_end() {
    const SIGNS: &str = "{}[]()<>|&;:,?=`'\"$*/.\\-\n é\u{1F600}0aT@#";
    let damage = prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..3_u8), 1..6);
    let damaged = (declarations(), damage).prop_map(|(text, damage)| {
        let mut text: Vec<char> = text.chars().collect();
        let signs: Vec<char> = SIGNS.chars().collect();
        for (place, sign, how) in damage {
            let at = place.index(text.len());
            match how {
                0 => text.insert(at, signs[sign.index(signs.len())]),
                1 => text[at] = signs[sign.index(signs.len())],
                _ => drop(text.remove(at)),
            }
        }
        text.into_iter().collect()
    });
    check(cases(), damaged);
}
