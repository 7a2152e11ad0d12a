//! Writes blocks as Markdown, a line each.

use super::line::{Place, write_inlines};
use super::tree::{Block, Item, Table};

/// Writes blocks, an empty line between them.
pub fn write(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut marker = Marker::default();
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 {
            lines.push(String::new());
            marker = marker.between(&blocks[at - 1], block);
        }
        write_block(block, marker, &mut lines);
    }
    lines
}

/// Two lists that follow each other are one list unless their markers differ.
#[derive(Clone, Copy, Default)]
struct Marker {
    other: bool,
}

impl Marker {
    fn between(self, before: &Block, block: &Block) -> Self {
        let would_join = match (before, block) {
            (Block::List(before, _), Block::List(start, _)) => before.is_some() == start.is_some(),
            _ => false,
        };
        Self { other: would_join && !self.other }
    }

    fn text(self, number: Option<u64>) -> String {
        match (number, self.other) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(number), false) => format!("{number}. "),
            (Some(number), true) => format!("{number}) "),
        }
    }
}

fn write_block(block: &Block, marker: Marker, lines: &mut Vec<String>) {
    match block {
        Block::Paragraph(inlines) => push_text(&write_inlines(inlines, Place::Paragraph), lines),
        Block::Heading(level, inlines) => {
            let level = usize::from((*level).clamp(1, 6));
            lines.push(format!("{} {}", "#".repeat(level), write_inlines(inlines, Place::Heading)));
        }
        Block::Code(language, code) => write_code(language, code, lines),
        Block::Quote(blocks) => {
            lines.extend(write(blocks).iter().map(|line| format!("> {line}").trim_end().to_owned()));
        }
        Block::List(start, items) => write_list(*start, items, marker, lines),
        Block::Table(table) => write_table(table, lines),
        // Not of the signs that items start with.
        Block::Rule => lines.push("___".to_owned()),
    }
}

fn push_text(text: &str, lines: &mut Vec<String>) {
    lines.extend(text.lines().map(|line| line.trim_end().to_owned()));
}

/// A block between fences that are longer than any run of backticks in it.
pub fn write_code(language: &str, code: &str, lines: &mut Vec<String>) {
    let fence = "`".repeat(longest_run(code).max(2) + 1);
    lines.push(format!("{fence}{language}"));
    push_text(code, lines);
    lines.push(fence);
}

/// The longest run of backticks.
pub fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn write_list(start: Option<u64>, items: &[Item], marker: Marker, lines: &mut Vec<String>) {
    let tight = items.iter().all(|item| is_tight(&item.blocks));
    for (at, item) in items.iter().enumerate() {
        if at > 0 && !tight {
            lines.push(String::new());
        }
        // Markdown's numbers have nine digits at most.
        let number = start.map(|start| (start.min(900_000_000)) + at as u64);
        let marker = marker.text(number);
        let indent = " ".repeat(marker.len());
        let mut inner = if tight { write_tight(&item.blocks) } else { write(&item.blocks) };
        if let (Some(done), Some(first)) = (item.task, inner.first_mut()) {
            first.insert_str(0, if done { "[x] " } else { "[ ] " });
        }
        for (at, line) in inner.iter().enumerate() {
            lines.push(match line.as_str() {
                "" => String::new(),
                line if at == 0 => format!("{marker}{line}"),
                line => format!("{indent}{line}"),
            });
        }
    }
}

/// Whether an item needs no empty line: a paragraph, and perhaps a list below it that may follow directly.
fn is_tight(blocks: &[Block]) -> bool {
    match blocks {
        [Block::Paragraph(_)] => true,
        [Block::Paragraph(_), Block::List(start, items)] => {
            start.is_none_or(|start| start == 1) && items.iter().all(|item| is_tight(&item.blocks))
        }
        _ => false,
    }
}

fn write_tight(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        write_block(block, Marker::default(), &mut lines);
    }
    lines
}

fn write_table(table: &Table, lines: &mut Vec<String>) {
    let row = |cells: &[Vec<_>]| {
        let cells: Vec<String> = cells.iter().map(|cell| write_inlines(cell, Place::Cell)).collect();
        format!("| {} |", cells.join(" | "))
    };
    lines.push(row(&table.head));
    lines.push(format!("| {} |", table.columns.join(" | ")));
    lines.extend(table.rows.iter().map(|cells| row(cells)));
}
