//! Records: structs, and payloads that leave their tag to the union around them.

use super::names::distinct;
use super::planner::Planner;
use super::site::Site;
use crate::model::{DefId, Literal};
use crate::recipe::Effect;
use crate::rust::{RustIdent, RustItem, RustMember, RustPath, RustStruct, RustTy};
use crate::schema::{InstanceId, Property, Record, Shape};
use std::collections::BTreeMap;
use std::rc::Rc;

impl Planner<'_> {
    /// A struct of a record's properties. `shape` is what tells anonymous records at one place apart.
    pub(super) fn structure(&mut self, record: &Record, shape: &Shape, site: &Site) -> RustTy {
        let rank = self.next_rank();
        let written = self.written_site(record, shape, site);
        let site = written.as_ref().unwrap_or(site);
        let (path, known) = self.take(site, "Object", &[shape]);
        let (params, args) = self.params_of(&[shape], site);
        if !known {
            self.structure_at(record, &path, params, site, rank);
        }
        RustTy::Path(path, args)
    }

    /// Makes the struct of a path.
    pub(super) fn structure_at(
        &mut self,
        record: &Record,
        path: &RustPath,
        params: Vec<RustIdent>,
        site: &Site,
        rank: usize,
    ) {
        let site = Site { spent: Vec::new(), ..site.within(path, self.names.words(path)) };
        let kept = self.with_wire_constants(record).map(|made| self.keep(vec![Shape::Record(Box::new(made))]));
        let record = match kept.as_deref().map(Vec::as_slice) {
            Some([Shape::Record(made)]) => made,
            _ => record,
        };
        let members = self.members(record, &site);
        let non_exhaustive = self.is_non_exhaustive(record, &site);
        let item = RustStruct {
            head: self.head(path, params, &site, ("an object", &[])),
            non_exhaustive,
            extras: self.extras(record, &members, &site),
            members,
            request: site.usage.input && !site.usage.output && !non_exhaustive,
        };
        self.push(path, site.owner, rank, RustItem::Struct(item));
    }

    /// Whether a struct is one that upstream adds fields to: by a row, which counts more than what takes the struct; or,
    /// where the recipe says so of all that is answered, because nothing takes it or because it is a class that is made
    /// of an answer.
    fn is_non_exhaustive(&self, record: &Record, site: &Site) -> bool {
        let recipe = self.input.recipe;
        let is_made = record.class.is_some_and(|class| self.pairs.wire(class).is_some());
        let is_answer = recipe.answers_non_exhaustive && (is_made || site.usage.output && !site.usage.input);
        let rows = recipe.non_exhaustive.matching(&site.names);
        let effect = if is_answer { Effect::Nothing } else { Effect::Changed };
        rows.iter().for_each(|row| self.rules.note("[structs] non_exhaustive", row, &site.names, effect));
        is_answer || !rows.is_empty()
    }

    fn members(&mut self, record: &Record, site: &Site) -> Vec<RustMember> {
        let mut members = Vec::with_capacity(record.properties.len());
        let fields: Vec<&Property> =
            record.properties.iter().filter(|property| self.is_field(property, record.class, site)).collect();
        let mut idents = self.field_idents(&fields, site).into_iter();
        for property in &record.properties {
            let wire = self.wire_key(property, site);
            if let Some(value) = self.literal_member(property, record.class, site) {
                members.push(RustMember::Literal { wire, value });
            } else if is_forbidden(property) {
                members.push(RustMember::Forbidden { wire });
            } else {
                let name = idents.next().expect("every property that is a field was given a name");
                let mut field = self.field(property, name, wire, site);
                if let Some(class) = record.class.filter(|class| self.pairs.wire(*class).is_some()) {
                    self.pair_field(&mut field, property, class, site);
                }
                members.push(RustMember::Field(field));
            }
        }
        members
    }

    /// The fields of a record's struct, by property.
    pub(super) fn fields_of(&self, record: &Record, site: &Site) -> BTreeMap<String, RustIdent> {
        let fields: Vec<&Property> =
            record.properties.iter().filter(|property| self.is_field(property, record.class, site)).collect();
        let idents = self.field_idents(&fields, site);
        fields.iter().map(|property| property.name.clone()).zip(idents).collect()
    }

    /// The fields' names: rows of the recipe first, then upstream's names.
    fn field_idents(&self, fields: &[&Property], site: &Site) -> Vec<RustIdent> {
        let texts: Vec<String> = fields
            .iter()
            .map(|property| {
                let row = self.input.recipe.rename.find(&self.field_names(property, site));
                row.filter(|row| !row.starts_with(char::is_uppercase)).cloned().unwrap_or_else(|| property.name.clone())
            })
            .collect();
        distinct(&texts.iter().map(String::as_str).collect::<Vec<_>>(), RustIdent::snake, &[])
    }

    /// The literal of a property that is written and checked, and is no field.
    fn literal_member(&self, property: &Property, class: Option<DefId>, site: &Site) -> Option<Literal> {
        if property.optional || self.is_relaxed_on_wire(property, class, site) {
            return None;
        }
        let literal = self.single_literal(&property.shape)?;
        let recipe = self.input.recipe;
        let names = self.field_names(property, site);
        let relaxed = recipe.absent_ok.matches(&names) | recipe.null_ok.matches(&names);
        (!relaxed && !matches!(literal.value, Literal::BigInt(_))).then_some(literal.value)
    }

    fn is_field(&self, property: &Property, class: Option<DefId>, site: &Site) -> bool {
        self.literal_member(property, class, site).is_none() && !is_forbidden(property)
    }

    /// The payload of a variant whose enum writes the tag.
    pub(super) fn payload(&mut self, shape: &Shape, tag: &str, site: &Site) -> RustTy {
        let schema = self.input.schema;
        let Shape::Record(record) = schema.resolve(shape) else { return self.ty(shape, site) };
        let made = self.keep(vec![Shape::Record(Box::new(without(record, tag)))]);
        let [whole @ Shape::Record(rest)] = made.as_slice() else { return self.ty(shape, site) };
        let Shape::Ref(id) = shape else { return self.structure(rest, whole, site) };
        let id = self.nominal_instance(*id);
        if let Some(ty) = self.generic_payload(id, tag, site) {
            return ty;
        }
        let key = (id, tag.to_owned());
        if let Some(path) = self.payloads.get(&key) {
            return RustTy::Path(path.clone(), Vec::new());
        }
        let RustTy::Path(own, _) = self.nominal(id, site) else { return self.ty(shape, site) };
        let name = format!("{} Payload", own.name.text());
        let path = self
            .names
            .claim(&own.modules, [RustIdent::upper_camel(&name)])
            .unwrap_or_else(|| self.names.claim_with(&own.modules, &name, "Object"));
        self.payloads.insert(key, path.clone());
        let owner = schema.instance(id).def;
        let rank = self.next_rank();
        let mut inner = self.site_of(owner, &path);
        inner.usage = schema.instance(id).usage;
        self.structure_at(rest, &path, Vec::new(), &inner, rank);
        RustTy::Path(path, Vec::new())
    }

    /// Keeps shapes that planning made as long as the planner, so that their addresses stay their own.
    pub(super) fn keep(&mut self, shapes: Vec<Shape>) -> Rc<Vec<Shape>> {
        let shapes = Rc::new(shapes);
        self.kept.push(Rc::clone(&shapes));
        shapes
    }

    /// The instance whose type a chain of aliases ends at.
    pub(super) fn nominal_instance(&self, id: InstanceId) -> InstanceId {
        let mut id = id;
        for _ in 0..self.input.schema.instances.len() {
            match &self.input.schema.instance(id).shape {
                Shape::Ref(next) => id = *next,
                _ => break,
            }
        }
        id
    }
}

/// The record less a property.
pub(super) fn without(record: &Record, name: &str) -> Record {
    let mut rest = record.clone();
    rest.properties.retain(|property| property.name != name);
    rest
}

fn is_forbidden(property: &Property) -> bool {
    matches!(property.shape, Shape::Never)
}
