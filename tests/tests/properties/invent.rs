//! Makes documents up: any that is valid for a planned type, the unusual ones above all.

use crate::choices::Choices;
use crate::doc::Doc;
use crate::planned::Planned;
use dts_codegen::model::Literal;
use dts_codegen::rust::{
    Arity, Extra, IntTy, JsonKind, KeyPart, LiteralEnum, Presence, RustField, RustIdent, RustItem, RustMember,
    RustStruct, RustTy, TaggedEnum, TupleStruct, UntaggedEnum, When,
};
use std::collections::BTreeMap;

/// What no text may show: it stands where the recipe says that secrets are, and where nobody knows what stands there.
pub const CANARY: &str = "canary-3f9c";

/// How deep a document gets before everything that may be is left out.
const DEEP: usize = 6;

const TEXTS: &[&str] = &[
    "a",
    "",
    " ",
    "null",
    "0",
    "user.created",
    "\"quoted\\ \u{8}\u{c}\n\r\t",
    "\0",
    "\u{7f}\u{85}\u{a0}\u{2028}\u{2029}\u{feff}",
    "é\u{301}ß漢字🦀",
    "$serde_json::private::Number",
    "__proto__",
    "a.b[0]`c`",
    "a text that is longer than what fits beside a pointer",
];

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "1.0",
    "0.5",
    "-0",
    "-0.0",
    "1e3",
    "1E+2",
    "9007199254740991",
    "9007199254740992",
    "-9007199254740994",
    "1e21",
    "1.7976931348623157e308",
    "5e-324",
    "0.1",
    "1700000000000",
    "123456789.123456789",
];

/// The arguments of a generic type, by parameter.
type Args = BTreeMap<RustIdent, RustTy>;

/// A document that was made up.
pub struct Invented {
    /// The document.
    pub doc: Doc,
    /// Whether it has to come back as it is: nothing in it is undeclared, merged, or stood in for.
    pub exact: bool,
}

/// Makes up a document of a type.
pub fn invent(planned: &Planned, item: &RustItem, choices: Choices<'_>) -> Invented {
    let mut inventor = Inventor { planned, choices, depth: 0, secret: false, exact: true };
    let doc = inventor.item(item, &Args::new());
    Invented { doc, exact: inventor.exact }
}

struct Inventor<'p, 'b> {
    planned: &'p Planned,
    choices: Choices<'b>,
    depth: usize,
    /// Whether what is made is a secret.
    secret: bool,
    exact: bool,
}

type Entries = Vec<(String, Doc)>;

impl Inventor<'_, '_> {
    fn item(&mut self, item: &RustItem, args: &Args) -> Doc {
        self.depth += 1;
        let doc = match item {
            RustItem::Struct(item) => {
                let entries = self.record(item, args);
                self.object(entries)
            }
            RustItem::LiteralEnum(item) => self.literal_enum(item),
            RustItem::Tagged(item) => self.tagged(item, args),
            RustItem::Untagged(item) => self.untagged(item, args),
            RustItem::Tuple(item) => self.tuple(item, args),
            RustItem::Alias(item) => self.ty(&item.ty, args),
            RustItem::From(_) => Doc::null(),
        };
        self.depth -= 1;
        doc
    }

    fn ty(&mut self, ty: &RustTy, args: &Args) -> Doc {
        match ty {
            RustTy::String => Doc::text(&self.text()),
            RustTy::Bool => Doc::Plain((self.choices.below(2) == 1).to_string()),
            RustTy::Float | RustTy::UnixSeconds => Doc::Plain(self.number()),
            RustTy::Int(int) => Doc::Plain(self.integer(*int)),
            RustTy::UnixMillis => Doc::Plain(self.integer(IntTy::I64)),
            RustTy::Json => self.anything(),
            RustTy::NonNull => match self.anything() {
                doc if doc == Doc::null() => Doc::Object(Entries::new()),
                doc => doc,
            },
            RustTy::JsonMap => self.map(|own| own.anything()),
            RustTy::MapAlias(path) => self.item(self.planned.item(path), &Args::new()),
            RustTy::BoolLiteral(value) => Doc::Plain(value.to_string()),
            RustTy::Null => Doc::null(),
            RustTy::Path(path, own) => {
                let item = self.planned.item(path);
                let own = params(item).iter().cloned().zip(own.iter().map(|arg| bound(arg, args)));
                self.item(item, &own.collect())
            }
            RustTy::Param(name) => {
                let arg = args.get(name).cloned().unwrap_or(RustTy::Json);
                self.ty(&arg, &Args::new())
            }
            RustTy::Vec(item) => Doc::List(self.several(|own| own.ty(item, args))),
            RustTy::Map(value) => self.map(|own| own.ty(value, args)),
            RustTy::Option(_) if self.choices.below(3) == 0 => Doc::null(),
            RustTy::Option(inner) | RustTy::Box(inner) => self.ty(inner, args),
            RustTy::Tuple(places) => Doc::List(places.iter().map(|place| self.ty(place, args)).collect()),
        }
    }

