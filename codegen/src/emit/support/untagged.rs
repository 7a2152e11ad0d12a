//! Unions that no property tells apart: by JSON kind, then by which arm decodes and leaves the least unread.

use super::codec::Decode;
use super::constant::Constant;
use super::content::{Content, Kind, Node};
use super::discreet::own;
use super::error::{ContentError, InJson, Missing};
use super::level::Level;
use super::reader::{set_unread, unread};
use super::unknown::OneOf;
use serde::de::Error;
use std::cell::Cell;
use std::cmp::Reverse;
use std::fmt::Write;

/// How long the reason of one arm may be in an error: unions of unions of unions would fill pages.
const LONGEST_REASON: usize = 400;

/// After how much text an error only counts the arms that are left: a union can have hundreds.
const LONGEST_TEXT: usize = 2_000;

thread_local! {
    /// How many more arms may be tried below the outermost union that is being decoded on this thread; `None` where
    /// there is none. Recursive unions could else be made to try a number of arms that doubles with each level.
    static BUDGET: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Why an arm is not the document's. Most that are refused are so for what is seen at once; it is put in words only where
/// no arm fits.
enum Reason {
    /// It is of the arm's kind, and decoding it failed.
    Error(ContentError),
    /// Some of the keys that the arm requires are not there.
    Missing(&'static [&'static str]),
    /// Behind these keys stands a value that is another arm's.
    Foreign(&'static [&'static str], Constant),
    /// Too many arms were tried.
    Budget,
}

/// The search for the arm of a union.
pub struct Choice<'c, 'de, U> {
    name: &'static str,
    value: Node<'c, 'de>,
    best: Option<(usize, U)>,
    /// The arms that do not fit: how much of the document each read, which it is, and what is wrong.
    refused: Vec<(usize, &'static str, Reason)>,
    kinds: Vec<Kind>,
    /// The count of unread values when the search began.
    start: usize,
    outermost: bool,
    _level: Level,
}

impl<'c, 'de, U> Choice<'c, 'de, U> {
    /// Begins the search.
    pub fn new<E: Error>(name: &'static str, content: &'c Content<'de>) -> Result<Self, E> {
        let (level, value) = (Level::enter()?, content.root());
        let outermost = BUDGET.get().is_none();
        if outermost {
            BUDGET.set(Some(10_000 + 200 * value.size()));
        }
        Ok(Self {
            name,
            value,
            best: None,
            refused: Vec::new(),
            kinds: Vec::new(),
            start: unread(),
            outermost,
            _level: level,
        })
    }

    /// Tries an arm, unless one was found before that read everything.
    ///
    /// `required` are keys without which a document is not this arm's: what is in it need not be decoded to know.
    /// `foreign` are values that are another arm's, and the keys on the way to them: this arm's enum would take them for
    /// values that it does not know, and so a broken document of the other arm for one of its own.
    pub fn consider<C: Decode<'de, P>, P>(
        &mut self,
        arm: &'static str,
        kinds: &[Kind],
        required: &'static [&'static str],
        foreign: &'static [(&'static [&'static str], Constant)],
        make: fn(P) -> U,
    ) {
        if matches!(self.best, Some((0, _))) {
            return;
        }
        let empty = self.value.kind() == Kind::Object && self.value.size() == 1 && kinds.contains(&Kind::Empty);
        if !empty && !kinds.contains(&self.value.kind()) {
            self.kinds.extend(kinds);
            return;
        }
        if !required.iter().all(|key| self.has_key(key)) {
            return self.refused.push((0, arm, Reason::Missing(required)));
        }
        if let Some((path, value)) = foreign.iter().find(|(path, value)| has(self.value, path, value)) {
            return self.refused.push((0, arm, Reason::Foreign(path, *value)));
        }
        let left = BUDGET.get().unwrap_or_default();
        if left == 0 {
            return self.refused.push((0, arm, Reason::Budget));
        }
        BUDGET.set(Some(left - 1));
        set_unread(self.start);
        match C::decode(self.value) {
            Ok(payload) => {
                let ignored = unread() - self.start;
                if self.best.as_ref().is_none_or(|(best, _)| ignored < *best) {
                    self.best = Some((ignored, make(payload)));
                }
            }
            Err(error) => self.refused.push((error.reach(), arm, Reason::Error(error))),
        }
    }

    fn has_key(&self, key: &str) -> bool {
        self.value.entries().into_iter().flatten().any(|(own, _)| own == key)
    }

