//! Named types: their bodies, and what stands behind a chain of aliases.

use super::cx::Cx;
use super::env::{EMPTY, EnvId};
use super::ty::{At, Kind, TypeId};
use crate::diagnostic::Code;
use crate::model::{DefId, DefKind, Ty};
use crate::schema::Fallback;
use std::collections::BTreeSet;

/// How many aliases may stand one behind the other: what TypeScript allows a tail-recursive type.
const TAIL: usize = 1_000;
/// How many declarations may stand between one and the list that it extends.
const BASES: usize = 32;

impl<'m> Cx<'m> {
    /// The environment in which the parameters of a declaration stand for the arguments, and `this` for itself.
    pub fn env_of(&mut self, named: TypeId) -> EnvId {
        let Kind::Named(def, args) = self.kind(named).clone() else { return EMPTY };
        let params = &self.model.def(def).params;
        let bindings: Vec<_> = params.iter().map(|param| param.id).zip(args.iter().copied()).collect();
        self.bind(EMPTY, &bindings)
    }

    /// Whether a declaration is an alias.
    pub fn is_alias(&self, def: DefId) -> bool {
        matches!(self.model.def(def).kind, DefKind::Alias(_))
    }

    /// The body of an alias with its arguments; any other type is its own.
    pub fn expand(&mut self, named: TypeId) -> TypeId {
        let Kind::Named(def, _) = *self.kind(named) else { return named };
        let DefKind::Alias(body) = &self.model.def(def).kind else { return named };
        if let Some(known) = self.expanded.get(&named) {
            return *known;
        }
        if !self.enter() {
            return self.any(Fallback::Budget);
        }
        if !self.expanding.insert(named) {
            self.leave();
            return self.circular(def);
        }
        let env = self.env_of(named);
        let result = match body {
            Ty::Object(object) => self.intern(Kind::Record(At(object), env, Some(def), false)),
            Ty::Intersection(parts) => self.owned_intersection(def, body, parts, env),
            body => self.eval(body, env),
        };
        self.expanding.pop();
        self.leave();
        self.expanded.insert(named, result);
        result
    }

    /// The body of `type A = B & { … }`, the properties of the object type belonging to `A`.
    fn owned_intersection(&mut self, def: DefId, body: &'m Ty, parts: &'m [Ty], env: EnvId) -> TypeId {
        if !parts.iter().any(|part| matches!(part, Ty::Object(object) if !object.members.is_empty())) {
            return self.eval(body, env);
        }
        let mut types = Vec::with_capacity(parts.len());
        for part in parts {
            types.push(match part {
                Ty::Object(object) => self.intern(Kind::Record(At(object), env, Some(def), false)),
                part => self.eval(part, env),
            });
        }
        self.intersection(types)
    }

    fn circular(&mut self, def: DefId) -> TypeId {
        let def = self.model.def(def);
        let message = format!("`{}` refers to itself without an end; it is left untyped", def.name);
        self.report(Code::Unsupported, def.location, message);
        self.any(Fallback::TypeOperator)
    }

    /// What a type is behind aliases: never a named alias. Classes, interfaces and enums stay.
    pub fn shallow(&mut self, ty: TypeId) -> TypeId {
        let mut ty = ty;
        for _ in 0..TAIL {
            match *self.kind(ty) {
                Kind::Named(def, _) if self.is_alias(def) => {
                    if !self.enter() {
                        return self.any(Fallback::Budget);
                    }
                    self.leave();
                    ty = self.expand(ty);
                }
                Kind::Intersection(_) => return self.reduce(ty),
                _ => return ty,
            }
        }
        self.over_budget("it refers to itself too often")
    }

    /// The arms of a type behind aliases: of a union its arms, of an enum and `boolean` the type itself.
    pub fn arms(&mut self, ty: TypeId) -> Vec<TypeId> {
        let mut arms = Vec::new();
        self.push_arms(ty, &mut arms, &mut BTreeSet::new());
        arms
    }

