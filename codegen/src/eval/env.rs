//! What type parameters stand for.

use super::cx::Cx;
use super::ty::TypeId;
use crate::model::ParamId;
use std::rc::Rc;

/// Handle of an interned [`Env`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct EnvId(pub u32);

/// The environment in which nothing stands for anything.
pub(super) const EMPTY: EnvId = EnvId(0);

/// What type parameters, and `this`, stand for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Env {
    /// Sorted by parameter.
    pub params: Rc<[(ParamId, TypeId)]>,
    /// `this`
    pub this: Option<TypeId>,
}

impl Env {
    /// What a parameter stands for.
    pub fn get(&self, param: ParamId) -> Option<TypeId> {
        let place = self.params.binary_search_by_key(&param, |(id, _)| *id).ok()?;
        Some(self.params[place].1)
    }
}

impl<'m> Cx<'m> {
    /// The environment behind a handle.
    pub fn env(&self, id: EnvId) -> &Env {
        self.envs.get_index(id.0 as usize).expect("handles are made by `intern_env`")
    }

    /// The handle of an environment.
    pub fn intern_env(&mut self, env: Env) -> EnvId {
        let (place, _) = self.envs.insert_full(env);
        EnvId(u32::try_from(place).expect("fuel ends before handles do"))
    }

    /// The environment with more bindings, which hide those of the same parameter.
    pub fn bind(&mut self, env: EnvId, bindings: &[(ParamId, TypeId)]) -> EnvId {
        if bindings.is_empty() {
            return env;
        }
        let old = self.env(env);
        let this = old.this;
        let hidden = |id: &ParamId| bindings.iter().any(|(new, _)| new == id);
        let mut params: Vec<_> = old.params.iter().filter(|(id, _)| !hidden(id)).copied().collect();
        params.extend_from_slice(bindings);
        params.sort_by_key(|(id, _)| *id);
        params.dedup_by_key(|(id, _)| *id);
        self.intern_env(Env { params: params.into(), this })
    }

    /// The environment with another `this`.
    pub fn with_this(&mut self, env: EnvId, this: TypeId) -> EnvId {
        let params = Rc::clone(&self.env(env).params);
        self.intern_env(Env { params, this: Some(this) })
    }

    /// Whether something in it mentions a type parameter.
    pub fn env_is_open(&self, env: EnvId) -> bool {
        self.env(env).params.iter().any(|(_, ty)| self.facts(*ty).open)
    }

    /// How deep its types nest.
    pub fn env_depth(&self, env: EnvId) -> u16 {
        self.env(env).params.iter().map(|(_, ty)| self.facts(*ty).depth).max().unwrap_or(0)
    }
}
