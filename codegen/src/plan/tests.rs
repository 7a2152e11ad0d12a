//! Whole plans of small schemas.

use super::testing::{Made, number, property, record, text, union};
use crate::schema::{Fallback, IndexShape, LiteralShape, Record, Shape};

#[test]
fn records_enums_aliases_and_maps() {
    let mut made = Made::default();
    let status = made.declare("Status", union(&[text("active"), text("ended")]));
    made.declare("Ids", Shape::Array(Box::new(Shape::String)));
    made.declare(
        "SessionJSON",
        record(&[
            ("object", text("session")),
            ("id", Shape::String),
            ("status", Shape::Ref(status)),
            ("lastActiveAt?", Shape::Number),
            ("actor", union(&[Shape::Any(Fallback::Unknown), Shape::Null])),
            ("gone?", Shape::Never),
            ("kind", union(&[text("a"), text("b"), Shape::Null])),
            ("nested?", union(&[record(&[("x", Shape::Boolean)]), Shape::Null])),
        ]),
    );
    assert_eq!(
        made.sketch(),
        [
            "enum Status Active | Ended",
            "alias Ids = Vec<String>",
            "struct SessionJson { object = \"session\", id: Required String, status: Required Status, last_active_at: \
             Optional Float, actor: Required Json, no gone, kind: Nullable SessionJsonKind, nested: Maybe \
             SessionJsonNested }",
            "enum SessionJsonKind A | B",
            "struct SessionJsonNested { x: Required Bool }",
        ]
    );
}

#[test]
fn index_signatures() {
    let mut made = Made::default();
    let index = |value: Shape| IndexShape { key: Shape::String, value };
    let map = |properties: Vec<crate::schema::Property>, value: Shape| {
        Shape::Record(Box::new(Record { properties, indexes: vec![index(value)], class: None }))
    };
    made.declare("Json", map(Vec::new(), Shape::Any(Fallback::Unknown)));
    made.declare("Counts", map(Vec::new(), record(&[("n", Shape::Number)])));
    made.declare("Open", map(vec![property("extra", Shape::String)], Shape::Any(Fallback::Any)));
    made.declare("Augmentable", record(&[]));
    assert_eq!(
        made.sketch(),
        [
            "alias Json = JsonMap",
            "alias Counts = Map<CountsValue>",
            "struct CountsValue { n: Required Float }",
            "struct Open { extra: Required String }",
            "alias Augmentable = JsonMap",
        ]
    );
}

#[test]
fn a_union_with_a_tag_is_flat() {
    let mut made = Made::default();
    let created = made.declare("Created", record(&[("type", text("user.created")), ("id", Shape::String)]));
    let ended = made.declare("Ended", record(&[("type", union(&[text("a"), text("b")])), ("id", Shape::String)]));
    let inner = made.declare("Inner", union(&[Shape::Ref(created), Shape::Ref(ended)]));
    made.declare("Event", union(&[Shape::Ref(inner), record(&[("type", text("c"))])]));
    let sketch = made.sketch();
    assert_eq!(
        sketch[3..],
        [
            "struct EndedPayload { id: Required String }",
            "tagged Inner by type UserCreated(Created) | A+(EndedPayload) | B+(EndedPayload)",
            "tagged Event by type UserCreated(Created) | A+(EndedPayload) | B+(EndedPayload) | C(EventC)",
            "struct EventC { type = \"c\" }",
        ]
    );
}

#[test]
fn arms_that_share_a_literal_are_a_union_of_their_own() {
    let mut made = Made::default();
    let first = record(&[("type", text("a")), ("x", Shape::String)]);
    let second = record(&[("type", text("a")), ("y", Shape::String)]);
    made.declare("U", union(&[first, second, record(&[("type", text("b"))])]));
    assert_eq!(
        made.sketch(),
        [
            "tagged U by type A(UA) | B(UB)",
            "untagged UA X(UAX) | Y(UAY)",
            "struct UAX { type = \"a\", x: Required String }",
            "struct UAY { type = \"a\", y: Required String }",
            "struct UB { type = \"b\" }",
        ]
    );
}

#[test]
fn other_unions_go_by_kind() {
    let mut made = Made::default();
    let tagged = [record(&[("t", text("a"))]), record(&[("t", text("b"))])];
    made.declare("Mixed", union(&[Shape::String, tagged[0].clone(), tagged[1].clone(), Shape::Null]));
    made.declare("Level", union(&[number(1.0), number(2.0), text("max")]));
    made.declare("Open", union(&[text("a"), text("b"), Shape::OpenString]));
    made.declare("Flag", union(&[Shape::Literal(bool_literal(true)), Shape::Number]));
    made.declare("Nothing", union(&[Shape::Any(Fallback::Any), Shape::String]));
    assert_eq!(
        made.sketch(),
        [
            "alias Mixed = Option<MixedValue>",
            "untagged MixedValue String(String) | Object(MixedObject)",
            "tagged MixedObject by t A(MixedObjectA) | B(MixedObjectB)",
            "struct MixedObjectA { t = \"a\" }",
            "struct MixedObjectB { t = \"b\" }",
            "untagged Level String(LevelString) | Number(LevelNumber)",
            "enum LevelString Max",
            "enum LevelNumber Value1 | Value2",
            "enum Open A | B",
            "untagged Flag Number(Float) | True(BoolLiteral(true))",
            "alias Nothing = Json",
        ]
    );
}

