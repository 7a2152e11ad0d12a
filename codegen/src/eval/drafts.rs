//! Instances in the making: declarations with their arguments, and types without a declaration that contain themselves.

use super::convert::Convert;
use super::twins::hides;
use super::ty::{Kind, TypeId};
use crate::model::{DefId, Literal};
use crate::schema::{InstanceId, Naming, Shape};

/// How deep the arguments of a declaration may nest before it is taken for one that grows without an end.
const NESTING: u16 = 24;
/// How long a chain of generics, each only met inside the one before, may become.
const CHAIN: u32 = 256;
/// How often a declaration may hold itself with arguments that nest deeper than its own.
const GROWTH: u32 = 3;
const ENDLESS: &str = "its arguments grow without an end";
const LONG: &str = "it is met inside of too many generic types, one in the other";
/// How many instances all declarations may have together.
const INSTANCES: usize = 60_000;
const MANY: &str = "all generic types together have too many different arguments";

/// How many objects without a name one declaration may hold before those that operators make are given names.
const INLINED: u32 = 500;
/// How many arms a union may have that stands in a name.
const WORDS: usize = 3;

/// An instance to be.
pub(super) struct Draft {
    /// The declaration with its arguments.
    pub named: TypeId,
    /// The declaration.
    pub def: DefId,
    /// What it is called.
    pub naming: Naming,
    /// Its arguments.
    pub args: Vec<Shape>,
    /// Its body, when it was converted.
    pub shape: Shape,
    /// How many generics it was met inside of, each inside the one before.
    pub chain: u32,
    /// How many of them were its own declaration with arguments that nest less deep.
    pub growth: u32,
}

impl Draft {
    /// Whether it has a declaration.
    pub fn is_declared(&self) -> bool {
        self.naming == Naming::Declaration
    }

    /// Whether it is its declaration, which coverage has an entry of.
    pub fn is_whole(&self) -> bool {
        self.args.is_empty() && self.is_declared()
    }
}

