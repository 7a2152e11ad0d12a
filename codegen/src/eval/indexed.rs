//! Indexed access: `T[K]`

use super::cx::Cx;
use super::library::{Form, STRING_METHODS, find};
use super::ty::{Elem, Index, Kind, SYMBOL, TypeId};
use crate::model::Literal;
use crate::schema::{Fallback, LibraryShape, NotData};

impl<'m> Cx<'m> {
    /// `T[K]`
    pub fn indexed(&mut self, object: TypeId, key: TypeId) -> TypeId {
        if self.is_stuck(key) || self.is_stuck(object) {
            return self.intern(Kind::Indexed(object, key));
        }
        if !self.enter() {
            return self.any(Fallback::Budget);
        }
        let result = self.indexed_known(object, key);
        self.leave();
        result
    }

    fn indexed_known(&mut self, object: TypeId, key: TypeId) -> TypeId {
        let keys = self.arms(key);
        let objects: Vec<TypeId> = self.arms(object).into_iter().flat_map(|object| self.enum_units(object)).collect();
        let mut results = Vec::with_capacity(keys.len() * objects.len());
        for object in objects {
            for key in &keys {
                for key in self.enum_units(*key) {
                    let found = self.property_type(object, key);
                    results.push(found.unwrap_or_else(|| self.unknown_property(object)));
                }
            }
        }
        self.union(results)
    }

    /// What a property is that is not known: of an object of the platform no more data than that object, and what a
    /// promise, a list or a date has beside its data are methods.
    fn unknown_property(&mut self, object: TypeId) -> TypeId {
        let behind = self.shallow(object);
        // In the body of a generic, whose constraint has the key: `S['blur']` of an `S` without one.
        if !matches!(self.kind(behind), Kind::Library(..)) && self.members(behind).is_some() {
            return self.intern(Kind::Unknown);
        }
        let form = match self.kind(behind) {
            Kind::Library(place, _) => self.library[*place as usize].form,
            Kind::Array(_) | Kind::Tuple(_) => Form::Array,
            _ => return self.any(Fallback::TypeOperator),
        };
        match form {
            Form::NotData(NotData::PlatformType) => behind,
            Form::Transparent | Form::Array | Form::Value(LibraryShape::Date) => self.library_type("Function"),
            _ => self.any(Fallback::TypeOperator),
        }
    }

    fn library_type(&mut self, name: &str) -> TypeId {
        let place = find(&self.library, name).expect("the table has it");
        self.intern(Kind::Library(place, std::rc::Rc::from([])))
    }

    /// Whether a type is one of the platform's, of which no more is known than that.
    pub fn is_of_platform(&self, ty: TypeId) -> bool {
        match self.kind(ty) {
            Kind::Library(place, _) => self.library[*place as usize].form == Form::NotData(NotData::PlatformType),
            _ => false,
        }
    }

    /// The members of an enum; any other type is itself.
    fn enum_units(&mut self, ty: TypeId) -> Vec<TypeId> {
        let behind = self.shallow(ty);
        if self.is_enum_type(behind) { self.unit_arms(behind) } else { vec![ty] }
    }

    /// The type of the property of a type (no union) under one key; `None` where there is none.
    pub fn property_type(&mut self, object: TypeId, key: TypeId) -> Option<TypeId> {
        let object = self.shallow(object);
        match self.kind(object).clone() {
            Kind::Any(_) | Kind::Never => Some(object),
            Kind::Array(item) => self.item_type(item, key),
            Kind::Tuple(elems) => self.place_type(&elems, key),
            Kind::Intersection(parts)
                if parts.iter().any(|part| matches!(self.kind(*part), Kind::Array(_) | Kind::Tuple(_))) =>
            {
                parts.iter().find_map(|part| self.property_type(*part, key))
            }
            Kind::String | Kind::OpenString | Kind::Template(..) | Kind::Cased(..) => self.of_text(key),
            Kind::Literal(_) | Kind::EnumMember(..) if matches!(self.value_of(object), Some(Literal::String(_))) => {
                self.of_text(key)
            }
            _ => self.member_type(object, key).or_else(|| {
                let list = self.list_of(object)?;
                self.property_type(list, key)
            }),
        }
    }

    /// What a text has under a key: its characters, its length, its methods.
    fn of_text(&mut self, key: TypeId) -> Option<TypeId> {
        if self.is_number_key(key) {
            return Some(self.intern(Kind::String));
        }
        match self.value_of(key) {
            Some(Literal::String(name)) if STRING_METHODS.split_whitespace().any(|method| method == name) => {
                Some(self.library_type("Function"))
            }
            _ => self.length_type(key),
        }
    }

