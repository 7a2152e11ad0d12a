//! `[wire] payload`: one arm of a union holds something else than its declaration says.
//!
//! `"Event.'role.deleted'.data" = "Deleted"` names the property `data` of the arm whose tag is `role.deleted`. Such an arm
//! may share its declaration with others (`Webhook<'role.created' | 'role.deleted', Role>`): it is divided, and its part
//! with the tag gets the type.

use super::Refined;
use super::type_names::TypeNames;
use crate::model::{Literal, Model};
use crate::recipe::{Effect, Recipe, RuleLog};
use crate::schema::{Instance, InstanceId, LiteralShape, Property, Record, Schema, Shape, literal_set};
use std::collections::{BTreeMap, BTreeSet};

/// Gives the arms that rules name what they hold.
pub(super) fn apply(model: &Model, recipe: &Recipe, refined: &mut Refined) {
    if recipe.payloads.rows().is_empty() {
        return;
    }
    let rules = Rules { recipe, log: &refined.rules, types: TypeNames::new(model, &refined.schema) };
    let schema = &mut refined.schema;
    for (id, names) in arm_owners(model, schema) {
        let shape = schema.instance(id).shape.clone();
        if let Some(divided) = divide_arms(&rules, schema, &shape, &names) {
            schema.instances[id.0 as usize].shape = divided;
        }
    }
    for row in recipe.payloads.rows() {
        if rules.types.parse(&row.value).is_none() {
            refined.diagnostics.push(recipe.wrong_type(row));
        }
    }
}

/// The rules, and what they are read by.
struct Rules<'a> {
    recipe: &'a Recipe,
    log: &'a RuleLog,
    types: TypeNames<'a>,
}

/// What the arms with one tag's value hold instead: by property.
type Held = BTreeMap<String, Shape>;

/// Every declaration that is made of arms, with the names of all unions that it is an arm of, its own first.
fn arm_owners(model: &Model, schema: &Schema) -> Vec<(InstanceId, Vec<String>)> {
    let mut owners: BTreeMap<InstanceId, Vec<String>> = BTreeMap::new();
    let declared =
        || (0..schema.instances.len()).map(|at| InstanceId(at as u32)).filter(|id| schema.instance(*id).is_whole());
    for id in declared() {
        let name = &model.def(schema.instance(id).def).name;
        owners.entry(id).or_default().insert(0, name.clone());
        for arm in declared_arms(schema, id) {
            owners.entry(arm).or_default().push(name.clone());
        }
    }
    owners.into_iter().collect()
}

/// The declarations that a declaration is made of: those it names, its arms, and what these are made of.
fn declared_arms(schema: &Schema, id: InstanceId) -> BTreeSet<InstanceId> {
    let mut found = BTreeSet::new();
    let mut stack = vec![id];
    while let Some(next) = stack.pop() {
        for arm in arms(&schema.instance(next).shape) {
            if let Shape::Ref(arm) = arm
                && schema.instance(*arm).is_whole()
                && *arm != id
                && found.insert(*arm)
            {
                stack.push(*arm);
            }
        }
    }
    found
}

fn arms(shape: &Shape) -> &[Shape] {
    match shape {
        Shape::Union(arms) => arms,
        other => std::slice::from_ref(other),
    }
}

/// The shape with the arms divided that rules name; `None` where they name none.
fn divide_arms(rules: &Rules<'_>, schema: &mut Schema, shape: &Shape, names: &[String]) -> Option<Shape> {
    let mut made = Vec::new();
    let mut changed = false;
    for arm in arms(shape) {
        let declared = matches!(arm, Shape::Ref(id) if schema.instance(*id).is_whole());
        let record = match schema.resolve(arm) {
            Shape::Record(record) if !declared => (**record).clone(),
            _ => {
                made.push(arm.clone());
                continue;
            }
        };
        match record.properties.iter().find_map(|tag| rules.held(schema, &record, tag, names)) {
            Some((tag, held)) => {
                changed = true;
                made.extend(divide(schema, arm, &record, &tag, &held));
            }
            None => made.push(arm.clone()),
        }
    }
    let shape = if made.len() == 1 { made.pop() } else { Some(Shape::Union(made)) };
    shape.filter(|_| changed)
}

