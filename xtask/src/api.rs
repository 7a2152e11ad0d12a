//! The public items of generated sources.
