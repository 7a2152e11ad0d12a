//! Assignability: what `extends` asks of a conditional type.

use super::cx::Cx;
use super::library::Form;
use super::ty::{Elem, Kind, Members, TypeId};
use crate::model::{DefKind, FunctionTy, Literal};
use crate::schema::NotData;

impl<'m> Cx<'m> {
    /// Whether every value of the source is one of the target.
    pub fn assignable(&mut self, source: TypeId, target: TypeId) -> bool {
        if source == target {
            return true;
        }
        if let Some(known) = self.related.get(&(source, target)) {
            return *known;
        }
        if self.assumed.contains(&(source, target)) {
            return true;
        }
        if !self.enter() {
            return false;
        }
        self.assumed.insert((source, target));
        let result = self.relate(source, target);
        self.assumed.pop();
        self.leave();
        // A positive answer that rests on an assumption further out is not for keeping; a negative one is.
        if !result || self.assumed.is_empty() {
            self.related.insert((source, target), result);
        }
        result
    }

    fn relate(&mut self, source: TypeId, target: TypeId) -> bool {
        let (s, t) = (self.shallow(source), self.shallow(target));
        if s == t {
            return true;
        }
        match (self.kind(s), self.kind(t)) {
            (_, Kind::Any(_) | Kind::Unknown) | (Kind::Never, _) => return true,
            (_, Kind::Never) => return false,
            (Kind::Any(_), _) => return true,
            (Kind::Unknown, _) => return false,
            _ => {}
        }
        if matches!(self.kind(s), Kind::Union(_)) {
            return self.arms(s).into_iter().all(|arm| self.assignable(arm, t));
        }
        if matches!(self.kind(t), Kind::Union(_)) {
            return self.relate_to_union(s, t);
        }
        if let Kind::Intersection(parts) = self.kind(t).clone() {
            return self.relate_to_parts(s, &parts);
        }
        if let Kind::Intersection(parts) = self.kind(s).clone()
            && parts.iter().any(|part| self.assignable(*part, t))
        {
            return true;
        }
        self.relate_single(s, t)
    }

    /// Of an intersection it is the whole that must share a property if all of it is optional, not each part.
    fn relate_to_parts(&mut self, s: TypeId, parts: &[TypeId]) -> bool {
        let mut weak = true;
        let mut shares = false;
        for part in parts {
            let part = self.shallow(*part);
            let object = self.is_object(part) && !matches!(self.kind(part), Kind::Array(_) | Kind::Tuple(_));
            let members = if object { self.members(part) } else { None };
            let part_is_weak = members.as_ref().is_some_and(|members| self.is_weak(members));
            weak &= part_is_weak;
            shares |= members.is_some_and(|members| self.shares_a_property(s, &members));
            let fits = match part_is_weak && !self.is_primitive(s) && !matches!(self.kind(s), Kind::Param(_)) {
                true => s == part || self.relate_object(s, part, false),
                false => self.assignable(s, part),
            };
            if !fits {
                return false;
            }
        }
        !weak || shares
    }

    fn relate_to_union(&mut self, s: TypeId, t: TypeId) -> bool {
        let arms = self.arms(t);
        if arms.iter().any(|arm| self.assignable(s, *arm)) {
            return true;
        }
        let units = match self.kind(s) {
            Kind::Boolean | Kind::Named(..) => self.unit_arms(s),
            _ => return false,
        };
        units.len() > 1 && units.into_iter().all(|unit| arms.iter().any(|arm| self.assignable(unit, *arm)))
    }

