//! What rows say: the values on their right-hand side.

use super::document::{Document, Key, Value, backticked};
use super::read::fields;
use super::{ClassRule, NumberRule, WireCase};
use crate::rust::{IntTy, When};
use toml::de::{DeInteger, DeValue};

/// What the standard library can derive, beside what every generated type derives anyway.
const STANDARD_DERIVES: [&str; 7] = ["Copy", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// `"f64"`, an integer type, `"UnixMillis"` or `"UnixSeconds"`.
pub(super) fn number_rule(document: &mut Document<'_>, value: &Value<'_>) -> Option<NumberRule> {
    let known = [
        ("f64", NumberRule::Float),
        ("i32", NumberRule::Int(IntTy::I32)),
        ("i64", NumberRule::Int(IntTy::I64)),
        ("u32", NumberRule::Int(IntTy::U32)),
        ("u64", NumberRule::Int(IntTy::U64)),
        ("UnixMillis", NumberRule::UnixMillis),
        ("UnixSeconds", NumberRule::UnixSeconds),
    ];
    one_of(document, value, "number type", &known)
}

/// `"snake"` and the like.
pub(super) fn wire_case(document: &mut Document<'_>, value: &Value<'_>) -> Option<WireCase> {
    let known = [
        ("snake", WireCase::Snake),
        ("deep-snake", WireCase::DeepSnake),
        ("camel", WireCase::Camel),
        ("kebab", WireCase::Kebab),
    ];
    one_of(document, value, "case", &known)
}

/// Names of derive macros: the standard library's by name, others by path.
pub(super) fn derive_names(document: &mut Document<'_>, value: &Value<'_>) -> Option<Vec<String>> {
    let names = document.strings(value);
    for name in &names {
        if !STANDARD_DERIVES.contains(&name.as_str()) && !is_path(name) {
            let message = format!("`{name}` is nothing that can be derived");
            let hint = format!("one of {}, or a macro's path, `krate::Macro`", backticked(&STANDARD_DERIVES));
            document.error_with_hint(value.span().start, message, hint);
        }
    }
    Some(names)
}

/// A path of at least two plain identifiers.
fn is_path(text: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    text.contains("::") && text.trim_start_matches("::").split("::").all(is_word)
}

/// The address that relative links are relative to.
pub(super) fn docs_base(document: &mut Document<'_>, value: &Value<'_>) -> Option<String> {
    let base = document.string(value)?;
    let is_address = base.starts_with("https://") || base.starts_with("http://");
    // Characters that could end a Markdown link have no place in an address.
    if !is_address || base.contains(|c: char| c.is_whitespace() || c.is_control() || "<>()[]\"'`\\".contains(c)) {
        document.error(value.span().start, "`base` is the address of a web page, `https://…`");
    }
    Some(base)
}

/// The code of an example. It is for the compiler to say whether it is Rust; nothing at all would be a test that cannot
/// fail.
pub(super) fn example(document: &mut Document<'_>, value: &Value<'_>) -> Option<String> {
    let code = document.string(value)?;
    if code.trim().is_empty() {
        document.error(value.span().start, "an example has code");
        return None;
    }
    Some(code)
}

/// A `[class."Type.field"]` table, and its `why`.
pub(super) fn class_rule<'t>(
    document: &mut Document<'t>,
    key: &Key<'t>,
    value: &Value<'t>,
) -> Option<(ClassRule, String)> {
    let at = key.span().start;
    let DeValue::Table(table) = value.get_ref() else {
        document.expected(value, "a table");
        return None;
    };
    let [from, default, when, why] = fields(document, table, ["from", "default", "when", "why"]);
    let whens = [("absent", When::Absent), ("nullish", When::Nullish), ("falsy", When::Falsy)];
    let mut rule = ClassRule {
        from: from.map(|from| document.strings(from)),
        default: default.and_then(|default| json_text(document, default)),
        when: when.and_then(|when| one_of(document, when, "condition", &whens)).unwrap_or_default(),
    };
    if from.is_none() && default.is_none() && when.is_none() {
        document.error(at, format!("the row `{}` says nothing: it needs `from` or `default`", key.get_ref()));
    }
    if when.is_some() && default.is_none() {
        if rule.when != When::Falsy {
            document.error(at, format!("the row `{}` has `when` and no `default`", key.get_ref()));
        }
        // TOML has no null: a falsy value for which nothing stands in is none.
        rule.default = Some("null".to_owned());
    }
    let Some(why) = why else {
        document.error(at, format!("the row `{}` needs `why`", key.get_ref()));
        return None;
    };
    Some((rule, document.string(why)?))
}

/// A TOML value as JSON text.
pub(super) fn json_text(document: &mut Document<'_>, value: &Value<'_>) -> Option<String> {
    let json = json_value(document, value)?;
    Some(json.to_string())
}

fn json_value(document: &mut Document<'_>, value: &Value<'_>) -> Option<serde_json::Value> {
    Some(match value.get_ref() {
        DeValue::String(text) => serde_json::Value::from(text.as_ref()),
        DeValue::Boolean(flag) => serde_json::Value::from(*flag),
        DeValue::Integer(integer) => match integer_value(integer) {
            Some(number) => serde_json::Value::from(number),
            None => return refuse(document, value, "the integer does not fit into 64 bits"),
        },
        DeValue::Float(float) => match float.as_str().parse::<f64>().ok().and_then(serde_json::Number::from_f64) {
            Some(number) => serde_json::Value::from(number),
            None => return refuse(document, value, "JSON has no such number"),
        },
        DeValue::Array(array) => {
            let elements: Vec<_> = array.iter().filter_map(|element| json_value(document, element)).collect();
            serde_json::Value::from(elements)
        }
        DeValue::Table(table) => {
            let entries = super::document::entries(table).into_iter();
            let members =
                entries.filter_map(|(key, value)| Some((key.get_ref().to_string(), json_value(document, value)?)));
            serde_json::Value::Object(members.collect())
        }
        DeValue::Datetime(_) => return refuse(document, value, "JSON has no dates; write it as a string"),
    })
}

fn integer_value(integer: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn refuse<T>(document: &mut Document<'_>, value: &Value<'_>, message: &str) -> Option<T> {
    document.error(value.span().start, message);
    None
}

/// What a word means.
fn one_of<T: Copy>(document: &mut Document<'_>, value: &Value<'_>, what: &str, known: &[(&str, T)]) -> Option<T> {
    let word = document.string(value)?;
    if let Some((_, meaning)) = known.iter().find(|(name, _)| *name == word) {
        return Some(*meaning);
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    document.error_with_hint(
        value.span().start,
        format!("`{word}` is no {what}"),
        format!("one of {}", backticked(&names)),
    );
    None
}
