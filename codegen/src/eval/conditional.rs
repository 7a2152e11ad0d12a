//! Conditional types: `C extends E ? T : F`

use super::cx::Cx;
use super::env::EnvId;
use super::ty::{At, Kind, TypeId};
use super::union::WIDTH;
use crate::model::{ConditionalTy, DefKind, ParamId, Ty, TypeParam};
use crate::schema::Fallback;

impl<'m> Cx<'m> {
    /// A conditional type; over a bare type parameter that is bound to a union, the union of what its arms give.
    pub fn conditional(&mut self, conditional: &'m ConditionalTy, env: EnvId) -> TypeId {
        let check = self.eval(&conditional.check, env);
        let distributed = match &conditional.check {
            Ty::Param(id) => self.env(env).get(*id).is_some().then_some(*id),
            _ => None,
        };
        let Some(param) = distributed else { return self.decide(conditional, check, env) };
        if self.is_stuck(check) {
            return self.intern(Kind::Conditional(At(conditional), env));
        }
        let behind = self.shallow(check);
        let splits = match self.kind(behind) {
            Kind::Never => return behind,
            Kind::Union(_) | Kind::Boolean | Kind::Named(..) => true,
            _ => false,
        };
        if !splits {
            return self.decide(conditional, check, env);
        }
        if self.unit_arms(behind).len() > WIDTH {
            return self.over_budget("a conditional type distributes over too many arms");
        }
        self.distributed(conditional, env, param, check)
    }

    /// The union of what the arms of a type give. A union all of whose arms come out as they are stays itself, by its
    /// name: `NonNullable<Color | undefined>` is `Color`.
    fn distributed(&mut self, conditional: &'m ConditionalTy, env: EnvId, param: ParamId, ty: TypeId) -> TypeId {
        if !self.enter() {
            return self.any(Fallback::Budget);
        }
        let behind = self.shallow(ty);
        let arms = match self.kind(behind) {
            Kind::Union(arms) => arms.to_vec(),
            _ => self.unit_arms(behind),
        };
        let mut results = Vec::with_capacity(arms.len());
        let mut changed = false;
        for arm in arms {
            let inner = self.shallow(arm);
            let result = if inner != behind && self.has_arms(inner) {
                self.distributed(conditional, env, param, arm)
            } else {
                let env = self.bind(env, &[(param, inner)]);
                self.decide(conditional, inner, env)
            };
            changed |= result != arm && result != inner;
            results.push(result);
        }
        self.leave();
        if changed { self.union(results) } else { ty }
    }

    /// Whether a conditional type sees the arms of a type one by one.
    fn has_arms(&self, behind: TypeId) -> bool {
        match self.kind(behind) {
            Kind::Union(_) | Kind::Boolean => true,
            Kind::Named(def, _) => matches!(self.model.def(*def).kind, DefKind::Enum(_)),
            _ => false,
        }
    }

    fn decide(&mut self, conditional: &'m ConditionalTy, check: TypeId, env: EnvId) -> TypeId {
        if !self.enter() {
            return self.any(Fallback::Budget);
        }
        let result = self.decide_now(conditional, check, env);
        self.leave();
        result
    }

