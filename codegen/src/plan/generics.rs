//! Generic declarations: which stay generic in Rust, and what the instances of the others are called.

use super::arms::Form;
use super::enums::literal_text;
use super::generic_bodies::{known_generics, used_in, used_params, values_of};
use super::names::distinct;
use super::planner::{Job, Planner};
use super::records::without;
use super::site::{LONG, Site, shortened};
use crate::model::DefId;
use crate::rust::{RustIdent, RustPath, RustTy};
use crate::schema::{InstanceId, Naming, Record, Shape, literal_set};
use std::collections::BTreeSet;
use std::rc::Rc;

/// How many parts of the name of an argument may stand in the name of an instance.
const QUALIFIERS: usize = 6;

/// What generated code calls by these names, which a type parameter would hide.
const PRELUDE: [&str; 14] = [
    "Box",
    "Clone",
    "Copy",
    "Default",
    "Eq",
    "From",
    "Hash",
    "Option",
    "PartialEq",
    "Result",
    "Sized",
    "String",
    "ToString",
    "Vec",
];

impl Planner<'_> {
    /// The path of an instance that has a type of its own.
    pub(super) fn nominal(&mut self, id: InstanceId, site: &Site) -> RustTy {
        let schema = self.input.schema;
        let instance = schema.instance(id);
        if instance.is_whole() {
            let Some(path) = self.paths.get(&instance.def).cloned() else { return RustTy::Json };
            let nullable = self.form_of(id) == Form::Nominal { nullable: true };
            let path = if nullable { self.value_path(&path, instance.def) } else { path };
            return RustTy::Path(path, Vec::new());
        }
        if let Some(ty) = self.known.get(&id) {
            return ty.clone();
        }
        let ty = if self.is_generic_instance(id) {
            let path = self.generic(instance.def, None);
            let args = instance.args.iter().map(|arg| self.ty(arg, &site.inner("Item"))).collect();
            RustTy::Path(path, args)
        } else {
            RustTy::Path(self.monomorph(id, site), Vec::new())
        };
        self.known.insert(id, ty.clone());
        ty
    }

    /// The type of a reference inside a generic body.
    pub(super) fn generic_reference(&mut self, def: DefId, args: &[Shape], site: &Site) -> RustTy {
        let path = self.generic(def, None);
        RustTy::Path(path, args.iter().map(|arg| self.ty(arg, &site.inner("Item"))).collect())
    }

    /// The path of a declaration that stays generic, perhaps without its tag; promises to make it.
    pub(super) fn generic(&mut self, def: DefId, tag: Option<&str>) -> RustPath {
        let key = (def, tag.map(str::to_owned));
        if let Some(path) = self.generics.get(&key) {
            return path.clone();
        }
        let own = self.paths.get(&def).cloned();
        let own = own.unwrap_or_else(|| self.names.claim_with(&Vec::new(), &self.input.model.def(def).name, "Type"));
        let is_free = || {
            let is_taken = self.stays_whole(def) || self.default_instance(def).is_some();
            !is_taken && !self.generics.values().any(|path| *path == own)
        };
        let lone = tag.is_none() || is_free();
        let path = if lone {
            own
        } else {
            let name = format!("{} Payload", own.name.text());
            let claimed = self.names.claim(&own.modules, [RustIdent::upper_camel(&name)]);
            claimed.unwrap_or_else(|| self.names.claim_with(&own.modules, &name, "Object"))
        };
        self.generics.insert(key, path.clone());
        self.jobs.push_back(Job::Generic(def, tag.map(str::to_owned), path.clone()));
        path
    }

    /// Whether a generic declaration has a type of its own in Rust: an instance that needs it, or none at all.
    pub(super) fn stays_whole(&self, def: DefId) -> bool {
        let instances = self.instances.get(&def).map_or(&[] as &[InstanceId], Vec::as_slice);
        self.generic_body(def, None).is_some()
            && (instances.is_empty() || instances.iter().any(|id| self.is_generic_instance(*id)))
    }

    /// The instance that takes a generic declaration's own name: what its name alone means.
    pub(super) fn default_instance(&self, def: DefId) -> Option<InstanceId> {
        let id = *self.input.schema.defaults.get(&def)?;
        (self.lent.get(&id) == Some(&def)).then_some(id)
    }

    /// Makes a generic struct.
    pub(super) fn make_generic(&mut self, def: DefId, tag: Option<&str>, path: &RustPath) {
        let Some(body) = self.generic_body(def, tag) else { return };
        let made = self.keep(vec![Shape::Record(Box::new((*body).clone()))]);
        let [Shape::Record(body)] = made.as_slice() else { return };
        let params = self.param_idents(def);
        let mut site = self.site_of(def, path);
        site.params = params;
        let rank = self.next_rank();
        let used = match tag {
            None => site.params.clone(),
            Some(_) => used_params(body).into_iter().filter_map(|index| site.params.get(index).cloned()).collect(),
        };
        self.structure_at(body, path, used, &site, rank);
    }

    /// A declaration's type parameters.
    fn param_idents(&self, def: DefId) -> Vec<RustIdent> {
        let spelled = |name: &str| {
            let taken = PRELUDE.contains(&RustIdent::upper_camel(name).text());
            if taken { format!("{name} type") } else { name.to_owned() }
        };
        let names: Vec<String> = self.def(def).params.iter().map(|param| spelled(&param.name)).collect();
        distinct(&names.iter().map(String::as_str).collect::<Vec<_>>(), RustIdent::upper_camel, &[])
    }

    /// A generic declaration's record, where its parameters only stand where any data may.
    fn generic_body(&self, def: DefId, tag: Option<&str>) -> Option<Rc<Record>> {
        let key = (def, tag.map(str::to_owned));
        if let Some(known) = self.bodies.borrow().get(&key) {
            return known.clone();
        }
        let body = self.find_generic_body(def, tag).map(Rc::new);
        self.bodies.borrow_mut().insert(key, body.clone());
        body
    }

    fn find_generic_body(&self, def: DefId, tag: Option<&str>) -> Option<Record> {
        let known = self.known_generics.get_or_init(|| known_generics(self));
        let Shape::Record(record) = self.input.schema.generics.get(&def)? else { return None };
        let Some(tag) = tag else {
            return known.contains(&def).then(|| (**record).clone());
        };
        let rest = without(record, tag);
        let held = self.held.get(&def);
        // Rust has no place for a parameter that no field holds, nor for one that is only handed on in a circle.
        let holds = used_params(&rest).iter().all(|param| held.is_some_and(|held| held.contains(param)));
        let fits = values_of(&rest).all(|shape| self.fits(shape, known));
        (holds && fits && !rest.properties.is_empty()).then_some(rest)
    }

    /// Whether a shape inside a generic body can be written with its parameters standing for any type. `known` are the
    /// declarations that stay generic.
    pub(super) fn fits(&self, shape: &Shape, known: &BTreeSet<DefId>) -> bool {
        match shape {
            Shape::GenericRef(def, args) => {
                known.contains(def) && args.iter().all(|arg| self.fits_as_argument(arg, known))
            }
            _ if used_in(&[shape]).is_empty() => true,
            Shape::Param(_) => true,
            Shape::Array(inner) => self.fits(inner, known),
            Shape::Tuple(places) => places.iter().all(|place| self.fits(&place.shape, known)),
            Shape::Record(record) => values_of(record).all(|shape| self.fits(shape, known)),
            Shape::Union(arms) => {
                let mut rest = arms.iter().filter(|arm| !matches!(arm, Shape::Null));
                let one = rest.next();
                rest.next().is_none() && one.is_some_and(|arm| self.fits(arm, known))
            }
            _ => false,
        }
    }

    fn fits_as_argument(&self, shape: &Shape, known: &BTreeSet<DefId>) -> bool {
        match shape {
            Shape::Param(_) => true,
            Shape::Array(inner) => self.fits_as_argument(inner, known),
            Shape::GenericRef(..) => self.fits(shape, known),
            other => used_in(&[other]).is_empty() && self.is_plain(other, 0),
        }
    }

    /// Whether an instance is written with its declaration's generic type.
    pub(super) fn is_generic_instance(&self, id: InstanceId) -> bool {
        if let Some(known) = self.whole.borrow().get(&id) {
            return *known;
        }
        let instance = self.input.schema.instance(id);
        let is_generic = !instance.args.is_empty()
            && self.generic_body(instance.def, None).is_some()
            && instance.args.iter().all(|arg| self.is_plain(arg, 0));
        self.whole.borrow_mut().insert(id, is_generic);
        is_generic
    }

    /// Whether the Rust type of a shape is coded as serde codes it, and absent or null mean nothing special in it, so
    /// that it may stand for a type parameter.
    fn is_plain(&self, shape: &Shape, depth: usize) -> bool {
        if depth > 64 {
            return false;
        }
        match shape {
            Shape::Any(_)
            | Shape::String
            | Shape::OpenString
            | Shape::Template(_)
            | Shape::Library(_)
            | Shape::Boolean
            | Shape::Param(_) => true,
            Shape::Array(inner) => self.is_plain(inner, depth + 1),
            Shape::Record(record) if record.properties.is_empty() => {
                record.indexes.iter().all(|index| self.is_plain(&index.value, depth + 1))
            }
            Shape::Ref(id) => {
                let shape = &self.input.schema.instance(*id).shape;
                match self.form_of(*id) {
                    Form::Nominal { nullable } => !nullable && !matches!(shape, Shape::Literal(_)),
                    Form::Transparent => self.is_plain(shape, depth + 1),
                }
            }
            // Literals tell instances apart rather than say what data is in them.
            Shape::Union(_) if literal_set(self.input.schema, shape).is_some() => false,
            Shape::Record(_) | Shape::Union(_) => self.form(shape) == Form::Nominal { nullable: false },
            _ => false,
        }
    }

    /// Whether the payload of an arm leaves its tag to the enum though it has but one value: instances of generics that
    /// no alias names, which would need a type and a name each.
    pub(super) fn drops_tag(&self, shape: &Shape, tag: &str) -> bool {
        let Shape::Ref(id) = shape else { return false };
        let id = self.nominal_instance(*id);
        !self.lent.contains_key(&id) && !self.is_generic_instance(id) && self.payload_args(id, tag).is_some()
    }

    /// The payload of a generic instance: its declaration without the tag.
    pub(super) fn generic_payload(&mut self, id: InstanceId, tag: &str, site: &Site) -> Option<RustTy> {
        let used = self.payload_args(id, tag)?;
        let instance = self.input.schema.instance(id);
        let path = self.generic(instance.def, Some(tag));
        let args = used.into_iter().map(|index| self.ty(&instance.args[index], &site.inner("Item"))).collect();
        Some(RustTy::Path(path, args))
    }

    /// Which arguments are left when the tag is, where those may stand for type parameters.
    fn payload_args(&self, id: InstanceId, tag: &str) -> Option<Vec<usize>> {
        let instance = self.input.schema.instance(id);
        if instance.args.is_empty() {
            return None;
        }
        let body = self.generic_body(instance.def, Some(tag))?;
        let used: Vec<usize> = used_params(&body).into_iter().collect();
        used.iter().all(|index| instance.args.get(*index).is_some_and(|arg| self.is_plain(arg, 0))).then_some(used)
    }

    /// The path of an instance that is a type of its own; promises to make it.
    fn monomorph(&mut self, id: InstanceId, site: &Site) -> RustPath {
        if let Some(path) = self.monomorphs.get(&id) {
            return path.clone();
        }
        let (path, site) = self.instance_path(id, site);
        self.jobs.push_back(Job::Monomorph(id, site));
        path
    }

    /// The path and the inside of an instance that is a type of its own: the name of the alias that is exactly it, else
    /// what it is made of: the declaration's name with those of its arguments.
    pub(super) fn instance_path(&mut self, id: InstanceId, site: &Site) -> (RustPath, Site) {
        let instance = self.input.schema.instance(id);
        let lender = self.lent.get(&id).copied();
        let path = match self.monomorphs.get(&id) {
            Some(path) => path.clone(),
            None => {
                let path = self.claim_instance(id, lender, site);
                self.monomorphs.insert(id, path.clone());
                path
            }
        };
        let mut inner = self.site_of(lender.unwrap_or(instance.def), &path);
        inner.usage = instance.usage;
        if lender.is_some() {
            inner.names.push(self.def(instance.def).name.clone());
        } else if !instance.is_declared() {
            inner.names = site.names.clone();
            inner.nested = true;
        }
        (path, inner)
    }

    fn claim_instance(&mut self, id: InstanceId, lender: Option<DefId>, site: &Site) -> RustPath {
        let instance = self.input.schema.instance(id);
        let own = self.paths.get(&lender.unwrap_or(instance.def)).cloned();
        match (lender, own, &instance.naming) {
            (Some(_), Some(path), _) => path,
            (_, _, Naming::Place) => self.claim_anonymous(&site.inner(""), "Object"),
            (_, Some(own), naming) => {
                let applied = |depth: usize| {
                    let args: Vec<String> = instance.args.iter().map(|arg| self.shape_name(arg, depth)).collect();
                    format!("{} {}", own.name.text(), args.join(" "))
                };
                let (text, short) = match naming {
                    Naming::Made(words) => (words.clone(), None),
                    _ => (applied(2), Some(applied(0))),
                };
                // What the arguments of arguments are is said where the name is not long, or something else has it.
                let short = short.filter(|_| RustIdent::upper_camel(&text).text().len() > LONG);
                let standing = format!("{} {}", own.name.text(), site.base);
                let qualified = (2..=QUALIFIERS).map(|parts| self.qualified_name(&own, &instance.args, parts));
                let candidates: Vec<String> =
                    short.into_iter().chain([text.clone()]).chain(qualified).chain(shortened(&standing)).collect();
                let claimed = self.names.claim_words(&own.modules, &candidates);
                claimed.unwrap_or_else(|| self.names.claim_with(&own.modules, &text, "Instance"))
            }
            (_, None, _) => self.names.claim_with(&site.module, &site.base, "Instance"),
        }
    }

    /// The name of an instance, its arguments with what they are declared in: as many parts of their names.
    fn qualified_name(&self, own: &RustPath, args: &[Shape], parts: usize) -> String {
        let args: Vec<String> = args.iter().map(|arg| self.qualified(arg, parts)).collect();
        format!("{} {}", own.name.text(), args.join(" "))
    }

    fn qualified(&self, arg: &Shape, parts: usize) -> String {
        match arg {
            Shape::Ref(id) => {
                let name = &self.def(self.input.schema.instance(*id).def).name;
                let words: Vec<&str> = name.split('.').collect();
                words[words.len().saturating_sub(parts)..].join(" ")
            }
            Shape::Array(item) => format!("{} List", self.qualified(item, parts)),
            other => self.shape_name(other, 2),
        }
    }

    /// A name for a shape, as words.
    pub(super) fn shape_name(&self, shape: &Shape, depth: usize) -> String {
        match shape {
            Shape::Null | Shape::Undefined => "Null".into(),
            Shape::Any(_) | Shape::NonNull(_) | Shape::Never | Shape::NotData(_) => "Value".into(),
            Shape::String | Shape::OpenString | Shape::Template(_) => "String".into(),
            Shape::Library(_) => "Date".into(),
            Shape::Number => "Number".into(),
            Shape::Boolean => "Boolean".into(),
            Shape::Literal(literal) => literal_text(&literal.value),
            Shape::Array(inner) => format!("{} List", self.shape_name(inner, depth)),
            Shape::Tuple(_) => "Tuple".into(),
            Shape::Record(record) if self.is_map(record) && !record.indexes.is_empty() => "Map".into(),
            Shape::Record(_) => "Object".into(),
            Shape::Enum(_) => "Enum".into(),
            Shape::Union(arms) if arms.len() <= 3 && depth > 0 => {
                arms.iter().map(|arm| self.shape_name(arm, depth - 1)).collect::<Vec<_>>().join(" Or ")
            }
            Shape::Union(_) => "Union".into(),
            Shape::Param(index) => format!("Parameter {index}"),
            Shape::Ref(id) => {
                let instance = self.input.schema.instance(*id);
                if let Some(lender) = self.lent.get(id) {
                    return self.last_name(*lender).to_owned();
                }
                match &instance.naming {
                    Naming::Made(words) => words.clone(),
                    Naming::Place if matches!(instance.shape, Shape::Union(_)) => "Union".into(),
                    Naming::Place => "Object".into(),
                    Naming::Declaration => self.applied_name(instance.def, &instance.args, depth),
                }
            }
            Shape::GenericRef(def, args) => self.applied_name(*def, args, depth),
        }
    }

    fn applied_name(&self, def: DefId, args: &[Shape], depth: usize) -> String {
        let mut name = self.last_name(def).to_owned();
        if depth > 0 {
            for arg in args {
                name = format!("{name} {}", self.shape_name(arg, depth - 1));
            }
        }
        name
    }

    /// A declaration's name without its namespaces.
    pub(super) fn last_name(&self, def: DefId) -> &str {
        self.input.model.def(def).last_name()
    }

    /// The type parameters that shapes at a site mention: as parameters of a type made of them, and as its arguments
    /// where it stands.
    pub(super) fn params_of(&self, shapes: &[&Shape], site: &Site) -> (Vec<RustIdent>, Vec<RustTy>) {
        if site.params.is_empty() {
            return (Vec::new(), Vec::new());
        }
        let names: Vec<RustIdent> =
            used_in(shapes).into_iter().filter_map(|index| site.params.get(index).cloned()).collect();
        let args = names.iter().cloned().map(RustTy::Param).collect();
        (names, args)
    }
}
