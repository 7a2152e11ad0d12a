//! Types as rules write them: primitives, literals of strings, names of declarations, lists and unions of those.

use crate::model::{Literal, Model};
use crate::schema::{Fallback, InstanceId, LiteralShape, Schema, Shape};
use std::collections::BTreeMap;

/// The declarations that a rule can name.
pub(super) struct TypeNames<'m> {
    names: BTreeMap<&'m str, InstanceId>,
}

impl<'m> TypeNames<'m> {
    /// The declarations without parameters, by name; of several of one name the first.
    pub(super) fn new(model: &'m Model, schema: &Schema) -> Self {
        let mut names = BTreeMap::new();
        for (index, instance) in schema.instances.iter().enumerate().filter(|(_, instance)| instance.is_whole()) {
            names.entry(model.def(instance.def).name.as_str()).or_insert(InstanceId(index as u32));
        }
        Self { names }
    }

    /// The shape of a type; `None` where it cannot be understood.
    pub(super) fn parse(&self, text: &str) -> Option<Shape> {
        let mut arms: Vec<Shape> = Vec::new();
        for arm in text.split('|') {
            let arm = self.arm(arm.trim())?;
            if !arms.contains(&arm) {
                arms.push(arm);
            }
        }
        if arms.len() == 1 { arms.pop() } else { Some(Shape::Union(arms)) }
    }

    fn arm(&self, text: &str) -> Option<Shape> {
        let bare = text.trim_end_matches("[]");
        let mut shape = match bare.trim() {
            "string" => Shape::String,
            "number" => Shape::Number,
            "boolean" => Shape::Boolean,
            "null" => Shape::Null,
            "unknown" => Shape::Any(Fallback::Unknown),
            quoted if is_quoted(quoted) => Shape::Literal(LiteralShape {
                value: Literal::String(quoted[1..quoted.len() - 1].to_owned()),
                name: None,
                doc: None,
            }),
            name => Shape::Ref(*self.names.get(name)?),
        };
        for _ in 0..(text.len() - bare.len()) / 2 {
            shape = Shape::Array(Box::new(shape));
        }
        Some(shape)
    }
}

fn is_quoted(text: &str) -> bool {
    text.len() >= 2 && ['\'', '"'].iter().any(|quote| text.starts_with(*quote) && text.ends_with(*quote))
}
