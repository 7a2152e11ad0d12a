//! Snippets lowered whole.
