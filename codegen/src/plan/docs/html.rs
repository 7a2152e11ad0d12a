//! The HTML that documentation holds: which elements mean what, and where their tags stand.

/// No tag is longer, in characters: what looks like one is text. Keeps the time linear.
const LONGEST_TAG: usize = 2_000;
/// No `<pre>` or `<script>` is looked beyond, in bytes, for its end.
const LONGEST_RAW: usize = 20_000;

/// What an element becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// Nothing around it: `span`, `small`.
    Span,
    /// A block of its own: `p`, `div`, `dd`.
    Group,
    /// `h1` to `h6`
    Heading(u8),
    /// `ul`, `ol`
    List {
        /// Whether it is numbered.
        ordered: bool,
    },
    /// `li`
    Item,
    /// `blockquote`
    Quote,
    /// `table`
    Table,
    /// `tr`
    Row,
    /// `th`, `td`
    Cell {
        /// Whether it is a heading.
        head: bool,
    },
    /// `summary`, `dt`, `caption`: a line in bold.
    Title,
    /// `em`, `i`
    Emphasis,
    /// `strong`, `b`
    Strong,
    /// `del`, `s`
    Strike,
    /// `code`, `kbd`
    Code,
    /// An element that Markdown has no word for and that is kept: `sub`, `sup`.
    Kept(&'static str),
    /// `a`
    Link,
    /// `pre`
    Pre,
    /// Dropped with all that it holds: `script`.
    Dropped,
    /// `br`
    Break,
    /// `hr`
    Rule,
    /// `img`
    Image,
}

impl Element {
    /// What the element of that name becomes, `None` where it is no element of HTML that a comment would hold: those
    /// names are text (`Array<string>`, `<Foo />`). So are upper-case letters alone: `Promise<T>`, `Set<S>`.
    pub fn of(name: &str) -> Option<Self> {
        let is_type_parameter = name.len() == 1 && name.starts_with(|c: char| c.is_ascii_uppercase());
        let is_mixed =
            name.contains(|c: char| c.is_ascii_uppercase()) && name.contains(|c: char| c.is_ascii_lowercase());
        if is_type_parameter || is_mixed {
            return None;
        }
        Some(match name.to_ascii_lowercase().as_str() {
            "span" | "small" | "big" | "font" | "u" | "ins" | "mark" | "abbr" | "cite" | "q" | "dfn" | "bdi"
            | "nobr" => Self::Span,
            "p" | "div" | "section" | "article" | "header" | "footer" | "center" | "details" | "dl" | "dd"
            | "figure" | "figcaption" | "main" | "nav" | "aside" | "address" | "fieldset" => Self::Group,
            "h1" => Self::Heading(1),
            "h2" => Self::Heading(2),
            "h3" => Self::Heading(3),
            "h4" => Self::Heading(4),
            "h5" => Self::Heading(5),
            "h6" => Self::Heading(6),
            "ul" | "menu" => Self::List { ordered: false },
            "ol" => Self::List { ordered: true },
            "li" => Self::Item,
            "blockquote" => Self::Quote,
            "table" => Self::Table,
            "thead" | "tbody" | "tfoot" => Self::Span,
            "tr" => Self::Row,
            "th" => Self::Cell { head: true },
            "td" => Self::Cell { head: false },
            "summary" | "dt" | "caption" => Self::Title,
            "em" | "i" | "var" => Self::Emphasis,
            "strong" | "b" => Self::Strong,
            "del" | "s" | "strike" => Self::Strike,
            "code" | "kbd" | "samp" | "tt" => Self::Code,
            "sub" => Self::Kept("sub"),
            "sup" => Self::Kept("sup"),
            "a" => Self::Link,
            "pre" => Self::Pre,
            "script" | "style" | "iframe" | "object" | "embed" | "svg" | "noscript" | "template" | "textarea"
            | "video" | "audio" => Self::Dropped,
            "br" => Self::Break,
            "hr" => Self::Rule,
            "img" => Self::Image,
            _ => return None,
        })
    }

    /// Whether it stands on its own between paragraphs.
    pub fn is_block(self) -> bool {
        matches!(
            self,
            Self::Group
                | Self::Heading(_)
                | Self::List { .. }
                | Self::Item
                | Self::Quote
                | Self::Table
                | Self::Row
                | Self::Cell { .. }
                | Self::Title
                | Self::Pre
                | Self::Rule
        )
    }

