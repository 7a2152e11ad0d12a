//! From evaluated types to shapes. What is no data stays marked in them; [`super::settle`] takes it out.

use super::cx::Cx;
use super::drafts::Draft;
use super::library::Form;
use super::ty::{Elem, Index, Kind, Members, Prop, TypeId};
use crate::model::{DefId, DefKind, Literal, ParamId};
use crate::schema::{
    Fallback, IndexShape, InstanceId, LiteralShape, NotData, Property, Record, Shape, TemplateHole, TemplateShape,
    TupleShape,
};
use crate::source::Location;
use indexmap::{IndexMap, IndexSet};
use std::collections::BTreeSet;
use std::rc::Rc;

/// The conversion.
pub(super) struct Convert<'m> {
    /// The evaluator.
    pub cx: Cx<'m>,
    /// Instances by type, and by declaration and what their arguments look like.
    pub(super) ids: IndexMap<TypeId, InstanceId>,
    pub(super) same: IndexMap<(DefId, String), InstanceId>,
    /// Whether instances were told apart by more than the shapes of their arguments.
    pub(super) told_apart: bool,
    /// Types without a declaration that contain themselves.
    pub(super) knots: IndexMap<TypeId, InstanceId>,
    /// The instance that is being converted.
    pub(super) current: Option<InstanceId>,
    /// Its chain.
    pub(super) chain: u32,
    /// How many instances were converted, or are being.
    pub(super) converted: usize,
    /// The instances.
    pub drafts: Vec<Draft>,
    /// Where methods stand: a note calls them so.
    pub methods: BTreeSet<Location>,
    /// In the body of a generic: its parameters.
    pub(super) params: Vec<ParamId>,
    /// In the body of a generic: evaluation had to look inside a parameter.
    pub stuck: bool,
    /// Objects that are being converted, each inside the one before.
    pub(super) inside: IndexSet<TypeId>,
    /// How many objects were converted since the instance was begun.
    pub(super) inlined: u32,
}

impl<'m> Convert<'m> {
    /// A conversion that has made nothing yet.
    pub fn new(cx: Cx<'m>) -> Self {
        Self {
            cx,
            ids: IndexMap::new(),
            same: IndexMap::new(),
            told_apart: false,
            knots: IndexMap::new(),
            current: None,
            chain: 0,
            converted: 0,
            drafts: Vec::new(),
            methods: BTreeSet::new(),
            params: Vec::new(),
            stuck: false,
            inside: IndexSet::new(),
            inlined: 0,
        }
    }

    /// The body of a declaration with its arguments.
    pub fn body(&mut self, named: TypeId, def: DefId) -> Shape {
        match &self.cx.model.def(def).kind {
            DefKind::Enum(body) => {
                let count = body.members.len() as u32;
                Shape::Enum((0..count).filter_map(|place| self.enum_member(def, place)).collect())
            }
            DefKind::Alias(_) => {
                let expanded = self.cx.expand(named);
                self.shape(expanded)
            }
            kind => {
                let class = matches!(kind, DefKind::Class(_)).then_some(def);
                match self.cx.list_of(named) {
                    Some(list) => self.shape(list),
                    None => self.record(named, class),
                }
            }
        }
    }

    /// What JSON values a type admits.
    pub fn shape(&mut self, ty: TypeId) -> Shape {
        if !self.cx.enter() {
            return Shape::Any(Fallback::Budget);
        }
        let shape = self.shape_now(ty);
        self.cx.leave();
        shape
    }

