//! The arms of a union, sorted by the kind of JSON value they admit; and whether a shape becomes a type of its own.

use super::kinds::{are_disjoint, kinds};
use super::planner::Planner;
use super::types::tuple_is_plain;
use crate::model::Literal;
use crate::rust::JsonKind;
use crate::schema::{InstanceId, LiteralShape, Schema, Shape, literal_set, literals_of};
use std::collections::BTreeSet;

/// What the body of a declaration becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A struct or an enum; behind `Option` where `null` is among its values.
    Nominal {
        /// Whether `null` is.
        nullable: bool,
    },
    /// A type that Rust has already: an alias.
    Transparent,
}

/// Arms of one kind, which become one type, or one variant each.
#[derive(Clone, Debug)]
pub(super) enum Group<'s> {
    /// Strings.
    Strings(Scalars<'s>),
    /// Numbers.
    Numbers(Scalars<'s>),
    /// Booleans: the literals, or both.
    Booleans(Vec<bool>),
    /// An array or a tuple.
    Array(&'s Shape),
    /// Objects.
    Objects(Vec<&'s Shape>),
    /// A union with a name and an enum of its own, which no other arm may be taken for.
    Union(&'s Shape),
    /// A type parameter, or a reference that holds one.
    Other(&'s Shape),
}

/// The arms of strings, or of numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Scalars<'s> {
    /// Those of literals: literals, enums, references to unions of literals.
    pub literals: Vec<&'s Shape>,
    /// Whether any string (number) is among them: the literals say nothing.
    pub any: bool,
    /// Whether there is an arm that keeps any string beside literals that are suggestions.
    pub open: bool,
    /// Those of patterns, which are such arms.
    pub patterns: Vec<&'s Shape>,
}

/// A union, its arms sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Arms<'s> {
    /// Whether `null` is among them.
    pub null: bool,
    /// Whether an untyped value is among them, which admits everything.
    pub any: bool,
    /// Whether `{}` is, which admits everything but `null`.
    pub something: bool,
    strings: Scalars<'s>,
    numbers: Scalars<'s>,
    booleans: Vec<bool>,
    arrays: Vec<&'s Shape>,
    objects: Vec<&'s Shape>,
    unions: Vec<&'s Shape>,
    other: Vec<&'s Shape>,
}

impl<'s> Arms<'s> {
    /// Sorts arms. A reference to a union stays one arm where the other arms are of other kinds of JSON values; else it
    /// is replaced by that union's arms, as the whole is to be told apart by what they have in common.
    pub(super) fn collect(schema: &'s Schema, shapes: &[&'s Shape]) -> Self {
        let shapes = distinct(spread(schema, shapes));
        let mut arms = Self::default();
        let mut seen = BTreeSet::new();
        let kinds: Vec<Vec<JsonKind>> = shapes.iter().map(|shape| kinds(schema, shape)).collect();
        for (shape, own) in shapes.iter().zip(&kinds) {
            // Of one kind are then itself and others.
            let apart = || kinds.iter().filter(|other| !are_disjoint(own, other)).count() <= 1;
            match Self::nested(schema, shape, shapes.len() == 1).filter(|_| apart()) {
                Some(null) => {
                    arms.null |= null;
                    arms.unions.push(shape);
                }
                None => arms.add(schema, shape, &mut seen),
            }
        }
        arms
    }

    /// Sorts arms, whatever they refer to replaced by its arms.
    fn flat(schema: &'s Schema, shape: &'s Shape) -> Self {
        let mut arms = Self::default();
        arms.add(schema, shape, &mut BTreeSet::new());
        arms
    }

    /// Whether an arm is a reference to a union with arms of its own, and if so, whether `null` is among its values.
    /// `alone`: no other arm is beside it.
    fn nested(schema: &'s Schema, shape: &'s Shape, alone: bool) -> Option<bool> {
        if !matches!(shape, Shape::Ref(_)) || !matches!(schema.resolve(shape), Shape::Union(_)) {
            return None;
        }
        let arms = Self::flat(schema, shape);
        let several = match arms.groups().as_slice() {
            _ if arms.any || arms.something => false,
            // An enum of literals and whatever else: a name that says more than its values do.
            [Group::Strings(scalars)] => scalars.open && !scalars.any && !scalars.literals.is_empty() && !alone,
            groups => groups.iter().map(Group::width).sum::<usize>() > 1,
        };
        several.then_some(arms.null)
    }

    fn add(&mut self, schema: &'s Schema, shape: &'s Shape, seen: &mut BTreeSet<InstanceId>) {
        if let Shape::Ref(id) = shape
            && !seen.insert(*id)
        {
            return;
        }
        match schema.resolve(shape) {
            Shape::Any(_) | Shape::Literal(LiteralShape { value: Literal::BigInt(_), .. }) => self.any = true,
            Shape::NonNull(_) => self.something = true,
            Shape::Null => self.null = true,
            // No document holds them, so that they are no alternative.
            Shape::Undefined | Shape::Never | Shape::NotData(_) => {}
            Shape::String | Shape::Library(_) => self.strings.any = true,
            Shape::OpenString => self.strings.open = true,
            // A pattern beside literals: they are some of the values, as suggestions are.
            Shape::Template(_) => {
                self.strings.open = true;
                self.strings.patterns.push(shape);
            }
            Shape::Number => self.numbers.any = true,
            Shape::Boolean => self.add_booleans(&[true, false]),
            Shape::Literal(LiteralShape { value: Literal::Boolean(value), .. }) => self.add_booleans(&[*value]),
            Shape::Literal(_) | Shape::Enum(_) => self.add_literals(schema, shape),
            Shape::Array(_) | Shape::Tuple(_) => add_once(&mut self.arrays, shape),
            Shape::Record(_) => add_once(&mut self.objects, shape),
            Shape::Param(_) | Shape::GenericRef(..) | Shape::Ref(_) => add_once(&mut self.other, shape),
            Shape::Union(_) if is_literals(schema, shape) => self.add_literals(schema, shape),
            Shape::Union(inner) => inner.iter().for_each(|arm| self.add(schema, arm, seen)),
        }
    }

    fn add_literals(&mut self, schema: &Schema, shape: &'s Shape) {
        let literals = literals_of(schema, &[shape]);
        // Literals themselves may be many, and of equal ones the first counts anyway.
        let add = |list: &mut Vec<&'s Shape>| match shape {
            Shape::Literal(_) => list.push(shape),
            _ => add_once(list, shape),
        };
        if literals.iter().any(|literal| matches!(literal.value, Literal::String(_))) {
            add(&mut self.strings.literals);
        }
        if literals.iter().any(|literal| matches!(literal.value, Literal::Number(_))) {
            add(&mut self.numbers.literals);
        }
    }

    fn add_booleans(&mut self, values: &[bool]) {
        for value in values {
            if !self.booleans.contains(value) {
                self.booleans.push(*value);
            }
        }
    }

    /// The arms by kind, those that cost least to tell apart first.
    pub(super) fn groups(&self) -> Vec<Group<'s>> {
        let mut groups = Vec::new();
        if self.strings.is_some() {
            groups.push(Group::Strings(self.strings.clone()));
        }
        if self.numbers.is_some() {
            groups.push(Group::Numbers(self.numbers.clone()));
        }
        if !self.booleans.is_empty() {
            groups.push(Group::Booleans(self.booleans.clone()));
        }
        groups.extend(self.arrays.iter().map(|shape| Group::Array(shape)));
        if !self.objects.is_empty() {
            groups.push(Group::Objects(self.objects.clone()));
        }
        groups.extend(self.unions.iter().map(|shape| Group::Union(shape)));
        groups.extend(self.other.iter().map(|shape| Group::Other(shape)));
        groups
    }

    fn form(&self, planner: &Planner<'_>) -> Form {
        let nominal = match self.groups().as_slice() {
            _ if self.any || self.something => false,
            [] => false,
            [one] => match one {
                Group::Strings(scalars) | Group::Numbers(scalars) => scalars.is_nominal(),
                Group::Array(shape) => planner.form(shape) != Form::Transparent,
                Group::Objects(shapes) => match shapes.as_slice() {
                    [one] => planner.form(one) != Form::Transparent,
                    _ => true,
                },
                // A name for a union that has one, or for `null` beside it.
                Group::Union(_) | Group::Booleans(_) | Group::Other(_) => false,
            },
            _ => true,
        };
        if nominal { Form::Nominal { nullable: self.null } } else { Form::Transparent }
    }
}

