//! Fields that are not declared.

use super::codec::{As, Encode};
use serde::ser::SerializeMap;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt;

/// A map that keeps undeclared fields.
pub trait Extra<T>: Default {
    /// Puts a value in; answers the one that was there.
    fn put(&mut self, key: String, value: T) -> Option<T>;

    /// Calls `each` with every key and value until it fails.
    fn try_each<E>(&self, each: impl FnMut(&str, &T) -> Result<(), E>) -> Result<(), E>;
}

impl<T> Extra<T> for BTreeMap<String, T> {
    fn put(&mut self, key: String, value: T) -> Option<T> {
        self.insert(key, value)
    }

    fn try_each<E>(&self, mut each: impl FnMut(&str, &T) -> Result<(), E>) -> Result<(), E> {
        self.iter().try_for_each(|(key, value)| each(key, value))
    }
}

impl Extra<Value> for Map<String, Value> {
    fn put(&mut self, key: String, value: Value) -> Option<Value> {
        self.insert(key, value)
    }

    fn try_each<E>(&self, mut each: impl FnMut(&str, &Value) -> Result<(), E>) -> Result<(), E> {
        self.iter().try_for_each(|(key, value)| each(key, value))
    }
}

/// Writes undeclared fields, which must not have the key of a declared one.
pub fn put_extra<C: Encode<T>, T, M: SerializeMap>(
    out: &mut M,
    keys: &[&str],
    extra: &impl Extra<T>,
) -> Result<(), M::Error> {
    extra.try_each(|key, value| {
        if keys.contains(&key) {
            let text = format_args!("undeclared field `{key}` has the key of a declared one");
            return Err(serde::ser::Error::custom(text));
        }
        out.serialize_entry(key, &As::<C, T>::new(value))
    })
}

/// Prints the keys of undeclared fields: what they hold is not known, so it may be secret.
pub struct Keys<'a, M>(pub &'a M);

impl<T> fmt::Debug for Keys<'_, BTreeMap<String, T>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl fmt::Debug for Keys<'_, Map<String, Value>> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
