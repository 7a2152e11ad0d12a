//! Enums of literals.

use super::names::distinct;
use super::planner::Planner;
use super::site::Site;
use crate::model::Literal;
use crate::recipe::Effect;
use crate::rust::{LiteralEnum, LiteralVariant, RustIdent, RustItem, RustTy};
use crate::schema::{LiteralShape, Shape, unique};

/// The variant that the emitter adds to enums that keep unknown values.
pub(super) const UNKNOWN: &str = "Unknown";

impl Planner<'_> {
    /// A TypeScript enum, whose members may be strings, numbers, or some of each.
    pub(super) fn enumeration(&mut self, members: &[LiteralShape], shape: &Shape, site: &Site) -> RustTy {
        let known: Vec<&LiteralShape> =
            members.iter().filter(|member| matches!(member.value, Literal::String(_) | Literal::Number(_))).collect();
        let strings = known.iter().filter(|member| matches!(member.value, Literal::String(_))).count();
        if known.is_empty() || known.len() != members.len() {
            return RustTy::Json;
        }
        if strings != 0 && strings != known.len() {
            let shapes = self.keep(known.iter().map(|member| Shape::Literal((*member).clone())).collect());
            return self.union(&shapes.iter().collect::<Vec<_>>(), site);
        }
        let closed = self.closed_by_rule(site, false);
        self.literal_enum(&known, closed, &[shape], site)
    }

    /// Whether a rule closes the enum at a site. `decided`: whether it is open or closed whatever rules say.
    pub(super) fn closed_by_rule(&self, site: &Site, decided: bool) -> bool {
        let rows = self.input.recipe.closed.matching(&site.names);
        let effect = if decided { Effect::Nothing } else { Effect::Changed };
        rows.iter().for_each(|row| self.rules.note("[strings] closed", row, &site.names, effect));
        !decided && !rows.is_empty()
    }

    /// An enum of these literals, all strings or all numbers.
    pub(super) fn literal_enum(
        &mut self,
        literals: &[&LiteralShape],
        closed: bool,
        shapes: &[&Shape],
        site: &Site,
    ) -> RustTy {
        let rank = self.next_rank();
        let (path, known) = self.take(site, "Kind", shapes);
        if known {
            return RustTy::Path(path, Vec::new());
        }
        // Two members of an enum may have one value: the first names it.
        let unique = unique(literals.iter().copied());
        let names = self.variant_names(&unique, "value", closed, site);
        let mut variants = Vec::with_capacity(unique.len());
        for (literal, name) in unique.iter().zip(names) {
            let rendered = self.rendered(literal.doc.as_ref(), site.owner);
            self.undocumented += usize::from(rendered.lines.is_empty());
            variants.push(LiteralVariant {
                name,
                value: literal.value.clone(),
                doc: rendered.lines,
                deprecated: rendered.deprecated,
            });
        }
        let head = self.head(&path, Vec::new(), site, ("an enum", shapes));
        self.push(&path, site.owner, rank, RustItem::LiteralEnum(LiteralEnum { head, variants, closed }));
        RustTy::Path(path, Vec::new())
    }

    /// Names for the variants of literals; `of` is what a number without a name is a number of.
    pub(super) fn variant_names(
        &self,
        literals: &[&LiteralShape],
        of: &str,
        closed: bool,
        site: &Site,
    ) -> Vec<RustIdent> {
        let texts: Vec<String> = literals.iter().map(|literal| self.variant_text(literal, of, site)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        distinct(&texts, RustIdent::upper_camel, if closed { &[] } else { &[UNKNOWN] })
    }

    /// The words that a literal's variant is named by: a row of the recipe, what upstream calls it, or its value.
    fn variant_text(&self, literal: &LiteralShape, of: &str, site: &Site) -> String {
        let value = literal_text(&literal.value);
        let rows: Vec<String> = site.names.iter().map(|name| format!("{name}.{value}")).collect();
        if let Some(row) = self.input.recipe.rename.find(&rows) {
            return row.clone();
        }
        match (&literal.value, &literal.name) {
            (_, Some(name)) => name.clone(),
            (Literal::Number(number), None) if number.0 < 0.0 => format!("{of} minus {}", -number.0),
            (Literal::Number(number), None) => format!("{of} {number}"),
            _ => value,
        }
    }
}

/// A literal as it stands in JSON, without quotes.
pub(super) fn literal_text(value: &Literal) -> String {
    match value {
        Literal::String(text) => text.clone(),
        other => other.to_string(),
    }
}
