//! Properties: names, wire keys, presence, secrets.

use super::planner::Planner;
use super::site::Site;
use crate::recipe::{Effect, Row, WireCase};
use crate::rust::{Presence, RustField, RustIdent, RustTy};
use crate::schema::Property;
use heck::{ToKebabCase, ToLowerCamelCase, ToSnakeCase};

/// What upstream declares of a property.
#[derive(Clone, Copy)]
struct Declared {
    /// It may be absent.
    optional: bool,
    /// It may be null.
    nullable: bool,
}

impl Declared {
    /// The presence of the field, with what the recipe allows beside it: absent and null stay apart wherever both can
    /// come, unless they are merged. What is merged is written as the declaration would have it.
    fn presence(self, absent_ok: bool, null_ok: bool, merge: bool) -> Presence {
        match (self.optional || absent_ok, self.nullable || null_ok) {
            (false, false) => Presence::Required,
            (true, false) => Presence::Optional,
            (false, true) => Presence::Nullable,
            (true, true) if !merge => Presence::Maybe,
            (true, true) if self.optional => Presence::Merged,
            (true, true) => Presence::NullableOrAbsent,
        }
    }
}

impl Planner<'_> {
    /// What recipe rows may call a property: by the type it is in, and by the declaration it comes from.
    pub(super) fn field_names(&self, property: &Property, site: &Site) -> Vec<String> {
        site.field_names(&property.name, self.inherited_name(property))
    }

    /// What recipe rows call a property by the declaration it comes from.
    pub(super) fn inherited_name(&self, property: &Property) -> Option<String> {
        property.owner.map(|owner| format!("{}.{}", self.def(owner).name, property.name))
    }

    /// A field.
    pub(super) fn field(&mut self, property: &Property, name: RustIdent, wire: String, site: &Site) -> RustField {
        let place = site.field(&property.name, self.inherited_name(property));
        let home = self.property_site(property, place.clone());
        let (ty, nullable) = match self.ty(&property.shape, &home) {
            RustTy::Option(inner) => (*inner, true),
            ty => (ty, false),
        };
        let presence = self.presence(property.optional, nullable, &ty, &place);
        let doc = self.field_doc(property, site.owner);
        RustField {
            name,
            wire: vec![wire],
            ty,
            presence,
            default: None,
            secret: self.is_secret(&property.name, &place),
            doc: doc.lines,
            deprecated: doc.deprecated,
            hidden: doc.hidden,
        }
    }

    fn presence(&self, optional: bool, nullable: bool, ty: &RustTy, place: &Site) -> Presence {
        let recipe = self.input.recipe;
        // An untyped value has a null of its own.
        let untyped = matches!(ty, RustTy::Json | RustTy::Null);
        let absent_ok = recipe.absent_ok.matching(&place.names);
        let null_ok = recipe.null_ok.matching(&place.names);
        let merge = recipe.merge.matching(&place.names);
        let declared = Declared { optional, nullable };
        let with = |absent: bool, null: bool, merge: bool| declared.presence(absent, null && !untyped, merge);
        let (absent, null, merged) = (!absent_ok.is_empty(), !null_ok.is_empty(), !merge.is_empty());
        let presence = with(absent, null, merged);
        let note = |section, rows: Vec<&Row<()>>, without: Presence| {
            let effect = if without == presence { Effect::Nothing } else { Effect::Changed };
            rows.into_iter().for_each(|row| self.rules.note(section, row, &place.names, effect));
        };
        note("[nulls] absent_ok", absent_ok, with(false, null, merged));
        note("[nulls] null_ok", null_ok, with(absent, false, merged));
        note("[nulls] merge", merge, with(absent, null, false));
        presence
    }

    fn is_secret(&self, name: &str, place: &Site) -> bool {
        let mut names = place.names.clone();
        names.push(name.to_owned());
        self.input.recipe.redact.matches(&names)
    }

    /// A property's key on the wire: what a rule calls it, or its name in the case of its type.
    pub(super) fn wire_key(&self, property: &Property, site: &Site) -> String {
        property.key.clone().unwrap_or_else(|| self.cased_key(&property.name, site))
    }

    /// A name in the case that keys have at a site.
    pub(super) fn cased_key(&self, name: &str, site: &Site) -> String {
        match site.case {
            None => name.to_owned(),
            Some(WireCase::Snake | WireCase::DeepSnake) => name.to_snake_case(),
            Some(WireCase::Camel) => name.to_lower_camel_case(),
            Some(WireCase::Kebab) => name.to_kebab_case(),
        }
    }
}
