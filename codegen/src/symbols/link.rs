//! Pass 2: what a name stands for, through imports, re-exports and aliases.
//!
//! Chains of aliases are followed in a loop over a stack of open questions. Only a dotted alias (`import A = B.C`) and
//! the members of an `export =` need an answer before they can go on; they call themselves, to a bounded depth.

use super::table::{Alias, AliasId, ContainerId, EQUALS, GLOBAL, Kind, Name, SymbolId, Tables};
use super::{Meaning, ScopeId};
use indexmap::IndexSet;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// How many questions one look-up may ask. Real ones ask some tens.
const FUEL: u32 = 200_000;

/// How deep questions may ask questions.
const DEPTH: u32 = 64;

/// What was found: declarations of any meaning, and modules as namespace objects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The declarations.
    pub symbols: IndexSet<SymbolId>,
    /// Modules themselves.
    pub modules: IndexSet<ContainerId>,
}

/// The end of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PathEnd {
    /// What was found.
    pub found: Found,
    /// The names that are left.
    pub rest: Vec<String>,
}

impl Found {
    /// A module's namespace object.
    pub(super) fn module(container: ContainerId) -> Self {
        Self { modules: IndexSet::from([container]), ..Self::default() }
    }

    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.symbols.is_empty() && self.modules.is_empty()
    }

    fn len(&self) -> usize {
        self.symbols.len() + self.modules.len()
    }

    fn extend(&mut self, other: Self) {
        self.symbols.extend(other.symbols);
        self.modules.extend(other.modules);
    }
}

