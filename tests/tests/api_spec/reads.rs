//! What classes read of documents: watched by the oracle while the SDK's own `fromJSON` ran.

use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use tests::api::declared::{Declarations, Keys};
use tests::node;

/// The classes, by name.
pub struct Reads(BTreeMap<String, Class>);

#[derive(Deserialize)]
struct Class {
    /// The fields, with where they are from.
    fields: BTreeMap<String, Field>,
    /// The keys that are declared and not read; optional ones with a question mark.
    unread: Vec<String>,
}

/// Where a field is from.
#[derive(Deserialize)]
#[serde(untagged)]
enum Field {
    /// The value of a key as it is.
    Same(String),
    /// What is made of the first of some keys that is there.
    Made(Made),
}

#[derive(Deserialize)]
struct Made {
    from: Vec<String>,
    /// The class that is made of the value, or of each in a list.
    #[serde(alias = "list")]
    class: Option<String>,
    /// What the field is instead, where that is more than nothing.
    absent: Option<Value>,
    null: Option<Value>,
}

/// What is wrong with a value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    Absent,
    Null,
    Kind,
}

/// Why a class takes what its wire type refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excuse {
    /// It does not read it.
    Unread,
    /// Its own declaration has less, or `fromJSON` puts something in the place.
    Allowed,
}

impl Reads {
    /// What was recorded.
    pub fn recorded() -> Self {
        let map = node::recorded("from_json_map.json").expect("recorded");
        Self(serde_json::from_value(map).expect("classes"))
    }

    /// Why a class takes a document with something wrong at a path of keys; nothing where it has to refuse it. Of an
    /// inner object the class that is made of it counts.
    pub fn excuse(&self, declarations: &Declarations, class: &str, keys: &[&str], wrong: Wrong) -> Option<Excuse> {
        let (first, rest) = keys.split_first()?;
        let Class { fields, unread } = self.0.get(class).unwrap_or_else(|| panic!("no class {class}"));
        if unread.iter().any(|key| key.trim_end_matches('?') == *first) {
            return Some(Excuse::Unread);
        }
        let (name, field) = fields.iter().find(|(_, field)| field.keys().iter().any(|key| key == first))?;
        if field.keys().first().is_some_and(|key| key != first) {
            return Some(Excuse::Unread);
        }
        if let (Field::Made(Made { class: Some(class), .. }), false) = (field, rest.is_empty()) {
            return self.excuse(declarations, class, rest, wrong);
        }
        let object = declarations.object(class, Keys::Declared).unwrap_or_else(|| panic!("no class {class}"));
        let (_, property) = object.declared(name)?;
        if !rest.is_empty() {
            // An object of any kind is kept as it is.
            return Some(Excuse::Unread).filter(|_| property.inner(declarations).is_none());
        }
        let allows = match wrong {
            Wrong::Absent => property.optional() || field.gives(|made| made.absent.as_ref()),
            Wrong::Null => property.nullable() || field.gives(|made| made.null.as_ref()),
            Wrong::Kind => false,
        };
        allows.then_some(Excuse::Allowed)
    }
}

impl Field {
    /// The keys that it is from, the one that counts first.
    fn keys(&self) -> &[String] {
        match self {
            Self::Same(key) => std::slice::from_ref(key),
            Self::Made(made) => &made.from,
        }
    }

    /// Whether it has a value where its key has none: by another key, or as `fromJSON` puts one there.
    fn gives(&self, instead: impl Fn(&Made) -> Option<&Value>) -> bool {
        let is_value = |value: &Value| value != "undefined";
        matches!(self, Self::Made(made) if made.from.len() > 1 || instead(made).is_some_and(is_value))
    }
}