    fn shape_now(&mut self, ty: TypeId) -> Shape {
        match self.cx.kind(ty).clone() {
            Kind::Any(why) => Shape::Any(why),
            Kind::Unknown => Shape::Any(Fallback::Unknown),
            Kind::Never => Shape::Never,
            Kind::Undefined | Kind::Void => Shape::Undefined,
            Kind::Null => Shape::Null,
            Kind::String => Shape::String,
            // Only beside literals is it more than a string.
            Kind::OpenString => Shape::String,
            Kind::Number | Kind::OpenNumber => Shape::Number,
            Kind::Boolean => Shape::Boolean,
            Kind::BigInt => Shape::NotData(NotData::BigInt),
            Kind::Symbol | Kind::UniqueSymbol(_) => Shape::NotData(NotData::Symbol),
            Kind::Object => any_object(),
            // No document has an infinite number.
            Kind::Literal(lit) if matches!(lit.value, Literal::Number(number) if !number.0.is_finite()) => Shape::Never,
            Kind::Literal(lit) if matches!(lit.value, Literal::BigInt(_)) => Shape::NotData(NotData::BigInt),
            Kind::Literal(lit) => Shape::Literal(LiteralShape {
                value: lit.value.clone(),
                name: lit.name.as_deref().map(str::to_owned),
                doc: lit.doc.map(|doc| doc.0.clone()),
            }),
            Kind::EnumMember(def, place) => {
                self.enum_member(def, place).map_or(Shape::Any(Fallback::Unknown), Shape::Literal)
            }
            Kind::Template(texts, holes) => self.template(&texts, &holes),
            Kind::Cased(_, inner) => self.open(inner, Shape::String),
            Kind::Array(item) => match self.shape(item) {
                Shape::NotData(why) => Shape::NotData(why),
                // No element has a value: the empty list is what is left.
                Shape::Never => Shape::Tuple(Vec::new()),
                item => Shape::Array(Box::new(item)),
            },
            Kind::Tuple(elems) => self.tuple(&elems),
            Kind::Callable(..) => Shape::NotData(NotData::Function),
            Kind::Library(place, args) => self.library(ty, place, &args),
            Kind::Named(def, args) => self.named(ty, def, &args),
            Kind::Union(arms) => self.union_of(&arms),
            Kind::Intersection(parts) => self.intersection(ty, &parts),
            Kind::Param(id) => match self.params.iter().position(|param| *param == id) {
                Some(place) => Shape::Param(place),
                None => self.waiting(),
            },
            Kind::Keyof(_) | Kind::Indexed(..) | Kind::Conditional(..) => self.waiting(),
            Kind::ValueOf(def) if matches!(self.cx.model.def(def).kind, DefKind::Class(_)) => {
                Shape::NotData(NotData::Function)
            }
            Kind::Record(..) | Kind::Mapped(..) | Kind::ValueOf(_) | Kind::Module(_) => self.record(ty, None),
        }
    }

    /// An operator that waits for a type parameter.
    pub(super) fn waiting(&mut self) -> Shape {
        self.stuck = true;
        Shape::Any(Fallback::FreeParameter)
    }

    fn open(&mut self, ty: TypeId, shape: Shape) -> Shape {
        if self.cx.is_stuck(ty) { self.waiting() } else { shape }
    }

    /// A member of an enum.
    fn enum_member(&self, def: DefId, place: u32) -> Option<LiteralShape> {
        let DefKind::Enum(body) = &self.cx.model.def(def).kind else { return None };
        let member = body.members.get(place as usize)?;
        let value = member.value.clone()?;
        Some(LiteralShape { value, name: Some(member.name.clone()), doc: member.doc.clone() })
    }

    fn template(&mut self, texts: &[Rc<str>], holes: &[TypeId]) -> Shape {
        let mut pattern = texts[0].to_string();
        let mut shapes = Vec::with_capacity(holes.len());
        for (hole, text) in holes.iter().zip(&texts[1..]) {
            if self.cx.is_stuck(*hole) {
                return self.waiting();
            }
            let (shape, name) = match self.cx.kind(*hole) {
                Kind::Number => (TemplateHole::Number, "number"),
                Kind::BigInt => (TemplateHole::BigInt, "bigint"),
                _ => (TemplateHole::String, "string"),
            };
            shapes.push(shape);
            pattern.push_str(&format!("${{{name}}}{text}"));
        }
        let texts = texts.iter().map(|text| text.to_string()).collect();
        Shape::Template(TemplateShape { pattern, texts, holes: shapes })
    }

    fn tuple(&mut self, elems: &[Elem]) -> Shape {
        let mut places = Vec::with_capacity(elems.len());
        for elem in elems {
            let ty = if elem.optional { self.cx.without_undefined(elem.ty) } else { elem.ty };
            let shape = self.shape(ty);
            match shape {
                Shape::NotData(why) => return Shape::NotData(why),
                // Where no value can stand, the list ends, if it may.
                Shape::Never if elem.rest => continue,
                Shape::Never if elem.optional => break,
                Shape::Never => return Shape::Never,
                _ => {}
            }
            let name = elem.name.as_deref().map(str::to_owned);
            places.push(TupleShape { name, shape, optional: elem.optional, rest: elem.rest });
        }
        Shape::Tuple(places)
    }

    fn library(&mut self, ty: TypeId, place: u32, args: &[TypeId]) -> Shape {
        match self.cx.library[place as usize].form {
            Form::Transparent | Form::Array if args.is_empty() => Shape::Any(Fallback::Any),
            Form::Transparent => self.shape(args[0]),
            Form::Array => Shape::Array(Box::new(self.shape(args[0]))),
            Form::Value(value) => Shape::Library(value),
            Form::NotData(why) => Shape::NotData(why),
            Form::Untyped(why) => Shape::NonNull(why),
            Form::String => Shape::String,
            Form::Number => Shape::Number,
            Form::Boolean => Shape::Boolean,
            Form::AnyObject => any_object(),
            // An `Error` has no JSON form worth the name: its properties are not enumerable.
            Form::Error => Shape::NotData(NotData::PlatformType),
            Form::Fields(_) => self.record(ty, None),
        }
    }

