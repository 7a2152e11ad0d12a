//! Type expressions, evaluated: one small function for each kind of them.

use super::cx::Cx;
use super::env::EnvId;
use super::ty::{At, Case, Elem, Kind, Lit, TypeId};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ArgumentDef, DefId, DefKind, FunctionTy, Keyword, LibraryRef, Ty, TypeRef, UnionArm};
use crate::schema::Fallback;
use std::rc::Rc;

/// How many places a tuple may have.
const TUPLE: usize = 4_096;

impl<'m> Cx<'m> {
    /// What a type expression means where its parameters stand for what the environment says.
    pub fn eval(&mut self, ty: &'m Ty, env: EnvId) -> TypeId {
        if let Ty::Keyword(keyword) = ty {
            return self.keyword(*keyword);
        }
        let key = (std::ptr::from_ref(ty) as usize, env);
        if let Some(known) = self.memo.get(&key) {
            return *known;
        }
        if !self.enter() {
            return self.any(Fallback::Budget);
        }
        let result = self.eval_new(ty, env);
        self.leave();
        self.memo.insert(key, result);
        result
    }

    fn eval_new(&mut self, ty: &'m Ty, env: EnvId) -> TypeId {
        match ty {
            Ty::Keyword(keyword) => self.keyword(*keyword),
            Ty::Literal(value) => self.literal(value.clone()),
            Ty::Array(item) => {
                let item = self.eval(item, env);
                self.intern(Kind::Array(item))
            }
            Ty::Tuple(_) => self.eval_tuple(ty, env),
            Ty::Object(object) => self.intern(Kind::Record(At(object), env, None, false)),
            Ty::Ref(reference) => self.eval_ref(reference, env),
            Ty::Param(id) => self.env(env).get(*id).unwrap_or_else(|| self.intern(Kind::Param(*id))),
            Ty::Union(arms) => self.eval_union(arms, env),
            Ty::Intersection(parts) => self.eval_intersection(parts, env),
            Ty::Keyof(inner) => {
                let inner = self.eval(inner, env);
                self.keyof(inner)
            }
            Ty::Indexed(object, key) => {
                let object = self.eval(object, env);
                let key = self.eval(key, env);
                self.indexed(object, key)
            }
            Ty::Conditional(conditional) => self.conditional(conditional, env),
            Ty::Infer(param) => self.env(env).get(param.id).unwrap_or_else(|| self.intern(Kind::Param(param.id))),
            Ty::Mapped(mapped) => self.mapped(mapped, env),
            Ty::Template(template) => self.eval_template(template, env),
            Ty::TypeOf(query) => self.type_of(query, env),
            Ty::Function(function) => self.callable(function, env, false),
            Ty::Constructor(function) => self.callable(function, env, true),
            Ty::This => self.env(env).this.unwrap_or_else(|| self.any(Fallback::FreeParameter)),
            Ty::Namespace(names) => self.intern(Kind::Module(At(names))),
            Ty::Library(reference) => self.eval_library(reference, env),
        }
    }

    /// A keyword.
    pub fn keyword(&mut self, keyword: Keyword) -> TypeId {
        self.intern(match keyword {
            Keyword::Any => Kind::Any(Fallback::Any),
            Keyword::Unknown => Kind::Unknown,
            Keyword::Never => Kind::Never,
            Keyword::Undefined => Kind::Undefined,
            Keyword::Null => Kind::Null,
            Keyword::Void => Kind::Void,
            Keyword::String => Kind::String,
            Keyword::Number => Kind::Number,
            Keyword::Boolean => Kind::Boolean,
            Keyword::BigInt => Kind::BigInt,
            Keyword::Symbol => Kind::Symbol,
            Keyword::Object => Kind::Object,
        })
    }

    fn callable(&mut self, function: &'m FunctionTy, env: EnvId, constructor: bool) -> TypeId {
        self.intern(Kind::Callable(Rc::from([(At(function), env)]), constructor))
    }