/// An open question.
enum Question<'t> {
    /// What a module exports under a name.
    Export(ContainerId, &'t str),
    /// The same, if nothing was found since there were so many answers: of several `export *`, the first that has the
    /// name counts.
    Star(ContainerId, &'t str, usize),
    /// What a name means in a scope.
    Scope(ScopeId, &'t str),
    /// What an alias stands for.
    Alias(AliasId),
    /// A module itself, or what it assigns to `export =`.
    Module(ContainerId),
}

/// One look-up.
pub(super) struct Walk<'t, 'a> {
    tables: &'t Tables<'a>,
    fuel: u32,
    depth: u32,
}

impl<'t, 'a> Walk<'t, 'a> {
    /// A look-up with all its fuel.
    pub(super) fn new(tables: &'t Tables<'a>) -> Self {
        Self { tables, fuel: FUEL, depth: 0 }
    }

    /// What a module or namespace exports under a name.
    pub(super) fn export(&mut self, container: ContainerId, name: &str) -> Found {
        self.answer(Question::Export(container, name))
    }

    /// A module itself, or what it assigns to `export =`.
    pub(super) fn module(&mut self, container: ContainerId) -> Found {
        self.answer(Question::Module(container))
    }

    /// The container that an augmentation of a module adds to.
    pub(super) fn augmented(&mut self, container: ContainerId) -> ContainerId {
        let found = self.module(container);
        let inner = found.symbols.iter().find_map(|symbol| self.tables.symbol(*symbol).inner);
        inner.unwrap_or(container)
    }

    /// What a dotted name means in a scope; the meaning of its end counts, so that a value hides no outer type.
    pub(super) fn path<S: AsRef<str>>(&mut self, scope: ScopeId, path: &[S], meaning: Option<Meaning>) -> PathEnd {
        let Some((head, rest)) = path.split_first() else { return PathEnd::default() };
        for names in self.levels(scope, head.as_ref()) {
            let found = self.names(&names);
            let end = self.members(found, rest, meaning);
            if !end.found.is_empty() {
                return end;
            }
        }
        PathEnd::default()
    }

    /// What a path means from something on. Where it is no namespace, the rest of the path is left: the member of an
    /// enum, the property of a value.
    pub(super) fn members<S: AsRef<str>>(&mut self, mut found: Found, path: &[S], meaning: Option<Meaning>) -> PathEnd {
        for (index, name) in path.iter().enumerate() {
            let is_last = index + 1 == path.len();
            let mut next = Found::default();
            for container in self.containers(&found) {
                next.extend(self.export(container, name.as_ref()));
            }
            if is_last {
                next = self.only(next, meaning);
            }
            if next.is_empty() {
                let rest = path[index..].iter().map(|name| name.as_ref().to_owned()).collect();
                return PathEnd { found: self.owners(&found, meaning), rest };
            }
            found = next;
        }
        PathEnd { found: self.only(found, meaning), rest: Vec::new() }
    }

    /// What a name is in a scope that is imported from a module whose `export =` is a value: that value. The name is then
    /// one of its properties, whose name there is answered too.
    pub(super) fn property_of_export(&mut self, scope: ScopeId, name: &str) -> Option<(Found, String)> {
        let aliases: Vec<AliasId> =
            self.levels(scope, name).into_iter().next()?.into_iter().flat_map(|name| name.aliases.clone()).collect();
        aliases.into_iter().find_map(|alias| {
            let Alias::Member(module, name) = self.tables.alias(alias) else { return None };
            let equals = self.tables.container(self.tables.module(module)?).names.get(EQUALS)?;
            let found = self.names(&[equals]);
            let found = self.only(found, Some(Meaning::Value));
            (!found.is_empty()).then(|| (found, name.clone()))
        })
    }

    /// The tables of names in the namespaces and modules that were found.
    fn containers(&self, found: &Found) -> Vec<ContainerId> {
        let inner = found.symbols.iter().filter_map(|symbol| self.tables.symbol(*symbol).inner);
        inner.chain(found.modules.iter().copied()).collect()
    }

    /// What can have members without being a namespace: enums; in value position all values.
    fn owners(&self, found: &Found, meaning: Option<Meaning>) -> Found {
        let symbols = found.symbols.iter().copied().filter(|symbol| match meaning {
            Some(Meaning::Value) => {
                self.tables.symbol(*symbol).kind != Kind::Namespace && self.means(*symbol, Meaning::Value)
            }
            _ => self.tables.symbol(*symbol).kind == Kind::Enum,
        });
        Found { symbols: symbols.collect(), ..Found::default() }
    }

    /// Those that have a meaning.
    fn only(&self, mut found: Found, meaning: Option<Meaning>) -> Found {
        if let Some(meaning) = meaning {
            found.symbols.retain(|symbol| self.means(*symbol, meaning));
            if meaning == Meaning::Type {
                found.modules.clear();
            }
        }
        found
    }

    fn means(&self, symbol: SymbolId, meaning: Meaning) -> bool {
        let symbol = self.tables.symbol(symbol);
        match (symbol.kind, meaning) {
            (Kind::Object, Meaning::Value) => symbol.is_class(),
            (Kind::Object | Kind::Alias | Kind::Enum, Meaning::Type) => true,
            (Kind::Enum | Kind::Function | Kind::Variable | Kind::Expression | Kind::Namespace, Meaning::Value) => true,
            (Kind::Namespace | Kind::Enum, Meaning::Namespace) => true,
            _ => false,
        }
    }

    /// What a name is in a scope, in the scopes around it, and globally, the innermost first. What is only listed in an
    /// `export { … }` is in no scope.
    fn levels(&self, scope: ScopeId, name: &str) -> Vec<Vec<&'t Name>> {
        let tables = self.tables;
        let scopes = std::iter::successors(Some(scope), |scope| tables.scope(*scope).parent).map(|id| {
            let scope = tables.scope(id);
            [scope.locals.get(name), tables.container(scope.container).names.get(name)]
        });
        let levels = scopes.chain([[tables.container(GLOBAL).names.get(name), None]]);
        let in_scope = |name: &&Name| !name.symbols.is_empty() || !name.aliases.is_empty();
        levels
            .map(|names| names.into_iter().flatten().filter(in_scope).collect::<Vec<_>>())
            .filter(|names| !names.is_empty())
            .collect()
    }

    /// What some names mean together.
    fn names(&mut self, names: &[&'t Name]) -> Found {
        let mut found = Found::default();
        for name in names {
            found.symbols.extend(name.symbols.iter().copied());
            for alias in &name.aliases {
                found.extend(self.answer(Question::Alias(*alias)));
            }
        }
        found
    }

    /// Answers a question, and the questions that it leads to.
    fn answer<'q>(&mut self, question: Question<'q>) -> Found
    where
        't: 'q,
    {
        let mut found = Found::default();
        if self.depth > DEPTH {
            return found;
        }
        self.depth += 1;
        let mut open = vec![question];
        let mut seen = Seen::default();
        while let Some(question) = open.pop() {
            if self.fuel == 0 {
                break;
            }
            self.fuel -= 1;
            // With nothing else to ask and nothing found yet, the end's answer is that of the step as well.
            let is_only = open.is_empty() && found.is_empty();
            match question {
                Question::Star(_, _, answers) if found.len() > answers => {}
                Question::Export(container, name) | Question::Star(container, name, _) => {
                    if seen.exports.insert((container, name)) {
                        self.export_step(container, name, &mut open, &mut found);
                    }
                }
                Question::Scope(scope, name) => self.scope_step(scope, name, &seen, &mut open, &mut found),
                Question::Alias(alias) => {
                    if let Some(known) = self.tables.answers.get(alias.0 as usize).and_then(OnceLock::get) {
                        found.extend(known.clone());
                    } else if seen.aliases.insert(alias) {
                        seen.chain.extend(is_only.then_some(alias));
                        self.alias_step(alias, &mut open, &mut found);
                    }
                }
                Question::Module(container) => match self.tables.container(container).names.get(EQUALS) {
                    Some(name) => push_name(name, &mut open, &mut found),
                    None => {
                        found.modules.insert(container);
                    }
                },
            }
        }
        self.depth -= 1;
        self.remember(&seen.chain, &found);
        found
    }

    /// Keeps the answer for all aliases of a chain, so that chains are walked once.
    fn remember(&self, chain: &[AliasId], found: &Found) {
        for alias in chain {
            if let Some(cell) = self.tables.answers.get(alias.0 as usize) {
                // Another thread may have been faster, with the same answer.
                cell.get_or_init(|| found.clone());
            }
        }
    }

    fn export_step<'q>(
        &mut self,
        container: ContainerId,
        name: &'q str,
        open: &mut Vec<Question<'q>>,
        found: &mut Found,
    ) where
        't: 'q,
    {
        let tables = self.tables;
        let it = tables.container(container);
        if let Some(known) = it.names.get(name) {
            open.extend(known.listed.iter().rev().map(|alias| Question::Alias(*alias)));
            return push_name(known, open, found);
        }
        if let Some(equals) = it.names.get(EQUALS) {
            if name == "default" {
                return push_name(equals, open, found);
            }
            let target = self.names(&[equals]);
            let inner = self.containers(&target).into_iter().filter(|inner| *inner != container);
            open.extend(inner.map(|inner| Question::Export(inner, name)));
        }
        if name != "default" && name != EQUALS {
            let modules = match tables.many_stars(container) {
                Some(stars) => stars.having(name),
                None => it.stars.iter().filter_map(|star| tables.module(star)).collect(),
            };
            open.extend(modules.into_iter().rev().map(|star| Question::Star(star, name, found.len())));
        }
    }

    /// The innermost scope that has the name, other than by an alias that led here (`export { Date }` of the global one).
    fn scope_step<'q>(
        &self,
        scope: ScopeId,
        name: &str,
        seen: &Seen<'q>,
        open: &mut Vec<Question<'q>>,
        found: &mut Found,
    ) {
        let fresh =
            |name: &&Name| !name.symbols.is_empty() || name.aliases.iter().any(|alias| !seen.aliases.contains(alias));
        for names in self.levels(scope, name) {
            let fresh: Vec<&Name> = names.into_iter().filter(fresh).collect();
            if !fresh.is_empty() {
                return fresh.into_iter().for_each(|name| push_name(name, open, found));
            }
        }
    }

    fn alias_step<'q>(&mut self, alias: AliasId, open: &mut Vec<Question<'q>>, found: &mut Found)
    where
        't: 'q,
    {
        let tables = self.tables;
        match tables.alias(alias) {
            Alias::Member(module, name) => {
                let Some(container) = tables.module(module) else { return };
                let names = &tables.container(container).names;
                // What declares no default is itself the default of whoever asks for one (`esModuleInterop`).
                let is_synthetic = name == "default" && !names.contains_key("default") && !names.contains_key(EQUALS);
                open.push(match is_synthetic {
                    true => Question::Module(container),
                    false => Question::Export(container, name),
                });
            }
            Alias::Module(module) => open.extend(tables.module(module).map(Question::Module)),
            Alias::Container(container) => open.push(Question::Module(*container)),
            Alias::Path(scope, path) => match &path[..] {
                [name] => open.push(Question::Scope(*scope, name)),
                path => found.extend(self.path(*scope, path, None).found),
            },
        }
    }
}

