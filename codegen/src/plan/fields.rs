//! Properties: names, wire keys, presence, secrets.

use super::planner::Planner;
use super::site::Site;
use crate::recipe::WireCase;
use crate::rust::{Presence, RustField, RustIdent, RustTy};
use crate::schema::Property;
use heck::{ToKebabCase, ToLowerCamelCase, ToSnakeCase};

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
        // Every row is asked, so that one that says what is so anyway still counts as used.
        let absent_ok = recipe.absent_ok.matches(&place.names);
        let null_ok = recipe.null_ok.matches(&place.names) && !untyped;
        let merge = recipe.merge.matches(&place.names);
        match (optional, nullable) {
            (false, false) if null_ok && absent_ok => Presence::NullableOrAbsent,
            (false, false) if null_ok => Presence::Nullable,
            (false, false) if absent_ok => Presence::Optional,
            (false, false) => Presence::Required,
            (true, false) if null_ok => Presence::Merged,
            (true, false) => Presence::Optional,
            (false, true) if absent_ok => Presence::NullableOrAbsent,
            (false, true) => Presence::Nullable,
            (true, true) if merge => Presence::Merged,
            (true, true) => Presence::Maybe,
        }
    }

    fn is_secret(&self, name: &str, place: &Site) -> bool {
        let mut names = place.names.clone();
        names.push(name.to_owned());
        self.input.recipe.redact.matches(&names)
    }

    /// A property's key on the wire.
    pub(super) fn wire_key(&self, name: &str, site: &Site) -> String {
        match site.case {
            None => name.to_owned(),
            Some(WireCase::Snake | WireCase::DeepSnake) => name.to_snake_case(),
            Some(WireCase::Camel) => name.to_lower_camel_case(),
            Some(WireCase::Kebab) => name.to_kebab_case(),
        }
    }
}
