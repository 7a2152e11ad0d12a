//! What library types are beside themselves: a `Set<T>` is an `Iterable<T>`, and so is a list.

use super::cx::Cx;
use super::library::find;
use super::ty::{Elem, Kind, TypeId};
use crate::model::{DefKind, Literal, Ty};
use std::rc::Rc;

/// The arguments that a library type hands to its base.
#[derive(Clone, Copy)]
enum Handed {
    /// All of them.
    Same,
    /// The first.
    First,
    /// The first two, as a pair.
    Pair,
    /// `number`
    Number,
    /// `[string, string]`
    Texts,
    /// None.
    Nothing,
}

/// A library type, the bases that tell something of it, and what it hands to them.
const BASES: &[(&str, &str, Handed)] = &[
    ("Promise", "PromiseLike", Handed::Same),
    ("Set", "ReadonlySet", Handed::Same),
    ("ReadonlySet", "Iterable", Handed::First),
    ("Map", "ReadonlyMap", Handed::Same),
    ("ReadonlyMap", "Iterable", Handed::Pair),
    ("Generator IterableIterator IteratorObject ArrayIterator SetIterator MapIterator", "Iterable", Handed::First),
    ("AsyncGenerator AsyncIterableIterator AsyncIteratorObject ReadableStream", "AsyncIterable", Handed::First),
    ("Headers FormData URLSearchParams", "Iterable", Handed::Texts),
    ("TypeError RangeError SyntaxError EvalError ReferenceError URIError AggregateError", "Error", Handed::Nothing),
    ("File", "Blob", Handed::Nothing),
    ("Buffer", "Uint8Array", Handed::Same),
    (NUMBERS, "Iterable", Handed::Number),
    (NUMBERS, "ArrayLike", Handed::Number),
    (NUMBERS, "ArrayBufferView", Handed::First),
];

const NUMBERS: &str = "Uint8Array Uint8ClampedArray Uint16Array Uint32Array Int8Array Int16Array Int32Array
    Float16Array Float32Array Float64Array";

/// How many bases may stand one behind the other.
const DEPTH: usize = 32;

impl<'m> Cx<'m> {
    /// The arguments with which something is a library type; `None` if it is not.
    pub fn as_library(&mut self, source: TypeId, target: u32) -> Option<Vec<TypeId>> {
        self.find_library(source, target, 0)
    }

    fn find_library(&mut self, source: TypeId, target: u32, depth: usize) -> Option<Vec<TypeId>> {
        if depth > DEPTH {
            return None;
        }
        let source = self.shallow(source);
        match self.kind(source).clone() {
            Kind::Library(place, args) if place == target => Some(args.to_vec()),
            Kind::Library(place, args) => self.base_of_library(place, &args, target, depth),
            Kind::Array(item) => self.is_sequence(target).then(|| vec![item]),
            Kind::Tuple(_) if self.is_sequence(target) => {
                let number = self.intern(Kind::Number);
                self.property_type(source, number).map(|item| vec![item])
            }
            Kind::String | Kind::OpenString | Kind::Template(..) | Kind::Cased(..) if self.is_sequence(target) => {
                Some(vec![self.intern(Kind::String)])
            }
            Kind::Literal(lit) if matches!(lit.value, Literal::String(_)) && self.is_sequence(target) => {
                Some(vec![self.intern(Kind::String)])
            }
            Kind::Intersection(parts) => parts.iter().find_map(|part| self.find_library(*part, target, depth + 1)),
            Kind::Named(def, _) => {
                let bases: Vec<&'m Ty> = match &self.model.def(def).kind {
                    DefKind::Class(class) => class.bases().collect(),
                    DefKind::Interface(interface) => interface.extends.iter().collect(),
                    _ => return None,
                };
                let env = self.env_of(source);
                bases.into_iter().find_map(|base| {
                    let base = self.eval(base, env);
                    self.find_library(base, target, depth + 1)
                })
            }
            _ => None,
        }
    }

    /// Whether a library type is what lists and texts are.
    fn is_sequence(&self, target: u32) -> bool {
        matches!(self.library[target as usize].name, "Iterable" | "ArrayLike")
    }

    fn base_of_library(&mut self, place: u32, args: &[TypeId], target: u32, depth: usize) -> Option<Vec<TypeId>> {
        let name = self.library[place as usize].name;
        let bases = BASES.iter().filter(|(names, ..)| names.split_whitespace().any(|it| it == name));
        for (_, base, handed) in bases {
            let args = self.handed(*handed, args);
            let base = find(&self.library, base).expect("the table names entries of the library");
            let base = self.intern(Kind::Library(base, args.into()));
            if let Some(found) = self.find_library(base, target, depth + 1) {
                return Some(found);
            }
        }
        None
    }

    fn handed(&mut self, handed: Handed, args: &[TypeId]) -> Vec<TypeId> {
        match (handed, args) {
            (Handed::Same, args) => args.to_vec(),
            (Handed::First, [first, ..]) => vec![*first],
            (Handed::Pair, [key, value, ..]) => vec![self.pair(*key, *value)],
            (Handed::Number, _) => vec![self.intern(Kind::Number)],
            (Handed::Texts, _) => {
                let text = self.intern(Kind::String);
                vec![self.pair(text, text)]
            }
            (Handed::First | Handed::Pair | Handed::Nothing, _) => Vec::new(),
        }
    }

    fn pair(&mut self, first: TypeId, second: TypeId) -> TypeId {
        let elem = |ty| Elem { name: None, ty, optional: false, rest: false };
        self.intern(Kind::Tuple(Rc::from([elem(first), elem(second)])))
    }
}
