//! The census's words for the generator's shapes.

use dts_codegen::model::Literal;
use dts_codegen::schema::{Fallback, LibraryShape, Record, Schema, Shape};

/// Whether `null` is among the values.
pub fn is_nullable(schema: &Schema, shape: &Shape) -> bool {
    match schema.resolve(shape) {
        Shape::Null => true,
        Shape::Union(arms) => arms.iter().any(|arm| is_nullable(schema, arm)),
        _ => false,
    }
}

/// Names shapes.
pub struct Kinds<'a> {
    pub schema: &'a Schema,
}

impl<'a> Kinds<'a> {
    /// Whether a word of the census and one of ours mean the same. Objects are `object` here, whatever their name.
    pub fn same(said: &str, ours: &str) -> bool {
        let said = if is_object(said) { "object" } else { said };
        let nothing = |word: &str| word == "never" || word == "undefined";
        if nothing(said) && nothing(ours) || said == "binary" && ours == "erased (library-type)" {
            return true;
        }
        match (said.strip_suffix("[]"), ours.strip_suffix("[]")) {
            (Some(said), Some(ours)) => Self::same(said, ours),
            _ => said == ours || split(said) == split(ours),
        }
    }

    /// The word for a shape, null aside.
    pub fn word(&self, shape: &Shape) -> String {
        let mut arms = Vec::new();
        self.flatten(shape, &mut arms);
        if arms.len() == 1 {
            return self.single(arms[0]);
        }
        if arms.is_empty() {
            return "null".to_owned();
        }
        let mut literals = Vec::new();
        for arm in &arms {
            match arm {
                Shape::Literal(literal) => literals.push(literal.value.to_string()),
                Shape::Enum(members) => literals.extend(members.iter().map(|member| member.value.to_string())),
                Shape::Boolean => literals.extend(["true".to_owned(), "false".to_owned()]),
                _ => return Self::mixed(&arms).to_owned(),
            }
        }
        literals.sort();
        literals.dedup();
        let word = literals.join("|");
        if word == "false|true" { "boolean".to_owned() } else { word }
    }

    /// The anonymous records in a shape, those in arrays too, in order.
    pub fn anonymous(&self, shape: &'a Shape) -> Vec<&'a Record> {
        match shape {
            Shape::Record(record) => vec![record],
            Shape::Array(element) => self.anonymous(element),
            Shape::Union(arms) => arms.iter().flat_map(|arm| self.anonymous(arm)).collect(),
            _ => Vec::new(),
        }
    }

    fn mixed(arms: &[&Shape]) -> &'static str {
        let strings = |shape: &&&Shape| matches!(shape, Shape::String | Shape::Template(_)) || is_text(shape);
        if arms.iter().filter(strings).count() == arms.len() { "string" } else { "union" }
    }

    fn flatten<'s>(&'s self, shape: &'s Shape, out: &mut Vec<&'s Shape>) {
        match self.schema.resolve(shape) {
            Shape::Null => {}
            Shape::Union(arms) => arms.iter().for_each(|arm| self.flatten(arm, out)),
            other => out.push(other),
        }
    }

    fn single(&self, shape: &Shape) -> String {
        match shape {
            Shape::Any(Fallback::Any) => "any".to_owned(),
            Shape::Any(Fallback::Unknown) => "unknown".to_owned(),
            Shape::NonNull(Fallback::Unknown) => "map".to_owned(),
            Shape::Any(other) | Shape::NonNull(other) => format!("erased ({})", other.as_str()),
            Shape::Never => "never".to_owned(),
            Shape::Undefined => "undefined".to_owned(),
            Shape::String | Shape::OpenString => "string".to_owned(),
            Shape::Number => "number".to_owned(),
            Shape::Boolean => "boolean".to_owned(),
            Shape::Literal(literal) => literal.value.to_string(),
            Shape::Template(_) => "template".to_owned(),
            Shape::Library(LibraryShape::Date) => "Date".to_owned(),
            Shape::Library(LibraryShape::Url) => "URL".to_owned(),
            Shape::Array(element) => format!("{}[]", self.word(element)),
            Shape::Tuple(_) => "tuple".to_owned(),
            Shape::Enum(members) => join(members.iter().map(|member| member.value.to_string())),
            Shape::Record(_) => "object".to_owned(),
            other => format!("{other:?}"),
        }
    }
}

fn is_text(shape: &Shape) -> bool {
    matches!(shape, Shape::Literal(literal) if matches!(literal.value, Literal::String(_)))
}

fn join(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    words.sort();
    words.dedup();
    words.join("|")
}

/// The literals of a word, in an order of no meaning.
fn split(word: &str) -> Vec<&str> {
    let mut words: Vec<&str> = word.split('|').collect();
    words.sort_unstable();
    words
}

/// A name, `{}` or `map`: what the census says of objects.
fn is_object(word: &str) -> bool {
    const WORDS: [&str; 17] = [
        "binary",
        "any",
        "unknown",
        "never",
        "undefined",
        "null",
        "string",
        "number",
        "boolean",
        "template",
        "tuple",
        "union",
        "function",
        "operator",
        "Date",
        "URL",
        "true",
    ];
    let is_literal = word.starts_with('"') || word.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    !is_literal && !word.ends_with("[]") && word != "false" && !WORDS.contains(&word)
}
