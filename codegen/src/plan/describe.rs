//! The documentation that an item has, whether upstream wrote it or not.

use super::docs::{self, Rendered};
use super::links::rustdoc_path;
use super::patterns;
use super::planner::Planner;
use super::site::Site;
use crate::model::{DefId, Doc};
use crate::rust::{ItemHead, RustIdent, RustPath, Sample};
use crate::schema::{Property, Shape};

impl Planner<'_> {
    /// Name, parameters and documentation of an item. `what` says what it is, for those upstream says nothing about;
    /// `shapes` are what it is made of.
    pub(super) fn head(
        &mut self,
        path: &RustPath,
        params: Vec<RustIdent>,
        site: &Site,
        (what, shapes): (&str, &[&Shape]),
    ) -> ItemHead {
        let declared = !site.nested;
        let rendered =
            if declared { self.rendered(self.def(site.owner).doc.as_ref(), site.owner) } else { Rendered::default() };
        self.undocumented += usize::from(rendered.lines.is_empty());
        let mut doc = rendered.lines;
        if doc.is_empty() {
            match self.def(site.owner).part_of.filter(|_| self.def(site.owner).implied && declared) {
                Some(whole) => doc.push(self.place_of(whole, &self.def(site.owner).name, path, what)),
                // What it is made of and where it is used is known when all items are there.
                None if declared => drop(self.undescribed.insert(path.clone(), site.owner)),
                None => doc.push(self.where_it_stands(site, path, what)),
            }
        }
        if let Some(sentence) = patterns::sentence(shapes) {
            add_paragraph(&mut doc, sentence);
        }
        self.add_example(&mut doc, site.owner, path);
        ItemHead {
            name: path.name.clone(),
            params,
            doc,
            deprecated: rendered.deprecated,
            hidden: rendered.hidden,
            upstream: site.upstream().to_owned(),
            derives: self.input.recipe.derives.find(&site.names).cloned().unwrap_or_default(),
            // A pass over the whole crate says it at the end.
            sample: Sample::None,
        }
    }

    /// A doc comment of a declaration, translated.
    pub(super) fn rendered(&self, doc: Option<&Doc>, owner: DefId) -> Rendered {
        let Some(doc) = doc else { return Rendered::default() };
        let file = self.def(owner).file;
        docs::render(doc, &self.links.within(file))
    }

    /// A property's documentation.
    pub(super) fn field_doc(&mut self, property: &Property, owner: DefId) -> Rendered {
        // A wire field without text takes that of its paired class's field: upstream documents the classes.
        let mut doc = if property.doc.is_none()
            && let Some((class, field)) = self.paired_property(property, owner)
        {
            self.rendered(field.doc.as_ref(), class)
        } else {
            self.rendered(property.doc.as_ref(), property.owner.unwrap_or(owner))
        };
        self.undocumented += usize::from(doc.lines.is_empty());
        if let Some(sentence) = patterns::sentence(&[&property.shape]) {
            add_paragraph(&mut doc.lines, sentence);
        }
        doc
    }

    /// Puts the example that the recipe has for a declaration behind all else. It is the only text here that is compiled:
    /// it is the maintainer's own. Types that are made of parts of a declaration have none.
    fn add_example(&self, doc: &mut Vec<String>, owner: DefId, path: &RustPath) {
        if self.paths.get(&owner) != Some(path) {
            return;
        }
        if let Some(code) = self.input.recipe.examples.find(&[&self.def(owner).name]) {
            if !doc.is_empty() {
                doc.push(String::new());
            }
            doc.extend(["# Example".to_owned(), String::new()]);
            doc.extend(docs::block("rust", code.trim_matches('\n')));
        }
    }

    fn where_it_stands(&self, site: &Site, path: &RustPath, what: &str) -> String {
        if let Some(written) = &site.written {
            return format!("{}: `{written}`.", capitalized(what));
        }
        if self.values.get(&site.owner) == Some(path) {
            return format!("What {} is when it is not `null`.", self.owner_link(site.owner, path));
        }
        self.place_of(site.owner, site.upstream(), path, what)
    }

    /// `An enum: the `role` of [`User`](…).` `upstream` is what upstream calls the place.
    fn place_of(&self, owner: DefId, upstream: &str, path: &RustPath, what: &str) -> String {
        let name = self.def(owner).name.as_str();
        let place = upstream.strip_prefix(name).unwrap_or_default().trim_start_matches('.');
        let (what, owner) = (capitalized(what), self.owner_link(owner, path));
        if place.is_empty() { format!("{what} in {owner}.") } else { format!("{what}: the `{place}` of {owner}.") }
    }

    fn owner_link(&self, owner: DefId, path: &RustPath) -> String {
        let name = &self.def(owner).name;
        let owned = self.paths.get(&owner).filter(|own| *own != path && self.has_item(owner));
        owned.map_or_else(|| format!("`{name}`"), |own| format!("[`{name}`]({})", rustdoc_path(own)))
    }
}

fn capitalized(what: &str) -> String {
    format!("{}{}", what[..1].to_uppercase(), &what[1..])
}

/// Puts a paragraph behind the text and before the first section.
fn add_paragraph(doc: &mut Vec<String>, paragraph: String) {
    let mut fence: Option<usize> = None;
    let section = doc.iter().position(|line| {
        let ticks = line.chars().take_while(|c| *c == '`').count();
        match fence {
            Some(open) if ticks >= open => fence = None,
            None if ticks >= 3 => fence = Some(ticks),
            _ => {}
        }
        fence.is_none() && line.starts_with("# ")
    });
    match section {
        Some(place) => {
            doc.splice(place..place, [paragraph, String::new()]);
        }
        None if doc.is_empty() => doc.push(paragraph),
        None => doc.extend([String::new(), paragraph]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_paragraph(doc: &[&str]) -> Vec<String> {
        let mut doc: Vec<String> = doc.iter().map(|line| (*line).to_owned()).collect();
        add_paragraph(&mut doc, "Keys: `a`.".to_owned());
        doc
    }

    #[test]
    fn a_paragraph_stands_before_the_first_section() {
        assert_eq!(with_paragraph(&["Text."]), ["Text.", "", "Keys: `a`."]);
        assert_eq!(
            with_paragraph(&["Text.", "", "# Example", "", "x"]),
            ["Text.", "", "Keys: `a`.", "", "# Example", "", "x"]
        );
        let fenced = with_paragraph(&["````sh", "```", "# no heading", "````"]);
        assert_eq!(fenced.last().map(String::as_str), Some("Keys: `a`."));
    }
}