    /// The arm that fits best, or what is wrong with each.
    pub fn finish<E: Error>(mut self) -> Result<U, E> {
        match self.best.take() {
            Some((ignored, best)) => {
                set_unread(self.start + ignored);
                Ok(best)
            }
            None => {
                set_unread(self.start);
                Err(E::custom(self.explain()))
            }
        }
    }

    /// A reason in words.
    fn in_words(&self, reason: Reason) -> ContentError {
        match reason {
            Reason::Error(error) => error,
            Reason::Missing(required) => {
                let missing: Vec<&str> = required.iter().copied().filter(|key| !self.has_key(key)).collect();
                own(format_args!("{}", Missing(&missing)))
            }
            Reason::Foreign(path, value) => {
                let error: ContentError = own(format_args!("{value} is another arm's"));
                path.iter().rev().fold(error, |error, key| error.below_key(key))
            }
            Reason::Budget => own(format_args!("too many arms of unions were tried")),
        }
    }

    fn explain(&mut self) -> ContentError {
        if self.refused.len() == 1 {
            let (_, _, reason) = self.refused.remove(0);
            return self.in_words(reason);
        }
        let mut text = String::new();
        if self.refused.is_empty() {
            let unexpected = InJson(self.value.unexpected());
            self.kinds.sort_unstable_by_key(|kind| *kind as usize);
            self.kinds.dedup();
            let _ = write!(text, "invalid type: {unexpected}, expected {} ({})", self.name, OneOf(&self.kinds));
        } else {
            let _ = write!(text, "no arm of {} fits", self.name);
            // What is meant is most likely the arm that got furthest.
            let mut refused = std::mem::take(&mut self.refused);
            refused.sort_by_key(|(reach, ..)| Reverse(*reach));
            let count = refused.len();
            for (at, (_, arm, reason)) in refused.into_iter().enumerate() {
                if text.len() > LONGEST_TEXT {
                    let _ = write!(text, "; and {} more arms", count - at);
                    break;
                }
                let reason: String = self.in_words(reason).to_string().chars().take(LONGEST_REASON).collect();
                let _ = write!(text, "{} {arm}: {reason}", if at == 0 { ":" } else { ";" });
            }
        }
        own(format_args!("{text}"))
    }
}

/// Whether a value stands behind keys, in whatever lists.
fn has(node: Node<'_, '_>, path: &[&str], value: &Constant) -> bool {
    if let Some(mut elements) = node.elements() {
        return elements.any(|element| has(element, path, value));
    }
    let Some((key, path)) = path.split_first() else { return value.is(node) };
    node.entries().into_iter().flatten().any(|(own, found)| own == *key && has(found, path, value))
}

impl<U> Drop for Choice<'_, '_, U> {
    fn drop(&mut self) {
        if self.outermost {
            BUDGET.set(None);
        }
    }
}

/// Gives a union both of serde's impls from a table of its arms: `Arm: kind | kind;`, `with "key"` where it cannot do
/// without, `unless "key" "key below" = value` where that value is another arm's, and `as Codec` where the payload is not
/// coded in serde's own way. `sample Arm` in the head names the arm of the [sample](super::sample) where that is not the first.
macro_rules! untagged {
    (
        $name:ident $(<$($param:ident),+>)? $upstream:literal $($mark:ident)* {
            $($variant:ident: $($kind:ident)|+ $(with $($required:literal),+)? $(unless $($($key:literal)+ = $value:literal),+)? $(as $codec:ty)?;)*
        }
    ) => {
        const _: () = {
            use $crate::support::table::*;

            impl<'de $($(, $param: Deserialize<'de>)+)?> Deserialize<'de> for self::$name $(<$($param),+>)? {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let content = Content::deserialize(deserializer)?;
                    let mut choice = Choice::new::<D::Error>($upstream, &content)?;
                    $(choice.consider::<Field<$($codec)?>, _>(
                        stringify!($variant),
                        &[$(Kind::$kind),+],
                        &[$($($required),+)?],
                        const { &[$($((&[$($key),+], Literal($value).constant())),+)?] },
                        Self::$variant,
                    );)*
                    choice.finish()
                }
            }

            impl $(<$($param: Serialize),+>)? Serialize for self::$name $(<$($param),+>)? {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    match self {
                        $(Self::$variant(payload) => As::<Field<$($codec)?>, _>::new(payload).serialize(serializer),)*
                    }
                }
            }
        };

        #[cfg(feature = "fixtures")]
        $crate::support::sample! { [$($mark)*] $name [$($($param)+)?] settled ($($variant)*) }
    };
}
pub(crate) use untagged;
