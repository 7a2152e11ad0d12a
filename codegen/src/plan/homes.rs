//! Where types without a name belong: to the declaration of the property that they stand in, and unions of named types
//! to those.

use super::arms::spread;
use super::generic_bodies::{inside, used_in, values_of};
use super::planner::{Anonymous, Planner};
use super::site::Site;
use crate::model::{DefId, DefKind, Literal, Model};
use crate::recipe::WireCase;
use crate::rust::{RustIdent, RustPath, RustTy};
use crate::schema::{LiteralShape, Property, Shape};
use crate::source::Location;
use std::collections::BTreeMap;
use std::ops::Bound;

/// How many types the name of a union may join, and how long it may be.
const ARMS: usize = 3;
const LENGTH: usize = 48;

/// Which declaration each place of the input is in.
#[derive(Debug, Default)]
pub(super) struct Homes(BTreeMap<Location, DefId>);

impl Homes {
    pub(super) fn new(model: &Model) -> Self {
        let typed = |kind: &DefKind| !matches!(kind, DefKind::Namespace(_) | DefKind::Function(_) | DefKind::Value(_));
        let defs = model.defs.iter().enumerate().filter(|(_, def)| typed(&def.kind) && !def.implied);
        Self(defs.map(|(index, def)| (def.location, DefId(index as u32))).collect())
    }

    /// Where the declaration after one in its file begins.
    pub(super) fn after(&self, start: Location) -> Option<Location> {
        let (next, _) = self.0.range((Bound::Excluded(start), Bound::Unbounded)).next()?;
        (next.file == start.file).then_some(*next)
    }

    /// The declaration around a place: the last that begins before it.
    fn around(&self, place: Location) -> Option<DefId> {
        let (start, def) = self.0.range(..=place).next_back()?;
        (start.file == place.file).then_some(*def)
    }
}

impl<'p> Planner<'p> {
    /// The place at which the type of a property is named. A property that another declaration declares (a base, what
    /// an operator was applied to) has the type that it has there, unless the way to it changed that type.
    pub(super) fn property_site(&self, property: &Property, own: Site) -> Site {
        if !self.may_need_name(&property.shape) || !used_in(&[&property.shape]).is_empty() {
            return own;
        }
        let Some(home) = self.home_of(property) else { return own };
        let mut there = home.field(&property.name, None);
        if there.case != own.case {
            return own;
        }
        there.names.extend(own.names.into_iter().filter(|name| !home.names.contains(name)));
        there.names.dedup();
        there
    }

    fn home_of(&self, property: &Property) -> Option<Site> {
        let def = property.owner.or_else(|| self.homes.around(property.location))?;
        let path = self.paths.get(&def)?;
        let schema = self.input.schema;
        let default = schema.defaults.get(&def);
        let own = self.instances.get(&def).into_iter().flatten();
        let own = own.filter(|id| schema.instance(**id).args.is_empty() || default == Some(*id));
        let bodies = own.map(|id| &schema.instance(*id).shape).chain(schema.generics.get(&def));
        let mut arms = bodies.flat_map(|body| match body {
            Shape::Union(arms) => arms.as_slice(),
            body => std::slice::from_ref(body),
        });
        let declares = |arm: &Shape| match arm {
            Shape::Record(record) => record
                .property(&property.name)
                .is_some_and(|own| own.location == property.location && own.shape == property.shape),
            _ => false,
        };
        arms.any(declares).then(|| self.site_of(def, path))
    }

