//! Classes that are built from JSON of another shape: `static fromJSON(data: XJSON): X`.
//!
//! Such a class decodes from the wire as its `fromJSON` builds it. Which key a field is read from follows from the two
//! declarations: the wire property that is the field's name in snake case, or has the field's own name; what they do not
//! tell is a `[class]` row of the recipe.

use super::planner::Planner;
use super::site::Site;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ClassDef, DefId, DefKind, FROM_JSON, Member, Model, Ty};
use crate::recipe::ClassRule;
use crate::rust::{FieldDefault, RustField, When};
use crate::schema::{InstanceId, Property, Record, Schema, Shape};
use heck::ToSnakeCase;
use std::collections::BTreeMap;

/// Which class is built from which declaration.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    /// By class: the instance of the wire declaration.
    wires: BTreeMap<DefId, InstanceId>,
    /// By wire declaration: the classes that are built from it.
    classes: BTreeMap<DefId, Vec<DefId>>,
}

impl Pairs {
    /// Finds the pairs among the declarations that are data.
    pub(super) fn new(model: &Model, schema: &Schema, instances: &BTreeMap<DefId, Vec<InstanceId>>) -> Self {
        let mut pairs = Self::default();
        for (id, reached) in &schema.reached {
            let DefKind::Class(class) = &model.def(*id).kind else { continue };
            let Some(wire) = wire_of(*id, class).filter(|_| reached.not_data.is_none()) else { continue };
            let bare = |instance: &&InstanceId| schema.instance(**instance).args.is_empty();
            let Some(instance) = instances.get(&wire).and_then(|all| all.iter().find(bare)) else { continue };
            if matches!(schema.resolve(&Shape::Ref(*instance)), Shape::Record(_)) {
                pairs.wires.insert(*id, *instance);
                pairs.classes.entry(wire).or_default().push(*id);
            }
        }
        pairs
    }

    /// The class and the wire declaration of every pair.
    pub(super) fn all(&self, schema: &Schema) -> Vec<(DefId, DefId)> {
        self.wires.iter().map(|(class, wire)| (*class, schema.instance(*wire).def)).collect()
    }

    /// What a class is built from.
    pub(super) fn wire(&self, class: DefId) -> Option<InstanceId> {
        self.wires.get(&class).copied()
    }

    /// The classes that are built from a declaration.
    pub(super) fn classes(&self, wire: DefId) -> &[DefId] {
        self.classes.get(&wire).map_or(&[], Vec::as_slice)
    }
}

/// The declaration that a class's `fromJSON` takes, where it has one that answers the class.
fn wire_of(id: DefId, class: &ClassDef) -> Option<DefId> {
    class.statics.iter().find_map(|member| {
        let Member::Method(method) = member else { return None };
        let data = method.function.args.first().filter(|_| method.is_from_json(id))?;
        match &data.ty {
            Ty::Ref(wire) if wire.args.is_empty() => Some(wire.def),
            _ => None,
        }
    })
}

