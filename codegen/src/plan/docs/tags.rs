//! Block tags (`@example`, `@default`, …): which of them are documentation of data, and what it reads as.

use super::build::{build, dedent};
use super::clean::clean;
use super::convert::Converter;
use super::tree::{self, Block, Inline, Item};
use super::{Links, Rendered, write};
use crate::model::{Doc, DocTag};

/// Tags that say what stage something is in, and how that is spelled.
const STAGES: [(&str, &str); 3] = [("experimental", "Experimental"), ("beta", "Beta"), ("alpha", "Alpha")];

/// Tags whose text is set off from the rest, and under which word.
const NOTES: [(&str, &str); 6] = [
    ("note", "Note"),
    ("important", "Important"),
    ("warning", "Warning"),
    ("caution", "Caution"),
    ("tip", "Tip"),
    ("todo", ""),
];

/// Tags with a value that constrains or describes the data, and how they are spelled.
const FACTS: [(&str, &str); 19] = [
    ("default", "Default"),
    ("defaultValue", "Default"),
    ("defaultvalue", "Default"),
    ("format", "Format"),
    ("pattern", "Pattern"),
    ("minimum", "Minimum"),
    ("maximum", "Maximum"),
    ("exclusiveMinimum", "Exclusive minimum"),
    ("exclusiveMaximum", "Exclusive maximum"),
    ("multipleOf", "Multiple of"),
    ("minLength", "Minimum length"),
    ("maxLength", "Maximum length"),
    ("minItems", "Minimum items"),
    ("maxItems", "Maximum items"),
    ("uniqueItems", "Unique items"),
    ("minProperties", "Minimum properties"),
    ("maxProperties", "Maximum properties"),
    ("contentMediaType", "Media type"),
    ("since", "Since"),
];

/// Translates a comment with its tags.
pub fn render(doc: &Doc, links: &dyn Links) -> Rendered {
    let translator = Translator { links };
    let blocks = translator.blocks(doc);
    let deprecated = doc.tag("deprecated").map(|text| note_text(&tree::plain(&translator.markdown(text))));
    let hidden = ["internal", "hidden", "ignore"].iter().any(|tag| doc.has(tag));
    Rendered { lines: write::write(&blocks), deprecated, hidden }
}

struct Translator<'a> {
    links: &'a dyn Links,
}

