//! The hand-written text that stands beside the generated types: which parts of it a crate needs.

use super::EmittedFile;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A part of the support module: a file of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    Buffer,
    Codec,
    Constant,
    Content,
    Decode,
    Discreet,
    Error,
    Extra,
    KeyForms,
    Lenient,
    Level,
    Literals,
    Maybe,
    Moment,
    Number,
    NumberEnum,
    Picked,
    Reader,
    Record,
    Sample,
    StandIn,
    StringEnum,
    Tagged,
    Tuple,
    UnixMillis,
    UnixSeconds,
    Unknown,
    Untagged,
}

/// What the rest of the crate needs to know of a part.
struct PartText {
    /// The module.
    module: &'static str,
    /// The file.
    text: &'static str,
    /// What users of the crate see.
    public: &'static [&'static str],
    /// What the tables call: their macros.
    macros: &'static [&'static str],
    /// What the macros name.
    table: &'static [&'static str],
    /// The feature of the generated crate without which it is not compiled.
    feature: Option<&'static str>,
}

impl PartText {
    /// Compiled with a feature of the generated crate only.
    const fn behind(self, feature: &'static str) -> Self {
        Self { feature: Some(feature), ..self }
    }

    /// What stands before a line about this part.
    fn condition(&self, indent: &str) -> String {
        self.feature.map_or_else(String::new, |feature| format!("{indent}#[cfg(feature = {feature:?})]\n"))
    }
}

impl Part {
    const ALL: [Self; 28] = [
        Self::Buffer,
        Self::Codec,
        Self::Constant,
        Self::Content,
        Self::Decode,
        Self::Discreet,
        Self::Error,
        Self::Extra,
        Self::KeyForms,
        Self::Lenient,
        Self::Level,
        Self::Literals,
        Self::Maybe,
        Self::Moment,
        Self::Number,
        Self::NumberEnum,
        Self::Picked,
        Self::Reader,
        Self::Record,
        Self::Sample,
        Self::StandIn,
        Self::StringEnum,
        Self::Tagged,
        Self::Tuple,
        Self::UnixMillis,
        Self::UnixSeconds,
        Self::Unknown,
        Self::Untagged,
    ];

    /// What is always there: records, decoding with paths, and what these need.
    const ALWAYS: [Self; 15] = [
        Self::Buffer,
        Self::Codec,
        Self::Constant,
        Self::Content,
        Self::Decode,
        Self::Discreet,
        Self::Error,
        Self::Extra,
        Self::Lenient,
        Self::Level,
        Self::Number,
        Self::Reader,
        Self::Record,
        Self::Sample,
        Self::Unknown,
    ];

    fn text(self) -> PartText {
        match self {
            Self::Buffer => part("buffer", include_str!("support/buffer.rs"), &[], &[], &[]),
            Self::Codec => part("codec", include_str!("support/codec.rs"), &[], &[], &["*"]),
            Self::Constant => part("constant", include_str!("support/constant.rs"), &[], &[], &["*"]),
            Self::Content => part("content", include_str!("support/content.rs"), &[], &[], &["Content", "Kind"]),
            Self::Decode => part(
                "decode",
                include_str!("support/decode.rs"),
                &["DecodeError", "from_slice", "from_str", "from_value"],
                &[],
                &[],
            ),
            Self::Discreet => part("discreet", include_str!("support/discreet.rs"), &[], &[], &[]),
            Self::Error => part("error", include_str!("support/error.rs"), &[], &[], &[]),
            Self::Extra => part("extra", include_str!("support/extra.rs"), &[], &["Keys"], &["put_extra"]),
            Self::KeyForms => part("key_forms", include_str!("support/key_forms.rs"), &[], &[], &["*"]),
            Self::Lenient => part("lenient", include_str!("support/lenient.rs"), &["Lenient", "Undecoded"], &[], &[]),
            Self::Level => part("level", include_str!("support/level.rs"), &[], &[], &[]),
            Self::Literals => part("literals", include_str!("support/literals.rs"), &["False", "True"], &[], &[]),
            Self::Maybe => {
                part("maybe", include_str!("support/maybe.rs"), &["IntoMaybe", "Maybe"], &[], &["OptionalNullable"])
            }
            Self::Moment => part("moment", include_str!("support/moment.rs"), &["OutOfRange"], &[], &[]),
            Self::Number => part("number", include_str!("support/number.rs"), &[], &[], &["*"]),
            Self::NumberEnum => {
                part("number_enum", include_str!("support/number_enum.rs"), &[], &["number_enum"], &["*"])
            }
            Self::Picked => part("picked", include_str!("support/picked.rs"), &[], &["picked_record"], &["*"]),
            Self::Reader => part("reader", include_str!("support/reader.rs"), &[], &[], &[]),
            Self::Record => part("record", include_str!("support/record.rs"), &[], &["record"], &["*"]),
            Self::Sample => {
                let names = &["DeserializeOwned", "Sample", "as_is", "settled"];
                part("sample", include_str!("support/sample.rs"), &["Sample"], &["sample"], names).behind("fixtures")
            }
            Self::StandIn => part("stand_in", include_str!("support/stand_in.rs"), &[], STAND_IN, &[]),
            Self::StringEnum => {
                part("string_enum", include_str!("support/string_enum.rs"), &[], &["string_enum"], &["*"])
            }
            Self::Tagged => part("tagged", include_str!("support/tagged.rs"), &["UnknownVariant"], &["tagged"], &["*"]),
            Self::Tuple => part("tuple", include_str!("support/tuple.rs"), &[], &["tuple"], &["*"]),
            Self::UnixMillis => part("unix_millis", include_str!("support/unix_millis.rs"), &["UnixMillis"], &[], &[]),
            Self::UnixSeconds => {
                part("unix_seconds", include_str!("support/unix_seconds.rs"), &["UnixSeconds"], &[], &[])
            }
            Self::Unknown => {
                part("unknown", include_str!("support/unknown.rs"), &["NotKnown", "UnknownValue"], &[], &["*"])
            }
            Self::Untagged => part("untagged", include_str!("support/untagged.rs"), &[], &["untagged"], &["Choice"]),
        }
    }
}