    fn is_deep(&self) -> bool {
        self.depth > DEEP
    }

    fn text(&mut self) -> String {
        let text = *self.choices.one_of(TEXTS);
        if self.secret { format!("{CANARY}{text}") } else { text.to_owned() }
    }

    fn number(&mut self) -> String {
        if !self.choices.once_in(4) {
            return (*self.choices.one_of(NUMBERS)).to_owned();
        }
        let number = f64::from_bits(self.choices.bits());
        if number.is_finite() { format!("{number:e}") } else { "0".to_owned() }
    }

    fn integer(&mut self, int: IntTy) -> String {
        let bits = self.choices.bits();
        let integer = match int {
            IntTy::I32 => i128::from(bits as i32),
            IntTy::U32 => i128::from(bits as u32),
            IntTy::I64 => i128::from(bits as i64),
            IntTy::U64 => i128::from(bits),
        };
        // With a fraction only what a float can say.
        if integer.abs() < 1 << 53 && self.choices.once_in(3) { format!("{integer}.0") } else { integer.to_string() }
    }

    /// A few.
    fn several<T>(&mut self, each: impl Fn(&mut Self) -> T) -> Vec<T> {
        let count = if self.is_deep() { 0 } else { self.choices.below(4) };
        (0..count).map(|_| each(self)).collect()
    }

    fn map(&mut self, each: impl Fn(&mut Self) -> Doc) -> Doc {
        let mut entries: Entries = self.several(|own| (own.key(), each(own)));
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        entries.dedup_by(|a, b| a.0 == b.0);
        self.object(entries)
    }

    fn key(&mut self) -> String {
        // By that key `serde_json` hands out numbers: as the key of an untyped map it is its own private matter.
        let key = *self.choices.one_of(TEXTS);
        if key.starts_with("$serde_json") { "$".to_owned() } else { key.to_owned() }
    }

    /// An untyped value.
    fn anything(&mut self) -> Doc {
        self.depth += 1;
        let kind = if self.is_deep() { 0 } else { self.choices.below(6) };
        let doc = match kind {
            0 => Doc::null(),
            1 => Doc::Plain((self.choices.below(2) == 1).to_string()),
            2 => Doc::Plain(self.number()),
            3 => Doc::text(&self.text()),
            4 => Doc::List(self.several(Self::anything)),
            _ => self.map(Self::anything),
        };
        self.depth -= 1;
        doc
    }

    /// An untyped value of which nobody knows whether it is secret.
    fn unknown(&mut self) -> Doc {
        let before = std::mem::replace(&mut self.secret, true);
        let doc = self.anything();
        self.secret = before;
        doc
    }

    /// An object, its entries in some order.
    fn object(&mut self, mut entries: Entries) -> Doc {
        match self.choices.below(4) {
            1 => entries.reverse(),
            2 if !entries.is_empty() => {
                let first = self.choices.below(entries.len());
                entries.rotate_left(first);
            }
            _ => {}
        }
        Doc::Object(entries)
    }
}

/// Structs.
impl Inventor<'_, '_> {
    fn record(&mut self, item: &RustStruct, args: &Args) -> Entries {
        let mut entries = Entries::new();
        for member in &item.members {
            match member {
                RustMember::Field(field) => self.field(field, args, &mut entries),
                RustMember::Literal { wire, value } => entries.push((wire.clone(), literal(value))),
                RustMember::Forbidden { .. } => {}
            }
        }
        for extra in &item.extras {
            self.extra(extra, item, args, &mut entries);
        }
        if item.extras.is_empty() && !declares(item, "undeclared") && self.choices.once_in(16) {
            self.exact = false;
            entries.push(("undeclared".to_owned(), self.unknown()));
        }
        entries
    }

    /// Undeclared keys that are kept, each in a form of its own: `Debug` must not show what they hold.
    fn extra(&mut self, extra: &Extra, item: &RustStruct, args: &Args, entries: &mut Entries) {
        let before = std::mem::replace(&mut self.secret, true);
        let own = self.several(|own| (own.key_of(extra), own.ty(&extra.value, args)));
        self.secret = before;
        for (key, value) in own {
            // What looks like a number may be of another form.
            let is_own = extra.keys.is_some() || item.extras.len() == 1 || key.parse::<f64>().is_err();
            if is_own && !declares(item, &key) && !entries.iter().any(|(other, _)| *other == key) {
                entries.push((key, value));
            }
        }
    }

