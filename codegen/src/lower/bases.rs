//! What a class extends, where the base is a constant: `declare const Base: new () => T; class X extends Base {}`.
//!
//! Lowered to `InstanceType<typeof Base>`. Here, where all constants are known, the plain cases become the type itself,
//! so that the class's ancestors show; what needs evaluation stays.

use crate::model::{Def, DefId, DefKind, FunctionTy, Member, Model, Ty, TypeOf, TypeRef};

/// How many constants and aliases are followed; they may go in circles.
const MAX_HOPS: usize = 32;

/// Settles the bases of all classes.
pub(super) fn settle(model: &mut Model) {
    let settled: Vec<(usize, Ty)> =
        model.defs.iter().enumerate().filter_map(|(index, def)| Some((index, settled_base(model, def)?))).collect();
    for (index, base) in settled {
        if let DefKind::Class(class) = &mut model.defs[index].kind {
            class.extends = Some(base);
        }
    }
}

fn settled_base(model: &Model, def: &Def) -> Option<Ty> {
    let DefKind::Class(class) = &def.kind else { return None };
    let Some(Ty::Library(library)) = &class.extends else { return None };
    match library.args.as_slice() {
        [constructor @ Ty::TypeOf(_)] if library.name == "InstanceType" => instance(model, constructor, MAX_HOPS),
        _ => None,
    }
}

/// The type of what a constructor makes; `None` where that takes more than looking.
fn instance(model: &Model, constructor: &Ty, hops: usize) -> Option<Ty> {
    let hops = hops.checked_sub(1)?;
    match constructor {
        Ty::Constructor(function) => returned(function),
        Ty::Object(object) => constructed(&object.members),
        Ty::TypeOf(value) => instance_of_value(model, value, hops),
        Ty::Ref(reference) if reference.args.is_empty() => instance_of_def(model, reference.def, hops),
        Ty::Intersection(parts) => mixed(parts.iter().filter_map(|part| instance(model, part, hops)).collect()),
        _ => None,
    }
}

fn instance_of_value(model: &Model, value: &TypeOf, hops: usize) -> Option<Ty> {
    let def = *value.defs.first().filter(|_| value.path.is_empty())?;
    match &model.def(def).kind {
        DefKind::Class(_) => {
            let (args, location) = (value.args.clone(), value.location);
            Some(Ty::Ref(TypeRef { def, member: None, args, location }))
        }
        DefKind::Value(ty) if value.args.is_empty() => instance(model, ty, hops),
        _ => None,
    }
}

fn instance_of_def(model: &Model, def: DefId, hops: usize) -> Option<Ty> {
    let def = model.def(def);
    match &def.kind {
        DefKind::Alias(ty) if def.params.is_empty() => instance(model, ty, hops),
        DefKind::Interface(interface) if def.params.is_empty() => constructed(&interface.members),
        _ => None,
    }
}

/// What the first construct signature makes: TypeScript asks that all of a base make the same.
fn constructed(members: &[Member]) -> Option<Ty> {
    members.iter().find_map(|member| match member {
        Member::Construct(function) => returned(function),
        _ => None,
    })
}

fn returned(function: &FunctionTy) -> Option<Ty> {
    function.params.is_empty().then(|| function.ret.clone())
}

/// A mixin's constructor type is an intersection; what it makes is one too.
fn mixed(mut instances: Vec<Ty>) -> Option<Ty> {
    match instances.len() {
        0 => None,
        1 => instances.pop(),
        _ => Some(Ty::Intersection(instances)),
    }
}