/// What conversions of classes call.
const STAND_IN: &[&str] = &[
    "maybe_or_stand_in",
    "or_stand_in",
    "some_or_stand_in",
    "some_or_stand_in_if_falsy",
    "to_untyped",
    "to_untyped_map",
    "unless_falsy",
];

const fn part(
    module: &'static str,
    text: &'static str,
    public: &'static [&'static str],
    macros: &'static [&'static str],
    table: &'static [&'static str],
) -> PartText {
    PartText { module, text, public, macros, table, feature: None }
}

/// The files of the support module, with the parts that are used and those that are always there.
pub(super) fn files(used: &BTreeSet<Part>) -> Vec<EmittedFile> {
    let parts: Vec<PartText> = Part::ALL
        .into_iter()
        .filter(|part| used.contains(part) || Part::ALWAYS.contains(part))
        .map(Part::text)
        .collect();
    let mut files = vec![EmittedFile::of_text("src/gen/support/mod.rs", mod_text(&parts))];
    for part in parts {
        files.push(EmittedFile::of_text(&format!("src/gen/support/{}.rs", part.module), part.text.to_owned()));
    }
    files
}

const MOD_HEAD: &str = r#"//! What the generated types stand on: decoding with paths, values that upstream added later, the codecs of fields.

// The same text serves every crate that is generated, and few use all of a part.
#![allow(dead_code, unused_imports, unused_macros)]

"#;

const TABLE_HEAD: &str = r"
/// What the macros of the tables name. It stands between them and a generated type that has the name of one of these.
pub(crate) mod table {
";

/// Names of the standard library that the macros use.
const TABLE_STD: &[&str] = &[
    "serde::de::{Deserialize, Deserializer, MapAccess}",
    "serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer}",
    "std::borrow::Borrow",
    "std::cmp::Ordering",
    "std::convert::Infallible",
    "std::fmt",
    "std::hash::{Hash, Hasher}",
    "std::prelude::rust_2021::*",
    "std::str::FromStr",
];

fn mod_text(parts: &[PartText]) -> String {
    let mut text = MOD_HEAD.to_owned();
    let mut line = |line: std::fmt::Arguments<'_>| writeln!(text, "{line}").expect("strings take all text");
    for part in parts {
        line(format_args!("{}mod {};", part.condition(""), part.module));
    }
    line(format_args!(""));
    for part in parts.iter().filter(|part| !part.public.is_empty()) {
        line(format_args!("{}pub use {}::{};", part.condition(""), part.module, braced(part.public)));
    }
    line(format_args!(""));
    for part in parts.iter().filter(|part| !part.macros.is_empty()) {
        line(format_args!("{}pub(crate) use {}::{};", part.condition(""), part.module, braced(part.macros)));
    }
    text.push_str(TABLE_HEAD);
    let mut uses: Vec<(String, String)> = TABLE_STD.iter().map(|&name| (name.to_owned(), String::new())).collect();
    for part in parts.iter().filter(|part| !part.table.is_empty()) {
        uses.push((format!("super::{}::{}", part.module, braced(part.table)), part.condition("    ")));
    }
    uses.sort();
    for (name, condition) in uses {
        writeln!(text, "{condition}    pub(crate) use {name};").expect("strings take all text");
    }
    text.push_str(
        "\n    /// The codec of a row, plain where it names none.\n    pub(crate) type Field<C = Plain> = C;\n}\n",
    );
    text
}

fn braced(names: &[&str]) -> String {
    match names {
        [name] => (*name).to_owned(),
        names => format!("{{{}}}", names.join(", ")),
    }
}