    fn relate_single(&mut self, s: TypeId, t: TypeId) -> bool {
        match (self.kind(s).clone(), self.kind(t).clone()) {
            (Kind::Undefined, Kind::Void) => true,
            (Kind::Literal(a), Kind::Literal(b)) => a.value == b.value,
            (Kind::OpenString | Kind::Template(..) | Kind::Cased(..), Kind::String) => true,
            (Kind::String, Kind::OpenString) => true,
            (Kind::OpenNumber, Kind::Number) | (Kind::Number, Kind::OpenNumber) => true,
            (Kind::EnumMember(a, _), Kind::Named(b, _)) if a == b => true,
            (Kind::EnumMember(..), Kind::Literal(lit)) => self.value_of(s) == Some(&lit.value),
            (Kind::Number | Kind::Literal(_), Kind::EnumMember(..)) => self.fits_enum_member(s, t),
            (Kind::Number | Kind::Literal(_), Kind::Named(def, _)) if self.is_enum(def) => {
                self.unit_arms(t).into_iter().any(|member| self.fits_enum_member(s, member))
            }
            (Kind::Named(def, _), Kind::String | Kind::Number) if self.is_enum(def) => {
                self.unit_arms(s).into_iter().all(|member| self.assignable(member, t))
            }
            (Kind::Param(id), _) => {
                let constraint = self.params.get(&id).and_then(|param| param.constraint.as_ref());
                constraint.is_some_and(|constraint| {
                    let constraint = self.eval(constraint, super::env::EMPTY);
                    constraint != s && self.assignable(constraint, t)
                })
            }
            (Kind::Keyof(_), _) => {
                let keys = self.property_key();
                self.assignable(keys, t)
            }
            (_, Kind::Template(texts, holes)) => self.match_template(s, &texts, &holes).is_some(),
            (Kind::Array(a), Kind::Array(b)) => self.assignable(a, b),
            (Kind::Tuple(elems), Kind::Array(item)) => elems.iter().all(|elem| self.assignable(elem.ty, item)),
            (Kind::Tuple(a), Kind::Tuple(b)) => self.relate_elems(&a, &b),
            (Kind::Array(item), Kind::Tuple(elems)) => {
                elems.iter().all(|elem| (elem.rest || elem.optional) && self.assignable(item, elem.ty))
                    && elems.iter().any(|elem| elem.rest)
            }
            (Kind::Named(..), Kind::Array(_) | Kind::Tuple(_)) => {
                self.list_of(s).is_some_and(|list| self.assignable(list, t))
            }
            _ if self.is_primitive(s) => self.relate_primitive(s, t),
            _ => self.relate_object(s, t, true),
        }
    }

    /// Whether a number may stand for a member of a numeric enum: one that is not known, or the member's own.
    fn fits_enum_member(&self, s: TypeId, member: TypeId) -> bool {
        match (self.kind(s), self.value_of(member)) {
            (Kind::Number, Some(Literal::Number(_))) => true,
            (Kind::Literal(lit), Some(value @ Literal::Number(_))) => lit.value == *value,
            _ => false,
        }
    }

    /// Whether a declaration is an enum.
    pub fn is_enum(&self, def: crate::model::DefId) -> bool {
        matches!(self.model.def(def).kind, DefKind::Enum(_))
    }

    fn is_primitive(&self, ty: TypeId) -> bool {
        match self.kind(ty) {
            Kind::Named(def, _) => self.is_enum(*def),
            Kind::Undefined
            | Kind::Void
            | Kind::Null
            | Kind::String
            | Kind::OpenString
            | Kind::OpenNumber
            | Kind::Number
            | Kind::Boolean
            | Kind::BigInt
            | Kind::Symbol
            | Kind::UniqueSymbol(_)
            | Kind::Literal(_)
            | Kind::EnumMember(..)
            | Kind::Template(..)
            | Kind::Cased(..) => true,
            _ => false,
        }
    }

    fn relate_primitive(&mut self, s: TypeId, t: TypeId) -> bool {
        let widened = match (self.kind(s), self.value_of(s)) {
            (_, Some(Literal::String(_))) | (Kind::String | Kind::OpenString | Kind::Template(..), _) => Kind::String,
            (_, Some(Literal::Number(_))) | (Kind::OpenNumber, _) => Kind::Number,
            (_, Some(Literal::Boolean(_))) => Kind::Boolean,
            (_, Some(Literal::BigInt(_))) => Kind::BigInt,
            (Kind::UniqueSymbol(_), _) => Kind::Symbol,
            (kind, _) => kind.clone(),
        };
        let form = match self.kind(t) {
            Kind::OpenString => return widened == Kind::String,
            Kind::OpenNumber => return widened == Kind::Number,
            Kind::Library(place, args) => {
                let (place, args) = (*place, args.clone());
                if let Some(theirs) = self.as_library(s, place) {
                    return theirs.iter().zip(args.iter()).all(|(a, b)| self.assignable(*a, *b));
                }
                self.library[place as usize].form
            }
            Kind::Record(..) | Kind::Mapped(..) | Kind::Named(..) => {
                // `{}` and weak types: every value but `null` and `undefined` has no property at all.
                let nullish = matches!(widened, Kind::Null | Kind::Undefined | Kind::Void);
                return !nullish && self.members(t).is_some_and(|members| self.fits_primitive(s, &members));
            }
            target => return *target == widened,
        };
        match form {
            Form::String => widened == Kind::String,
            Form::Number => widened == Kind::Number,
            Form::Boolean => widened == Kind::Boolean,
            Form::AnyObject => !matches!(widened, Kind::Null | Kind::Undefined | Kind::Void),
            _ => false,
        }
    }

