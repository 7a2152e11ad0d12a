//! What is said of types that upstream says nothing about: what they are, what they are made of, who uses them. Facts of
//! the declarations, in a line or two.

use super::boxing::path_of;
use super::links::rustdoc_path;
use super::patterns::code;
use super::planner::Planner;
use super::users::{Holder, Users, each_named};
use crate::model::{Def, DefId, DefKind, Literal, Ty};
use crate::rust::{JsonKind, LiteralEnum, RustItem, RustMember, RustPath, RustStruct, RustTy};

/// More names than this are counted instead of listed.
const LISTED: usize = 3;

/// Describes the items that have no text.
pub(super) fn describe(planner: &mut Planner<'_>) {
    if planner.undescribed.is_empty() {
        return;
    }
    let users = Users::new(planner);
    let texts: Vec<Option<Vec<String>>> = planner
        .items
        .iter()
        .map(|placed| {
            let path = path_of(placed)?;
            let owner = planner.undescribed.get(&path)?;
            Some(text(planner, &users, *owner, &path, &placed.item))
        })
        .collect();
    for (placed, text) in planner.items.iter_mut().zip(texts) {
        if let (Some(mut text), Some(head)) = (text, placed.item.head_mut()) {
            if !head.doc.is_empty() {
                text.push(String::new());
            }
            head.doc.splice(0..0, text);
        }
    }
}

/// `Upstream's interface X: an object of 3 properties.`, then what it is made of and who uses it.
fn text(planner: &Planner<'_>, users: &Users, owner: DefId, path: &RustPath, item: &RustItem) -> Vec<String> {
    let def = planner.def(owner);
    let kind = match def.kind {
        DefKind::Class(_) => "class",
        DefKind::Interface(_) => "interface",
        DefKind::Enum(_) => "enum",
        _ => "type",
    };
    let mut lines = vec![format!("Upstream's {kind} {}: {}.", code(&def.name), what(item))];
    let mut sentences: Vec<String> = made_of(planner, owner, def).into_iter().collect();
    sentences.extend(used(planner, users, owner, path));
    if !sentences.is_empty() {
        lines.extend([String::new(), sentences.join(" ")]);
    }
    lines
}

/// What an item is, as JSON.
fn what(item: &RustItem) -> String {
    match item {
        RustItem::Struct(item) => object(item),
        RustItem::LiteralEnum(item) => literals(item),
        RustItem::Tagged(item) => {
            let arms = item.variants.len() + usize::from(item.untagged.is_some());
            format!("one of {} told apart by {}", counted(arms, "object"), code(&item.tag))
        }
        RustItem::Untagged(item) => {
            let objects = item.variants.iter().all(|variant| variant.kinds == [JsonKind::Object]);
            format!("one of {}", counted(item.variants.len(), if objects { "object" } else { "type" }))
        }
        RustItem::Tuple(item) => format!("a list of {}", counted(item.places.len(), "place")),
        RustItem::Alias(item) => match &item.ty {
            RustTy::Path(path, args) if args.is_empty() => format!("another name of {}", link(path)),
            other => code(&other.to_string()),
        },
        // Conversions have no documentation.
        RustItem::From(_) => String::new(),
    }
}

fn object(item: &RustStruct) -> String {
    let properties = item.members.iter().filter(|member| !matches!(member, RustMember::Forbidden { .. })).count();
    match (properties, item.extras.is_empty()) {
        (0, true) => "an object without properties".to_owned(),
        (0, false) => "an object of any keys".to_owned(),
        (_, true) => format!("an object of {}", counted(properties, "property")),
        (_, false) => format!("an object of {} and further keys", counted(properties, "property")),
    }
}

fn literals(item: &LiteralEnum) -> String {
    let all = |test: fn(&Literal) -> bool| item.variants.iter().all(|variant| test(&variant.value));
    let word = match () {
        () if all(|value| matches!(value, Literal::String(_))) => "text",
        () if all(|value| matches!(value, Literal::Number(_))) => "number",
        () => "value",
    };
    match item.variants.as_slice() {
        [one] => format!("the {word} {}", code(&one.value.to_string())),
        more => format!("one of {}", counted(more.len(), word)),
    }
}

/// `one property`, `3 properties`
fn counted(count: usize, word: &str) -> String {
    match (count, word.strip_suffix('y')) {
        (1, _) => format!("one {word}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {word}s"),
    }
}

