//! `[types]` rows: the TypeScript type that is meant where the declarations say another.
//!
//! They are written into the schema before planning begins, so that everything after sees one type only.

use crate::diagnostic::Diagnostic;
use crate::model::{DefId, Literal, Model};
use crate::recipe::Recipe;
use crate::schema::{Fallback, InstanceId, LiteralShape, Record, Schema, Shape};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The schema as the recipe means it.
pub(super) fn apply<'s>(
    model: &Model,
    schema: &'s Schema,
    recipe: &Recipe,
    diagnostics: &mut Vec<Diagnostic>,
) -> Cow<'s, Schema> {
    if recipe.types.rows().is_empty() {
        return Cow::Borrowed(schema);
    }
    let mut meant = Meant { model, recipe, names: names(model, schema), found: Vec::new() };
    let mut made = schema.clone();
    for instance in &mut made.instances {
        meant.declaration(instance.def, &mut instance.shape);
    }
    for (def, body) in &mut made.generics {
        meant.declaration(*def, body);
    }
    for (def, path) in &meant.found {
        // What has a type now is untyped no more.
        if let Some(reached) = made.reached.get_mut(def) {
            reached.notes.retain(|note| note.path != *path);
        }
    }
    for row in recipe.types.rows() {
        if meant.parse(&row.value).is_none() {
            diagnostics.push(recipe.wrong_type(row));
        }
    }
    Cow::Owned(made)
}

/// The declarations without parameters, by name; of several of one name the first.
fn names<'m>(model: &'m Model, schema: &Schema) -> BTreeMap<&'m str, InstanceId> {
    let mut names = BTreeMap::new();
    for (index, instance) in schema.instances.iter().enumerate().filter(|(_, instance)| instance.is_whole()) {
        names.entry(model.def(instance.def).name.as_str()).or_insert(InstanceId(index as u32));
    }
    names
}

struct Meant<'a> {
    model: &'a Model,
    recipe: &'a Recipe,
    names: BTreeMap<&'a str, InstanceId>,
    /// The properties that were given another type, by declaration and path.
    found: Vec<(DefId, String)>,
}

impl Meant<'_> {
    fn declaration(&mut self, def: DefId, shape: &mut Shape) {
        let name = self.model.def(def).name.clone();
        match self.row(std::slice::from_ref(&name)) {
            Some(other) => *shape = other,
            None => self.inside(def, &name, shape),
        }
    }

    /// The properties in a shape, references not followed.
    fn inside(&mut self, def: DefId, place: &str, shape: &mut Shape) {
        match shape {
            Shape::Array(item) => self.inside(def, place, item),
            Shape::Tuple(places) => places.iter_mut().for_each(|tuple| self.inside(def, place, &mut tuple.shape)),
            Shape::Union(arms) => arms.iter_mut().for_each(|arm| self.inside(def, place, arm)),
            Shape::Record(record) => self.record(def, place, record),
            _ => {}
        }
    }

    fn record(&mut self, def: DefId, place: &str, record: &mut Record) {
        for property in &mut record.properties {
            let mut names = vec![format!("{place}.{}", property.name)];
            names.extend(property.owner.map(|owner| format!("{}.{}", self.model.def(owner).name, property.name)));
            if let Some(other) = self.row(&names) {
                property.shape = other;
                let path = names[0].strip_prefix(self.model.def(def).name.as_str()).unwrap_or_default();
                self.found.push((def, path.trim_start_matches('.').to_owned()));
            } else {
                self.inside(def, &names[0], &mut property.shape);
            }
        }
        for index in &mut record.indexes {
            self.inside(def, place, &mut index.value);
        }
    }

    fn row(&self, names: &[String]) -> Option<Shape> {
        self.parse(self.recipe.types.find(names)?)
    }

    /// A type as a row writes it: primitives, literals of strings, names of declarations, lists and unions of those.
    fn parse(&self, text: &str) -> Option<Shape> {
        let mut arms: Vec<Shape> = Vec::new();
        for arm in text.split('|') {
            let arm = self.arm(arm.trim())?;
            if !arms.contains(&arm) {
                arms.push(arm);
            }
        }
        if arms.len() == 1 { arms.pop() } else { Some(Shape::Union(arms)) }
    }

    fn arm(&self, text: &str) -> Option<Shape> {
        let bare = text.trim_end_matches("[]");
        let mut shape = match bare.trim() {
            "string" => Shape::String,
            "number" => Shape::Number,
            "boolean" => Shape::Boolean,
            "null" => Shape::Null,
            "unknown" => Shape::Any(Fallback::Unknown),
            quoted if is_quoted(quoted) => Shape::Literal(LiteralShape {
                value: Literal::String(quoted[1..quoted.len() - 1].to_owned()),
                name: None,
                doc: None,
            }),
            name => Shape::Ref(*self.names.get(name)?),
        };
        for _ in 0..(text.len() - bare.len()) / 2 {
            shape = Shape::Array(Box::new(shape));
        }
        Some(shape)
    }
}

fn is_quoted(text: &str) -> bool {
    text.len() >= 2 && ['\'', '"'].iter().any(|quote| text.starts_with(*quote) && text.ends_with(*quote))
}