impl Planner<'_> {
    /// The record that a class's instances are built from.
    pub(super) fn wire_record(&self, class: Option<DefId>) -> Option<&Record> {
        let wire = self.pairs.wire(class?)?;
        match self.input.schema.resolve(&self.input.schema.instance(wire).shape) {
            Shape::Record(record) => Some(record),
            _ => None,
        }
    }

    /// Makes a class's field read what `fromJSON` reads.
    pub(super) fn pair_field(&mut self, field: &mut RustField, property: &Property, class: DefId, site: &Site) {
        let rule = self.input.recipe.class.find(&self.field_names(property, site)).cloned().unwrap_or_default();
        let Some(wire) = self.wire_record(Some(class)) else { return };
        let names = wire_keys(property, &rule, wire);
        // What documents call a property by recipe, the class reads too.
        let key = |name: &String| wire.property(name).and_then(|source| source.key.clone());
        field.wire = names.iter().map(|name| key(name).unwrap_or_else(|| name.clone())).collect();
        let sources: Vec<(bool, bool)> = names
            .iter()
            .filter_map(|name| wire.property(name))
            .map(|source| self.source_presence(source, class))
            .collect();
        let never_read = rule.from.as_ref().is_some_and(Vec::is_empty);
        if sources.is_empty() && rule.from.is_none() {
            self.report_unpaired(property, class);
            field.wire = vec![property.name.to_snake_case()];
        }
        let absent = never_read || sources.iter().any(|(optional, _)| *optional);
        let null = sources.iter().any(|(_, nullable)| *nullable);
        field.default = default_of(&rule);
        field.presence = match &field.default {
            None => field.presence.joined(absent, null),
            Some(default) => field.presence.joined(false, default.is_null() || default.when == When::Absent && null),
        };
    }

    /// The record of a class whose constants admit what the wire struct's do: what a rule opens there is open here.
    /// `None` where nothing of it changes.
    pub(super) fn with_wire_constants(&self, record: &Record) -> Option<Record> {
        let wire = self.wire_record(record.class)?;
        let mut changed = record.clone();
        for property in &mut changed.properties {
            let names = wire_keys(property, &ClassRule::default(), wire);
            let source = names.first().and_then(|name| wire.property(name));
            if let Some(source) = source.filter(|source| self.is_opened(property, source)) {
                property.shape = source.shape.clone();
            }
        }
        (changed != *record).then_some(changed)
    }

    /// Whether a class's constant is read from a wire property that has more values.
    fn is_opened(&self, property: &Property, source: &Property) -> bool {
        let Some(own) = self.single_literal(&property.shape) else { return false };
        let arms = match &source.shape {
            Shape::Union(arms) => arms.as_slice(),
            other => std::slice::from_ref(other),
        };
        let mut values = arms.iter().filter_map(|arm| self.single_literal(arm));
        self.single_literal(&source.shape).is_none() && values.any(|value| value == own)
    }

    /// Whether a class's property is read from one that may be absent or null.
    pub(super) fn is_relaxed_on_wire(&self, property: &Property, class: Option<DefId>, site: &Site) -> bool {
        let (Some(class), Some(wire)) = (class, self.wire_record(class)) else { return false };
        let rule = self.input.recipe.class.find(&self.field_names(property, site)).cloned().unwrap_or_default();
        let sources = wire_keys(property, &rule, wire);
        let mut sources = sources.iter().filter_map(|name| wire.property(name));
        sources.any(|source| self.source_presence(source, class) != (false, false))
    }

    /// Whether a wire property that a class reads may be absent, and whether it may be null: by its type, or by a row of
    /// the recipe. What the wire may lack, the class built from it visibly lacks too.
    fn source_presence(&self, source: &Property, class: DefId) -> (bool, bool) {
        let recipe = self.input.recipe;
        let wire = self.pairs.wire(class).map(|wire| &self.def(self.input.schema.instance(wire).def).name);
        let mut names: Vec<String> = wire.map(|wire| format!("{wire}.{}", source.name)).into_iter().collect();
        names.extend(self.inherited_name(source));
        let absent = source.optional || recipe.absent_ok.matches(&names);
        (absent, self.admits_null(&source.shape) || recipe.null_ok.matches(&names))
    }

    /// Whether `null` is one of a shape's values.
    fn admits_null(&self, shape: &Shape) -> bool {
        match self.input.schema.resolve(shape) {
            Shape::Null => true,
            Shape::Union(arms) => arms.iter().any(|arm| match arm {
                Shape::Null => true,
                // A union's arms are flat but for references, and a union that holds itself holds nothing new.
                Shape::Ref(_) => match self.input.schema.resolve(arm) {
                    Shape::Null => true,
                    Shape::Union(inner) => inner.contains(&Shape::Null),
                    _ => false,
                },
                _ => false,
            }),
            _ => false,
        }
    }

    fn report_unpaired(&mut self, property: &Property, class: DefId) {
        let class = &self.def(class).name;
        let message =
            format!("the field `{class}.{}` has no property in what `{class}.{FROM_JSON}` takes", property.name);
        let hint = format!("say where it comes from: [class.\"{class}.{}\"] from = [\"…\"]", property.name);
        self.diagnostics.push(Diagnostic::warning(Code::Unsupported, property.location, message).with_hint(hint));
    }

    /// The property of a paired class whose text a wire property without any takes.
    pub(super) fn paired_property(&self, property: &Property, wire: DefId) -> Option<(DefId, &Property)> {
        let schema = self.input.schema;
        self.pairs.classes(wire).iter().find_map(|class| {
            let instance = self.instances.get(class)?.first()?;
            let Shape::Record(record) = schema.resolve(&schema.instance(*instance).shape) else { return None };
            let reads = |field: &&Property| {
                let names = [format!("{}.{}", self.def(*class).name, field.name)];
                let rule = self.input.recipe.class.find(&names);
                match rule.and_then(|rule| rule.from.as_ref()) {
                    Some(from) => from.contains(&property.name),
                    None => field.name.to_snake_case() == property.name || field.name == property.name,
                }
            };
            let field = record.properties.iter().filter(|field| field.doc.is_some()).find(reads)?;
            Some((*class, field))
        })
    }
}

/// The names of the wire's properties that a field is read from, as upstream spells them.
fn wire_keys(property: &Property, rule: &ClassRule, wire: &Record) -> Vec<String> {
    if let Some(from) = &rule.from {
        return from.clone();
    }
    let snake = property.name.to_snake_case();
    let key = [snake, property.name.clone()].into_iter().find(|key| wire.property(key).is_some());
    key.into_iter().collect()
}

fn default_of(rule: &ClassRule) -> Option<FieldDefault> {
    rule.default.clone().map(|json| FieldDefault { json, when: rule.when })
}
