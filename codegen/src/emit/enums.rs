//! Enums of literals.

use super::nodes;
use super::structs::{code_span, derives, head_attributes};
use super::table::{self, Table};
use super::{Chunk, names::Names};
use crate::model::{Literal, NumberLit};
use crate::rust::{LiteralEnum, RustIdent};
use syn::Variant;

/// What the values of an enum are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// Strings.
    Text,
    /// Integers.
    Integer,
    /// Numbers, some with a fraction.
    Float,
}

/// What the values of an enum are; whatever is no number is text.
pub(super) fn values(item: &LiteralEnum) -> Values {
    let number = |literal: &Literal| match literal {
        Literal::Number(NumberLit(number)) => Some(*number),
        Literal::BigInt(digits) => digits.parse::<i32>().ok().map(f64::from),
        _ => None,
    };
    let numbers: Option<Vec<f64>> = item.variants.iter().map(|variant| number(&variant.value)).collect();
    match numbers {
        // Beyond 2^53 a literal is no longer the integer it is written as.
        Some(numbers) if numbers.iter().all(|n| n.fract() == 0.0 && n.abs() <= 9_007_199_254_740_992.0) => {
            Values::Integer
        }
        Some(_) => Values::Float,
        None => Values::Text,
    }
}

/// An enum of literals and its table.
pub(super) fn emit_literal_enum(item: &LiteralEnum, names: &mut Names, out: &mut Vec<Chunk>) {
    let values = values(item);
    let unknown = (!item.closed).then(|| unknown_name(item.variants.iter().map(|variant| &variant.name)));
    let mut head = item.head.clone();
    // What the table gives is not derived once more, whatever a row asks for.
    head.derives.retain(|name| !of_table(values).contains(&name.as_str()));
    let mut attrs = head_attributes(&head, [derives(&head, true, &extra_derives(values, item.closed))]);
    attrs.extend(unknown.as_ref().map(|_| nodes::word("non_exhaustive")));
    let variants = item.variants.iter().map(|variant| {
        let doc =
            if variant.doc.is_empty() { vec![code_span(&variant.value.to_string())] } else { variant.doc.clone() };
        nodes::variant(nodes::attributes(&doc, variant.deprecated.as_deref(), false), variant.name.token(), None)
    });
    let mut variants: Vec<Variant> = variants.collect();
    variants.extend(unknown.as_ref().map(|unknown| unknown_arm(unknown, values, item, names)));
    out.push(Chunk::item(nodes::enumeration(&item.head, attrs, variants)));
    out.push(Chunk::Text(enum_table(item, values, unknown.as_ref(), names)));
}

fn extra_derives(values: Values, closed: bool) -> Vec<&'static str> {
    match values {
        Values::Text if closed => vec!["Copy", "Eq"],
        Values::Text => vec!["Eq"],
        Values::Integer => vec!["Copy", "Eq", "Hash"],
        Values::Float => vec!["Copy"],
    }
}

/// What could be derived and comes from the table of an enum's values.
fn of_table(values: Values) -> &'static [&'static str] {
    match values {
        Values::Text => &["Hash", "Ord", "PartialOrd"],
        Values::Integer | Values::Float => &["PartialOrd"],
    }
}

fn unknown_arm(unknown: &RustIdent, values: Values, item: &LiteralEnum, names: &mut Names) -> Variant {
    let number = match values {
        Values::Text => None,
        Values::Integer => Some("i64"),
        Values::Float => Some("f64"),
    };
    let number = number.map(|number| nodes::type_of(nodes::path(number)));
    let args = [nodes::own_type(&item.head)].into_iter().chain(number);
    let payload = nodes::type_of(nodes::with_args(names.of_support("UnknownValue"), args));
    nodes::variant(nodes::doc(&[UNKNOWN_VALUE_DOC]).collect(), unknown.token(), Some(payload))
}

const UNKNOWN_VALUE_DOC: &str = "A value that was not known when this crate was made; it is kept as it came.";

/// The name of the arm for what is not known: the first of three that no other arm has.
pub(super) fn unknown_name<'a>(names: impl Iterator<Item = &'a RustIdent>) -> RustIdent {
    let taken: Vec<&str> = names.map(RustIdent::text).collect();
    let free = ["Unknown", "UnknownValue", "NotKnown"].into_iter().find(|name| !taken.contains(name));
    RustIdent::upper_camel(free.unwrap_or("NoneOfTheKnownValues"))
}

fn enum_table(item: &LiteralEnum, values: Values, unknown: Option<&RustIdent>, names: &mut Names) -> String {
    let support = names.support();
    let mut table = match values {
        Values::Text => Table::open(support, "string_enum", &item.head, ""),
        Values::Integer => Table::open(support, "number_enum", &item.head, " i64"),
        Values::Float => Table::open(support, "number_enum", &item.head, " f64"),
    };
    for variant in &item.variants {
        let value = match (values, &variant.value) {
            (Values::Text, Literal::String(text)) => format!("{text:?}"),
            (Values::Text, other) => format!("{:?}", other.to_string()),
            (Values::Integer, Literal::Number(NumberLit(number))) => format!("{}", *number as i64),
            (Values::Float, Literal::Number(NumberLit(number))) => format!("{number:?}"),
            (_, other) => table::literal(other),
        };
        table.row(format_args!("{value} => {}", variant.name));
    }
    if let Some(unknown) = unknown {
        table.row(format_args!("_ => {unknown}"));
    }
    table.close()
}
