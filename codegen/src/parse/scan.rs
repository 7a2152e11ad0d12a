//! A look at the text before it is parsed, token by token, without recursion.
//!
//! It finds what the syntax tree does not hold (comments, `/// <reference … />`), what stands at any depth of it
//! (`import('x')`), and nesting so deep that recursion over the tree would exhaust the stack.

use super::lines::offset;
use crate::load::SpecifierKind;

/// Brackets and chains (`A ? B : C ? D : …`, `keyof keyof …`, `A.B.C…`) may nest this deep together.
const DEPTH_CAP: u32 = 2_000;

/// Brackets alone may nest this deep: each costs the parser several frames, and it may look ahead over each twice.
const BRACKET_CAP: usize = 256;

/// `<T>(` may nest this deep: in an expression the parser tries it as a function and as a type assertion, and each try
/// doubles the work for what is inside.
const GENERIC_CAP: usize = 16;

/// What the look found.
#[derive(Default)]
pub(super) struct Scan {
    /// The comments, in order.
    pub comments: Vec<Comment>,
    /// Specifiers in `import('x')`, `require('x')` and references.
    pub specifiers: Vec<Specifier>,
    /// Where the text nests too deep.
    pub too_deep: Option<u32>,
}

/// A comment, by the offsets of its delimiters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Comment {
    /// Where it starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Whether it is a block comment that starts with `/**`.
    pub is_jsdoc: bool,
}

/// A specifier and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Specifier {
    /// The specifier.
    pub text: String,
    /// What names the other file.
    pub kind: SpecifierKind,
    /// The names that are taken from it, as far as the statement lists them.
    pub names: Vec<String>,
    /// Its offset.
    pub at: u32,
}

/// Looks at a text.
pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        previous: Token::Other,
        brackets: Vec::new(),
        generics: 0,
        chain: 0,
        depth: 0,
        found: Scan::default(),
    };
    scanner.run();
    scanner.found
}

/// The token before, as far as it matters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    /// `import` or `require`
    Import,
    /// `(` after it
    ImportParen,
    Other,
}