    /// Whether it counts though its end tag is missing: browsers close these themselves, and no type is called so.
    pub fn closes_itself(self) -> bool {
        matches!(self, Self::Group | Self::List { .. } | Self::Item | Self::Table | Self::Row | Self::Cell { .. })
    }

    /// Whether it holds nothing and has no end tag.
    pub fn is_void(self) -> bool {
        matches!(self, Self::Break | Self::Rule | Self::Image)
    }
}

/// Names of the elements that an opening tag closes, and of those that it does not look beyond (HTML standard,
/// "Optional tags").
pub fn implied_ends(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    match name {
        "li" => (&["li"], &["ul", "ol", "menu"]),
        "td" | "th" => (&["td", "th"], &["tr", "table"]),
        "tr" => (&["tr"], &["table"]),
        "dt" | "dd" => (&["dt", "dd"], &["dl"]),
        "p" | "div" | "ul" | "ol" | "dl" | "table" | "blockquote" | "pre" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            (&["p"], &["li", "td", "th", "dd", "div", "blockquote", "section", "details"])
        }
        _ => (&[], &[]),
    }
}

/// A tag as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// All of it: `<a href="x">`.
    pub raw: &'a str,
    /// The element's name as written.
    pub name: &'a str,
    /// Whether it is an end tag.
    pub end: bool,
    /// Whether it ends in `/>`.
    pub empty: bool,
}

impl<'a> Tag<'a> {
    /// Reads the tag that a text starts with.
    pub fn read(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix('<')?;
        let (end, rest) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
        let name = &rest[..rest.find(|c| !is_name(c)).unwrap_or(rest.len())];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut quote = None;
        for (at, sign) in text.char_indices().skip(1).take(LONGEST_TAG) {
            match (quote, sign) {
                (Some(open), _) if open == sign => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some(sign),
                (None, '<') => return None,
                (None, '>') => {
                    let raw = &text[..=at];
                    return Some(Self { raw, name, end, empty: raw.ends_with("/>") });
                }
                (None, _) => {}
            }
        }
        None
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let inner = self.raw.get(1 + self.name.len()..self.raw.len() - 1)?;
        let mut rest = inner.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
            let found = &rest[..end];
            rest = rest[end..].trim_start();
            let mut value = "";
            if let Some(after) = rest.strip_prefix('=') {
                (value, rest) = attribute_value(after.trim_start());
            }
            if found.eq_ignore_ascii_case(name) {
                return Some(value);
            }
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        }
        None
    }
}

/// An attribute's value, less its quotes, and what follows it. Answers a shorter rest than it was given, so that whoever
/// calls it in a loop comes to an end.
fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// A piece of a block of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text to be read as Markdown; tags inside lines are still in it.
    Text(&'a str),
    /// The tag of a block, or one that stands on a line of its own.
    Tag(Tag<'a>),
    /// What stands between `<pre>` and `</pre>`.
    Pre(&'a str),
}

/// Takes a block of HTML apart. Comments, declarations and elements that are dropped are not among the pieces.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(offset) = text[at..].find(['<', '`']) {
        at += offset;
        let rest = &text[at..];
        if rest.starts_with('`') {
            at += code_span(rest);
            continue;
        }
        let Some((piece, length)) = markup(text, at) else {
            at += 1;
            continue;
        };
        if start < at {
            pieces.push(Piece::Text(&text[start..at]));
        }
        pieces.extend(piece);
        at += length;
        start = at;
    }
    if start < text.len() {
        pieces.push(Piece::Text(&text[start..]));
    }
    pieces
}

/// The markup at a `<` that ends the text before it, and its length; no piece for what is dropped.
fn markup(text: &str, at: usize) -> Option<(Option<Piece<'_>>, usize)> {
    let rest = &text[at..];
    if let Some(length) = invisible(rest) {
        return Some((None, length));
    }
    let tag = Tag::read(rest)?;
    let element = Element::of(tag.name);
    if matches!(element, Some(Element::Pre | Element::Dropped)) && !tag.end && !tag.empty {
        if let Some((inner, length)) = up_to_end(rest, &tag) {
            let piece = (element == Some(Element::Pre)).then_some(Piece::Pre(inner));
            return Some((piece, length));
        }
        return None;
    }
    let is_alone = element.is_none() && !tag.empty && is_alone(text, at, tag.raw.len());
    if is_alone || element.is_some_and(Element::is_block) {
        return Some((Some(Piece::Tag(tag)), tag.raw.len()));
    }
    None
}