/// What was asked already.
#[derive(Default)]
struct Seen<'q> {
    aliases: BTreeSet<AliasId>,
    exports: BTreeSet<(ContainerId, &'q str)>,
    /// The aliases at which there was a single question: what they stand for is the whole answer.
    chain: Vec<AliasId>,
}

fn push_name(name: &Name, open: &mut Vec<Question<'_>>, found: &mut Found) {
    found.symbols.extend(name.symbols.iter().copied());
    open.extend(name.aliases.iter().rev().map(|alias| Question::Alias(*alias)));
}

/// The names that a container exports, those of `export *` and of the namespace in `export =` included. [`EQUALS`] is
/// among them.
pub(super) fn export_names(tables: &Tables, container: ContainerId) -> IndexSet<String> {
    let mut names = IndexSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![container];
    while let Some(next) = open.pop() {
        if !seen.insert(next) {
            continue;
        }
        let it = tables.container(next);
        // A default export is the own business of a module: `export *` does not pass it on.
        let own = it.names.keys().filter(|name| next == container || !matches!(name.as_str(), "default" | EQUALS));
        names.extend(own.cloned());
        if it.names.contains_key(EQUALS) {
            let mut walk = Walk::new(tables);
            let target = walk.module(next);
            open.extend(walk.containers(&target));
        }
        open.extend(it.stars.iter().rev().filter_map(|star| tables.module(star)));
    }
    names
}
