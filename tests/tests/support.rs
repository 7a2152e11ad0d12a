//! How the support module of generated crates behaves: its own files, with tables written by hand.

#![expect(clippy::allow_attributes, reason = "generated crates allow it for all that is generated")]
#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]
#![expect(clippy::large_enum_variant, clippy::cmp_owned, reason = "the types are as small and as odd as a case needs")]
#![expect(unexpected_cfgs, reason = "the features are those of generated crates")]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::borrow::Borrow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::{Duration, SystemTime};
use support::{Maybe, UnixMillis, UnixSeconds};

/// The files that are emitted, all of them; `codegen/src/emit/support.rs` writes this module for a crate.
#[path = "../../codegen/src/emit/support"]
#[expect(dead_code, unused_imports, reason = "the tables here use some of it, as every crate does")]
mod support {
    mod buffer;
    mod codec;
    mod constant;
    mod content;
    mod decode;
    mod discreet;
    mod error;
    mod extra;
    mod lenient;
    mod level;
    mod literals;
    mod maybe;
    mod moment;
    mod number;
    mod number_enum;
    mod picked;
    mod reader;
    mod record;
    mod stand_in;
    mod string_enum;
    mod tagged;
    mod tuple;
    mod unix_millis;
    mod unix_seconds;
    mod unknown;
    mod untagged;

    pub use self::decode::{DecodeError, from_slice, from_str, from_value};
    pub use self::lenient::{Lenient, Undecoded};
    pub use self::literals::{False, True};
    pub use self::maybe::Maybe;
    pub use self::moment::OutOfRange;
    pub use self::tagged::UnknownVariant;
    pub use self::unix_millis::UnixMillis;
    pub use self::unix_seconds::UnixSeconds;
    pub use self::unknown::{NotKnown, UnknownValue};
    pub(crate) use self::{
        extra::Keys, number_enum::number_enum, picked::picked_record, record::record, string_enum::string_enum,
        tagged::tagged, tuple::tuple, untagged::untagged,
    };

    pub(crate) mod table {
        pub(crate) use super::codec::*;
        pub(crate) use super::constant::*;
        pub(crate) use super::content::{Content, Kind};
        pub(crate) use super::extra::put_extra;
        pub(crate) use super::maybe::OptionalNullable;
        pub(crate) use super::number::*;
        pub(crate) use super::number_enum::*;
        pub(crate) use super::picked::*;
        pub(crate) use super::record::*;
        pub(crate) use super::string_enum::*;
        pub(crate) use super::tagged::*;
        pub(crate) use super::tuple::*;
        pub(crate) use super::unknown::*;
        pub(crate) use super::untagged::Choice;
        pub(crate) use serde::de::{Deserialize, Deserializer, MapAccess};
        pub(crate) use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
        pub(crate) use std::borrow::Borrow;
        pub(crate) use std::cmp::Ordering;
        pub(crate) use std::convert::Infallible;
        pub(crate) use std::fmt;
        pub(crate) use std::hash::{Hash, Hasher};
        pub(crate) use std::prelude::rust_2021::*;
        pub(crate) use std::str::FromStr;

        pub(crate) type Field<C = Plain> = C;
    }
}

#[derive(Clone, Debug, PartialEq)]
struct All {
    id: String,
    count: Option<u32>,
    scores: Option<Vec<f64>>,
    note: Maybe<String>,
    loose: Option<String>,
    at: Option<UnixMillis>,
    pair: Option<(f64, String)>,
    map: Option<BTreeMap<String, f64>>,
    child: Option<Box<All>>,
}

support::record! {
    All "AllJSON" {
        "object" = "all";
        "version" = 2;
        "never" = Forbidden;
        "id" => id;
        "count" => count: Optional<Int>;
        "scores" => scores: Nullable<List<Float>>;
        "loose" => loose: NullableOrAbsent;
        "note" => note: OptionalNullable;
        "at" => at: Optional;
        "pair" => pair: Optional<(Float, Plain)>;
        "map" => map: Optional<Table<Float>>;
        "child" => child: Optional;
    }
}

