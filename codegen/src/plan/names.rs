//! Names: which Rust identifier each upstream name gets, where two would get the same.
//!
//! Nothing in here counts: a name depends on what it names and on what it clashes with, never on how many came before,
//! so that a declaration added upstream moves no other name.

use super::layout::ModulePath;
use crate::rust::{RustIdent, RustPath};
use std::collections::{BTreeMap, BTreeSet};

/// The names of types that are taken, by module.
#[derive(Debug, Default)]
pub(super) struct TypeNames {
    taken: BTreeSet<RustPath>,
    /// The words that the names of types without one were made of.
    words: BTreeMap<RustPath, String>,
}

impl TypeNames {
    /// Takes the first of the candidates that is free in the module.
    pub(super) fn claim(
        &mut self,
        module: &ModulePath,
        candidates: impl IntoIterator<Item = RustIdent>,
    ) -> Option<RustPath> {
        candidates
            .into_iter()
            .map(|name| RustPath { modules: module.clone(), name })
            .find(|path| self.taken.insert(path.clone()))
    }

    /// Takes the first name that is free of those that words make, and remembers the words: what stands inside is named
    /// by them, and of a long name some are left out.
    pub(super) fn claim_words(&mut self, module: &ModulePath, candidates: &[String]) -> Option<RustPath> {
        candidates.iter().find_map(|words| {
            let path = self.claim(module, [RustIdent::upper_camel(words)])?;
            self.words.insert(path.clone(), words.clone());
            Some(path)
        })
    }

    /// The words that the name of a type without one was made of.
    pub(super) fn words(&self, path: &RustPath) -> Option<&str> {
        self.words.get(path).map(String::as_str)
    }

    /// Takes a name that is free once a word is added often enough: the last resort, which cannot fail.
    pub(super) fn claim_with(&mut self, module: &ModulePath, name: &str, word: &str) -> RustPath {
        let mut text = name.to_owned();
        loop {
            text = format!("{text} {word}");
            if let Some(path) = self.claim_words(module, std::slice::from_ref(&text)) {
                return path;
            }
        }
    }
}

/// Gives each of the names an identifier of its own.
///
/// The name that already is the identifier keeps it; where none is, the first one without a minus does. The others say how
/// they are spelled: beside `user_id`, `userId` becomes `user_id_camel`, and `-id` becomes `minus_id` beside `id`. A name that is reserved says that it is upstream's:
/// `unknown` becomes `UnknownLiteral` where `Unknown` is the variant of unknown values.
pub(super) fn distinct(names: &[&str], make: fn(&str) -> RustIdent, reserved: &[&str]) -> Vec<RustIdent> {
    let wanted: Vec<RustIdent> = names.iter().map(|name| make(name)).collect();
    let mut keepers: BTreeMap<&RustIdent, usize> = BTreeMap::new();
    for (index, ident) in wanted.iter().enumerate() {
        let keeper = keepers.entry(ident).or_insert(index);
        if claim(names[index], ident) < claim(names[*keeper], ident) {
            *keeper = index;
        }
    }
    keepers.retain(|ident, _| !reserved.contains(&ident.text()));
    let mut taken: BTreeSet<RustIdent> = keepers.keys().map(|ident| (*ident).clone()).collect();
    taken.extend(reserved.iter().map(|text| make(text)));
    let mut idents = Vec::with_capacity(names.len());
    for (index, ident) in wanted.iter().enumerate() {
        if keepers.get(ident) == Some(&index) {
            idents.push(ident.clone());
            continue;
        }
        let reserved = reserved.contains(&ident.text());
        let spelled = respell(names[index], if reserved { "literal" } else { spelling(names[index]) }, make, &taken);
        taken.insert(spelled.clone());
        idents.push(spelled);
    }
    idents
}

/// How good a claim a name has to an identifier; the least is the best.
fn claim(name: &str, ident: &RustIdent) -> u8 {
    match name {
        _ if name == ident.text() => 0,
        _ if name.starts_with('-') => 2,
        _ => 1,
    }
}

/// Another identifier for a name whose own is taken.
fn respell(name: &str, word: &str, make: fn(&str) -> RustIdent, taken: &BTreeSet<RustIdent>) -> RustIdent {
    let mut text = if name.starts_with('-') { format!("minus {name}") } else { format!("{name} {word}") };
    let mut ident = make(&text);
    if taken.contains(&ident) {
        // Names of one spelling that differ in signs alone (`a--b`, `a-b`): their characters tell them apart.
        let signs: Vec<String> =
            name.chars().filter(|c| !c.is_alphanumeric()).map(|c| format!("u{:x}", u32::from(c))).collect();
        text = format!("{name} {}", signs.join(" "));
        ident = make(&text);
    }
    while taken.contains(&ident) {
        text.push_str(" alternative");
        ident = make(&text);
    }
    ident
}

/// How a name is spelled, in a word.
fn spelling(name: &str) -> &'static str {
    let signs = [
        ('$', "dollar"),
        ('@', "at"),
        ('-', "kebab"),
        ('.', "dotted"),
        ('/', "slashed"),
        (':', "colon"),
        (' ', "spaced"),
    ];
    if name.starts_with('_') {
        return "underscore";
    }
    if let Some((_, word)) = signs.iter().find(|(sign, _)| name.contains(*sign)) {
        return word;
    }
    let upper = name.chars().any(char::is_uppercase);
    let lower = name.chars().any(char::is_lowercase);
    match (upper, lower) {
        (true, false) => "upper",
        (true, true) if name.starts_with(char::is_uppercase) => "pascal",
        (true, true) => "camel",
        (false, _) if name.contains('_') => "snake",
        (false, true) => "lower",
        (false, false) => "literal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(names: &[&str]) -> Vec<String> {
        distinct(names, RustIdent::snake, &[]).iter().map(ToString::to_string).collect()
    }

    fn variants(names: &[&str]) -> Vec<String> {
        distinct(names, RustIdent::upper_camel, &["Unknown"]).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_name_that_is_the_identifier_keeps_it() {
        assert_eq!(fields(&["userId", "user_id"]), ["user_id_camel", "user_id"]);
        assert_eq!(fields(&["user_id", "userId"]), ["user_id", "user_id_camel"]);
    }

    #[test]
    fn where_no_name_is_the_identifier_the_first_keeps_it() {
        assert_eq!(fields(&["userId", "UserId", "USER_ID"]), ["user_id", "user_id_pascal", "user_id_upper"]);
        assert_eq!(fields(&["$id", "@id"]), ["id", "id_at"]);
    }

    #[test]
    fn an_addition_moves_no_other_name() {
        assert_eq!(fields(&["a", "user_id", "userId"])[1..], fields(&["user_id", "userId"])[..]);
    }

    #[test]
    fn variants_tell_their_case_and_leave_the_unknown_arm_alone() {
        assert_eq!(variants(&["a", "A"]), ["ALower", "A"]);
        assert_eq!(variants(&["unknown", "known"]), ["UnknownLiteral", "Known"]);
        assert_eq!(variants(&["+1", "-1"]), ["Plus1", "Minus1"]);
        assert_eq!(variants(&["+name", "-name", "name"]), ["PlusName", "MinusName", "Name"]);
        assert_eq!(variants(&["-moz-box", "-webkit-box"]), ["MozBox", "WebkitBox"]);
    }

    #[test]
    fn names_that_differ_in_signs_alone_are_told_apart() {
        let found = variants(&["a-b", "a--b", "a---b"]);
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 3, "{found:?}");
    }
}
