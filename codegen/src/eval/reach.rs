//! What the entries reach, by syntax, and from where: nothing is evaluated here.

use super::redeclared::Redeclared;
use crate::model::{
    ClassDef, Def, DefId, DefKind, FunctionTy, InterfaceDef, Member, Model, PropertyDef, Ty, TypeParam, TypeRef,
    Visibility,
};
use crate::schema::Usage;
use indexmap::{IndexMap, IndexSet};

/// In which way a declaration mentions another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Edge {
    /// The other is used as the declaration is.
    Same,
    /// The other is used in the opposite way: an argument of a callback.
    Flip,
    /// The other is passed to a function.
    Input,
    /// The other comes out of a function, a class or a constant.
    Output,
    /// The other is looked at: `typeof`.
    Operand,
}

impl Edge {
    fn flipped(self) -> Self {
        match self {
            Self::Same => Self::Flip,
            Self::Flip => Self::Same,
            Self::Input => Self::Output,
            Self::Output => Self::Input,
            Self::Operand => Self::Operand,
        }
    }
}

/// A generic declaration used with arguments that mention no type parameter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'m> {
    /// The use.
    pub reference: &'m TypeRef,
    /// In which way.
    pub edge: Edge,
    /// In which declaration.
    pub within: DefId,
}

/// What is reached.
#[derive(Debug, Default)]
pub(super) struct Reach<'m> {
    /// Every reached declaration, in the order of the model.
    pub usage: IndexMap<DefId, Usage>,
    /// Generic declarations in use.
    pub uses: Vec<Use<'m>>,
}

/// Finds what the entries reach.
pub(super) fn reach<'m>(model: &'m Model, redeclared: &Redeclared) -> Reach<'m> {
    let (edges, added) = (IndexSet::new(), IndexSet::new());
    let mut walk = Walk { model, redeclared, within: DefId(0), edges, added, uses: Vec::new() };
    let mut graph: IndexMap<DefId, IndexSet<(Edge, DefId)>> = IndexMap::new();
    let mut exported: Vec<DefId> =
        model.entries.iter().flat_map(|entry| entry.names.values().flatten()).copied().collect();
    exported.sort_unstable();
    exported.dedup();
    let mut queue: Vec<DefId> = exported.iter().rev().copied().collect();
    while let Some(def) = queue.pop() {
        if graph.contains_key(&def) {
            continue;
        }
        walk.within = def;
        walk.added.clear();
        walk.def(model.def(def));
        let edges = std::mem::take(&mut walk.edges);
        queue.extend(edges.iter().map(|(_, to)| *to).filter(|to| !graph.contains_key(to)));
        graph.insert(def, edges);
    }
    let usage = usages(&graph, &exported);
    Reach { usage, uses: walk.uses }
}

/// From where each declaration is used.
fn usages(graph: &IndexMap<DefId, IndexSet<(Edge, DefId)>>, exported: &[DefId]) -> IndexMap<DefId, Usage> {
    let mut usage: IndexMap<DefId, Usage> = graph.keys().map(|def| (*def, Usage::default())).collect();
    usage.sort_unstable_keys();
    let mut queue = Vec::new();
    for (edge, to) in graph.values().flatten() {
        match edge {
            Edge::Input => queue.push((*to, true)),
            Edge::Output => queue.push((*to, false)),
            _ => {}
        }
    }
    spread(graph, &mut usage, &mut queue);
    let unused = |usage: &IndexMap<DefId, Usage>, defs: &mut dyn Iterator<Item = DefId>| {
        defs.filter(|def| usage[def] == Usage::default()).map(|def| (def, false)).collect::<Vec<_>>()
    };
    // What is only exported, and then what is only looked at, may be sent by somebody.
    for all in [false, true] {
        let mut queue = match all {
            false => unused(&usage, &mut exported.iter().copied()),
            true => unused(&usage, &mut usage.keys().copied()),
        };
        spread(graph, &mut usage, &mut queue);
    }
    usage
}

