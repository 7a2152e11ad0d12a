//! Unions: which of them are enums, and which kind of enum.

use super::arms::{Arms, Group, Scalars};
use super::planner::Planner;
use super::site::Site;
use crate::model::Literal;
use crate::rust::RustTy;
use crate::schema::{Shape, literals_of};

impl Planner<'_> {
    /// The type of a union at a site.
    pub(super) fn union(&mut self, shapes: &[&Shape], site: &Site) -> RustTy {
        // The arms live as long as the shorter of the schema and the shapes given.
        let schema = self.input.schema;
        let arms = Arms::collect(schema, shapes);
        if arms.any {
            return RustTy::Json;
        }
        if arms.something {
            return if arms.null { RustTy::Json } else { RustTy::NonNull };
        }
        let ty = match arms.groups().as_slice() {
            [] if arms.null => return RustTy::Null,
            [] => return RustTy::Json,
            [one] => self.group(one, site),
            groups => self.untagged(groups, shapes, site),
        };
        match ty {
            ty @ (RustTy::Json | RustTy::Option(_) | RustTy::Null) => ty,
            ty if arms.null => RustTy::Option(Box::new(ty)),
            ty => ty,
        }
    }

    /// The type of arms of one kind.
    pub(super) fn group(&mut self, group: &Group<'_>, site: &Site) -> RustTy {
        match group {
            Group::Strings(scalars) if scalars.any => RustTy::String,
            Group::Numbers(scalars) if scalars.any => self.number(site),
            Group::Strings(scalars) | Group::Numbers(scalars) if scalars.literals.is_empty() => RustTy::String,
            Group::Strings(scalars) => self.scalars(scalars, |value| matches!(value, Literal::String(_)), site),
            Group::Numbers(scalars) => self.scalars(scalars, |value| matches!(value, Literal::Number(_)), site),
            Group::Booleans(values) => match values.as_slice() {
                [one] => RustTy::BoolLiteral(*one),
                _ => RustTy::Bool,
            },
            Group::Union(shape) => match self.ty(shape, site) {
                // Its `null` is one of the whole's.
                RustTy::Option(inner) => *inner,
                ty => ty,
            },
            Group::Array(shape) | Group::Other(shape) => self.ty(shape, site),
            Group::Objects(shapes) => self.objects(shapes, false, site),
        }
    }

    /// An enum of literals.
    fn scalars(&mut self, scalars: &Scalars<'_>, kind: fn(&Literal) -> bool, site: &Site) -> RustTy {
        if let Some(one) = scalars.reference() {
            // A TypeScript enum of both kinds is a union of two enums, not one.
            let literals = literals_of(self.input.schema, &[one]);
            if literals.iter().all(|literal| kind(&literal.value)) {
                return self.ty(one, site);
            }
        }
        let mut literals = literals_of(self.input.schema, &scalars.literals);
        literals.retain(|literal| kind(&literal.value));
        // A literal that stands alone is no list of values that could grow; beside values of other kinds it is.
        let alone = literals.len() == 1 && !scalars.open && !site.arm;
        let closed = self.closed_by_rule(site, alone || scalars.open) || alone;
        let shapes: Vec<&Shape> = scalars.literals.iter().chain(&scalars.patterns).copied().collect();
        self.literal_enum(&literals, closed, &shapes, site)
    }

    /// The type of arms that are objects.
    ///
    /// `closed` where other arms may take a document whose tag is unknown.
    pub(super) fn objects(&mut self, shapes: &[&Shape], closed: bool, site: &Site) -> RustTy {
        if let [one] = shapes {
            return self.ty(one, site);
        }
        match self.find_tag(shapes, &site.spent) {
            Some(tag) => self.tagged(&tag, shapes, closed, site),
            None => self.untagged(&[Group::Objects(shapes.to_vec())], shapes, site),
        }
    }
}
