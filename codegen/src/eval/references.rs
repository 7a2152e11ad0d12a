//! References to declarations: as instances, or as what an alias stands for.

use super::convert::Convert;
use super::ty::{Kind, TypeId};
use crate::model::{DefId, DefKind, Keyword, Ty};
use crate::schema::{Fallback, Shape};

impl Convert<'_> {
    /// What a declaration with its arguments admits.
    pub(super) fn named(&mut self, ty: TypeId, def: DefId, args: &[TypeId]) -> Shape {
        if self.is_never(ty, def) {
            return Shape::Never;
        }
        if !self.cx.facts(ty).open && self.only_says_null(def) && args.iter().all(|arg| self.is_nameless(*arg)) {
            let expanded = self.cx.expand(ty);
            return self.shape(expanded);
        }
        if self.sees_through(def) {
            let expanded = self.cx.expand(ty);
            let behind = self.cx.shallow(expanded);
            if let Kind::Any(why) = *self.cx.kind(behind) {
                // To follow the chain step by step would find the same at each of them.
                return Shape::Any(why);
            }
            let followed = match self.cx.kind(behind) {
                Kind::Record(..) | Kind::Mapped(..) | Kind::Intersection(_) | Kind::Union(_) | Kind::Array(_) => {
                    matches!(self.cx.kind(expanded), Kind::Named(..))
                }
                Kind::Tuple(_) => false,
                _ => true,
            };
            if followed {
                return self.shape(expanded);
            }
        }
        if self.cx.facts(ty).open {
            if self.params.is_empty() {
                return self.waiting();
            }
            let args = args.iter().map(|arg| self.shape(*arg)).collect();
            return Shape::GenericRef(def, args);
        }
        match self.instance(ty) {
            Some(id) => Shape::Ref(id),
            None => Shape::Any(Fallback::Budget),
        }
    }

    /// Whether it is an alias of `never`, in the end: that nothing may stand in a place must show there.
    fn is_never(&mut self, ty: TypeId, def: DefId) -> bool {
        let DefKind::Alias(body) = &self.cx.model.def(def).kind else { return false };
        let may_be = !matches!(
            body,
            Ty::Object(_) | Ty::Array(_) | Ty::Tuple(_) | Ty::Literal(_) | Ty::Function(_) | Ty::Constructor(_)
        );
        may_be && !self.cx.facts(ty).open && {
            let behind = self.cx.shallow(ty);
            *self.cx.kind(behind) == Kind::Never
        }
    }

    /// Whether a declaration is a generic alias whose body is an operator: what it gives counts, not how.
    fn sees_through(&self, def: DefId) -> bool {
        let def = self.cx.model.def(def);
        let DefKind::Alias(body) = &def.kind else { return false };
        let operator = matches!(
            body,
            Ty::Conditional(_)
                | Ty::Mapped(_)
                | Ty::Indexed(..)
                | Ty::Keyof(_)
                | Ty::Template(_)
                | Ty::Param(_)
                | Ty::Library(_)
                | Ty::Ref(_)
        );
        operator && !def.params.is_empty()
    }

    /// Whether a declaration is an alias that only adds `null` or `undefined` to its parameter (`Maybe<T>`). What has no
    /// name is then named by where it stands, as it would be without the alias.
    fn only_says_null(&self, def: DefId) -> bool {
        let DefKind::Alias(Ty::Union(arms)) = &self.cx.model.def(def).kind else { return false };
        arms.iter()
            .all(|arm| matches!(arm.ty, Ty::Param(_) | Ty::Keyword(Keyword::Null | Keyword::Undefined | Keyword::Void)))
    }

    fn is_nameless(&self, ty: TypeId) -> bool {
        match self.cx.kind(ty) {
            Kind::Array(item) => self.is_nameless(*item),
            Kind::Record(_, _, owner, _) => owner.is_none(),
            kind => matches!(kind, Kind::Intersection(_) | Kind::Mapped(..) | Kind::Union(_) | Kind::Literal(_)),
        }
    }
}
