//! Writes what stands in lines as Markdown: everything is escaped that Markdown, rustdoc or HTML would read as more than
//! text, and little else.

use super::target;
use super::tree::Inline;
use super::write::longest_run;

/// Where a line stands: what it may hold differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a paragraph, which may have several lines.
    Paragraph,
    /// In a heading.
    Heading,
    /// In a cell of a table.
    Cell,
}

/// Writes pieces.
pub fn write_inlines(inlines: &[Inline], place: Place) -> String {
    let mut writer = Writer { text: String::new(), place, in_label: false, marks: 0 };
    writer.all(inlines, None);
    let mut text = writer.text;
    text.truncate(text.trim_end().len());
    if place == Place::Heading && text.ends_with('#') {
        // Signs at its end would be taken for the heading's own.
        text.insert(text.len() - 1, '\\');
    }
    text
}

struct Writer {
    text: String,
    place: Place,
    in_label: bool,
    /// How many marks (`**`) are open.
    marks: usize,
}

impl Writer {
    /// Writes pieces; `after` is the sign that follows the last.
    fn all(&mut self, inlines: &[Inline], after: Option<char>) {
        for (at, inline) in inlines.iter().enumerate() {
            let next = inlines.get(at + 1).map_or(after, first_sign);
            self.one(inline, next);
        }
    }

    fn one(&mut self, inline: &Inline, next: Option<char>) {
        match inline {
            Inline::Text(text) => self.linked(text, next),
            Inline::Code(code) => self.code(code),
            Inline::Emphasis(inner) => self.marked(inner, next, &["_", "*"]),
            Inline::Strong(inner) => self.marked(inner, next, &["**"]),
            Inline::Strike(inner) => self.marked(inner, next, &["~~"]),
            Inline::Html(name, inner) => {
                self.text.push_str(&format!("<{name}>"));
                self.all(inner, Some('<'));
                self.text.push_str(&format!("</{name}>"));
            }
            Inline::Link { target, title, label } => self.link(target, title, label),
            Inline::Url(url) if self.in_label => self.escaped(url, next),
            Inline::Url(url) => self.text.push_str(&format!("<{url}>")),
            Inline::Image { target, alt } => {
                self.text.push_str("![");
                self.label(&[Inline::Text(alt.clone())]);
                self.text.push_str(&format!("]({target})"));
            }
            Inline::Soft => self.soft(),
            Inline::Hard => self.hard(),
        }
    }

    fn soft(&mut self) {
        self.trim_line();
        if self.text.is_empty() || self.text.ends_with('\n') {
            return;
        }
        // A label or a heading ends with its line.
        let in_one_line = self.place != Place::Paragraph || self.in_label;
        self.text.push(if in_one_line { ' ' } else { '\n' });
    }

    fn hard(&mut self) {
        self.trim_line();
        match self.place {
            _ if self.text.is_empty() || self.text.ends_with('\n') => {}
            Place::Paragraph if !self.in_label => self.text.push_str("\\\n"),
            Place::Cell if !self.in_label => self.text.push_str("<br>"),
            _ => self.text.push(' '),
        }
    }

