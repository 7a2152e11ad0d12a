//! The evaluator's state: interned types, what was evaluated already, budgets and diagnostics.

use super::env::{Env, EnvId};
use super::prelude::Prelude;
use super::ty::{Facts, Kind, Lit, Members, TypeId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{DefId, DefKind, Literal, Model, ParamId, TypeParam};
use crate::schema::Fallback;
use crate::source::{FileId, Location};
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;
use std::rc::Rc;

/// How deep evaluation may nest. The thread's stack is sized for it (see [`super::evaluate`]).
const DEPTH: u32 = 3_000;
/// How many steps one declaration may take.
const FUEL: u64 = 2_000_000;
/// How many steps are left to it once a budget was exceeded.
const FUEL_AFTER: u64 = 20_000;
/// How many steps all declarations may take together, and each of them adds.
const TOTAL_FUEL: (u64, u64) = (20_000_000, 2_000);

/// The evaluator.
pub(super) struct Cx<'m> {
    /// The input.
    pub model: &'m Model,
    /// The utility types.
    pub prelude: &'m Prelude,
    /// The library types that are objects.
    pub library: Vec<super::library::Entry>,
    /// Declarations whose names mean library types.
    pub redeclared: BTreeSet<DefId>,
    /// All types, by handle.
    kinds: IndexSet<Kind<'m>>,
    facts: Vec<Facts>,
    /// All environments, by handle.
    pub envs: IndexSet<Env>,
    /// Type expressions evaluated already, by address and environment.
    pub memo: IndexMap<(usize, EnvId), TypeId>,
    /// Bodies of named types.
    pub expanded: IndexMap<TypeId, TypeId>,
    /// Named types whose body is being evaluated.
    pub expanding: IndexSet<TypeId>,
    /// Members of objects.
    pub members: IndexMap<TypeId, Rc<Members<'m>>>,
    /// Objects whose members are being found.
    pub resolving: IndexSet<TypeId>,
    /// Index signatures whose values are being evaluated.
    pub finding: IndexSet<(usize, EnvId)>,
    /// The outermost of these that was asked for again meanwhile.
    pub cut: usize,
    /// Intersections that were looked through for a conflict.
    pub reduced: IndexMap<TypeId, TypeId>,
    /// What is assignable to what.
    pub related: IndexMap<(TypeId, TypeId), bool>,
    /// What is being compared, and taken for true meanwhile.
    pub assumed: IndexSet<(TypeId, TypeId)>,
    /// Declarations of type parameters.
    pub params: IndexMap<ParamId, &'m TypeParam>,
    /// Declarations whose properties mention `this`.
    pub mentions_this: IndexMap<DefId, bool>,
    /// Declarations whose data depends on what is inside their arguments.
    pub looks_inside: IndexMap<DefId, bool>,
    /// What is wrong with the input.
    pub diagnostics: Vec<Diagnostic>,
    /// Names that are declared nowhere, and the platform's own modules that they are imported from.
    pub unknown: BTreeSet<(String, Option<String>)>,
    /// Packages that are not installed and were said not to be.
    pub missing: IndexSet<String>,
    reported: IndexSet<(Code, Location, String)>,
    /// The declaration that is being evaluated.
    pub here: Option<DefId>,
    depth: u32,
    fuel: u64,
    total: u64,
    /// Whether the budget of this declaration was exceeded.
    pub exhausted: bool,
    /// Whether this is an attempt whose failure is no news.
    pub trying: bool,
}

impl<'m> Cx<'m> {
    /// An evaluator that knows nothing yet.
    pub fn new(model: &'m Model, prelude: &'m Prelude, redeclared: BTreeSet<DefId>) -> Self {
        let mut cx = Self {
            model,
            prelude,
            library: super::library::table(),
            redeclared,
            kinds: IndexSet::new(),
            facts: Vec::new(),
            envs: IndexSet::new(),
            memo: IndexMap::new(),
            expanded: IndexMap::new(),
            expanding: IndexSet::new(),
            members: IndexMap::new(),
            resolving: IndexSet::new(),
            finding: IndexSet::new(),
            cut: usize::MAX,
            reduced: IndexMap::new(),
            related: IndexMap::new(),
            assumed: IndexSet::new(),
            params: IndexMap::new(),
            mentions_this: IndexMap::new(),
            looks_inside: IndexMap::new(),
            diagnostics: Vec::new(),
            unknown: BTreeSet::new(),
            missing: IndexSet::new(),
            reported: IndexSet::new(),
            here: None,
            depth: 0,
            fuel: FUEL,
            total: TOTAL_FUEL.0 + TOTAL_FUEL.1 * model.defs.len() as u64,
            exhausted: false,
            trying: false,
        };
        cx.intern_env(Env::default());
        cx.declare_params();
        cx
    }

    /// Notes what the parameters of all declarations are constrained to.
    fn declare_params(&mut self) {
        let model = self.model;
        for param in model.defs.iter().flat_map(|def| &def.params) {
            self.params.insert(param.id, param);
        }
        for param in self.prelude.params() {
            self.params.insert(param.id, param);
        }
    }

