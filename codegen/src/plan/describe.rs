//! The documentation that an item has, whether upstream wrote it or not.

use super::docs::{self, Rendered};
use super::links::rustdoc_path;
use super::planner::Planner;
use super::site::Site;
use crate::model::{DefId, DefKind, Doc};
use crate::rust::{ItemHead, RustIdent, RustPath};
use crate::schema::Property;

impl Planner<'_> {
    /// Name, parameters and documentation of an item. `what` says what it is, for those upstream says nothing about.
    pub(super) fn head(&mut self, path: &RustPath, params: Vec<RustIdent>, site: &Site, what: &str) -> ItemHead {
        let declared = !site.nested;
        let rendered =
            if declared { self.rendered(self.def(site.owner).doc.as_ref(), site.owner) } else { Rendered::default() };
        self.undocumented += usize::from(rendered.lines.is_empty());
        let mut doc = rendered.lines;
        if doc.is_empty() {
            doc.push(if declared { self.what_it_is(site.owner) } else { self.where_it_stands(site, path, what) });
        }
        doc.push(String::new());
        doc.push(format!("From `{}`.", self.input.sources.display(self.def(site.owner).file)));
        ItemHead {
            name: path.name.clone(),
            params,
            doc,
            deprecated: rendered.deprecated,
            hidden: rendered.hidden,
            upstream: site.upstream().to_owned(),
            derives: self.input.recipe.derives.find(&site.names).cloned().unwrap_or_default(),
        }
    }

    /// A doc comment of a declaration, translated.
    pub(super) fn rendered(&self, doc: Option<&Doc>, owner: DefId) -> Rendered {
        let Some(doc) = doc else { return Rendered::default() };
        let file = self.def(owner).file;
        docs::render(doc, &self.links.within(file))
    }

    /// A property's documentation.
    pub(super) fn field_doc(&self, property: &Property, owner: DefId) -> Rendered {
        // A wire field without text takes that of its paired class's field: upstream documents the classes.
        if property.doc.is_none()
            && let Some((class, field)) = self.paired_property(property, owner)
        {
            return self.rendered(field.doc.as_ref(), class);
        }
        self.rendered(property.doc.as_ref(), property.owner.unwrap_or(owner))
    }

    fn what_it_is(&self, id: DefId) -> String {
        let def = self.def(id);
        let kind = match def.kind {
            DefKind::Class(_) => "class",
            DefKind::Interface(_) => "interface",
            DefKind::Enum(_) => "enum",
            _ => "type",
        };
        format!("Upstream's {kind} `{}`.", def.name)
    }

    fn where_it_stands(&self, site: &Site, path: &RustPath, what: &str) -> String {
        let owner = self.def(site.owner);
        let place = site.upstream().strip_prefix(owner.name.as_str()).unwrap_or_default().trim_start_matches('.');
        let owned = self.paths.get(&site.owner).filter(|own| *own != path);
        let owner = match owned {
            Some(own) => format!("[`{}`]({})", owner.name, rustdoc_path(own)),
            None => format!("`{}`", owner.name),
        };
        let what = format!("{}{}", what[..1].to_uppercase(), &what[1..]);
        if place.is_empty() { format!("{what} in {owner}.") } else { format!("{what}: the `{place}` of {owner}.") }
    }
}
