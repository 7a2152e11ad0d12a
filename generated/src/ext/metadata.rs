//! Metadata as a type of the user's own.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Reads metadata, which upstream leaves to its users to type, as a type of one's own.
///
/// ```
/// use clerk_backend_types::Metadata;
/// # #[derive(PartialEq, Debug)] struct Plan { seats: u32 }
/// # impl<'de> serde::Deserialize<'de> for Plan {
/// #     fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
/// #         let mut map = std::collections::BTreeMap::<String, u32>::deserialize(d)?;
/// #         Ok(Plan { seats: map.remove("seats").unwrap_or_default() })
/// #     }
/// # }
/// let user_metadata = serde_json::Map::from_iter([("seats".to_owned(), 3.into())]);
/// let plan: Plan = user_metadata.metadata_as()?; // `Plan` implements `serde::Deserialize`
/// assert_eq!(plan, Plan { seats: 3 });
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Metadata {
    /// The metadata as a `T`.
    ///
    /// # Errors
    ///
    /// What `T`'s own decoding says.
    fn metadata_as<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error>;
}

impl Metadata for Map<String, Value> {
    fn metadata_as<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(self)
    }
}
