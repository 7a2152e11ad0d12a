//! From the tree of Markdown and HTML to the tree that is written: blocks are put where blocks may stand, links are
//! settled.

use super::Links;
use super::build::{Kind, Node, dedent};
use super::clean::{Cleaned, InlineTag, Piece};
use super::html::Element;
use super::target::{self, Target};
use super::tree::{self, Block, Inline, Item, Table};
use pulldown_cmark::Alignment;

/// Converts the tree of one text.
pub struct Converter<'a> {
    /// The text, for its marks.
    pub cleaned: &'a Cleaned,
    /// Answers what names mean.
    pub links: &'a dyn Links,
}

impl Converter<'_> {
    /// Nodes where blocks may stand.
    pub fn blocks(&self, nodes: Vec<Node>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut run = Vec::new();
        let mut items = Vec::new();
        for node in nodes {
            let is_item = matches!(node, Node::Element(Kind::Html(Element::Item), _));
            if !is_item && !is_blank(&node) {
                flush_items(&mut items, &mut blocks);
            }
            if is_inline(&node) {
                run.push(node);
                continue;
            }
            self.flush(&mut run, &mut blocks);
            match node {
                Node::Element(Kind::Html(Element::Item), children) => items.extend(self.item(children)),
                node => self.block(node, &mut blocks),
            }
        }
        self.flush(&mut run, &mut blocks);
        flush_items(&mut items, &mut blocks);
        blocks
    }

    /// What stands between blocks is a paragraph.
    fn flush(&self, run: &mut Vec<Node>, blocks: &mut Vec<Block>) {
        let mut inlines = self.inlines(std::mem::take(run), false);
        tree::trim(&mut inlines);
        if !inlines.is_empty() {
            blocks.push(Block::Paragraph(inlines));
        }
    }

    fn block(&self, node: Node, blocks: &mut Vec<Block>) {
        match node {
            Node::CodeBlock(info, code) => blocks.extend(self.code_block(&info, &code)),
            Node::Rule => blocks.push(Block::Rule),
            Node::Element(Kind::List(start), children) => {
                let items = self.items(children);
                if !items.is_empty() {
                    blocks.push(Block::List(start, items));
                }
            }
            Node::Element(Kind::Table(alignments), children) => blocks.extend(self.table(&alignments, children)),
            Node::Element(Kind::Alert(title), children) => {
                let title = Block::Paragraph(vec![Inline::Strong(vec![Inline::Text(format!("{title}:"))])]);
                let quoted = std::iter::once(title).chain(self.blocks(children)).collect();
                blocks.push(Block::Quote(quoted));
            }
            Node::Element(Kind::Html(element), children) => self.html_block(element, children, blocks),
            Node::Element(_, children) => blocks.extend(self.blocks(children)),
            _ => {}
        }
    }

    fn html_block(&self, element: Element, children: Vec<Node>, blocks: &mut Vec<Block>) {
        match element {
            Element::Heading(level) => {
                let heading = self.line(children);
                if !heading.is_empty() {
                    blocks.push(Block::Heading(level, heading));
                }
            }
            Element::Title => {
                let title = self.line(children);
                if !title.is_empty() {
                    blocks.push(Block::Paragraph(vec![Inline::Strong(title)]));
                }
            }
            Element::Quote => {
                let quoted = self.blocks(children);
                if !quoted.is_empty() {
                    blocks.push(Block::Quote(quoted));
                }
            }
            _ => blocks.extend(self.blocks(children)),
        }
    }

    /// Nodes in one line, without breaks.
    fn line(&self, nodes: Vec<Node>) -> Vec<Inline> {
        let mut line = Vec::new();
        for inline in self.inlines(nodes, false) {
            let is_break = matches!(inline, Inline::Soft | Inline::Hard);
            tree::push(&mut line, if is_break { Inline::Text(" ".to_owned()) } else { inline });
        }
        tree::trim(&mut line);
        line
    }

    fn items(&self, nodes: Vec<Node>) -> Vec<Item> {
        let mut items = Vec::new();
        for node in nodes {
            match node {
                Node::Element(Kind::Html(Element::Item), children) => items.extend(self.item(children)),
                node if is_blank(&node) => {}
                // What stands between items belongs to the one before; browsers show it there.
                node => {
                    let blocks = self.blocks(vec![node]);
                    match items.last_mut() {
                        Some(Item { blocks: last, .. }) => last.extend(blocks),
                        None if blocks.is_empty() => {}
                        None => items.push(Item { task: None, blocks }),
                    }
                }
            }
        }
        items
    }

    fn item(&self, mut children: Vec<Node>) -> Option<Item> {
        let task = first_task(&mut children);
        let blocks = self.blocks(children);
        // The box stands before text.
        let task = task.filter(|_| matches!(blocks.first(), Some(Block::Paragraph(_))));
        (!blocks.is_empty()).then_some(Item { task, blocks })
    }

    fn table(&self, alignments: &[Alignment], children: Vec<Node>) -> Vec<Block> {
        let (mut rows, mut before) = (Vec::new(), Vec::new());
        self.rows(children, &mut rows, &mut before);
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        if width == 0 {
            return before;
        }
        for row in &mut rows {
            row.resize(width, Vec::new());
        }
        let columns = (0..width).map(|column| match alignments.get(column) {
            Some(Alignment::Left) => ":---",
            Some(Alignment::Center) => ":---:",
            Some(Alignment::Right) => "---:",
            _ => "---",
        });
        let head = rows.remove(0);
        before.push(Block::Table(Table { columns: columns.collect(), head, rows }));
        before
    }

    fn rows(&self, nodes: Vec<Node>, rows: &mut Vec<Vec<Vec<Inline>>>, before: &mut Vec<Block>) {
        for node in nodes {
            match node {
                Node::Element(Kind::Head | Kind::Html(Element::Row), cells) => {
                    rows.push(cells.into_iter().filter_map(|cell| self.cell(cell)).collect());
                }
                Node::Element(Kind::Html(Element::Span), children) => self.rows(children, rows, before),
                node => before.extend(self.blocks(vec![node])),
            }
        }
    }

    fn cell(&self, node: Node) -> Option<Vec<Inline>> {
        let Node::Element(Kind::Html(Element::Cell { .. }), children) = node else { return None };
        let mut inlines = flatten(self.blocks(children));
        tree::trim(&mut inlines);
        Some(inlines)
    }

    fn code_block(&self, info: &str, code: &str) -> Option<Block> {
        let code = dedent(&self.cleaned.restore(code));
        let lines: Vec<&str> = code.trim_end().lines().map(str::trim_end).collect();
        let language = language(&self.cleaned.restore(info));
        (!lines.is_empty()).then(|| Block::Code(language, lines.join("\n")))
    }

    /// Nodes where only lines may stand.
    fn inlines(&self, nodes: Vec<Node>, in_link: bool) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => self.text(&text, in_link, &mut inlines),
                Node::Code(code) => tree::push(&mut inlines, Inline::Code(self.code(&code))),
                Node::CodeBlock(_, code) => tree::push(&mut inlines, Inline::Code(self.code(code.trim()))),
                Node::Soft => tree::push(&mut inlines, Inline::Soft),
                Node::Hard => tree::push(&mut inlines, Inline::Hard),
                Node::Rule | Node::Task(_) => {}
                Node::Element(kind, children) => self.element(kind, children, in_link, &mut inlines),
            }
        }
        inlines
    }

    fn element(&self, kind: Kind, children: Vec<Node>, in_link: bool, inlines: &mut Vec<Inline>) {
        match kind {
            Kind::Link { target, title } => self.link(&target, &title, children, in_link, inlines),
            Kind::Image(source) => self.image(&source, children, in_link, inlines),
            Kind::Html(Element::Code) => {
                let mut code = String::new();
                tree::plain_inlines(&self.inlines(children, true), &mut code);
                tree::push(inlines, Inline::Code(code.replace('`', "").trim().to_owned()));
            }
            Kind::Html(Element::Span) => {
                self.inlines(children, in_link).into_iter().for_each(|inline| tree::push(inlines, inline));
            }
            Kind::Html(element) => {
                let inner = self.inlines(children, in_link);
                wrap(element, inner, inlines);
            }
            _ => {
                let inner = self.inlines(children, in_link);
                wrap(Element::Group, inner, inlines);
            }
        }
    }

    fn link(&self, target: &str, title: &str, children: Vec<Node>, in_link: bool, inlines: &mut Vec<Inline>) {
        let mut label = self.inlines(children, true);
        let target = target::of_link(&self.cleaned.restore(target), self.links);
        let title = self.cleaned.restore(title);
        if in_link {
            label.into_iter().for_each(|inline| tree::push(inlines, inline));
        } else {
            let around = outer_space(&mut label);
            if around.0 {
                tree::push(inlines, Inline::Text(" ".to_owned()));
            }
            tree::push_all(inlines, self.linked(target, title, label));
            if around.1 {
                tree::push(inlines, Inline::Text(" ".to_owned()));
            }
        }
    }

    fn image(&self, source: &str, children: Vec<Node>, in_link: bool, inlines: &mut Vec<Inline>) {
        let mut alt = String::new();
        tree::plain_inlines(&self.inlines(children, true), &mut alt);
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        match target::of_link(&self.cleaned.restore(source), self.links) {
            Target::Url(target) if !in_link && !target.starts_with("mailto:") => {
                tree::push(inlines, Inline::Image { target, alt });
            }
            _ => tree::push(inlines, Inline::Text(alt)),
        }
    }

    fn text(&self, text: &str, in_link: bool, inlines: &mut Vec<Inline>) {
        for piece in self.cleaned.pieces(text) {
            match piece {
                Piece::Text(text) => tree::push(inlines, Inline::Text(spaced(text))),
                Piece::Mark(mark) => {
                    if let Some(tag) = &mark.tag {
                        tree::push_all(inlines, self.inline_tag(tag, in_link));
                    }
                }
            }
        }
    }

    fn inline_tag(&self, tag: &InlineTag, in_link: bool) -> Vec<Inline> {
        match tag.name.as_str() {
            "link" | "linkcode" | "linkplain" => self.link_tag(tag, in_link),
            "code" | "literal" => vec![Inline::Code(tag.body.clone())],
            // What would stand there is not at hand, and names for other tools are no text.
            "inheritDoc" | "inheritdoc" | "label" | "include" | "includeCode" => Vec::new(),
            _ => vec![Inline::Text(tag.body.clone())],
        }
    }

    /// `{@link Target}`, `{@link Target | label}`, `{@link Target label}`, `[label]{@link Target}`
    fn link_tag(&self, tag: &InlineTag, in_link: bool) -> Vec<Inline> {
        let (name, after) = match tag.body.split_once('|') {
            Some((name, label)) => (name.trim(), label.trim()),
            None => tag.body.split_once(' ').unwrap_or((&tag.body, "")),
        };
        let label = tag.label.as_deref().unwrap_or(after).trim();
        let target = target::of_name(name, self.links);
        let label = match (&target, label) {
            (Target::Url(url), "") => vec![Inline::Text(url.clone())],
            (_, "") if tag.name == "linkplain" => vec![Inline::Text(name.to_owned())],
            (_, "") => vec![Inline::Code(name.to_owned())],
            (_, label) => vec![label_text(label, tag.name == "linkcode")],
        };
        if in_link { label } else { self.linked(target, String::new(), label) }
    }

    /// A label that leads somewhere, or only the label.
    fn linked(&self, target: Target, title: String, label: Vec<Inline>) -> Vec<Inline> {
        let mut shown = String::new();
        tree::plain_inlines(&label, &mut shown);
        let target = match target {
            Target::Nowhere => return label,
            Target::Url(url) if shown.is_empty() || shown == url => return vec![Inline::Url(url)],
            Target::Item(_) if shown.is_empty() => return Vec::new(),
            Target::Url(url) => url,
            Target::Item(path) if self.is_redundant(&path, &shown) => format!("type@{path}"),
            Target::Item(path) => path,
        };
        vec![Inline::Link { target, title, label }]
    }

    /// Whether rustdoc would find that the label alone leads there too.
    fn is_redundant(&self, path: &str, shown: &str) -> bool {
        let item = path.split('#').next().unwrap_or_default();
        let name = item.rsplit("::").next().unwrap_or_default();
        path != name && shown.trim_matches('`').ends_with(name) && self.links.may_be_in_scope(path)
    }

    fn code(&self, code: &str) -> String {
        self.cleaned.restore(code).replace('\n', " ")
    }
}

