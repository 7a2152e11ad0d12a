//! A TOML document whose parts know where they stand, and what is wrong with them.

use crate::diagnostic::{Code, Diagnostic, Place, Severity};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

/// A key and where it stands.
pub(super) type Key<'t> = Spanned<DeString<'t>>;
/// A value and where it stands.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// The file that is read, and everything that was found wrong with it so far.
pub(super) struct Document<'t> {
    name: &'t str,
    text: &'t str,
    found: Vec<Diagnostic>,
}

impl<'t> Document<'t> {
    /// Parses the file. Its root table is handed out beside the document, so that both can be used at once.
    ///
    /// # Errors
    ///
    /// All places where it is no TOML.
    pub(super) fn parse(name: &'t str, text: &'t str) -> Result<(Self, DeTable<'t>), Vec<Diagnostic>> {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut document = Self { name, text, found: Vec::new() };
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            // The parser's messages may span lines; the first says what is wrong, the rest what was expected.
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            document.error(at, message);
        }
        match document.found.is_empty() {
            true => Ok((document, root.into_inner())),
            false => Err(document.found),
        }
    }

    /// Notes an error at a byte of the text.
    pub(super) fn error(&mut self, at: usize, message: impl Into<String>) {
        self.found.push(recipe_error(Code::Recipe, place(self.name, self.text, at), message.into()));
    }

    /// Notes an error, with what to do about it.
    pub(super) fn error_with_hint(&mut self, at: usize, message: impl Into<String>, hint: impl Into<String>) {
        let error = recipe_error(Code::Recipe, place(self.name, self.text, at), message.into());
        self.found.push(error.with_hint(hint));
    }

    /// Notes that a key is unknown, and names those that are known.
    pub(super) fn unknown_key(&mut self, key: &Key<'_>, context: &str, known: &[&str]) {
        let message = format!("unknown key `{}` in {context}", key.get_ref());
        self.error_with_hint(key.span().start, message, format!("known here: {}", backticked(known)));
    }

    /// Notes that a value is of the wrong kind.
    pub(super) fn expected(&mut self, value: &Value<'_>, expected: &str) {
        let message = format!("expected {expected}, found {}", kind(value));
        self.error(value.span().start, message);
    }

    /// A string.
    pub(super) fn string(&mut self, value: &Value<'_>) -> Option<String> {
        if let Some(text) = value.get_ref().as_str() {
            return Some(text.to_owned());
        }
        self.expected(value, "a string");
        None
    }

    /// An array of strings. Elements that are no strings are noted and left out.
    pub(super) fn strings(&mut self, value: &Value<'_>) -> Vec<String> {
        let Some(array) = value.get_ref().as_array() else {
            self.expected(value, "an array of strings");
            return Vec::new();
        };
        array.iter().filter_map(|element| self.string(element)).collect()
    }

    /// A table.
    pub(super) fn table<'d>(&mut self, value: &'d Value<'t>) -> Option<&'d DeTable<'t>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        self.expected(value, "a table");
        None
    }

    /// What was found wrong.
    pub(super) fn finish(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// The entries of a table in the order in which they are written; the parser sorts them by key.
pub(super) fn entries<'d, 't>(table: &'d DeTable<'t>) -> Vec<(&'d Key<'t>, &'d Value<'t>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// An error in the recipe.
pub(super) fn recipe_error(code: Code, place: Place, message: String) -> Diagnostic {
    Diagnostic { code, severity: Severity::Error, message, place, hint: None }
}

/// The line and column of a byte of the text.
pub(super) fn place(name: &str, text: &str, at: usize) -> Place {
    let before = text.get(..at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.matches('\n').count() + 1;
    let column = before[line_start..].chars().count() + 1;
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Place::Text { name: name.to_owned(), text: text.to_owned(), line: count(line), column: count(column) }
}

/// Words as code, between commas.
pub(super) fn backticked(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn kind(value: &Value<'_>) -> &'static str {
    match value.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
