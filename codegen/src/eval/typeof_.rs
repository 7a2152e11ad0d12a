//! The types of values: `typeof x.y`.

use super::cx::Cx;
use super::env::{EMPTY, EnvId};
use super::members::known_prop;
use super::ty::{At, Kind, Lit, Members, Prop, Signature, Slot, TypeId};
use crate::model::{DefId, DefKind, Keyword, Member, Ty, TypeOf, Visibility, unique_symbol};
use crate::schema::Fallback;
use std::rc::Rc;

/// How deep namespaces are looked into for values.
const NESTED: usize = 16;

impl<'m> Cx<'m> {
    /// `typeof x.y`
    pub fn type_of(&mut self, query: &'m TypeOf, env: EnvId) -> TypeId {
        let Some(mut ty) = self.value_type(&query.defs) else { return self.platform_value(query) };
        for name in &query.path {
            let key = self.text(name);
            ty = self.indexed(ty, key);
        }
        if query.args.is_empty() {
            return ty;
        }
        let args: Vec<TypeId> = query.args.iter().map(|arg| self.eval(arg, env)).collect();
        self.instantiated(ty, &args)
    }

    /// What a function, or a class, is with its type parameters bound: `typeof f<A>`.
    fn instantiated(&mut self, ty: TypeId, args: &[TypeId]) -> TypeId {
        let behind = self.shallow(ty);
        let of_class = match *self.kind(behind) {
            Kind::ValueOf(def) => self.model.def(def).params.as_slice(),
            _ => &[],
        };
        for constructors in [false, true] {
            let mut bound: Vec<Signature<'m>> = Vec::new();
            for (function, signature_env) in self.signatures(ty, constructors) {
                let params = if function.params.is_empty() { of_class } else { function.params.as_slice() };
                if args.len() > params.len() {
                    continue;
                }
                let known: Vec<_> = params.iter().map(|param| param.id).zip(args.iter().copied()).collect();
                let mut inner = self.bind(signature_env, &known);
                for param in &params[args.len()..] {
                    let default = param.default.as_ref().map(|default| self.eval(default, inner));
                    inner = default.map_or(inner, |default| self.bind(inner, &[(param.id, default)]));
                }
                bound.push((At(function), inner));
            }
            if !bound.is_empty() {
                return self.intern(Kind::Callable(bound.into(), constructors));
            }
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

    /// The type of a name that is a value. A value and a namespace of one name are one object.
    pub fn value_type(&mut self, defs: &[DefId]) -> Option<TypeId> {
        let value = defs.iter().find_map(|def| self.type_of_def(*def));
        let space = defs.iter().copied().find(|def| matches!(self.model.def(*def).kind, DefKind::Namespace(_)));
        match (value, space) {
            (Some(value), Some(space)) if self.has_values(space, 0) => {
                let space = self.intern(Kind::ValueOf(space));
                Some(self.intersection(vec![value, space]))
            }
            (None, Some(space)) => Some(self.intern(Kind::ValueOf(space))),
            (value, _) => value,
        }
    }

    /// Whether a namespace has anything but types.
    fn has_values(&self, space: DefId, depth: usize) -> bool {
        let DefKind::Namespace(names) = &self.model.def(space).kind else { return false };
        depth < NESTED
            && names.values().flatten().any(|def| match self.model.def(*def).kind {
                DefKind::Interface(_) | DefKind::Alias(_) => false,
                DefKind::Namespace(_) => self.has_values(*def, depth + 1),
                _ => true,
            })
    }

    fn type_of_def(&mut self, def: DefId) -> Option<TypeId> {
        match &self.model.def(def).kind {
            DefKind::Value(Ty::Object(object)) => Some(self.intern(Kind::Record(At(object), EMPTY, Some(def), true))),
            DefKind::Value(Ty::Keyword(Keyword::Symbol)) => Some(self.unique_symbol(&unique_symbol(def))),
            DefKind::Value(ty) => Some(self.eval(ty, EMPTY)),
            DefKind::Function(overloads) => {
                let list: Vec<_> = overloads.iter().map(|function| (At(function), EMPTY)).collect();
                Some(self.intern(Kind::Callable(list.into(), false)))
            }
            DefKind::Class(_) | DefKind::Enum(_) => Some(self.intern(Kind::ValueOf(def))),
            DefKind::Interface(_) | DefKind::Alias(_) | DefKind::Namespace(_) => None,
        }
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
