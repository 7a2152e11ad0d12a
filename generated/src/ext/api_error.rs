//! What the Backend API answers when it refuses a request.

use crate::clerk_shared::types::errors::ClerkApiErrorJson;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::fmt;

/// The body of an answer that is no success.
///
/// As in Clerk's SDK, a body without `errors` has none, and a trace id that is no text is none.
///
/// ```
/// use clerk_backend_types::{from_str, ApiError};
///
/// let body = r#"{
///     "errors": [{ "code": "form_identifier_exists", "message": "already exists", "meta": { "param_name": "username" } }],
///     "clerk_trace_id": "5d9c"
/// }"#;
/// let error: ApiError = from_str(body)?;
/// assert!(error.has_code("form_identifier_exists"));
/// assert_eq!(error.to_string(), "already exists (form_identifier_exists, `username`), trace 5d9c");
/// # Ok::<(), clerk_backend_types::DecodeError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ApiError {
    /// What is wrong, mostly one thing.
    pub errors: Vec<ClerkApiErrorJson>,
    /// What Clerk's support asks for. Where it is `None`, the header `cf-ray` of the answer serves.
    pub clerk_trace_id: Option<String>,
}

impl ApiError {
    /// Whether one of the errors has this code.
    pub fn has_code(&self, code: &str) -> bool {
        self.errors.iter().any(|error| error.code == code)
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.errors.is_empty() {
            f.write_str("the API gave no reason")?;
        }
        for (at, error) in self.errors.iter().enumerate() {
            let separator = if at == 0 { "" } else { "; " };
            write!(f, "{separator}{} ({}", error.long_message.as_ref().unwrap_or(&error.message), error.code)?;
            match error.meta.as_ref().and_then(|meta| meta.param_name.as_ref()) {
                Some(param) => write!(f, ", `{param}`)")?,
                None => f.write_str(")")?,
            }
        }
        match &self.clerk_trace_id {
            Some(id) => write!(f, ", trace {id}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ApiError {}

impl<'de> Deserialize<'de> for ApiError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(BodyVisitor)
    }
}

struct BodyVisitor;

impl<'de> Visitor<'de> for BodyVisitor {
    type Value = ApiError;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `errors`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ApiError, A::Error> {
        let mut body = ApiError::default();
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "errors" => body.errors = map.next_value()?,
                "clerk_trace_id" => {
                    body.clerk_trace_id = match map.next_value()? {
                        Value::String(id) => Some(id),
                        _ => None,
                    };
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(body)
    }
}

impl Serialize for ApiError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("errors", &self.errors)?;
        if let Some(id) = &self.clerk_trace_id {
            map.serialize_entry("clerk_trace_id", id)?;
        }
        map.end()
    }
}