/// The length of a comment, a declaration or a processing instruction; one that does not end reaches to the end.
pub fn invisible(text: &str) -> Option<usize> {
    [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<!", ">"), ("<?", "?>")].iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?;
        let is_declaration = *open != "<!" || inner.starts_with(|c: char| c.is_ascii_alphabetic());
        is_declaration.then(|| inner.find(close).map_or(text.len(), |at| open.len() + at + close.len()))
    })
}

/// What stands between an opening tag and its end tag, and the length of it all.
fn up_to_end<'a>(text: &'a str, tag: &Tag<'_>) -> Option<(&'a str, usize)> {
    let inner = &text[tag.raw.len()..];
    let (at, end) = inner.match_indices("</").take_while(|(at, _)| *at < LONGEST_RAW).find_map(|(at, _)| {
        let end = Tag::read(&inner[at..])?;
        end.name.eq_ignore_ascii_case(tag.name).then_some((at, end))
    })?;
    Some((&inner[..at], tag.raw.len() + at + end.raw.len()))
}

/// Whether nothing else stands on the line.
fn is_alone(text: &str, at: usize, length: usize) -> bool {
    // Not more than the space around it is looked at: lines may be long.
    let is_space = |sign: char| sign.is_whitespace() && sign != '\n';
    let before = text[..at].trim_end_matches(is_space);
    let after = text[at + length..].trim_start_matches(is_space);
    (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
}

/// The length of the code span at a backtick, or of the backticks where they open none.
fn code_span(text: &str) -> usize {
    let fence = text.len() - text.trim_start_matches('`').len();
    let mut at = fence;
    while let Some(offset) = text[at..].find('`') {
        at += offset;
        let run = text[at..].len() - text[at..].trim_start_matches('`').len();
        at += run;
        if run == fence {
            return at;
        }
    }
    fence
}

/// The text without tags.
pub fn strip_tags(text: &str) -> String {
    let mut stripped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        stripped.push_str(&rest[..at]);
        rest = &rest[at..];
        match Tag::read(rest) {
            Some(tag) if Element::of(tag.name).is_some() => rest = &rest[tag.raw.len()..],
            _ => {
                stripped.push('<');
                rest = &rest[1..];
            }
        }
    }
    stripped + rest
}

/// The text with the character references that writers use replaced.
pub fn unescape(text: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&nbsp;", " ")];
    let mut text = text.to_owned();
    for (name, sign) in named.into_iter().chain([("&amp;", "&")]) {
        if text.contains(name) {
            text = text.replace(name, sign);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_tags_and_attributes() {
        let tag = Tag::read("<a target=_blank href = 'x>y' onclick=\"z\">rest").unwrap();
        assert_eq!((tag.name, tag.end, tag.empty), ("a", false, false));
        assert_eq!(tag.attribute("HREF"), Some("x>y"));
        assert_eq!(tag.attribute("target"), Some("_blank"));
        assert_eq!(tag.attribute("title"), None);
        assert!(Tag::read("<br/>").unwrap().empty);
        assert_eq!(Tag::read("<1>"), None);
        assert_eq!(Tag::read("<a <b>"), None);
        assert_eq!(Tag::read("<a = = = >").unwrap().attribute("b"), None);
    }

    #[test]
    fn takes_blocks_apart_but_not_lines() {
        let found = pieces("<ul><li>`<li>` is <b>x</b></li></ul><!-- no --><script>alert(1)</script>");
        let names: Vec<String> = found
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => (*text).to_owned(),
                Piece::Tag(tag) => tag.raw.to_owned(),
                Piece::Pre(code) => format!("pre {code}"),
            })
            .collect();
        assert_eq!(names, ["<ul>", "<li>", "`<li>` is <b>x</b>", "</li>", "</ul>"]);
    }

    #[test]
    fn generics_are_no_elements() {
        for name in ["T", "string", "Foo", "P", "Blockquote"] {
            assert_eq!(Element::of(name), None, "{name}");
        }
        assert_eq!(Element::of("BR"), Some(Element::Break));
    }
}
