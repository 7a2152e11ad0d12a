//! Whether a field may be absent or null.

/// Whether a field may be absent or null, and the Rust type that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// `x: T`: `T`; absent and null are errors (where `T` itself admits null, as an untyped value does, null is a value).
    Required,
    /// `x?: T`: `Option<T>`; left out when `None`; null is an error.
    Optional,
    /// `x: T | null`: `Option<T>`; written as null when `None`; absent is an error.
    Nullable,
    /// `x?: T | null`: `support::Maybe<T>`: absent, null or a value.
    Maybe,
    /// `x?: T | null` merged by recipe, or `x?: T` that may be null: `Option<T>`; absent and null decode as `None`,
    /// which is left out.
    Merged,
    /// `x: T | null` that may be absent by recipe: `Option<T>`; absent and null decode as `None`, written as null.
    NullableOrAbsent,
}

impl Presence {
    /// Whether the key may be absent.
    pub fn may_be_absent(self) -> bool {
        !matches!(self, Self::Required | Self::Nullable)
    }

    /// Whether the value may be null, where the type itself has no null.
    pub fn may_be_null(self) -> bool {
        !matches!(self, Self::Required | Self::Optional)
    }

    /// The presence of a field that is made from another, which may be absent or null: it admits what either admits.
    #[must_use]
    pub fn joined(self, absent: bool, null: bool) -> Self {
        let (optional, nullable) = match self {
            Self::Required => (false, false),
            Self::Optional => (true, false),
            Self::Nullable => (false, true),
            Self::Maybe | Self::Merged | Self::NullableOrAbsent => return self,
        };
        match (optional || absent, nullable || null) {
            (false, false) => Self::Required,
            (true, false) => Self::Optional,
            (false, true) => Self::Nullable,
            (true, true) if nullable => Self::NullableOrAbsent,
            (true, true) => Self::Merged,
        }
    }
}
