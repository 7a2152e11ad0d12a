//! Where a type stands: what an anonymous type there is called, which recipe rows mean it.

use super::layout::ModulePath;
use crate::model::DefId;
use crate::recipe::WireCase;
use crate::rust::{RustIdent, RustPath};
use crate::schema::Usage;

/// A place of the input that a type stands at.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// The module that types named here live in.
    pub module: ModulePath,
    /// The declaration that the place is in.
    pub owner: DefId,
    /// The name that a type made right here takes: that of the declaration whose body it is.
    pub claim: Option<RustPath>,
    /// What a type without a name is called here, as words: `Session LatestActivity`.
    pub base: String,
    /// The same without the arms of unions on the way, which is tried first: equal fields of several arms share a type.
    pub short: String,
    /// Whether the place is an arm of a union: what is in it is named by where the union stands.
    pub arm: bool,
    /// What upstream calls the place, as recipe rows name it: `Session.latest_activity`; then the names it has by
    /// inheritance.
    pub names: Vec<String>,
    /// The type parameters in scope, by index.
    pub params: Vec<RustIdent>,
    /// How the owner is used.
    pub usage: Usage,
    /// How keys are spelled on the wire here.
    pub case: Option<WireCase>,
    /// Whether it is inside the owner, rather than its whole body.
    pub nested: bool,
    /// Properties that unions around this place are told apart by already.
    pub spent: Vec<String>,
}

impl Site {
    /// What upstream calls the place.
    pub(super) fn upstream(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }

    /// What upstream calls a property here.
    pub(super) fn field_names(&self, name: &str, inherited: Option<String>) -> Vec<String> {
        let mut names: Vec<String> = self.names.iter().map(|owner| format!("{owner}.{name}")).collect();
        names.extend(inherited.filter(|other| !names.contains(other)));
        names
    }

    /// The place of a property.
    pub(super) fn field(&self, name: &str, inherited: Option<String>) -> Self {
        let names = self.field_names(name, inherited);
        let case = self.case.filter(|case| *case == WireCase::DeepSnake);
        Self { names, case, ..self.inner(RustIdent::upper_camel(name).text()) }
    }

    /// The place of something inside: an element, a value of a map. Recipe rows name it as they name this one.
    pub(super) fn inner(&self, word: &str) -> Self {
        let (base, short) = (format!("{} {word}", self.base), format!("{} {word}", self.short));
        Self { claim: None, nested: true, base, short, arm: false, ..self.clone() }
    }

    /// The place of an arm of a union.
    pub(super) fn arm(&self, word: &str) -> Self {
        Self { claim: None, nested: true, base: format!("{} {word}", self.base), arm: true, ..self.clone() }
    }

    /// The inside of a type that was given a name; what is in the body of a declaration is named by the declaration.
    pub(super) fn within(&self, path: &RustPath) -> Self {
        if self.claim.as_ref() == Some(path) {
            return Self { claim: None, ..self.clone() };
        }
        let base = path.name.text().to_owned();
        let short = if self.arm { self.short.clone() } else { base.clone() };
        Self { claim: None, base, short, ..self.clone() }
    }
}
