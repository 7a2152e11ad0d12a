//! The account of the whole input.

use super::planner::Planner;
use crate::coverage::{Coverage, Entry, Summary};
use crate::model::{Def, DefId, DefKind};
use crate::rust::{RustIdent, RustPath};
use crate::schema::{NotData, NoteOutcome, Reached, Shape};
use crate::source::Location;
use std::collections::BTreeMap;

/// Accounts for every reached declaration, and for every property that is no plain data. `public` has the shorter paths
/// of what is re-exported.
pub(super) fn account(
    planner: &Planner<'_>,
    public: &BTreeMap<RustPath, Vec<RustIdent>>,
    crate_name: &str,
) -> Coverage {
    let input = planner.input;
    let mut entries: Vec<(Location, Entry)> = Vec::new();
    for (id, reached) in &input.schema.reached {
        let def = planner.def(*id);
        // What upstream only implies is no declaration.
        if !def.implied {
            entries.push((def.location, declaration(planner, *id, reached, public, crate_name)));
        }
        for note in &reached.notes {
            let mut entry = Entry {
                name: if note.path.is_empty() { def.name.clone() } else { format!("{}.{}", def.name, note.path) },
                kind: note.kind.to_owned(),
                source: spell(planner, note.location),
                ..Entry::default()
            };
            match note.outcome {
                NoteOutcome::Skipped(why) => entry.skipped = Some(why.as_str().to_owned()),
                NoteOutcome::Fallback(why) => entry.fallback = Some(why.as_str().to_owned()),
            }
            entries.push((note.location, entry));
        }
    }
    // Files are sorted by package and path already, so that their handles sort as their names do.
    entries.sort_by(|left, right| {
        let key = |(at, entry): &(Location, Entry)| (at.file, at.line, entry.name.clone(), entry.kind.clone());
        key(left).cmp(&key(right))
    });
    let entries: Vec<Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
    let summary = Summary {
        emitted: entries.iter().filter(|entry| entry.rust.is_some()).count(),
        skipped: entries.iter().filter(|entry| entry.skipped.is_some()).count(),
        fallback: entries.iter().filter(|entry| entry.fallback.is_some()).count(),
        undocumented: planner.undocumented,
    };
    let spelled = |package: &crate::source::Package| match package.version.as_str() {
        "" => package.name.clone(),
        version => format!("{}@{version}", package.name),
    };
    let packages = input.sources.packages.iter().filter(|package| !package.name.is_empty()).map(spelled).collect();
    Coverage { packages, krate: crate_name.to_owned(), summary, entries }
}

fn declaration(
    planner: &Planner<'_>,
    id: DefId,
    reached: &Reached,
    public: &BTreeMap<RustPath, Vec<RustIdent>>,
    crate_name: &str,
) -> Entry {
    let def = planner.def(id);
    let mut entry = Entry {
        name: def.name.clone(),
        kind: kind(def).to_owned(),
        source: spell(planner, def.location),
        ..Entry::default()
    };
    match planner.emitted.get(&id) {
        Some(path) => {
            let whole: Vec<RustIdent> = path.modules.iter().chain([&path.name]).cloned().collect();
            let shown = public.get(path).unwrap_or(&whole);
            let parts: Vec<String> = shown.iter().map(ToString::to_string).collect();
            entry.rust = Some(format!("{crate_name}::{}", parts.join("::")));
            entry.fallback = erased(planner, id);
        }
        // What is data and has no type of its own was evaluated wherever it is used.
        None => entry.skipped = Some(reached.not_data.unwrap_or(NotData::TypeOperator).as_str().to_owned()),
    }
    entry
}

/// Why a declaration is an untyped value, where it is one.
fn erased(planner: &Planner<'_>, id: DefId) -> Option<String> {
    let schema = planner.input.schema;
    let instances = planner.instances.get(&id)?;
    let shape = instances.iter().map(|id| &schema.instance(*id).shape).next()?;
    match shape {
        Shape::Any(why) | Shape::NonNull(why) => Some(why.as_str().to_owned()),
        _ => None,
    }
}

/// `dist/api/resources/Session.d.ts:41`
fn spell(planner: &Planner<'_>, at: Location) -> String {
    format!("{}:{}", planner.input.sources.display(at.file), at.line)
}

/// What coverage calls the kind of a declaration.
pub(super) fn kind(def: &Def) -> &'static str {
    match def.kind {
        DefKind::Class(_) => "class",
        DefKind::Interface(_) => "interface",
        DefKind::Alias(_) => "alias",
        DefKind::Enum(_) => "enum",
        DefKind::Function(_) => "function",
        DefKind::Value(_) => "value",
        DefKind::Namespace(_) => "namespace",
    }
}