impl Convert<'_> {
    /// The instance of a declaration with its arguments.
    pub fn instance(&mut self, named: TypeId) -> Option<InstanceId> {
        if let Some(id) = self.ids.get(&named) {
            return Some(*id);
        }
        let Kind::Named(def, args) = self.cx.kind(named).clone() else { return None };
        let chain = if args.is_empty() { 0 } else { self.chain + 1 };
        if self.grows(named) {
            return None;
        }
        let growth = if args.is_empty() { 0 } else { self.growth(named, def) };
        let exceeded = match () {
            () if growth > GROWTH => Some(ENDLESS),
            () if chain > CHAIN => Some(LONG),
            () => (self.drafts.len() >= INSTANCES).then_some(MANY),
        };
        if let Some(why) = exceeded {
            self.cx.over_budget(why);
            return None;
        }
        let types = args;
        let args: Vec<Shape> = types.iter().map(|arg| self.shape(*arg)).collect();
        let key = (def, self.key_of_args(def, &types, &args));
        let id = match self.same.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.next_id();
                let (naming, shape) = (Naming::Declaration, Shape::Never);
                self.drafts.push(Draft { named, def, naming, args, shape, chain, growth });
                self.same.insert(key, id);
                id
            }
        };
        self.ids.insert(named, id);
        Some(id)
    }

    /// What tells instances of a declaration apart: the shapes of their arguments, and where a shape does not say all of
    /// its type (`Set<'a'>` and `Set<'b'>` are no data alike) and the declaration looks inside, the types themselves.
    fn key_of_args(&mut self, def: DefId, types: &[TypeId], args: &[Shape]) -> String {
        let looks = args.iter().any(hides) && self.cx.looks_inside(def);
        let mut key = String::new();
        for (ty, arg) in types.iter().zip(args) {
            key.push_str(&super::fingerprint::fingerprint(arg));
            if looks && hides(arg) {
                self.told_apart = true;
                key.push_str(&format!("@{}", ty.0));
            }
            key.push(',');
        }
        key
    }

    /// A generic declaration with its defaults: a declaration without parameters as far as anybody sees.
    pub fn with_defaults(&mut self, def: DefId) -> InstanceId {
        let named = self.cx.instantiate(def, Vec::new());
        let id = self.next_id();
        let (naming, args) = (Naming::Declaration, Vec::new());
        self.drafts.push(Draft { named, def, naming, args, shape: Shape::Never, chain: 1, growth: 0 });
        self.ids.insert(named, id);
        id
    }

    /// How often a declaration was met inside itself with deeper arguments on the way to this instance of it.
    fn growth(&self, named: TypeId, def: DefId) -> u32 {
        let Some(around) = self.current.map(|id| &self.drafts[id.0 as usize]) else { return 0 };
        let deeper = around.def == def && self.cx.facts(named).depth > self.cx.facts(around.named).depth;
        around.growth + u32::from(deeper)
    }

    /// Whether the arguments of a type nest deeper than any that somebody wrote; says so.
    pub(super) fn grows(&mut self, ty: TypeId) -> bool {
        let grows = self.cx.facts(ty).depth > NESTING;
        if grows {
            self.cx.over_budget(ENDLESS);
        }
        grows
    }

    fn next_id(&self) -> InstanceId {
        InstanceId(u32::try_from(self.drafts.len()).expect("fuel ends before handles do"))
    }

    /// Converts every instance, those that turn up on the way too.
    pub fn run(&mut self) {
        while self.converted < self.drafts.len() {
            let place = self.converted;
            self.converted += 1;
            // Types without a declaration are converted where they stand.
            if !self.drafts[place].is_declared() {
                continue;
            }
            let (named, def) = (self.drafts[place].named, self.drafts[place].def);
            self.cx.begin(def);
            self.chain = self.drafts[place].chain;
            self.current = Some(InstanceId(place as u32));
            self.inlined = 0;
            let shape = self.body(named, def);
            self.drafts[place].shape = shape;
        }
        self.chain = 0;
        self.current = None;
    }

    /// The body of a generic declaration, its parameters standing for themselves; `None` if one had to be looked into.
    pub fn generic(&mut self, def: DefId) -> Option<Shape> {
        let params = &self.cx.model.def(def).params;
        self.cx.begin(def);
        self.params = params.iter().map(|param| param.id).collect();
        self.stuck = false;
        // What cannot stay generic is made for each use, which reports what is wrong with it.
        self.cx.trying = true;
        self.inlined = 0;
        let args: Vec<TypeId> = params.iter().map(|param| self.cx.intern(Kind::Param(param.id))).collect();
        let named = self.cx.intern(Kind::Named(def, args.into()));
        let shape = self.body(named, def);
        self.params.clear();
        self.cx.trying = false;
        (!self.stuck && !self.cx.exhausted).then_some(shape)
    }

    /// The handle of a type without a declaration that is known to contain itself; none while it is converted as the
    /// body of an alias, which is that handle's own.
    pub(super) fn knot_known(&self, ty: TypeId) -> Option<InstanceId> {
        let id = *self.knots.get(&ty)?;
        let is_body = self.current == Some(id) && self.inside.is_empty();
        (!is_body).then_some(id)
    }

    /// A type without a declaration was met inside itself: from now on it has a handle. `None` if a type parameter is
    /// in it, which an instance cannot have.
    pub(super) fn knot(&mut self, ty: TypeId) -> Option<InstanceId> {
        if let Some(id) = self.knots.get(&ty) {
            return Some(*id);
        }
        if self.cx.facts(ty).open {
            return None;
        }
        let alias = self.alias_of(ty).and_then(|alias| self.instance(alias));
        let id = match alias {
            Some(id) => id,
            None => {
                let id = self.next_id();
                let here = self.cx.here.unwrap_or(DefId(0));
                let (def, naming) = match self.made_of(ty) {
                    Some((def, words)) => (def.unwrap_or(here), Naming::Made(words)),
                    None => (here, Naming::Place),
                };
                self.drafts.push(Draft {
                    named: ty,
                    def,
                    naming,
                    args: Vec::new(),
                    shape: Shape::Never,
                    chain: self.chain,
                    growth: 0,
                });
                id
            }
        };
        self.knots.insert(ty, id);
        Some(id)
    }

    /// Another object in a declaration that holds very many. Types that share parts grow as trees when those are written
    /// out wherever they are met: what an operator made gets a handle, and is converted once.
    pub(super) fn crowded(&mut self, ty: TypeId) -> Option<InstanceId> {
        self.inlined += 1;
        let made = matches!(self.cx.kind(ty), Kind::Mapped(..) | Kind::Intersection(_));
        if self.inlined <= INLINED || !made || self.inside.is_empty() || self.inside.contains(&ty) {
            return None;
        }
        let id = self.knot(ty)?;
        self.drafts[id.0 as usize].is_declared().then_some(id)
    }

    /// What stands where an object was converted: a reference, if it turned out to contain itself.
    pub(super) fn tie(&mut self, ty: TypeId, shape: Shape) -> Shape {
        let Some(id) = self.knot_known(ty) else { return shape };
        let draft = &mut self.drafts[id.0 as usize];
        if !draft.is_declared() {
            draft.shape = shape;
        }
        Shape::Ref(id)
    }

    /// The alias, with its arguments, whose body is exactly this type: `Deep<A>`, where `Deep<A | undefined>` was
    /// evaluated and its arm is left.
    fn alias_of(&mut self, ty: TypeId) -> Option<TypeId> {
        let expanded: Vec<(TypeId, TypeId)> = self.cx.expanded.iter().map(|(named, body)| (*named, *body)).collect();
        if let Some((named, _)) = expanded.iter().find(|(named, body)| *body == ty && !self.cx.facts(*named).open) {
            return Some(*named);
        }
        let Kind::Mapped(_, env) = *self.cx.kind(ty) else { return None };
        for (named, body) in expanded {
            let Kind::Named(def, _) = *self.cx.kind(named) else { continue };
            if !matches!(self.cx.kind(body), Kind::Union(arms) if arms.contains(&ty)) {
                continue;
            }
            let params = &self.cx.model.def(def).params;
            let args: Option<Vec<TypeId>> = params.iter().map(|param| self.cx.env(env).get(param.id)).collect();
            let Some(args) = args else { continue };
            let alias = self.cx.instantiate(def, args);
            if self.cx.expand(alias) == ty {
                return Some(alias);
            }
        }
        None
    }

    /// What a type is made of, as words, and the first declaration in it: `Partial Node`.
    fn made_of(&self, ty: TypeId) -> Option<(Option<DefId>, String)> {
        match self.cx.kind(ty) {
            Kind::Named(def, args) => {
                let name = &self.cx.model.def(*def).name;
                let mut words = name.rsplit('.').next().unwrap_or(name).to_owned();
                for arg in args.iter() {
                    words = format!("{words} {}", self.made_of(*arg)?.1);
                }
                Some((Some(*def), words))
            }
            Kind::Mapped(mapped, env) => {
                let (name, params) = self.cx.prelude.made_by(mapped.0)?;
                let env = self.cx.env(*env);
                let (subject, keys) = params.split_first()?;
                let (def, subject) = self.made_of(env.get(*subject)?)?;
                let mut words = format!("{name} {subject}");
                // Keys that are too many to name are left out: the place tells apart what they do not.
                for (_, word) in keys.iter().filter_map(|param| self.made_of(env.get(*param)?)) {
                    words = format!("{words} {word}");
                }
                Some((def, words))
            }
            Kind::Intersection(parts) => self.joined(parts, "And"),
            Kind::Union(arms) if arms.len() <= WORDS => self.joined(arms, "Or"),
            Kind::Literal(lit) => match &lit.value {
                Literal::String(text) => Some((None, text.clone())),
                _ => None,
            },
            _ => None,
        }
    }

    fn joined(&self, types: &[TypeId], by: &str) -> Option<(Option<DefId>, String)> {
        let parts: Option<Vec<_>> = types.iter().map(|ty| self.made_of(*ty)).collect();
        let parts = parts?;
        let def = parts.iter().find_map(|(def, _)| *def);
        let words: Vec<String> = parts.into_iter().map(|(_, words)| words).collect();
        Some((def, words.join(&format!(" {by} "))))
    }
}
