//! Where objects without a name are written: an object that is met elsewhere (`Api['schemas']['user']`, what a base
//! or an operator's argument holds) is the type at the place where upstream wrote it.
//!
//! A position says what stands inside what: an object is written in the last property that begins before it.

use super::homes::{Homes, is_same_type};
use super::layout::ModulePath;
use super::planner::{Input, Planner};
use super::site::Site;
use crate::model::DefId;
use crate::rust::RustPath;
use crate::schema::{Property, Record, Schema, Shape};
use crate::source::Location;
use std::collections::BTreeMap;

/// The objects without a name, by the first property of each.
pub(super) type Written<'a> = BTreeMap<Location, Place<'a>>;

/// Where an object is written.
pub(super) struct Place<'a> {
    def: DefId,
    steps: Vec<Step<'a>>,
    shape: &'a Shape,
}

/// A step on the way from a declaration to what is in it.
#[derive(Clone)]
enum Step<'a> {
    Property(&'a Property),
    Inside(&'static str),
}

/// Finds the objects in the declarations that have a path.
pub(super) fn written<'a>(input: Input<'a>, homes: &Homes, paths: &BTreeMap<DefId, RustPath>) -> Written<'a> {
    let schema: &'a Schema = input.schema;
    let mut search = Search { found: BTreeMap::new(), def: DefId(0) };
    for instance in schema.instances.iter().filter(|instance| instance.is_whole()) {
        let def = input.model.def(instance.def);
        if paths.contains_key(&instance.def) {
            let end = homes.after(def.location);
            search.def = instance.def;
            search.inside(&instance.shape, (def.location, end), &mut Vec::new());
        }
    }
    search.found
}

struct Search<'a> {
    found: Written<'a>,
    def: DefId,
}

impl<'a> Search<'a> {
    /// Looks into a shape whose text lies between two positions.
    fn inside(&mut self, shape: &'a Shape, range: (Location, Option<Location>), steps: &mut Vec<Step<'a>>) {
        match shape {
            Shape::Array(item) => self.step(item, range, Step::Inside("Item"), steps),
            Shape::Union(arms) => {
                // What has several arms names them by what tells them apart.
                let mut objects = arms.iter().filter(|arm| !matches!(arm, Shape::Null));
                if let (Some(one), None) = (objects.next(), objects.next()) {
                    self.inside(one, range, steps);
                }
            }
            Shape::Record(record) if record.properties.is_empty() => {
                if let [index] = record.indexes.as_slice() {
                    self.step(&index.value, range, Step::Inside("Value"), steps);
                }
            }
            Shape::Record(record) => self.record(record, shape, range, steps),
            _ => {}
        }
    }

    fn record(
        &mut self,
        record: &'a Record,
        shape: &'a Shape,
        (start, end): (Location, Option<Location>),
        steps: &mut Vec<Step<'a>>,
    ) {
        let here = |at: Location| at.file == start.file && at > start && end.is_none_or(|end| at < end);
        let mut properties: Vec<&Property> = record.properties.iter().filter(|it| here(it.location)).collect();
        properties.sort_by_key(|property| property.location);
        let first = record.properties[0].location;
        if properties.len() == record.properties.len() && !steps.is_empty() {
            self.found.entry(first).or_insert_with(|| Place { def: self.def, steps: steps.clone(), shape });
        }
        let ends = properties.iter().skip(1).map(|property| Some(property.location)).chain([end]);
        for (property, end) in properties.iter().zip(ends) {
            self.step(&property.shape, (property.location, end), Step::Property(property), steps);
        }
    }

    fn step(
        &mut self,
        shape: &'a Shape,
        range: (Location, Option<Location>),
        step: Step<'a>,
        steps: &mut Vec<Step<'a>>,
    ) {
        steps.push(step);
        self.inside(shape, range, steps);
        steps.pop();
    }
}

impl Planner<'_> {
    /// The place of an object without a name: where it is written, if the same stands there.
    pub(super) fn written_site(&self, record: &Record, shape: &Shape, own: &Site) -> Option<Site> {
        let first = record.properties.first()?.location;
        let place = self.written.get(&first)?;
        if own.claim.is_some() || !own.params.is_empty() || !is_same_type(place.shape, shape) {
            return None;
        }
        let mut site = self.site_of(place.def, self.paths.get(&place.def)?);
        for step in &place.steps {
            site = match step {
                Step::Property(property) => site.field(&property.name, None),
                Step::Inside(word) => site.inner(word),
            };
        }
        let same: (&ModulePath, &str) = (&own.module, &own.short);
        if site.case != own.case || same == (&site.module, site.short.as_str()) {
            return None;
        }
        site.names.extend(own.names.iter().cloned());
        Some(site)
    }
}
