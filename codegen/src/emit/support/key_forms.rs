//! Index signatures whose keys have a form: `` [key: `x-${string}`]: T `` and `[key: number]: T`.

use super::codec::Encode;
use super::extra::{Extra, put_extra};
use serde::ser::{Error, SerializeMap};

/// A part of a key's form.
#[derive(Clone, Copy, Debug)]
pub enum KeyPart {
    /// This text.
    Text(&'static str),
    /// Any text, also none.
    AnyText,
    /// A number.
    AnyNumber,
    /// An integer.
    AnyInteger,
}

pub use KeyPart::*;

/// Whether a key has a form. As in TypeScript, a part that is any text ends where the text after it first begins.
pub fn has_form(key: &str, form: &[KeyPart]) -> bool {
    let Some((first, rest)) = form.split_first() else { return key.is_empty() };
    if let Text(text) = first {
        return key.strip_prefix(text).is_some_and(|key| has_form(key, rest));
    }
    let end = match rest {
        [] => Some(key.len()),
        [Text(last)] if key.len() >= last.len() && key.ends_with(last) => Some(key.len() - last.len()),
        [Text(next), ..] => key.find(next),
        _ => key.chars().next().map(char::len_utf8),
    };
    end.is_some_and(|end| is_part(&key[..end], *first) && has_form(&key[end..], rest))
}

fn is_part(text: &str, part: KeyPart) -> bool {
    let is_number = || text.starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '-' | '+' | '.'));
    match part {
        Text(own) => own == text,
        AnyText => true,
        AnyNumber => is_number() && text.parse::<f64>().is_ok_and(f64::is_finite),
        AnyInteger => is_number() && text.parse::<i128>().is_ok(),
    }
}

/// Writes the fields that a form keeps.
pub fn put_formed<C: Encode<T>, T, M: SerializeMap>(
    out: &mut M,
    keys: &[&str],
    form: &[KeyPart],
    extra: &impl Extra<T>,
) -> Result<(), M::Error> {
    extra.try_each(|key, _| match has_form(key, form) {
        true => Ok(()),
        false => Err(M::Error::custom(format_args!("`{key}` has not the form of these keys"))),
    })?;
    put_extra::<C, T, M>(out, keys, extra)
}
