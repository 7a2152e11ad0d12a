//! What neither declarations nor evidence allow is refused: documents with one thing wrong.

use crate::Everything;
use crate::hold::Target;
use crate::types;
use serde_json::{Value, json};
use tests::api::declared::{Declarations, Object, Property};

/// How many broken documents were tried, and those that were taken, by place; and whole ones that were not.
#[derive(Default)]
pub struct Broken {
    pub tried: usize,
    pub taken: Vec<String>,
}

impl Broken {
    /// Breaks a whole document, which the type takes, at each property of its own.
    pub fn try_all(&mut self, everything: &Everything, target: &Target<'_>, whole: &Value) {
        let declarations = &everything.declarations;
        let found = types::find(target.type_name()).expect("a type");
        if let Err(refusal) = (found.decode)(&whole.to_string()) {
            self.taken.push(format!("{}: the whole document is refused: {refusal:?}", target.type_name()));
        }
        let object: Object<'_> = target.object(declarations);
        for (key, property) in object.properties() {
            let place = property.place.clone();
            let evidence = &everything.evidence;
            if !property.optional() && !evidence.absent.contains_key(&place) {
                self.refused(target, whole, &key, None, &format!("{place} absent"));
            }
            let any = is_any(&property, declarations);
            if !property.nullable() && !any && !evidence.null.contains_key(&place) {
                self.refused(target, whole, &key, Some(Value::Null), &format!("{place} null"));
            }
            let said = evidence.kinds.get(&place);
            let wrong = Some(wrong(&property)).filter(|_| !any);
            let wrong = wrong.filter(|wrong| said.is_none_or(|said| !said.contains(kind(wrong))));
            if let Some(wrong) = wrong {
                let is = format!("{place} {wrong}");
                self.refused(target, whole, &key, Some(wrong), &is);
            }
        }
    }

    fn refused(&mut self, target: &Target<'_>, whole: &Value, key: &str, value: Option<Value>, is: &str) {
        let mut broken = whole.clone();
        let map = broken.as_object_mut().expect("an object");
        match value {
            Some(value) => drop(map.insert(key.to_owned(), value)),
            None if !map.contains_key(key) => return,
            None => drop(map.remove(key)),
        }
        self.tried += 1;
        let found = types::find(target.type_name()).expect("a type");
        if (found.decode)(&broken.to_string()).is_ok() {
            self.taken.push(is.to_owned());
        }
    }
}

fn is_any(property: &Property<'_>, declarations: &Declarations) -> bool {
    let kind = property.kind();
    let is_known = ["string", "number", "boolean", "true", "false", "map"].contains(&kind)
        || kind.starts_with('"')
        || kind.ends_with("[]");
    !is_known && property.inner(declarations).is_none()
}

/// A value of another kind than the declared one.
fn wrong(property: &Property<'_>) -> Value {
    match property.kind() {
        kind if kind == "string" || kind.starts_with('"') && !kind.ends_with("[]") => json!(7),
        _ => json!("wrong"),
    }
}

fn kind(value: &Value) -> &'static str {
    if value.is_string() { "string" } else { "integer" }
}
