//! Unions told apart by a property.

use super::enums::literal_text;
use super::planner::Planner;
use super::site::Site;
use super::tags::Tag;
use crate::diagnostic::{Code, Diagnostic};
use crate::rust::{PayloadVariant, RustIdent, RustItem, RustTy, TaggedEnum, TaggedVariant};
use crate::schema::{LiteralShape, Property, Shape, literals_of, unique};
use std::collections::BTreeSet;

impl Planner<'_> {
    /// An enum with a variant for each value of the tag.
    pub(super) fn tagged(&mut self, tag: &Tag<'_>, shapes: &[&Shape], closed: bool, site: &Site) -> RustTy {
        let rank = self.next_rank();
        let named = (!closed).then(|| self.union_site(shapes, site)).flatten();
        let (site, taken) = named.as_ref().map_or((site, shapes), |(site, arms)| (site, arms.as_slice()));
        let (path, known) = self.take(site, "Union", taken);
        let (params, args) = self.params_of(shapes, site);
        if known {
            return RustTy::Path(path, args);
        }
        let mut site = site.within(&path, self.names.words(&path));
        site.spent.push(tag.name.clone());
        let literals = distinct_literals(tag);
        let closed = self.closed_by_rule(&site, closed) || closed;
        let names = self.variant_names(&literals, &tag.name, closed, &site);
        let mut payloads: Vec<Option<RustTy>> = vec![None; shapes.len()];
        let mut variants = Vec::with_capacity(literals.len());
        for (literal, name) in literals.iter().zip(names) {
            variants.push(self.tagged_variant(tag, literal, name, shapes, &mut payloads, &site));
        }
        let untagged = self.untagged_variant(tag, shapes, &site);
        let wire = self.tag_key(tag, shapes, &site);
        let head = self.head(&path, params, &site, ("a union", &[]));
        let item = TaggedEnum { head, tag: wire, variants, untagged, closed };
        self.push(&path, site.owner, rank, RustItem::Tagged(item));
        RustTy::Path(path, args)
    }

    /// The key of a tag on the wire, which all arms must agree on.
    fn tag_key(&mut self, tag: &Tag<'_>, shapes: &[&Shape], site: &Site) -> String {
        let property = |shape: &&Shape| match self.input.schema.resolve(shape) {
            Shape::Record(record) => record.property(&tag.name).cloned(),
            _ => None,
        };
        let properties: Vec<Property> = shapes.iter().filter_map(property).collect();
        let keys: BTreeSet<String> = properties.iter().map(|property| self.wire_key(property, site)).collect();
        if keys.len() > 1
            && let Some(first) = properties.first()
        {
            let message = format!("`{}` tells the arms of a union apart, and `[wire] key` gives it two keys", tag.name);
            let hint = "name the property of every arm in the rule";
            self.diagnostics.push(Diagnostic::error(Code::Recipe, first.location, message).with_hint(hint));
        }
        keys.into_iter().next().unwrap_or_else(|| self.cased_key(&tag.name, site))
    }

    fn tagged_variant(
        &mut self,
        tag: &Tag<'_>,
        literal: &LiteralShape,
        name: RustIdent,
        shapes: &[&Shape],
        payloads: &mut [Option<RustTy>],
        site: &Site,
    ) -> TaggedVariant {
        let arms: Vec<usize> = (0..shapes.len()).filter(|index| tag.arms[*index].literals.contains(&literal)).collect();
        let inner = site.arm(name.text());
        let (ty, enum_writes_tag) = match arms.as_slice() {
            [one] => {
                let values = &tag.arms[*one];
                let several = values.literals.len() > 1;
                if !values.absent && (several || self.drops_tag(shapes[*one], &tag.name)) {
                    let known = payloads[*one].take();
                    let ty = known.unwrap_or_else(|| self.payload(shapes[*one], &tag.name, &inner));
                    payloads[*one] = Some(ty.clone());
                    (ty, true)
                } else {
                    (self.ty(shapes[*one], &inner), false)
                }
            }
            several => {
                let shared: Vec<&Shape> = several.iter().map(|index| shapes[*index]).collect();
                (self.objects(&shared, false, &inner), false)
            }
        };
        let rendered = self.rendered(literal.doc.as_ref(), site.owner);
        self.undocumented += usize::from(rendered.lines.is_empty());
        let variant = PayloadVariant { name, ty, doc: rendered.lines, deprecated: rendered.deprecated };
        TaggedVariant { value: literal.value.clone(), enum_writes_tag, variant }
    }

    /// The variant of documents without the tag.
    fn untagged_variant(&mut self, tag: &Tag<'_>, shapes: &[&Shape], site: &Site) -> Option<PayloadVariant> {
        let bare: Vec<&Shape> =
            shapes.iter().zip(&tag.arms).filter(|(_, values)| values.absent).map(|(shape, _)| *shape).collect();
        if bare.is_empty() {
            return None;
        }
        let taken: Vec<String> = distinct_literals(tag).iter().map(|literal| literal_text(&literal.value)).collect();
        let mut name = RustIdent::upper_camel(&format!("without {}", tag.name));
        if taken.iter().any(|text| RustIdent::upper_camel(text) == name) {
            name = RustIdent::upper_camel(&format!("without {} tag", tag.name));
        }
        let ty = self.objects(&bare, false, &site.arm(name.text()));
        Some(PayloadVariant { name, ty, doc: vec![format!("Without `{}`.", tag.name)], deprecated: None })
    }
}

/// The values of a tag, in the order of the arms.
pub(super) fn distinct_literals<'s>(tag: &Tag<'s>) -> Vec<&'s LiteralShape> {
    unique(tag.arms.iter().flat_map(|arm| arm.literals.iter().copied()))
}

impl Planner<'_> {
    /// The literal that a shape is, where it is one value only.
    pub(super) fn single_literal(&self, shape: &Shape) -> Option<LiteralShape> {
        match literals_of(self.input.schema, &[shape]).as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        }
    }
}