    fn key_of(&mut self, extra: &Extra) -> String {
        let Some(parts) = &extra.keys else { return self.key() };
        let parts = parts.iter().map(|part| match part {
            KeyPart::Text(text) => text.clone(),
            KeyPart::Any => self.key(),
            KeyPart::Number => "1.5".to_owned(),
            KeyPart::Integer => self.choices.byte().to_string(),
        });
        parts.collect()
    }

    fn field(&mut self, field: &RustField, args: &Args, entries: &mut Entries) {
        let Some(key) = self.field_key(field, entries) else { return };
        let (absent, null) = match field.presence {
            Presence::Required => (false, false),
            Presence::Optional => (true, false),
            Presence::Nullable => (false, true),
            Presence::Maybe | Presence::Merged | Presence::NullableOrAbsent => (true, true),
        };
        let stands_in = field.default.as_ref().map(|default| default.when);
        let null = null || stands_in.is_some_and(|when| when != When::Absent);
        let absent = absent || stands_in.is_some();
        // What is stood in for does not come back, nor does what the recipe merges.
        self.exact &= stands_in.is_none();
        match (absent, null, self.choices.below(4)) {
            (true, _, 0) => self.exact &= field.presence != Presence::NullableOrAbsent,
            (true, _, _) if self.is_deep() => self.exact &= field.presence != Presence::NullableOrAbsent,
            (_, true, 0 | 1) => {
                self.exact &= field.presence != Presence::Merged;
                entries.push((key, Doc::null()));
            }
            (_, true, _) if self.is_deep() => entries.push((key, Doc::null())),
            _ => {
                let before = self.secret;
                self.secret |= field.secret;
                let value = self.ty(&field.ty, args);
                self.secret = before;
                entries.push((key, value));
            }
        }
    }

    /// The key that a field is to be read from; none where another field has put a value there.
    fn field_key(&mut self, field: &RustField, entries: &Entries) -> Option<String> {
        if field.wire.is_empty() {
            return None;
        }
        self.exact &= field.wire.len() == 1;
        let key = self.choices.one_of(&field.wire).clone();
        let is_taken = field.wire.iter().any(|key| entries.iter().any(|(other, _)| other == key));
        self.exact &= !is_taken;
        (!is_taken).then_some(key)
    }

    fn tuple(&mut self, item: &TupleStruct, args: &Args) -> Doc {
        let mut list = Vec::new();
        let mut ended = false;
        for place in &item.places {
            match place.arity {
                Arity::One => list.push(self.ty(&place.ty, args)),
                Arity::Optional => {
                    ended |= self.is_deep() || self.choices.below(2) == 0;
                    if !ended {
                        list.push(self.ty(&place.ty, args));
                    }
                }
                Arity::Rest if ended => {}
                Arity::Rest => list.extend(self.several(|own| own.ty(&place.ty, args))),
            }
        }
        Doc::List(list)
    }
}

/// Enums and unions.
impl Inventor<'_, '_> {
    fn literal_enum(&mut self, item: &LiteralEnum) -> Doc {
        if item.closed || !self.choices.once_in(4) {
            return literal(&self.choices.one_of(&item.variants).value);
        }
        let is_known = |doc: &Doc| item.variants.iter().any(|variant| literal(&variant.value) == *doc);
        let unknown = match item.variants.first().map(|variant| &variant.value) {
            Some(Literal::Number(_)) => Doc::Plain((1_000_000 + self.choices.below(256)).to_string()),
            _ => Doc::text(&self.text()),
        };
        if is_known(&unknown) { Doc::text("of tomorrow") } else { unknown }
    }

