//! Unions that are reached by keys: `components['schemas']['Role']` is an alias in all but name.
//!
//! Where a property's union is used elsewhere by the way to it, it becomes an alias that upstream implies, named by that
//! way; both places refer to it, so that both have one type. An alias that says nothing but the way (`type Role =
//! components['schemas']['Role']`) is that alias itself.

use crate::model::{
    Def, DefId, DefKind, Doc, Keyword, Literal, Member, Model, PropertyDef, Ty, TypeRef, UnionArm, Visibility,
};
use crate::source::Location;
use std::collections::BTreeMap;

/// How many references are followed; they may go in circles.
const MAX_HOPS: usize = 32;

/// How many keys a name has at most: a longer way is no name.
const MAX_KEYS: usize = 3;

/// A way as it is written: a declaration and keys.
type Way = (DefId, Vec<String>);

/// A property that is reached.
struct Reached<'m> {
    /// The declaration that it stands in, and the keys from there.
    way: Way,
    property: &'m PropertyDef,
}

/// A union that gets a name.
struct Implied {
    /// Where its property stands.
    way: Way,
    location: Location,
    ty: Ty,
    doc: Option<Doc>,
    /// What it is from now on.
    def: DefId,
}

/// Makes the aliases that are implied.
pub(super) fn settle(model: &mut Model) {
    let ways = ways(model);
    let mut found: BTreeMap<Location, Implied> = BTreeMap::new();
    let mut uses: BTreeMap<Way, (Location, bool)> = BTreeMap::new();
    for way in ways {
        let Some(Reached { way: place, property }) = reached(model, &way, MAX_HOPS) else { continue };
        if place.1.len() > MAX_KEYS || !is_named(&property.ty) {
            continue;
        }
        let (location, ty, doc) = (property.location, property.ty.clone(), property.doc.clone());
        uses.insert(way, (location, property.optional));
        found.entry(location).or_insert(Implied { way: place, location, ty, doc, def: DefId(0) });
    }
    claim(model, &mut found, &uses);
    for implied in found.values() {
        declare(model, implied);
    }
    let mut refer = |ty: &mut Ty| {
        if let Some((location, optional)) = written(ty).and_then(|way| uses.get(&way)) {
            *ty = found[location].reference(*optional);
        }
    };
    model.defs.iter_mut().for_each(|def| def.each_ty_mut(&mut refer));
}

/// Every way that is written somewhere.
fn ways(model: &mut Model) -> Vec<Way> {
    let mut ways = Vec::new();
    model.defs.iter_mut().for_each(|def| def.each_ty_mut(&mut |ty| ways.extend(written(ty))));
    ways.sort_unstable();
    ways.dedup();
    ways
}

/// The way that a type expression is: keys behind a declaration without parameters.
fn written(ty: &Ty) -> Option<Way> {
    let Ty::Indexed(object, key) = ty else { return None };
    let key = match &**key {
        Ty::Literal(Literal::String(key)) => key.clone(),
        _ => return None,
    };
    let (def, mut keys) = match &**object {
        Ty::Ref(TypeRef { def, member: None, args, .. }) if args.is_empty() => (*def, Vec::new()),
        object => written(object)?,
    };
    keys.push(key);
    Some((def, keys))
}

/// The property that a way leads to. Nothing is evaluated: it goes through what is declared as it stands.
fn reached<'m>(model: &'m Model, (def, keys): &Way, hops: usize) -> Option<Reached<'m>> {
    let (last, before) = keys.split_last()?;
    let mut place = of_def(model, *def, hops)?;
    for key in before {
        let Reached { way, property } = member(model, &place, key, hops)?;
        if property.optional {
            return None;
        }
        place = of_type(model, &property.ty, way, hops)?;
    }
    member(model, &place, last, hops)
}

/// Members, and the way to what has them.
type Place<'m> = (Way, &'m [Member]);

fn of_def(model: &Model, id: DefId, hops: usize) -> Option<Place<'_>> {
    let def = model.def(id);
    let way = (id, Vec::new());
    match &def.kind {
        _ if !def.params.is_empty() => None,
        DefKind::Interface(interface) => Some((way, &interface.members)),
        DefKind::Class(class) => Some((way, &class.members)),
        DefKind::Alias(ty) => of_type(model, ty, way, hops),
        _ => None,
    }
}

fn of_type<'m>(model: &'m Model, ty: &'m Ty, way: Way, hops: usize) -> Option<Place<'m>> {
    let hops = hops.checked_sub(1)?;
    match ty {
        Ty::Object(object) => Some((way, &object.members)),
        Ty::Ref(TypeRef { def, member: None, args, .. }) if args.is_empty() => of_def(model, *def, hops),
        ty => {
            let Reached { way, property } = reached(model, &written(ty)?, hops)?;
            if property.optional { None } else { of_type(model, &property.ty, way, hops) }
        }
    }
}

