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
    /// The name of the declaration, or of the instance of one, that names begin with here.
    pub root: String,
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
    /// The type, as TypeScript writes it, where that is what its name says and not the place: `User | Bot`.
    pub written: Option<String>,
}

/// How long the name of a type without one may be before steps in its middle are left out.
pub(super) const LONG: usize = 48;

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
        Self { case, ..self.named_inner(RustIdent::upper_camel(name).text(), names) }
    }

    /// The place of something inside: an element, a value of a map. Recipe rows name it as they name this one.
    pub(super) fn inner(&self, word: &str) -> Self {
        self.named_inner(word, self.names.clone())
    }

    /// Places are made for every property: what is not kept of this one is not copied either.
    fn named_inner(&self, word: &str, names: Vec<String>) -> Self {
        Self {
            module: self.module.clone(),
            owner: self.owner,
            claim: None,
            root: self.root.clone(),
            base: format!("{} {word}", self.base),
            short: format!("{} {word}", self.short),
            arm: false,
            names,
            params: self.params.clone(),
            usage: self.usage,
            case: self.case,
            nested: true,
            spent: self.spent.clone(),
            written: None,
        }
    }

    /// The place of an arm of a union.
    pub(super) fn arm(&self, word: &str) -> Self {
        let base = format!("{} {word}", self.base);
        Self { claim: None, nested: true, base, arm: true, written: None, ..self.clone() }
    }

    /// The inside of a type that was given a name; what is in the body of a declaration is named by the declaration.
    pub(super) fn within(&self, path: &RustPath, words: Option<&str>) -> Self {
        if self.claim.as_ref() == Some(path) {
            return Self { claim: None, ..self.clone() };
        }
        let name = path.name.text();
        let base = match words {
            _ if RustIdent::upper_camel(&self.base) == path.name => self.base.clone(),
            Some(words) => words.to_owned(),
            None => name.to_owned(),
        };
        let short = if self.arm { self.short.clone() } else { base.clone() };
        Self { claim: None, base, short, ..self.clone() }
    }
}

/// The names that words make, the best first: of a long one the first word and the last two, then more of them.
pub(super) fn shortened(words: &str) -> Vec<String> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let whole = words.to_owned();
    if RustIdent::upper_camel(words).text().len() <= LONG || parts.len() < 4 {
        return vec![whole];
    }
    let fewer = (2..parts.len() - 1).map(|kept| format!("{} {}", parts[0], parts[parts.len() - kept..].join(" ")));
    fewer.chain([whole]).collect()
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_names_keep_their_ends() {
        assert_eq!(shortened("Session LatestActivity"), ["Session LatestActivity"]);
        assert_eq!(
            shortened("DocumentObject PathsObject ResponsesObject ContentObject SchemaObject"),
            [
                "DocumentObject ContentObject SchemaObject",
                "DocumentObject ResponsesObject ContentObject SchemaObject",
                "DocumentObject PathsObject ResponsesObject ContentObject SchemaObject",
            ]
        );
    }
}