    fn intersection(&mut self, ty: TypeId, parts: &[TypeId]) -> Shape {
        let behind = self.cx.shallow(ty);
        if behind != ty {
            return self.shape(behind);
        }
        if self.cx.is_stuck(ty) {
            return self.waiting();
        }
        let items: Vec<TypeId> = parts.iter().filter_map(|part| self.cx.item_of(*part)).collect();
        if items.len() > 1 {
            let item = self.cx.intersection(items);
            let list = self.cx.intern(Kind::Array(item));
            return self.shape(list);
        }
        for part in parts {
            // A branded list, or something of the platform with more to it.
            if let Kind::Array(_) | Kind::Tuple(_) | Kind::Library(..) = self.cx.kind(*part)
                && self.cx.members(*part).is_none()
            {
                return self.shape(*part);
            }
        }
        self.record(ty, None)
    }

    fn record(&mut self, ty: TypeId, class: Option<DefId>) -> Shape {
        if let Some(id) = self.knot_known(ty).or_else(|| self.crowded(ty)) {
            return Shape::Ref(id);
        }
        if self.grows(ty) {
            return Shape::Any(Fallback::Budget);
        }
        if !self.inside.insert(ty) {
            return self.knot(ty).map_or_else(|| self.waiting(), Shape::Ref);
        }
        let members = self.cx.members(ty);
        let shape = match members {
            Some(members) => self.record_of(ty, &members, class),
            None => Shape::Any(Fallback::TypeOperator),
        };
        self.inside.pop();
        self.tie(ty, shape)
    }

    fn record_of(&mut self, ty: TypeId, members: &Members<'m>, class: Option<DefId>) -> Shape {
        if members.open {
            return self.waiting();
        }
        if !members.calls.is_empty() || !members.constructs.is_empty() {
            return Shape::NotData(NotData::Function);
        }
        if members.iterable {
            return Shape::NotData(NotData::Behaviour);
        }
        if members.is_empty() {
            return self.empty_record(ty, members, class);
        }
        let mut properties = Vec::with_capacity(members.props.len());
        for prop in members.props.values().filter(|prop| !prop.is_symbol()) {
            properties.push(self.property(prop, class.is_some()));
            // What one property used up is not missing in the next.
            self.cx.refuel();
        }
        let indexes = members.indexes.iter().filter_map(|index| self.index(index)).collect();
        Shape::Record(Box::new(Record { properties, indexes, class }))
    }

    fn empty_record(&mut self, ty: TypeId, members: &Members<'m>, class: Option<DefId>) -> Shape {
        if class.is_some() || members.symbols {
            return Shape::NotData(NotData::Behaviour);
        }
        match self.cx.kind(ty) {
            Kind::Named(..) => any_object(),
            Kind::Record(..) => Shape::NonNull(Fallback::Unknown),
            _ => Shape::Record(Box::default()),
        }
    }

    /// A property. Of a class, accessors are no fields of the instance; where other types take its properties over, they
    /// are properties like others.
    fn property(&mut self, prop: &Prop<'m>, of_class: bool) -> Property {
        let (mut shape, mut optional) = (Shape::NotData(NotData::Function), prop.optional);
        if prop.method {
            self.methods.insert(prop.location);
        } else if prop.accessor && of_class {
            shape = Shape::NotData(NotData::Behaviour);
        } else {
            let ty = self.cx.prop_type(prop);
            if self.cx.admits_undefined(ty) {
                optional = true;
                shape = self.shape_present(ty);
            } else {
                shape = self.shape(ty);
            }
        }
        Property {
            name: prop.name.to_string(),
            key: None,
            shape,
            optional,
            doc: prop.doc.cloned(),
            location: prop.location,
            owner: prop.owner,
        }
    }

    /// The shape of a type but for `undefined`. A union keeps its name (`type Theme = 'dark' | 'light' | undefined`): what a
    /// declaration has of `undefined` means nothing where a value stands.
    fn shape_present(&mut self, ty: TypeId) -> Shape {
        let present = self.cx.without_undefined(ty);
        let is_alias = matches!(self.cx.kind(ty), Kind::Named(def, args) if args.is_empty() && self.cx.is_alias(*def));
        let is_union = matches!(self.cx.kind(present), Kind::Union(_));
        self.shape(if is_alias && is_union { ty } else { present })
    }

    fn index(&mut self, index: &Index<'m>) -> Option<IndexShape> {
        if *self.cx.kind(index.key) == Kind::Symbol {
            return None;
        }
        let key = self.shape(index.key);
        let value = self.cx.index_type(index);
        let value = self.cx.without_undefined(value);
        Some(IndexShape { key, value: self.shape(value) })
    }
}

/// An object with any properties.
fn any_object() -> Shape {
    let any = IndexShape { key: Shape::String, value: Shape::Any(Fallback::Unknown) };
    Shape::Record(Box::new(Record { indexes: vec![any], ..Record::default() }))
}