impl Group<'_> {
    /// The one reference that it is.
    pub(super) fn reference(&self) -> Option<InstanceId> {
        let shape = match self {
            Self::Strings(scalars) | Self::Numbers(scalars) => scalars.reference()?,
            Self::Array(shape) | Self::Union(shape) | Self::Other(shape) => shape,
            Self::Objects(shapes) => match shapes.as_slice() {
                [one] => one,
                _ => return None,
            },
            Self::Booleans(_) => return None,
        };
        match shape {
            Shape::Ref(id) => Some(*id),
            _ => None,
        }
    }

    /// How many arms it stands for.
    fn width(&self) -> usize {
        match self {
            Self::Objects(shapes) => shapes.len(),
            _ => 1,
        }
    }
}

impl<'s> Scalars<'s> {
    fn is_some(&self) -> bool {
        self.any || self.open || !self.literals.is_empty()
    }

    /// The one reference that these arms are, where they are one.
    pub(super) fn reference(&self) -> Option<&'s Shape> {
        match self.literals.as_slice() {
            [one @ Shape::Ref(_)] if !self.any && !self.open => Some(one),
            _ => None,
        }
    }

    fn is_nominal(&self) -> bool {
        !self.any && !self.literals.is_empty() && self.reference().is_none()
    }
}

