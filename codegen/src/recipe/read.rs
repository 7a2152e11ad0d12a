//! From the text of a recipe to [`Recipe`]: one function a section.

use super::document::{Document, Key, Value, entries};
use super::values::{class_rule, derive_names, docs_base, example, number_rule, wire_case};
use super::{Recipe, RecipeInput, Row, Rows, is_package_name};
use crate::diagnostic::Diagnostic;
use globset::GlobBuilder;
use std::sync::atomic::AtomicBool;
use toml::de::{DeTable, DeValue};

/// The sections of a recipe.
const SECTIONS: [&str; 15] = [
    "package", "files", "numbers", "strings", "nulls", "extra", "wire", "redact", "structs", "class", "rename",
    "types", "derives", "docs", "features",
];

/// No name is longer, and what is compiled from a glob stays small.
const LONGEST_GLOB: usize = 300;

/// Reads a recipe; see [`Recipe::parse`].
pub(super) fn read(name: &str, text: &str) -> Result<Recipe, Vec<Diagnostic>> {
    let (mut document, root) = Document::parse(name, text)?;
    let mut recipe = Recipe { name: name.to_owned(), text: text.to_owned(), ..Recipe::default() };
    let mut has_input = false;
    for (key, value) in entries(&root) {
        let is_input = matches!(key.get_ref().as_ref(), "package" | "files");
        if is_input && has_input {
            document.error(key.span().start, "a recipe has `[package]` or `[files]`, not both");
            continue;
        }
        has_input |= is_input;
        if let Some(table) = section_table(&mut document, key, value) {
            read_section(&mut document, key, table, &mut recipe);
        }
    }
    if !has_input {
        let message = "the recipe does not say where the declarations are";
        document.error_with_hint(0, message, "add `[package]` with `name`, or `[files]` with `paths`");
    }
    match document.finish() {
        found if found.is_empty() => Ok(recipe),
        found => Err(found),
    }
}

fn section_table<'d, 't>(document: &mut Document<'t>, key: &Key<'t>, value: &'d Value<'t>) -> Option<&'d DeTable<'t>> {
    if SECTIONS.contains(&key.get_ref().as_ref()) {
        return document.table(value);
    }
    document.unknown_key(key, "the recipe", &SECTIONS);
    None
}

fn read_section<'t>(document: &mut Document<'t>, key: &Key<'t>, table: &DeTable<'t>, recipe: &mut Recipe) {
    match key.get_ref().as_ref() {
        "package" => read_package(document, key, table, recipe),
        "files" => read_files(document, key, table, recipe),
        "numbers" => read_numbers(document, table, recipe),
        "strings" => read_strings(document, table, recipe),
        "nulls" => read_lists(
            document,
            "[nulls]",
            table,
            &mut [("absent_ok", &mut recipe.absent_ok), ("null_ok", &mut recipe.null_ok), ("merge", &mut recipe.merge)],
        ),
        "extra" => read_lists(document, "[extra]", table, &mut [("capture", &mut recipe.capture)]),
        "redact" => read_lists(document, "[redact]", table, &mut [("fields", &mut recipe.redact)]),
        "structs" => read_structs(document, table, recipe),
        "wire" => read_wire(document, table, recipe),
        "class" => read_classes(document, table, recipe),
        "rename" => recipe.rename = keyed_rows(document, &entries(table), "to", Document::string),
        "types" => recipe.types = keyed_rows(document, &entries(table), "type", Document::string),
        "derives" => recipe.derives = keyed_rows(document, &entries(table), "derive", derive_names),
        "docs" => read_docs(document, table, recipe),
        _ => read_features(document, table, recipe),
    }
}

fn read_package<'t>(document: &mut Document<'t>, key: &Key<'t>, table: &DeTable<'t>, recipe: &mut Recipe) {
    let (mut name, mut entry_points) = (None, Vec::new());
    for (key, value) in entries(table) {
        match key.get_ref().as_ref() {
            "name" => name = package_name(document, value),
            "entries" => entry_points = entry_names(document, value),
            _ => document.unknown_key(key, "`[package]`", &["name", "entries"]),
        }
    }
    if !table.iter().any(|(key, _)| key.get_ref() == "name") {
        document.error(key.span().start, "`[package]` needs `name`");
    }
    recipe.input = RecipeInput::Package { name: name.unwrap_or_default(), entries: entry_points };
}

fn package_name(document: &mut Document<'_>, value: &Value<'_>) -> Option<String> {
    let name = document.string(value)?;
    if !is_package_name(&name) {
        document.error(value.span().start, format!("`{name}` is no name of an npm package"));
        return None;
    }
    Some(name)
}

fn entry_names(document: &mut Document<'_>, value: &Value<'_>) -> Vec<String> {
    let names = document.strings(value);
    for name in &names {
        if name != "." && !name.starts_with("./") {
            let hint = "an entry is an export subpath of the package: `.` or `./name`";
            document.error_with_hint(value.span().start, format!("`{name}` is no entry"), hint);
        }
    }
    names
}

