//! Mapped types: `{ [K in C as N]?: T }`

use super::cx::Cx;
use super::env::EnvId;
use super::members::known_prop;
use super::ty::{At, Elem, Index, Kind, Members, Prop, SYMBOL, Slot, TypeId};
use crate::model::{Literal, MappedTy, Modifier, ParamId, Ty};
use crate::schema::Fallback;
use std::rc::Rc;

impl<'m> Cx<'m> {
    /// A mapped type. Over a type parameter that is bound to a union, it is the union of the mapped types; of a list, a
    /// list; of a primitive, that primitive.
    pub fn mapped(&mut self, mapped: &'m MappedTy, env: EnvId) -> TypeId {
        let Some(param) = homomorphic(mapped) else {
            let made = self.intern(Kind::Mapped(At(mapped), env));
            return self.like_a_primitive(mapped, env).unwrap_or(made);
        };
        let Some(bound) = self.env(env).get(param) else { return self.intern(Kind::Mapped(At(mapped), env)) };
        if self.is_stuck(bound) {
            return self.intern(Kind::Mapped(At(mapped), env));
        }
        let behind = self.shallow(bound);
        match self.kind(behind).clone() {
            Kind::Union(_) => {
                let arms = self.arms(behind);
                let mut results = Vec::with_capacity(arms.len());
                for arm in arms {
                    let env = self.bind(env, &[(param, arm)]);
                    results.push(self.mapped(mapped, env));
                }
                self.union(results)
            }
            Kind::Array(_) if mapped.rename.is_none() => {
                let key = self.intern(Kind::Number);
                let value = self.mapped_item(mapped, env, param, behind, key);
                self.intern(Kind::Array(value))
            }
            Kind::Tuple(elems) if mapped.rename.is_none() => self.mapped_tuple(mapped, env, param, behind, &elems),
            Kind::Any(_) => self.intern(Kind::Mapped(At(mapped), env)),
            Kind::Unknown | Kind::Never => behind,
            // A live object of the library is one value in JSON, or none: what maps over all of its methods means it.
            Kind::Library(place, _) if mapped.rename.is_none() && self.library[place as usize].form.is_opaque() => {
                behind
            }
            _ if self.is_object(behind) => self.intern(Kind::Mapped(At(mapped), env)),
            _ => behind,
        }
    }

    /// `Pick<string, …>`: an object that has properties and methods of a primitive, which is that primitive in JSON. It
    /// is what `T | Omit<T, T>` admits beside the literals of `T`.
    fn like_a_primitive(&mut self, mapped: &'m MappedTy, env: EnvId) -> Option<TypeId> {
        let Some(Ty::Param(id)) = &mapped.param.constraint else { return None };
        let Some(Ty::Keyof(source)) = self.params.get(id).and_then(|param| param.constraint.as_ref()) else {
            return None;
        };
        let source = self.eval(source, env);
        if self.is_stuck(source) {
            return None;
        }
        let mut wide: Option<TypeId> = None;
        for arm in self.arms(source) {
            let primitive = match (self.kind(arm), self.value_of(arm)) {
                (Kind::String | Kind::OpenString | Kind::Template(..), _) | (_, Some(Literal::String(_))) => {
                    Kind::OpenString
                }
                (Kind::Number | Kind::OpenNumber, _) | (_, Some(Literal::Number(_))) => Kind::Number,
                (Kind::Boolean, _) | (_, Some(Literal::Boolean(_))) => Kind::Boolean,
                _ => return None,
            };
            let primitive = self.intern(primitive);
            if *wide.get_or_insert(primitive) != primitive {
                return None;
            }
        }
        wide
    }

    /// Whether it is an object of any kind.
    pub fn is_object(&self, ty: TypeId) -> bool {
        match self.kind(ty) {
            Kind::Named(def, _) => !matches!(self.model.def(*def).kind, crate::model::DefKind::Enum(_)),
            Kind::Record(..)
            | Kind::Mapped(..)
            | Kind::Callable(..)
            | Kind::ValueOf(_)
            | Kind::Module(_)
            | Kind::Library(..)
            | Kind::Object
            | Kind::Array(_)
            | Kind::Tuple(_) => true,
            Kind::Intersection(parts) => parts.iter().any(|part| self.is_object(*part)),
            _ => false,
        }
    }

