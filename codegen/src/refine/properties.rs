//! Every property of a declaration, with the names that rules may call it.

use crate::model::{Literal, Model};
use crate::schema::{LiteralShape, Property, Record, Schema, Shape};

/// What is done with a property, and with the names that rules may call it: `Type.field` first, then the one that it has
/// by the declaration that it is inherited from.
pub(super) type Visitor<'v> = dyn FnMut(&[String], &mut Property) + 'v;

/// Visits every property of every declaration, those of anonymous objects below it before it; references are not followed.
pub(super) fn visit(model: &Model, schema: &mut Schema, each: &mut Visitor<'_>) {
    let instances = schema.instances.iter_mut().map(|instance| (instance.def, &mut instance.shape));
    let bodies = schema.generics.iter_mut().map(|(def, body)| (*def, body));
    for (def, shape) in instances.chain(bodies) {
        visit_shape(model, &model.def(def).name, shape, each);
    }
}

fn visit_shape(model: &Model, place: &str, shape: &mut Shape, each: &mut Visitor<'_>) {
    match shape {
        Shape::Array(item) => visit_shape(model, place, item, each),
        Shape::Tuple(places) => places.iter_mut().for_each(|tuple| visit_shape(model, place, &mut tuple.shape, each)),
        Shape::Union(arms) => {
            for arm in arms {
                match arm {
                    Shape::Record(record) => visit_record(model, place, &arm_places(place, record), record, each),
                    other => visit_shape(model, place, other, each),
                }
            }
        }
        Shape::Record(record) => visit_record(model, place, &[], record, each),
        _ => {}
    }
}

fn visit_record(model: &Model, place: &str, arms: &[String], record: &mut Record, each: &mut Visitor<'_>) {
    for property in &mut record.properties {
        let mut names = names_of(model, place, property);
        names.extend(arms.iter().map(|arm| format!("{arm}.{}", property.name)));
        visit_shape(model, &names[0], &mut property.shape, each);
        each(&names, property);
    }
    record.indexes.iter_mut().for_each(|index| visit_shape(model, place, &mut index.value, each));
}

/// What rules may call an arm without a name: by each text that it requires (`Pet.'cat'`).
fn arm_places(place: &str, record: &Record) -> Vec<String> {
    let text = |property: &Property| match &property.shape {
        Shape::Literal(LiteralShape { value: Literal::String(text), .. }) if !property.optional => {
            Some(format!("{place}.'{text}'"))
        }
        _ => None,
    };
    record.properties.iter().filter_map(text).collect()
}

fn names_of(model: &Model, place: &str, property: &Property) -> Vec<String> {
    let mut names = vec![format!("{place}.{}", property.name)];
    let inherited = property.owner.map(|owner| format!("{}.{}", model.def(owner).name, property.name));
    names.extend(inherited.filter(|name| *name != names[0]));
    names
}
