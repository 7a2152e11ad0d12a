//! JSON text as a tree that keeps what `serde_json::Value` cannot: the order of keys, keys that come twice, and how a
//! number is spelled.

use std::fmt;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Doc {
    /// `null`, a boolean, a number or a string, as it stands in the text.
    Plain(String),
    /// An array.
    List(Vec<Doc>),
    /// An object.
    Object(Vec<(String, Doc)>),
}

impl Doc {
    /// `null`
    pub fn null() -> Self {
        Self::Plain("null".to_owned())
    }

    /// A string.
    pub fn text(text: &str) -> Self {
        Self::Plain(quoted(text))
    }

    /// How many values it holds, itself included.
    pub fn size(&self) -> usize {
        match self {
            Self::Plain(_) => 1,
            Self::List(list) => list.iter().map(Self::size).sum::<usize>() + 1,
            Self::Object(entries) => entries.iter().map(|(_, value)| value.size()).sum::<usize>() + 1,
        }
    }

    /// The value of that number, in the order of the text.
    pub fn nth(&mut self, mut n: usize) -> Option<&mut Self> {
        if n == 0 {
            return Some(self);
        }
        n -= 1;
        let parts: Vec<&mut Self> = match self {
            Self::Plain(_) => return None,
            Self::List(list) => list.iter_mut().collect(),
            Self::Object(entries) => entries.iter_mut().map(|(_, value)| value).collect(),
        };
        for part in parts {
            let size = part.size();
            if n < size {
                return part.nth(n);
            }
            n -= size;
        }
        None
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

impl fmt::Display for Doc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => f.write_str(text),
            Self::List(list) => {
                for (at, element) in list.iter().enumerate() {
                    write!(f, "{}{element}", if at == 0 { "[" } else { "," })?;
                }
                f.write_str(if list.is_empty() { "[]" } else { "]" })
            }
            Self::Object(entries) => {
                for (at, (key, value)) in entries.iter().enumerate() {
                    write!(f, "{}{}:{value}", if at == 0 { "{" } else { "," }, quoted(key))?;
                }
                f.write_str(if entries.is_empty() { "{}" } else { "}" })
            }
        }
    }
}
