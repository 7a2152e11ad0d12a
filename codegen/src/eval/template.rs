//! Template literal types, and the intrinsic types that change text.

use super::cx::Cx;
use super::env::EnvId;
use super::ty::{Case, Kind, TypeId};
use super::union::WIDTH;
use crate::model::{Literal, NumberLit, TemplateTy};
use std::rc::Rc;

/// A template under construction: texts, one more than holes.
#[derive(Clone, Debug)]
struct Draft {
    texts: Vec<String>,
    holes: Vec<TypeId>,
}

impl Draft {
    fn push_text(&mut self, text: &str) {
        self.texts.last_mut().expect("it begins with a text").push_str(text);
    }

    fn push_hole(&mut self, hole: TypeId) {
        self.holes.push(hole);
        self.texts.push(String::new());
    }
}

impl<'m> Cx<'m> {
    /// A template literal type: a literal, a union of literals, or a template where it is infinite.
    pub fn eval_template(&mut self, template: &'m TemplateTy, env: EnvId) -> TypeId {
        let first = template.texts.first().cloned().unwrap_or_default();
        let mut drafts = vec![Draft { texts: vec![first], holes: Vec::new() }];
        for (place, ty) in template.types.iter().enumerate() {
            let ty = self.eval(ty, env);
            let units = if self.is_stuck(ty) { vec![ty] } else { self.unit_arms(ty) };
            if drafts.len().saturating_mul(units.len()) > WIDTH {
                return self.over_budget("a template literal type expands to too many literals");
            }
            let mut next = Vec::with_capacity(drafts.len() * units.len());
            for draft in &drafts {
                for unit in &units {
                    let mut draft = draft.clone();
                    self.fill(&mut draft, *unit);
                    if let Some(text) = template.texts.get(place + 1) {
                        draft.push_text(text);
                    }
                    next.push(draft);
                }
            }
            drafts = next;
        }
        let types = drafts.into_iter().map(|draft| self.finish(draft)).collect();
        self.union(types)
    }

    fn fill(&mut self, draft: &mut Draft, unit: TypeId) {
        if let Some(value) = self.value_of(unit) {
            let text = literal_text(value);
            return draft.push_text(&text);
        }
        match self.kind(unit).clone() {
            Kind::Null => draft.push_text("null"),
            Kind::Undefined => draft.push_text("undefined"),
            Kind::Template(texts, holes) => {
                draft.push_text(&texts[0]);
                for (hole, text) in holes.iter().zip(&texts[1..]) {
                    draft.push_hole(*hole);
                    draft.push_text(text);
                }
            }
            Kind::Any(_) | Kind::OpenString => {
                let string = self.intern(Kind::String);
                draft.push_hole(string);
            }
            Kind::OpenNumber => {
                let number = self.intern(Kind::Number);
                draft.push_hole(number);
            }
            _ => draft.push_hole(unit),
        }
    }

    fn finish(&mut self, draft: Draft) -> TypeId {
        if draft.holes.is_empty() {
            return self.text(&draft.texts.concat());
        }
        if let ([hole], true) = (draft.holes.as_slice(), draft.texts.iter().all(String::is_empty))
            && (*self.kind(*hole) == Kind::String || self.is_stuck(*hole))
            && !matches!(self.kind(*hole), Kind::Param(_))
        {
            return *hole;
        }
        let texts: Vec<Rc<str>> = draft.texts.iter().map(|text| Rc::from(text.as_str())).collect();
        self.intern(Kind::Template(texts.into(), draft.holes.into()))
    }

    /// What the holes of a template match in a type; `None` if the type does not match.
    pub fn match_template(&mut self, source: TypeId, texts: &[Rc<str>], holes: &[TypeId]) -> Option<Vec<TypeId>> {
        if let Some(Literal::String(text)) = self.value_of(source) {
            let text = text.clone();
            let parts = split(&text, texts)?;
            let mut matches = Vec::with_capacity(holes.len());
            for (part, hole) in parts.into_iter().zip(holes) {
                if !self.fits_hole(part, *hole) {
                    return None;
                }
                matches.push(self.text(part));
            }
            return Some(matches);
        }
        match self.kind(source).clone() {
            Kind::Template(own, parts) => self.match_templates(&own, &parts, texts),
            Kind::String | Kind::OpenString if holes.len() == 1 && texts.iter().all(|text| text.is_empty()) => {
                Some(vec![source])
            }
            _ => None,
        }
    }

    /// A template against a template: the same texts, or a pattern that begins and ends as the source does.
    fn match_templates(&mut self, own: &[Rc<str>], parts: &[TypeId], texts: &[Rc<str>]) -> Option<Vec<TypeId>> {
        if own == texts {
            return Some(parts.to_vec());
        }
        let (head, tail) = (own.first()?, own.last()?);
        let rest = head.strip_prefix(&**texts.first()?)?;
        match texts.len() {
            2 => {
                let end = tail.strip_suffix(&*texts[1])?;
                let mut middle: Vec<Rc<str>> = own.to_vec();
                *middle.first_mut()? = Rc::from(rest);
                *middle.last_mut()? = Rc::from(end);
                Some(vec![self.template_of(&middle, parts)])
            }
            3 => {
                // `${infer A}.${infer B}`: the separator stands in the first text that has it.
                let place = own.iter().position(|text| text.contains(&*texts[1]))?;
                if place == 0 && !rest.contains(&*texts[1]) {
                    return None;
                }
                let (before, after) = own[place].split_once(&*texts[1])?;
                let mut left = own[..=place].to_vec();
                left[place] = Rc::from(before);
                let mut right = own[place..].to_vec();
                right[0] = Rc::from(after);
                let left = self.template_of(&left, &parts[..place]);
                let right = self.template_of(&right, &parts[place..]);
                Some(vec![left, right])
            }
            _ => None,
        }
    }