    fn length_type(&mut self, key: TypeId) -> Option<TypeId> {
        match self.value_of(key) {
            Some(Literal::String(name)) if name == "length" => Some(self.intern(Kind::Number)),
            _ => None,
        }
    }

    fn item_type(&mut self, item: TypeId, key: TypeId) -> Option<TypeId> {
        match self.kind(key) {
            Kind::Number => Some(item),
            _ => match self.value_of(key) {
                Some(Literal::Number(_)) => Some(item),
                Some(Literal::String(name)) if name.parse::<u32>().is_ok() => Some(item),
                _ => self.length_type(key),
            },
        }
    }

    fn place_type(&mut self, elems: &[Elem], key: TypeId) -> Option<TypeId> {
        let of_elem = |cx: &mut Self, elem: &Elem| if elem.optional { cx.or_undefined(elem.ty) } else { elem.ty };
        if *self.kind(key) == Kind::Number {
            let types = elems.iter().map(|elem| of_elem(self, elem)).collect();
            return Some(self.union(types));
        }
        let text = match self.value_of(key)? {
            Literal::Number(number) => number.to_string(),
            Literal::String(name) => name.clone(),
            _ => return None,
        };
        if text == "length" {
            return Some(self.tuple_length(elems));
        }
        let place: usize = text.parse().ok()?;
        match elems.get(place).filter(|elem| !elem.rest) {
            Some(elem) => {
                let elem = elem.clone();
                Some(of_elem(self, &elem))
            }
            None if elems.iter().any(|elem| elem.rest) => {
                let after: Vec<TypeId> = elems.iter().skip_while(|elem| !elem.rest).map(|elem| elem.ty).collect();
                Some(self.union(after))
            }
            None => Some(self.intern(Kind::Undefined)),
        }
    }

    fn tuple_length(&mut self, elems: &[Elem]) -> TypeId {
        if elems.iter().any(|elem| elem.rest) {
            return self.intern(Kind::Number);
        }
        let least = elems.iter().filter(|elem| !elem.optional).count();
        let lengths = (least..=elems.len())
            .map(|length| self.literal(Literal::Number(crate::model::NumberLit(length as f64))))
            .collect();
        self.union(lengths)
    }

    fn member_type(&mut self, object: TypeId, key: TypeId) -> Option<TypeId> {
        let members = self.members(object)?;
        let name = match self.value_of(key) {
            Some(Literal::String(name)) => Some(name.clone()),
            Some(Literal::Number(number)) => Some(number.to_string()),
            _ => match self.kind(key) {
                Kind::UniqueSymbol(name) => Some(name.to_string()),
                _ => None,
            },
        };
        if let Some(prop) = name.as_deref().and_then(|name| members.props.get(name)) {
            let ty = self.prop_type(prop);
            return Some(if prop.optional { self.or_undefined(ty) } else { ty });
        }
        if name.is_some_and(|name| name.starts_with(SYMBOL)) {
            return None;
        }
        let mut found = Vec::new();
        for index in &members.indexes {
            // A number is a key of a string index too.
            let fits =
                self.assignable(key, index.key) || (*self.kind(index.key) == Kind::String && self.is_number_key(key));
            if fits && !self.is_being_found(index) {
                found.push(self.index_type(index));
            }
        }
        if found.is_empty() { None } else { Some(self.intersection(found)) }
    }

    /// The type of the values under an index signature.
    pub fn index_type(&mut self, index: &Index<'m>) -> TypeId {
        let outermost = index.written().is_some_and(|place| self.finding.insert(place));
        let ty = self.slot(&index.value);
        if outermost {
            self.finding.pop();
        }
        ty
    }

    /// Whether the values under an index signature are being evaluated. In `{ a: A; [key: string]: B | T[keyof T] }`, the
    /// last arm is what the properties of `T` are, as it is in TypeScript: the signature gives itself nothing.
    pub fn is_being_found(&self, index: &Index<'m>) -> bool {
        index.written().is_some_and(|place| self.finding.contains(&place))
    }

    /// Whether a key is a number.
    pub fn is_number_key(&self, key: TypeId) -> bool {
        matches!(self.kind(key), Kind::Number | Kind::OpenNumber)
            || matches!(self.value_of(key), Some(Literal::Number(_)))
    }
}
