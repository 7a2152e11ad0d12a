//! Who uses an item: what holds it, and which of upstream's functions and methods take or answer it.
//!
//! One pass over the items and one over the declarations: linear in both.

use super::boxing::{head, path_of};
use super::planner::{Placed, Planner};
use crate::model::{DefId, DefKind, FunctionTy, Member, PropertyKey, Ty, Visibility};
use crate::rust::{RustIdent, RustItem, RustMember, RustPath, RustTy};
use std::collections::BTreeMap;

/// A place that holds an item: a field of a struct, or an item that is not made of fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    pub item: RustPath,
    pub field: Option<RustIdent>,
}

/// Who uses what, in the order of the input.
#[derive(Debug, Default)]
pub(super) struct Users {
    /// By item: what holds it.
    holders: BTreeMap<RustPath, Vec<Holder>>,
    /// By declaration: the functions and methods that take it, as upstream calls them.
    takers: BTreeMap<DefId, Vec<String>>,
    /// By declaration: those that answer it.
    answerers: BTreeMap<DefId, Vec<String>>,
    /// By declaration: what it is a base of.
    extended: BTreeMap<DefId, Vec<DefId>>,
    /// By declaration: the unions that it is an arm of.
    unions: BTreeMap<DefId, Vec<DefId>>,
    /// By wire struct: the class that is made from it; and the other way round.
    twins: BTreeMap<RustPath, (bool, RustPath)>,
}

impl Users {
    /// Looks through everything that was planned.
    pub(super) fn new(planner: &Planner<'_>) -> Self {
        let mut users = Self::default();
        planner.items.iter().for_each(|placed| users.add_item(placed));
        for id in planner.input.schema.reached.keys() {
            users.add_declaration(planner, *id);
        }
        users
    }

    fn add_declaration(&mut self, planner: &Planner<'_>, id: DefId) {
        let def = planner.def(id);
        match &def.kind {
            DefKind::Class(class) => {
                class.bases().for_each(|base| self.add_part(base, id, true));
                class.members.iter().for_each(|member| self.add_member(&def.name, member));
                // What a class is made from is told of both; other makers answer their own class, which is no news.
                if planner.pairs.wire(id).is_none() {
                    class.statics.iter().for_each(|member| self.add_member(&def.name, member));
                }
            }
            DefKind::Interface(interface) => {
                interface.extends.iter().for_each(|base| self.add_part(base, id, true));
                interface.members.iter().for_each(|member| self.add_member(&def.name, member));
            }
            DefKind::Alias(Ty::Object(object)) => {
                object.members.iter().for_each(|member| self.add_member(&def.name, member));
            }
            DefKind::Alias(Ty::Union(arms)) => arms.iter().for_each(|arm| self.add_part(&arm.ty, id, false)),
            DefKind::Alias(Ty::Intersection(parts)) => parts.iter().for_each(|part| self.add_part(part, id, true)),
            DefKind::Alias(Ty::Function(function)) | DefKind::Value(Ty::Function(function)) => {
                self.add_function(&def.name, function);
            }
            DefKind::Function(overloads) => overloads.iter().for_each(|one| self.add_function(&def.name, one)),
            _ => {}
        }
    }

    fn add_part(&mut self, part: &Ty, whole: DefId, extends: bool) {
        if let Ty::Ref(part) = part {
            let all = if extends { &mut self.extended } else { &mut self.unions };
            all.entry(part.def).or_default().push(whole);
        }
    }

    /// The declarations that extend a declaration.
    pub(super) fn extended(&self, def: DefId) -> &[DefId] {
        self.extended.get(&def).map_or(&[], Vec::as_slice)
    }

    /// The unions that a declaration is an arm of.
    pub(super) fn unions(&self, def: DefId) -> &[DefId] {
        self.unions.get(&def).map_or(&[], Vec::as_slice)
    }

    /// What holds an item.
    pub(super) fn holders(&self, item: &RustPath) -> &[Holder] {
        self.holders.get(item).map_or(&[], Vec::as_slice)
    }

    /// The functions and methods that take a declaration.
    pub(super) fn takers(&self, def: DefId) -> &[String] {
        self.takers.get(&def).map_or(&[], Vec::as_slice)
    }

    /// The functions and methods that answer a declaration.
    pub(super) fn answerers(&self, def: DefId) -> &[String] {
        self.answerers.get(&def).map_or(&[], Vec::as_slice)
    }