/// Marks what is in the queue, and what that uses in turn.
fn spread(
    graph: &IndexMap<DefId, IndexSet<(Edge, DefId)>>,
    usage: &mut IndexMap<DefId, Usage>,
    queue: &mut Vec<(DefId, bool)>,
) {
    while let Some((def, input)) = queue.pop() {
        let Some(known) = usage.get_mut(&def) else { continue };
        let flag = if input { &mut known.input } else { &mut known.output };
        if std::mem::replace(flag, true) {
            continue;
        }
        for (edge, to) in &graph[&def] {
            match edge {
                Edge::Same => queue.push((*to, input)),
                Edge::Flip => queue.push((*to, !input)),
                Edge::Input | Edge::Output | Edge::Operand => {}
            }
        }
    }
}

struct Walk<'m, 'r> {
    model: &'m Model,
    redeclared: &'r Redeclared,
    within: DefId,
    edges: IndexSet<(Edge, DefId)>,
    /// Declarations that add to library types which the declaration mentions.
    added: IndexSet<(Edge, DefId)>,
    uses: Vec<Use<'m>>,
}

impl<'m> Walk<'m, '_> {
    fn def(&mut self, def: &'m Def) {
        self.params(&def.params, Edge::Same);
        self.edges.extend(def.part_of.map(|whole| (Edge::Same, whole)));
        match &def.kind {
            DefKind::Class(class) => {
                let ClassDef { implements, members, statics, constructors, .. } = class;
                class.bases().chain(implements).for_each(|base| self.ty(base, Edge::Same));
                self.members(members, Edge::Output);
                self.statics(statics);
                self.constructors(constructors, statics);
            }
            DefKind::Interface(InterfaceDef { extends, members }) => {
                extends.iter().for_each(|base| self.ty(base, Edge::Same));
                self.members(members, Edge::Same);
            }
            DefKind::Alias(ty) => self.ty(ty, Edge::Same),
            DefKind::Enum(_) => {}
            DefKind::Function(overloads) => overloads.iter().for_each(|function| self.signature(function)),
            DefKind::Value(ty) => self.ty(ty, Edge::Output),
            DefKind::Namespace(names) => {
                for def in names.values().flatten() {
                    self.edges.insert((Edge::Operand, *def));
                }
            }
        }
    }

    fn params(&mut self, params: &'m [TypeParam], edge: Edge) {
        for param in params {
            param.constraint.iter().chain(&param.default).for_each(|ty| self.ty(ty, edge));
        }
    }

    /// A function that is declared, or a method: what it takes is input, what it gives is output.
    fn signature(&mut self, function: &'m FunctionTy) {
        self.function(function, Edge::Input, Edge::Output);
    }

    fn function(&mut self, function: &'m FunctionTy, taken: Edge, given: Edge) {
        self.params(&function.params, taken);
        function.this.iter().chain(function.args.iter().map(|arg| &arg.ty)).for_each(|ty| self.ty(ty, taken));
        self.ty(&function.ret, given);
    }

    /// Static members. What `fromJSON` makes the class from is what was answered, not what somebody sends.
    fn statics(&mut self, statics: &'m [Member]) {
        for member in statics {
            match member {
                Member::Method(method) if method.is_from_json(self.within) => {
                    self.function(&method.function, Edge::Output, Edge::Output);
                }
                other => self.members(std::slice::from_ref(other), Edge::Output),
            }
        }
    }

    /// Constructors. Those of a class that `fromJSON` makes are called by it, with the parts of what was answered.
    fn constructors(&mut self, constructors: &'m [FunctionTy], statics: &[Member]) {
        let is_from_json =
            |member: &Member| matches!(member, Member::Method(method) if method.is_from_json(self.within));
        let taken = if statics.iter().any(is_from_json) { Edge::Output } else { Edge::Input };
        constructors.iter().for_each(|function| self.function(function, taken, Edge::Output));
    }

    fn members(&mut self, members: &'m [Member], edge: Edge) {
        for member in members {
            match member {
                Member::Property(PropertyDef { visibility: Visibility::Private, .. }) => {}
                Member::Property(property) => self.ty(&property.ty, edge),
                Member::Method(method) if method.visibility == Visibility::Private => {}
                Member::Method(method) => self.signature(&method.function),
                Member::Index(index) => {
                    self.ty(&index.key, edge);
                    self.ty(&index.value, edge);
                }
                Member::Call(function) | Member::Construct(function) => self.signature(function),
            }
        }
    }

    fn ty(&mut self, ty: &'m Ty, edge: Edge) {
        match ty {
            Ty::Keyword(_) | Ty::Literal(_) | Ty::Param(_) | Ty::This => {}
            Ty::Array(inner) | Ty::Keyof(inner) => self.ty(inner, edge),
            Ty::Tuple(elements) => elements.iter().for_each(|element| self.ty(&element.ty, edge)),
            Ty::Object(object) => self.members(&object.members, edge),
            Ty::Ref(reference) => self.reference(reference, edge),
            Ty::Union(arms) => arms.iter().for_each(|arm| self.ty(&arm.ty, edge)),
            Ty::Intersection(parts) => parts.iter().for_each(|part| self.ty(part, edge)),
            Ty::Indexed(object, key) => {
                self.ty(object, edge);
                self.ty(key, edge);
            }
            Ty::Conditional(conditional) => {
                for part in [&conditional.check, &conditional.extends, &conditional.then, &conditional.otherwise] {
                    self.ty(part, edge);
                }
            }
            Ty::Infer(param) => self.params(std::slice::from_ref(param), edge),
            Ty::Mapped(mapped) => {
                self.params(std::slice::from_ref(&mapped.param), edge);
                mapped.rename.iter().for_each(|ty| self.ty(ty, edge));
                self.ty(&mapped.value, edge);
            }
            Ty::Template(template) => template.types.iter().for_each(|ty| self.ty(ty, edge)),
            Ty::TypeOf(query) => {
                self.edges.extend(query.defs.iter().map(|def| (Edge::Operand, *def)));
                query.args.iter().for_each(|arg| self.ty(arg, edge));
            }
            Ty::Function(function) | Ty::Constructor(function) => self.function(function, edge.flipped(), edge),
            Ty::Namespace(names) => {
                self.edges.extend(names.iter().flat_map(|(_, defs)| defs).map(|def| (Edge::Operand, *def)));
            }
            Ty::Library(reference) => reference.args.iter().for_each(|arg| self.ty(arg, edge)),
        }
    }

    fn reference(&mut self, reference: &'m TypeRef, edge: Edge) {
        if self.redeclared.all.contains(&reference.def) {
            return self.library(reference, edge);
        }
        self.edges.insert((edge, reference.def));
        reference.args.iter().for_each(|arg| self.ty(arg, edge));
        if !self.model.def(reference.def).params.is_empty() && reference.args.iter().all(is_closed) {
            self.uses.push(Use { reference, edge, within: self.within });
        }
    }
}

