//! From a shape to a Rust type.

use super::arms::{Form, is_nullable};
use super::planner::Planner;
use super::site::Site;
use crate::model::Literal;
use crate::recipe::{Effect, NumberRule};
use crate::rust::{Arity, Codec, RustAlias, RustItem, RustPath, RustTy, TuplePlace, TupleStruct};
use crate::schema::{IndexShape, InstanceId, LiteralShape, Record, Shape, TupleShape};

/// Rust's tuples have their traits up to this length.
const MAX_TUPLE: usize = 12;

impl Planner<'_> {
    /// The Rust type of a shape that stands at a site.
    pub(super) fn ty(&mut self, shape: &Shape, site: &Site) -> RustTy {
        match shape {
            // What holds no value can hold no wrong one either: what is there is kept as it is.
            Shape::Any(_) | Shape::Never | Shape::NotData(_) => RustTy::Json,
            Shape::NonNull(_) => RustTy::NonNull,
            Shape::Null | Shape::Undefined => RustTy::Null,
            Shape::String | Shape::OpenString | Shape::Template(_) | Shape::Library(_) => RustTy::String,
            Shape::Number => self.number(site),
            Shape::Boolean => RustTy::Bool,
            Shape::Literal(literal) => self.literal(literal, shape, site),
            Shape::Array(inner) => RustTy::Vec(Box::new(self.ty(inner, &site.inner("Item")))),
            Shape::Tuple(places) => self.tuple(places, shape, site),
            Shape::Record(record) => self.record(record, shape, site),
            Shape::Enum(members) => self.enumeration(members, shape, site),
            Shape::Union(arms) => self.union(&arms.iter().collect::<Vec<_>>(), site),
            Shape::Ref(id) => self.reference(*id, site),
            Shape::Param(index) => site.params.get(*index).map_or(RustTy::Json, |name| RustTy::Param(name.clone())),
            Shape::GenericRef(def, args) => self.generic_reference(*def, args, site),
        }
    }

    /// What a number is at a site, by recipe.
    pub(super) fn number(&self, site: &Site) -> RustTy {
        let recipe = self.input.recipe;
        let rows = recipe.numbers.matching(&site.names);
        // The last rule decides; what it changes is what those before it say, or the default.
        let before = |at: usize| at.checked_sub(1).map_or(recipe.number_default, |at| rows[at].value);
        for (at, row) in rows.iter().enumerate() {
            let effect = match at + 1 == rows.len() {
                false => Effect::Overruled,
                true if row.value == before(at) => Effect::Nothing,
                true => Effect::Changed,
            };
            self.rules.note("[numbers]", row, &site.names, effect);
        }
        match before(rows.len()) {
            NumberRule::Float => RustTy::Float,
            NumberRule::Int(int) => RustTy::Int(int),
            NumberRule::UnixMillis => RustTy::UnixMillis,
            NumberRule::UnixSeconds => RustTy::UnixSeconds,
        }
    }

    /// One literal that is no required property: a type of one value.
    fn literal(&mut self, literal: &LiteralShape, shape: &Shape, site: &Site) -> RustTy {
        match &literal.value {
            Literal::Boolean(value) => RustTy::BoolLiteral(*value),
            Literal::BigInt(_) => RustTy::Json,
            Literal::String(_) | Literal::Number(_) => {
                let named = self.literal_site(literal, site);
                self.literal_enum(&[literal], true, &[shape], named.as_ref().unwrap_or(site))
            }
        }
    }

    fn record(&mut self, record: &Record, shape: &Shape, site: &Site) -> RustTy {
        match (record.properties.as_slice(), record.indexes.as_slice()) {
            ([], []) => RustTy::JsonMap,
            ([], indexes) if self.is_map(record) => match self.index_value(indexes, &site.inner("Value")) {
                RustTy::Json => RustTy::JsonMap,
                value => RustTy::Map(Box::new(value)),
            },
            _ => self.structure(record, shape, site),
        }
    }

    /// What index signatures hold; a key of several is any of their values.
    pub(super) fn index_value<'i>(&mut self, indexes: impl IntoIterator<Item = &'i IndexShape>, site: &Site) -> RustTy {
        let mut values: Vec<&Shape> = Vec::new();
        for index in indexes {
            if !values.contains(&&index.value) {
                values.push(&index.value);
            }
        }
        match values.as_slice() {
            [one] => self.ty(one, site),
            several => self.union(several, site),
        }
    }

    fn tuple(&mut self, places: &[TupleShape], shape: &Shape, site: &Site) -> RustTy {
        if tuple_is_plain(places) {
            let places = places.iter().enumerate();
            return RustTy::Tuple(
                places.map(|(at, place)| self.ty(&place.shape, &place_site(at, place, site))).collect(),
            );
        }
        let rank = self.next_rank();
        let (path, known) = self.take(site, "Tuple", &[shape]);
        let (params, args) = self.params_of(&[shape], site);
        if known {
            return RustTy::Path(path, args);
        }
        let site = &site.within(&path, self.names.words(&path));
        let mut planned = Vec::with_capacity(places.len());
        for (at, place) in places.iter().enumerate() {
            let ty = self.ty(&place.shape, &place_site(at, place, site));
            let arity = match (place.rest, place.optional) {
                (true, _) => Arity::Rest,
                (_, true) => Arity::Optional,
                _ => Arity::One,
            };
            let doc = place.name.iter().map(|label| format!("`{label}`")).collect();
            planned.push(TuplePlace { ty, arity, doc });
        }
        let head = self.head(&path, params, site, ("a tuple", &[]));
        self.push(&path, site.owner, rank, RustItem::Tuple(TupleStruct { head, places: planned }));
        RustTy::Path(path, args)
    }

    /// The type of a reference to an instance.
    pub(super) fn reference(&mut self, id: InstanceId, site: &Site) -> RustTy {
        let schema = self.input.schema;
        let instance = schema.instance(id);
        if matches!(schema.resolve(&instance.shape), Shape::Number) {
            let mut names = site.names.clone();
            names.push(self.def(instance.def).name.clone());
            return self.number(&Site { names, ..site.clone() });
        }
        match self.form_of(id) {
            Form::Nominal { nullable } => {
                let path = self.nominal(id, site);
                if nullable { RustTy::Option(Box::new(path)) } else { path }
            }
            Form::Transparent if instance.is_whole() => self.alias(id),
            Form::Transparent => self.inlined(id, site),
        }
    }

    /// The type of an instance of a generic alias, or of a type without a declaration, that is no type of its own: what
    /// it stands for.
    fn inlined(&mut self, id: InstanceId, site: &Site) -> RustTy {
        if let Some(ty) = self.known.get(&id) {
            return ty.clone();
        }
        if self.open.contains(&id) {
            self.recursive.insert(id);
            let schema = self.input.schema;
            let named = RustTy::Path(self.instance_path(id, site).0, Vec::new());
            let nullable = is_nullable(schema, &schema.instance(id).shape);
            return if nullable { RustTy::Option(Box::new(named)) } else { named };
        }
        // What a generic alias means by its name alone is named by it.
        let instance = self.input.schema.instance(id);
        let own = self.paths.get(&instance.def).filter(|_| self.input.schema.defaults.get(&instance.def) == Some(&id));
        let home = own.map(|path| self.site_of(instance.def, path));
        let site = home.as_ref().unwrap_or(site);
        self.open.push(id);
        let rank = self.next_rank();
        let shape = &self.input.schema.instance(id).shape;
        let mut ty = self.ty(shape, &Site { claim: None, ..site.clone() });
        self.open.pop();
        if self.recursive.contains(&id) {
            let (path, site) = self.instance_path(id, site);
            ty = self.wrapped(&path, ty, shape, &site, rank);
        }
        self.known.insert(id, ty.clone());
        ty
    }

    /// The type of a reference to an alias that is no type of its own: the alias by its name where serde codes it as it
    /// stands, else what it stands for.
    fn alias(&mut self, id: InstanceId) -> RustTy {
        let Some(path) = self.paths.get(&self.input.schema.instance(id).def).cloned() else { return RustTy::Json };
        let named = RustTy::Path(path.clone(), Vec::new());
        if self.open.contains(&id) {
            self.recursive.insert(id);
            let schema = self.input.schema;
            if is_nullable(schema, &schema.instance(id).shape) {
                let value = self.value_path(&path, schema.instance(id).def);
                return RustTy::Option(Box::new(RustTy::Path(value, Vec::new())));
            }
            return named;
        }
        let ty = self.alias_ty(id);
        if is_map_of_plain(&ty) {
            return RustTy::MapAlias(path);
        }
        if named == ty || is_nameable(&ty) { named } else { ty }
    }

    /// What an alias stands for; makes its item when asked first.
    pub(super) fn alias_ty(&mut self, id: InstanceId) -> RustTy {
        if let Some(ty) = self.known.get(&id) {
            return ty.clone();
        }
        let schema = self.input.schema;
        let instance = schema.instance(id);
        let Some(path) = self.paths.get(&instance.def).cloned() else { return RustTy::Json };
        let site = self.site_of(instance.def, &path);
        if let Shape::Ref(target) = &instance.shape
            && self.lent.get(target) == Some(&instance.def)
        {
            // The instance takes the alias's name: there is one type, not two.
            return self.reference(*target, &site);
        }
        let rank = self.next_rank();
        self.open.push(id);
        let mut ty = self.ty(&instance.shape, &Site { claim: None, ..site.clone() });
        self.open.pop();
        if self.recursive.contains(&id) {
            ty = match ty {
                RustTy::Option(inner) => self.wrapped_nullable(&path, *inner, &instance.shape, &site, rank),
                ty => self.wrapped(&path, ty, &instance.shape, &site, rank),
            };
        } else {
            let head = self.head(&path, Vec::new(), &site, ("an alias", &[&instance.shape]));
            self.push(&path, instance.def, rank, RustItem::Alias(RustAlias { head, ty: ty.clone() }));
        }
        self.known.insert(id, ty.clone());
        ty
    }

    /// The same of an alias with `null` among its values (`type A = A[] | null`): the alias and what it is of.
    fn wrapped_nullable(&mut self, path: &RustPath, ty: RustTy, shape: &Shape, site: &Site, rank: usize) -> RustTy {
        let value = self.value_path(path, site.owner);
        let inside = Site { nested: true, ..site.clone() };
        let below = self.next_rank();
        let ty = self.wrapped(&value, ty, shape, &inside, below);
        self.push_nullable(path, ty.clone(), site, rank);
        RustTy::Option(Box::new(ty))
    }

    /// An alias that holds itself (`type A = A[]`), which Rust has none of: an enum of one variant.
    fn wrapped(&mut self, path: &RustPath, ty: RustTy, shape: &Shape, site: &Site, rank: usize) -> RustTy {
        let (ty, nullable) = match ty {
            RustTy::Option(inner) => (*inner, true),
            other => (other, false),
        };
        let item = self.newtype(path, ty, shape, site);
        self.push(path, site.owner, rank, item);
        let path = RustTy::Path(path.clone(), Vec::new());
        if nullable { RustTy::Option(Box::new(path)) } else { path }
    }
}

/// Whether an alias may stand for its type in other types: nothing that a reference to it must see through.
fn is_nameable(ty: &RustTy) -> bool {
    let seen_through = matches!(
        ty,
        RustTy::Option(_)
            | RustTy::Null
            | RustTy::Json
            | RustTy::BoolLiteral(_)
            | RustTy::UnixMillis
            | RustTy::UnixSeconds
    );
    ty.codec() == Codec::Plain && !seen_through
}

/// Whether a type is coded as any map is, whatever is in it.
fn is_map_of_plain(ty: &RustTy) -> bool {
    match ty {
        RustTy::JsonMap | RustTy::MapAlias(_) => true,
        RustTy::Map(inner) => inner.codec() == Codec::Plain,
        _ => false,
    }
}

/// Whether a tuple is one of Rust's.
pub(super) fn tuple_is_plain(places: &[TupleShape]) -> bool {
    places.len() <= MAX_TUPLE && !places.is_empty() && !places.iter().any(|place| place.optional || place.rest)
}

fn place_site(at: usize, place: &TupleShape, site: &Site) -> Site {
    match &place.name {
        Some(label) => site.inner(crate::rust::RustIdent::upper_camel(label).text()),
        None => site.inner(&format!("Place{at}")),
    }
}
