//! `{@inheritDoc X.y}`, `@inheritDoc`: documentation that stands elsewhere, put where it is wanted.

use crate::model::{Def, DefId, DefKind, Doc, Member, Model, Ty};

/// How many of them may follow each other; they may go in circles.
const MAX_HOPS: usize = 8;

/// A documented thing: a declaration, or a member of one by place.
type Spot = (usize, Option<usize>);

/// Puts the text of what they name into all comments that inherit.
pub(super) fn settle(model: &mut Model) {
    let mut settled: Vec<(Spot, Doc)> = Vec::new();
    for (index, def) in model.defs.iter().enumerate() {
        let members = members(def).iter().enumerate().map(|(place, _)| (index, Some(place)));
        for spot in std::iter::once((index, None)).chain(members) {
            if let Some(doc) = doc(model, spot).filter(|doc| wish(doc).is_some()) {
                settled.push((spot, filled(model, spot, doc, MAX_HOPS)));
            }
        }
    }
    for ((index, place), doc) in settled {
        let def = &mut model.defs[index];
        let old = match place {
            None => Some(&mut def.doc),
            Some(place) => members_mut(def).and_then(|members| members.get_mut(place)).and_then(doc_mut),
        };
        if let Some(old) = old {
            *old = Some(doc);
        }
    }
}

/// What a comment wants to inherit from: a name, or nothing for what the thing overrides. `None` where it does not.
fn wish(doc: &Doc) -> Option<&str> {
    if let Some((_, rest)) = split(&doc.text) {
        return rest.split_once('}').map(|(name, _)| name.trim());
    }
    doc.tags.iter().find(|tag| tag.name.eq_ignore_ascii_case("inheritdoc")).map(|_| "")
}

/// The text around the tag.
fn split(text: &str) -> Option<(&str, &str)> {
    text.split_once("{@inheritDoc").or_else(|| text.split_once("{@inheritdoc"))
}

/// The comment with the text of what it inherits from; without that, as it is.
fn filled(model: &Model, spot: Spot, doc: &Doc, hops: usize) -> Doc {
    let target = wish(doc).and_then(|name| match name {
        "" => overridden(model, spot),
        name => named(model, spot.0, name),
    });
    let Some(target) = target.filter(|target| *target != spot && hops > 0) else { return doc.clone() };
    let Some(found) = self::doc(model, target) else { return doc.clone() };
    let found = if wish(found).is_some() { filled(model, target, found, hops - 1) } else { found.clone() };
    let mut result = doc.clone();
    result.text = match split(&doc.text) {
        Some((before, rest)) => {
            let after = rest.split_once('}').map_or("", |(_, after)| after);
            format!("{before}{}{after}", found.text)
        }
        None => [found.text.as_str(), doc.text.as_str()].join("\n\n").trim().to_owned(),
    };
    result.tags.retain(|tag| !tag.name.eq_ignore_ascii_case("inheritdoc"));
    result.tags.extend(found.tags.into_iter().filter(|tag| tag.name == "remarks"));
    result
}

/// What a name in a comment means: `Type`, `Type.member`, `package#Type.member`, `(Type:class)`.
fn named(model: &Model, around: usize, name: &str) -> Option<Spot> {
    let name = name.rsplit_once('#').filter(|(package, _)| package.contains('/')).map_or(name, |(_, name)| name);
    let plain: String = name.chars().map(|sign| if sign == '#' { '.' } else { sign }).collect();
    let plain = plain.replace(['(', ')'], "");
    let parts: Vec<&str> = plain.split('.').map(|part| part.split(':').next().unwrap_or(part)).collect();
    let whole = parts.join(".");
    if let Some(def) = declaration(model, around, &whole) {
        return Some((def, None));
    }
    let (owner, member) = whole.rsplit_once('.')?;
    let def = declaration(model, around, owner)?;
    member_of(model, def, member)
}

/// The declaration of a name: the file's own first.
fn declaration(model: &Model, around: usize, name: &str) -> Option<usize> {
    let file = model.defs[around].file;
    let all = || {
        model
            .defs
            .iter()
            .enumerate()
            .filter(|(_, def)| def.name == name && def.doc.is_some() | !members(def).is_empty())
    };
    all().find(|(_, def)| def.file == file).or_else(|| all().next()).map(|(index, _)| index)
}

fn member_of(model: &Model, def: usize, name: &str) -> Option<Spot> {
    let place = members(&model.defs[def]).iter().position(|member| named_so(member, name))?;
    Some((def, Some(place)))
}

fn named_so(member: &Member, name: &str) -> bool {
    match member {
        Member::Property(property) => property.key.text().as_deref() == Some(name),
        Member::Method(method) => method.key.text().as_deref() == Some(name),
        _ => false,
    }
}

/// What a declaration or a member stands in the place of: the same of the nearest base that has it.
fn overridden(model: &Model, (def, place): Spot) -> Option<Spot> {
    let name = match place {
        None => None,
        Some(place) => match &members(&model.defs[def])[place] {
            Member::Property(property) => property.key.text(),
            Member::Method(method) => method.key.text(),
            _ => return None,
        },
    };
    let mut open = bases(&model.defs[def]);
    for _ in 0..MAX_HOPS * MAX_HOPS {
        let base = (!open.is_empty()).then(|| open.remove(0))?.0 as usize;
        let spot = match &name {
            None => Some((base, None)),
            Some(name) => member_of(model, base, name),
        };
        if let Some(spot) = spot.filter(|spot| doc(model, *spot).is_some()) {
            return Some(spot);
        }
        open.extend(bases(&model.defs[base]));
    }
    None
}

fn bases(def: &Def) -> Vec<DefId> {
    let bases: Vec<&Ty> = match &def.kind {
        DefKind::Class(class) => class.bases().chain(&class.implements).collect(),
        DefKind::Interface(interface) => interface.extends.iter().collect(),
        _ => Vec::new(),
    };
    let refs = bases.into_iter().filter_map(|base| match base {
        Ty::Ref(reference) => Some(reference.def),
        _ => None,
    });
    refs.collect()
}

fn members(def: &Def) -> &[Member] {
    match &def.kind {
        DefKind::Class(class) => &class.members,
        DefKind::Interface(interface) => &interface.members,
        DefKind::Alias(Ty::Object(object)) => &object.members,
        _ => &[],
    }
}

fn members_mut(def: &mut Def) -> Option<&mut Vec<Member>> {
    match &mut def.kind {
        DefKind::Class(class) => Some(&mut class.members),
        DefKind::Interface(interface) => Some(&mut interface.members),
        DefKind::Alias(Ty::Object(object)) => Some(&mut object.members),
        _ => None,
    }
}

fn doc(model: &Model, (def, place): Spot) -> Option<&Doc> {
    match place {
        None => model.defs[def].doc.as_ref(),
        Some(place) => match members(&model.defs[def]).get(place)? {
            Member::Property(property) => property.doc.as_ref(),
            Member::Method(method) => method.doc.as_ref(),
            _ => None,
        },
    }
}

fn doc_mut(member: &mut Member) -> Option<&mut Option<Doc>> {
    match member {
        Member::Property(property) => Some(&mut property.doc),
        Member::Method(method) => Some(&mut method.doc),
        _ => None,
    }
}