/// An open bracket.
struct Bracket {
    kind: u8,
    /// Whether type parameters or arguments stand before it.
    is_generic: bool,
    /// The chain around it.
    chain: u32,
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    previous: Token,
    brackets: Vec<Bracket>,
    /// How many of them are generic.
    generics: usize,
    /// Length of the chain at this depth of brackets.
    chain: u32,
    /// Sum of all chains and brackets around.
    depth: u32,
    found: Scan,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while let Some(byte) = self.peek(0) {
            let previous = std::mem::replace(&mut self.previous, Token::Other);
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => {
                    self.at += 1;
                    self.previous = previous;
                }
                b'/' if matches!(self.peek(1), Some(b'/' | b'*')) => {
                    self.comment();
                    self.previous = previous;
                }
                b'\'' | b'"' => self.string(byte, previous),
                b'`' => {
                    self.at += 1;
                    self.open(b'`');
                    self.template();
                }
                b'(' | b'[' | b'{' => {
                    self.at += 1;
                    self.open(byte);
                    if byte == b'(' && previous == Token::Import {
                        self.previous = Token::ImportParen;
                    }
                }
                b')' | b']' | b'}' => self.close(byte),
                _ if is_word(byte) => self.word(),
                _ => self.operator(byte),
            }
        }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn open(&mut self, kind: u8) {
        let before = self.text[..self.at - 1].trim_end();
        let is_generic = kind == b'(' && before.ends_with('>') && !before.ends_with("=>");
        self.generics += usize::from(is_generic);
        self.brackets.push(Bracket { kind, is_generic, chain: self.chain });
        self.chain = 0;
        self.deepen(1);
        if self.brackets.len() > BRACKET_CAP || self.generics > GENERIC_CAP {
            self.refuse();
        }
    }

    fn close(&mut self, byte: u8) {
        self.at += 1;
        if self.brackets.last().is_some_and(|bracket| bracket.kind == b'`') {
            // A `}` in a template's text never gets here; this one does not match anything.
            return;
        }
        self.pop();
        // `T[][][]…` and `f()()…` nest to the left, one level each.
        if byte != b'}' {
            self.link();
        } else if self.brackets.last().is_some_and(|bracket| bracket.kind == b'`') {
            self.template();
        }
    }

    fn pop(&mut self) {
        if let Some(bracket) = self.brackets.pop() {
            self.generics -= usize::from(bracket.is_generic);
            self.depth = self.depth.saturating_sub(self.chain + 1);
            self.chain = bracket.chain;
        }
    }

    /// One more link of the chain.
    fn link(&mut self) {
        self.chain += 1;
        self.deepen(1);
    }

    /// The chain ends: what follows stands beside it, not in it.
    fn unlink(&mut self) {
        self.depth = self.depth.saturating_sub(self.chain);
        self.chain = 0;
    }

    fn deepen(&mut self, by: u32) {
        self.depth += by;
        if self.depth > DEPTH_CAP {
            self.refuse();
        }
    }

    fn refuse(&mut self) {
        if self.found.too_deep.is_none() {
            self.found.too_deep = Some(offset(self.at));
        }
    }

    fn operator(&mut self, byte: u8) {
        let next = self.peek(1);
        self.at += 1;
        match byte {
            b';' | b',' => self.unlink(),
            // An arm of a union stands beside the others.
            b'|' | b'&' if next != Some(byte) => self.unlink(),
            // `a?: T` declares an optional member; it starts anew.
            b'?' if next == Some(b':') => self.unlink(),
            b':' | b'@' | b'#' => {}
            _ => self.link(),
        }
    }

    fn word(&mut self) {
        let start = self.at;
        while self.peek(0).is_some_and(is_word) {
            self.at += 1;
        }
        match &self.text[start..self.at] {
            "import" | "require" => self.previous = Token::Import,
            "interface" | "type" | "class" | "enum" | "namespace" | "module" | "declare" | "export" | "function"
            | "const" | "let" | "var" => self.unlink(),
            _ => self.link_word(start),
        }
    }

    /// A word after a word (`keyof keyof T`) is a link; the first one of a line is not, since members need no `;`.
    fn link_word(&mut self, start: usize) {
        let before = self.text[..start].trim_end_matches([' ', '\t']);
        if before.ends_with(|end: char| end.is_ascii_alphanumeric()) {
            self.link();
        }
    }

    fn string(&mut self, quote: u8, previous: Token) {
        let start = self.at;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                // An unterminated string is for the parser to refuse.
                b'\n' => break,
                _ if byte == quote => break,
                _ => {}
            }
        }
        self.at = self.at.min(self.bytes.len());
        if previous == Token::ImportParen
            && let Some(text) = self.text.get(start + 1..self.at.saturating_sub(1))
        {
            self.found.specifiers.push(Specifier {
                text: text.to_owned(),
                kind: SpecifierKind::Import,
                names: Vec::new(),
                at: offset(start),
            });
        }
    }

    /// The text of a template up to its end or to the next `${`.
    fn template(&mut self) {
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'\\' => self.at = (self.at + 1).min(self.bytes.len()),
                b'`' => return self.pop(),
                b'$' if self.peek(0) == Some(b'{') => {
                    self.at += 1;
                    return self.open(b'{');
                }
                _ => {}
            }
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let is_block = rest.starts_with("/*");
        let length = match is_block {
            true => rest[2..].find("*/").map(|length| length + 4),
            false => rest.find(['\n', '\r', '\u{2028}', '\u{2029}']),
        };
        self.at = start + length.unwrap_or(rest.len());
        let text = &self.text[start..self.at];
        let is_jsdoc = text.starts_with("/**") && text.len() > 4;
        self.found.comments.push(Comment { start: offset(start), end: offset(self.at), is_jsdoc });
        if let Some(directive) = text.strip_prefix("///") {
            self.reference(directive, offset(start));
        }
    }

    fn reference(&mut self, directive: &str, at: u32) {
        let Some(attributes) = directive.trim_start().strip_prefix("<reference") else { return };
        for (name, kind) in [("path", SpecifierKind::ReferencePath), ("types", SpecifierKind::ReferenceTypes)] {
            if let Some(text) = attribute(attributes, name) {
                self.found.specifiers.push(Specifier { text: text.to_owned(), kind, names: Vec::new(), at });
            }
        }
    }
}

/// Whether a comment on the line before says that TypeScript shall not mind (`// @ts-ignore`): packages try several
/// paths that way, most of which do not exist. `// @ts-nocheck` says so for a whole file.
pub(super) fn is_ignored(text: &str, comments: &[Comment], at: u32) -> bool {
    let says = |comment: &Comment, word: &str| text[comment.start as usize..comment.end as usize].contains(word);
    let before = comments.iter().rev().skip_while(|comment| comment.end > at);
    let line_start = text[..at as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let nearest = before.take_while(|comment| {
        // Nothing but space and comments on the lines from the comment to the specifier's own line.
        let between = text.get(comment.end as usize..line_start.max(comment.end as usize)).unwrap_or("");
        between.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with("//"))
    });
    let ignored = nearest.into_iter().any(|comment| says(comment, "@ts-ignore") || says(comment, "@ts-expect-error"));
    ignored || comments.iter().any(|comment| says(comment, "@ts-nocheck"))
}

/// The value of an attribute: `path="x"`.
fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.match_indices(name).find_map(|(at, _)| {
        let before = text[..at].chars().next_back()?;
        let value = text[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, _) = value[1..].split_once(quote)?;
        before.is_whitespace().then_some(value)
    })
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || byte >= 0x80
}
