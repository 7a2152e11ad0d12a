//! The schema put together: reach, conversion, what is no data, usage.

use super::convert::Convert;
use super::cx::Cx;
use super::drafts::Draft;
use super::env::EMPTY;
use super::library;
use super::prelude::Prelude;
use super::reach::{Edge, Reach, reach};
use super::redeclared::redeclared;
use super::settle::{Prune, erased, verdicts};
use super::twins::{merge_twins, renumber};
use crate::diagnostic::Diagnostic;
use crate::model::{DefId, DefKind, Model, TypeParam};
use crate::schema::{Instance, InstanceId, NotData, PropertyNote, Reached, Schema, Shape, Usage};
use crate::source::Location;
use indexmap::{IndexMap, IndexSet};

/// Evaluates everything, on a thread whose stack is large enough.
pub(super) fn evaluate(model: &Model) -> (Schema, Vec<Diagnostic>) {
    let prelude = Prelude::new(model);
    let redeclared = redeclared(model, &library::table(), &prelude);
    let reach = reach(model, &redeclared);
    let mut convert = Convert::new(Cx::new(model, &prelude, redeclared.all));
    let Instances { roots, generics, defaults } = instantiate_all(model, &reach, &mut convert);
    let Convert { cx, drafts, methods, .. } = convert;
    let (verdicts, erased) = (verdicts(&drafts), erased(&drafts));
    let mut notes: IndexMap<DefId, Vec<PropertyNote>> = IndexMap::new();
    let mut prune = |def: DefId, shape: Shape| {
        let location = model.def(def).location;
        let (verdicts, erased, methods) = (&verdicts, &erased, &methods);
        let mut prune = Prune { verdicts, erased, methods, def, location, notes: Vec::new() };
        let shape = prune.body(shape);
        let known = notes.entry(def).or_default();
        for note in prune.notes {
            if known.iter().all(|old| old.path != note.path) {
                known.push(note);
            }
        }
        shape
    };
    let mut instances = Vec::with_capacity(drafts.len());
    for (place, Draft { def, naming, args, shape, .. }) in drafts.into_iter().enumerate() {
        let pruned = prune(def, shape);
        let shape = verdicts[place].map_or(pruned, Shape::NotData);
        instances.push(Instance { def, naming, args, shape, usage: Usage::default() });
    }
    let mut bodies = IndexMap::new();
    let mut hollow: IndexMap<DefId, NotData> = IndexMap::new();
    for (def, shape) in generics {
        match prune(def, shape) {
            Shape::NotData(why) => {
                hollow.insert(def, why);
            }
            shape => {
                bodies.insert(def, shape);
            }
        }
    }
    keep_shortest(&mut notes);
    spread_usage(&mut instances, roots);
    let reached = account(model, &reach, &instances, (&bodies, &hollow), notes);
    let missing = cx.unknown;
    (Schema { reached, instances, generics: bodies, defaults, missing }, cx.diagnostics)
}

/// What was instantiated, beside the drafts.
struct Instances {
    /// What somebody refers to, and how it is used there.
    roots: Vec<(InstanceId, Usage)>,
    /// The bodies of generic declarations that can stay so.
    generics: IndexMap<DefId, Shape>,
    /// The instances that a generic declaration's name alone means.
    defaults: IndexMap<DefId, InstanceId>,
}

/// Makes the instances of all that is reached.
fn instantiate_all<'m>(model: &'m Model, reach: &Reach<'m>, convert: &mut Convert<'m>) -> Instances {
    let mut roots: Vec<(InstanceId, Usage)> = Vec::new();
    for (def, usage) in &reach.usage {
        if is_type(model, *def) && model.def(*def).params.is_empty() {
            convert.cx.begin(*def);
            let named = convert.cx.instantiate(*def, Vec::new());
            roots.extend(convert.instance(named).map(|id| (id, *usage)));
        }
    }
    instantiate_uses(reach, convert, &mut roots);
    convert.run();
    let mut generics = generic_bodies(model, reach, convert);
    convert.run();
    instantiate_defaults(model, reach, &generics, convert, &mut roots);
    convert.run();
    let mut defaults = default_instances(model, reach, convert);
    roots.extend(defaults.iter().map(|(def, id)| (*id, reach.usage[def])));
    convert.run();
    if convert.told_apart {
        let ids = merge_twins(&mut convert.drafts);
        generics.values_mut().for_each(|shape| renumber(shape, &ids));
        roots.iter_mut().map(|(id, _)| id).chain(defaults.values_mut()).for_each(|id| *id = ids[id.0 as usize]);
    }
    Instances { roots, generics, defaults }
}

