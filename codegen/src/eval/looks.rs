//! Whether what a generic declaration holds depends on what is inside its arguments.

use super::cx::Cx;
use crate::model::{DefId, DefKind, Ty};

impl<'m> Cx<'m> {
    /// Whether the data of a declaration, or of one that it hands a parameter to, comes from an operator over a parameter.
    /// The walk is over what is written: it may say so of a declaration that does not, never the other way round.
    pub fn looks_inside(&mut self, def: DefId) -> bool {
        if let Some(known) = self.looks_inside.get(&def) {
            return *known;
        }
        self.looks_inside.insert(def, false);
        let parts: Vec<&'m Ty> = match &self.model.def(def).kind {
            DefKind::Alias(body) => vec![body],
            DefKind::Interface(it) => it.extends.iter().chain(it.members.iter().flat_map(|it| it.parts())).collect(),
            DefKind::Class(it) => it.bases().chain(it.members.iter().flat_map(|it| it.parts())).collect(),
            _ => Vec::new(),
        };
        let found = self.enter() && {
            let found = parts.into_iter().any(|part| self.looks(part));
            self.leave();
            found
        };
        self.looks_inside.insert(def, found);
        found
    }

    fn looks(&mut self, ty: &'m Ty) -> bool {
        let operator = match ty {
            Ty::Conditional(_) | Ty::Indexed(..) | Ty::Keyof(_) | Ty::Mapped(_) | Ty::Template(_) => true,
            Ty::Ref(reference) => self.looks_inside(reference.def),
            Ty::Library(reference) => self.prelude.get(&reference.name).is_some(),
            _ => false,
        };
        operator && mentions_param(ty) || ty.parts().into_iter().any(|part| self.looks(part))
    }
}

fn mentions_param(ty: &Ty) -> bool {
    matches!(ty, Ty::Param(_) | Ty::This) || ty.parts().into_iter().any(mentions_param)
}
