//! Which comment belongs to what.

use super::{lower, property, text};
use crate::model::{DefKind, Ty};

fn arms(source: &str) -> Vec<Option<String>> {
    let lowered = lower(source).clean();
    match lowered.ty("X") {
        Ty::Union(arms) => arms.iter().map(|arm| arm.doc.as_ref().map(|doc| doc.text.clone())).collect(),
        other => panic!("no union: {other:?}"),
    }
}

fn some(texts: [&str; 2]) -> Vec<Option<String>> {
    texts.map(|text| (!text.is_empty()).then(|| text.to_owned())).to_vec()
}

#[test]
fn comments_of_declarations_and_properties() {
    let lowered = lower(
        "/** The file. @packageDocumentation */\nimport './none';\n/** The X. */\nexport declare interface X {\n  /** The a. */\n  readonly a: 1;\n  b: 2;\n  /** The c. */\n  c(): void;\n}",
    );
    let DefKind::Interface(interface) = &lowered.def("X").kind else { panic!("an interface") };
    assert_eq!(text(lowered.def("X").doc.as_ref()), Some("The X."));
    assert_eq!(text(property(&interface.members, "a").doc.as_ref()), Some("The a."));
    assert_eq!(property(&interface.members, "b").doc, None);
    let doc = lowered.def("X").doc.as_ref().expect("a doc");
    assert_eq!((doc.location.line, doc.location.column), (3, 1));
}

#[test]
fn the_comment_of_a_file_is_none_of_its_first_declaration() {
    let lowered = lower("/**\n * The file.\n * @packageDocumentation\n */\nexport type X = 1;").clean();
    assert_eq!(lowered.def("X").doc, None);
}

#[test]
fn comments_before_arms() {
    assert_eq!(arms("export type X =\n  /** A. */\n  | 'a'\n  /** B. */\n  | 'b';"), some(["A.", "B."]));
    assert_eq!(arms("export type X = | /** A. */ 'a' | /** B. */ 'b';"), some(["A.", "B."]));
    assert_eq!(arms("export type X = /** A. */ 'a' | 'b';"), some(["A.", ""]));
    assert_eq!(arms("/** The X. */\nexport type X =\n  | 'a'\n  | /** B. */\n    'b';"), some(["", "B."]));
}

#[test]
fn comments_at_the_end_of_the_line_of_an_arm() {
    assert_eq!(arms("export type X =\n  | 'a' /** A. */\n  | 'b' /** B. */;\nexport {};"), some(["A.", "B."]));
    assert_eq!(arms("export type X =\n  | 'a' /** A. */\n  | 'b'; /** B. */\nexport {};"), some(["A.", "B."]));
    assert_eq!(arms("export type X =\n  | 'a' /**/\n  | 'b';\n/** Y. */\nexport type Y = 1;"), some(["", ""]));
}

#[test]
fn parts_join_their_comments() {
    let lowered = lower("/** One. */ export interface X { a: 1 }\n/** Two. */ export interface X { b: 1 }").clean();
    assert_eq!(text(lowered.def("X").doc.as_ref()), Some("One.\n\nTwo."));
}

#[test]
fn declarators_have_comments_of_their_own() {
    let lowered = lower("/** All. */\nexport declare const a: 1,\n  /** The b. */\n  b: 2;").clean();
    assert_eq!(text(lowered.def("a").doc.as_ref()), Some("All."));
    assert_eq!(text(lowered.def("b").doc.as_ref()), Some("The b."));
}