fn read_files<'t>(document: &mut Document<'t>, key: &Key<'t>, table: &DeTable<'t>, recipe: &mut Recipe) {
    let mut paths = Vec::new();
    for (key, value) in entries(table) {
        match key.get_ref().as_ref() {
            "paths" => paths = document.strings(value),
            _ => document.unknown_key(key, "`[files]`", &["paths"]),
        }
    }
    if paths.is_empty() {
        document.error(key.span().start, "`[files]` needs `paths`, with at least one file");
    }
    recipe.input = RecipeInput::Files { paths };
}

fn read_numbers<'t>(document: &mut Document<'t>, table: &DeTable<'t>, recipe: &mut Recipe) {
    let (default, rows): (Vec<_>, Vec<_>) = entries(table).into_iter().partition(|(key, _)| key.get_ref() == "default");
    for (_, value) in default {
        if let Some(rule) = number_rule(document, value) {
            recipe.number_default = rule;
        }
    }
    recipe.numbers = keyed_rows(document, &rows, "type", number_rule);
}

fn read_strings<'t>(document: &mut Document<'t>, table: &DeTable<'t>, recipe: &mut Recipe) {
    for (key, value) in entries(table) {
        match key.get_ref().as_ref() {
            "closed" => recipe.closed = listed_rows(document, value),
            "open" => recipe.open = rows_with_values(document, value),
            _ => document.unknown_key(key, "`[strings]`", &["closed", "open"]),
        }
    }
}

fn read_wire<'t>(document: &mut Document<'t>, table: &DeTable<'t>, recipe: &mut Recipe) {
    for (key, value) in entries(table) {
        let name = key.get_ref().as_ref();
        if !["case", "key", "payload"].contains(&name) {
            document.unknown_key(key, "`[wire]`", &["case", "key", "payload"]);
            continue;
        }
        let Some(table) = document.table(value) else { continue };
        let entries = entries(table);
        match name {
            "case" => recipe.case = keyed_rows(document, &entries, "case", wire_case),
            "key" => recipe.keys = keyed_rows(document, &entries, "key", Document::string),
            _ => recipe.payloads = keyed_rows(document, &entries, "type", Document::string),
        }
    }
}

fn read_structs<'t>(document: &mut Document<'t>, table: &DeTable<'t>, recipe: &mut Recipe) {
    for (key, value) in entries(table) {
        match key.get_ref().as_ref() {
            "non_exhaustive" => recipe.non_exhaustive = listed_rows(document, value),
            "answers_non_exhaustive" => match value.get_ref() {
                DeValue::Boolean(answer) => recipe.answers_non_exhaustive = *answer,
                _ => document.expected(value, "`true` or `false`"),
            },
            _ => document.unknown_key(key, "`[structs]`", &["non_exhaustive", "answers_non_exhaustive"]),
        }
    }
}

fn read_classes<'t>(document: &mut Document<'t>, table: &DeTable<'t>, recipe: &mut Recipe) {
    let mut rows = Vec::new();
    for (key, value) in entries(table) {
        if let Some((rule, why)) = class_rule(document, key, value) {
            rows.extend(row(document, key.span().start, key.get_ref(), rule, Some(why)));
        }
    }
    let at = entries(table).first().map_or(0, |(key, _)| key.span().start);
    recipe.class = table_of(document, at, rows);
}

fn read_docs<'t>(document: &mut Document<'t>, table: &DeTable<'t>, recipe: &mut Recipe) {
    for (key, value) in entries(table) {
        match key.get_ref().as_ref() {
            "base" => recipe.docs_base = docs_base(document, value),
            "examples" => {
                if let Some(table) = document.table(value) {
                    recipe.examples = keyed_rows(document, &entries(table), "code", example);
                }
            }
            _ => document.unknown_key(key, "`[docs]`", &["base", "examples"]),
        }
    }
}

fn read_features<'t>(document: &mut Document<'t>, table: &DeTable<'t>, recipe: &mut Recipe) {
    for (key, value) in entries(table) {
        recipe.features.insert(key.get_ref().to_string(), document.strings(value));
    }
}

/// A section whose keys each hold a list of globs.
fn read_lists<'t>(
    document: &mut Document<'t>,
    section: &str,
    table: &DeTable<'t>,
    targets: &mut [(&str, &mut Rows<()>)],
) {
    let known: Vec<&str> = targets.iter().map(|(key, _)| *key).collect();
    for (key, value) in entries(table) {
        match targets.iter_mut().find(|(name, _)| key.get_ref() == name) {
            Some((_, rows)) => **rows = listed_rows(document, value),
            None => document.unknown_key(key, &format!("`{section}`"), &known),
        }
    }
}