    fn eval_ref(&mut self, reference: &'m TypeRef, env: EnvId) -> TypeId {
        let def = reference.def;
        if let Some(member) = &reference.member {
            return self.enum_member(def, member);
        }
        match self.model.def(def).kind {
            DefKind::Function(_) | DefKind::Value(_) | DefKind::Namespace(_) => self.any(Fallback::TypeOperator),
            _ => self.reference(def, &reference.args, env),
        }
    }

    /// A member of an enum by name.
    pub fn enum_member(&mut self, def: DefId, member: &str) -> TypeId {
        if let DefKind::Enum(body) = &self.model.def(def).kind
            && let Some(place) = body.members.iter().position(|candidate| candidate.name == member)
        {
            return self.enum_member_at(def, place);
        }
        self.any(Fallback::UnresolvedName)
    }

    /// A member of an enum by place. Members of one value are one type: the first of them.
    pub fn enum_member_at(&mut self, def: DefId, place: usize) -> TypeId {
        let mut place = place;
        if let DefKind::Enum(body) = &self.model.def(def).kind
            && let Some(value) = body.members.get(place).and_then(|member| member.value.as_ref())
        {
            let first = body.members.iter().position(|member| member.value.as_ref() == Some(value));
            place = first.unwrap_or(place);
        }
        self.intern(Kind::EnumMember(def, place as u32))
    }

    /// A declaration with its arguments, defaults filled in.
    pub fn reference(&mut self, def: DefId, args: &'m [Ty], env: EnvId) -> TypeId {
        let args: Vec<TypeId> = args.iter().map(|arg| self.eval(arg, env)).collect();
        if self.redeclared.contains(&def)
            && let Some(known) = self.library_named(&self.model.def(def).name, &args)
        {
            return known;
        }
        self.instantiate(def, args)
    }

    /// The same with arguments that are evaluated already.
    pub fn instantiate(&mut self, def: DefId, mut args: Vec<TypeId>) -> TypeId {
        let params = &self.model.def(def).params;
        args.truncate(params.len());
        for param in &params[args.len()..] {
            let known: Vec<_> = params.iter().map(|param| param.id).zip(args.iter().copied()).collect();
            let env = self.bind(super::env::EMPTY, &known);
            let arg = match &param.default {
                Some(default) => self.eval(default, env),
                None => self.intern(Kind::Unknown),
            };
            args.push(arg);
        }
        self.intern(Kind::Named(def, args.into()))
    }

    fn eval_library(&mut self, reference: &'m LibraryRef, env: EnvId) -> TypeId {
        let args: Vec<TypeId> = reference.args.iter().map(|arg| self.eval(arg, env)).collect();
        let name = reference.name.strip_prefix("globalThis.").unwrap_or(&reference.name);
        self.library_named(name, &args).unwrap_or_else(|| {
            self.report_missing(reference);
            self.any(Fallback::UnresolvedName)
        })
    }

    /// A type of TypeScript's library with its arguments; `None` if there is none of that name.
    fn library_named(&mut self, name: &str, args: &[TypeId]) -> Option<TypeId> {
        let first = args.first().copied();
        if let Some(case) = case(name)
            && let Some(inner) = first
        {
            return Some(self.cased(case, inner));
        }
        let prelude = self.prelude;
        if let Some(utility) = prelude.get(name) {
            let unknown = self.intern(Kind::Unknown);
            let args = args.iter().copied().chain(std::iter::repeat(unknown));
            let bindings: Vec<_> = utility.params.iter().map(|param| param.id).zip(args).collect();
            let env = self.bind(super::env::EMPTY, &bindings);
            return Some(self.eval(&utility.body, env));
        }
        match name {
            "Array" | "ReadonlyArray" => {
                let item = first.unwrap_or_else(|| self.any(Fallback::Any));
                Some(self.intern(Kind::Array(item)))
            }
            "PropertyKey" => Some(self.property_key()),
            _ => super::library::find(&self.library, name).map(|place| self.library_at(place, name, args)),
        }
    }