/// The bases of a declaration, or the operator that an alias is made by and what it is made from.
fn made_of(planner: &Planner<'_>, owner: DefId, def: &Def) -> Option<String> {
    let from = |tys: &mut dyn Iterator<Item = &Ty>, deep: bool| {
        let mut found = Vec::new();
        tys.for_each(|ty| if deep { each_inside(ty, &mut found) } else { each_named(ty, &mut |def| found.push(def)) });
        let mut names = Vec::new();
        for name in found.into_iter().filter(|id| *id != owner).map(|id| named(planner, id)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| listed(&names))
    };
    let by = |word: &str, from: Option<String>| from.map(|from| format!("Made by {word} from {from}."));
    let ty = match &def.kind {
        DefKind::Class(class) => return from(&mut class.bases(), false).map(|bases| format!("Extends {bases}.")),
        DefKind::Interface(interface) => {
            return from(&mut interface.extends.iter(), false).map(|bases| format!("Extends {bases}."));
        }
        DefKind::Alias(ty) => ty,
        _ => return None,
    };
    match ty {
        // What an object of its own holds is no part of it.
        Ty::Intersection(parts) => {
            by("`&`", from(&mut parts.iter().filter(|part| !matches!(part, Ty::Object(_))), true))
        }
        Ty::Union(arms) => {
            let word = if arms.iter().all(|arm| matches!(arm.ty, Ty::Ref(_))) { "Made of" } else { "Among them" };
            from(&mut arms.iter().map(|arm| &arm.ty), false).map(|arms| format!("{word} {arms}."))
        }
        Ty::Ref(named_ty) if !named_ty.args.is_empty() => {
            by(&named(planner, named_ty.def), from(&mut named_ty.args.iter(), true))
        }
        Ty::Library(library) => by(&code(&library.name), from(&mut library.args.iter(), true)),
        Ty::Keyof(_) => by("`keyof`", from(&mut std::iter::once(ty), true)),
        Ty::TypeOf(_) => by("`typeof`", from(&mut std::iter::once(ty), true)),
        Ty::Indexed(..) => from(&mut std::iter::once(ty), true).map(|from| format!("Picked by key from {from}.")),
        Ty::Conditional(_) => by("a conditional type", from(&mut std::iter::once(ty), true)),
        Ty::Mapped(_) => by("a mapped type", from(&mut std::iter::once(ty), true)),
        _ => None,
    }
}

/// The declarations that an operator looks at, in the order in which they are written.
fn each_inside(ty: &Ty, found: &mut Vec<DefId>) {
    // The walk may change what it meets: it gets a copy.
    ty.clone().each_mut(&mut |ty| match ty {
        Ty::Ref(named) => found.push(named.def),
        Ty::TypeOf(value) => found.extend(value.defs.first()),
        _ => {}
    });
}

/// Who holds, takes and answers an item.
fn used(planner: &Planner<'_>, users: &Users, owner: DefId, path: &RustPath) -> Vec<String> {
    let mut sentences = Vec::new();
    match users.twin(path) {
        Some((true, class)) => sentences.push(format!("{} is made from it.", link(class))),
        Some((false, wire)) => sentences.push(format!("Made from {}.", link(wire))),
        None => {}
    }
    let spelled = |names: &[String]| names.iter().map(|name| code(name)).collect::<Vec<_>>();
    let shown = |ids: &[DefId]| {
        let known = ids.iter().filter_map(|id| planner.emitted.get(id)).filter(|found| *found != path);
        known.map(link).collect::<Vec<_>>()
    };
    // A union's item holds the item of each arm, where it is not flattened: once is enough.
    let unions = shown(users.unions(owner));
    let holders = users.holders(path).iter().map(holder).filter(|holder| !unions.contains(holder)).collect();
    let all = [
        ("Extended by", shown(users.extended(owner))),
        ("An arm of", unions),
        ("Held by", holders),
        ("Taken by", spelled(users.takers(owner))),
        ("Answered by", spelled(users.answerers(owner))),
    ];
    for (word, names) in all.iter().filter(|(_, names)| !names.is_empty()) {
        sentences.push(format!("{word} {}.", listed(names)));
    }
    sentences
}

fn holder(holder: &Holder) -> String {
    let (name, path) = (&holder.item.name, rustdoc_path(&holder.item));
    match &holder.field {
        Some(field) => format!("[`{name}::{}`]({path}#structfield.{})", field.text(), field.text()),
        None => link(&holder.item),
    }
}

/// A declaration's name, with a link where it has a type.
fn named(planner: &Planner<'_>, id: DefId) -> String {
    planner.emitted.get(&id).map_or_else(|| code(&planner.def(id).name), link)
}

/// With `type@` rustdoc does not warn where the name alone would lead there.
fn link(path: &RustPath) -> String {
    format!("[`{}`](type@{})", path.name, rustdoc_path(path))
}

/// `a`, `a and b`, `a, b, c and 4 more`
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        // One more takes no more room than saying so.
        [before @ .., last] if names.len() <= LISTED + 1 => format!("{} and {last}", before.join(", ")),
        _ => format!("{} and {} more", names[..LISTED].join(", "), names.len() - LISTED),
    }
}

#[cfg(test)]
mod tests {
    use super::{counted, listed};

    #[test]
    fn counts_and_lists_are_english() {
        let words = [counted(1, "property"), counted(2, "property"), counted(0, "text"), counted(1, "text")];
        assert_eq!(words, ["one property", "2 properties", "0 texts", "one text"]);
        let names: Vec<String> = ["a", "b", "c", "d", "e"].map(str::to_owned).into();
        let lists: Vec<String> = (1..=5).map(|count| listed(&names[..count])).collect();
        assert_eq!(lists, ["a", "a and b", "a, b and c", "a, b, c and d", "a, b, c and 2 more"]);
    }
}