    fn tagged(&mut self, item: &TaggedEnum, args: &Args) -> Doc {
        let known = item.variants.len() + usize::from(item.untagged.is_some());
        // There is no third boolean.
        let is_open = !item.closed && !item.variants.iter().all(|tagged| matches!(tagged.value, Literal::Boolean(_)));
        let mut choice = self.choices.below(known + usize::from(is_open));
        if self.is_deep() {
            let arms = item.variants.iter().map(|tagged| &tagged.variant).chain(&item.untagged);
            let height = |(_, arm): &(usize, &dts_codegen::rust::PayloadVariant)| self.planned.height(&arm.ty);
            choice = arms.enumerate().min_by_key(height).map(|(at, _)| at).unwrap_or_default();
        }
        if let Some(tagged) = item.variants.get(choice) {
            let mut entries = self.payload(&tagged.variant.ty, args);
            entries.retain(|(key, _)| *key != item.tag);
            entries.push((item.tag.clone(), literal(&tagged.value)));
            return self.object(entries);
        }
        if let (Some(arm), true) = (&item.untagged, choice < known) {
            let mut entries = self.payload(&arm.ty, args);
            entries.retain(|(key, _)| *key != item.tag);
            return self.object(entries);
        }
        let is_number = matches!(item.variants.first().map(|tagged| &tagged.value), Some(Literal::Number(_)));
        let tag = Doc::Plain(if is_number { "1000000".to_owned() } else { "\"of.tomorrow\"".to_owned() });
        let Doc::Object(mut entries) = self.map(Self::unknown) else { return tag };
        entries.retain(|(key, _)| *key != item.tag);
        entries.push((item.tag.clone(), tag));
        self.object(entries)
    }

    fn payload(&mut self, ty: &RustTy, args: &Args) -> Entries {
        match self.ty(ty, args) {
            Doc::Object(entries) => entries,
            _ => Entries::new(),
        }
    }

    fn untagged(&mut self, item: &UntaggedEnum, args: &Args) -> Doc {
        let mut choice = self.choices.below(item.variants.len());
        if self.is_deep() {
            let height = |at: &usize| self.planned.height(&item.variants[*at].variant.ty);
            choice = (0..item.variants.len()).min_by_key(height).unwrap_or_default();
        }
        let arm = &item.variants[choice];
        let doc = self.ty(&arm.variant.ty, args);
        let is_foreign = |doc: &Doc| arm.foreign.iter().any(|foreign| has(doc, &foreign.path, &foreign.value));
        // What is of another kind, or has another arm's key, is another arm's document, if it is one.
        if arm.kinds.contains(&kind(&doc)) && !is_foreign(&doc) {
            return doc;
        }
        let none = self.choices.byte();
        let mut simple = Inventor {
            planned: self.planned,
            choices: Choices::new(&[]),
            depth: if none > 0 { DEEP } else { self.depth },
            secret: self.secret,
            exact: self.exact,
        };
        let doc = simple.ty(&arm.variant.ty, args);
        self.exact = simple.exact;
        doc
    }
}

/// Whether a value stands behind keys, in whatever lists.
fn has(doc: &Doc, path: &[String], value: &Literal) -> bool {
    match (doc, path) {
        (Doc::List(items), _) => items.iter().any(|item| has(item, path, value)),
        (doc, []) => *doc == literal(value),
        (Doc::Object(entries), [key, path @ ..]) => {
            entries.iter().any(|(own, found)| own == key && has(found, path, value))
        }
        _ => false,
    }
}

fn kind(doc: &Doc) -> JsonKind {
    match doc {
        Doc::List(_) => JsonKind::Array,
        Doc::Object(_) => JsonKind::Object,
        Doc::Plain(text) => match text.as_bytes() {
            [b'n', ..] => JsonKind::Null,
            [b't' | b'f', ..] => JsonKind::Bool,
            [b'"', ..] => JsonKind::String,
            _ => JsonKind::Number,
        },
    }
}

fn literal(value: &Literal) -> Doc {
    match value {
        Literal::String(text) => Doc::text(text),
        other => Doc::Plain(other.to_string()),
    }
}

fn declares(item: &RustStruct, key: &str) -> bool {
    item.members.iter().any(|member| match member {
        RustMember::Field(field) => field.wire.iter().any(|wire| wire == key),
        RustMember::Literal { wire, .. } | RustMember::Forbidden { wire } => wire == key,
    })
}

fn params(item: &RustItem) -> &[RustIdent] {
    match item {
        RustItem::Struct(item) => &item.head.params,
        RustItem::LiteralEnum(item) => &item.head.params,
        RustItem::Tagged(item) => &item.head.params,
        RustItem::Untagged(item) => &item.head.params,
        RustItem::Tuple(item) => &item.head.params,
        RustItem::Alias(item) => &item.head.params,
        RustItem::From(_) => &[],
    }
}

/// A type with the arguments in place of the parameters.
fn bound(ty: &RustTy, args: &Args) -> RustTy {
    match ty {
        RustTy::Param(name) => args.get(name).cloned().unwrap_or(RustTy::Json),
        other => other.with_parts(&|part| bound(part, args)),
    }
}