/// A property of an object without a name is met wherever that object is reached by keys. It is accounted for once, under
/// the shortest of its names, and where it is a declaration's own.
fn keep_shortest(notes: &mut IndexMap<DefId, Vec<PropertyNote>>) {
    let mut shortest: IndexMap<(Location, &'static str), (usize, DefId, String)> = IndexMap::new();
    for (def, note) in notes.iter().flat_map(|(def, notes)| notes.iter().map(|note| (*def, note))) {
        let found = (note.path.len(), def, note.path.clone());
        let known = shortest.entry((note.location, note.kind)).or_insert_with(|| found.clone());
        if found < *known {
            *known = found;
        }
    }
    for (def, notes) in notes {
        notes.retain(|note| {
            let (_, owner, path) = &shortest[&(note.location, note.kind)];
            !note.path.contains('.') || (owner == def && *path == note.path)
        });
    }
}

/// Whether a declaration is a type.
fn is_type(model: &Model, def: DefId) -> bool {
    matches!(model.def(def).kind, DefKind::Class(_) | DefKind::Interface(_) | DefKind::Alias(_) | DefKind::Enum(_))
}

/// Makes an instance of every use of a generic declaration with known arguments.
fn instantiate_uses<'m>(reach: &Reach<'m>, convert: &mut Convert<'m>, roots: &mut Vec<(InstanceId, Usage)>) {
    for used in &reach.uses {
        convert.cx.begin(used.within);
        let named = convert.cx.reference(used.reference.def, &used.reference.args, EMPTY);
        let Shape::Ref(id) = convert.shape(named) else { continue };
        let within = reach.usage.get(&used.within).copied().unwrap_or_default();
        let usage = match used.edge {
            Edge::Same => within,
            Edge::Flip => Usage { input: within.output, output: within.input },
            Edge::Input => Usage { input: true, output: false },
            Edge::Output => Usage { input: false, output: true },
            Edge::Operand => Usage::default(),
        };
        roots.push((id, usage));
    }
}

/// A generic declaration that nothing uses and that cannot stay generic still is data where its parameters have
/// defaults: it is then taken with those.
fn instantiate_defaults(
    model: &Model,
    reach: &Reach<'_>,
    generics: &IndexMap<DefId, Shape>,
    convert: &mut Convert<'_>,
    roots: &mut Vec<(InstanceId, Usage)>,
) {
    let used: IndexSet<DefId> = convert.drafts.iter().map(|draft| draft.def).collect();
    for (def, usage) in &reach.usage {
        let params = &model.def(*def).params;
        if is_type(model, *def) && has_defaults(params) && !used.contains(def) && !generics.contains_key(def) {
            convert.cx.begin(*def);
            roots.push((convert.with_defaults(*def), *usage));
        }
    }
}

fn has_defaults(params: &[TypeParam]) -> bool {
    !params.is_empty() && params.iter().all(|param| param.default.is_some())
}

/// The instances that a generic declaration's name alone means.
fn default_instances(model: &Model, reach: &Reach<'_>, convert: &mut Convert<'_>) -> IndexMap<DefId, InstanceId> {
    let mut found = IndexMap::new();
    for def in reach.usage.keys() {
        if is_type(model, *def) && has_defaults(&model.def(*def).params) {
            convert.cx.begin(*def);
            let named = convert.cx.instantiate(*def, Vec::new());
            found.extend(convert.instance(named).map(|id| (*def, id)));
        }
    }
    found
}

/// The bodies of the generic declarations that can stay so. One that needs another which cannot, cannot either.
fn generic_bodies(model: &Model, reach: &Reach<'_>, convert: &mut Convert<'_>) -> IndexMap<DefId, Shape> {
    let mut bodies = IndexMap::new();
    for def in reach.usage.keys() {
        if is_type(model, *def)
            && !model.def(*def).params.is_empty()
            && let Some(shape) = convert.generic(*def)
        {
            bodies.insert(*def, shape);
        }
    }
    loop {
        let known: IndexSet<DefId> = bodies.keys().copied().collect();
        bodies.retain(|_, shape| all_known(shape, &known));
        if bodies.len() == known.len() {
            return bodies;
        }
    }
}

