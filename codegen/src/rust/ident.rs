//! The only maker of Rust identifiers.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// A valid Rust identifier, raw (`r#type`) where its text is a keyword. Copies share the text: paths are copied often.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RustIdent(Arc<str>);

impl RustIdent {
    /// A type's or variant's name: `SessionJSON` → `SessionJson`, `2fa` → `_2fa`, `` → `Empty`.
    pub fn upper_camel(text: &str) -> Self {
        if !text.is_empty() && is_simple(text) {
            return Self::allowed(text.split(is_gap).map(capitalized).collect());
        }
        Self::from_words(&spell(text), str::to_upper_camel_case, "Empty")
    }

    /// A field's or module's name: `createdAt` → `created_at`, `type` → `r#type`, `self` → `self_`.
    pub fn snake(text: &str) -> Self {
        if is_snake(text) && !text.starts_with(|c: char| c.is_ascii_digit()) {
            return Self::allowed(text.to_owned());
        }
        Self::from_words(&spell(text), str::to_snake_case, "empty")
    }

    /// A constant's name.
    pub fn shouty(text: &str) -> Self {
        Self::from_words(&spell(text), str::to_shouty_snake_case, "EMPTY")
    }

    /// The text without `r#`.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The identifier as a token.
    pub fn token(&self) -> Ident {
        if is_raw_keyword(&self.0) {
            Ident::new_raw(&self.0, Span::call_site())
        } else {
            Ident::new(&self.0, Span::call_site())
        }
    }

    fn from_words(words: &str, case: impl Fn(&str) -> String, empty: &str) -> Self {
        let cased = normal(&case(words)).into_owned();
        let mut text: String = cased.chars().filter(|&c| c == '_' || unicode_ident::is_xid_continue(c)).collect();
        if text.is_empty() {
            text.push_str(empty);
        }
        if !text.starts_with(unicode_ident::is_xid_start) && !text.starts_with('_') {
            text.insert(0, '_');
        }
        Self::allowed(text)
    }

    /// The identifier of a text that is one, but may be reserved.
    fn allowed(mut text: String) -> Self {
        // These cannot be raw identifiers (Rust reference, "Identifiers").
        if matches!(text.as_str(), "self" | "Self" | "super" | "crate" | "_") {
            text.push('_');
        }
        Self(text.into())
    }
}

/// Whether a text is words of letters with a gap between, in which each capital begins a word: nothing in it needs the
/// rules for abbreviations, digits and signs.
fn is_simple(text: &str) -> bool {
    let is_word = |word: &str| {
        let bytes = word.as_bytes();
        let capitals_apart = bytes.windows(2).all(|pair| !pair.iter().all(u8::is_ascii_uppercase));
        !word.is_empty() && capitals_apart && bytes.iter().all(u8::is_ascii_alphabetic)
    };
    text.split(is_gap).all(is_word)
}

fn is_gap(sign: char) -> bool {
    matches!(sign, ' ' | '_')
}

fn capitalized(word: &str) -> String {
    let mut word = word.to_owned();
    word[..1].make_ascii_uppercase();
    word
}

/// Whether a text is words of small letters and digits with a `_` between, which no case changes.
fn is_snake(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.split('_').all(is_word)
}

/// The form NFKC, in which Rust compares names: it warns of characters that are not in it.
fn normal(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

/// Signs that have no place in an identifier but tell names apart, spelled as words: `+1` and `-1`, `$ref` is `ref`
/// only where nothing else is; a leading sign counts, separators (`-`, `.`, `/`, space, `:`) only split words.
fn spell(text: &str) -> String {
    let mut words = String::new();
    let text = normal(text);
    let mut signs = text.chars().peekable();
    let mut first = true;
    while let Some(c) = signs.next() {
        let digit_next = signs.peek().is_some_and(char::is_ascii_digit);
        let word = match c {
            '-' if first && digit_next => " minus ",
            '+' => " plus ",
            '*' => " star ",
            '<' => " less ",
            '>' => " greater ",
            '=' => " equal ",
            '!' => " not ",
            '%' => " percent ",
            '&' => " and ",
            '~' => " tilde ",
            '^' => " caret ",
            '|' => " or ",
            '?' => " question ",
            '#' => " hash ",
            _ => "",
        };
        match word {
            "" if c.is_alphanumeric() || c == '_' => words.push(c),
            "" => words.push(' '),
            word => words.push_str(word),
        }
        first = false;
    }
    words
}

/// Strict and reserved keywords of all editions up to 2024 that may be raw (Rust reference, "Keywords").
fn is_raw_keyword(text: &str) -> bool {
    matches!(
        text,
        "abstract"
            | "as"
            | "async"
            | "await"
            | "become"
            | "box"
            | "break"
            | "const"
            | "continue"
            | "do"
            | "dyn"
            | "else"
            | "enum"
            | "extern"
            | "false"
            | "final"
            | "fn"
            | "for"
            | "gen"
            | "if"
            | "impl"
            | "in"
            | "let"
            | "loop"
            | "macro"
            | "match"
            | "mod"
            | "move"
            | "mut"
            | "override"
            | "priv"
            | "pub"
            | "ref"
            | "return"
            | "static"
            | "struct"
            | "trait"
            | "true"
            | "try"
            | "type"
            | "typeof"
            | "unsafe"
            | "unsized"
            | "use"
            | "virtual"
            | "where"
            | "while"
            | "yield"
    )
}

impl fmt::Display for RustIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_raw_keyword(&self.0) { write!(f, "r#{}", &self.0) } else { f.write_str(&self.0) }
    }
}

impl fmt::Debug for RustIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn the_short_way_gives_the_same(text in "[a-zA-Z_ 0-9]{0,12}") {
            let camel = RustIdent::from_words(&spell(&text), str::to_upper_camel_case, "Empty");
            proptest::prop_assert_eq!(RustIdent::upper_camel(&text), camel);
            let snake = RustIdent::from_words(&spell(&text), str::to_snake_case, "empty");
            proptest::prop_assert_eq!(RustIdent::snake(&text), snake);
        }
    }
}