    /// The element of a mapped list: the list is seen through its element alone, so that `T[K]` is that element.
    fn mapped_item(&mut self, mapped: &'m MappedTy, env: EnvId, param: ParamId, list: TypeId, key: TypeId) -> TypeId {
        let env = self.bind(env, &[(param, list), (mapped.param.id, key)]);
        let value = self.eval(&mapped.value, env);
        match mapped.optional {
            Modifier::Remove => self.without_undefined(value),
            Modifier::Add => self.or_undefined(value),
            Modifier::Keep => value,
        }
    }

    fn mapped_tuple(
        &mut self,
        mapped: &'m MappedTy,
        env: EnvId,
        param: ParamId,
        list: TypeId,
        elems: &[Elem],
    ) -> TypeId {
        let mut results = Vec::with_capacity(elems.len());
        for (place, elem) in elems.iter().enumerate() {
            let single = if elem.rest { self.intern(Kind::Array(elem.ty)) } else { list };
            let key = if elem.rest { self.intern(Kind::Number) } else { self.text(&place.to_string()) };
            let env = self.bind(env, &[(param, single), (mapped.param.id, key)]);
            let mut ty = self.eval(&mapped.value, env);
            let optional = match mapped.optional {
                Modifier::Add => !elem.rest,
                Modifier::Remove => false,
                Modifier::Keep => elem.optional,
            };
            if optional || elem.optional {
                ty = self.without_undefined(ty);
            }
            results.push(Elem { name: elem.name.clone(), ty, optional, rest: elem.rest });
        }
        self.tuple(results)
    }

    /// The members of a mapped type over an object.
    pub fn mapped_members(&mut self, mapped: &'m MappedTy, env: EnvId, members: &mut Members<'m>) {
        let Some(over) = &mapped.param.constraint else { return };
        let source = self.modifiers_type(over, env);
        let Some(keys) = self.mapped_keys(over, source, env) else {
            members.open = true;
            return;
        };
        let source = source.and_then(|source| self.members(source));
        for key in keys {
            let bound = self.bind(env, &[(mapped.param.id, key)]);
            let names = match &mapped.rename {
                None => vec![key],
                Some(rename) => {
                    let name = self.eval(rename, bound);
                    self.unit_arms(name)
                }
            };
            for name in names {
                self.add_mapped(mapped, bound, key, name, source.as_deref(), members);
            }
        }
    }

    /// What a mapped type maps over; `None` where that is not known. Of `keyof T` every property of `T` by itself, though
    /// an index signature's keys are among what `keyof T` gives.
    fn mapped_keys(&mut self, over: &'m Ty, source: Option<TypeId>, env: EnvId) -> Option<Vec<TypeId>> {
        if let (Ty::Keyof(_), Some(source)) = (over, source) {
            if self.any_behind(source) {
                return Some(vec![self.intern(Kind::String)]);
            }
            if let Some(members) = self.members(source).filter(|members| !members.open && !members.indexes.is_empty()) {
                let mut keys = Vec::with_capacity(members.props.len() + members.indexes.len());
                for (name, prop) in &members.props {
                    keys.push(prop.key.unwrap_or_else(|| self.text(name)));
                }
                keys.extend(members.indexes.iter().map(|index| index.key));
                return Some(keys);
            }
        }
        let keys = self.eval(over, env);
        if self.is_stuck(keys) { None } else { Some(self.unit_arms(keys)) }
    }

    fn any_behind(&mut self, ty: TypeId) -> bool {
        let ty = self.shallow(ty);
        matches!(self.kind(ty), Kind::Any(_))
    }

