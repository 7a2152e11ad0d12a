//! The members of an object, whatever makes it one.

use super::cx::Cx;
use super::env::EnvId;
use super::library::{FieldTy, Form};
use super::ty::{At, Index, Kind, Members, Prop, SYMBOL, Slot, TypeId};
use crate::model::{
    DefId, DefKind, FunctionTy, InterfaceDef, Literal, Member, MethodDef, PropertyDef, PropertyKey, Ty, Visibility,
};
use crate::schema::LibraryShape;
use std::rc::Rc;

/// Where members stand.
#[derive(Clone, Copy)]
struct Site {
    env: EnvId,
    owner: Option<DefId>,
    /// In a class: accessors are no fields.
    class: bool,
    /// In a constant: keys are names of literals.
    constant: bool,
}

impl<'m> Cx<'m> {
    /// The members of an object; `None` if it is none, or if it is being looked through already.
    pub fn members(&mut self, ty: TypeId) -> Option<Rc<Members<'m>>> {
        let ty = self.shallow(ty);
        if let Some(known) = self.members.get(&ty) {
            return Some(Rc::clone(known));
        }
        if let Some(place) = self.resolving.get_index_of(&ty) {
            self.cut = self.cut.min(place);
            return None;
        }
        if !self.enter() {
            return None;
        }
        let (place, _) = self.resolving.insert_full(ty);
        let found = self.find_members(ty);
        self.resolving.pop();
        self.leave();
        let found = Rc::new(found?);
        // What rests on something further out that is not known yet may lack members: it is not for keeping.
        if self.cut >= place {
            self.cut = usize::MAX;
            self.members.insert(ty, Rc::clone(&found));
        }
        Some(found)
    }

    fn find_members(&mut self, ty: TypeId) -> Option<Members<'m>> {
        let mut members = Members::default();
        match self.kind(ty).clone() {
            Kind::Record(At(object), env, owner, constant) => {
                let site = Site { env, owner, class: false, constant };
                self.add_members(&mut members, &object.members, site);
            }
            Kind::Named(def, _) => self.declared_members(ty, def, ty, &mut members)?,
            Kind::Mapped(At(mapped), env) => self.mapped_members(mapped, env, &mut members),
            Kind::Intersection(parts) => {
                for part in parts.iter() {
                    let part = self.members(*part)?;
                    self.merge_members(&mut members, &part);
                }
            }
            Kind::Callable(list, constructor) => match constructor {
                true => members.constructs = list.to_vec(),
                false => members.calls = list.to_vec(),
            },
            Kind::ValueOf(def) => self.value_members(def, &mut members),
            Kind::Module(At(names)) => {
                self.module_members(names.iter().map(|(name, defs)| (name, defs)), &mut members);
            }
            Kind::Library(place, _) => match self.library[place as usize].form {
                form @ (Form::Fields(_) | Form::Error | Form::Value(LibraryShape::Url)) => {
                    self.field_members(place, &mut members);
                    if matches!(form, Form::Fields(_)) {
                        self.add_declared(place, &mut members);
                    }
                }
                Form::AnyObject => {}
                _ => return None,
            },
            Kind::Object => {}
            _ => return None,
        }
        Some(members)
    }

    fn declared_members(&mut self, ty: TypeId, def: DefId, this: TypeId, members: &mut Members<'m>) -> Option<()> {
        let env = self.env_of(ty);
        let env = self.with_this(env, this);
        match &self.model.def(def).kind {
            DefKind::Interface(InterfaceDef { extends, members: own }) => {
                for base in extends {
                    self.inherit(base, env, this, members);
                }
                self.add_members(members, own, Site { env, owner: Some(def), class: false, constant: false });
            }
            DefKind::Class(class) => {
                for base in class.bases() {
                    self.inherit(base, env, this, members);
                }
                self.add_members(members, &class.members, Site { env, owner: Some(def), class: true, constant: false });
            }
            _ => return None,
        }
        Some(())
    }

    /// Adds what a base has. Of a library class that is no data nothing is known but names of fields, which
    /// `JSON.stringify` does not write (those of an `Error`), so they are left out.
    fn inherit(&mut self, base: &'m Ty, env: EnvId, this: TypeId, members: &mut Members<'m>) {
        let base = self.eval(base, env);
        let behind = self.shallow(base);
        if let Kind::Library(place, _) = *self.kind(behind)
            && !matches!(self.library[place as usize].form, Form::Fields(_))
        {
            return;
        }
        for part in self.arms(behind) {
            if let Kind::Named(def, _) = *self.kind(part)
                && self.mentions_this(def)
                && self.resolving.insert(part)
            {
                let mut inherited = Members::default();
                self.declared_members(part, def, this, &mut inherited);
                self.resolving.pop();
                self.override_members(members, &inherited);
            } else if let Some(inherited) = self.members(part) {
                self.override_members(members, &inherited);
            }
        }
    }

    /// Whether a property of a declaration, or of a base of it, is of type `this`: then it means another type in what
    /// inherits it. What methods give is not looked at.
    fn mentions_this(&mut self, def: DefId) -> bool {
        if let Some(known) = self.mentions_this.get(&def) {
            return *known;
        }
        self.mentions_this.insert(def, false);
        let (bases, own): (Vec<&Ty>, &[Member]) = match &self.model.def(def).kind {
            DefKind::Interface(it) => (it.extends.iter().collect(), &it.members),
            DefKind::Class(it) => (it.bases().collect(), &it.members),
            _ => return false,
        };
        let found = super::this::in_members(own)
            || (self.enter() && {
                let found = bases.iter().any(|base| matches!(base, Ty::Ref(it) if self.mentions_this(it.def)));
                self.leave();
                found
            });
        self.mentions_this.insert(def, found);
        found
    }

    /// A later base, or the derived type, replaces what an earlier one declared, in its place.
    fn override_members(&mut self, members: &mut Members<'m>, new: &Members<'m>) {
        for (name, prop) in &new.props {
            members.props.insert(Rc::clone(name), prop.clone());
        }
        for index in &new.indexes {
            members.indexes.retain(|old| old.key != index.key);
            members.indexes.push(index.clone());
        }
        members.calls.extend_from_slice(&new.calls);
        members.constructs.extend_from_slice(&new.constructs);
        members.symbols |= new.symbols;
        members.iterable |= new.iterable;
        members.open |= new.open;
    }

    /// Adds what another part of an intersection has: a property of both is intersected.
    fn merge_members(&mut self, members: &mut Members<'m>, new: &Members<'m>) {
        for (name, prop) in &new.props {
            match members.props.get_mut(name) {
                Some(old) => merge_prop(old, prop),
                None => {
                    members.props.insert(Rc::clone(name), prop.clone());
                }
            }
        }
        for index in &new.indexes {
            match members.indexes.iter_mut().find(|old| old.key == index.key) {
                Some(old) => old.value = Slot::All(vec![(old.value.clone(), false), (index.value.clone(), false)]),
                None => members.indexes.push(index.clone()),
            }
        }
        members.calls.extend_from_slice(&new.calls);
        members.constructs.extend_from_slice(&new.constructs);
        members.symbols |= new.symbols;
        members.iterable |= new.iterable;
        members.open |= new.open;
    }

    fn add_members(&mut self, members: &mut Members<'m>, own: &'m [Member], site: Site) {
        let mut methods: Vec<Rc<str>> = Vec::new();
        for member in own {
            match member {
                Member::Property(property) => self.add_property(members, property, site),
                Member::Method(method) => self.add_method(members, method, site, &mut methods),
                Member::Index(index) => {
                    let key = self.eval(&index.key, site.env);
                    for key in self.arms(key) {
                        let value = Slot::Written(&index.value, site.env);
                        members.indexes.retain(|old| old.key != key);
                        members.indexes.push(Index { key, value });
                    }
                }
                Member::Call(function) => members.calls.push((At(function), site.env)),
                Member::Construct(function) => members.constructs.push((At(function), site.env)),
            }
        }
    }

    /// What `keyof` gives for a property, where that is no text.
    fn key_type(&mut self, key: &PropertyKey) -> Option<TypeId> {
        match key {
            PropertyKey::Number(number) => Some(self.literal(Literal::Number(*number))),
            PropertyKey::Member(_, def, member) => Some(self.enum_member(*def, member)),
            PropertyKey::Symbol(_, Some(symbol)) => Some(self.unique_symbol(symbol)),
            PropertyKey::Name(_) | PropertyKey::Symbol(_, None) => None,
        }
    }

    /// The type of a symbol.
    pub fn unique_symbol(&mut self, symbol: &str) -> TypeId {
        self.intern(Kind::UniqueSymbol(Rc::from(format!("{SYMBOL}{symbol}"))))
    }

    /// The name of a property; of one whose key is a symbol that somebody declared, what stands for that. Those of the
    /// language (`Symbol.iterator`) say what can be done with an object, which is no matter of its data.
    fn name_of(&mut self, key: &PropertyKey) -> Option<Rc<str>> {
        match key {
            PropertyKey::Symbol(_, Some(symbol)) if !symbol.starts_with("Symbol.") => {
                Some(Rc::from(format!("{SYMBOL}{symbol}")))
            }
            key => key.text().map(|name| Rc::from(&*name)),
        }
    }

    fn add_property(&mut self, members: &mut Members<'m>, property: &'m PropertyDef, site: Site) {
        members.symbols |= property.key.text().is_none();
        members.iterable |= !property.optional && iterates(&property.key);
        let Some(name) = self.name_of(&property.key).filter(|_| property.visibility == Visibility::Public) else {
            return;
        };
        let prop = Prop {
            name: Rc::clone(&name),
            key: self.key_type(&property.key),
            slot: Slot::Written(&property.ty, site.env),
            optional: property.optional,
            method: false,
            accessor: property.accessor && site.class,
            named: site.constant,
            doc: property.doc.as_ref(),
            location: property.location,
            owner: site.owner,
        };
        members.props.insert(name, prop);
    }

    fn add_method(&mut self, members: &mut Members<'m>, method: &'m MethodDef, site: Site, seen: &mut Vec<Rc<str>>) {
        members.symbols |= method.key.text().is_none();
        members.iterable |= !method.optional && iterates(&method.key);
        let Some(name) = self.name_of(&method.key).filter(|_| method.visibility == Visibility::Public) else { return };
        let signature = (At(&method.function), site.env);
        if seen.contains(&name)
            && let Some(Prop { slot: Slot::Methods(overloads), .. }) = members.props.get_mut(&name)
        {
            overloads.push(signature);
            return;
        }
        let prop = Prop {
            name: Rc::clone(&name),
            key: self.key_type(&method.key),
            slot: Slot::Methods(vec![signature]),
            optional: method.optional,
            method: true,
            accessor: false,
            named: false,
            doc: method.doc.as_ref(),
            location: method.location,
            owner: site.owner,
        };
        seen.push(Rc::clone(&name));
        members.props.insert(name, prop);
    }

    /// What packages add to a library type that documents hold property by property.
    fn add_declared(&mut self, place: u32, members: &mut Members<'m>) {
        let site = Site { env: super::env::EMPTY, owner: None, class: false, constant: false };
        for own in super::redeclared::added(self.model, self.library[place as usize].name) {
            self.add_members(members, own, site);
        }
    }

    fn field_members(&mut self, place: u32, members: &mut Members<'m>) {
        let fields = match self.library[place as usize].form {
            Form::Fields(fields) => fields,
            Form::Value(LibraryShape::Url) => super::library::URL,
            _ => super::library::ERROR,
        };
        let (_, location) = self.subject();
        for field in fields {
            let ty = match field.ty {
                FieldTy::String => self.intern(Kind::String),
                FieldTy::Boolean => self.intern(Kind::Boolean),
                FieldTy::Strings => {
                    let item = self.intern(Kind::String);
                    self.intern(Kind::Array(item))
                }
                FieldTy::ArrayOf(name) => {
                    let place = super::library::find(&self.library, name).expect("the table names its own entries");
                    let item = self.intern(Kind::Library(place, Rc::from([])));
                    self.intern(Kind::Array(item))
                }
            };
            let name: Rc<str> = Rc::from(field.name);
            members.props.insert(Rc::clone(&name), known_prop(name, ty, field.optional, location));
        }
    }

    /// The type of a property, without the `undefined` that its absence reads as.
    pub fn slot(&mut self, slot: &Slot<'m>) -> TypeId {
        match slot {
            Slot::Known(ty) => *ty,
            Slot::Written(ty, env) => self.eval(ty, *env),
            Slot::Methods(list) => self.intern(Kind::Callable(list.as_slice().into(), false)),
            Slot::Mapped(ty, env, strip) => {
                let ty = self.eval(ty, *env);
                if *strip { self.without_undefined(ty) } else { ty }
            }
            Slot::All(slots) => self.slots(slots),
        }
    }

    /// What all declarations of a property say together. `x?: T` says `T | undefined`, which matters where another one
    /// requires an `x` that may be undefined: `{ x?: T } & { x: undefined }` has none.
    fn slots(&mut self, slots: &[(Slot<'m>, bool)]) -> TypeId {
        let mut types: Vec<TypeId> = slots.iter().map(|(slot, _)| self.slot(slot)).collect();
        let required = slots.iter().zip(&types).filter(|((_, optional), _)| !optional).map(|(_, ty)| *ty);
        let required: Vec<TypeId> = required.collect();
        if !required.is_empty() && required.into_iter().all(|ty| self.admits_undefined(ty)) {
            for ((_, optional), ty) in slots.iter().zip(&mut types) {
                if *optional {
                    *ty = self.or_undefined(*ty);
                }
            }
        }
        self.intersection(types)
    }

    /// The type of a property; a literal of a constant is called by its key.
    pub fn prop_type(&mut self, prop: &Prop<'m>) -> TypeId {
        let ty = self.slot(&prop.slot);
        if prop.named { self.name_literal(ty, prop) } else { ty }
    }

    /// The signatures with which something can be called, or constructed.
    pub fn signatures(&mut self, ty: TypeId, constructors: bool) -> Vec<(&'m FunctionTy, EnvId)> {
        let Some(members) = self.members(ty) else { return Vec::new() };
        let list = if constructors { &members.constructs } else { &members.calls };
        list.iter().map(|(At(function), env)| (*function, *env)).collect()
    }
}

/// `[Symbol.iterator]`, `[Symbol.asyncIterator]`
fn iterates(key: &PropertyKey) -> bool {
    matches!(key, PropertyKey::Symbol(name, _) if matches!(name.as_str(), "Symbol.iterator" | "Symbol.asyncIterator"))
}

fn merge_prop<'m>(old: &mut Prop<'m>, new: &Prop<'m>) {
    let slot = std::mem::replace(&mut old.slot, Slot::All(Vec::new()));
    let mut slots = match slot {
        Slot::All(slots) => slots,
        slot => vec![(slot, old.optional)],
    };
    slots.push((new.slot.clone(), new.optional));
    old.slot = Slot::All(slots);
    old.optional &= new.optional;
    old.method &= new.method;
    old.accessor &= new.accessor;
    old.doc = old.doc.or(new.doc);
}

/// A property that no declaration has.
pub(super) fn known_prop<'m>(name: Rc<str>, ty: TypeId, optional: bool, location: crate::source::Location) -> Prop<'m> {
    Prop {
        name,
        key: None,
        slot: Slot::Known(ty),
        optional,
        method: false,
        accessor: false,
        named: false,
        doc: None,
        location,
        owner: None,
    }
}