    fn fits_primitive(&mut self, s: TypeId, target: &Members<'m>) -> bool {
        if !target.indexes.is_empty() || !target.calls.is_empty() || !target.constructs.is_empty() || target.open {
            return false;
        }
        target.props.values().all(|prop| {
            let key = self.text(&prop.name);
            match self.property_type(s, key) {
                Some(ty) => {
                    let to = self.prop_type(prop);
                    self.assignable(ty, to)
                }
                None => false,
            }
        })
    }

    fn relate_elems(&mut self, source: &[Elem], target: &[Elem]) -> bool {
        let rest = target.iter().find(|elem| elem.rest).cloned();
        let least = |list: &[Elem]| list.iter().filter(|elem| !elem.optional && !elem.rest).count();
        if least(source) < least(target) || (rest.is_none() && source.iter().any(|elem| elem.rest)) {
            return false;
        }
        if rest.is_none() && source.len() > target.len() {
            return false;
        }
        let Some(rest_place) = target.iter().position(|elem| elem.rest) else {
            return source.iter().zip(target).all(|(a, b)| self.assignable(a.ty, b.ty));
        };
        let after = target.len() - rest_place - 1;
        source.iter().enumerate().all(|(place, elem)| {
            let from_end = source.len() - place;
            let to = match place < rest_place {
                true => &target[place],
                false if from_end <= after => &target[target.len() - from_end],
                false => &target[rest_place],
            };
            self.assignable(elem.ty, to.ty)
        })
    }

    /// `sharing`: whether they must share a property where all of the target is optional.
    fn relate_object(&mut self, s: TypeId, t: TypeId, sharing: bool) -> bool {
        match self.kind(t).clone() {
            Kind::Object => return true,
            Kind::Library(place, args) => return self.relate_library(s, place, &args),
            Kind::Named(def, args) => {
                if let Kind::Named(other, theirs) = self.kind(s).clone()
                    && other == def
                    && args.iter().zip(theirs.iter()).all(|(a, b)| self.assignable(*b, *a))
                {
                    return true;
                }
            }
            Kind::Record(..) | Kind::Mapped(..) | Kind::Callable(..) | Kind::ValueOf(_) | Kind::Module(_) => {}
            _ => return false,
        }
        let Some(target) = self.members(t) else { return true };
        if target.open {
            return false;
        }
        self.relate_members(s, &target, sharing)
    }

    fn relate_library(&mut self, s: TypeId, place: u32, args: &[TypeId]) -> bool {
        let form = self.library[place as usize].form;
        if form == Form::AnyObject {
            return true;
        }
        if let Some(theirs) = self.as_library(s, place) {
            return theirs.iter().zip(args).all(|(a, b)| self.assignable(*a, *b));
        }
        match (self.kind(s), form) {
            (Kind::Library(..), _) => false,
            (_, Form::NotData(NotData::Function)) => {
                !self.signatures(s, false).is_empty() || !self.signatures(s, true).is_empty()
            }
            (Kind::Array(_) | Kind::Tuple(_), _) => false,
            (_, Form::Fields(_) | Form::Error) => {
                let target = self.intern(Kind::Library(place, args.into()));
                self.members(target).is_some_and(|target| self.relate_members(s, &target, true))
            }
            _ => false,
        }
    }

