//! Objects that are a declared type though not by its name: what an operator gives that leaves everything as it was
//! (`Readonly<User>`, `User & {}`) is that type.

use super::homes::is_same_type;
use crate::model::{DefId, DefKind, Model};
use crate::schema::{InstanceId, Record, Schema, Shape};
use std::collections::BTreeMap;

/// The schema in which such objects are references.
pub(super) fn apply(model: &Model, mut schema: Schema) -> Schema {
    let mut declared: BTreeMap<DefId, (InstanceId, Shape)> = BTreeMap::new();
    for (index, instance) in schema.instances.iter().enumerate() {
        if instance.is_whole() && matches!(&instance.shape, Shape::Record(record) if !record.properties.is_empty()) {
            declared.insert(instance.def, (InstanceId(index as u32), instance.shape.clone()));
        }
    }
    let same = Same { declared };
    for instance in &mut schema.instances {
        let is_alias = instance.is_whole() && matches!(model.def(instance.def).kind, DefKind::Alias(_));
        same.body(instance.def, is_alias, &mut instance.shape);
        instance.args.iter_mut().for_each(|arg| same.shape(arg));
    }
    for (def, body) in &mut schema.generics {
        same.body(*def, false, body);
    }
    schema
}

struct Same {
    /// The declarations that are objects.
    declared: BTreeMap<DefId, (InstanceId, Shape)>,
}

impl Same {
    fn body(&self, def: DefId, is_alias: bool, body: &mut Shape) {
        let other = match body {
            // All properties are of one other declaration: else two aliases could be taken for each other.
            Shape::Record(record)
                if is_alias && record.properties.iter().all(|it| it.owner.is_some_and(|it| it != def)) =>
            {
                let owner = record.properties.first().and_then(|property| property.owner);
                let lone = record.properties.iter().all(|property| property.owner == owner);
                owner.filter(|_| lone).and_then(|owner| self.find(owner, body))
            }
            _ => None,
        };
        match other {
            Some(id) => *body = Shape::Ref(id),
            None => self.inside(body),
        }
    }

    fn shape(&self, shape: &mut Shape) {
        let known = match &*shape {
            Shape::Record(record) => owners(record).find_map(|owner| self.find(owner, shape)),
            _ => None,
        };
        match known {
            Some(id) => *shape = Shape::Ref(id),
            None => self.inside(shape),
        }
    }

    fn inside(&self, shape: &mut Shape) {
        match shape {
            Shape::Array(item) => self.shape(item),
            Shape::Tuple(places) => places.iter_mut().for_each(|place| self.shape(&mut place.shape)),
            Shape::Union(arms) | Shape::GenericRef(_, arms) => arms.iter_mut().for_each(|arm| self.shape(arm)),
            Shape::Record(record) => {
                record.properties.iter_mut().for_each(|property| self.shape(&mut property.shape));
                record.indexes.iter_mut().for_each(|index| self.shape(&mut index.value));
            }
            _ => {}
        }
    }

    fn find(&self, owner: DefId, shape: &Shape) -> Option<InstanceId> {
        let (id, declared) = self.declared.get(&owner)?;
        is_same_type(shape, declared).then_some(*id)
    }
}

/// The declarations that an object could be: own properties come after inherited ones.
fn owners(record: &Record) -> impl Iterator<Item = DefId> {
    [record.properties.last(), record.properties.first()].into_iter().flatten().filter_map(|property| property.owner)
}
