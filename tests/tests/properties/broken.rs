//! Breaks documents: what a hostile sender, a bad wire or another version of the sender makes of them.

use crate::choices::Choices;
use crate::doc::Doc;

/// What takes the place of a value.
const VALUES: &[&str] = &[
    "null",
    "true",
    "-0",
    "1.5",
    "1e21",
    "1e400",
    "-1e400",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "123456789012345678901234567890",
    "0.0000000000000000000000000001",
    "\"\"",
    "\"\\ud800\"",
    "\"\\ud83e\\udd80\"",
    "\"\\u0000\"",
    "[]",
    "{}",
    "[[],{}]",
    "{\"$serde_json::private::Number\":\"1\"}",
    "{\"$serde_json::private::RawValue\":\"1\"}",
    "[",
    "nul",
    "01",
    "+1",
    "NaN",
];

/// Breaks a document in one way or several; its text.
pub fn broken(mut doc: Doc, choices: &mut Choices<'_>) -> String {
    for _ in 0..=choices.below(3) {
        break_tree(&mut doc, choices);
    }
    let text = doc.to_string();
    match choices.below(8) {
        0 => cut(&text, choices).to_owned(),
        1 => {
            let at = cut(&text, choices).len();
            let other = *choices.one_of(&["\"", "}", "]", ",", ":", "\u{0}", "\\", "1", " ", "é"]);
            let rest: String = text[at..].chars().skip(1).collect();
            format!("{}{other}{rest}", &text[..at])
        }
        2 => format!("{text}{text}"),
        3 => format!(" \n\t{text}\r\n "),
        _ => text,
    }
}

/// The text up to some place.
fn cut<'t>(text: &'t str, choices: &mut Choices<'_>) -> &'t str {
    let mut at = choices.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}

fn break_tree(doc: &mut Doc, choices: &mut Choices<'_>) {
    let at = choices.below(doc.size());
    let Some(place) = doc.nth(at) else { return };
    match (choices.below(10), &mut *place) {
        (0, Doc::Object(entries)) if !entries.is_empty() => {
            let gone = choices.below(entries.len());
            entries.remove(gone);
        }
        (1, Doc::Object(entries)) if !entries.is_empty() => {
            let twice = entries[choices.below(entries.len())].clone();
            let to = choices.below(entries.len() + 1);
            entries.insert(to, twice);
        }
        (2, Doc::Object(entries)) => {
            let value = (*choices.one_of(VALUES)).to_owned();
            entries.push(("undeclared".to_owned(), Doc::Plain(value)));
        }
        (3, _) => {
            let depth = *choices.one_of(&[2, 100, 126, 127, 128, 129, 1_000, 20_000]);
            *place = Doc::Plain(nested(place, depth, choices));
        }
        (4, Doc::List(list)) if !list.is_empty() => {
            let one = list[0].clone();
            list.extend(std::iter::repeat_n(one, 2_000));
        }
        (5, Doc::Object(entries)) => {
            let keys = (0..500).map(|n| (format!("key_{n}"), Doc::null()));
            entries.extend(keys);
        }
        (6, Doc::List(_) | Doc::Object(_)) => *place = Doc::List(vec![place.clone()]),
        _ => *place = Doc::Plain((*choices.one_of(VALUES)).to_owned()),
    }
}

/// A value inside of so many arrays or objects.
fn nested(inner: &Doc, depth: usize, choices: &mut Choices<'_>) -> String {
    let (open, close) = *choices.one_of(&[("[", "]"), ("{\"data\":", "}")]);
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}