    fn trim_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
    }

    fn at_line_start(&self) -> bool {
        match self.place {
            Place::Paragraph if self.text.is_empty() => self.marks == 0,
            Place::Paragraph => self.text.ends_with('\n'),
            Place::Heading | Place::Cell => false,
        }
    }

    fn code(&mut self, code: &str) {
        let code = code.replace('\n', " ");
        let code = if self.place == Place::Cell { code.replace('|', "\\|") } else { code };
        if code.trim().is_empty() {
            // Without its fence it is a gap between words, and Markdown has but one width of those.
            self.escaped(if code.is_empty() { "" } else { " " }, None);
            return;
        }
        // A backtick in the text before would be taken for one of ours.
        if self.text.ends_with('`') {
            self.text.push(' ');
        }
        let fence = "`".repeat(if code.contains('`') { longest_run(&code) + 1 } else { 1 });
        let is_padded = code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' '));
        let pad = if is_padded { " " } else { "" };
        self.text.push_str(&format!("{fence}{pad}{code}{pad}{fence}"));
    }

    /// Writes a link. A path that is shown as it is needs no target: rustdoc asks for the short form.
    fn link(&mut self, target: &str, title: &str, label: &[Inline]) {
        if self.in_label {
            self.all(label, None);
            return;
        }
        if self.text.ends_with('!') {
            self.text.insert(self.text.len() - 1, '\\');
        }
        self.text.push('[');
        self.label(label);
        self.text.push(']');
        if matches!(label, [Inline::Code(text) | Inline::Text(text)] if text == target) {
            return;
        }
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        let title = if title.is_empty() { title } else { format!(" \"{}\"", quoted(&title)) };
        self.text.push_str(&format!("({target}{title})"));
    }

    fn label(&mut self, label: &[Inline]) {
        let outer = std::mem::replace(&mut self.in_label, true);
        self.all(label, Some(']'));
        self.in_label = outer;
    }

    /// Writes emphasis with the first of the marks that Markdown would read as such here, else without.
    fn marked(&mut self, inner: &[Inline], next: Option<char>, marks: &[&str]) {
        let before = self.text.chars().last();
        let mut writer =
            Writer { text: String::new(), place: self.place, in_label: self.in_label, marks: self.marks + 1 };
        let mark_sign = marks[0].chars().next();
        writer.all(inner, mark_sign);
        let fits = |mark: &&&str| {
            let sign = mark.chars().next();
            let inside = (writer.text.chars().next(), writer.text.chars().last());
            before != sign
                && next != sign
                && inside.0 != sign
                && inside.1 != sign
                && flanks(before, inside.0, **mark == "_")
                && flanks(next, inside.1, **mark == "_")
        };
        match marks.iter().find(fits) {
            Some(mark) if self.marks < 4 => self.text.push_str(&format!("{mark}{}{mark}", writer.text)),
            _ => self.all(inner, next),
        }
    }

    /// Writes text; bare URLs in it become links, unless a link is being written.
    fn linked(&mut self, text: &str, next: Option<char>) {
        let mut rest = text;
        while let Some((start, end)) = if self.in_label { None } else { target::find_url(rest) } {
            self.escaped(&rest[..start], Some('<'));
            if let Some(url) = target::url(&rest[start..end]) {
                self.text.push_str(&format!("<{url}>"));
            }
            rest = &rest[end..];
        }
        self.escaped(rest, next);
    }

    fn escaped(&mut self, text: &str, next: Option<char>) {
        let is_spaced = self.text.is_empty() || self.text.ends_with(['\n', ' ']);
        let text = if is_spaced { text.trim_start_matches(' ') } else { text };
        let signs: Vec<char> = text.chars().collect();
        for (at, &sign) in signs.iter().enumerate() {
            let before = if at == 0 { self.text.chars().last() } else { Some(signs[at - 1]) };
            let rest = &signs[at + 1..];
            let after = rest.first().copied().or(next);
            let is_more = (self.at_line_start() && starts_block(sign, rest, next))
                || is_markup(sign, before, rest, next)
                || (sign == '|' && self.place == Place::Cell)
                || self.ends_number(sign, after);
            if is_more {
                self.text.push('\\');
            }
            self.text.push(sign);
        }
    }

    /// Whether `.` or `)` would make a numbered list of what stands on the line so far.
    fn ends_number(&self, sign: char, after: Option<char>) -> bool {
        if !matches!(sign, '.' | ')') || self.place != Place::Paragraph || !after.is_none_or(char::is_whitespace) {
            return false;
        }
        // No more than the number is looked at: lines may be long.
        let digits = self.text.bytes().rev().take(10).take_while(u8::is_ascii_digit).count();
        let before = &self.text[..self.text.len() - digits];
        let is_whole = before.ends_with('\n') || (before.is_empty() && self.marks == 0);
        is_whole && (1..=9).contains(&digits)
    }
}

/// What a quoted title may not hold.
fn quoted(title: &str) -> String {
    title.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "\\&").replace('<', "\\<").replace('|', "\\|")
}

/// Whether a sign would begin a block at the start of a line: a heading, list, quotation, line, table, or underline the
/// line above.
fn starts_block(sign: char, rest: &[char], next: Option<char>) -> bool {
    let after = rest.first().copied().or(next);
    match sign {
        '>' | '=' | '|' => true,
        '#' => after.is_none_or(|c| c == '#' || c.is_whitespace()),
        '+' => after.is_none_or(char::is_whitespace),
        '-' => after.is_none_or(|c| !c.is_alphanumeric()),
        '*' | '_' => true,
        ':' => after.is_none_or(|c| matches!(c, '-' | ':' | '|')),
        _ => false,
    }
}

/// Whether a sign would be more than text where it stands.
fn is_markup(sign: char, before: Option<char>, rest: &[char], next: Option<char>) -> bool {
    let after = rest.first().copied().or(next);
    let is_space = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
    let is_word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    match sign {
        '`' | '[' | ']' => true,
        '*' | '~' => !(is_space(before) && is_space(after)),
        '_' => !((is_space(before) && is_space(after)) || (is_word(before) && is_word(after))),
        '\\' => after.is_none_or(|c| c.is_ascii_punctuation() || c.is_whitespace()),
        '<' => after.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) || is_address(rest),
        '&' => {
            let name: Vec<char> =
                rest.iter().copied().take(40).take_while(|c| c.is_ascii_alphanumeric() || *c == '#').collect();
            !name.is_empty() && rest.get(name.len()) == Some(&';')
        }
        _ => false,
    }
}

/// Whether an e-mail address may follow; nearly any sign may begin one.
fn is_address(rest: &[char]) -> bool {
    rest.iter().take_while(|c| !c.is_whitespace()).any(|c| *c == '@')
}

/// Whether a mark between an outer and an inner sign counts as one (CommonMark, "left-flanking delimiter run").
fn flanks(outer: Option<char>, inner: Option<char>, in_words: bool) -> bool {
    let is_space = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
    let is_punctuation = |sign: Option<char>| sign.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let is_edge = is_space(outer) || is_punctuation(outer);
    !is_space(inner) && (is_edge || !is_punctuation(inner)) && (is_edge || !in_words)
}

/// The sign that a piece begins with, as it will be written; for deciding what the sign before it means.
fn first_sign(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        Inline::Code(_) => Some('`'),
        Inline::Emphasis(_) => Some('_'),
        Inline::Strong(_) => Some('*'),
        Inline::Strike(_) => Some('~'),
        Inline::Html(..) | Inline::Url(_) => Some('<'),
        Inline::Link { .. } => Some('['),
        Inline::Image { .. } => Some('!'),
        Inline::Soft | Inline::Hard => Some('\n'),
    }
}
