//! Unions: flat, no arm twice, literals absorbed by their primitive.

use super::cx::Cx;
use super::ty::{Kind, TypeId};
use crate::model::Literal;
use crate::schema::Fallback;
use indexmap::IndexSet;

/// How many arms a union may have.
pub(super) const WIDTH: usize = 10_000;

/// Which primitives a union has.
#[derive(Default)]
struct Primitives {
    string: bool,
    number: bool,
    boolean: bool,
    bigint: bool,
    symbol: bool,
}

impl<'m> Cx<'m> {
    /// The union of types. References to aliases of unions stay arms of their own.
    pub fn union(&mut self, types: Vec<TypeId>) -> TypeId {
        let mut arms: IndexSet<TypeId> = IndexSet::with_capacity(types.len());
        let mut any = None;
        let mut unknown = false;
        for ty in types {
            match self.kind(ty) {
                Kind::Union(inner) => arms.extend(inner.iter().copied()),
                Kind::Never => {}
                Kind::Any(_) => any = any.or(Some(ty)),
                Kind::Unknown => unknown = true,
                _ => {
                    arms.insert(ty);
                }
            }
        }
        if let Some(any) = any {
            return any;
        }
        if unknown {
            return self.intern(Kind::Unknown);
        }
        if arms.len() > WIDTH {
            return self.over_budget("a union has too many arms");
        }
        let arms = self.absorb(arms);
        match arms.len() {
            0 => self.never(),
            1 => arms[0],
            _ => self.intern(Kind::Union(arms.into())),
        }
    }

    fn absorb(&mut self, arms: IndexSet<TypeId>) -> Vec<TypeId> {
        let mut has = Primitives::default();
        let (mut yes, mut no) = (false, false);
        for arm in &arms {
            match self.kind(*arm) {
                Kind::String => has.string = true,
                Kind::Number => has.number = true,
                Kind::Boolean => has.boolean = true,
                Kind::BigInt => has.bigint = true,
                Kind::Symbol => has.symbol = true,
                Kind::Literal(lit) if lit.value == Literal::Boolean(true) => yes = true,
                Kind::Literal(lit) if lit.value == Literal::Boolean(false) => no = true,
                _ => {}
            }
        }
        let both = yes && no && !has.boolean;
        let mut values: IndexSet<Literal> = IndexSet::new();
        let mut kept: Vec<TypeId> = Vec::with_capacity(arms.len());
        let mut placed = false;
        for arm in arms {
            match self.kind(arm) {
                Kind::Literal(lit) => match &lit.value {
                    Literal::String(_) if has.string => {}
                    Literal::Number(_) if has.number => {}
                    Literal::BigInt(_) if has.bigint => {}
                    Literal::Boolean(_) if has.boolean => {}
                    Literal::Boolean(_) if both => {
                        if !placed {
                            placed = true;
                            kept.push(self.intern(Kind::Boolean));
                        }
                    }
                    value => {
                        if values.insert(value.clone()) {
                            kept.push(arm);
                        }
                    }
                },
                Kind::Template(..) if has.string => {}
                Kind::UniqueSymbol(_) if has.symbol => {}
                Kind::EnumMember(..) => match self.value_of(arm) {
                    Some(Literal::String(_)) if has.string => {}
                    Some(Literal::Number(_)) if has.number => {}
                    _ => kept.push(arm),
                },
                _ => kept.push(arm),
            }
        }
        kept
    }

    /// The type without `undefined`.
    pub fn without_undefined(&mut self, ty: TypeId) -> TypeId {
        self.without(ty, |kind| matches!(kind, Kind::Undefined | Kind::Void))
    }

    /// The type without `undefined` and `null`.
    pub fn without_nullish(&mut self, ty: TypeId) -> TypeId {
        self.without(ty, |kind| matches!(kind, Kind::Undefined | Kind::Void | Kind::Null))
    }

    /// The type without some of its arms; a type that has none of them stays itself, by its name.
    fn without(&mut self, ty: TypeId, unwanted: fn(&Kind<'_>) -> bool) -> TypeId {
        if !self.arms(ty).into_iter().any(|arm| unwanted(self.kind(arm))) {
            return ty;
        }
        let behind = self.shallow(ty);
        let Kind::Union(arms) = self.kind(behind).clone() else { return self.never() };
        if !self.enter() {
            return self.any(Fallback::Budget);
        }
        let arms = arms.iter().map(|arm| self.without(*arm, unwanted)).collect();
        self.leave();
        self.union(arms)
    }

    /// Whether `undefined` (or `void`) is among what it admits.
    pub fn admits_undefined(&mut self, ty: TypeId) -> bool {
        self.arms(ty).into_iter().any(|arm| matches!(self.kind(arm), Kind::Undefined | Kind::Void))
    }

    /// The type, or `undefined`.
    pub fn or_undefined(&mut self, ty: TypeId) -> TypeId {
        let undefined = self.intern(Kind::Undefined);
        self.union(vec![ty, undefined])
    }
}