fn label_text(label: &str, code: bool) -> Inline {
    let inner = label.strip_prefix('`').and_then(|label| label.strip_suffix('`'));
    match inner.filter(|inner| !inner.contains('`') && !inner.is_empty()) {
        Some(inner) => Inline::Code(inner.to_owned()),
        None if code => Inline::Code(label.replace('`', "")),
        None => Inline::Text(label.to_owned()),
    }
}

/// The text with single spaces, and without what guards the beginning of a line.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for sign in text.chars().filter(|&c| c != super::clean::GUARD) {
        match sign {
            _ if !sign.is_whitespace() || sign == '\u{A0}' => spaced.push(sign),
            _ if !spaced.ends_with(' ') => spaced.push(' '),
            _ => {}
        }
    }
    spaced
}

/// Takes the space off the ends of what will be marked up: Markdown's marks must touch what they mark.
fn outer_space(inlines: &mut Vec<Inline>) -> (bool, bool) {
    let is_spaced = |inline: Option<&Inline>, at: fn(&str) -> bool| match inline {
        Some(Inline::Text(text)) => at(text),
        Some(Inline::Soft | Inline::Hard) => true,
        _ => false,
    };
    let before = is_spaced(inlines.first(), |text| text.starts_with(' '));
    let after = is_spaced(inlines.last(), |text| text.ends_with(' '));
    tree::trim(inlines);
    (before, after)
}

