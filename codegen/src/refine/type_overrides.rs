//! `[types]` rows: the TypeScript type that is meant where the declarations say another.
//!
//! They are written into the schema before planning begins, so that everything after sees one type only.

use super::Refined;
use super::type_names::TypeNames;
use crate::model::{DefId, Model};
use crate::recipe::Recipe;
use crate::schema::{Record, Shape};

/// Gives the declarations and properties that rules name their types.
pub(super) fn apply(model: &Model, recipe: &Recipe, refined: &mut Refined) {
    if recipe.types.rows().is_empty() {
        return;
    }
    let schema = &mut refined.schema;
    let mut overrides = Overrides { model, recipe, names: TypeNames::new(model, schema), found: Vec::new() };
    for instance in &mut schema.instances {
        overrides.declaration(instance.def, &mut instance.shape);
    }
    for (def, body) in &mut schema.generics {
        overrides.declaration(*def, body);
    }
    for (def, path) in &overrides.found {
        // What has a type now is untyped no more.
        if let Some(reached) = schema.reached.get_mut(def) {
            reached.notes.retain(|note| note.path != *path);
        }
    }
    for row in recipe.types.rows() {
        if overrides.names.parse(&row.value).is_none() {
            refined.diagnostics.push(recipe.wrong_type(row));
        }
    }
}

struct Overrides<'a> {
    model: &'a Model,
    recipe: &'a Recipe,
    names: TypeNames<'a>,
    /// The properties that were given another type, by declaration and path.
    found: Vec<(DefId, String)>,
}

impl Overrides<'_> {
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
        self.names.parse(self.recipe.types.find(names)?)
    }
}