    fn relate_members(&mut self, s: TypeId, target: &Members<'m>, sharing: bool) -> bool {
        for prop in target.props.values() {
            let key = self.text(&prop.name);
            let Some(ty) = self.property_type(s, key) else {
                if prop.optional {
                    continue;
                }
                return false;
            };
            let to = self.prop_type(prop);
            let ty = if prop.optional { self.without_undefined(ty) } else { ty };
            if !prop.optional && self.is_optional(s, &prop.name) || !self.assignable(ty, to) {
                return false;
            }
        }
        if sharing && self.is_weak(target) && !self.shares_a_property(s, target) {
            return false;
        }
        self.relate_indexes(s, target) && self.relate_signatures(s, target)
    }

    fn is_optional(&mut self, ty: TypeId, name: &str) -> bool {
        self.members(ty).and_then(|members| members.props.get(name).map(|prop| prop.optional)).unwrap_or(false)
    }

    /// Whether all of it is optional: then something of it must be there, or nothing at all.
    fn is_weak(&self, target: &Members<'m>) -> bool {
        !target.props.is_empty()
            && target.props.values().all(|prop| prop.optional)
            && target.indexes.is_empty()
            && target.calls.is_empty()
            && target.constructs.is_empty()
    }

    fn shares_a_property(&mut self, s: TypeId, target: &Members<'m>) -> bool {
        match self.members(s) {
            Some(source) => {
                source.props.is_empty()
                    || !source.indexes.is_empty()
                    || source.props.keys().any(|name| target.props.contains_key(name))
            }
            // A list, or a text in its wrapper object.
            None => target.props.contains_key("length") && self.list_of(s).is_some(),
        }
    }

    fn relate_indexes(&mut self, s: TypeId, target: &Members<'m>) -> bool {
        for index in &target.indexes {
            let to = self.index_type(index);
            if matches!(self.kind(to), Kind::Any(_)) && !matches!(self.kind(s), Kind::Array(_) | Kind::Tuple(_)) {
                continue;
            }
            let Some(source) = self.members(s) else {
                let Some(item) = self.property_type(s, index.key) else { return false };
                if self.assignable(item, to) {
                    continue;
                }
                return false;
            };
            if let Some(own) = source.indexes.iter().find(|own| own.key == index.key) {
                let from = self.index_type(own);
                if !self.assignable(from, to) {
                    return false;
                }
            } else if matches!(self.kind(s), Kind::Named(..)) {
                // An interface may be augmented, so that its properties do not vouch for all keys.
                return false;
            }
            for prop in source.props.values().filter(|prop| !prop.is_symbol()) {
                let key = self.text(&prop.name);
                let from = self.prop_type(prop);
                if self.assignable(key, index.key) && !self.assignable(from, to) {
                    return false;
                }
            }
        }
        true
    }

    fn relate_signatures(&mut self, s: TypeId, target: &Members<'m>) -> bool {
        for (constructors, list) in [(false, &target.calls), (true, &target.constructs)] {
            if list.is_empty() {
                continue;
            }
            let sources = self.signatures(s, constructors);
            let fits = list.iter().all(|(to, to_env)| {
                sources.iter().any(|(from, env)| self.relate_function((from, *env), (to.0, *to_env)))
            });
            if !fits {
                return false;
            }
        }
        true
    }

    fn relate_function(
        &mut self,
        source: (&'m FunctionTy, super::env::EnvId),
        target: (&'m FunctionTy, super::env::EnvId),
    ) -> bool {
        let source_env = self.erased(source.0, source.1);
        let target_env = self.erased(target.0, target.1);
        let from = self.arguments(&source.0.args, source_env);
        let to = self.arguments(&target.0.args, target_env);
        let needed = from.iter().filter(|elem| !elem.optional && !elem.rest).count();
        if needed > to.len() && !to.iter().any(|elem| elem.rest) {
            return false;
        }
        for (place, elem) in from.iter().enumerate() {
            let Some(other) = to.get(place).or_else(|| to.last().filter(|last| last.rest)) else { break };
            let other = other.ty;
            if !self.assignable(other, elem.ty) && !self.assignable(elem.ty, other) {
                return false;
            }
        }
        let from = self.eval(&source.0.ret, source_env);
        let to = self.eval(&target.0.ret, target_env);
        *self.kind(to) == Kind::Void || self.assignable(from, to)
    }
}
