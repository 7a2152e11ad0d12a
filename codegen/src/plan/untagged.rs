//! Unions told apart by JSON kind and keys.

use super::arms::{Group, literal_set};
use super::kinds::kinds;
use super::names::distinct;
use super::planner::Planner;
use super::site::Site;
use crate::model::Literal;
use crate::rust::{JsonKind, PayloadVariant, RustIdent, RustItem, RustPath, RustTy, UntaggedEnum, UntaggedVariant};
use crate::schema::{InstanceId, LiteralShape, Property, Record, Schema, Shape};

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
        let (path, known) = self.take(site, "Union", shapes);
        let (params, args) = self.params_of(shapes, site);
        if known {
            return RustTy::Path(path, args);
        }
        let site = site.within(&path);
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
                        arms.push(NamedArm { name, group: Group::Objects(vec![shape]), kinds: vec![JsonKind::Object] });
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
        for (place, arm) in arms.iter_mut().enumerate() {
            let shared = idents.iter().filter(|ident| **ident == idents[place]).count() > 1;
            if shared && let Some(around) = arm.group.reference().and_then(|id| self.around(id)) {
                arm.name = format!("{around} {}", arm.name);
            }
        }
    }

    /// The name of the module that an instance's declaration stands in.
    fn around(&self, id: InstanceId) -> Option<String> {
        let def = self.input.schema.instance(id).def;
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
                    other => self.shape_name(other, 2),
                };
                (name, vec![JsonKind::Array])
            }
            Group::Objects(shapes) => match shapes.as_slice() {
                [one] => (self.object_name(one, shapes), vec![JsonKind::Object]),
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

    /// The name of an object's variant: the type's, or what it has and the others have not.
    fn object_name(&self, shape: &Shape, all: &[&Shape]) -> String {
        let Shape::Record(record) = shape else { return self.shape_name(shape, 2) };
        if record.properties.is_empty() || all.len() == 1 {
            return self.shape_name(shape, 1);
        }
        self.literal_name(record, all)
            .or_else(|| self.property_name(record, all))
            .or_else(|| self.lacking_name(record, all))
            .or_else(|| optional_name(self.input.schema, record, all))
            .or_else(|| self.signature_name(record, all))
            .unwrap_or_else(|| "Object".to_owned())
    }

    /// A literal that no other arm has.
    fn literal_name(&self, record: &Record, all: &[&Shape]) -> Option<String> {
        for property in &record.properties {
            if let Some(literals) = literal_set(self.input.schema, &property.shape)
                && let [one] = literals.as_slice()
                && all.iter().filter(|other| self.has_literal(other, &property.name, one)).count() == 1
            {
                let text = super::enums::literal_text(&one.value);
                // A number or a boolean says nothing without what it is of.
                let bare = matches!(one.value, Literal::String(_));
                return Some(if bare { text } else { format!("{} {text}", property.name) });
            }
        }
        None
    }

    /// A property that no other arm is sure to have; else as many as no other arm is sure to have all of.
    fn property_name(&self, record: &Record, all: &[&Shape]) -> Option<String> {
        let owners = |name: &str| all.iter().filter(|other| self.is_sure_of(other, name)).count();
        let own: Vec<&str> = record
            .properties
            .iter()
            .filter(|property| is_sure(property) && owners(&property.name) < all.len())
            .map(|property| property.name.as_str())
            .collect();
        if let Some(lone) = own.iter().find(|name| owners(name) == 1) {
            return Some((*lone).to_owned());
        }
        telling(&own, all, |other, name| self.is_sure_of(other, name)).map(|names| names.join(" "))
    }

    /// The first property that all other arms are sure to have.
    fn lacking_name(&self, record: &Record, all: &[&Shape]) -> Option<String> {
        let schema = self.input.schema;
        let others = all.iter().filter_map(|other| match schema.resolve(other) {
            Shape::Record(other) if !std::ptr::eq(&raw const **other, record) => Some(other),
            _ => None,
        });
        for other in others {
            for property in other.properties.iter().filter(|property| is_sure(property)) {
                let without = all.iter().filter(|arm| !self.is_sure_of(arm, &property.name)).count();
                if without == 1 && !record.property(&property.name).is_some_and(is_sure) {
                    return Some(format!("without {}", property.name));
                }
            }
        }
        None
    }

    /// All that tells it from the others: which properties it has and lacks, or what one of them is.
    fn signature_name(&self, record: &Record, all: &[&Shape]) -> Option<String> {
        let schema = self.input.schema;
        let records: Vec<&Record> = all
            .iter()
            .filter_map(|arm| match schema.resolve(arm) {
                Shape::Record(arm) => Some(&**arm),
                _ => None,
            })
            .collect();
        let sure = |record: &Record, name: &str| record.property(name).is_some_and(is_sure);
        let mut varying: Vec<&str> = Vec::new();
        for property in records.iter().flat_map(|record| &record.properties) {
            let name = property.name.as_str();
            let some = records.iter().any(|record| sure(record, name));
            if some && !records.iter().all(|record| sure(record, name)) && !varying.contains(&name) {
                varying.push(name);
            }
        }
        let alike = |other: &&Record, name: &str| sure(other, name) == sure(record, name);
        if let Some(names) = telling(&varying, &records, |other, name| alike(other, name)) {
            let word = |name: &&str| if sure(record, name) { (*name).to_owned() } else { format!("without {name}") };
            return Some(names.iter().map(word).collect::<Vec<_>>().join(" "));
        }
        record.properties.iter().find_map(|property| {
            let equal =
                |arm: &&&Record| arm.property(&property.name).is_some_and(|other| other.shape == property.shape);
            (records.iter().filter(equal).count() == 1)
                .then(|| format!("{} {}", property.name, self.shape_name(&property.shape, 1)))
        })
    }

    fn is_sure_of(&self, shape: &Shape, name: &str) -> bool {
        match self.input.schema.resolve(shape) {
            Shape::Record(record) => record.property(name).is_some_and(is_sure),
            _ => false,
        }
    }

    fn has_literal(&self, shape: &Shape, name: &str, literal: &LiteralShape) -> bool {
        let schema = self.input.schema;
        let Shape::Record(record) = schema.resolve(shape) else { return false };
        let property = record.property(name).and_then(|property| literal_set(schema, &property.shape));
        property.is_some_and(|literals| literals.contains(&literal))
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

/// A property that no other arm declares, optional as it may be; else as many as no other arm declares all of.
fn optional_name(schema: &Schema, record: &Record, all: &[&Shape]) -> Option<String> {
    let owners = |name: &str| all.iter().filter(|arm| declares(schema, arm, name)).count();
    let own = record.properties.iter().filter(|property| !matches!(property.shape, Shape::Never));
    let names: Vec<&str> = own.map(|property| property.name.as_str()).filter(|name| owners(name) < all.len()).collect();
    if let Some(lone) = names.iter().find(|name| owners(name) == 1) {
        return Some((*lone).to_owned());
    }
    telling(&names, all, |arm, name| declares(schema, arm, name)).map(|names| names.join(" "))
}

/// The first names that together only one arm has; each tells some arms apart that those before it do not.
fn telling<'n, A>(names: &[&'n str], arms: &[A], has: impl Fn(&A, &str) -> bool) -> Option<Vec<&'n str>> {
    let mut left: Vec<&A> = arms.iter().collect();
    let mut chosen = Vec::new();
    for name in names {
        let fewer: Vec<&A> = left.iter().copied().filter(|arm| has(arm, name)).collect();
        if !fewer.is_empty() && fewer.len() < left.len() {
            chosen.push(*name);
            left = fewer;
        }
    }
    (left.len() == 1 && !chosen.is_empty()).then_some(chosen)
}

/// Whether an arm has a property of that name, which is not there only to be absent.
fn declares(schema: &Schema, arm: &Shape, name: &str) -> bool {
    match schema.resolve(arm) {
        Shape::Record(record) => record.property(name).is_some_and(|property| !matches!(property.shape, Shape::Never)),
        _ => false,
    }
}

/// Whether a property is there.
fn is_sure(property: &Property) -> bool {
    !property.optional && !matches!(property.shape, Shape::Never)
}
