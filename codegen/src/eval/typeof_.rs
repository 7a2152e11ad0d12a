//! The types of values: `typeof x.y`.

use super::cx::Cx;
use super::env::{EMPTY, EnvId};
use super::members::known_prop;
use super::ty::{At, Kind, Lit, Members, Prop, Slot, TypeId};
use crate::model::{DefId, DefKind, Member, Ty, TypeOf, Visibility};
use crate::schema::Fallback;
use std::rc::Rc;

impl<'m> Cx<'m> {
    /// `typeof x.y`
    pub fn type_of(&mut self, query: &'m TypeOf) -> TypeId {
        let Some(mut ty) = self.value_type(&query.defs) else { return self.platform_value(query) };
        for name in &query.path {
            let key = self.text(name);
            ty = self.indexed(ty, key);
        }
        ty
    }

    /// The type of a value that nothing declares: one of the platform (`typeof fetch`, `typeof globalThis`) is no data.
    fn platform_value(&mut self, query: &TypeOf) -> TypeId {
        let first = query.path.first().and_then(|path| path.split('.').next());
        let first = first.and_then(|name| super::library::find(&self.library, name));
        match first {
            Some(place) => self.intern(Kind::Library(place, Rc::from([]))),
            None => self.any(Fallback::UnresolvedName),
        }
    }

    /// The type of the first of several meanings of a name that is a value.
    pub fn value_type(&mut self, defs: &[DefId]) -> Option<TypeId> {
        defs.iter().find_map(|def| match &self.model.def(*def).kind {
            DefKind::Value(Ty::Object(object)) => Some(self.intern(Kind::Record(At(object), EMPTY, Some(*def), true))),
            DefKind::Value(ty) => Some(self.eval(ty, EMPTY)),
            DefKind::Function(overloads) => {
                let list: Vec<_> = overloads.iter().map(|function| (At(function), EMPTY)).collect();
                Some(self.intern(Kind::Callable(list.into(), false)))
            }
            DefKind::Class(_) | DefKind::Enum(_) | DefKind::Namespace(_) => Some(self.intern(Kind::ValueOf(*def))),
            DefKind::Interface(_) | DefKind::Alias(_) => None,
        })
    }

    /// What the value of a class, an enum or a namespace has.
    pub fn value_members(&mut self, def: DefId, members: &mut Members<'m>) {
        match &self.model.def(def).kind {
            DefKind::Class(class) => {
                let env = self.erased_class(def);
                let implied = self.prelude.constructors(def);
                members.constructs =
                    class.constructors.iter().chain(implied).map(|function| (At(function), env)).collect();
                let prototype = self.prototype(def);
                members.props.insert(Rc::clone(&prototype.name), prototype);
                for member in &class.statics {
                    add_static(members, member, def);
                }
            }
            DefKind::Enum(body) => {
                for (place, member) in body.members.iter().enumerate() {
                    let ty = self.enum_member_at(def, place);
                    let name: Rc<str> = Rc::from(member.name.as_str());
                    let mut prop = known_prop(Rc::clone(&name), ty, false, member.location);
                    prop.doc = member.doc.as_ref();
                    members.props.insert(name, prop);
                }
            }
            DefKind::Namespace(names) => self.module_members(names.iter(), members),
            _ => {}
        }
    }

    /// `C.prototype`: any instance of the class.
    fn prototype(&mut self, def: DefId) -> Prop<'m> {
        let model = self.model;
        let args = model.def(def).params.iter().map(|_| self.any(Fallback::Any)).collect();
        let instance = self.instantiate(def, args);
        known_prop(Rc::from("prototype"), instance, false, model.def(def).location)
    }

    /// The environment in which the parameters of a class stand for what they are constrained to.
    fn erased_class(&mut self, def: DefId) -> EnvId {
        let mut env = EMPTY;
        for param in &self.model.def(def).params {
            let ty = match &param.constraint {
                Some(constraint) => self.eval(constraint, env),
                None => self.any(Fallback::Any),
            };
            env = self.bind(env, &[(param.id, ty)]);
        }
        env
    }

    /// What a module or a namespace exports, as properties.
    pub fn module_members<'a>(
        &mut self,
        names: impl Iterator<Item = (&'a String, &'a Vec<DefId>)>,
        members: &mut Members<'m>,
    ) {
        for (name, defs) in names {
            let Some(ty) = self.value_type(defs) else { continue };
            let location = defs.first().map_or_else(|| self.subject().1, |def| self.model.def(*def).location);
            let name: Rc<str> = Rc::from(name.as_str());
            members.props.insert(Rc::clone(&name), known_prop(name, ty, false, location));
        }
    }

    /// A literal read from a constant is called by its key.
    pub fn name_literal(&mut self, ty: TypeId, prop: &Prop<'m>) -> TypeId {
        let Kind::Literal(lit) = self.kind(ty) else { return ty };
        if lit.name.is_some() {
            return ty;
        }
        let doc = prop.doc.map(At).or(lit.doc);
        let lit = Lit { value: lit.value.clone(), name: Some(Rc::clone(&prop.name)), doc };
        self.intern(Kind::Literal(Rc::new(lit)))
    }
}

fn add_static<'m>(members: &mut Members<'m>, member: &'m Member, owner: DefId) {
    let (key, slot, optional, method, visibility, doc, location) = match member {
        Member::Property(it) => {
            let slot = Slot::Written(&it.ty, EMPTY);
            (&it.key, slot, it.optional, false, it.visibility, &it.doc, it.location)
        }
        Member::Method(it) => {
            let slot = Slot::Methods(vec![(At(&it.function), EMPTY)]);
            (&it.key, slot, it.optional, true, it.visibility, &it.doc, it.location)
        }
        _ => return,
    };
    let Some(name) = key.text() else { return };
    if visibility != Visibility::Public {
        return;
    }
    let name: Rc<str> = Rc::from(&*name);
    let (key, accessor, owner, doc) = (None, false, Some(owner), doc.as_ref());
    let prop =
        Prop { name: Rc::clone(&name), key, slot, optional, method, accessor, named: true, doc, location, owner };
    members.props.insert(name, prop);
}