/// The arms without those that no document holds, of unions without a name their arms, and of aliases that only add
/// `null` to a union what they are made of.
pub(super) fn spread<'s>(schema: &'s Schema, shapes: &[&'s Shape]) -> Vec<&'s Shape> {
    let mut spread: Vec<&Shape> = Vec::with_capacity(shapes.len());
    let mut stack: Vec<&Shape> = shapes.iter().rev().copied().collect();
    let mut budget = schema.instances.len();
    while let Some(shape) = stack.pop() {
        match shape {
            Shape::Undefined | Shape::Never | Shape::NotData(_) => {}
            Shape::Union(arms) => stack.extend(arms.iter().rev()),
            Shape::Ref(id) if budget > 0 && is_another_name(schema, &schema.instance(*id).shape) => {
                budget -= 1;
                stack.push(&schema.instance(*id).shape);
            }
            other => spread.push(other),
        }
    }
    spread
}

/// The arms, each once.
fn distinct(shapes: Vec<&Shape>) -> Vec<&Shape> {
    let (mut seen, mut distinct) = (BTreeSet::new(), Vec::with_capacity(shapes.len()));
    for shape in shapes {
        match shape {
            Shape::Ref(id) if seen.insert(*id) => distinct.push(shape),
            Shape::Ref(_) => {}
            Shape::Literal(_) => distinct.push(shape),
            shape => add_once(&mut distinct, shape),
        }
    }
    distinct
}

/// Whether the body of an alias is a reference to a union, perhaps with `null` beside it.
fn is_another_name(schema: &Schema, body: &Shape) -> bool {
    let target = match body {
        Shape::Ref(_) => Some(body),
        Shape::Union(arms) => {
            let mut arms = arms.iter().filter(|arm| !matches!(arm, Shape::Null));
            arms.next().filter(|arm| arms.next().is_none() && matches!(arm, Shape::Ref(_)))
        }
        _ => None,
    };
    target.is_some_and(|target| matches!(schema.resolve(target), Shape::Union(_)))
}

/// Adds an arm that is not there; references were looked for before.
fn add_once<'s>(list: &mut Vec<&'s Shape>, shape: &'s Shape) {
    if matches!(shape, Shape::Ref(_)) || !list.iter().any(|known| is_same(known, shape)) {
        list.push(shape);
    }
}

/// Whether two arms admit the same documents: `A & B` and `B & A` do.
fn is_same(a: &Shape, b: &Shape) -> bool {
    let (Shape::Record(a), Shape::Record(b)) = (a, b) else { return a == b };
    let sizes = (a.properties.len(), &a.indexes) == (b.properties.len(), &b.indexes);
    sizes && a.properties.iter().all(|property| b.property(&property.name) == Some(property))
}

/// Whether a shape is a union of string literals, or of number literals.
fn is_literals(schema: &Schema, shape: &Shape) -> bool {
    let Some(literals) = literal_set(schema, shape) else { return false };
    let strings = literals.iter().filter(|literal| matches!(literal.value, Literal::String(_))).count();
    let numbers = literals.iter().filter(|literal| matches!(literal.value, Literal::Number(_))).count();
    strings == literals.len() || numbers == literals.len()
}

/// Whether `null` is among the values of a declaration's body.
pub(super) fn is_nullable(schema: &Schema, body: &Shape) -> bool {
    matches!(schema.resolve(body), Shape::Union(_)) && Arms::flat(schema, body).null
}

impl Planner<'_> {
    /// What an instance becomes.
    pub(super) fn form_of(&self, id: InstanceId) -> Form {
        if let Some(form) = self.forms.borrow().get(&id) {
            return *form;
        }
        let form = self.form(&self.input.schema.instance(id).shape);
        self.forms.borrow_mut().insert(id, form);
        form
    }

    /// What a shape becomes where it is the body of a declaration.
    pub(super) fn form(&self, shape: &Shape) -> Form {
        let nominal = match shape {
            Shape::Record(record) => !self.is_map(record),
            Shape::Enum(members) => {
                members.iter().any(|member| matches!(member.value, Literal::String(_) | Literal::Number(_)))
            }
            Shape::Literal(literal) => matches!(literal.value, Literal::String(_) | Literal::Number(_)),
            Shape::Tuple(places) => !tuple_is_plain(places),
            Shape::Union(arms) => {
                return Arms::collect(self.input.schema, &arms.iter().collect::<Vec<_>>()).form(self);
            }
            _ => false,
        };
        if nominal { Form::Nominal { nullable: false } } else { Form::Transparent }
    }
}
