//! What the templates spell, and the crate of every construct that the behaviour tests compile.

use crate::model::{Literal, NumberLit};
use crate::print::print;
use crate::rust::*;

fn head(name: &str, upstream: &str) -> ItemHead {
    ItemHead {
        name: RustIdent::upper_camel(name),
        params: Vec::new(),
        doc: vec![format!("`{upstream}` of the sample.")],
        deprecated: None,
        hidden: false,
        upstream: upstream.to_owned(),
        derives: Vec::new(),
        sample: Sample::Plain,
    }
}

fn generic(name: &str, params: &[&str]) -> ItemHead {
    ItemHead { params: params.iter().map(|param| RustIdent::upper_camel(param)).collect(), ..head(name, name) }
}

fn path(module: &str, name: &str) -> RustPath {
    RustPath { modules: module.split("::").map(RustIdent::snake).collect(), name: RustIdent::upper_camel(name) }
}

fn named(name: &str) -> RustTy {
    RustTy::Path(path("api::sample", name), Vec::new())
}

fn boxed(ty: RustTy) -> RustTy {
    RustTy::Box(Box::new(ty))
}

fn list(ty: RustTy) -> RustTy {
    RustTy::Vec(Box::new(ty))
}

fn map(ty: RustTy) -> RustTy {
    RustTy::Map(Box::new(ty))
}

fn option(ty: RustTy) -> RustTy {
    RustTy::Option(Box::new(ty))
}

fn plain_field(wire: &str, ty: RustTy, presence: Presence) -> RustField {
    RustField {
        name: RustIdent::snake(wire),
        wire: vec![wire.to_owned()],
        ty,
        presence,
        default: None,
        secret: false,
        doc: Vec::new(),
        deprecated: None,
        hidden: false,
    }
}

fn field(wire: &str, ty: RustTy, presence: Presence) -> RustMember {
    RustMember::Field(plain_field(wire, ty, presence))
}

fn required(wire: &str, ty: RustTy) -> RustMember {
    field(wire, ty, Presence::Required)
}

fn secret(wire: &str, ty: RustTy, presence: Presence) -> RustMember {
    RustMember::Field(RustField { secret: true, ..plain_field(wire, ty, presence) })
}

fn text(value: &str) -> Literal {
    Literal::String(value.to_owned())
}

fn constant(wire: &str, value: Literal) -> RustMember {
    RustMember::Literal { wire: wire.to_owned(), value }
}

fn structure(head: ItemHead, members: Vec<RustMember>) -> RustStruct {
    RustStruct { head, members, non_exhaustive: false, extras: Vec::new(), request: false }
}

fn payload(name: &str, ty: RustTy) -> PayloadVariant {
    PayloadVariant { name: RustIdent::upper_camel(name), ty, doc: Vec::new(), deprecated: None }
}

fn arm(value: &str, ty: RustTy, enum_writes_tag: bool) -> TaggedVariant {
    TaggedVariant { value: text(value), enum_writes_tag, variant: payload(value, ty) }
}

fn literals(name: &str, values: Vec<Literal>, closed: bool) -> RustItem {
    let variants = values.into_iter().map(|value| LiteralVariant {
        name: RustIdent::upper_camel(&format!("V {value}")),
        value,
        doc: Vec::new(),
        deprecated: None,
    });
    RustItem::LiteralEnum(LiteralEnum { head: head(name, name), variants: variants.collect(), closed })
}

fn number(value: f64) -> Literal {
    Literal::Number(NumberLit(value))
}

fn krate(items: Vec<RustItem>) -> RustCrate {
    let sample = RustModule {
        name: Some(RustIdent::snake("sample")),
        source: "api/sample.d.ts".to_owned(),
        doc: vec!["From `api/sample.d.ts`.".to_owned()],
        items,
        ..RustModule::default()
    };
    let api = RustModule { name: Some(RustIdent::snake("api")), children: vec![sample], ..RustModule::default() };
    RustCrate { root: RustModule { children: vec![api], ..RustModule::default() } }
}