fn all_known(shape: &Shape, known: &IndexSet<DefId>) -> bool {
    match shape {
        Shape::GenericRef(def, args) => known.contains(def) && args.iter().all(|arg| all_known(arg, known)),
        Shape::Array(item) => all_known(item, known),
        Shape::Tuple(places) => places.iter().all(|place| all_known(&place.shape, known)),
        Shape::Union(arms) => arms.iter().all(|arm| all_known(arm, known)),
        Shape::Record(record) => {
            record.properties.iter().all(|property| all_known(&property.shape, known))
                && record.indexes.iter().all(|index| all_known(&index.value, known))
        }
        _ => true,
    }
}

/// Spreads usage from the roots to what they refer to.
fn spread_usage(instances: &mut [Instance], roots: Vec<(InstanceId, Usage)>) {
    let mut queue = roots;
    while let Some((id, usage)) = queue.pop() {
        let instance = &mut instances[id.0 as usize];
        let old = instance.usage;
        instance.usage = Usage { input: old.input || usage.input, output: old.output || usage.output };
        if instance.usage == old {
            continue;
        }
        let usage = instance.usage;
        let mut found = Vec::new();
        references(&instance.shape, &mut found);
        instance.args.iter().for_each(|arg| references(arg, &mut found));
        queue.extend(found.into_iter().map(|id| (id, usage)));
    }
}

/// The instances that a shape refers to.
fn references(shape: &Shape, found: &mut Vec<InstanceId>) {
    match shape {
        Shape::Ref(id) => found.push(*id),
        Shape::Array(item) => references(item, found),
        Shape::Tuple(places) => places.iter().for_each(|place| references(&place.shape, found)),
        Shape::Union(arms) => arms.iter().for_each(|arm| references(arm, found)),
        Shape::GenericRef(_, args) => args.iter().for_each(|arg| references(arg, found)),
        Shape::Record(record) => {
            record.properties.iter().for_each(|property| references(&property.shape, found));
            record.indexes.iter().for_each(|index| references(&index.value, found));
        }
        _ => {}
    }
}

/// What became of every reached declaration.
fn account(
    model: &Model,
    reach: &Reach<'_>,
    instances: &[Instance],
    (bodies, hollow): (&IndexMap<DefId, Shape>, &IndexMap<DefId, NotData>),
    mut notes: IndexMap<DefId, Vec<PropertyNote>>,
) -> IndexMap<DefId, Reached> {
    let mut of_def: IndexMap<DefId, Vec<&Instance>> = IndexMap::new();
    for instance in instances.iter().filter(|instance| instance.is_declared()) {
        of_def.entry(instance.def).or_default().push(instance);
    }
    let mut reached = IndexMap::with_capacity(reach.usage.len());
    for (def, usage) in &reach.usage {
        let own = of_def.get(def).map(Vec::as_slice).unwrap_or_default();
        let not_data = match &model.def(*def).kind {
            DefKind::Function(_) => Some(NotData::Function),
            DefKind::Value(_) => Some(NotData::Value),
            DefKind::Namespace(_) => Some(NotData::Namespace),
            _ if bodies.contains_key(def) => None,
            _ => why_not(own).map(|why| hollow.get(def).copied().unwrap_or(why)),
        };
        let notes = notes.swap_remove(def).filter(|_| not_data.is_none()).unwrap_or_default();
        reached.insert(*def, Reached { usage: *usage, not_data, notes });
    }
    reached
}

/// Why none of the instances of a declaration is data.
fn why_not(instances: &[&Instance]) -> Option<NotData> {
    let mut why = None;
    for instance in instances {
        match &instance.shape {
            Shape::NotData(reason) => why = why.or(Some(*reason)),
            Shape::Never | Shape::Undefined => why = why.or(Some(NotData::NoValue)),
            _ => return None,
        }
    }
    why.or(Some(NotData::TypeOperator))
}
