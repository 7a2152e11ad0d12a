//! Doc comments: the stars taken away, the block tags told apart, nothing translated.

use crate::model::{Doc, DocTag};
use crate::source::Location;
use std::borrow::Cow;

/// Tags of a comment that describes its file, though it may stand right before the first declaration.
const FILE_TAGS: [&str; 5] = ["packageDocumentation", "fileoverview", "fileOverview", "file", "module"];

/// Reads the text between `/**` and `*/`; `None` where it says nothing.
pub(super) fn read(text: &str, location: Location) -> Option<Doc> {
    // Some close a comment with more stars than one, `**/`.
    let text = with_one_line_end(text.trim_end_matches('*'));
    let lines = content_lines(&text);
    let mut sections = sections(&lines);
    let text = sections.remove(0).text();
    let tags: Vec<DocTag> = sections.iter().map(Section::tag).collect();
    if text.is_empty() && tags.is_empty() {
        return None;
    }
    Some(Doc { text, tags, location })
}

/// Joins the comments of the parts of one declaration; what several of them say alike is said once.
pub(super) fn join(docs: impl Iterator<Item = Doc>) -> Option<Doc> {
    let mut texts: Vec<String> = Vec::new();
    let mut tags: Vec<DocTag> = Vec::new();
    let mut first = None;
    for doc in docs {
        first.get_or_insert(doc.location);
        if !doc.text.is_empty() && !texts.contains(&doc.text) {
            texts.push(doc.text);
        }
        for tag in doc.tags {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
    }
    first.map(|location| Doc { text: texts.join("\n\n"), tags, location })
}

/// Whether a comment describes the file and not what follows it.
pub(super) fn belongs_to_file(doc: &Doc) -> bool {
    doc.tags.iter().any(|tag| FILE_TAGS.contains(&tag.name.as_str()))
}

/// The text before the first tag, or a tag and its text.
struct Section<'a> {
    /// The tag's name; of the first section, empty.
    name: &'a str,
    /// What stands on the tag's own line; of the first section, on the line of `/**`.
    head: &'a str,
    lines: Vec<&'a str>,
}

impl Section<'_> {
    fn tag(&self) -> DocTag {
        DocTag { name: self.name.to_owned(), text: self.text() }
    }

    /// The lines without the indentation that all but the head share, trimmed.
    fn text(&self) -> String {
        let indented = self.lines.iter().filter(|line| !line.is_empty());
        let margin = indented.map(|line| indentation(line)).min().unwrap_or(0);
        let mut text = self.head.trim().to_owned();
        for line in &self.lines {
            text.push('\n');
            text.push_str(line.get(margin..).unwrap_or_default());
        }
        text.trim_matches('\n').trim_end().to_owned()
    }
}

/// How many bytes of white space begin a line. Only spaces and tabs, so that any smaller number is a boundary too.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Splits the lines at block tags: `@name` at the start of a line, outside of code.
fn sections<'a>(lines: &'a [Cow<'_, str>]) -> Vec<Section<'a>> {
    let mut sections = vec![Section { name: "", head: "", lines: Vec::new() }];
    let mut fence = None;
    for (index, line) in lines.iter().enumerate() {
        let tag = if fence.is_none() { block_tag(line) } else { None };
        let content = tag.map_or(&**line, |(_, head)| head);
        let opened = fence;
        fence = next_fence(fence, content);
        if opened.is_none() && fence.is_some_and(|fence| !closes_later(fence, &lines[index + 1..])) {
            fence = None;
        }
        match (tag, sections.last_mut()) {
            (Some((name, head)), _) => sections.push(Section { name, head, lines: Vec::new() }),
            (None, Some(section)) => section.push_line(line, index),
            (None, None) => {}
        }
    }
    sections
}

impl<'a> Section<'a> {
    fn push_line(&mut self, line: &'a str, index: usize) {
        // What follows `/**` on its line has no margin in common with the lines below.
        if index == 0 {
            self.head = line;
        } else {
            self.lines.push(line);
        }
    }
}

/// The name of a block tag and what follows it on its line. `@scope/package …` is a text about a package.
fn block_tag(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim_start().strip_prefix('@')?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic());
    let ends = match after.chars().next() {
        None => true,
        Some('.') => after.len() == 1 || after[1..].starts_with(char::is_whitespace),
        Some(c) => c.is_whitespace() || "{([:;,!?".contains(c),
    };
    (starts && ends).then_some((name, after))
}

/// The characters and the length of a code fence.
type Fence = (char, usize);

/// The fence that is open after a line.
fn next_fence(open: Option<Fence>, line: &str) -> Option<Fence> {
    match (open, fence_of(line)) {
        (None, Some((fence, _))) => Some(fence),
        (Some(open), Some(((mark, length), true))) if mark == open.0 && length >= open.1 => None,
        (open, _) => open,
    }
}

/// The fence that a line is, and whether nothing follows it, as it must to close one.
fn fence_of(line: &str) -> Option<(Fence, bool)> {
    let line = line.trim();
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = line.trim_start_matches(mark);
    let length = line.len() - rest.len();
    let is_fence = length >= 3 && !(mark == '`' && rest.contains('`'));
    is_fence.then_some(((mark, length), rest.is_empty()))
}

/// Whether a fence is closed: one that is not must not swallow the tags after it.
fn closes_later(fence: Fence, lines: &[Cow<'_, str>]) -> bool {
    lines.iter().any(|line| next_fence(Some(fence), line).is_none())
}

/// The text with every line end a line feed. Most texts have no other; they are not copied.
fn with_one_line_end(text: &str) -> Cow<'_, str> {
    let others = ['\r', '\u{2028}', '\u{2029}'];
    if text.contains(others) { text.replace("\r\n", "\n").replace(others, "\n").into() } else { text.into() }
}