/// One of everything.
fn sample() -> RustCrate {
    let mut items = structs();
    items.extend(tuples());
    items.extend(enums());
    items.extend(unions());
    items.extend(structural_unions());
    items.extend(classes());
    krate(items)
}

/// Every presence and every codec.
fn all_presences() -> RustStruct {
    structure(
        head("All", "AllJSON"),
        vec![
            constant("object", text("all")),
            constant("version", number(2.0)),
            constant("live", Literal::Boolean(true)),
            RustMember::Forbidden { wire: "never".to_owned() },
            required("id", RustTy::String),
            required("type", RustTy::Float),
            field("optional", RustTy::Int(IntTy::U32), Presence::Optional),
            field("nullable", list(RustTy::Float), Presence::Nullable),
            field("maybe", RustTy::String, Presence::Maybe),
            field("merged", RustTy::Bool, Presence::Merged),
            field("loose", RustTy::String, Presence::NullableOrAbsent),
            field("at", RustTy::UnixMillis, Presence::Optional),
            field("json", RustTy::Json, Presence::Optional),
            field("map", map(map(option(RustTy::Float))), Presence::Optional),
            field("pair", RustTy::Tuple(vec![RustTy::Float, RustTy::String]), Presence::Optional),
            field("truth", RustTy::BoolLiteral(true), Presence::Optional),
            field("child", boxed(named("All")), Presence::Optional),
            field("status", named("Status"), Presence::Optional),
        ],
    )
}

fn structs() -> Vec<RustItem> {
    let keeps = RustStruct {
        extras: vec![Extra {
            keys: None,
            field: RustIdent::snake("extra"),
            value: RustTy::Json,
            doc: vec!["The rest.".to_owned()],
        }],
        ..structure(head("Keeps", "Keeps"), vec![required("id", RustTy::String)])
    };
    let numbers = RustStruct {
        extras: vec![Extra { keys: None, field: RustIdent::snake("rest"), value: RustTy::Float, doc: Vec::new() }],
        ..structure(head("Numbers", "Numbers"), vec![])
    };
    let secrets = structure(
        head("Secrets", "Secrets"),
        vec![
            required("name", RustTy::String),
            secret("token", RustTy::String, Presence::Required),
            secret("pin", RustTy::Float, Presence::Optional),
        ],
    );
    let request = RustStruct {
        request: true,
        ..structure(
            head("Request", "Request"),
            vec![
                required("name", RustTy::String),
                field("clear", RustTy::String, Presence::Nullable),
                field("limit", RustTy::Float, Presence::Optional),
                field("note", RustTy::String, Presence::Maybe),
            ],
        )
    };
    let query = RustStruct {
        request: true,
        ..structure(head("Query", "Query"), vec![field("limit", RustTy::Float, Presence::Optional)])
    };
    let event =
        structure(generic("Envelope", &["D"]), vec![required("data", RustTy::Param(RustIdent::upper_camel("D")))]);
    let prelude = structure(
        head("String", "String"),
        vec![required("text", RustTy::String), field("x", RustTy::Bool, Presence::Optional)],
    );
    [all_presences(), keeps, numbers, secrets, request, query, event, prelude].map(RustItem::Struct).into()
}

fn tuples() -> Vec<RustItem> {
    let tuple = TupleStruct {
        head: head("Tuple", "Tuple"),
        places: vec![
            TuplePlace { ty: RustTy::Float, arity: Arity::One, doc: vec!["First.".to_owned()] },
            TuplePlace { ty: RustTy::Bool, arity: Arity::Rest, doc: Vec::new() },
            TuplePlace { ty: RustTy::Int(IntTy::I64), arity: Arity::One, doc: Vec::new() },
        ],
    };
    let ends = TupleStruct {
        head: head("Ends", "Ends"),
        places: vec![
            TuplePlace { ty: RustTy::Float, arity: Arity::One, doc: Vec::new() },
            TuplePlace { ty: RustTy::Bool, arity: Arity::Optional, doc: Vec::new() },
        ],
    };
    vec![RustItem::Tuple(tuple), RustItem::Tuple(ends)]
}

