//! From Markdown with HTML in it to one tree of both: end tags find their start tags, what is no HTML becomes text.

use super::clean::GUARD;
use super::html::{self, Element, Piece};
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

/// Elements that nest deeper are taken apart into what they hold: documentation that means it is never so deep, and
/// what comes after may walk the tree by recursion.
const DEEPEST: usize = 12;
/// Not more tags than this wait for their end at a time.
const MOST_OPEN: usize = 60;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Text, not escaped; marks are still in it.
    Text(String),
    /// Code in a line.
    Code(String),
    /// A block of code: what stands behind the fence, and the code.
    CodeBlock(String, String),
    /// A line break as in the source.
    Soft,
    /// A line break that is meant.
    Hard,
    /// A line across.
    Rule,
    /// The box of a task in a list.
    Task(bool),
    /// What holds others.
    Element(Kind, Vec<Node>),
}

/// What holds others.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// What HTML or Markdown say alike.
    Html(Element),
    /// A list with its first number.
    List(Option<u64>),
    /// A table with the alignment of its columns.
    Table(Vec<Alignment>),
    /// The row of headings.
    Head,
    /// A quotation under a title: `> [!NOTE]`.
    Alert(&'static str),
    /// A link.
    Link {
        /// Where to; marks are still in it.
        target: String,
        /// Its title.
        title: String,
    },
    /// An image; its children are the text in its place.
    Image(String),
}

/// Reads a text as Markdown and HTML.
pub fn build(text: &str) -> Vec<Node> {
    let mut builder = Builder { stack: vec![Frame::default()] };
    builder.markdown(text, 0);
    builder.close_above(0);
    builder.stack.pop().map(|frame| frame.children).unwrap_or_default()
}

/// Something open.
#[derive(Default)]
struct Frame {
    kind: Option<Kind>,
    children: Vec<Node>,
    /// Where a start tag of HTML opened it.
    html: Option<Open>,
}

/// A start tag of HTML that waits for its end.
struct Open {
    name: String,
    raw: String,
    /// `None` for what is no element of HTML.
    element: Option<Element>,
    /// Whether nothing else stands on its line.
    alone: bool,
}

struct Builder {
    /// What is open, the document itself first.
    stack: Vec<Frame>,
}

