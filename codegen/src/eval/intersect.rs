//! Intersections: distributed over unions, reduced where they are primitives, merged where they are objects.

use super::cx::Cx;
use super::ty::{Kind, TypeId};
use super::union::WIDTH;
use crate::schema::Fallback;
use indexmap::IndexSet;

/// How many arms an intersection of unions may have: TypeScript's own limit (error 2590).
const PRODUCT: usize = 100_000;

impl<'m> Cx<'m> {
    /// `string & {}` and its spellings, of two operands as they are written; the same of numbers.
    pub fn open_scalar(&mut self, a: TypeId, b: TypeId) -> Option<TypeId> {
        let (a, b) = (self.shallow(a), self.shallow(b));
        let (scalar, object) = match (self.kind(a), self.kind(b)) {
            (Kind::String | Kind::Number, _) => (a, b),
            (_, Kind::String | Kind::Number) => (b, a),
            _ => return None,
        };
        let is_empty = matches!(self.kind(object), Kind::Record(..) | Kind::Mapped(..))
            && self.members(object).is_some_and(|members| members.is_empty());
        is_empty.then(|| self.opened(scalar))
    }

    /// A string or a number beside which literals stay; anything else is itself.
    fn opened(&mut self, scalar: TypeId) -> TypeId {
        match self.kind(scalar) {
            Kind::String => self.intern(Kind::OpenString),
            Kind::Number => self.intern(Kind::OpenNumber),
            _ => scalar,
        }
    }

    /// The intersection of types.
    pub fn intersection(&mut self, types: Vec<TypeId>) -> TypeId {
        if !self.enter() {
            return self.any(Fallback::Budget);
        }
        let result = self.intersect_all(types);
        self.leave();
        result
    }

    fn intersect_all(&mut self, types: Vec<TypeId>) -> TypeId {
        if let Some(rest) = self.beside_empty(&types) {
            return self.without_nullish(rest);
        }
        let mut parts: IndexSet<TypeId> = IndexSet::new();
        let mut any = None;
        for ty in types {
            let behind = self.shallow(ty);
            match self.kind(behind) {
                Kind::Any(_) => any = any.or(Some(behind)),
                Kind::Unknown => {}
                Kind::Intersection(inner) => parts.extend(inner.iter().copied()),
                _ => {
                    parts.insert(behind);
                }
            }
        }
        if parts.iter().any(|part| *self.kind(*part) == Kind::Never) {
            return self.never();
        }
        if let Some(any) = any {
            return any;
        }
        let parts: Vec<TypeId> = parts.into_iter().collect();
        if self.product(&parts) > PRODUCT {
            return self.over_budget("an intersection of unions has too many arms");
        }
        if let Some(place) = parts.iter().position(|part| matches!(self.kind(*part), Kind::Union(_))) {
            return self.distribute(&parts, place);
        }
        self.intersect_plain(parts)
    }

    /// `T` of `T & {}`, where that says of `T` no more than that it is not null: its names stay then.
    fn beside_empty(&mut self, types: &[TypeId]) -> Option<TypeId> {
        let [a, b] = *types else { return None };
        let is_empty = |cx: &Self, ty: TypeId| match cx.kind(ty) {
            Kind::Record(object, ..) => object.0.members.is_empty(),
            _ => false,
        };
        let rest = match (is_empty(self, a), is_empty(self, b)) {
            (false, true) => a,
            (true, false) => b,
            _ => return None,
        };
        let behind = self.shallow(rest);
        (matches!(self.kind(behind), Kind::Union(_)) && !self.is_stuck(rest)).then_some(rest)
    }

    /// How many arms an intersection of unions has before equal ones fall together.
    fn product(&self, parts: &[TypeId]) -> usize {
        let arms = parts.iter().map(|part| match self.kind(*part) {
            Kind::Union(arms) => arms.len(),
            _ => 1,
        });
        arms.fold(1, usize::saturating_mul)
    }

    /// `(A | B) & C` is `A & C | B & C`.
    fn distribute(&mut self, parts: &[TypeId], place: usize) -> TypeId {
        let arms = self.unit_arms_of_union(parts[place], parts);
        let mut results = Vec::with_capacity(arms.len());
        for arm in arms {
            let mut product = parts.to_vec();
            product[place] = arm;
            results.push(self.intersection(product));
            if results.len() > WIDTH {
                return self.over_budget("an intersection of unions has too many arms");
            }
        }
        self.union(results)
    }

    /// `boolean` and enums are taken apart only where the other side tells their values apart.
    fn unit_arms_of_union(&mut self, union: TypeId, parts: &[TypeId]) -> Vec<TypeId> {
        let literals = parts.iter().any(|part| match self.kind(*part) {
            Kind::Union(arms) => *part != union && arms.iter().any(|arm| self.value_of(*arm).is_some()),
            _ => self.value_of(*part).is_some(),
        });
        if literals { self.unit_arms(union) } else { self.arms(union) }
    }