impl<'m> Walk<'m, '_> {
    /// A library type that somebody declares again: it is no declaration, but what is added to its data is.
    fn library(&mut self, reference: &'m TypeRef, edge: Edge) {
        reference.args.iter().for_each(|arg| self.ty(arg, edge));
        if self.redeclared.data.contains(&reference.def)
            && self.added.insert((edge, reference.def))
            && let DefKind::Interface(interface) = &self.model.def(reference.def).kind
        {
            self.members(&interface.members, edge);
        }
    }
}

/// Whether a type expression mentions no type parameter and no `this`.
fn is_closed(ty: &Ty) -> bool {
    match ty {
        Ty::Keyword(_) | Ty::Literal(_) | Ty::Namespace(_) => true,
        Ty::TypeOf(query) => query.args.iter().all(is_closed),
        Ty::Array(inner) | Ty::Keyof(inner) => is_closed(inner),
        Ty::Tuple(elements) => elements.iter().all(|element| is_closed(&element.ty)),
        Ty::Ref(reference) => reference.args.iter().all(is_closed),
        Ty::Library(reference) => reference.args.iter().all(is_closed),
        Ty::Union(arms) => arms.iter().all(|arm| is_closed(&arm.ty)),
        Ty::Intersection(parts) => parts.iter().all(is_closed),
        Ty::Indexed(object, key) => is_closed(object) && is_closed(key),
        Ty::Template(template) => template.types.iter().all(is_closed),
        Ty::Object(object) => object.members.iter().all(|member| match member {
            Member::Property(property) => is_closed(&property.ty),
            Member::Index(index) => is_closed(&index.value),
            // A method may have parameters of its own: rare in an argument, and only a use more or less.
            Member::Method(_) | Member::Call(_) | Member::Construct(_) => false,
        }),
        Ty::Param(_) | Ty::This | Ty::Infer(_) | Ty::Mapped(_) | Ty::Conditional(_) => false,
        Ty::Function(_) | Ty::Constructor(_) => false,
    }
}