    fn template_of(&mut self, texts: &[Rc<str>], holes: &[TypeId]) -> TypeId {
        let texts = texts.iter().map(|text| text.to_string()).collect();
        self.finish(Draft { texts, holes: holes.to_vec() })
    }

    fn fits_hole(&mut self, text: &str, hole: TypeId) -> bool {
        let hole = self.shallow(hole);
        match self.kind(hole).clone() {
            Kind::Number => number(text).is_some(),
            Kind::BigInt => text.parse::<i128>().is_ok(),
            Kind::Boolean => matches!(text, "true" | "false"),
            Kind::Cased(case, _) => change(case, text) == text,
            Kind::Union(_) => self.arms(hole).into_iter().any(|arm| self.fits_hole(text, arm)),
            Kind::Literal(_) | Kind::Template(..) => {
                let text = self.text(text);
                self.assignable(text, hole)
            }
            _ => true,
        }
    }

    /// What a literal text reads as where the constraint asks for something else than text.
    pub fn read_literal(&mut self, ty: TypeId, constraint: TypeId) -> Option<TypeId> {
        let Some(Literal::String(text)) = self.value_of(ty) else { return None };
        let text = text.clone();
        let wants = self.arms(constraint);
        let has = |cx: &Self, kind: &Kind<'m>| wants.iter().any(|want| cx.kind(*want) == kind);
        let is_one = |cx: &Self, value: &Literal| wants.iter().any(|want| cx.value_of(*want) == Some(value));
        let is_number = |cx: &Self| {
            has(cx, &Kind::Number) || wants.iter().any(|want| matches!(cx.value_of(*want), Some(Literal::Number(_))))
        };
        if is_number(self)
            && let Some(value) = number(&text)
        {
            return Some(self.literal(Literal::Number(NumberLit(value))));
        }
        match text.as_str() {
            "true" | "false" if has(self, &Kind::Boolean) || is_one(self, &Literal::Boolean(text == "true")) => {
                Some(self.literal(Literal::Boolean(text == "true")))
            }
            "null" if has(self, &Kind::Null) => Some(self.intern(Kind::Null)),
            "undefined" if has(self, &Kind::Undefined) => Some(self.intern(Kind::Undefined)),
            _ if has(self, &Kind::BigInt) && text.parse::<i128>().is_ok() => Some(self.intern(Kind::BigInt)),
            _ => None,
        }
    }

    /// `Uppercase<T>` and its kin.
    pub fn cased(&mut self, case: Case, ty: TypeId) -> TypeId {
        if self.is_stuck(ty) {
            return self.intern(Kind::Cased(case, ty));
        }
        let mut results = Vec::new();
        for unit in self.unit_arms(ty) {
            let text = match self.value_of(unit) {
                Some(Literal::String(text)) => Some(change(case, text)),
                _ => None,
            };
            results.push(match (text, self.kind(unit).clone()) {
                (Some(text), _) => self.text(&text),
                (None, Kind::Template(texts, holes)) => self.cased_template(case, &texts, &holes),
                (None, Kind::Any(_)) => self.intern(Kind::String),
                _ => unit,
            });
        }
        self.union(results)
    }

    fn cased_template(&mut self, case: Case, texts: &[Rc<str>], holes: &[TypeId]) -> TypeId {
        let all = matches!(case, Case::Upper | Case::Lower);
        let texts: Vec<Rc<str>> = texts
            .iter()
            .enumerate()
            .map(|(place, text)| if all || place == 0 { Rc::from(change(case, text)) } else { Rc::clone(text) })
            .collect();
        self.template_of(&texts, holes)
    }
}

/// A literal as a template spells it.
pub(super) fn literal_text(value: &Literal) -> String {
    match value {
        Literal::String(text) | Literal::BigInt(text) => text.clone(),
        Literal::Number(number) => number.to_string(),
        Literal::Boolean(value) => value.to_string(),
    }
}

/// The parts of a text between the texts of a template: each as short as can be, the last takes the rest. Two holes
/// side by side: the first takes one character.
fn split<'t>(text: &'t str, texts: &[Rc<str>]) -> Option<Vec<&'t str>> {
    let (first, rest) = texts.split_first()?;
    let mut left = text.strip_prefix(&**first)?;
    let mut parts = Vec::with_capacity(rest.len());
    for (place, separator) in rest.iter().enumerate() {
        if place + 1 == rest.len() {
            parts.push(left.strip_suffix(&**separator)?);
            break;
        }
        let end =
            if separator.is_empty() { left.chars().next().map(char::len_utf8)? } else { left.find(&**separator)? };
        parts.push(&left[..end]);
        left = &left[end + separator.len()..];
    }
    Some(parts)
}

/// A number as JavaScript prints it.
fn number(text: &str) -> Option<f64> {
    let value: f64 = text.parse().ok()?;
    (value.is_finite() && NumberLit(value).to_string() == text).then_some(value)
}

fn change(case: Case, text: &str) -> String {
    let first = |change: fn(&str) -> String| {
        let end = text.chars().next().map_or(0, char::len_utf8);
        change(&text[..end]) + &text[end..]
    };
    match case {
        Case::Upper => text.to_uppercase(),
        Case::Lower => text.to_lowercase(),
        Case::Capital => first(str::to_uppercase),
        Case::Uncapital => first(str::to_lowercase),
    }
}