    /// A library type that is an object. What shares a place in the table is told apart by its name.
    fn library_at(&mut self, place: u32, name: &str, args: &[TypeId]) -> TypeId {
        let mut list = Vec::with_capacity(args.len() + 1);
        if self.library[place as usize].name != name {
            list.push(self.text(name));
        }
        list.extend_from_slice(args);
        self.intern(Kind::Library(place, list.into()))
    }

    /// Says that a name is declared nowhere. Of a package that is not installed it is said once: a declaration that
    /// needs nothing of it (an optional peer) is no reason to say anything.
    fn report_missing(&mut self, reference: &LibraryRef) {
        let name = &reference.name;
        let Some((package, _)) = name.strip_prefix("import(\"").and_then(|rest| rest.split_once("\")")) else {
            return self.report_unknown(reference);
        };
        // What a file of the package itself lacks was said when it was read.
        if package.starts_with('.') || !self.missing.insert(package.to_owned()) {
            return;
        }
        let message = format!("`{package}` is imported, but no package of that name with declarations is installed");
        let hint = "install it (or its `@types` package); until then names from it are left untyped";
        let diagnostic = Diagnostic::warning(Code::UnresolvedImport, reference.location, message);
        self.diagnostics.push(diagnostic.with_hint(hint));
    }

    fn report_unknown(&mut self, reference: &LibraryRef) {
        let LibraryRef { name, module, location, .. } = reference;
        self.unknown.insert((name.clone(), module.clone()));
        let whose = module.as_ref().map(|module| format!(" of the module `{module}`")).unwrap_or_default();
        let message = format!("`{name}`{whose} is declared nowhere; it is left untyped");
        self.report(Code::UnresolvedName, *location, message);
    }

    /// `string | number | symbol`
    pub fn property_key(&mut self) -> TypeId {
        let arms = [Kind::String, Kind::Number, Kind::Symbol].map(|kind| self.intern(kind));
        self.union(arms.to_vec())
    }

    fn eval_union(&mut self, arms: &'m [UnionArm], env: EnvId) -> TypeId {
        let mut types = Vec::with_capacity(arms.len());
        for arm in arms {
            let mut ty = self.eval(&arm.ty, env);
            if let (Some(doc), Kind::Literal(lit)) = (&arm.doc, self.kind(ty))
                && lit.doc.is_none()
            {
                let lit = Lit { doc: Some(At(doc)), ..(**lit).clone() };
                ty = self.intern(Kind::Literal(Rc::new(lit)));
            }
            types.push(ty);
        }
        self.union(types)
    }

    fn eval_intersection(&mut self, parts: &'m [Ty], env: EnvId) -> TypeId {
        let types: Vec<TypeId> = parts.iter().map(|part| self.eval(part, env)).collect();
        // `string & {}` is written to keep literals visible; `T & {}` with a string for `T` only says "not null".
        let written = parts.len() == 2 && !parts.iter().any(|part| matches!(part, Ty::Param(_)));
        if written && let Some(open) = self.open_scalar(types[0], types[1]) {
            return open;
        }
        self.intersection(types)
    }

    /// A tuple. One that spreads a union is a union of tuples.
    fn eval_tuple(&mut self, ty: &'m Ty, env: EnvId) -> TypeId {
        let Ty::Tuple(elements) = ty else { unreachable!("called for tuples only") };
        let mut lists: Vec<Vec<Elem>> = vec![Vec::with_capacity(elements.len())];
        for element in elements {
            let ty = self.eval(&element.ty, env);
            let name: Option<Rc<str>> = element.name.as_deref().map(Rc::from);
            if element.rest {
                lists = self.spread_each(&lists, name.as_ref(), ty);
            } else {
                let elem = Elem { name, ty, optional: element.optional, rest: false };
                lists.iter_mut().for_each(|list| list.push(elem.clone()));
            }
            let places: usize = lists.iter().map(Vec::len).sum();
            self.spend(places / 16);
            if places > TUPLE {
                return self.over_budget("a tuple grows too long");
            }
        }
        let tuples = lists.into_iter().map(|list| self.tuple(list)).collect();
        self.union(tuples)
    }