    /// What a type is.
    pub fn kind(&self, id: TypeId) -> &Kind<'m> {
        self.kinds.get_index(id.0 as usize).expect("handles are made by `intern`")
    }

    /// What is known of a type without looking into it.
    pub fn facts(&self, id: TypeId) -> Facts {
        self.facts[id.0 as usize]
    }

    /// The handle of a type.
    pub fn intern(&mut self, kind: Kind<'m>) -> TypeId {
        if let Some(place) = self.kinds.get_index_of(&kind) {
            return TypeId(place as u32);
        }
        let facts = self.find_facts(&kind);
        let (place, _) = self.kinds.insert_full(kind);
        self.facts.push(facts);
        TypeId(u32::try_from(place).expect("fuel ends before handles do"))
    }

    fn find_facts(&self, kind: &Kind<'m>) -> Facts {
        let deeper = |ids: &[TypeId], more: u16| {
            let mut facts = Facts::default();
            for id in ids {
                let inner = self.facts(*id);
                facts.open |= inner.open;
                facts.depth = facts.depth.max(inner.depth);
            }
            facts.depth = facts.depth.saturating_add(more);
            facts
        };
        let of_env = |env: EnvId| Facts { open: self.env_is_open(env), depth: self.env_depth(env).saturating_add(1) };
        match kind {
            Kind::Param(_) => Facts { open: true, depth: 0 },
            Kind::Array(item) => deeper(&[*item], 1),
            Kind::Cased(_, inner) | Kind::Keyof(inner) => deeper(&[*inner], 1),
            Kind::Indexed(object, key) => deeper(&[*object, *key], 1),
            Kind::Tuple(elems) => deeper(&elems.iter().map(|elem| elem.ty).collect::<Vec<_>>(), 1),
            Kind::Template(_, ids) | Kind::Named(_, ids) | Kind::Library(_, ids) => deeper(ids, 1),
            Kind::Union(ids) | Kind::Intersection(ids) => deeper(ids, 0),
            Kind::Record(_, env, ..) | Kind::Mapped(_, env) | Kind::Conditional(_, env) => of_env(*env),
            Kind::Callable(list, _) => list
                .iter()
                .map(|(_, env)| of_env(*env))
                .fold(Facts::default(), |a, b| Facts { open: a.open || b.open, depth: a.depth.max(b.depth) }),
            _ => Facts::default(),
        }
    }

    /// `never`
    pub fn never(&mut self) -> TypeId {
        self.intern(Kind::Never)
    }

    /// `any`, and why.
    pub fn any(&mut self, why: Fallback) -> TypeId {
        self.intern(Kind::Any(why))
    }

    /// A literal string.
    pub fn text(&mut self, text: &str) -> TypeId {
        self.literal(Literal::String(text.to_owned()))
    }

    /// A literal.
    pub fn literal(&mut self, value: Literal) -> TypeId {
        self.intern(Kind::Literal(Rc::new(Lit { value, name: None, doc: None })))
    }

    /// The value of a literal or of a member of an enum.
    pub fn value_of(&self, id: TypeId) -> Option<&Literal> {
        match self.kind(id) {
            Kind::Literal(lit) => Some(&lit.value),
            Kind::EnumMember(def, place) => match &self.model.def(*def).kind {
                DefKind::Enum(def) => def.members.get(*place as usize)?.value.as_ref(),
                _ => None,
            },
            _ => None,
        }
    }

    /// One step deeper; false, and said once, if a budget is exceeded. Every recursive walk begins with it, and ends
    /// with [`Cx::leave`] if it was true.
    pub fn enter(&mut self) -> bool {
        if self.depth >= DEPTH {
            self.over_budget("it nests too deep");
            return false;
        }
        if self.fuel == 0 || self.total == 0 {
            // Where another budget was exceeded before, that one is the reason.
            if !self.exhausted {
                self.over_budget("it takes too many steps");
            }
            return false;
        }
        self.fuel -= 1;
        self.total -= 1;
        self.depth += 1;
        true
    }

    /// A step that handles many things at once costs more than one.
    pub fn spend(&mut self, steps: usize) {
        self.fuel = self.fuel.saturating_sub(steps as u64);
    }

    /// Back from one step deeper.
    pub fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Begins another declaration, with fuel of its own.
    pub fn begin(&mut self, def: DefId) {
        self.here = Some(def);
        self.fuel = FUEL;
        self.exhausted = false;
    }

    /// Some fuel again, where there is none left; the fuel of all declarations together stays bounded.
    pub fn refuel(&mut self) {
        if self.fuel == 0 {
            self.fuel = FUEL / 20;
        }
    }

    /// The untyped value that stands where a budget was exceeded, which is reported.
    pub fn over_budget(&mut self, why: &str) -> TypeId {
        self.exhausted = true;
        // What exceeds one budget often does so again and again, a little elsewhere each time.
        self.fuel = self.fuel.min(FUEL_AFTER);
        let (name, at) = self.subject();
        self.report(Code::Budget, at, format!("`{name}` cannot be evaluated: {why}; it is left untyped"));
        self.any(Fallback::Budget)
    }

    /// The name and place of the declaration that is being evaluated.
    pub fn subject(&self) -> (String, Location) {
        match self.here {
            Some(def) => (self.model.def(def).name.clone(), self.model.def(def).location),
            None => (String::new(), Location { file: FileId(0), line: 1, column: 1 }),
        }
    }

    /// Warns, once for each place and text.
    pub fn report(&mut self, code: Code, at: Location, message: String) {
        if !self.trying && self.reported.insert((code, at, message.clone())) {
            self.diagnostics.push(Diagnostic::warning(code, at, message));
        }
    }
}