    /// Whether the Rust type of a shape is one that has to be named by where it stands.
    fn may_need_name(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Literal(_) | Shape::Enum(_) | Shape::Tuple(_) => true,
            Shape::Array(item) => self.may_need_name(item),
            Shape::Record(record) => !self.is_map(record) || values_of(record).any(|value| self.may_need_name(value)),
            Shape::Union(arms) => match present(arms).as_slice() {
                [one] => self.may_need_name(one),
                _ => true,
            },
            Shape::GenericRef(_, args) => args.iter().any(|arg| self.may_need_name(arg)),
            Shape::Ref(id) => self.input.schema.instance(*id).args.iter().any(|arg| self.may_need_name(arg)),
            _ => false,
        }
    }

    /// The place of a union of few types that have names, wherever it stands in a module: it is called by them. A place
    /// that a row of the recipe says something about has a type of its own.
    pub(super) fn union_site<'s>(&self, shapes: &[&'s Shape], site: &Site) -> Option<(Site, Vec<&'s Shape>)>
    where
        'p: 's,
    {
        let arms = present_of(&spread(self.input.schema, shapes));
        let free = site.claim.is_none() && site.spent.is_empty() && site.params.is_empty();
        if !free || arms.len() < 2 || arms.len() > ARMS || self.is_in_recipe(site) {
            return None;
        }
        let words: Vec<String> = arms.iter().map(|arm| self.written_name(arm, site)).collect::<Option<_>>()?;
        let base = RustIdent::upper_camel(&words.join(" Or ")).text().to_owned();
        if base.len() > LENGTH {
            return None;
        }
        let written = arms.iter().map(|arm| self.written(arm)).collect::<Vec<_>>().join(" | ");
        let named = Site {
            root: base.clone(),
            short: base.clone(),
            base,
            arm: false,
            nested: true,
            names: vec![written.clone()],
            written: Some(written),
            ..site.clone()
        };
        Some((named, arms))
    }

    /// The place of a text that is all that a property may be, wherever such a property stands in a module: it is called
    /// by both. `__typename?: 'User'` is a `UserTypename` in each of the many objects that have one.
    pub(super) fn literal_site(&self, literal: &LiteralShape, site: &Site) -> Option<Site> {
        let Literal::String(text) = &literal.value else { return None };
        let property = site.upstream().rsplit('.').next()?;
        let is_property = site.nested && site.short.ends_with(&format!(" {}", RustIdent::upper_camel(property).text()));
        // Two letters say nothing to anyone.
        let telling = |word: &str| word.chars().filter(char::is_ascii_alphanumeric).count() > 2;
        let plain =
            literal.doc.is_none() && literal.name.is_none() && text.starts_with(|c: char| c.is_ascii_alphabetic());
        let plain = plain && telling(text) && telling(property);
        let rows: Vec<String> = site.names.iter().map(|name| format!("{name}.{text}")).collect();
        let in_recipe = self.is_in_recipe(site) || self.input.recipe.rename.find(&rows).is_some();
        let free = site.claim.is_none() && site.params.is_empty() && !in_recipe;
        if !plain || !free || !is_property {
            return None;
        }
        let base = format!("{text} {property}");
        if base.len() > LENGTH {
            return None;
        }
        let names = vec![property.to_owned()];
        let written = Some(format!("\"{text}\""));
        Some(Site { root: base.clone(), short: base.clone(), base, arm: false, names, written, ..site.clone() })
    }

    fn is_in_recipe(&self, site: &Site) -> bool {
        let recipe = self.input.recipe;
        self.renamed(site).is_some()
            || recipe.closed.matches(&site.names)
            || recipe.derives.find(&site.names).is_some()
            || recipe.numbers.find(&site.names).is_some()
    }

    /// The name of an arm that has one: a declaration, a primitive, a list of those.
    fn written_name(&self, arm: &Shape, site: &Site) -> Option<String> {
        match arm {
            Shape::String => Some("String".to_owned()),
            Shape::Boolean => Some("Boolean".to_owned()),
            Shape::Number if self.number(site) == RustTy::Float => Some("Number".to_owned()),
            Shape::Array(item) => Some(format!("{} List", self.written_name(item, site)?)),
            Shape::Ref(id) => {
                let instance = self.input.schema.instance(*id);
                let rows = [self.def(instance.def).name.clone()];
                let plain = instance.is_whole() && self.input.recipe.numbers.find(&rows).is_none();
                plain.then(|| self.shape_name(arm, 0))
            }
            _ => None,
        }
    }

    /// The same as TypeScript writes it.
    fn written(&self, arm: &Shape) -> String {
        match arm {
            Shape::Boolean => "boolean".to_owned(),
            Shape::Number => "number".to_owned(),
            Shape::Array(item) => format!("{}[]", self.written(item)),
            Shape::Ref(id) => self.def(self.input.schema.instance(*id).def).name.clone(),
            _ => "string".to_owned(),
        }
    }
}

/// What tells the objects without a name in one declaration apart: where their properties are declared. Two with equal
/// properties that were declared twice are two types.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    owner: DefId,
    root: String,
    case: Option<WireCase>,
    spent: Vec<String>,
    /// The first properties of the objects.
    places: Vec<Location>,
}

/// The types of one origin.
#[derive(Clone, Debug, Default)]
pub(super) struct Originals(pub Vec<Anonymous>);

impl Origin {
    /// The origin of shapes at a site; none where no object is in them.
    pub(super) fn new(site: &Site, shapes: &[&Shape]) -> Option<Self> {
        let mut places = Vec::new();
        shapes.iter().for_each(|shape| declared_at(shape, &mut places));
        (!places.is_empty()).then(|| Self {
            owner: site.owner,
            root: site.root.clone(),
            case: site.case,
            spent: site.spent.clone(),
            places,
        })
    }
}

impl Originals {
    /// The type of the same shapes.
    pub(super) fn find(&self, shapes: &[&Shape]) -> Option<RustPath> {
        let same = |known: &&Anonymous| {
            known.shapes.len() == shapes.len() && known.shapes.iter().zip(shapes).all(|(a, b)| is_same_type(a, b))
        };
        self.0.iter().find(same).map(|known| known.path.clone())
    }
}

fn declared_at(shape: &Shape, places: &mut Vec<Location>) {
    match shape {
        Shape::Record(record) if !record.properties.is_empty() => {
            places.extend(record.properties.iter().map(|property| property.location));
        }
        shape => inside(shape).into_iter().for_each(|shape| declared_at(shape, places)),
    }
}

/// Whether two shapes are equal, and their properties declared at the same places.
pub(super) fn is_same_type(a: &Shape, b: &Shape) -> bool {
    a == b && is_same_place(a, b)
}

fn is_same_place(a: &Shape, b: &Shape) -> bool {
    let here = match (a, b) {
        (Shape::Record(a), Shape::Record(b)) => {
            a.properties.iter().zip(&b.properties).all(|(a, b)| a.location == b.location)
        }
        _ => true,
    };
    here && inside(a).into_iter().zip(inside(b)).all(|(a, b)| is_same_place(a, b))
}

/// The arms that a value can be, but `null`.
fn present(arms: &[Shape]) -> Vec<&Shape> {
    present_of(&arms.iter().collect::<Vec<_>>())
}

pub(super) fn present_of<'s>(arms: &[&'s Shape]) -> Vec<&'s Shape> {
    let absent = |arm: &&&Shape| matches!(arm, Shape::Null | Shape::Undefined | Shape::Never | Shape::NotData(_));
    arms.iter().filter(|arm| !absent(arm)).copied().collect()
}