    /// The type whose modifiers the properties keep: `T` in `[K in keyof T]`, and in `[K in P]` with `P extends keyof T`.
    fn modifiers_type(&mut self, over: &'m Ty, env: EnvId) -> Option<TypeId> {
        match over {
            Ty::Keyof(inner) => Some(self.eval(inner, env)),
            Ty::Param(id) => match self.params.get(id).and_then(|param| param.constraint.as_ref()) {
                Some(Ty::Keyof(inner)) => Some(self.eval(inner, env)),
                _ => None,
            },
            _ => None,
        }
    }

    fn add_mapped(
        &mut self,
        mapped: &'m MappedTy,
        env: EnvId,
        key: TypeId,
        name: TypeId,
        source: Option<&Members<'m>>,
        members: &mut Members<'m>,
    ) {
        let text = |cx: &Self, ty: TypeId| match cx.value_of(ty) {
            Some(Literal::String(name)) => Some(name.clone()),
            Some(Literal::Number(number)) => Some(number.to_string()),
            _ => match cx.kind(ty) {
                Kind::UniqueSymbol(name) => Some(name.to_string()),
                _ => None,
            },
        };
        let origin = text(self, key).and_then(|key| source.and_then(|source| source.props.get(key.as_str())).cloned());
        let strip = mapped.optional == Modifier::Remove && origin.as_ref().is_none_or(|origin| origin.optional);
        let slot = Slot::Mapped(&mapped.value, env, strip);
        let Some(spelled) = text(self, name) else {
            return self.add_mapped_index(name, slot, members);
        };
        members.symbols |= spelled.starts_with(SYMBOL);
        let key = matches!(self.kind(name), Kind::EnumMember(..) | Kind::UniqueSymbol(_)) || self.is_number_key(name);
        let key = key.then_some(name);
        let optional = match mapped.optional {
            Modifier::Add => true,
            Modifier::Remove => false,
            Modifier::Keep => origin.as_ref().is_some_and(|origin| origin.optional),
        };
        let name: Rc<str> = Rc::from(spelled.as_str());
        if let Some(old) = members.props.get_mut(&name) {
            // Two keys that are renamed to one: either's value.
            let (old_slot, new) = (old.slot.clone(), slot);
            let types = vec![self.slot(&old_slot), self.slot(&new)];
            let both = self.union(types);
            let old = members.props.get_mut(&name).expect("it was there");
            old.slot = Slot::Known(both);
            return;
        }
        let prop = match origin {
            Some(origin) => {
                let method = origin.method && self.keeps_value(mapped);
                Prop { name: Rc::clone(&name), key, slot, optional, method, named: false, ..origin }
            }
            None => {
                let (_, location) = self.subject();
                let unknown = self.any(Fallback::TypeOperator);
                Prop { key, slot, ..known_prop(Rc::clone(&name), unknown, optional, location) }
            }
        };
        members.props.insert(name, prop);
    }

    /// Whether the value of each property is the source's: `T[K]`.
    fn keeps_value(&self, mapped: &'m MappedTy) -> bool {
        matches!(&mapped.value, Ty::Indexed(_, key) if **key == Ty::Param(mapped.param.id))
    }

    fn add_mapped_index(&mut self, key: TypeId, slot: Slot<'m>, members: &mut Members<'m>) {
        let fits = matches!(
            self.kind(key),
            Kind::String | Kind::OpenString | Kind::Number | Kind::OpenNumber | Kind::Template(..) | Kind::Cased(..)
        );
        if *self.kind(key) == Kind::Symbol {
            members.symbols = true;
        }
        // Over `string | number`, the numbers are among the strings.
        if fits && !members.indexes.iter().any(|index| index.key == key) {
            members.indexes.push(Index { key, value: slot });
        }
    }
}

/// The type parameter `T` of a mapped type over `keyof T`.
fn homomorphic(mapped: &MappedTy) -> Option<ParamId> {
    match &mapped.param.constraint {
        Some(Ty::Keyof(inner)) => match **inner {
            Ty::Param(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}