/// Marks up pieces; a block in a line leaves spaces around it.
fn wrap(element: Element, mut inner: Vec<Inline>, inlines: &mut Vec<Inline>) {
    let (before, after) = outer_space(&mut inner);
    let space = || Inline::Text(" ".to_owned());
    let is_block = element.is_block();
    if before || is_block {
        tree::push(inlines, space());
    }
    let marked = match element {
        _ if inner.is_empty() => Vec::new(),
        Element::Emphasis => vec![Inline::Emphasis(inner)],
        Element::Strong | Element::Title | Element::Heading(_) => vec![Inline::Strong(inner)],
        Element::Strike => vec![Inline::Strike(inner)],
        Element::Kept(name) => vec![Inline::Html(name, inner)],
        _ => inner,
    };
    tree::push_all(inlines, marked);
    if after || is_block {
        tree::push(inlines, space());
    }
}

/// Blocks in a line, for the cell of a table: paragraphs on lines of their own, lists as HTML.
fn flatten(blocks: Vec<Block>) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for block in blocks {
        if !inlines.is_empty() {
            tree::push(&mut inlines, Inline::Hard);
        }
        match block {
            Block::Paragraph(inner) => tree::push_all(&mut inlines, inner),
            Block::Heading(_, inner) => tree::push(&mut inlines, Inline::Strong(inner)),
            Block::Code(_, code) => tree::push(&mut inlines, Inline::Code(code.replace('\n', " "))),
            Block::Quote(inner) => tree::push_all(&mut inlines, flatten(inner)),
            Block::List(start, items) => {
                let items = items.into_iter().map(|item| Inline::Html("li", flatten(item.blocks))).collect();
                tree::push(&mut inlines, Inline::Html(if start.is_some() { "ol" } else { "ul" }, items));
            }
            Block::Table(table) => {
                for cell in table.head.into_iter().chain(table.rows.into_iter().flatten()) {
                    tree::push_all(&mut inlines, cell);
                    tree::push(&mut inlines, Inline::Text(" ".to_owned()));
                }
            }
            Block::Rule => {}
        }
    }
    inlines
}