fn enums() -> Vec<RustItem> {
    vec![
        literals("Status", vec![text("active"), text("ended")], false),
        literals("Closed", vec![text("a"), text("b")], true),
        literals("WithUnknown", vec![text("x")], false),
        literals("Flags", vec![number(1.0), number(-2.0)], false),
        literals("ClosedFlags", vec![number(0.0), number(4.0)], true),
        literals("Halves", vec![number(0.5), number(1.0)], false),
    ]
}

fn unions() -> Vec<RustItem> {
    let left = structure(
        head("Left", "Left"),
        vec![required("items", list(named("Secrets"))), field("n", RustTy::Float, Presence::Optional)],
    );
    let right = structure(head("Right", "Right"), vec![constant("kind", text("right")), required("b", RustTy::Float)]);
    let bare = structure(head("Bare", "Bare"), vec![required("c", RustTy::Float)]);
    let tagged = TaggedEnum {
        head: head("Event", "Event"),
        tag: "kind".to_owned(),
        variants: vec![
            arm("left", boxed(named("Left")), true),
            arm("right", named("Right"), false),
            arm("deep", named("Event2"), true),
        ],
        untagged: None,
        closed: false,
    };
    let inner = TaggedEnum {
        head: head("Event2", "Event2"),
        tag: "sub".to_owned(),
        variants: vec![arm("left", named("Left"), true), arm("bare", named("Bare"), true)],
        untagged: Some(payload("None of these", named("Bare"))),
        closed: true,
    };
    let numbered = TaggedEnum {
        head: head("Numbered", "Numbered"),
        tag: "op".to_owned(),
        variants: vec![
            TaggedVariant { value: number(1.0), enum_writes_tag: true, variant: payload("One", named("Bare")) },
            TaggedVariant {
                value: Literal::Boolean(true),
                enum_writes_tag: true,
                variant: payload("Yes", named("Left")),
            },
        ],
        untagged: None,
        closed: false,
    };
    vec![
        RustItem::Struct(left),
        RustItem::Struct(right),
        RustItem::Struct(bare),
        RustItem::Tagged(tagged),
        RustItem::Tagged(inner),
        RustItem::Tagged(numbered),
    ]
}

fn structural_unions() -> Vec<RustItem> {
    let untagged = UntaggedEnum {
        head: head("Either", "Either"),
        variants: vec![
            UntaggedVariant {
                required: Vec::new(),
                variant: payload("Text", RustTy::String),
                kinds: vec![JsonKind::String],
                foreign: Vec::new(),
            },
            UntaggedVariant {
                required: Vec::new(),
                variant: payload("Number", RustTy::Float),
                kinds: vec![JsonKind::Number],
                foreign: Vec::new(),
            },
            UntaggedVariant {
                required: Vec::new(),
                variant: payload("List", list(named("Either"))),
                kinds: vec![JsonKind::Array],
                foreign: Vec::new(),
            },
            UntaggedVariant {
                required: Vec::new(),
                variant: payload("Bare", named("Bare")),
                kinds: vec![JsonKind::Object],
                foreign: Vec::new(),
            },
            UntaggedVariant {
                required: Vec::new(),
                variant: payload("Wide", named("Wide")),
                kinds: vec![JsonKind::Object],
                foreign: Vec::new(),
            },
        ],
    };
    let wide = structure(
        head("Wide", "Wide"),
        vec![
            required("c", RustTy::Float),
            required("d", RustTy::Float),
            field("deep", boxed(named("Either")), Presence::Optional),
        ],
    );
    vec![
        RustItem::Struct(wide),
        RustItem::Untagged(untagged),
        RustItem::Alias(RustAlias { head: head("Eithers", "Eithers"), ty: list(named("Either")) }),
    ]
}

