//! Inference: what `infer U` stands for.

use super::cx::Cx;
use super::env::EnvId;
use super::ty::{Elem, Kind, TypeId};
use crate::model::{FunctionTy, ParamId, TypeParam};
use std::rc::Rc;

/// What was found for the parameters so far.
pub(super) struct Found {
    params: Vec<ParamId>,
    /// By parameter: what it must at least admit.
    lower: Vec<Vec<TypeId>>,
    /// By parameter: what it must at most admit, from arguments of functions.
    upper: Vec<Vec<TypeId>>,
    /// Pairs that were looked at: recursive types end here.
    seen: Vec<(TypeId, TypeId)>,
    flipped: bool,
}

impl Found {
    fn place(&self, param: ParamId) -> Option<usize> {
        self.params.iter().position(|id| *id == param)
    }

    fn add(&mut self, place: usize, ty: TypeId) {
        let list = if self.flipped { &mut self.upper[place] } else { &mut self.lower[place] };
        if !list.contains(&ty) {
            list.push(ty);
        }
    }
}

impl<'m> Cx<'m> {
    /// What each parameter stands for, where the source is to match the pattern; `None` if a constraint is broken.
    pub fn infer_all(
        &mut self,
        params: &[&'m TypeParam],
        source: TypeId,
        pattern: TypeId,
        env: EnvId,
    ) -> Option<Vec<(ParamId, TypeId)>> {
        if params.is_empty() {
            return Some(Vec::new());
        }
        let ids: Vec<ParamId> = params.iter().map(|param| param.id).collect();
        let none = vec![Vec::new(); ids.len()];
        let mut found = Found { params: ids, lower: none.clone(), upper: none, seen: Vec::new(), flipped: false };
        self.infer(source, pattern, &mut found);
        let mut bindings = Vec::with_capacity(params.len());
        for (place, param) in params.iter().enumerate() {
            let constraint = param.constraint.as_ref().map(|constraint| self.eval(constraint, env));
            let ty = if !found.lower[place].is_empty() {
                let lower = std::mem::take(&mut found.lower[place]);
                self.union(lower)
            } else if !found.upper[place].is_empty() {
                let upper = std::mem::take(&mut found.upper[place]);
                self.intersection(upper)
            } else {
                constraint.unwrap_or_else(|| self.intern(Kind::Unknown))
            };
            let ty = match constraint {
                Some(constraint) => self.constrained(ty, constraint)?,
                None => ty,
            };
            bindings.push((param.id, ty));
        }
        Some(bindings)
    }

    /// What was found if it meets the constraint; text that reads as a number meets `extends number` as that number.
    fn constrained(&mut self, ty: TypeId, constraint: TypeId) -> Option<TypeId> {
        if self.assignable(ty, constraint) {
            return Some(ty);
        }
        let read = self.read_literal(ty, constraint)?;
        self.assignable(read, constraint).then_some(read)
    }

    /// Matches the source with the pattern.
    pub fn infer(&mut self, source: TypeId, pattern: TypeId, found: &mut Found) {
        if !self.facts(pattern).open || !self.enter() {
            return;
        }
        self.infer_now(source, pattern, found);
        self.leave();
    }

    /// Of an interface that extends a list, that list.
    fn infer_from_list(&mut self, source: TypeId, pattern: TypeId, found: &mut Found) {
        if let Some(list) = self.list_of(source) {
            self.infer(list, pattern, found);
        }
    }

    fn infer_now(&mut self, source: TypeId, pattern: TypeId, found: &mut Found) {
        if let Kind::Param(id) = *self.kind(pattern) {
            if let Some(place) = found.place(id) {
                found.add(place, source);
            }
            return;
        }
        if found.seen.contains(&(source, pattern)) {
            return;
        }
        found.seen.push((source, pattern));
        if self.infer_args(source, pattern, found) {
            return;
        }
        let pattern = self.shallow(pattern);
        if let Kind::Union(arms) = self.kind(pattern).clone() {
            return self.infer_from_union(source, &arms, found);
        }
        let behind = self.shallow(source);
        if let Kind::Union(arms) = self.kind(behind).clone() {
            for arm in arms.iter() {
                self.infer(*arm, pattern, found);
            }
            return;
        }
        if self.infer_args(behind, pattern, found) {
            return;
        }
        self.infer_parts(source, behind, pattern, found);
    }

    /// What stands in a source is matched with what stands in its place in the pattern; `behind` is the source itself,
    /// its name looked through.
    fn infer_parts(&mut self, source: TypeId, behind: TypeId, pattern: TypeId, found: &mut Found) {
        match (self.kind(behind).clone(), self.kind(pattern).clone()) {
            (_, Kind::Intersection(parts)) => parts.iter().for_each(|part| self.infer(source, *part, found)),
            (Kind::Array(source), Kind::Array(pattern)) => self.infer(source, pattern, found),
            (Kind::Tuple(_), Kind::Array(pattern)) => {
                let number = self.intern(Kind::Number);
                if let Some(item) = self.property_type(behind, number) {
                    self.infer(item, pattern, found);
                }
            }
            (Kind::Named(..), Kind::Array(_) | Kind::Tuple(_)) => self.infer_from_list(behind, pattern, found),
            (Kind::Tuple(source), Kind::Tuple(pattern)) => self.infer_elems(&source, &pattern, found),
            (Kind::Array(item), Kind::Tuple(pattern)) => {
                let source = [Elem { name: None, ty: item, optional: false, rest: true }];
                self.infer_elems(&source, &pattern, found);
            }
            (_, Kind::Template(texts, holes)) => {
                if let Some(matches) = self.match_template(behind, &texts, &holes) {
                    for (ty, hole) in matches.into_iter().zip(holes.iter()) {
                        self.infer(ty, *hole, found);
                    }
                }
            }
            (Kind::Keyof(source), Kind::Keyof(pattern)) => {
                found.flipped = !found.flipped;
                self.infer(source, pattern, found);
                found.flipped = !found.flipped;
            }
            (Kind::Any(_), _) => self.infer_everywhere(behind, pattern, found),
            (_, Kind::Library(place, pattern)) => {
                let args = self.as_library(behind, place).unwrap_or_default();
                for (source, pattern) in args.into_iter().zip(pattern.iter()) {
                    self.infer(source, *pattern, found);
                }
            }
            _ => self.infer_members(behind, pattern, found),
        }
    }

    /// Both are the same generic: argument by argument.
    fn infer_args(&mut self, source: TypeId, pattern: TypeId, found: &mut Found) -> bool {
        let pairs = match (self.kind(source), self.kind(pattern)) {
            (Kind::Named(a, args), Kind::Named(b, other)) if a == b => (args.clone(), other.clone()),
            (Kind::Library(a, args), Kind::Library(b, other)) if a == b => (args.clone(), other.clone()),
            _ => return false,
        };
        for (source, pattern) in pairs.0.iter().zip(pairs.1.iter()) {
            self.infer(*source, *pattern, found);
        }
        true
    }

    /// The pattern is a union: what its closed arms take does not reach the open ones.
    fn infer_from_union(&mut self, source: TypeId, arms: &[TypeId], found: &mut Found) {
        let (open, closed): (Vec<TypeId>, Vec<TypeId>) = arms.iter().partition(|arm| self.facts(**arm).open);
        let mut rest = Vec::new();
        for part in self.unit_arms(source) {
            let mut taken = false;
            for arm in &closed {
                taken |= self.assignable(part, *arm);
            }
            if !taken {
                rest.push(part);
            }
        }
        let (naked, inner): (Vec<TypeId>, Vec<TypeId>) =
            open.into_iter().partition(|arm| matches!(self.kind(*arm), Kind::Param(_)));
        let mut left = Vec::new();
        for part in rest {
            let before: usize = found.lower.iter().chain(&found.upper).map(Vec::len).sum();
            for arm in &inner {
                self.infer(part, *arm, found);
            }
            let after: usize = found.lower.iter().chain(&found.upper).map(Vec::len).sum();
            if before == after {
                left.push(part);
            }
        }
        if let Some(param) = naked.first()
            && !left.is_empty()
        {
            let left = self.union(left);
            self.infer(left, *param, found);
        }
    }

    /// Of `any`, everything is `any`.
    fn infer_everywhere(&mut self, any: TypeId, pattern: TypeId, found: &mut Found) {
        let args = match self.kind(pattern).clone() {
            Kind::Named(_, args) | Kind::Library(_, args) | Kind::Intersection(args) => args.to_vec(),
            Kind::Array(item) => vec![item],
            Kind::Tuple(elems) => elems.iter().map(|elem| self.whole(elem)).collect(),
            _ => {
                for place in 0..found.params.len() {
                    found.add(place, any);
                }
                return;
            }
        };
        for arg in args {
            self.infer(any, arg, found);
        }
    }

    /// The type parameter that a rest place stands for, or the place's type.
    fn whole(&self, elem: &Elem) -> TypeId {
        match self.kind(elem.ty) {
            Kind::Indexed(list, _) if elem.rest && self.is_spread(elem.ty) => *list,
            _ => elem.ty,
        }
    }

    /// Place by place; what is between the fixed places of the pattern goes to its rest place.
    pub fn infer_elems(&mut self, source: &[Elem], pattern: &[Elem], found: &mut Found) {
        let Some(rest) = pattern.iter().position(|elem| elem.rest) else {
            for (source, pattern) in source.iter().zip(pattern) {
                self.infer(source.ty, pattern.ty, found);
            }
            return;
        };
        let before = rest.min(source.iter().position(|elem| elem.rest).unwrap_or(source.len()));
        let room = source.len() - before;
        let fixed_end = source.iter().rev().take_while(|elem| !elem.rest).count();
        let after = (pattern.len() - rest - 1).min(fixed_end).min(room);
        for (source, pattern) in source[..before].iter().zip(pattern) {
            self.infer(source.ty, pattern.ty, found);
        }
        let middle = source[before..source.len() - after].to_vec();
        let target = self.whole(&pattern[rest]);
        if target == pattern[rest].ty {
            for elem in middle {
                self.infer(elem.ty, target, found);
            }
        } else {
            let middle = self.tuple(middle);
            self.infer(middle, target, found);
        }
        let tail = source.len() - after;
        let pattern_tail = pattern.len() - after;
        for (source, pattern) in source[tail..].iter().zip(&pattern[pattern_tail..]) {
            self.infer(source.ty, pattern.ty, found);
        }
    }

    fn infer_members(&mut self, source: TypeId, pattern: TypeId, found: &mut Found) {
        let Some(target) = self.members(pattern) else { return };
        for (name, prop) in &target.props {
            let key = self.text(name);
            let Some(mut ty) = self.property_type(source, key) else { continue };
            let to = self.prop_type(prop);
            if prop.optional {
                ty = self.without_undefined(ty);
            }
            self.infer(ty, to, found);
        }
        for index in &target.indexes {
            if let Some(ty) = self.index_value(source, index.key) {
                let to = self.index_type(index);
                self.infer(ty, to, found);
                self.infer(index.key, index.key, found);
            }
        }
        for constructors in [false, true] {
            let list = if constructors { &target.constructs } else { &target.calls };
            let sources = self.signatures(source, constructors);
            // Of overloads, TypeScript looks at the last.
            if let (Some(at), Some(from)) = (list.last(), sources.last()) {
                self.infer_signature(*from, (at.0.0, at.1), found);
            }
        }
    }

    /// The union of what is under the keys of an index signature.
    pub fn index_value(&mut self, source: TypeId, key: TypeId) -> Option<TypeId> {
        if let Some(ty) = self.property_type(source, key) {
            return Some(ty);
        }
        let members = self.members(source)?;
        if members.props.is_empty() || *self.kind(key) != Kind::String {
            return None;
        }
        let types = members.props.values().filter(|prop| !prop.is_symbol()).map(|prop| self.prop_type(prop)).collect();
        Some(self.union(types))
    }

    fn infer_signature(
        &mut self,
        source: (&'m FunctionTy, EnvId),
        pattern: (&'m FunctionTy, EnvId),
        found: &mut Found,
    ) {
        let env = self.erased(source.0, source.1);
        if let (Some(from), Some(to)) = (&source.0.this, &pattern.0.this) {
            let (from, to) = (self.eval(from, env), self.eval(to, pattern.1));
            self.infer(from, to, found);
        }
        let from = self.arguments(&source.0.args, env);
        let to = self.arguments(&pattern.0.args, pattern.1);
        found.flipped = !found.flipped;
        let as_list = to.len() == 1 && to[0].rest && self.whole(&to[0]) != to[0].ty;
        if as_list {
            // `(...args: infer P)`: the arguments are what was declared, not what may be passed.
            found.flipped = !found.flipped;
            let list = if from.is_empty() { self.intern(Kind::Tuple(Rc::from([]))) } else { self.tuple(from) };
            let target = self.whole(&to[0]);
            self.infer(list, target, found);
            found.flipped = !found.flipped;
        } else {
            self.infer_elems(&from, &to, found);
        }
        found.flipped = !found.flipped;
        let from = self.eval(&source.0.ret, env);
        let to = self.eval(&pattern.0.ret, pattern.1);
        self.infer(from, to, found);
    }

    /// The environment in which a function's own type parameters stand for what they are constrained to, where nothing
    /// else is known of them.
    pub fn erased(&mut self, function: &'m FunctionTy, env: EnvId) -> EnvId {
        let mut env = env;
        for param in &function.params {
            if self.env(env).get(param.id).is_some() {
                continue;
            }
            let ty = match &param.constraint {
                Some(constraint) => self.eval(constraint, env),
                None => self.intern(Kind::Unknown),
            };
            env = self.bind(env, &[(param.id, ty)]);
        }
        env
    }
}