    fn intersect_plain(&mut self, parts: Vec<TypeId>) -> TypeId {
        let (scalars, rest): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| self.is_scalar(*part));
        if scalars.is_empty() {
            return self.intersect_objects(rest);
        }
        let mut result = scalars[0];
        for scalar in &scalars[1..] {
            match self.narrower(result, *scalar) {
                Some(narrower) => result = narrower,
                None => return self.never(),
            }
        }
        let stuck: Vec<TypeId> = rest.iter().copied().filter(|part| self.is_stuck(*part)).collect();
        if !stuck.is_empty() {
            let parts: Vec<TypeId> = std::iter::once(result).chain(stuck).collect();
            return self.intern(Kind::Intersection(parts.into()));
        }
        // What is left is a brand (`string & { __brand: 'x' }`), which no document shows, though it keeps literals visible,
        // or an object, which neither `null` nor `undefined` is, or a list, which no document is that is something else too.
        let nullish = matches!(self.kind(result), Kind::Null | Kind::Undefined | Kind::Void);
        let list = rest.iter().any(|part| matches!(self.kind(*part), Kind::Array(_) | Kind::Tuple(_)));
        if list || nullish && !rest.is_empty() {
            return self.never();
        }
        if rest.iter().any(|part| !self.says_nothing(*part)) { self.opened(result) } else { result }
    }

    /// `{}` and `object`.
    fn says_nothing(&self, ty: TypeId) -> bool {
        match self.kind(ty) {
            Kind::Object => true,
            Kind::Record(object, ..) => object.0.members.is_empty(),
            _ => false,
        }
    }

    /// Whether it is a TypeScript enum, all of it.
    pub fn is_enum_type(&self, ty: TypeId) -> bool {
        matches!(self.kind(ty), Kind::Named(def, _) if self.is_enum(*def))
    }

    fn is_scalar(&self, ty: TypeId) -> bool {
        match self.kind(ty) {
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
            | Kind::Template(..) => true,
            _ => self.is_enum_type(ty),
        }
    }

    /// The narrower of two scalars, if one is part of the other.
    fn narrower(&mut self, a: TypeId, b: TypeId) -> Option<TypeId> {
        match (self.assignable(a, b), self.assignable(b, a)) {
            // `number` and a numeric enum are assignable both ways; the enum is the narrower.
            (true, true) if *self.kind(a) == Kind::Number => return Some(b),
            (true, _) => return Some(a),
            (_, true) => return Some(b),
            _ => {}
        }
        let (a, b) = (self.unit_arms(a), self.unit_arms(b));
        if a.len() == 1 && b.len() == 1 {
            return None;
        }
        let common: Vec<TypeId> =
            a.into_iter().filter(|arm| b.iter().any(|other| self.assignable(*arm, *other))).collect();
        (!common.is_empty()).then(|| self.union(common))
    }

    fn intersect_objects(&mut self, parts: Vec<TypeId>) -> TypeId {
        let mut kept = Vec::with_capacity(parts.len());
        for part in &parts {
            if !self.says_nothing(*part) {
                kept.push(*part);
            }
        }
        match kept.as_slice() {
            [] => parts.first().copied().unwrap_or_else(|| self.intern(Kind::Unknown)),
            // `T & {}` has to remember that `T` is not null.
            [only] if kept.len() < parts.len() && self.is_stuck(*only) => self.intern(Kind::Intersection(parts.into())),
            [only] => *only,
            _ => self.intern(Kind::Intersection(kept.into())),
        }
    }

    /// An intersection of objects, or `never` where a property of theirs cannot have any value (`{ t: 'a' } & { t: 'b' }`).
    pub fn reduce(&mut self, ty: TypeId) -> TypeId {
        if let Some(known) = self.reduced.get(&ty) {
            return *known;
        }
        // While it is being looked through, it stands for itself.
        self.reduced.insert(ty, ty);
        if self.conflicts(ty) {
            let never = self.never();
            self.reduced.insert(ty, never);
            return never;
        }
        ty
    }

    fn conflicts(&mut self, ty: TypeId) -> bool {
        let Kind::Intersection(parts) = self.kind(ty).clone() else { return false };
        let all: Vec<_> = parts.iter().filter_map(|part| self.members(*part)).collect();
        let Some((first, rest)) = all.split_first() else { return false };
        let mut seen = first.props.clone();
        for members in rest {
            for (name, prop) in &members.props {
                let Some(old) = seen.get(name).cloned() else {
                    seen.insert(name.clone(), prop.clone());
                    continue;
                };
                if (old.optional && prop.optional) || old.method || prop.method {
                    continue;
                }
                let (a, b) = (self.prop_type(&old), self.prop_type(prop));
                if self.are_units(a) && self.are_units(b) && a != b {
                    let both = self.intersection(vec![a, b]);
                    if *self.kind(both) == Kind::Never {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Whether it is made of literals only: then a property of that type tells objects apart.
    fn are_units(&mut self, ty: TypeId) -> bool {
        let arms = self.unit_arms(ty);
        !arms.is_empty()
            && arms.iter().all(|arm| {
                matches!(self.kind(*arm), Kind::Literal(_) | Kind::EnumMember(..) | Kind::Null | Kind::Undefined)
            })
    }
}
