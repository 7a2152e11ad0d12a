//! What documentation says of infinite template literal types: in Rust they are texts like any other.

use crate::schema::{Record, Shape};

/// More patterns than this are counted instead of listed.
const LISTED: usize = 4;

/// A sentence about the patterns that texts, or the keys of a map, follow at a place; `None` where there is none. What
/// stands behind a reference is told there.
pub(super) fn sentence(shapes: &[&Shape]) -> Option<String> {
    let (mut texts, mut keys) = (Vec::new(), Vec::new());
    for shape in shapes {
        collect(shape, &mut texts, &mut keys);
    }
    match (texts.as_slice(), keys.as_slice()) {
        ([], []) => None,
        ([], _) => Some(format!("Keys have the form {}.", list(&keys))),
        _ => Some(format!("Texts have the form {}.", list(&texts))),
    }
}

fn collect<'s>(shape: &'s Shape, texts: &mut Vec<&'s str>, keys: &mut Vec<&'s str>) {
    match shape {
        Shape::Template(template) => add(&template.pattern, texts),
        Shape::Array(item) => collect(item, texts, keys),
        // Beside literals they are an enum's, which tells of them itself.
        Shape::Union(arms) if arms.iter().any(|arm| matches!(arm, Shape::Literal(_))) => {}
        Shape::Union(arms) => arms.iter().for_each(|arm| collect(arm, texts, keys)),
        Shape::Record(record) => collect_keys(record, keys),
        _ => {}
    }
}

fn collect_keys<'s>(record: &'s Record, keys: &mut Vec<&'s str>) {
    for index in &record.indexes {
        if let Shape::Template(template) = &index.key {
            add(&template.pattern, keys);
        }
    }
}

fn add<'s>(pattern: &'s str, list: &mut Vec<&'s str>) {
    if !list.contains(&pattern) {
        list.push(pattern);
    }
}

/// `a`, `b` or `c`
fn list(patterns: &[&str]) -> String {
    let spans: Vec<String> = patterns.iter().take(LISTED).map(|pattern| code(pattern)).collect();
    match (spans.as_slice(), patterns.len().checked_sub(LISTED)) {
        (_, Some(more @ 1..)) => format!("{} or one of {more} more", spans.join(", ")),
        ([one], _) => one.clone(),
        ([before @ .., last], _) => format!("{} or {last}", before.join(", ")),
        ([], _) => String::new(),
    }
}

/// A pattern as a code span of Markdown: between more backticks than it has in a row, in one line (CommonMark, 6.1).
pub(super) fn code(pattern: &str) -> String {
    let line: String = pattern.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    let longest = line.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(longest + 1);
    let pad = if line.starts_with(['`', ' ']) || line.ends_with(['`', ' ']) { " " } else { "" };
    format!("{ticks}{pad}{line}{pad}{ticks}")
}

#[cfg(test)]
mod tests {
    use super::sentence;
    use crate::schema::{IndexShape, Record, Shape, TemplateShape};

    fn template(pattern: &str) -> Shape {
        Shape::Template(TemplateShape { pattern: pattern.to_owned(), texts: Vec::new(), holes: Vec::new() })
    }

    #[test]
    fn patterns_are_told_where_they_stand() {
        let one = template("user_${string}");
        assert_eq!(sentence(&[&one]).as_deref(), Some("Texts have the form `user_${string}`."));
        let arms = Shape::Union(vec![template("${number}px"), template("${number}%"), Shape::Null, template("a`b")]);
        let list = Shape::Array(Box::new(arms));
        let text = "Texts have the form `${number}px`, `${number}%` or ``a`b``.";
        assert_eq!(sentence(&[&list]).as_deref(), Some(text));
        assert_eq!(sentence(&[&Shape::String]), None);
        let index = IndexShape { key: template("x-${string}"), value: Shape::String };
        let map = Shape::Record(Box::new(Record { indexes: vec![index], ..Record::default() }));
        assert_eq!(sentence(&[&map]).as_deref(), Some("Keys have the form `x-${string}`."));
    }

    #[test]
    fn many_patterns_are_counted() {
        let arms: Vec<Shape> = (0..7).map(|at| template(&format!("{at}${{string}}"))).collect();
        let text = "Texts have the form `0${string}`, `1${string}`, `2${string}`, `3${string}` or one of 3 more.";
        assert_eq!(sentence(&[&Shape::Union(arms)]).as_deref(), Some(text));
    }
}
