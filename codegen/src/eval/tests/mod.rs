//! Tests on text: what a declaration becomes, written compactly.

mod data;
mod operators;
mod robust;
mod usage;

use crate::diagnostic::Diagnostic;
use crate::load::{self, Input};
use crate::model::{DefId, Literal, Model};
use crate::schema::{LibraryShape, Naming, NoteOutcome, Schema, Shape};
use crate::{lower, parse, symbols};

/// An evaluated text.
pub(super) struct Evaluated {
    pub model: Model,
    pub schema: Schema,
    pub diagnostics: Vec<Diagnostic>,
}

/// Evaluates one file that is the only entry.
pub(super) fn schema_of(text: &str) -> Evaluated {
    let evaluated = crate::guard::on_large_stack("test", || evaluate(text));
    evaluated.unwrap_or_else(|panic| panic!("{panic}"))
}

fn evaluate(text: &str) -> Evaluated {
    let input =
        Input::Memory { files: vec![("a.d.ts".to_owned(), text.to_owned())], entries: vec!["a.d.ts".to_owned()] };
    let loader = load::open(&input).expect("the file is there");
    let (sources, modules, found) = parse::parse_all(&loader);
    assert_eq!(found, [], "parse");
    let (symbols, _) = symbols::collect(&sources, &modules);
    let (model, _) = lower::lower(&sources, &modules, &symbols);
    let (schema, diagnostics) = super::evaluate(&model);
    Evaluated { model, schema, diagnostics }
}

impl Evaluated {
    pub fn def(&self, name: &str) -> DefId {
        let place = self.model.defs.iter().position(|def| def.name == name);
        DefId(u32::try_from(place.unwrap_or_else(|| panic!("`{name}` is declared"))).unwrap())
    }

    /// The body of a declaration without parameters.
    pub fn body(&self, name: &str) -> String {
        let def = self.def(name);
        let instance = self.schema.instances.iter().find(|instance| instance.def == def);
        self.text(&instance.unwrap_or_else(|| panic!("`{name}` has an instance")).shape)
    }

    /// The body of a generic declaration, parameters kept.
    pub fn generic(&self, name: &str) -> Option<String> {
        self.schema.generics.get(&self.def(name)).map(|shape| self.text(shape))
    }

    /// Notes of a declaration: `path kind outcome`.
    pub fn notes(&self, name: &str) -> Vec<String> {
        let reached = &self.schema.reached[&self.def(name)];
        let line = |outcome: NoteOutcome| match outcome {
            NoteOutcome::Skipped(why) => format!("skipped {}", why.as_str()),
            NoteOutcome::Fallback(why) => format!("fallback {}", why.as_str()),
        };
        reached.notes.iter().map(|note| format!("{} {} {}", note.path, note.kind, line(note.outcome))).collect()
    }

    pub fn not_data(&self, name: &str) -> Option<&'static str> {
        self.schema.reached[&self.def(name)].not_data.map(|why| why.as_str())
    }

    /// A shape, compactly.
    pub fn text(&self, shape: &Shape) -> String {
        let list =
            |shapes: &[Shape], by: &str| shapes.iter().map(|shape| self.text(shape)).collect::<Vec<_>>().join(by);
        match shape {
            Shape::Any(why) => format!("any({})", why.as_str()),
            Shape::NonNull(_) => "{}".to_owned(),
            Shape::Null => "null".to_owned(),
            Shape::Undefined => "undefined".to_owned(),
            Shape::Never => "never".to_owned(),
            Shape::String => "string".to_owned(),
            Shape::OpenString => "open".to_owned(),
            Shape::Number => "number".to_owned(),
            Shape::Boolean => "boolean".to_owned(),
            Shape::Literal(literal) => literal_text(&literal.value, literal.name.as_deref()),
            Shape::Template(template) => format!("`{}`", template.pattern),
            Shape::Library(LibraryShape::Date) => "Date".to_owned(),
            Shape::Library(LibraryShape::Url) => "URL".to_owned(),
            Shape::Array(item) if matches!(**item, Shape::Union(_)) => format!("({})[]", self.text(item)),
            Shape::Array(item) => format!("{}[]", self.text(item)),
            Shape::Tuple(places) => {
                let place = |place: &crate::schema::TupleShape| {
                    let (rest, optional) = (if place.rest { "..." } else { "" }, if place.optional { "?" } else { "" });
                    format!("{rest}{}{optional}", self.text(&place.shape))
                };
                format!("[{}]", places.iter().map(place).collect::<Vec<_>>().join(", "))
            }
            Shape::Record(record) => {
                let mut parts: Vec<String> = record
                    .properties
                    .iter()
                    .map(|it| format!("{}{}: {}", it.name, if it.optional { "?" } else { "" }, self.text(&it.shape)))
                    .collect();
                parts.extend(
                    record.indexes.iter().map(|it| format!("[{}]: {}", self.text(&it.key), self.text(&it.value))),
                );
                format!("{{{}}}", parts.join("; "))
            }
            Shape::Enum(members) => {
                let texts: Vec<_> = members.iter().map(|it| literal_text(&it.value, it.name.as_deref())).collect();
                format!("enum({})", texts.join(", "))
            }
            Shape::Union(arms) => list(arms, " | "),
            Shape::Ref(id) => {
                let instance = self.schema.instance(*id);
                match &instance.naming {
                    Naming::Declaration => self.named(instance.def, &instance.args),
                    Naming::Made(words) => words.clone(),
                    Naming::Place => format!("{}?", self.named(instance.def, &[])),
                }
            }
            Shape::Param(place) => format!("#{place}"),
            Shape::GenericRef(def, args) => self.named(*def, args),
            Shape::NotData(why) => format!("!{}", why.as_str()),
        }
    }

    fn named(&self, def: DefId, args: &[Shape]) -> String {
        let args: Vec<String> = args.iter().map(|arg| self.text(arg)).collect();
        let args = if args.is_empty() { String::new() } else { format!("<{}>", args.join(", ")) };
        format!("{}{args}", self.model.def(def).name)
    }
}

fn literal_text(value: &Literal, name: Option<&str>) -> String {
    match name {
        Some(name) => format!("{name}={value}"),
        None => value.to_string(),
    }
}

/// The body of `X` in a text, aliases followed.
fn x(text: &str) -> String {
    let it = schema_of(text);
    let def = it.def("X");
    let instance = it.schema.instances.iter().find(|instance| instance.def == def).expect("`X` has an instance");
    it.text(it.schema.resolve(&instance.shape))
}

/// Asserts what `export type X = …` becomes, after some declarations.
#[track_caller]
pub(super) fn check(declarations: &str, ty: &str, expected: &str) {
    assert_eq!(x(&format!("{declarations}\nexport type X = {ty};")), expected, "{declarations} X = {ty}");
}