    /// Each list with each arm of what is spread at its end.
    fn spread_each(&mut self, lists: &[Vec<Elem>], name: Option<&Rc<str>>, ty: TypeId) -> Vec<Vec<Elem>> {
        let behind = self.shallow(ty);
        let arms = match self.kind(behind) {
            Kind::Union(_) | Kind::Never => self.arms(behind),
            _ => vec![ty],
        };
        let mut longer = Vec::with_capacity(lists.len().saturating_mul(arms.len()).min(TUPLE));
        for list in lists {
            for arm in &arms {
                let mut list = list.clone();
                self.spread(&mut list, name.cloned(), *arm);
                longer.push(list);
                if longer.len() > TUPLE {
                    return longer;
                }
            }
        }
        longer
    }

    /// A tuple, with its rest places drawn together into one.
    pub fn tuple(&mut self, elems: Vec<Elem>) -> TypeId {
        let rests = elems.iter().filter(|elem| elem.rest).count();
        if let [only] = elems.as_slice()
            && only.rest
            && !self.is_spread(only.ty)
        {
            return self.intern(Kind::Array(only.ty));
        }
        if rests < 2 || elems.iter().any(|elem| self.is_spread(elem.ty)) {
            return self.intern(Kind::Tuple(elems.into()));
        }
        let first = elems.iter().position(|elem| elem.rest).expect("there are two");
        let last = elems.iter().rposition(|elem| elem.rest).expect("there are two");
        let middle = elems[first..=last].iter().map(|elem| elem.ty).collect();
        let ty = self.union(middle);
        let mut merged = elems[..first].to_vec();
        merged.push(Elem { name: None, ty, optional: false, rest: true });
        merged.extend_from_slice(&elems[last + 1..]);
        self.intern(Kind::Tuple(merged.into()))
    }

    /// Whether it is `R[number]` of a type parameter: the rest place that stands for all of `R`.
    pub fn is_spread(&self, ty: TypeId) -> bool {
        matches!(self.kind(ty), Kind::Indexed(list, key)
            if *self.kind(*key) == Kind::Number && self.facts(*list).open)
    }

    /// Adds `...T`.
    pub fn spread(&mut self, elems: &mut Vec<Elem>, name: Option<Rc<str>>, ty: TypeId) {
        let list = self.shallow(ty);
        match self.kind(list).clone() {
            Kind::Tuple(inner) => elems.extend(inner.iter().cloned()),
            Kind::Array(item) => elems.push(Elem { name, ty: item, optional: false, rest: true }),
            _ => {
                let number = self.intern(Kind::Number);
                let item = self.indexed(list, number);
                elems.push(Elem { name, ty: item, optional: false, rest: true });
            }
        }
    }

    /// The arguments of a function as the places of a tuple.
    pub fn arguments(&mut self, args: &'m [ArgumentDef], env: EnvId) -> Vec<Elem> {
        let mut elems = Vec::with_capacity(args.len());
        for arg in args {
            let ty = self.eval(&arg.ty, env);
            let name = (!arg.name.is_empty()).then(|| Rc::from(arg.name.as_str()));
            if arg.rest {
                self.spread(&mut elems, name, ty);
            } else {
                elems.push(Elem { name, ty, optional: arg.optional, rest: false });
            }
        }
        elems
    }
}

fn case(name: &str) -> Option<Case> {
    Some(match name {
        "Uppercase" => Case::Upper,
        "Lowercase" => Case::Lower,
        "Capitalize" => Case::Capital,
        "Uncapitalize" => Case::Uncapital,
        _ => return None,
    })
}
