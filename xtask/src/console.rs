//! Results on standard output, messages on standard error.

use crate::cli::{Color, Format, Output};
use std::io::Write;

/// What is known of the terminal.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    /// Whether standard error is one.
    pub is_terminal: bool,
}

/// The two streams, and what the user wants on them.
pub(crate) struct Console<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    pub(crate) format: Format,
    pub(crate) color: bool,
    pub(crate) verbose: bool,
    quiet: bool,
}

impl<'a> Console<'a> {
    pub(crate) fn new(output: Output, terminal: Terminal, out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = match output.color {
            Color::Auto => terminal.is_terminal && !no_color,
            Color::Always => true,
            Color::Never => false,
        };
        Self { out, err, format: output.format, color, verbose: output.verbose, quiet: output.quiet }
    }

    /// A result, for people: nothing if the user wants quiet or JSON.
    pub(crate) fn result(&mut self, text: &str) {
        if !self.quiet && self.format == Format::Human {
            print(self.out, text);
        }
    }

    /// The one JSON object, if the user wants it.
    pub(crate) fn json(&mut self, value: &serde_json::Value) {
        if self.format == Format::Json {
            print(self.out, &value.to_string());
        }
    }

    /// A message that the user may want to be spared.
    pub(crate) fn message(&mut self, text: &str) {
        if !self.quiet {
            print(self.err, text);
        }
    }

    /// What is wrong, for people. In JSON it is part of the object.
    pub(crate) fn error(&mut self, text: &str) {
        if self.format == Format::Human {
            print(self.err, text);
        }
    }

    /// A line that starts with `error:`.
    pub(crate) fn error_line(&mut self, text: &str) {
        let label = if self.color { "\u{1b}[1m\u{1b}[91merror\u{1b}[0m" } else { "error" };
        self.error(&format!("{label}: {text}"));
    }
}

/// Prints a text and a newline, unless it ends with one. Nobody is left to tell when the stream is closed.
fn print(stream: &mut dyn Write, text: &str) {
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let _ = write!(stream, "{text}{end}").and_then(|()| stream.flush());
}
