//! Plain values of what is written by hand here, for tests.

use super::{ApiError, List};
use crate::clerk_shared::types::errors::ClerkApiErrorJson;
use crate::support::Sample;

impl<T> Sample for List<T> {
    fn sample() -> Self {
        Self::from(Vec::new())
    }
}

impl<T> List<T> {
    /// An empty list for tests, a bare array.
    #[must_use]
    pub fn sample() -> Self {
        Sample::sample()
    }
}

impl Sample for ApiError {
    fn sample() -> Self {
        Self { errors: vec![ClerkApiErrorJson::sample()], clerk_trace_id: None }
    }
}

impl ApiError {
    /// A plain value for tests, with one error.
    #[must_use]
    pub fn sample() -> Self {
        Sample::sample()
    }
}