fn flush_items(items: &mut Vec<Item>, blocks: &mut Vec<Block>) {
    if !items.is_empty() {
        blocks.push(Block::List(None, std::mem::take(items)));
    }
}

/// Takes the box of a task, which stands first in its item, perhaps in a paragraph.
fn first_task(children: &mut Vec<Node>) -> Option<bool> {
    match children.first_mut()? {
        Node::Task(done) => {
            let done = *done;
            children.remove(0);
            Some(done)
        }
        Node::Element(_, inner) => match inner.first()? {
            Node::Task(done) => {
                let done = *done;
                inner.remove(0);
                Some(done)
            }
            _ => None,
        },
        _ => None,
    }
}

fn is_blank(node: &Node) -> bool {
    match node {
        Node::Text(text) => text.trim().is_empty(),
        Node::Soft | Node::Hard => true,
        _ => false,
    }
}

fn is_inline(node: &Node) -> bool {
    match node {
        Node::Text(_) | Node::Code(_) | Node::Soft | Node::Hard | Node::Task(_) => true,
        Node::CodeBlock(..) | Node::Rule => false,
        // `<b>` around a list is nothing in Markdown; the list is.
        Node::Element(Kind::Html(element), children) => !element.is_block() && children.iter().all(is_inline),
        Node::Element(Kind::Link { .. } | Kind::Image(_), _) => true,
        Node::Element(..) => false,
    }
}

/// The language of a block of code: never Rust, which rustdoc would compile.
fn language(info: &str) -> &'static str {
    let end = info.find(|c: char| !(c.is_alphanumeric() || matches!(c, '+' | '#' | '-'))).unwrap_or(info.len());
    let info = info[..end].to_lowercase();
    // A name is known where writers use it and highlighters know it.
    const KNOWN: [&str; 36] = [
        "bash",
        "c",
        "cpp",
        "css",
        "csharp",
        "diff",
        "dockerfile",
        "env",
        "go",
        "graphql",
        "html",
        "http",
        "ini",
        "java",
        "json",
        "json5",
        "jsonc",
        "kotlin",
        "markdown",
        "php",
        "powershell",
        "prisma",
        "python",
        "ruby",
        "scss",
        "sh",
        "shell",
        "sql",
        "svelte",
        "swift",
        "text",
        "toml",
        "vue",
        "xml",
        "yaml",
        "zsh",
    ];
    match info.as_str() {
        "" | "ts" | "tsx" | "mts" | "cts" | "typescript" | "js" | "jsx" | "mjs" | "cjs" | "javascript" => "ts",
        "yml" => "yaml",
        "py" => "python",
        "md" | "mdx" => "markdown",
        _ => KNOWN.iter().find(|known| **known == info).copied().unwrap_or("text"),
    }
}