#[derive(Clone, PartialEq)]
struct Secrets {
    name: String,
    token: String,
    extra: serde_json::Map<String, Value>,
}

support::record! {
    Secrets "Secrets" {
        "name" => name;
        "token" => token: Secret;
        .. => extra;
    }
}

impl Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").field("name", &self.name).field("extra", &support::Keys(&self.extra)).finish()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Status {
    Active,
    Ended,
    Unknown(support::UnknownValue<Status>),
}

support::string_enum! {
    Status "Status" {
        "active" => Active;
        "ended" => Ended;
        _ => Unknown;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strictly {
    On,
}

support::string_enum! {
    Strictly "Strictly" {
        "on" => On;
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Level {
    Low,
    High,
}

support::number_enum! {
    Level "Level" i64 {
        1 => Low;
        2 => High;
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Left {
    items: Vec<Secrets>,
}

support::record! {
    Left "Left" {
        "items" => items;
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Right {
    b: f64,
}

support::record! {
    Right "Right" {
        "kind" = "right";
        "b" => b: Float;
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Event {
    Left(Box<Left>),
    Right(Right),
    Unknown(support::UnknownVariant<Event>),
}

support::tagged! {
    Event "Event" by "kind" {
        "left" => Left;
        "right" in Right;
        _ => Unknown;
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Narrow {
    c: f64,
}

support::record! {
    Narrow "Narrow" {
        "c" => c: Float;
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Wide {
    c: f64,
    d: Option<Box<Either>>,
}

support::record! {
    Wide "Wide" {
        "c" => c: Float;
        "d" => d: Optional;
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Text(String),
    Number(f64),
    List(Vec<Either>),
    Narrow(Narrow),
    Wide(Wide),
}

support::untagged! {
    Either "Either" {
        Text: String;
        Number: Number as Float;
        List: Array;
        Narrow: Object;
        Wide: Object;
    }
}

/// A record with many fields: each level of it takes much stack.
#[derive(Clone, Debug, PartialEq)]
struct Broad {
    a: String,
    b: String,
    c: Option<String>,
    d: Option<String>,
    e: Option<String>,
    f: f64,
    g: f64,
    h: bool,
    i: Vec<String>,
    j: Option<Vec<String>>,
    k: Option<String>,
    l: Option<String>,
    m: Option<f64>,
    n: Option<f64>,
    o: Value,
    one: Option<Box<Broad>>,
    many: Option<Vec<Broad>>,
    either: Option<Box<Perhaps>>,
    tagged: Option<Box<Kinds>>,
}

support::record! {
    Broad "Broad" {
        "a" => a;
        "b" => b;
        "c" => c: Nullable;
        "d" => d: Optional;
        "e" => e: Optional;
        "f" => f: Float;
        "g" => g: Float;
        "h" => h;
        "i" => i;
        "j" => j: Optional;
        "k" => k: Optional;
        "l" => l: Optional;
        "m" => m: Optional<Float>;
        "n" => n: Optional<Float>;
        "o" => o;
        "one" => one: Optional;
        "many" => many: Optional;
        "either" => either: Optional;
        "tagged" => tagged: Optional;
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Perhaps {
    Text(String),
    Broad(Broad),
}

support::untagged! {
    Perhaps "Perhaps" {
        Text: String;
        Broad: Object;
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Kinds {
    Broad(Broad),
    Unknown(support::UnknownVariant<Kinds>),
}

support::tagged! {
    Kinds "Kinds" by "kind" {
        "broad" => Broad;
        _ => Unknown;
    }
}

/// A union that is tried arm by arm at every level: each arm reads the whole rest before it fails.
#[derive(Clone, Debug, PartialEq)]
enum Doubling {
    First(First),
    Second(Second),
}

support::untagged! {
    Doubling "Doubling" {
        First: Object;
        Second: Object;
    }
}

#[derive(Clone, Debug, PartialEq)]
struct First {
    next: Box<Doubling>,
    first: bool,
}

support::record! {
    First "First" {
        "next" => next;
        "first" => first;
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Second {
    next: Box<Doubling>,
    second: bool,
}

support::record! {
    Second "Second" {
        "next" => next;
        "second" => second;
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Ends(f64, Vec<bool>, i64);

support::tuple! {
    Ends "Ends" {
        0: One<Float>;
        1: Rest<Plain>;
        2: One<Int>;
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Task {
    id: String,
    task_id: String,
    same: String,
}

support::picked_record! {
    Task "Task" {
        "id" => id;
        "agent_task_id" => task_id or "task_id" ?? "\"\"";
        "task_id" => same || "\"none\"";
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Strict {
    a: f64,
    b: f64,
    again: f64,
}

support::picked_record! {
    Strict "Strict" {
        "kind" = "strict";
        "a" => a or "c": Float;
        "b" => b: Float;
        "b" -> again: Float;
    }
}

/// Decodes in every way there is, encodes, and compares the numbers as JavaScript does.
#[track_caller]
fn round_trip<T: DeserializeOwned + Serialize + PartialEq + Debug>(document: Value) -> T {
    let text = document.to_string();
    let value: T = support::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(value, support::from_value(&document).unwrap());
    assert_eq!(value, serde_json::from_reader(text.as_bytes()).unwrap());
    let back: Value = serde_json::from_str(&serde_json::to_string(&value).unwrap()).unwrap();
    assert_eq!(as_floats(&back), as_floats(&document));
    value
}

fn as_floats(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(list) => list.iter().map(as_floats).collect(),
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (key.clone(), as_floats(value))).collect()),
        other => other.clone(),
    }
}

/// Expects a document to be refused, with this path and text.
#[track_caller]
fn refused<T: DeserializeOwned + Debug>(document: &str, expected: &str) {
    let error = support::from_str::<T>(document).unwrap_err();
    let path = if error.path().is_empty() { String::new() } else { format!("at `{}`: ", error.path()) };
    assert_eq!(format!("{path}{}", error.message()), expected);
}

/// A valid document of `All` with more fields.
fn all(rest: &str) -> String {
    format!(r#"{{"object":"all","version":2,"id":"i","scores":null,"loose":null{rest}}}"#)
}

#[test]
fn presence_is_kept() {
    let plain: All = round_trip(serde_json::from_str(&all("")).unwrap());
    assert_eq!(plain.note, Maybe::Absent);
    let null: All = round_trip(serde_json::from_str(&all(r#","note":null"#)).unwrap());
    assert_eq!(null.note, Maybe::Null);
    let rest = r#","note":"n","count":3.0,"at":1700000000000,"pair":[1,"x"],"map":{"a":1.5},"child":"#;
    let full: All = round_trip(serde_json::from_str(&all(&format!("{rest}{}", all("")))).unwrap());
    assert_eq!((full.count, full.child), (Some(3), Some(Box::new(plain))));
    assert_eq!(serde_json::to_string(&null).unwrap(), all(r#","note":null"#));
}

#[test]
fn numbers_are_javascript_s() {
    let numbers = [
        ("1.0", "1"),
        ("-0", "0"),
        ("9007199254740993", "9007199254740992"),
        ("-9007199254740994.0", "-9007199254740994"),
        ("1e21", "1e21"),
        ("5e-324", "5e-324"),
        // What `serde_json` reads wrong by a digit unless its feature `float_roundtrip` is on.
        ("123456789.12345679", "123456789.12345679"),
        ("5.576501710579405e116", "5.576501710579405e116"),
    ];
    for (document, expected) in numbers {
        let scores = |number: &str| all("").replace("\"scores\":null", &format!("\"scores\":[{number}]"));
        let value: All = support::from_str(&scores(document)).unwrap();
        let encoded = serde_json::to_string(&value).unwrap();
        assert_eq!(encoded.replace("e+", "e"), scores(expected));
        assert_eq!(support::from_str::<All>(&encoded).unwrap(), value);
    }
}

#[test]
fn what_is_wrong_with_a_record_is_said() {
    refused::<All>(r#"{"version":2,"id":"i","scores":null}"#, "missing field `object` of AllJSON");
    refused::<All>(r#"{"object":"all","version":2,"scores":null}"#, "missing field `id` of AllJSON");
    refused::<All>(r#"{"object":"all","version":2,"id":"i"}"#, "missing field `scores` of AllJSON");
    refused::<All>(r#"{"id":"i"}"#, "missing fields `object`, `version`, `scores` of AllJSON");
    refused::<All>(&all(r#","child":{"version":2}"#), "at `child`: missing fields `object`, `id`, `scores` of AllJSON");
    // What is wrong with a value ends the reading: what follows may be there.
    refused::<All>(r#"{"id":1}"#, "at `id`: invalid type: integer `1`, expected a string");
    let expected = r#"at `object`: invalid value: string "x", expected "all" as `object` of AllJSON"#;
    refused::<All>(r#"{"object":"x"}"#, expected);
    let expected = "at `version`: invalid value: integer `3`, expected 2 as `version` of AllJSON";
    refused::<All>(r#"{"version":3}"#, expected);
    refused::<All>(r#"{"never":null}"#, "at `never`: field `never` of AllJSON must be absent");
    refused::<All>(r#"{"id":null}"#, "at `id`: invalid type: null, expected a string");
    refused::<All>(r#"{"id":"a","id":"b"}"#, "duplicate field `id` of AllJSON");
    refused::<All>("[1]", "invalid type: array, expected AllJSON (an object)");
    refused::<All>(r#"{"id":"#, "EOF while parsing a value");
}

#[test]
fn what_is_wrong_with_a_value_is_said() {
    let range = "expected an integer from 0 to 4294967295";
    refused::<All>(&all(r#","count":null"#), &format!("at `count`: invalid type: null, {range}"));
    refused::<All>(&all(r#","count":1.5"#), &format!("at `count`: invalid value: floating point `1.5`, {range}"));
    refused::<All>(&all(r#","count":-1"#), &format!("at `count`: invalid value: integer `-1`, {range}"));
    refused::<All>(&all(r#","pair":[1]"#), "at `pair`: invalid length 1, expected an array of 2");
    refused::<All>(&all(r#","pair":[1,"x",2]"#), "at `pair`: more elements than an array of 2");
    refused::<All>(&all(r#","map":{"a b":[]}"#), r#"at `map["a b"]`: invalid type: array, expected a number"#);
    let child = format!(r#","child":{}"#, all(r#","note":1"#));
    refused::<All>(&all(&child), "at `child.note`: invalid type: integer `1`, expected a string");
    let all: All = support::from_str(&all("")).unwrap();
    let position = support::from_str::<All>("{\n\"id\": 1}").unwrap_err();
    assert_eq!((position.line(), position.column()), (Some(2), Some(7)));
    let not_finite = All { scores: Some(vec![f64::NAN]), ..all };
    assert_eq!(serde_json::to_string(&not_finite).unwrap_err().to_string(), "NaN is no JSON number");
}

#[test]
fn secrets_are_not_shown() {
    let value: Secrets = round_trip(json!({"name": "n", "token": "CANARY", "other": "CANARY"}));
    assert_eq!(format!("{value:?}"), r#"Secrets { name: "n", extra: {"other"} }"#);
    let expected = "at `token`: invalid value for `token` of Secrets (not shown: it is secret)";
    refused::<Secrets>(r#"{"name":"n","token":["CANARY"]}"#, expected);
    let expected = "at `items[0].token`: invalid value for `token` of Secrets (not shown: it is secret)";
    refused::<Event>(r#"{"items":[{"token":["CANARY"]}],"kind":"left"}"#, expected);
    refused::<Event>(r#"{"kind":"left","items":[{"token":["CANARY"]}]}"#, expected);
}

#[test]
fn an_undeclared_field_with_a_declared_key_is_not_written() {
    let extra = [("name".to_owned(), json!(1))].into_iter().collect();
    let error = serde_json::to_string(&Secrets { name: String::new(), token: String::new(), extra }).unwrap_err();
    assert_eq!(error.to_string(), "undeclared field `name` has the key of a declared one");
}

#[test]
fn enums_map_known_values_to_their_arms() {
    assert_eq!(Status::from("active"), Status::Active);
    assert_eq!("ended".parse(), Ok(Status::Ended));
    let later: Status = round_trip(json!("later"));
    assert!(later.is_unknown());
    assert_eq!((later.as_str(), format!("{later:?}").as_str()), ("later", r#"Unknown("later")"#));
    assert_eq!(Status::KNOWN, [Status::Active, Status::Ended]);
    assert!(Status::from("b") > Status::Active && Status::from("b") < Status::Ended);
    refused::<Status>("1", r#"invalid type: integer `1`, expected Status ("active" or "ended")"#);
    assert_eq!(round_trip::<Level>(json!(1.0)), Level::Low);
    refused::<Level>(" 3 ", "invalid value: integer `3`, expected Level (1 or 2)");
    assert_eq!(Level::try_from(9).unwrap_err().to_string(), "9 is no Level");
    assert_eq!(Level::KNOWN.iter().map(|level| level.value()).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn enums_of_strings_are_as_good_as_their_texts() {
    let (known, later) = (Status::Active, Status::from("later"));
    for (status, text) in [(&known, "active"), (&later, "later")] {
        let owned = text.to_owned();
        assert!(*status == *text && *status == text && *status == owned);
        assert!(*text == *status && text == *status && owned == *status);
        assert_ne!(*status, *"ended");
        assert_ne!("ended".to_owned(), *status);
        assert_eq!((status.as_ref(), String::from(status.clone())), (text, owned));
        assert_eq!((hash_of(status), Borrow::<str>::borrow(status)), (hash_of(text), text));
    }
    assert_eq!(Strictly::KNOWN.iter().map(hash_of).collect::<Vec<_>>(), [hash_of("on")]);
    let sorted = BTreeMap::from([(later.clone(), 1), (known.clone(), 2)]);
    assert_eq!((sorted.get("later"), sorted.get("active"), sorted.get("ended")), (Some(&1), Some(&2), None));
    #[expect(clippy::disallowed_types, reason = "what users have; nothing here depends on its order")]
    let hashed = std::collections::HashMap::from([(later, 1), (known, 2)]);
    assert_eq!((hashed.get("later"), hashed.get("active"), hashed.get("ended")), (Some(&1), Some(&2), None));
}

fn hash_of<T: Hash + ?Sized>(value: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[test]
fn a_value_of_three_states_is_also_an_option() {
    let (value, null, absent) = (Maybe::Value("v".to_owned()), Maybe::<String>::Null, Maybe::<String>::Absent);
    assert_eq!([&value, &null, &absent].map(|maybe| Option::from(maybe.clone())), [Some("v".to_owned()), None, None]);
    assert_eq!([&value, &null, &absent].map(Maybe::as_deref), [Maybe::Value("v"), Maybe::Null, Maybe::Absent]);
    assert_eq!(
        [&value, &null, &absent].map(|maybe| maybe.as_ref().cloned()),
        [value.clone(), null.clone(), absent.clone()]
    );
    for (maybe, or, is) in [(&value, "v", true), (&null, "o", false), (&absent, "o", false)] {
        assert_eq!(maybe.clone().unwrap_or("o".to_owned()), or);
        assert_eq!(maybe.clone().unwrap_or_else(|| "o".to_owned()), or);
        assert_eq!(maybe.clone().unwrap_or_default(), if is { "v" } else { "" });
        assert_eq!(maybe.clone().map_or(0, |text| text.len()), usize::from(is));
        assert_eq!(maybe.clone().ok_or(7).is_ok(), is);
        assert_eq!(maybe.clone().ok_or_else(|| 7).is_ok(), is);
        assert_eq!(maybe.is_some_and(|text| text == "v"), is);
        assert_eq!(
            (maybe.iter().count(), maybe.into_iter().count(), maybe.clone().into_iter().count()),
            (is.into(), is.into(), is.into())
        );
    }
    let mut taken = value.clone();
    if let Maybe::Value(text) = taken.as_mut() {
        text.push('w');
    }
    assert_eq!((taken.take(), taken), (Maybe::Value("vw".to_owned()), Maybe::Absent));
}

#[test]
fn milliseconds_count_on() {
    let at = UnixMillis;
    let ms = Duration::from_millis;
    assert_eq!((at(5) + ms(7), at(5) - ms(7)), (at(12), at(-2)));
    assert_eq!((at(0) + Duration::from_micros(1_999), at(0) - Duration::from_micros(1_999)), (at(1), at(-1)));
    let mut moment = at(1);
    moment += ms(10);
    moment -= ms(3);
    assert_eq!(moment, at(8));
    assert_eq!((at(8).duration_since(at(-1)), at(-1).duration_since(at(8))), (Some(ms(9)), None));
    let all = ms(u64::MAX);
    assert_eq!(at(i64::MAX).duration_since(at(i64::MIN)), Some(all));
    assert_eq!(
        (at(i64::MIN).checked_add(all), at(i64::MAX).checked_sub(all)),
        (Some(at(i64::MAX)), Some(at(i64::MIN)))
    );
    assert_eq!((at(i64::MAX).checked_add(ms(1)), at(i64::MIN).checked_sub(ms(1))), (None, None));
    assert_eq!((at(0).checked_add(Duration::MAX), at(0).checked_sub(Duration::MAX)), (None, None));
    for millis in [0, 1, -1, -1_000, 1_716_883_200_123] {
        assert_eq!(UnixMillis::try_from(SystemTime::try_from(at(millis)).unwrap()), Ok(at(millis)));
    }
    let micro = Duration::from_micros(1);
    assert_eq!(UnixMillis::try_from(SystemTime::UNIX_EPOCH + micro), Ok(at(0)));
    assert_eq!(UnixMillis::try_from(SystemTime::UNIX_EPOCH - micro), Ok(at(-1)));
}

#[test]
fn seconds_keep_their_fraction() {
    let at = |secs: f64| UnixSeconds::try_from(secs).unwrap();
    for (document, secs) in [("1.5", 1), ("-1.5", -2), ("0", 0), ("1716883200", 1_716_883_200), ("1e300", i64::MAX)] {
        let moment: UnixSeconds = support::from_str(document).unwrap();
        assert_eq!((moment.as_secs(), moment.as_secs_f64()), (secs, document.parse().unwrap()));
        assert_eq!(serde_json::to_value(moment).unwrap().as_f64(), document.parse().ok());
        assert_eq!(format!("{moment}").parse::<f64>(), document.parse());
    }
    assert_eq!(serde_json::to_string(&[at(3.0), at(-0.0), at(2.5)]).unwrap(), "[3,0,2.5]");
    refused::<UnixSeconds>("null", "invalid type: null, expected a number");
    assert_eq!(UnixSeconds::try_from(f64::NAN).unwrap_err().to_string(), "out of the range of `UnixSeconds`");
    assert!(UnixSeconds::try_from(f64::INFINITY).is_err());
    assert_eq!((at(0.0).cmp(&at(-0.0)), hash_of(&at(0.0))), (Ordering::Equal, hash_of(&at(-0.0))));
    assert!(at(-1.0) < at(0.0) && at(1.5) > at(1.25) && UnixSeconds::from(7) == at(7.0));
    let half = Duration::from_millis(500);
    let mut moment = at(1.0) + half;
    assert_eq!((moment, moment - Duration::from_secs(2)), (at(1.5), at(-0.5)));
    moment += half;
    moment -= Duration::from_secs(1);
    assert_eq!(
        (moment, moment.duration_since(at(-1.5)), at(0.0).duration_since(moment)),
        (at(1.0), Some(Duration::from_millis(2_500)), None)
    );
    for secs in [0.0, 0.25, -0.25, 1_716_883_200.1, -1_716_883_200.9, 253_402_300_799.0] {
        assert_eq!(UnixSeconds::from(SystemTime::try_from(at(secs)).unwrap()), at(secs));
    }
    let tenth = SystemTime::UNIX_EPOCH + Duration::from_millis(1_716_883_200_100);
    assert_eq!(at(1_716_883_200.1).to_system_time(), Some(tenth));
    assert_eq!([1e300, -1e300, 9.3e12].map(|secs| at(secs).to_system_time()), [None; 3]);
}

#[test]
fn a_tag_may_stand_anywhere() {
    for document in [r#"{"kind":"right","b":1}"#, r#"{"b":1,"kind":"right"}"#] {
        assert_eq!(round_trip::<Event>(serde_json::from_str(document).unwrap()), Event::Right(Right { b: 1.0 }));
    }
    round_trip::<Event>(json!({"items": [{"name": "a", "token": "b", "x": 1}], "kind": "left"}));
    let unknown: Event = round_trip(json!({"a": [1, {"b": null}], "kind": "new", "z": -1.5}));
    assert_eq!(format!("{unknown:?}"), r#"Unknown(UnknownVariant { tag: String("new"), .. })"#);
}

#[test]
fn what_is_wrong_with_a_tagged_union_is_said() {
    refused::<Event>(r#"{"b":1}"#, "missing field `kind` of Event");
    let expected = r#"invalid type: integer `5`, expected "left" or "right" as `kind` of Event"#;
    refused::<Event>(r#"{"kind":5}"#, expected);
    let expected = "at `items[0].name`: invalid type: integer `1`, expected a string";
    refused::<Event>(r#"{"items":[{"name":1}],"kind":"left"}"#, expected);
    refused::<Event>(r#"{"kind":"left","items":[{"name":1}]}"#, expected);
    refused::<Event>(r#"{"kind":"left","items":[],"kind":"left"}"#, "duplicate field `kind` of Event");
    refused::<Event>(r#"{"kind":"right","b":1,"kind":"right"}"#, "duplicate field `kind` of Event");
}

#[test]
fn the_path_is_kept_for_the_ecosystem_s_own_tool() {
    let document = r#"{"kind":"left","items":[{"name":1}]}"#;
    let mut deserializer = serde_json::Deserializer::from_str(document);
    let error = serde_path_to_error::deserialize::<_, Event>(&mut deserializer).unwrap_err();
    assert_eq!(error.path().to_string(), "items[0].name");
}

#[test]
fn the_arm_that_leaves_the_least_unread_is_chosen() {
    assert!(matches!(round_trip(json!({"c": 1})), Either::Narrow(_)));
    assert!(matches!(round_trip(json!({"c": 1, "d": {"c": 1, "d": "x"}})), Either::Wide(_)));
    round_trip::<Either>(json!(["a", 1, [2.5]]));
    let kinds = "(a number, a string, an array or an object)";
    refused::<Either>("true", &format!("invalid type: boolean `true`, expected Either {kinds}"));
    refused::<Either>(
        r#"[1,[{"x":1}]]"#,
        "at `[1][0]`: no arm of Either fits: Narrow: missing field `c` of Narrow; Wide: missing field `c` of Wide",
    );
}

#[test]
fn tuples_with_a_rest_in_the_middle() {
    assert_eq!(round_trip::<Ends>(json!([1, true, false, 3])), Ends(1.0, vec![true, false], 3));
    assert_eq!(round_trip::<Ends>(json!([1, 3])), Ends(1.0, vec![], 3));
    assert!(serde_json::from_str::<Ends>("[1]").is_err());
    refused::<Vec<Ends>>("[[1]]", "at `[0]`: missing element 1 of Ends");
}

#[test]
fn several_keys_shared_keys_and_defaults() {
    let task = |document: Value| support::from_value::<Task>(document).unwrap();
    let expected = |task_id: &str, same: &str| Task { id: "i".into(), task_id: task_id.into(), same: same.into() };
    assert_eq!(task(json!({"id": "i", "task_id": "t"})), expected("t", "t"));
    assert_eq!(task(json!({"id": "i", "agent_task_id": "a", "task_id": ""})), expected("a", "none"));
    assert_eq!(task(json!({"id": "i", "agent_task_id": null})), expected("", "none"));
    assert_eq!(task(serde_json::to_value(expected("a", "b")).unwrap()), expected("a", "b"));
    refused::<Task>("{}", "missing field `id` of Task");
    refused::<Strict>(r#"{"b":1}"#, "missing fields `kind`, `a` of Strict");
    refused::<Strict>(r#"{"kind":"strict"}"#, "missing fields `a`, `b` of Strict");
    refused::<Strict>(r#"{"kind":"strict","c":1}"#, "missing field `b` of Strict");
    refused::<Strict>(r#"{"b":true}"#, "at `b`: invalid type: boolean `true`, expected a number");
}

/// Documents of `Broad` that hold each other in one of its fields.
fn broad(depth: usize, field: &str) -> String {
    let own =
        r#""a":"a","b":"b","c":null,"d":"d","e":"e","f":1,"g":2.5,"h":true,"i":["i"],"j":[],"k":"k","m":3,"o":{}"#;
    (0..depth).fold(format!("{{{own}}}"), |inner, _| match field {
        "many" => format!(r#"{{{own},"many":[{inner}]}}"#),
        "late" => format!(r#"{{{own},"tagged":{},"kind":"broad"}}}}"#, &inner[..inner.len() - 1]),
        "tagged" => format!(r#"{{{own},"tagged":{{"kind":"broad",{}}}"#, &inner[1..]),
        _ => format!(r#"{{{own},"{field}":{inner}}}"#),
    })
}

/// Recursive documents of wide records, on the stack that Rust gives to threads, without optimisation.
#[test]
fn what_text_may_nest_decodes_on_a_usual_stack() {
    let run = || {
        for (field, depth) in [("one", 120), ("many", 60), ("either", 120), ("tagged", 120), ("late", 120)] {
            let text = broad(depth, field);
            serde_json::from_str::<Broad>(&text).unwrap_or_else(|error| panic!("{field}: {error}"));
        }
        let deep = (0..100).fold(all(""), |inner, _| all(&format!(r#","child":{inner}"#)));
        assert!(serde_json::from_str::<All>(&deep).is_ok());
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn no_depth_uses_up_a_usual_stack() {
    let run = || {
        for depth in [126, 500, 2_000] {
            let (text, value) = (broad(depth, "one"), nested(depth));
            // Whether it is decoded or refused depends on the build; that the thread survives does not.
            let _ = serde_json::from_str::<Broad>(&text);
            let _ = <Broad as serde::Deserialize>::deserialize(&value);
            let _ = serde_json::from_str::<Either>(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        }
        let refused = <Broad as serde::Deserialize>::deserialize(&nested(2_000)).unwrap_err();
        assert_eq!(refused.to_string(), "the document is nested too deep");
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

/// Values may be nested deeper than text.
fn nested(depth: usize) -> Value {
    let own: Value = serde_json::from_str(&broad(0, "")).unwrap();
    (0..depth).fold(own.clone(), |inner, _| {
        let mut outer = own.clone();
        outer["one"] = inner;
        outer
    })
}

#[test]
fn a_recursive_union_is_not_tried_for_ever() {
    let deep = (0..50).fold("{}".to_owned(), |inner, _| format!(r#"{{"next":{inner}}}"#));
    let error = support::from_str::<Doubling>(&deep).unwrap_err();
    assert!(error.to_string().len() < 10_000, "{error}");
}