/// `["A.b", { at = "A.b", why = "…" }]`
fn listed_rows<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Rows<()> {
    listed(document, value, |document, element| listed_row(document, element, ["at", "why"], |_, _| ()))
}

/// `["A.b", { at = "A.b", values = ["x"], why = "…" }]`
fn rows_with_values<'t>(document: &mut Document<'t>, value: &Value<'t>) -> Rows<Vec<String>> {
    listed(document, value, |document, element| {
        listed_row(document, element, ["at", "why", "values"], |document, [_, _, values]| {
            values.map(|values| document.strings(values)).unwrap_or_default()
        })
    })
}

fn listed<'t, T>(
    document: &mut Document<'t>,
    value: &Value<'t>,
    read: impl Fn(&mut Document<'t>, &Value<'t>) -> Option<Row<T>>,
) -> Rows<T> {
    let Some(array) = value.get_ref().as_array() else {
        document.expected(value, "an array of globs");
        return Rows::default();
    };
    let rows = array.iter().filter_map(|element| read(document, element)).collect();
    table_of(document, value.span().start, rows)
}

/// A row of a list. `known` are the fields of one that is a table, its glob and its reason first; `read` takes what such
/// a row says from them.
fn listed_row<'t, T: Default, const N: usize>(
    document: &mut Document<'t>,
    element: &Value<'t>,
    known: [&str; N],
    read: impl Fn(&mut Document<'t>, [Option<&Value<'t>>; N]) -> T,
) -> Option<Row<T>> {
    let at = element.span().start;
    match element.get_ref() {
        DeValue::String(glob) => row(document, at, glob, T::default(), None),
        DeValue::Table(table) => {
            let found = fields(document, table, known);
            let why = found[1].and_then(|why| document.string(why));
            let Some(glob) = found[0] else {
                document.error(at, "a row needs `at`, the glob");
                return None;
            };
            let text = document.string(glob)?;
            let value = read(document, found);
            row(document, glob.span().start, &text, value, why)
        }
        _ => {
            document.expected(element, "a glob, or a table with `at` and `why`");
            None
        }
    }
}

/// `"glob" = value` or `"glob" = { <field> = value, why = "…" }`
fn keyed_rows<'t, T>(
    document: &mut Document<'t>,
    entries: &[(&Key<'t>, &Value<'t>)],
    field: &str,
    read: impl Fn(&mut Document<'t>, &Value<'t>) -> Option<T>,
) -> Rows<T> {
    let mut rows = Vec::new();
    for (key, value) in entries {
        let (value, why) = match value.get_ref() {
            DeValue::Table(table) => {
                let [inner, why] = fields(document, table, [field, "why"]);
                let Some(inner) = inner else {
                    let message = format!("the row `{}` needs `{field}`", key.get_ref());
                    let hint = "a glob with a dot in it stands between quotes: `\"Type.field\"`";
                    document.error_with_hint(key.span().start, message, hint);
                    continue;
                };
                (inner, why.and_then(|why| document.string(why)))
            }
            _ => (*value, None),
        };
        let Some(value) = read(document, value) else { continue };
        rows.extend(row(document, key.span().start, key.get_ref(), value, why));
    }
    let at = entries.first().map_or(0, |(key, _)| key.span().start);
    table_of(document, at, rows)
}

fn table_of<T>(document: &mut Document<'_>, at: usize, rows: Vec<Row<T>>) -> Rows<T> {
    Rows::new(rows).unwrap_or_else(|error| {
        document.error(at, format!("the globs of this table are too much: {}", error.kind()));
        Rows::default()
    })
}

/// The values of a table's fields; all others are unknown.
pub(super) fn fields<'d, 't, const N: usize>(
    document: &mut Document<'t>,
    table: &'d DeTable<'t>,
    known: [&str; N],
) -> [Option<&'d Value<'t>>; N] {
    let mut found = [None; N];
    for (key, value) in entries(table) {
        match known.iter().position(|name| key.get_ref() == name) {
            Some(index) => found[index] = Some(value),
            None => document.unknown_key(key, "this row", &known),
        }
    }
    found
}

fn row<T>(document: &mut Document<'_>, at: usize, text: &str, value: T, why: Option<String>) -> Option<Row<T>> {
    if text.is_empty() || text.len() > LONGEST_GLOB {
        document.error(at, format!("a glob has from 1 to {LONGEST_GLOB} characters"));
        return None;
    }
    // The same on every machine: a backslash escapes, and a star matches dots and slashes too. `X{,JSON}` is X as well.
    let mut glob = GlobBuilder::new(text);
    match glob.backslash_escape(true).literal_separator(false).empty_alternates(true).build() {
        Ok(glob) => {
            let (text, used) = (text.to_owned(), AtomicBool::new(false));
            Some(Row { text, glob, value, why, offset: at, used })
        }
        Err(error) => {
            document.error(at, format!("`{text}` is no glob: {}", error.kind()));
            None
        }
    }
}
