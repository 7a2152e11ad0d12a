//! The tables of the support module's macros, as text.

use crate::model::{Literal, NumberLit};
use crate::rust::{Codec, ItemHead, KeyPart, Presence, RustIdent, RustTy, Sample};
use std::fmt::Write;

/// A table that is being laid out: `support::record! { Name "Upstream" { … } }`.
#[derive(Debug)]
pub(super) struct Table {
    text: String,
}

impl Table {
    /// Opens a table. `after` stands between the names and the rows: ` by "type"`; then comes what is
    /// to be said of the sample.
    pub(super) fn open(support: &str, name: &str, head: &ItemHead, after: &str) -> Self {
        let params = own_params(&head.params);
        let params = if params.is_empty() { String::new() } else { format!("<{}>", params.join(", ")) };
        let upstream = &head.upstream;
        let sample = match &head.sample {
            Sample::None => " endless".to_owned(),
            Sample::Plain => String::new(),
            Sample::Variant(variant) => format!(" sample {variant}"),
        };
        Self { text: format!("{support}::{name}! {{\n    {}{params} {upstream:?}{after}{sample} {{\n", head.name) }
    }

    /// Adds a row.
    pub(super) fn row(&mut self, row: std::fmt::Arguments<'_>) {
        writeln!(self.text, "        {row};").expect("strings take all text");
    }

    /// The whole table.
    pub(super) fn close(self) -> String {
        self.text + "    }\n}"
    }
}

/// What the macros that take type parameters call by these names inside their impls. The names of D, S and A are those
/// that serde's own documentation has: users read them in the documentation of every type.
const IN_IMPLS: &[&str] = &[
    "A",
    "As",
    "Boxed",
    "Choice",
    "Content",
    "D",
    "Default",
    "Deserialize",
    "DeserializeOwned",
    "Deserializer",
    "Elements",
    "Field",
    "Fields",
    "Float",
    "Int",
    "Kind",
    "List",
    "Literal",
    "MapAccess",
    "Merged",
    "NonNull",
    "Null",
    "Nullable",
    "NullableOrAbsent",
    "One",
    "Option",
    "Optional",
    "OptionalNullable",
    "Perhaps",
    "Plain",
    "Record",
    "Rest",
    "Result",
    "S",
    "Sample",
    "Secret",
    "Serialize",
    "SerializeMap",
    "SerializeSeq",
    "Serializer",
    "StandIn",
    "Table",
    "Tag",
    "Tagged",
];

/// The type parameters as the impls of a table have them. They are the impls' own, so one that would hide a name there
/// may be called otherwise than the type's: `Webhook<D>` has a table of `Webhook<DType>`.
fn own_params(params: &[RustIdent]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for param in params {
        let mut name = param.text().to_owned();
        let is_taken = |name: &str, names: &[String]| IN_IMPLS.contains(&name) || names.iter().any(|own| own == name);
        // Those that come later keep their names if they can.
        while is_taken(&name, &names) || (name != param.text() && params.iter().any(|other| other.text() == name)) {
            name.push_str("Type");
        }
        names.push(name);
    }
    names
}

/// A literal as a table has it.
pub(super) fn literal(literal: &Literal) -> String {
    match literal {
        Literal::String(text) => format!("{text:?}"),
        Literal::Boolean(value) => value.to_string(),
        Literal::Number(NumberLit(number)) => number_literal(*number),
        // JSON has no big integers; those that fit are numbers, the others can only be text.
        Literal::BigInt(digits) => match digits.parse::<i32>() {
            Ok(number) => number.to_string(),
            Err(_) => format!("{digits:?}"),
        },
    }
}

/// A number as a Rust literal of type `i32` or `f64`.
fn number_literal(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < f64::from(i32::MAX) {
        format!("{}", number as i32)
    } else {
        format!("{number:?}")
    }
}

/// The form of keys: `Text("x-"), AnyText`.
pub(super) fn key_form(parts: &[KeyPart]) -> String {
    let spelled = parts.iter().map(|part| match part {
        KeyPart::Text(text) => format!("Text({text:?})"),
        KeyPart::Any => "AnyText".to_owned(),
        KeyPart::Number => "AnyNumber".to_owned(),
        KeyPart::Integer => "AnyInteger".to_owned(),
    });
    spelled.collect::<Vec<_>>().join(", ")
}

/// The codec of a type, spelled; `Plain` where serde's own way will do.
pub(super) fn codec(ty: &RustTy) -> String {
    match ty {
        RustTy::Map(inner) => wrap("Table", &codec(inner)),
        RustTy::Vec(inner) => keep_plain("List", &codec(inner)),
        RustTy::Option(inner) => keep_plain("Nullable", &codec(inner)),
        RustTy::Box(inner) => keep_plain("Boxed", &codec(inner)),
        RustTy::Tuple(places) => {
            let codecs: Vec<String> = places.iter().map(codec).collect();
            match codecs.as_slice() {
                [one] => format!("({one},)"),
                several => format!("({})", several.join(", ")),
            }
        }
        other => match other.codec() {
            Codec::Float => "Float".to_owned(),
            Codec::Int => "Int".to_owned(),
            Codec::NonNull => "NonNull".to_owned(),
            Codec::Null => "Null".to_owned(),
            Codec::Table(_) => "Table".to_owned(),
            _ => "Plain".to_owned(),
        },
    }
}

fn wrap(outer: &str, inner: &str) -> String {
    if inner == "Plain" { outer.to_owned() } else { format!("{outer}<{inner}>") }
}

fn keep_plain(outer: &str, inner: &str) -> String {
    if inner == "Plain" { inner.to_owned() } else { format!("{outer}<{inner}>") }
}

/// The codec of a field.
pub(super) fn field_codec(ty: &RustTy, presence: Presence, secret: bool) -> String {
    let inner = codec(ty);
    let codec = match presence {
        Presence::Required => inner,
        Presence::Optional => wrap("Optional", &inner),
        Presence::Nullable => wrap("Nullable", &inner),
        Presence::Maybe => wrap("OptionalNullable", &inner),
        Presence::Merged => wrap("Merged", &inner),
        Presence::NullableOrAbsent => wrap("NullableOrAbsent", &inner),
    };
    if secret { wrap("Secret", &codec) } else { codec }
}

/// `: Codec`, or nothing where it is plain.
pub(super) fn suffix(separator: &str, codec: &str) -> String {
    if codec == "Plain" { String::new() } else { format!("{separator}{codec}") }
}

#[cfg(test)]
mod tests {
    use super::own_params;
    use crate::rust::RustIdent;

    #[test]
    fn a_parameter_hides_no_name_of_the_impls() {
        let params =
            |names: &[&str]| own_params(&names.iter().map(|name| RustIdent::upper_camel(name)).collect::<Vec<_>>());
        assert_eq!(params(&["T", "Data"]), ["T", "Data"]);
        assert_eq!(params(&["D", "S", "A", "Field"]), ["DType", "SType", "AType", "FieldType"]);
        assert_eq!(params(&["D", "DType"]), ["DTypeType", "DType"]);
        assert_eq!(params(&["DType", "D"]), ["DType", "DTypeType"]);
    }
}