fn member<'m>(model: &'m Model, (way, members): &Place<'m>, key: &str, hops: usize) -> Option<Reached<'m>> {
    let own = members.iter().find_map(|member| match member {
        Member::Property(property) if property.key.text().as_deref() == Some(key) => Some(property),
        _ => None,
    });
    if let Some(property) = own {
        let mut way = way.clone();
        way.1.push(key.to_owned());
        return Some(Reached { way, property }).filter(|_| property.visibility == Visibility::Public);
    }
    let bases: Vec<&Ty> = match &model.def(way.0).kind {
        _ if !way.1.is_empty() => Vec::new(),
        DefKind::Interface(interface) => interface.extends.iter().collect(),
        DefKind::Class(class) => class.bases().collect(),
        _ => Vec::new(),
    };
    let hops = hops.checked_sub(1)?;
    bases.into_iter().find_map(|base| member(model, &of_type(model, base, way.clone(), hops)?, key, hops))
}

/// Whether a type is a union that needs a name, and means the same everywhere.
fn is_named(ty: &Ty) -> bool {
    let Ty::Union(arms) = ty else { return false };
    let is_null = |arm: &&UnionArm| matches!(arm.ty, Ty::Keyword(Keyword::Null | Keyword::Undefined));
    let values: Vec<&UnionArm> = arms.iter().filter(|arm| !is_null(arm)).collect();
    let mut depends = false;
    ty.clone().each_mut(&mut |part| depends |= matches!(part, Ty::This | Ty::Param(_) | Ty::Infer(_)));
    values.len() > 1 && values.iter().any(|arm| !matches!(arm.ty, Ty::Keyword(_))) && !depends
}

/// Decides which declaration each union becomes: the first alias that is the way to it, or one of its own.
fn claim(model: &mut Model, found: &mut BTreeMap<Location, Implied>, uses: &BTreeMap<Way, (Location, bool)>) {
    let mut aliases: BTreeMap<Location, DefId> = BTreeMap::new();
    for (index, def) in model.defs.iter().enumerate().filter(|(_, def)| def.params.is_empty()) {
        if let DefKind::Alias(ty) = &def.kind
            && let Some((location, false)) = written(ty).and_then(|way| uses.get(&way))
        {
            aliases.entry(*location).or_insert(DefId(index as u32));
        }
    }
    let mut next = model.defs.len();
    for (location, implied) in found {
        implied.def = aliases.get(location).copied().unwrap_or_else(|| {
            next += 1;
            DefId(next as u32 - 1)
        });
    }
}

/// Puts the union into its alias, and a reference to that into its property.
fn declare(model: &mut Model, implied: &Implied) {
    let Implied { way: (root, keys), location, ty, doc, def } = implied;
    if let Some(property) = property_mut(model, *root, keys) {
        property.ty = implied.reference(false);
    }
    let kind = DefKind::Alias(ty.clone());
    if let Some(alias) = model.defs.get_mut(def.0 as usize) {
        (alias.kind, alias.part_of) = (kind, Some(*root));
        alias.doc = alias.doc.take().or_else(|| doc.clone());
        return;
    }
    let part_of = Some(*root);
    let root = model.def(*root);
    let name = std::iter::once(&root.name).chain(keys).map(String::as_str).collect::<Vec<_>>().join(".");
    let (file, ambient) = (root.file, root.ambient.clone());
    let (location, doc) = (*location, doc.clone());
    model.defs.push(Def { name, file, location, doc, params: Vec::new(), kind, ambient, implied: true, part_of });
}

fn property_mut<'m>(model: &'m mut Model, root: DefId, keys: &[String]) -> Option<&'m mut PropertyDef> {
    let (first, rest) = keys.split_first()?;
    let members = match &mut model.defs.get_mut(root.0 as usize)?.kind {
        DefKind::Interface(interface) => &mut interface.members,
        DefKind::Class(class) => &mut class.members,
        DefKind::Alias(Ty::Object(object)) => &mut object.members,
        _ => return None,
    };
    let mut property = named_mut(members, first)?;
    for key in rest {
        let Ty::Object(object) = &mut property.ty else { return None };
        property = named_mut(&mut object.members, key)?;
    }
    Some(property)
}

fn named_mut<'m>(members: &'m mut [Member], key: &str) -> Option<&'m mut PropertyDef> {
    members.iter_mut().find_map(|member| match member {
        Member::Property(property) if property.key.text().as_deref() == Some(key) => Some(property),
        _ => None,
    })
}

impl Implied {
    /// What stands for it; the way to an optional property gives `undefined` too.
    fn reference(&self, optional: bool) -> Ty {
        let reference = TypeRef { def: self.def, member: None, args: Vec::new(), location: self.location };
        if !optional {
            return Ty::Ref(reference);
        }
        let arms = [Ty::Ref(reference), Ty::Keyword(Keyword::Undefined)];
        Ty::Union(arms.into_iter().map(|ty| UnionArm { ty, doc: None }).collect())
    }
}
