//! Unions told apart by JSON kind and keys.

use super::arms::Group;
use super::kinds::kinds;
use super::names::distinct;
use super::planner::Planner;
use super::site::Site;
use crate::rust::{JsonKind, PayloadVariant, RustIdent, RustItem, RustPath, RustTy, UntaggedEnum, UntaggedVariant};
use crate::schema::{InstanceId, Naming, Record, Shape, TupleShape};
use std::collections::{BTreeMap, BTreeSet};

/// An arm with the name of its variant.
struct NamedArm<'s> {
    name: String,
    group: Group<'s>,
    kinds: Vec<JsonKind>,
}

impl Planner<'_> {
    /// An enum with a variant for each kind of arm, and for each object that no property tells from the others.
    pub(super) fn untagged(&mut self, groups: &[Group<'_>], shapes: &[&Shape], site: &Site) -> RustTy {
        let rank = self.next_rank();
        let named = self.union_site(shapes, site);
        let (site, taken) = named.as_ref().map_or((site, shapes), |(site, arms)| (site, arms.as_slice()));
        let (path, known) = self.take(site, "Union", taken);
        let (params, args) = self.params_of(shapes, site);
        if known {
            return RustTy::Path(path, args);
        }
        let site = site.within(&path, self.names.words(&path));
        let arms = self.named_arms(groups, &site);
        let texts: Vec<&str> = arms.iter().map(|arm| arm.name.as_str()).collect();
        let names = distinct(&texts, RustIdent::upper_camel, &[]);
        let mut variants = Vec::with_capacity(arms.len());
        for (arm, name) in arms.iter().zip(names) {
            let ty = self.group(&arm.group, &site.arm(name.text()));
            let variant = PayloadVariant { name, ty, doc: Vec::new(), deprecated: None };
            let foreign = self.foreign(&arm.group, groups, &site);
            let (kinds, required) = (arm.kinds.clone(), Vec::new());
            variants.push(UntaggedVariant { variant, kinds, required, foreign });
        }
        let head = self.head(&path, params, &site, ("a union", shapes));
        self.push(&path, site.owner, rank, RustItem::Untagged(UntaggedEnum { head, variants }));
        RustTy::Path(path, args)
    }

    /// An enum of one variant, which holds a type that cannot be an alias.
    pub(super) fn newtype(&mut self, path: &RustPath, ty: RustTy, shape: &Shape, site: &Site) -> RustItem {
        let head = self.head(path, Vec::new(), site, ("an alias that holds itself", &[shape]));
        let shape = without_null(shape);
        let name = RustIdent::upper_camel(&self.shape_name(shape, 1));
        let variant = PayloadVariant { name, ty, doc: Vec::new(), deprecated: None };
        let kinds = kinds(self.input.schema, shape);
        RustItem::Untagged(UntaggedEnum {
            head,
            variants: vec![UntaggedVariant { variant, kinds, required: Vec::new(), foreign: Vec::new() }],
        })
    }

    /// The arms of groups, objects apart where no tag tells them.
    fn named_arms<'s>(&self, groups: &[Group<'s>], site: &Site) -> Vec<NamedArm<'s>> {
        let mut arms = Vec::new();
        for group in groups {
            match group {
                Group::Objects(shapes)
                    if shapes.len() > 1 && (groups.len() == 1 || self.find_tag(shapes, &site.spent).is_none()) =>
                {
                    for shape in shapes {
                        let name = self.object_name(shape, shapes);
                        let kinds = vec![self.object_kind(shape)];
                        arms.push(NamedArm { name, group: Group::Objects(vec![shape]), kinds });
                    }
                }
                other => arms.push(self.named_arm(other, groups)),
            }
        }
        self.tell_apart(&mut arms);
        arms
    }

    /// Of arms with one name, puts in front of each what its declaration stands in.
    fn tell_apart(&self, arms: &mut [NamedArm<'_>]) {
        let idents: Vec<RustIdent> = arms.iter().map(|arm| RustIdent::upper_camel(&arm.name)).collect();
        let counts = count(&idents);
        for (place, arm) in arms.iter_mut().enumerate() {
            let shared = counts[&idents[place]] > 1;
            if shared && let Some(around) = arm.group.reference().and_then(|id| self.around(id)) {
                arm.name = format!("{around} {}", arm.name);
            }
        }
        self.tell_namesakes_apart(arms);
    }

    /// Of arms that still have one name, instances of one generic declaration, puts behind each what tells it.
    fn tell_namesakes_apart(&self, arms: &mut [NamedArm<'_>]) {
        let idents: Vec<RustIdent> = arms.iter().map(|arm| RustIdent::upper_camel(&arm.name)).collect();
        let counts = count(&idents);
        for place in (0..arms.len()).filter(|place| counts[&idents[*place]] > 1) {
            let same = |at: &usize| idents[*at] == idents[place];
            let records: Vec<&Record> =
                (0..arms.len()).filter(same).filter_map(|at| self.lone_record(&arms[at])).collect();
            if records.len() > 1
                && let Some(own) = self.lone_record(&arms[place])
                && let Some(words) = self.facts_name(own, &records)
            {
                arms[place].name = format!("{} {words}", arms[place].name);
            }
        }
    }

    fn lone_record<'s>(&'s self, arm: &NamedArm<'s>) -> Option<&'s Record> {
        match &arm.group {
            Group::Objects(shapes) if shapes.len() == 1 => match self.input.schema.resolve(shapes[0]) {
                Shape::Record(record) => Some(record),
                _ => None,
            },
            _ => None,
        }
    }

    /// The name of the module that an instance's declaration stands in.
    fn around(&self, id: InstanceId) -> Option<String> {
        let instance = self.input.schema.instance(id);
        let def = instance.def;
        if instance.naming == Naming::Place {
            return None;
        }
        self.paths.get(&def)?.modules.last().map(|module| module.text().to_owned())
    }

    fn named_arm<'s>(&self, group: &Group<'s>, groups: &[Group<'s>]) -> NamedArm<'s> {
        let (name, kinds) = match group {
            Group::Strings(scalars) => (
                scalars.reference().map_or_else(|| "String".into(), |shape| self.shape_name(shape, 2)),
                vec![JsonKind::String],
            ),
            Group::Numbers(scalars) => (
                scalars.reference().map_or_else(|| "Number".into(), |shape| self.shape_name(shape, 2)),
                vec![JsonKind::Number],
            ),
            Group::Booleans(values) => {
                let name = match values.as_slice() {
                    [true] => "True",
                    [false] => "False",
                    _ => "Boolean",
                };
                (name.to_owned(), vec![JsonKind::Bool])
            }
            Group::Array(shape) => {
                let alone = groups.iter().filter(|other| matches!(other, Group::Array(_))).count() == 1;
                let name = match shape {
                    Shape::Array(_) if alone => "List".to_owned(),
                    Shape::Array(item) => format!("{} List", self.item_name(item, groups)),
                    Shape::Tuple(places) => self.tuple_name(places, groups),
                    other => self.shape_name(other, 2),
                };
                (name, vec![JsonKind::Array])
            }
            Group::Objects(shapes) => match shapes.as_slice() {
                [one] => (self.object_name(one, shapes), vec![self.object_kind(one)]),
                _ => ("Object".to_owned(), vec![JsonKind::Object]),
            },
            Group::Union(shape) => {
                let mut kinds = kinds(self.input.schema, shape);
                kinds.retain(|kind| *kind != JsonKind::Null);
                (self.shape_name(shape, 2), kinds)
            }
            Group::Other(shape) => (self.shape_name(shape, 2), kinds(self.input.schema, shape)),
        };
        NamedArm { name, group: group.clone(), kinds }
    }

    /// What an arm takes: of a map of nothing (`Record<string, never>`) an object without keys only, for one with keys
    /// is a broken document of another arm.
    fn object_kind(&self, shape: &Shape) -> JsonKind {
        let nothing = match self.input.schema.resolve(shape) {
            Shape::Record(record) => {
                let mut values = record.indexes.iter().map(|index| &index.value);
                record.properties.is_empty() && !record.indexes.is_empty() && values.all(|it| *it == Shape::Never)
            }
            _ => false,
        };
        if nothing { JsonKind::Empty } else { JsonKind::Object }
    }

    /// The name of a tuple among others: what is in the last place that tells them all apart.
    fn tuple_name(&self, places: &[TupleShape], groups: &[Group<'_>]) -> String {
        let tuples: Vec<&[TupleShape]> = groups
            .iter()
            .filter_map(|group| match group {
                Group::Array(Shape::Tuple(places)) => Some(places.as_slice()),
                _ => None,
            })
            .collect();
        let telling = (0..places.len()).rev().find_map(|at| {
            let all: Option<Vec<&Shape>> =
                tuples.iter().map(|places| places.get(at).map(|place| &place.shape)).collect();
            let all = all.filter(|all| all.len() > 1)?;
            let names: BTreeSet<String> = all.iter().map(|shape| self.object_name(shape, &all)).collect();
            (names.len() == all.len()).then(|| self.object_name(&places[at].shape, &all))
        });
        let lengths: BTreeSet<String> = tuples.iter().map(|places| length_name(places)).collect();
        let by_length = tuples.len() > 1 && lengths.len() == tuples.len();
        telling.unwrap_or_else(|| if by_length { length_name(places) } else { "Tuple".to_owned() })
    }

    /// The name of what an array holds, where other arms are arrays too.
    fn item_name(&self, item: &Shape, groups: &[Group<'_>]) -> String {
        let items = groups.iter().filter_map(|group| match group {
            Group::Array(Shape::Array(item)) if matches!(self.input.schema.resolve(item), Shape::Record(_)) => {
                Some(&**item)
            }
            _ => None,
        });
        match item {
            Shape::Record(_) => self.object_name(item, &items.collect::<Vec<_>>()),
            _ => self.shape_name(item, 2),
        }
    }
}

/// A tuple's name by how long it is.
fn length_name(places: &[TupleShape]) -> String {
    match (places.len(), places.iter().any(|place| place.rest)) {
        (0, _) => "Empty".to_owned(),
        (length, false) => format!("Tuple {length}"),
        (length, true) => format!("Tuple {} And More", length - 1),
    }
}

/// What a shape is beside `null`, where that is one thing.
fn without_null(shape: &Shape) -> &Shape {
    let Shape::Union(arms) = shape else { return shape };
    let mut rest = arms.iter().filter(|arm| !matches!(arm, Shape::Null));
    match (rest.next(), rest.next()) {
        (Some(one), None) => one,
        _ => shape,
    }
}

fn count(idents: &[RustIdent]) -> BTreeMap<RustIdent, usize> {
    let mut counts = BTreeMap::new();
    idents.iter().for_each(|ident| *counts.entry(ident.clone()).or_default() += 1);
    counts
}
