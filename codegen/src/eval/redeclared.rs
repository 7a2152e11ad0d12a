//! Declarations of what TypeScript's library has: a package declares it again, or adds to it.
//!
//! `@types/node` says `interface Array<T> extends RelativeIndexable<T> {}` and has a `URL` and a `Buffer` of its own. To
//! TypeScript these are parts of what the library declares; here such a name means the library type wherever it is used.

use super::library::{Entry, Form, find};
use super::prelude::Prelude;
use crate::model::{DefId, DefKind, Member, Model};
use crate::schema::NotData;
use crate::source::is_builtin;
use std::collections::BTreeSet;

/// Namespaces that packages declare, no library: what is in them means what its declarations say.
const OF_PACKAGES: [&str; 2] = ["NodeJS.", "JSX."];

/// The declarations whose names mean library types.
#[derive(Debug, Default)]
pub(super) struct Redeclared {
    /// All of them.
    pub all: BTreeSet<DefId>,
    /// Those of types that documents hold property by property: what they add is data too.
    pub data: BTreeSet<DefId>,
}

/// Finds the declarations whose names mean library types.
pub(super) fn redeclared(model: &Model, library: &[Entry], prelude: &Prelude) -> Redeclared {
    let mut found = Redeclared::default();
    let exported: BTreeSet<DefId> =
        model.entries.iter().flat_map(|entry| entry.names.values().flatten().copied()).collect();
    for id in (0..model.defs.len()).map(|place| DefId(place as u32)) {
        let def = model.def(id);
        let is_object = matches!(def.kind, DefKind::Interface(_) | DefKind::Class(_));
        if !is_object || OF_PACKAGES.iter().any(|space| def.name.starts_with(space)) {
            continue;
        }
        let form = find(library, &def.name).map(|place| library[place as usize].form);
        let is_live = form == Some(Form::NotData(NotData::PlatformType));
        let is_data = def.params.is_empty() && prelude.data(&def.name).is_some();
        let means_it = match (model.globals.contains(&id), form) {
            // What a script of the package itself calls `Location` or `Request` may be its own data.
            (true, Some(_)) if is_live => !exported.contains(&id),
            (true, Some(_)) => true,
            (true, None) => is_data && !exported.contains(&id),
            // The modules of Node.js export what is global: `import { URL } from 'node:url'`.
            (false, form) => form.is_some() && !is_live && def.ambient.as_deref().is_some_and(is_builtin),
        };
        if means_it {
            found.all.insert(id);
            if is_data || matches!(form, Some(Form::Fields(_))) {
                found.data.insert(id);
            }
        }
    }
    found
}

/// What global declarations of a name add to what the library says of it.
pub(super) fn added<'a>(model: &'a Model, name: &str) -> impl Iterator<Item = &'a [Member]> {
    let defs =
        model.globals.iter().map(|id| model.def(*id)).filter(move |def| def.name == name && def.params.is_empty());
    defs.filter_map(|def| match &def.kind {
        DefKind::Interface(interface) => Some(interface.members.as_slice()),
        _ => None,
    })
}