fn classes() -> Vec<RustItem> {
    let several = |name: &str, wire: &[&str], json: Option<(&str, When)>| {
        RustMember::Field(RustField {
            wire: wire.iter().map(|key| (*key).to_owned()).collect(),
            default: json.map(|(json, when)| FieldDefault { json: json.to_owned(), when }),
            ..plain_field(name, RustTy::String, Presence::Required)
        })
    };
    let class = structure(
        head("Task", "Task"),
        vec![
            required("id", RustTy::String),
            several("task_id", &["agent_task_id", "task_id"], Some(("\"\"", When::Nullish))),
            several("same", &["task_id"], Some(("\"none\"", When::Falsy))),
            several("also", &["id"], None),
        ],
    );
    let wire = structure(
        head("TaskJSON", "TaskJSON"),
        vec![
            required("id", RustTy::String),
            field("task_id", RustTy::String, Presence::Optional),
            field("list", list(named("Bare")), Presence::Nullable),
        ],
    );
    let target = structure(
        head("Plain Task", "PlainTask"),
        vec![
            required("id", RustTy::String),
            required("task_id", RustTy::String),
            field("list", list(named("Bare")), Presence::Maybe),
            field("gone", RustTy::Bool, Presence::Optional),
        ],
    );
    let from = |name: &str, from, to, convert, default| FromField {
        field: RustIdent::snake(name),
        value: FromValue::Field { wire: RustIdent::snake(name), from, to, convert, default, clone: false },
    };
    let each = Convert::Each(Box::new(Convert::Into));
    let impls = FromWire {
        class: path("api::sample", "Plain Task"),
        wire: path("api::sample", "TaskJSON"),
        fields: vec![
            from("id", Presence::Required, Presence::Required, Convert::Same, None),
            from(
                "task_id",
                Presence::Optional,
                Presence::Required,
                Convert::Same,
                Some(FieldDefault { json: "\"\"".to_owned(), when: When::Nullish }),
            ),
            from("list", Presence::Nullable, Presence::Maybe, each, None),
            FromField { field: RustIdent::snake("gone"), value: FromValue::Absent },
        ],
    };
    vec![RustItem::Struct(class), RustItem::Struct(wire), RustItem::Struct(target), RustItem::From(impls)]
}

/// The text of the sample module's file, header and imports included.
fn sample_text(items: Vec<RustItem>) -> String {
    let set = print(&krate(items), "cargo xtask codegen").expect("the templates spell Rust");
    set.get("src/gen/api/sample.rs").expect("the module has a file").to_owned()
}

