//! The lists that the Backend API answers.

use serde::de::{self, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A list, in any of the three shapes that the Backend API answers: a bare array, `{ "data": […], "total_count": n }`, or
/// `{ "m2m_tokens": […], "total_count": n }`.
///
/// ```
/// use clerk_backend_types::{DeletedObjectJson, List};
///
/// let body = r#"[{ "object": "user", "id": "user_1", "deleted": true }]"#;
/// let bare: List<DeletedObjectJson> = serde_json::from_str(body)?;
/// assert_eq!(bare.total_count, None);
/// assert!(bare.data[0].deleted);
/// for user in &bare {
///     println!("{:?} is gone", user.id);
/// }
///
/// let page: List<DeletedObjectJson> = serde_json::from_str(r#"{ "data": [], "total_count": 12 }"#)?;
/// assert_eq!(page.total_count, Some(12));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List<T> {
    /// The elements of this page.
    pub data: Vec<T>,
    /// How many there are on all pages; a bare array does not say.
    pub total_count: Option<u64>,
    shape: Shape,
}

/// How the list was sent, so that it encodes as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Bare,
    Keyed(&'static str),
}

impl<T> From<Vec<T>> for List<T> {
    /// A bare array.
    fn from(data: Vec<T>) -> Self {
        Self { data, total_count: None, shape: Shape::Bare }
    }
}

impl<T> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.data.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.data.iter()
    }
}

impl<'a, T> IntoIterator for &'a mut List<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.data.iter_mut()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array, or an object with `data` or `m2m_tokens`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<List<T>, A::Error> {
        let mut data = Vec::new();
        while let Some(element) = elements.next_element()? {
            data.push(element);
        }
        Ok(List::from(data))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<List<T>, A::Error> {
        let mut found: Option<(&'static str, Vec<T>)> = None;
        let mut total_count = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "data" | "m2m_tokens" if found.is_some() => {
                    return Err(de::Error::custom("a list holds `data` or `m2m_tokens`, once"));
                }
                "data" => found = Some(("data", map.next_value()?)),
                "m2m_tokens" => found = Some(("m2m_tokens", map.next_value()?)),
                "total_count" => total_count = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let (key, data) = found.ok_or_else(|| de::Error::missing_field("data"))?;
        Ok(List { data, total_count, shape: Shape::Keyed(key) })
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Shape::Keyed(key) = self.shape else {
            let mut elements = serializer.serialize_seq(Some(self.data.len()))?;
            for element in &self.data {
                elements.serialize_element(element)?;
            }
            return elements.end();
        };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry(key, &self.data)?;
        if let Some(total_count) = self.total_count {
            map.serialize_entry("total_count", &total_count)?;
        }
        map.end()
    }
}
