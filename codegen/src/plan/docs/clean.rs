//! Before the text is read as Markdown: characters that have no place in documentation go, and what is no Markdown
//! (`{@link X}`, `{{ target: '_blank' }}`) is put aside behind a mark that no Markdown parser takes apart.

/// Opens a mark. Unicode's noncharacters cannot stand in the text itself: [`clean`] removes them.
const OPEN: char = '\u{FDD0}';
/// Closes a mark.
const CLOSE: char = '\u{FDD1}';
/// Keeps a line from being read as the start of a block; vanishes from text.
pub const GUARD: char = '\u{FDD2}';

/// Text to be read as Markdown, and what was put aside.
#[derive(Clone, Debug, Default)]
pub struct Cleaned {
    /// The text, with marks.
    pub text: String,
    /// What the marks stand for, by number.
    pub marks: Vec<Mark>,
}

/// Something that was put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// As it was written: that is what it is inside code.
    pub raw: String,
    /// What it means elsewhere; `None` for what only means something to upstream's own site.
    pub tag: Option<InlineTag>,
}

/// An inline tag: `{@link Target | label}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineTag {
    /// Its name without `@`.
    pub name: String,
    /// What follows the name, trimmed.
    pub body: String,
    /// What stands in brackets right before it, as in `[label]{@link X}`.
    pub label: Option<String>,
}

/// A piece of marked text.
pub enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// A mark.
    Mark(&'a Mark),
}

impl Cleaned {
    /// The text with every mark replaced by what was written there.
    pub fn restore(&self, text: &str) -> String {
        let mut whole = String::with_capacity(text.len());
        for piece in self.pieces(text) {
            match piece {
                Piece::Text(text) => whole.extend(text.chars().filter(|&c| c != GUARD)),
                Piece::Mark(mark) => whole.push_str(&mark.raw),
            }
        }
        whole
    }

    /// Text and marks in turn.
    pub fn pieces<'a>(&'a self, text: &'a str) -> Vec<Piece<'a>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(OPEN) {
            push_text(&mut pieces, before);
            let (number, after) = after.split_once(CLOSE).unwrap_or((after, ""));
            if let Some(mark) = number.parse().ok().and_then(|number: usize| self.marks.get(number)) {
                pieces.push(Piece::Mark(mark));
            }
            rest = after;
        }
        push_text(&mut pieces, rest);
        pieces
    }
}

fn push_text<'a>(pieces: &mut Vec<Piece<'a>>, text: &'a str) {
    if !text.is_empty() {
        pieces.push(Piece::Text(text));
    }
}

/// Cleans a text and puts aside what is no Markdown.
pub fn clean(text: &str) -> Cleaned {
    let text = printable(text);
    let mut cleaned = Cleaned::default();
    let mut rest = text.as_str();
    while let Some(at) = rest.find('{') {
        cleaned.text.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = mark_inline_tag(rest, &mut cleaned).or_else(|| mark_attributes(rest, &mut cleaned));
        if length.is_none() {
            cleaned.text.push('{');
        }
        rest = &rest[length.unwrap_or(1)..];
    }
    cleaned.text.push_str(rest);
    cleaned
}

/// The text without control characters, bidirectional controls and noncharacters; lines end in `\n`, tabs are spaces.
fn printable(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            _ if is_unwanted(sign) => {}
            _ => clean.push(sign),
        }
    }
    clean
}

/// Controls (C0, C1), bidirectional controls, the byte order mark, noncharacters.
fn is_unwanted(sign: char) -> bool {
    sign.is_control()
        || matches!(
            sign,
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
        )
        || matches!(sign, '\u{FDD0}'..='\u{FDEF}')
        || (sign as u32) & 0xFFFE == 0xFFFE
}

/// Puts `{@name body}` aside; answers its length. A tag does not hold braces, and ends before the paragraph does.
fn mark_inline_tag(text: &str, cleaned: &mut Cleaned) -> Option<usize> {
    let inner = text.strip_prefix("{@")?;
    let inner = &inner[..inner.find(['{', '}'])?];
    let length = inner.len() + "{@}".len();
    if !text[..length].ends_with('}') || inner.contains("\n\n") {
        return None;
    }
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(inner.len());
    let (name, body) = inner.split_at(end);
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let label = if name.starts_with("link") { take_label(&mut cleaned.text) } else { None };
    let raw = match &label {
        Some(label) => format!("[{label}]{}", &text[..length]),
        None => text[..length].to_owned(),
    };
    let body = body.split_whitespace().collect::<Vec<_>>().join(" ");
    cleaned.push(Mark { raw, tag: Some(InlineTag { name: name.to_owned(), body, label }) });
    Some(length)
}

/// Takes `[label]` off the end of a text.
fn take_label(text: &mut String) -> Option<String> {
    let inner = text.strip_suffix(']')?;
    let start = inner.rfind(['[', ']', '\n', OPEN, CLOSE])?;
    let label = inner[start..].strip_prefix('[')?.to_owned();
    text.truncate(start);
    Some(label)
}

/// Puts `{{ key: value }}` aside, with the spaces before it: how MDX sites annotate links and code blocks. What has no
/// `key:` is a template's placeholder and stays.
fn mark_attributes(text: &str, cleaned: &mut Cleaned) -> Option<usize> {
    let inner = text.strip_prefix("{{")?;
    let inner = &inner[..inner.find(['{', '}', '\n'])?];
    let length = inner.len() + "{{}}".len();
    let key = inner.split_once(':')?.0.trim();
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if !is_key || text.get(..length).is_none_or(|whole| !whole.ends_with("}}")) {
        return None;
    }
    let kept = cleaned.text.trim_end_matches(' ').len();
    let raw = format!("{}{}", &cleaned.text[kept..], &text[..length]);
    cleaned.text.truncate(kept);
    cleaned.push(Mark { raw, tag: None });
    Some(length)
}

impl Cleaned {
    fn push(&mut self, mark: Mark) {
        self.text.push_str(&format!("{OPEN}{}{CLOSE}", self.marks.len()));
        self.marks.push(mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_inline_tags_aside() {
        let cleaned = clean("See {@link User.id | the id}, {@linkplain\nUser} and [it]{@link Org}; {@} stays.");
        let tags: Vec<_> = cleaned.marks.iter().filter_map(|mark| mark.tag.as_ref()).collect();
        assert_eq!(tags.len(), 3);
        assert_eq!((tags[0].name.as_str(), tags[0].body.as_str()), ("link", "User.id | the id"));
        assert_eq!((tags[1].name.as_str(), tags[1].body.as_str()), ("linkplain", "User"));
        assert_eq!(tags[2].label.as_deref(), Some("it"));
        assert!(cleaned.text.ends_with("; {@} stays."));
        assert!(cleaned.restore(&cleaned.text).contains("[it]{@link Org}"));
    }

    #[test]
    fn puts_attribute_blocks_aside_and_leaves_placeholders() {
        let cleaned = clean("[x](y) {{ target: '_blank' }}, {{url}}");
        assert_eq!(cleaned.marks, [Mark { raw: " {{ target: '_blank' }}".to_owned(), tag: None }]);
        assert!(cleaned.text.ends_with(", {{url}}"));
    }

    #[test]
    fn removes_controls() {
        assert_eq!(clean("a\r\nb\rc\u{7}\u{202E}d\u{FDD0}\u{FDD1}\te").text, "a\nb\ncd    e");
    }
}