#[test]
fn everything_is_rust_and_stands_in_its_file() {
    let set = print(&sample(), "cargo xtask codegen").expect("the templates spell Rust");
    for (path, text) in set.iter() {
        assert!(text.starts_with("// @generated by `cargo xtask codegen`"), "{path}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
        syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    for path in ["src/gen/mod.rs", "src/gen/api/mod.rs", "src/gen/api/sample.rs", "src/gen/support/mod.rs"] {
        assert!(set.get(path).is_some(), "{path}");
    }
}

#[test]
fn a_struct_and_its_table() {
    let item = structure(
        head("SessionJSON", "SessionJSON"),
        vec![
            constant("object", text("session")),
            required("id", RustTy::String),
            field("actor", list(RustTy::Float), Presence::Nullable),
            secret("token", RustTy::String, Presence::Optional),
        ],
    );
    let expected = r#"// @generated by `cargo xtask codegen` from api/sample.d.ts. Do not edit by hand.

//! From `api/sample.d.ts`.

use crate::support;

/// `SessionJSON` of the sample.
#[derive(Clone, PartialEq)]
pub struct SessionJson {
    pub id: String,
    pub actor: Option<Vec<f64>>,
    pub token: Option<String>,
}

impl ::std::fmt::Debug for SessionJson {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("SessionJson")
            .field("id", &self.id)
            .field("actor", &self.actor)
            .field("token", &format_args!("[redacted]"))
            .finish()
    }
}

support::record! {
    SessionJson "SessionJSON" {
        "object" = "session";
        "id" => id;
        "actor" => actor: Nullable<List<Float>>;
        "token" => token: Secret<Optional>;
    }
}
"#;
    assert_eq!(sample_text(vec![RustItem::Struct(item)]), expected);
}

#[test]
fn a_type_named_like_one_of_the_prelude_shadows_nothing() {
    let own = structure(head("String", "String"), vec![required("text", RustTy::String)]);
    let text = sample_text(vec![RustItem::Struct(own)]);
    assert!(text.contains("pub text: ::std::string::String,"), "{text}");
}

#[test]
fn the_arm_for_unknown_values_gives_way_to_a_known_one() {
    let mut item = LiteralEnum { head: head("Status", "Status"), variants: Vec::new(), closed: false };
    for value in ["active", "unknown"] {
        let name = RustIdent::upper_camel(value);
        item.variants.push(LiteralVariant { name, value: text(value), doc: Vec::new(), deprecated: None });
    }
    let text = sample_text(vec![RustItem::LiteralEnum(item)]);
    assert!(text.contains("UnknownValue(support::UnknownValue<Status>),"), "{text}");
    assert!(text.contains("        \"unknown\" => Unknown;\n        _ => UnknownValue;\n"), "{text}");
}

#[test]
fn only_what_is_used_of_the_support_module_is_emitted() {
    let item = structure(head("One", "One"), vec![required("id", RustTy::String)]);
    let set = print(&krate(vec![RustItem::Struct(item)]), "cmd").expect("the templates spell Rust");
    for absent in ["tagged", "untagged", "maybe", "unix_millis", "tuple", "picked"] {
        assert!(set.get(&format!("src/gen/support/{absent}.rs")).is_none(), "{absent}");
    }
}

#[test]
fn a_module_named_like_a_device_has_another_file() {
    let mut krate = krate(Vec::new());
    krate.root.children[0].name = Some(RustIdent::snake("mod"));
    krate.root.children[0].children[0].name = Some(RustIdent::snake("con"));
    let set = print(&krate, "cmd").expect("the templates spell Rust");
    assert!(set.get("src/gen/mod_/con_.rs").is_some());
    assert!(set.get("src/gen/mod.rs").is_some_and(|text| text.contains("#[path = \"mod_/mod.rs\"]\npub mod r#mod;")));
}

#[test]
fn documentation_cannot_become_code() {
    let mut item = structure(head("One", "One"), Vec::new());
    item.head.doc = vec!["*/ pub fn evil() {}\r\nfn more() {}\n".to_owned(), "\"] fn x() {}".to_owned()];
    let text = sample_text(vec![RustItem::Struct(item)]);
    let file = syn::parse_file(&text).expect("what is printed is Rust");
    assert!(!file.items.iter().any(|item| matches!(item, syn::Item::Fn(_))), "{text}");
}

#[test]
fn two_names_of_one_type_get_no_conversion() {
    let alias = RustAlias { head: head("Renamed", "Renamed"), ty: named("Plain") };
    let page = |arg: &str| RustTy::Path(path("api::sample", "Page"), vec![named(arg)]);
    let untagged = |name: &str, ty: RustTy| UntaggedVariant {
        required: Vec::new(),
        foreign: Vec::new(),
        variant: payload(name, ty),
        kinds: vec![JsonKind::Object],
    };
    let either = |second: &str| UntaggedEnum {
        head: head("Either", "Either"),
        variants: vec![untagged("A", page("Plain")), untagged("B", page(second))],
    };
    let items = |second: &str| {
        let page = structure(generic("Page", &["T"]), vec![required("of", RustTy::Param(RustIdent::upper_camel("T")))]);
        let plain = |name: &str| RustItem::Struct(structure(head(name, name), vec![required("a", RustTy::String)]));
        let either = RustItem::Untagged(either(second));
        vec![plain("Plain"), plain("Other"), RustItem::Alias(alias.clone()), RustItem::Struct(page), either]
    };
    assert_eq!(sample_text(items("Other")).matches("for Either").count(), 2);
    assert_eq!(sample_text(items("Renamed")).matches("for Either").count(), 0);
}