    fn decide_now(&mut self, conditional: &'m ConditionalTy, check: TypeId, env: EnvId) -> TypeId {
        let behind = self.shallow(check);
        let mut inferred = Vec::new();
        collect_infers(&conditional.extends, &mut inferred);
        let open: Vec<_> = inferred.iter().map(|param| (param.id, self.intern(Kind::Param(param.id)))).collect();
        let pattern_env = self.bind(env, &open);
        let pattern = self.eval(&conditional.extends, pattern_env);
        let pattern_behind = self.shallow(pattern);
        let everything = matches!(self.kind(pattern_behind), Kind::Any(_) | Kind::Unknown);
        // What a function of the platform takes and gives is not known, and no more data than the platform is.
        if matches!(self.kind(pattern_behind), Kind::Callable(..)) && self.is_of_platform(behind) {
            return behind;
        }
        if self.facts(check).open && !everything && self.waits(behind) {
            return self.intern(Kind::Conditional(At(conditional), env));
        }
        if inferred.is_empty() && self.is_stuck(pattern) {
            return self.intern(Kind::Conditional(At(conditional), env));
        }
        let Some(bindings) = self.infer_all(&inferred, check, pattern, env) else {
            return self.eval(&conditional.otherwise, env);
        };
        let inner = self.bind(env, &bindings);
        let target = if inferred.is_empty() { pattern } else { self.eval(&conditional.extends, inner) };
        if matches!(self.kind(behind), Kind::Any(_)) && !everything {
            let otherwise = self.eval(&conditional.otherwise, env);
            // The other branch adds nothing to `any`, and may be this conditional type again: `Awaited<any>`.
            if matches!(self.kind(otherwise), Kind::Any(_)) {
                return otherwise;
            }
            let then = self.eval(&conditional.then, inner);
            return self.union(vec![then, otherwise]);
        }
        if self.assignable(check, target) {
            self.eval(&conditional.then, inner)
        } else {
            self.eval(&conditional.otherwise, env)
        }
    }

    /// Whether a checked type has to be known first: a type parameter, also inside a tuple (`[T] extends [never]`).
    fn waits(&mut self, check: TypeId) -> bool {
        match self.kind(check).clone() {
            Kind::Tuple(elems) => elems.iter().any(|elem| self.waits(elem.ty)),
            Kind::Array(item) => self.waits(item),
            _ => self.is_stuck(check),
        }
    }
}

/// The `infer` places of a type expression, those of nested conditional types' `extends` left to them.
fn collect_infers<'m>(ty: &'m Ty, found: &mut Vec<&'m TypeParam>) {
    match ty {
        Ty::Infer(param) => {
            if found.iter().all(|known| known.id != param.id) {
                found.push(param);
            }
        }
        Ty::Array(inner) | Ty::Keyof(inner) => collect_infers(inner, found),
        Ty::Tuple(elements) => elements.iter().for_each(|element| collect_infers(&element.ty, found)),
        Ty::Object(object) => object.members.iter().for_each(|member| infers_of_member(member, found)),
        Ty::Ref(reference) => reference.args.iter().for_each(|arg| collect_infers(arg, found)),
        Ty::Library(reference) => reference.args.iter().for_each(|arg| collect_infers(arg, found)),
        Ty::Union(arms) => arms.iter().for_each(|arm| collect_infers(&arm.ty, found)),
        Ty::Intersection(parts) => parts.iter().for_each(|part| collect_infers(part, found)),
        Ty::Indexed(object, key) => {
            collect_infers(object, found);
            collect_infers(key, found);
        }
        Ty::Conditional(conditional) => {
            for part in [&conditional.check, &conditional.then, &conditional.otherwise] {
                collect_infers(part, found);
            }
        }
        Ty::Mapped(mapped) => {
            let parts = [mapped.param.constraint.as_ref(), mapped.rename.as_ref(), Some(&mapped.value)];
            parts.into_iter().flatten().for_each(|part| collect_infers(part, found));
        }
        Ty::Template(template) => template.types.iter().for_each(|part| collect_infers(part, found)),
        Ty::Function(function) | Ty::Constructor(function) => infers_of_function(function, found),
        Ty::Keyword(_) | Ty::Literal(_) | Ty::Param(_) | Ty::TypeOf(_) | Ty::This | Ty::Namespace(_) => {}
    }
}

fn infers_of_function<'m>(function: &'m crate::model::FunctionTy, found: &mut Vec<&'m TypeParam>) {
    function.this.iter().chain(function.args.iter().map(|arg| &arg.ty)).for_each(|ty| collect_infers(ty, found));
    collect_infers(&function.ret, found);
}

fn infers_of_member<'m>(member: &'m crate::model::Member, found: &mut Vec<&'m TypeParam>) {
    use crate::model::Member;
    match member {
        Member::Property(property) => collect_infers(&property.ty, found),
        Member::Method(method) => infers_of_function(&method.function, found),
        Member::Index(index) => collect_infers(&index.value, found),
        Member::Call(function) | Member::Construct(function) => infers_of_function(function, found),
    }
}
