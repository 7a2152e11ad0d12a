//! Documentation as a tree, ready to be written: links are settled, no HTML is left but what Markdown has no word for.

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph; never empty.
    Paragraph(Vec<Inline>),
    /// A heading and its level.
    Heading(u8, Vec<Inline>),
    /// A block of code and its language.
    Code(&'static str, String),
    /// A quotation.
    Quote(Vec<Block>),
    /// A list; the first number if it is numbered.
    List(Option<u64>, Vec<Item>),
    /// A table.
    Table(Table),
    /// A line across.
    Rule,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Whether it is ticked, where it can be.
    pub task: Option<bool>,
    /// What it says; never empty.
    pub blocks: Vec<Block>,
}

/// A table: as many cells in each row as there are columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// How each column is aligned: what stands below its heading.
    pub columns: Vec<&'static str>,
    /// The headings.
    pub head: Vec<Vec<Inline>>,
    /// The rows.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A piece of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Text, not escaped.
    Text(String),
    /// Code.
    Code(String),
    /// Emphasised.
    Emphasis(Vec<Inline>),
    /// Strongly emphasised.
    Strong(Vec<Inline>),
    /// Struck out.
    Strike(Vec<Inline>),
    /// An HTML element without attributes, one of those that are harmless.
    Html(&'static str, Vec<Inline>),
    /// A link to a URL or to an item of the crate.
    Link {
        /// The URL or path.
        target: String,
        /// What is shown when pointed at; often empty.
        title: String,
        /// What is shown.
        label: Vec<Inline>,
    },
    /// A URL that is its own label.
    Url(String),
    /// An image.
    Image {
        /// Its URL.
        target: String,
        /// What it shows.
        alt: String,
    },
    /// A line break as in the source: a space.
    Soft,
    /// A line break that is meant.
    Hard,
}

/// Appends a piece: texts that touch are one text, so that what must be escaped is seen, and so is code that touches.
pub fn push(inlines: &mut Vec<Inline>, inline: Inline) {
    match (inlines.last_mut(), &inline) {
        (Some(Inline::Text(last)), Inline::Text(text)) if last.ends_with(' ') => {
            last.push_str(text.trim_start_matches(' '))
        }
        (Some(Inline::Text(last)), Inline::Text(text)) | (Some(Inline::Code(last)), Inline::Code(text)) => {
            last.push_str(text);
        }
        (_, Inline::Text(text)) if text.is_empty() => {}
        (Some(Inline::Hard), Inline::Soft | Inline::Hard) => {}
        (Some(last @ Inline::Soft), Inline::Soft | Inline::Hard) => *last = inline,
        _ => inlines.push(inline),
    }
}

/// Removes space and breaks from both ends.
pub fn trim(inlines: &mut Vec<Inline>) {
    while inlines.last().is_some_and(is_space) {
        inlines.pop();
    }
    let start = inlines.iter().take_while(|inline| is_space(inline)).count();
    inlines.drain(..start);
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        *text = text.trim_start().to_owned();
    }
    if let Some(Inline::Text(text)) = inlines.last_mut() {
        *text = text.trim_end().to_owned();
    }
}

/// Whether there is nothing to be seen.
fn is_space(inline: &Inline) -> bool {
    match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Soft | Inline::Hard => true,
        Inline::Code(code) => code.trim().is_empty(),
        _ => false,
    }
}

/// The text alone, in one line; code keeps its backticks.
pub fn plain(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        plain_block(block, &mut text);
        text.push(' ');
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain_block(block: &Block, text: &mut String) {
    match block {
        Block::Paragraph(inlines) | Block::Heading(_, inlines) => plain_inlines(inlines, text),
        Block::Code(_, code) => text.push_str(code),
        Block::Quote(blocks) => text.push_str(&plain(blocks)),
        Block::List(_, items) => {
            for item in items {
                text.push_str(&plain(&item.blocks));
                text.push(' ');
            }
        }
        Block::Table(table) => {
            for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                plain_inlines(cell, text);
                text.push(' ');
            }
        }
        Block::Rule => {}
    }
}

/// Appends the text of pieces.
pub fn plain_inlines(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Url(part) => text.push_str(part),
            Inline::Code(code) => text.push_str(&format!("`{code}`")),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strike(inner) | Inline::Html(_, inner) => {
                plain_inlines(inner, text);
            }
            Inline::Link { label, .. } => plain_inlines(label, text),
            Inline::Image { alt, .. } => text.push_str(alt),
            Inline::Soft | Inline::Hard => text.push(' '),
        }
    }
}

/// Appends pieces.
pub fn push_all(inlines: &mut Vec<Inline>, more: Vec<Inline>) {
    for inline in more {
        push(inlines, inline);
    }
}