/// The lines without stars, control characters and trailing space.
fn content_lines(text: &str) -> Vec<Cow<'_, str>> {
    let lines: Vec<&str> = text.split('\n').collect();
    let starred = lines.iter().skip(1).any(|line| line.trim_start().starts_with('*'));
    lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let content = if index == 0 { line.trim_start() } else { without_star(line, starred) };
            readable(content.trim_end())
        })
        .collect()
}

/// A line without its star and the space after it. In a comment with stars, a line without one has its indentation from
/// the code around the comment.
fn without_star(line: &str, starred: bool) -> &str {
    let content = line.trim_start();
    match content.strip_prefix('*') {
        Some(rest) => rest.strip_prefix(' ').unwrap_or(rest),
        None if starred => content,
        None => line,
    }
}

/// Without control characters, and without those that change the direction of the text around them: what a reader sees
/// must be what the file holds.
fn readable(line: &str) -> Cow<'_, str> {
    if line.bytes().all(|byte| byte == b'\t' || byte == b' ' || byte.is_ascii_graphic()) {
        return line.into();
    }
    line.chars().filter(|c| *c == '\t' || !(c.is_control() || changes_direction(*c))).collect()
}

fn changes_direction(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn doc(text: &str) -> Doc {
        read(text, location()).expect("the comment says something")
    }

    fn location() -> Location {
        Location { file: FileId(0), line: 1, column: 1 }
    }

    fn tags(doc: &Doc) -> Vec<(&str, &str)> {
        doc.tags.iter().map(|tag| (tag.name.as_str(), tag.text.as_str())).collect()
    }

    #[test]
    fn one_line() {
        assert_eq!(doc(" The id. ").text, "The id.");
        assert_eq!(doc(" The **id** **").text, "The **id**");
        assert_eq!(tags(&doc(" @deprecated Use `b`. ")), [("deprecated", "Use `b`.")]);
    }

    #[test]
    fn nothing_said_is_no_doc() {
        for empty in ["", " ", "\n *\n ", "*", "\n * \u{7}\n"] {
            assert_eq!(read(empty, location()), None, "{empty:?}");
        }
    }

    #[test]
    fn stars_go_and_indentation_stays() {
        let read = doc("\n   * First.\n   *\n   * - a\n   *   - b\n   ");
        assert_eq!(read.text, "First.\n\n- a\n  - b");
    }

    #[test]
    fn a_common_margin_goes() {
        assert_eq!(doc("\n *   First.\n *     more\n ").text, "First.\n  more");
        assert_eq!(doc(" Head.\n *  Next.\n ").text, "Head.\nNext.");
    }

    #[test]
    fn lines_without_stars() {
        assert_eq!(doc("\n    First.\n      indented\n    Last.\n  ").text, "First.\n  indented\nLast.");
        assert_eq!(doc("\n * Starred.\n      not starred\n ").text, "Starred.\nnot starred");
    }

    #[test]
    fn line_ends_of_all_systems() {
        assert_eq!(doc("\r\n * a\r\n * b\r\n ").text, "a\nb");
        assert_eq!(doc("\r * a\r * b\r ").text, "a\nb");
    }

    #[test]
    fn tags_over_lines() {
        let read = doc("\n * Text.\n *\n * @param a - one\n *   two\n * @see {@link B}\n * @internal\n ");
        assert_eq!(read.text, "Text.");
        assert_eq!(tags(&read), [("param", "a - one\ntwo"), ("see", "{@link B}"), ("internal", "")]);
    }

    #[test]
    fn examples_keep_their_lines() {
        let read = doc("\n * @example\n * ```ts\n * @decorated\n * class A {\n *   b = 1;\n * }\n * ```\n * @beta\n ");
        assert_eq!(tags(&read), [("example", "```ts\n@decorated\nclass A {\n  b = 1;\n}\n```"), ("beta", "")]);
    }

    #[test]
    fn a_fence_on_the_line_of_its_tag() {
        let read = doc("\n * @example ```ts\n * @a\n * ```\n * @beta\n ");
        assert_eq!(tags(&read), [("example", "```ts\n@a\n```"), ("beta", "")]);
    }

    #[test]
    fn an_open_fence_swallows_no_tag() {
        let read = doc("\n * ```ts\n * code\n * @deprecated no\n ");
        assert_eq!(tags(&read), [("deprecated", "no")]);
    }

    #[test]
    fn what_is_no_block_tag() {
        for text in ["@scope/name is a package", "mail@example.com", "{@link X} is inline", "@ alone", "a @tag inside"]
        {
            let read = doc(&format!("\n * {text}\n "));
            assert_eq!((read.text.as_str(), read.tags.len()), (text, 0));
        }
    }

    #[test]
    fn control_characters_go() {
        assert_eq!(doc(" a\u{0}b\u{1b}[0m\u{85}\tc\u{202E}d\u{2066}e ").text, "ab[0m\tcde");
    }

    #[test]
    fn parts_join_once() {
        let joined = join([doc(" A. "), doc(" A. "), doc("\n * B.\n * @beta\n ")].into_iter());
        let joined = joined.expect("two texts");
        assert_eq!(joined.text, "A.\n\nB.");
        assert_eq!(tags(&joined), [("beta", "")]);
        assert_eq!(join(std::iter::empty()), None);
    }
}