impl Translator<'_> {
    fn blocks(&self, doc: &Doc) -> Vec<Block> {
        let mut blocks = self.markdown(&doc.text);
        for tag in &doc.tags {
            match tag.name.as_str() {
                "summary" | "description" | "desc" | "classdesc" | "remarks" => {
                    blocks.extend(self.markdown(&tag.text));
                }
                _ => {}
            }
        }
        demote(&mut blocks);
        for tag in &doc.tags {
            blocks.extend(self.note(tag));
        }
        blocks.extend(self.facts(&doc.tags));
        blocks.extend(self.listed(doc, "See also", &["see", "seeAlso", "link"], Self::reference));
        blocks.extend(self.listed(doc, "Errors", &["throws", "exception"], Self::thrown));
        blocks.extend(self.examples(doc));
        blocks
    }

    fn markdown(&self, text: &str) -> Vec<Block> {
        let line = text.trim();
        if line.is_empty() {
            return Vec::new();
        }
        if is_plain(line) {
            return vec![Block::Paragraph(vec![Inline::Text(line.to_owned())])];
        }
        self.parsed(text)
    }

    fn parsed(&self, text: &str) -> Vec<Block> {
        let cleaned = clean(text);
        let nodes = build(&cleaned.text);
        Converter { cleaned: &cleaned, links: self.links }.blocks(nodes)
    }

    /// `@experimental`, `@note` and the like: the word in bold, then the text.
    fn note(&self, tag: &DocTag) -> Vec<Block> {
        let word = STAGES.iter().chain(&NOTES).find(|(name, _)| *name == tag.name).map_or("", |(_, word)| word);
        let mut blocks = self.markdown(&tag.text);
        demote(&mut blocks);
        let is_stage = STAGES.iter().any(|(name, _)| *name == tag.name);
        if word.is_empty() || (blocks.is_empty() && !is_stage) {
            return Vec::new();
        }
        let title = if blocks.is_empty() { word.to_owned() } else { format!("{word}:") };
        lead(vec![Inline::Strong(vec![Inline::Text(title)])], &mut blocks);
        blocks
    }

    /// `@default` and the like: a line each.
    fn facts(&self, tags: &[DocTag]) -> Vec<Block> {
        let known = |tag: &DocTag| FACTS.iter().find(|(name, _)| *name == tag.name).map(|(_, word)| *word);
        let mut facts: Vec<Vec<Block>> = tags
            .iter()
            .filter_map(|tag| Some(self.fact(known(tag)?, &tag.text)))
            .filter(|fact| !fact.is_empty())
            .collect();
        facts.dedup();
        if facts.len() < 2 {
            return facts.pop().unwrap_or_default();
        }
        let items = facts.into_iter().map(|blocks| Item { task: None, blocks });
        vec![Block::List(None, items.collect())]
    }

    fn fact(&self, word: &str, text: &str) -> Vec<Block> {
        let text = text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        let is_prose = text.contains('`') || text.contains("{@") || reads_as_prose(text);
        let mut blocks = match text.contains('\n') {
            _ if is_prose => self.markdown(text),
            true => vec![Block::Code("ts", code_text(text))],
            false => vec![Block::Paragraph(vec![Inline::Code(code_text(text))])],
        };
        demote(&mut blocks);
        if !blocks.is_empty() {
            lead(vec![Inline::Text(format!("{word}:"))], &mut blocks);
        }
        blocks
    }

    /// A section with a list of what each tag says.
    fn listed(&self, doc: &Doc, title: &str, names: &[&str], item: fn(&Self, &str) -> Vec<Block>) -> Vec<Block> {
        let tags = doc.tags.iter().filter(|tag| names.contains(&tag.name.as_str()));
        let items: Vec<Item> = tags
            .map(|tag| Item { task: None, blocks: item(self, &tag.text) })
            .filter(|item| !item.blocks.is_empty())
            .collect();
        if items.is_empty() {
            return Vec::new();
        }
        vec![heading(title), Block::List(None, items)]
    }

    /// `@see User`, `@see {@link User}`, `@see https://…`
    fn reference(&self, text: &str) -> Vec<Block> {
        let text = text.trim();
        let is_name = text.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '#'));
        let mut blocks = if is_name { self.markdown(&format!("{{@link {text}}}")) } else { self.markdown(text) };
        demote(&mut blocks);
        blocks
    }

    /// `@throws {Error} text`
    fn thrown(&self, text: &str) -> Vec<Block> {
        let typed = text
            .trim()
            .strip_prefix('{')
            .and_then(|text| text.split_once('}'))
            .filter(|(name, _)| !name.starts_with('@'));
        let Some((name, text)) = typed else {
            return self.reference(text);
        };
        let mut blocks = self.markdown(text.trim_start_matches([' ', '-']));
        demote(&mut blocks);
        let mut title = vec![Inline::Code(code_text(name))];
        if !blocks.is_empty() {
            tree::push(&mut title, Inline::Text(":".to_owned()));
        }
        lead(title, &mut blocks);
        blocks
    }

    fn examples(&self, doc: &Doc) -> Vec<Block> {
        let tags = doc.tags.iter().filter(|tag| matches!(tag.name.as_str(), "example" | "examples"));
        let mut blocks: Vec<Block> = tags.flat_map(|tag| self.example(&tag.text)).collect();
        if !blocks.is_empty() {
            blocks.insert(0, heading("Examples"));
        }
        blocks
    }

    /// An example: Markdown if it looks like it, else code.
    fn example(&self, text: &str) -> Vec<Block> {
        let (caption, text) =
            match text.trim_start().strip_prefix("<caption>").and_then(|text| text.split_once("</caption>")) {
                Some((caption, text)) => (self.markdown(caption), text),
                None => (Vec::new(), text),
            };
        let starts_as_markdown = text.trim_start().starts_with(['`', '~', '#', '*', '-', '|']);
        let has_fence =
            text.lines().any(|line| line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~"));
        let mut blocks = caption;
        if has_fence || starts_as_markdown {
            blocks.extend(self.markdown(text));
        } else if !text.trim().is_empty() {
            blocks.push(Block::Code("ts", code_text(text)));
        }
        demote(&mut blocks);
        blocks
    }
}