impl Rules<'_> {
    /// What rules say of a record's arms, told apart by a property, by the value of that.
    fn held(
        &self,
        schema: &Schema,
        record: &Record,
        tag: &Property,
        names: &[String],
    ) -> Option<(String, BTreeMap<Literal, Held>)> {
        let literals = literal_set(schema, &tag.shape).filter(|_| !tag.optional)?;
        let mut held: BTreeMap<Literal, Held> = BTreeMap::new();
        for literal in literals {
            let Literal::String(value) = &literal.value else { continue };
            for property in record.properties.iter().filter(|property| property.name != tag.name) {
                if let Some(shape) = self.type_of(property, value, names) {
                    held.entry(literal.value.clone()).or_default().insert(property.name.clone(), shape);
                }
            }
        }
        (!held.is_empty()).then(|| (tag.name.clone(), held))
    }

    /// The type that a rule gives a property of the arm with a value.
    fn type_of(&self, property: &Property, value: &str, names: &[String]) -> Option<Shape> {
        let names: Vec<String> = names.iter().map(|name| format!("{name}.'{value}'.{}", property.name)).collect();
        let rows = self.recipe.payloads.matching(&names);
        let (last, overruled) = rows.split_last()?;
        overruled.iter().for_each(|row| self.log.note("[wire] payload", row, &names, Effect::Overruled));
        let shape = self.types.parse(&last.value)?;
        let effect = if shape == property.shape { Effect::Nothing } else { Effect::Changed };
        self.log.note("[wire] payload", last, &names, effect);
        (effect == Effect::Changed).then_some(shape)
    }
}

/// An arm in parts: the values of its tag that hold what is declared, then each of the others.
fn divide(schema: &mut Schema, arm: &Shape, record: &Record, tag: &str, held: &BTreeMap<Literal, Held>) -> Vec<Shape> {
    let literals: Vec<LiteralShape> = record
        .property(tag)
        .and_then(|tag| literal_set(schema, &tag.shape))
        .map(|literals| literals.into_iter().cloned().collect())
        .unwrap_or_default();
    let (apart, rest): (Vec<LiteralShape>, Vec<LiteralShape>) =
        literals.into_iter().partition(|literal| held.contains_key(&literal.value));
    let mut parts = Vec::new();
    if !rest.is_empty() {
        let changes = Held::from([(tag.to_owned(), literal_union(rest))]);
        parts.push(with(schema, arm, record, &changes));
    }
    for literal in apart {
        let mut changes = held[&literal.value].clone();
        changes.insert(tag.to_owned(), Shape::Literal(literal));
        parts.push(with(schema, arm, record, &changes));
    }
    parts
}

fn literal_union(literals: Vec<LiteralShape>) -> Shape {
    let mut shapes: Vec<Shape> = literals.into_iter().map(Shape::Literal).collect();
    if shapes.len() == 1 { shapes.remove(0) } else { Shape::Union(shapes) }
}

/// An arm whose properties hold something else. An instance of a generic declaration whose parameters these properties
/// are stays one, with other arguments.
fn with(schema: &mut Schema, arm: &Shape, record: &Record, changes: &Held) -> Shape {
    let mut changed = record.clone();
    for property in &mut changed.properties {
        if let Some(shape) = changes.get(&property.name) {
            property.shape = shape.clone();
        }
    }
    let shape = Shape::Record(Box::new(changed));
    let instance = match arm {
        Shape::Ref(id) => schema.instance(*id).clone(),
        _ => return shape,
    };
    let Some(args) = changed_args(schema, &instance, changes) else { return shape };
    let known = schema.instances.iter().position(|known| known.def == instance.def && known.args == args);
    let at = known.unwrap_or_else(|| {
        schema.instances.push(Instance { args, shape, ..instance });
        schema.instances.len() - 1
    });
    Shape::Ref(InstanceId(at as u32))
}

/// The arguments of an instance with which its properties hold something else; `None` where a property is no parameter,
/// or its parameter stands elsewhere too.
fn changed_args(schema: &Schema, instance: &Instance, changes: &Held) -> Option<Vec<Shape>> {
    let Shape::Record(body) = schema.generics.get(&instance.def)? else { return None };
    let mut args = instance.args.clone();
    for (name, shape) in changes {
        let Shape::Param(param) = body.property(name)?.shape else { return None };
        let elsewhere = body.properties.iter().filter(|other| other.name != *name);
        if elsewhere
            .map(|other| &other.shape)
            .chain(body.indexes.iter().map(|index| &index.value))
            .any(|other| mentions(other, param))
        {
            return None;
        }
        *args.get_mut(param)? = shape.clone();
    }
    Some(args)
}

/// Whether a parameter stands in a shape.
fn mentions(shape: &Shape, param: usize) -> bool {
    match shape {
        Shape::Param(other) => *other == param,
        Shape::Array(item) => mentions(item, param),
        Shape::Tuple(places) => places.iter().any(|place| mentions(&place.shape, param)),
        Shape::Union(arms) | Shape::GenericRef(_, arms) => arms.iter().any(|arm| mentions(arm, param)),
        Shape::Record(record) => {
            let properties = record.properties.iter().map(|property| &property.shape);
            properties.chain(record.indexes.iter().map(|index| &index.value)).any(|inner| mentions(inner, param))
        }
        _ => false,
    }
}