#[test]
fn a_union_with_a_name_stays_one_arm_unless_it_is_told_apart_with_the_others() {
    let mut made = Made::default();
    let arm = |tag: &str| record(&[("t", text(tag))]);
    let shape = made.declare("Shape", union(&[arm("a"), arm("b")]));
    let maybe = made.declare("Maybe", union(&[Shape::Ref(shape), Shape::Null]));
    made.declare("Named", union(&[Shape::Ref(maybe), Shape::String]));
    made.declare("More", union(&[Shape::Ref(shape), arm("c")]));
    let sketch = made.sketch();
    let found: Vec<&str> = sketch.iter().map(String::as_str).filter(|line| !line.starts_with("struct")).collect();
    assert_eq!(
        found,
        [
            "tagged Shape by t A(ShapeA) | B(ShapeB)",
            "alias Maybe = Option<Shape>",
            "alias Named = Option<NamedValue>",
            "untagged NamedValue String(String) | Shape(Shape)",
            "tagged More by t A(ShapeA) | B(ShapeB) | C(MoreC)",
        ]
    );
}

#[test]
fn a_property_of_all_arms_tells_them_apart_before_one_that_some_lack() {
    let mut made = Made::default();
    let first = record(&[("kind", text("a")), ("sub", text("one"))]);
    let second = record(&[("kind", text("a")), ("sub", text("two"))]);
    made.declare("U", union(&[first, second, record(&[("kind", text("b"))])]));
    assert_eq!(made.sketch()[..2], ["tagged U by kind A(UA) | B(UB)", "tagged UA by sub One(UAOne) | Two(UATwo)"]);
}

fn bool_literal(value: bool) -> LiteralShape {
    LiteralShape { value: crate::model::Literal::Boolean(value), name: None, doc: None }
}

#[test]
fn recursive_aliases_become_types() {
    let mut made = Made::default();
    let list = made.reserve("List");
    made.define(list, Shape::Array(Box::new(Shape::Ref(list))));
    let json = made.reserve("Json");
    let map = Shape::Record(Box::new(Record {
        properties: Vec::new(),
        indexes: vec![IndexShape { key: Shape::String, value: Shape::Ref(json) }],
        class: None,
    }));
    made.define(json, union(&[Shape::String, Shape::Array(Box::new(Shape::Ref(json))), map]));
    assert_eq!(
        made.sketch(),
        ["untagged List ListList(Vec<List>)", "untagged Json String(String) | List(Vec<Json>) | Map(Map<Json>)",]
    );
}

#[test]
fn anonymous_types_share_where_they_are_equal_and_are_told_apart_where_not() {
    let mut made = Made::default();
    made.declare("SessionStatus", Shape::String);
    made.declare("Session", record(&[("status", union(&[text("a"), text("b")]))]));
    assert_eq!(
        made.sketch()[1..],
        ["struct Session { status: Required SessionStatusKind }", "enum SessionStatusKind A | B"]
    );
}

#[test]
fn an_absent_property_may_be_the_tag() {
    let mut made = Made::default();
    let old = record(&[("v?", Shape::Never), ("org", Shape::String)]);
    made.declare("Payload", union(&[old, record(&[("v", number(2.0)), ("o", Shape::String)])]));
    assert_eq!(made.sketch()[0], "tagged Payload by v V2(PayloadV2) | no tag WithoutV(PayloadWithoutV)");
}

#[test]
fn a_property_with_the_same_values_everywhere_is_no_tag() {
    let mut made = Made::default();
    let arm = |name: &str| record(&[("flag", Shape::Boolean), (name, Shape::String)]);
    made.declare("U", union(&[arm("a"), arm("b")]));
    assert_eq!(made.sketch()[0], "untagged U A(UA) | B(UB)");
}

#[test]
fn arms_that_differ_in_combinations_are_named_by_them() {
    let mut made = Made::default();
    let arm = |first: &str, second: &str| record(&[(first, Shape::String), (second, Shape::String)]);
    made.declare("U", union(&[arm("url", "body"), arm("url", "none?"), arm("path", "body"), arm("path", "none?")]));
    assert_eq!(
        made.sketch()[0],
        "untagged U UrlBody(UUrlBody) | UrlNone(UUrlNone) | PathBody(UPathBody) | PathNone(UPathNone)"
    );
}

#[test]
fn equal_fields_of_several_arms_share_a_type() {
    let mut made = Made::default();
    let status = || union(&[text("x"), text("y")]);
    let arm = |kind: &str| record(&[("kind", text(kind)), ("status", status())]);
    made.declare("U", union(&[arm("a"), arm("b")]));
    assert_eq!(
        made.sketch(),
        [
            "tagged U by kind A(UA) | B(UB)",
            "struct UA { kind = \"a\", status: Required UStatus }",
            "enum UStatus X | Y",
            "struct UB { kind = \"b\", status: Required UStatus }",
        ]
    );
}

#[test]
fn an_arm_that_holds_a_union_of_itself_is_named_once() {
    let mut made = Made::default();
    let logic = made.reserve("Logic");
    let wider = || union(&[Shape::Ref(logic), Shape::Number]);
    made.define(logic, union(&[record(&[("not", wider())]), Shape::String]));
    assert_eq!(
        made.sketch(),
        [
            "untagged Logic String(String) | Object(LogicObject)",
            "struct LogicObject { not: Required LogicOrNumber }",
            "untagged LogicOrNumber Number(Float) | Logic(Box<Logic>)",
        ]
    );
}

#[test]
fn unions_that_hold_themselves_in_lists_and_maps_are_named_once() {
    let mut made = Made::default();
    let json = made.reserve("Json");
    let wider = || union(&[Shape::Ref(json), Shape::Boolean]);
    let map = Shape::Record(Box::new(Record {
        properties: Vec::new(),
        indexes: vec![IndexShape { key: Shape::String, value: wider() }],
        class: None,
    }));
    made.define(json, union(&[Shape::String, map, Shape::Array(Box::new(wider()))]));
    assert_eq!(made.sketch().len(), 2, "{:?}", made.sketch());
}
