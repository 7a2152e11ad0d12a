//! Enums, computed.

use super::{Lowered, lower, text};
use crate::model::{DefKind, EnumDef};

fn enumeration<'l>(lowered: &'l Lowered, name: &str) -> &'l EnumDef {
    match &lowered.def(name).kind {
        DefKind::Enum(enumeration) => enumeration,
        other => panic!("no enum: {other:?}"),
    }
}

fn values(lowered: &Lowered, name: &str) -> Vec<String> {
    let members = enumeration(lowered, name).members.iter();
    members
        .map(|member| match &member.value {
            Some(value) => format!("{}={value}", member.name),
            None => format!("{}=?", member.name),
        })
        .collect()
}

#[test]
fn members_count_on() {
    let lowered = lower("export declare enum E { A, B, C = 5, D, F = 'f', G, H = -1, I, 'j k' }").clean();
    assert_eq!(values(&lowered, "E"), ["A=0", "B=1", "C=5", "D=6", "F=\"f\"", "G=?", "H=-1", "I=0", "j k=1"]);
}

#[test]
fn members_compute() {
    let lowered = lower(
        "export declare const enum E {
             A = 1 << 0, B = 1 << 1, C = A | B, D = ~C, F = (E.A + 2) * 3 ** 2, G = 7 % 4 - 1 / 2, H = 0xff >>> 4,
             I = 'x' + A, J = `${I}-${B}`, K = E['B'] ^ 3, L = +1, M = C & 1, N = -8 >> 1,
         }",
    )
    .clean();
    assert_eq!(
        values(&lowered, "E"),
        ["A=1", "B=2", "C=3", "D=-4", "F=27", "G=2.5", "H=15", "I=\"x1\"", "J=\"x1-2\"", "K=1", "L=1", "M=1", "N=-4"]
    );
}

#[test]
fn members_of_others_and_constants() {
    let lowered = lower(
        "declare enum Other { A = 3 } declare const N = 4; declare const T: 'text';
         export declare enum E { A = Other.A, B, C = N, D = T, F = Unknown.A, G = NaN, H = Other['A'] }",
    );
    assert_eq!(values(&lowered, "E"), ["A=3", "B=4", "C=4", "D=\"text\"", "F=?", "G=?", "H=3"]);
}

#[test]
fn circles_end() {
    let lowered = lower(
        "export declare enum A { X = B.X, Y = Y, Z = Later, Later = 1 } export declare enum B { X = A.X }
         declare const c = d; declare const d = c; export declare enum C { X = c }",
    );
    assert_eq!(values(&lowered, "A"), ["X=?", "Y=?", "Z=?", "Later=1"]);
    assert_eq!(values(&lowered, "C"), ["X=?"]);
}

#[test]
fn texts_do_not_grow_without_end() {
    let mut text = String::from("export declare enum E { M0 = 'aaaaaaaaaaaaaaaa'");
    for index in 1..64 {
        text.push_str(&format!(", M{index} = M{0} + M{0}", index - 1));
    }
    let lowered = lower(&(text + " }"));
    assert_eq!(values(&lowered, "E").last().map(String::as_str), Some("M63=?"));
}

#[test]
fn parts_merge_and_count_from_zero() {
    let lowered = lower("export declare enum E { A, B }\nexport declare enum E { C, D = B }").clean();
    assert_eq!(values(&lowered, "E"), ["A=0", "B=1", "C=0", "D=1"]);
}

#[test]
fn members_have_docs_and_places() {
    let lowered = lower("export enum E {\n  /** The a. */\n  A = 'a',\n  B = 'b',\n}").clean();
    let members = &enumeration(&lowered, "E").members;
    assert_eq!(text(members[0].doc.as_ref()), Some("The a."));
    assert_eq!((members[0].location.line, members[0].location.column), (3, 3));
    assert_eq!(members[1].doc, None);
}