impl Builder {
    fn markdown(&mut self, text: &str, depth: u8) {
        let options =
            Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
        // A block of code and a block of HTML come in pieces.
        let (mut info, mut raw) = (None, None::<String>);
        for event in Parser::new_ext(text, options) {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    info = Some(match kind {
                        CodeBlockKind::Indented => String::new(),
                        CodeBlockKind::Fenced(info) => info.to_string(),
                    });
                    raw = Some(String::new());
                }
                Event::End(TagEnd::CodeBlock) => {
                    let code = Node::CodeBlock(info.take().unwrap_or_default(), raw.take().unwrap_or_default());
                    self.push(code);
                }
                Event::Start(Tag::HtmlBlock) => raw = Some(String::new()),
                Event::End(TagEnd::HtmlBlock) => self.html_block(&raw.take().unwrap_or_default(), depth),
                Event::Text(text) | Event::Html(text) if raw.is_some() => {
                    raw.get_or_insert_default().push_str(&text);
                }
                Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, .. }) => {
                    self.open(Kind::Link { target: format!("mailto:{dest_url}"), title: String::new() });
                }
                Event::Start(tag) => self.open(kind_of(tag)),
                Event::End(_) => self.end(),
                event => self.leaf(event),
            }
        }
    }

    fn leaf(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.push(Node::Text(text.into_string())),
            Event::Code(code) => self.push(Node::Code(code.into_string())),
            Event::SoftBreak => self.push(Node::Soft),
            Event::HardBreak => self.push(Node::Hard),
            Event::Rule => self.push(Node::Rule),
            Event::TaskListMarker(done) => self.push(Node::Task(done)),
            Event::InlineHtml(raw) | Event::Html(raw) => self.inline_html(&raw),
            // Not asked for.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.push(Node::Text(text.into_string()));
            }
            Event::Start(_) | Event::End(_) => {}
        }
    }

    /// Texts that touch are one text: the parser splits them where something might have begun.
    fn push(&mut self, node: Node) {
        let children = self.top();
        if let (Some(Node::Text(last)), Node::Text(text)) = (children.last_mut(), &node) {
            last.push_str(text);
        } else {
            children.push(node);
        }
    }

    fn top(&mut self) -> &mut Vec<Node> {
        if self.stack.is_empty() {
            self.stack.push(Frame::default());
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last].children
    }

    fn open(&mut self, kind: Kind) {
        self.stack.push(Frame { kind: Some(kind), ..Frame::default() });
    }

    /// Ends what Markdown opened last; tags of HTML that are open inside it end with it.
    fn end(&mut self) {
        let markdown = self.stack.iter().rposition(|frame| frame.html.is_none()).unwrap_or(0);
        if markdown > 0 {
            self.close_above(markdown);
            self.finish(None);
        }
    }

    /// Ends what is open above a frame, without end tags.
    fn close_above(&mut self, frame: usize) {
        while self.stack.len() > frame + 1 {
            self.finish(None);
        }
    }

    /// Ends the last frame, by an end tag or without.
    fn finish(&mut self, end: Option<(&str, bool)>) {
        let deep = self.stack.len() > DEEPEST;
        let Some(frame) = self.stack.pop() else { return };
        let children = frame.children;
        let Some(open) = frame.html else {
            self.settle(frame.kind, children, deep);
            return;
        };
        let counts = end.is_some() || open.element.is_some_and(Element::closes_itself);
        match open.element {
            Some(Element::Dropped) if counts => {}
            Some(element) if counts => self.settle(Some(html_kind(element, &open.raw)), children, deep),
            None if open.alone && end.is_some_and(|(_, alone)| alone) => {
                self.settle(Some(Kind::Html(Element::Group)), children, deep);
            }
            _ => {
                self.push(Node::Text(open.raw));
                children.into_iter().for_each(|node| self.push(node));
                if let Some((raw, _)) = end {
                    self.push(Node::Text(raw.to_owned()));
                }
            }
        }
    }

    fn settle(&mut self, kind: Option<Kind>, children: Vec<Node>, deep: bool) {
        match kind {
            Some(kind) if !deep => self.push(Node::Element(kind, children)),
            _ => children.into_iter().for_each(|node| self.push(node)),
        }
    }

    /// A block of HTML: its tags, and between them Markdown, which is what writers mean and what sites make of it.
    fn html_block(&mut self, raw: &str, depth: u8) {
        if depth > 2 {
            self.push(Node::Text(raw.to_owned()));
            return;
        }
        for piece in html::pieces(raw) {
            match piece {
                Piece::Tag(tag) => self.tag(&tag, true),
                Piece::Pre(code) => {
                    let code = html::unescape(&html::strip_tags(code));
                    self.push(Node::CodeBlock(String::new(), code));
                }
                Piece::Text(text) if text.trim().is_empty() => self.push(Node::Soft),
                Piece::Text(text) => self.markdown(&guarded(text), depth + 1),
            }
        }
    }

    fn inline_html(&mut self, raw: &str) {
        if html::invisible(raw).is_some() {
            return;
        }
        match html::Tag::read(raw) {
            Some(tag) => self.tag(&tag, false),
            None => self.push(Node::Text(raw.to_owned())),
        }
    }

    fn tag(&mut self, tag: &html::Tag<'_>, alone: bool) {
        let element = Element::of(tag.name);
        let waiting = self.stack.iter().filter(|frame| frame.html.is_some()).count();
        match element {
            Some(element) if element.is_void() => self.void(element, tag),
            _ if tag.end => self.end_tag(tag, element, alone),
            None if tag.empty || waiting > MOST_OPEN => self.push(Node::Text(tag.raw.to_owned())),
            Some(_) if tag.empty => {}
            Some(_) if waiting > MOST_OPEN => {}
            _ => {
                self.imply_ends(&tag.name.to_ascii_lowercase());
                let open = Open { name: tag.name.to_owned(), raw: tag.raw.to_owned(), element, alone };
                self.stack.push(Frame { html: Some(open), ..Frame::default() });
            }
        }
    }

    fn void(&mut self, element: Element, tag: &html::Tag<'_>) {
        match element {
            Element::Break => self.push(Node::Hard),
            Element::Rule => self.push(Node::Rule),
            _ => {
                let source = html::unescape(tag.attribute("src").unwrap_or_default());
                let alt = html::unescape(tag.attribute("alt").unwrap_or_default());
                self.push(Node::Element(Kind::Image(source), vec![Node::Text(alt)]));
            }
        }
    }

    /// An end tag: of the nearest start tag of that name, unless Markdown opened something since.
    fn end_tag(&mut self, tag: &html::Tag<'_>, element: Option<Element>, alone: bool) {
        match self.find_open(&[tag.name], &[]) {
            Some(frame) => {
                self.close_above(frame);
                self.finish(Some((tag.raw, alone)));
            }
            // An end without a start says nothing; but a name that is no element may be meant as text.
            None if element.is_none() => self.push(Node::Text(tag.raw.to_owned())),
            None => {}
        }
    }

    fn imply_ends(&mut self, name: &str) {
        let (ends, barriers) = html::implied_ends(name);
        if let Some(frame) = self.find_open(ends, barriers) {
            self.close_above(frame);
            self.finish(None);
        }
    }

    fn find_open(&self, names: &[&str], barriers: &[&str]) -> Option<usize> {
        for (at, frame) in self.stack.iter().enumerate().rev() {
            let open = frame.html.as_ref()?;
            if names.iter().any(|name| open.name.eq_ignore_ascii_case(name)) {
                return Some(at);
            }
            if barriers.iter().any(|name| open.name.eq_ignore_ascii_case(name)) {
                return None;
            }
        }
        None
    }
}

