//! What is wrong with the input, as data; drawn at the edge by [`crate::report`].
//!
//! Stages collect diagnostics and go on, so that one run reports everything. A diagnostic with [`Severity::Error`]
//! means that nothing is written.

use crate::source::Location;

/// Whether a diagnostic stops the generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Said once, on stderr; the output stands.
    Warning,
}

/// Where a diagnostic points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A position in a declaration file.
    Source(Location),
    /// A position in a file that is not a declaration file (the recipe, a `package.json`): its name and whole text,
    /// and the line and column, both from 1.
    Text {
        /// The file's name as the user knows it.
        name: String,
        /// Its text, for the frame.
        text: String,
        /// Line, from 1.
        line: u32,
        /// Column in characters, from 1.
        column: u32,
    },
    /// No position is meaningful (a missing package).
    Nowhere,
}

/// The kinds of diagnostics. The code is stable: scripts may match on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// The parser refused a declaration file.
    Syntax,
    /// An import or reference names a module that resolves to no declaration file.
    UnresolvedImport,
    /// A name is declared nowhere that is in scope, and is no library type.
    UnresolvedName,
    /// The package, or one of its `package.json` files, is missing or unreadable.
    MissingPackage,
    /// An entry of the package has no types.
    EntryWithoutTypes,
    /// A file could not be read (missing, not UTF-8, too large).
    UnreadableFile,
    /// The recipe is no valid recipe: unknown key, wrong type, missing `why`.
    Recipe,
    /// A row of the recipe matches nothing.
    UnusedRow,
    /// A row of the recipe matches, and changes nothing.
    RuleWithoutEffect,
    /// Two Rust names clash, and no rule of the mapping settles it.
    NameClash,
    /// A budget was exceeded: nesting, instantiation, union width, template expansion.
    Budget,
    /// A construct that the generator cannot lower.
    Unsupported,
    /// The generator wrote Rust that does not parse: a bug in the generator.
    Internal,
}

impl Code {
    /// The code as it is printed, `error[unresolved-import]`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::UnresolvedImport => "unresolved-import",
            Self::UnresolvedName => "unresolved-name",
            Self::MissingPackage => "missing-package",
            Self::EntryWithoutTypes => "entry-without-types",
            Self::UnreadableFile => "unreadable-file",
            Self::Recipe => "recipe",
            Self::UnusedRow => "unused-row",
            Self::RuleWithoutEffect => "rule-without-effect",
            Self::NameClash => "name-clash",
            Self::Budget => "budget",
            Self::Unsupported => "unsupported",
            Self::Internal => "internal",
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// Whether it stops the generation.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub place: Place,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error at a position of a declaration file.
    pub fn error(code: Code, at: Location, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), place: Place::Source(at), hint: None }
    }

    /// A warning at a position of a declaration file.
    pub fn warning(code: Code, at: Location, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, at, message) }
    }

    /// An error that no position belongs to.
    pub fn nowhere(code: Code, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), place: Place::Nowhere, hint: None }
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}
