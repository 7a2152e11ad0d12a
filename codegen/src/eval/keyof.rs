//! `keyof`

use super::cx::Cx;
use super::library::STRING_METHODS;
use super::ty::{At, Kind, TypeId};
use crate::model::Literal;
use crate::schema::Fallback;

impl<'m> Cx<'m> {
    /// `keyof T`
    pub fn keyof(&mut self, ty: TypeId) -> TypeId {
        if self.is_stuck(ty) {
            return self.intern(Kind::Keyof(ty));
        }
        if !self.enter() {
            return self.any(Fallback::Budget);
        }
        let result = self.keyof_known(ty);
        self.leave();
        result
    }

    fn keyof_known(&mut self, ty: TypeId) -> TypeId {
        let behind = self.shallow(ty);
        match self.kind(behind).clone() {
            Kind::Any(_) | Kind::Never => self.property_key(),
            Kind::Union(arms) => {
                let keys: Vec<TypeId> = arms.iter().map(|arm| self.keyof(*arm)).collect();
                self.intersection(keys)
            }
            Kind::Named(..) if self.is_enum_type(behind) => {
                let members = self.unit_arms(behind);
                let keys: Vec<TypeId> = members.into_iter().map(|member| self.keyof(member)).collect();
                self.intersection(keys)
            }
            Kind::String | Kind::OpenString | Kind::Template(..) | Kind::Cased(..) => self.keys_of_text(),
            Kind::Literal(_) | Kind::EnumMember(..) if matches!(self.value_of(behind), Some(Literal::String(_))) => {
                self.keys_of_text()
            }
            // What it has is not known, but that its keys are texts.
            Kind::Library(..) if self.is_of_platform(behind) => self.intern(Kind::String),
            Kind::Array(_) => self.intern(Kind::Number),
            Kind::Tuple(elems) => {
                let mut keys: Vec<TypeId> = (0..elems.len())
                    .filter(|place| !elems[*place].rest)
                    .map(|place| self.text(&place.to_string()))
                    .collect();
                keys.push(self.intern(Kind::Number));
                self.union(keys)
            }
            // `keyof Record<string, T>` is what it was made of: `string`, where an index signature gives numbers too.
            Kind::Mapped(At(mapped), env) if mapped.rename.is_none() => match &mapped.param.constraint {
                Some(over) => self.eval(over, env),
                None => self.never(),
            },
            Kind::Intersection(parts) if parts.iter().all(|part| self.is_object(*part)) => {
                let keys: Vec<TypeId> = parts.iter().map(|part| self.keyof(*part)).collect();
                self.union(keys)
            }
            Kind::Record(..)
            | Kind::Named(..)
            | Kind::Mapped(..)
            | Kind::Intersection(_)
            | Kind::ValueOf(_)
            | Kind::Module(_)
            | Kind::Callable(..)
            | Kind::Library(..) => self.keys_of_object(behind),
            _ => self.never(),
        }
    }

    fn keys_of_text(&mut self) -> TypeId {
        let mut keys = vec![self.intern(Kind::Number), self.text("length")];
        keys.extend(STRING_METHODS.split_whitespace().map(|name| self.text(name)));
        self.union(keys)
    }

    fn keys_of_object(&mut self, ty: TypeId) -> TypeId {
        let Some(members) = self.members(ty) else { return self.never() };
        let mut keys = Vec::with_capacity(members.props.len());
        for index in &members.indexes {
            if self.is_being_found(index) {
                continue;
            }
            keys.push(index.key);
            if *self.kind(index.key) == Kind::String {
                keys.push(self.intern(Kind::Number));
            }
        }
        for (name, prop) in &members.props {
            keys.push(prop.key.unwrap_or_else(|| self.text(name)));
        }
        self.union(keys)
    }
}