/// Text between tags as Markdown: a text of one line is a text, whatever it begins with (`<td>-</td>`), and a tag at the
/// beginning must not begin a block of HTML again.
fn guarded(text: &str) -> String {
    let text = dedent(text);
    if text.trim_start().starts_with('<') || !text.trim().contains('\n') {
        let text = text.trim_start();
        // An underscore that touches a sign before it is no emphasis.
        let space = if text.starts_with('_') { " " } else { "" };
        format!("{GUARD}{space}{text}")
    } else {
        text
    }
}

/// The text without the spaces that all its lines start with: markup is indented, and that makes no code.
pub fn dedent(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let mut lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(lines.len());
    lines.drain(..first);
    let least = lines.iter().filter(|line| !line.trim().is_empty()).map(|line| indent(line)).min().unwrap_or(0);
    let lines: Vec<&str> = lines.iter().map(|line| line.get(least..).unwrap_or_default()).collect();
    lines.join("\n")
}

fn html_kind(element: Element, raw: &str) -> Kind {
    let tag = html::Tag::read(raw);
    let attribute = |name: &str| {
        let value = tag.as_ref().and_then(|tag| tag.attribute(name));
        html::unescape(value.unwrap_or_default())
    };
    match element {
        Element::Link => Kind::Link { target: attribute("href"), title: attribute("title") },
        Element::List { ordered: false } => Kind::List(None),
        Element::List { ordered: true } => Kind::List(Some(attribute("start").parse().unwrap_or(1))),
        Element::Table => Kind::Table(Vec::new()),
        _ => Kind::Html(element),
    }
}

fn kind_of(tag: Tag<'_>) -> Kind {
    match tag {
        Tag::Heading { level, .. } => Kind::Html(Element::Heading(level as u8)),
        Tag::BlockQuote(None) => Kind::Html(Element::Quote),
        Tag::BlockQuote(Some(kind)) => Kind::Alert(match kind {
            BlockQuoteKind::Note => "Note",
            BlockQuoteKind::Tip => "Tip",
            BlockQuoteKind::Important => "Important",
            BlockQuoteKind::Warning => "Warning",
            BlockQuoteKind::Caution => "Caution",
        }),
        Tag::List(start) => Kind::List(start),
        Tag::Item => Kind::Html(Element::Item),
        Tag::Table(alignments) => Kind::Table(alignments),
        Tag::TableHead => Kind::Head,
        Tag::TableRow => Kind::Html(Element::Row),
        Tag::TableCell => Kind::Html(Element::Cell { head: false }),
        Tag::Emphasis => Kind::Html(Element::Emphasis),
        Tag::Strong => Kind::Html(Element::Strong),
        Tag::Strikethrough => Kind::Html(Element::Strike),
        Tag::Link { dest_url, title, .. } => Kind::Link { target: dest_url.into_string(), title: title.into_string() },
        Tag::Image { dest_url, .. } => Kind::Image(dest_url.into_string()),
        // The rest is not asked for, or was met before.
        _ => Kind::Html(Element::Group),
    }
}
