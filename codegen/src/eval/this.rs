//! Whether types mention `this`.

use crate::model::{Member, Ty};

/// Whether a property or an index signature mentions it.
pub(super) fn in_members(members: &[Member]) -> bool {
    members.iter().any(|member| match member {
        Member::Property(property) => in_type(&property.ty),
        Member::Index(index) => in_type(&index.value),
        Member::Method(_) | Member::Call(_) | Member::Construct(_) => false,
    })
}

/// Whether a type expression mentions it, functions aside.
fn in_type(ty: &Ty) -> bool {
    match ty {
        Ty::This => true,
        Ty::Array(inner) | Ty::Keyof(inner) => in_type(inner),
        Ty::Tuple(elements) => elements.iter().any(|element| in_type(&element.ty)),
        Ty::Object(object) => in_members(&object.members),
        Ty::Ref(reference) => reference.args.iter().any(in_type),
        Ty::Library(reference) => reference.args.iter().any(in_type),
        Ty::Union(arms) => arms.iter().any(|arm| in_type(&arm.ty)),
        Ty::Intersection(parts) => parts.iter().any(in_type),
        Ty::Indexed(object, key) => in_type(object) || in_type(key),
        Ty::Conditional(it) => [&it.check, &it.extends, &it.then, &it.otherwise].into_iter().any(in_type),
        Ty::Mapped(it) => it.param.constraint.iter().chain(&it.rename).any(in_type) || in_type(&it.value),
        Ty::Template(template) => template.types.iter().any(in_type),
        _ => false,
    }
}