    /// Adds the arms of a type. A union that is an arm of itself (`P<any>`, where `P<T>` is `P<I>` among others with an `I`
    /// that `T` tells) adds nothing by that.
    fn push_arms(&mut self, ty: TypeId, arms: &mut Vec<TypeId>, open: &mut BTreeSet<TypeId>) {
        let behind = self.shallow(ty);
        match self.kind(behind).clone() {
            Kind::Union(inner) => {
                if open.insert(behind) && self.enter() {
                    for arm in inner.iter() {
                        self.push_arms(*arm, arms, open);
                    }
                    self.leave();
                }
            }
            Kind::Never => {}
            // An interface stays itself; an alias of one need not hide it.
            _ => arms.push(behind),
        }
    }

    /// The arms over which a conditional type distributes: those of `boolean` and of enums too.
    pub fn unit_arms(&mut self, ty: TypeId) -> Vec<TypeId> {
        let mut units = Vec::new();
        for arm in self.arms(ty) {
            match *self.kind(arm) {
                Kind::Boolean => {
                    for value in [true, false] {
                        units.push(self.literal(crate::model::Literal::Boolean(value)));
                    }
                }
                Kind::Named(def, _) => match &self.model.def(def).kind {
                    DefKind::Enum(body) => {
                        for place in 0..body.members.len() {
                            let member = self.enum_member_at(def, place);
                            if !units.contains(&member) {
                                units.push(member);
                            }
                        }
                    }
                    _ => units.push(arm),
                },
                _ => units.push(arm),
            }
        }
        units
    }

    /// The list that something is: an array, a tuple, an interface that extends one.
    pub fn list_of(&mut self, ty: TypeId) -> Option<TypeId> {
        self.list_behind(ty, 0)
    }

    /// What an array holds; `None` of anything else.
    pub fn item_of(&mut self, ty: TypeId) -> Option<TypeId> {
        let list = self.list_of(ty)?;
        match *self.kind(list) {
            Kind::Array(item) => Some(item),
            _ => None,
        }
    }

    fn list_behind(&mut self, ty: TypeId, depth: usize) -> Option<TypeId> {
        let ty = self.shallow(ty);
        let bases: Vec<&'m Ty> = match self.kind(ty).clone() {
            Kind::Array(_) | Kind::Tuple(_) => return Some(ty),
            Kind::Intersection(parts) => return parts.iter().find_map(|part| self.list_behind(*part, depth)),
            Kind::Named(def, _) => match &self.model.def(def).kind {
                DefKind::Interface(interface) => interface.extends.iter().collect(),
                DefKind::Class(class) => class.extends.iter().collect(),
                _ => return None,
            },
            _ => return None,
        };
        // Declarations that extend each other are refused by TypeScript; they end here.
        if bases.is_empty() || depth > BASES {
            return None;
        }
        let env = self.env_of(ty);
        bases.into_iter().find_map(|base| {
            let base = self.eval(base, env);
            self.list_behind(base, depth + 1)
        })
    }

    /// Whether an operator over it has to wait: what it is depends on a type parameter.
    pub fn is_stuck(&mut self, ty: TypeId) -> bool {
        if !self.facts(ty).open {
            return false;
        }
        let ty = self.shallow(ty);
        match self.kind(ty).clone() {
            Kind::Param(_) | Kind::Keyof(_) | Kind::Indexed(..) | Kind::Conditional(..) | Kind::Cased(..) => true,
            Kind::Template(_, holes) => holes.iter().any(|hole| self.is_stuck(*hole)),
            Kind::Union(parts) | Kind::Intersection(parts) => parts.iter().any(|part| self.is_stuck(*part)),
            Kind::Mapped(mapped, env) => {
                let Some(over) = &mapped.0.param.constraint else { return true };
                let over = self.eval(over, env);
                self.is_stuck(over)
            }
            _ => false,
        }
    }
}