    /// Of a wire struct `(true, class)`, of a class `(false, wire struct)`.
    pub(super) fn twin(&self, item: &RustPath) -> Option<&(bool, RustPath)> {
        self.twins.get(item)
    }

    fn add_item(&mut self, placed: &Placed) {
        if let RustItem::From(from) = &placed.item {
            self.twins.entry(from.wire.clone()).or_insert_with(|| (true, from.class.clone()));
            self.twins.entry(from.class.clone()).or_insert_with(|| (false, from.wire.clone()));
        }
        // Documentation does not lead to what it hides.
        let shown = head(&placed.item).is_some_and(|head| !head.hidden);
        let Some(path) = path_of(placed).filter(|_| shown) else { return };
        for (field, ty) in parts(&placed.item) {
            each_path(ty, &mut |held| {
                let holder = Holder { item: path.clone(), field: field.cloned() };
                let all = self.holders.entry(held.clone()).or_default();
                // What one item holds is met in a row.
                if *held != path && all.last() != Some(&holder) {
                    all.push(holder);
                }
            });
        }
    }

    fn add_member(&mut self, owner: &str, member: &Member) {
        let (key, function, visibility) = match member {
            Member::Method(method) => (&method.key, &method.function, method.visibility),
            Member::Property(property) => match &property.ty {
                Ty::Function(function) => (&property.key, &**function, property.visibility),
                _ => return,
            },
            _ => return,
        };
        if let (PropertyKey::Name(name), Visibility::Public) = (key, visibility) {
            self.add_function(&format!("{owner}.{name}"), function);
        }
    }

    fn add_function(&mut self, name: &str, function: &FunctionTy) {
        let add = |users: &mut BTreeMap<DefId, Vec<String>>, def: DefId| {
            let all = users.entry(def).or_default();
            // Overloads stand in a row.
            if all.last().is_none_or(|last| last != name) {
                all.push(name.to_owned());
            }
        };
        for argument in &function.args {
            each_named(&argument.ty, &mut |def| add(&mut self.takers, def));
        }
        each_named(&function.ret, &mut |def| add(&mut self.answerers, def));
    }
}

/// The types that an item is made of, and the fields that they stand in.
fn parts(item: &RustItem) -> Vec<(Option<&RustIdent>, &RustTy)> {
    match item {
        RustItem::Struct(item) => {
            let fields = item.members.iter().filter_map(|member| match member {
                RustMember::Field(field) if !field.hidden => Some((Some(&field.name), &field.ty)),
                _ => None,
            });
            fields.chain(item.extras.iter().map(|extra| (Some(&extra.field), &extra.value))).collect()
        }
        RustItem::Tuple(item) => item.places.iter().map(|place| (None, &place.ty)).collect(),
        RustItem::Alias(item) => vec![(None, &item.ty)],
        other => super::boxing::places(other).into_iter().map(|ty| (None, ty)).collect(),
    }
}

/// Calls with the generated types in a type.
fn each_path(ty: &RustTy, call: &mut dyn FnMut(&RustPath)) {
    match ty {
        RustTy::Path(path, args) => {
            call(path);
            args.iter().for_each(|arg| each_path(arg, call));
        }
        RustTy::MapAlias(path) => call(path),
        RustTy::Vec(inner) | RustTy::Map(inner) | RustTy::Option(inner) | RustTy::Box(inner) => each_path(inner, call),
        RustTy::Tuple(places) => places.iter().for_each(|place| each_path(place, call)),
        _ => {}
    }
}

/// What a value of these library types holds as it is.
const CONTAINERS: [&str; 5] = ["Promise", "PromiseLike", "Awaited", "Array", "ReadonlyArray"];

/// Calls with the declarations that values of a type are, or hold as they are: not with those that an operator takes
/// apart.
pub(super) fn each_named(ty: &Ty, call: &mut dyn FnMut(DefId)) {
    match ty {
        Ty::Ref(named) => {
            call(named.def);
            named.args.iter().for_each(|arg| each_named(arg, call));
        }
        Ty::Library(library) if CONTAINERS.contains(&library.name.as_str()) => {
            library.args.iter().for_each(|arg| each_named(arg, call));
        }
        Ty::Array(item) => each_named(item, call),
        Ty::Tuple(places) => places.iter().for_each(|place| each_named(&place.ty, call)),
        Ty::Union(arms) => arms.iter().for_each(|arm| each_named(&arm.ty, call)),
        Ty::Intersection(parts) => parts.iter().for_each(|part| each_named(part, call)),
        _ => {}
    }
}
