//! What is known of documents besides the generated types: their declarations as the census has them, how the API's own
//! specifications are mapped to them, and what the recipe says.

pub mod declared;
pub mod mapping;
pub mod recipe;
pub mod sent;