/// Whether a text is a line of words in which no sign can mean anything to Markdown, HTML or JSDoc, as most are.
fn is_plain(line: &str) -> bool {
    let is_sign = |byte: u8| b" ,.;:'\"()?!%/-".contains(&byte);
    line.starts_with(|c: char| c.is_ascii_alphabetic())
        && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_sign(byte))
        && !["  ", "//", "www."].iter().any(|sign| line.contains(sign))
}

/// The text of a note. Rustdoc reads it as Markdown: brackets outside code would be links.
fn note_text(text: &str) -> String {
    let is_paired = text.matches('`').count().is_multiple_of(2);
    let mut in_code = false;
    let mut note = String::with_capacity(text.len());
    for sign in text.chars() {
        in_code ^= sign == '`' && is_paired;
        if matches!(sign, '[' | ']') && !in_code || sign == '`' && !is_paired {
            note.push('\\');
        }
        note.push(sign);
    }
    note
}

/// Code out of a tag, as it is written but for what has no place in documentation.
fn code_text(text: &str) -> String {
    let cleaned = clean(text);
    let code = dedent(&cleaned.restore(&cleaned.text));
    code.trim_end().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Whether a value is a sentence rather than code: several words without the signs of code.
fn reads_as_prose(text: &str) -> bool {
    let words = text.split_whitespace().count();
    words > 1 && text.starts_with(char::is_alphabetic) && !text.contains(['(', '{', '[', '=', ';', '"'])
}

/// Puts pieces before the first paragraph, or in one before what is no paragraph.
fn lead(mut pieces: Vec<Inline>, blocks: &mut Vec<Block>) {
    if let Some(Block::Paragraph(inlines)) = blocks.first_mut() {
        tree::push(&mut pieces, Inline::Text(" ".to_owned()));
        tree::push_all(&mut pieces, std::mem::take(inlines));
        *inlines = pieces;
    } else {
        blocks.insert(0, Block::Paragraph(pieces));
    }
}

fn heading(title: &str) -> Block {
    Block::Heading(1, vec![Inline::Text(title.to_owned())])
}

/// Puts upstream's headings below the sections of ours, which are of the first level.
fn demote(blocks: &mut [Block]) {
    let levels = blocks.iter().filter_map(|block| match block {
        Block::Heading(level, _) => Some(*level),
        _ => None,
    });
    let down = 2_u8.saturating_sub(levels.min().unwrap_or(2));
    for block in blocks {
        if let Block::Heading(level, _) = block {
            *level = (*level + down).min(6);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct NoLinks;

    impl Links for NoLinks {
        fn resolve(&self, _: &str) -> Option<String> {
            None
        }

        fn may_be_in_scope(&self, _: &str) -> bool {
            false
        }

        fn absolute(&self, _: &str) -> Option<String> {
            None
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn what_is_plain_reads_as_itself(line in "[A-Za-z]([A-Za-z0-9]| |[,.;:'\"()?!%/-]){0,30}") {
            let translator = Translator { links: &NoLinks };
            if is_plain(line.trim()) {
                let (short, whole) = (translator.markdown(&line), translator.parsed(&line));
                proptest::prop_assert_eq!(write::write(&short), write::write(&whole));
            }
        }
    }
}
