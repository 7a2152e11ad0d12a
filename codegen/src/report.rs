//! Draws diagnostics: a frame of the source for people, JSON for machines.
//!
//! Both name files as the user knows them, `Sources::display` or the name in the place, never by a path of the machine.

use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::source::Sources;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str};
use std::ops::Range;

/// Draws diagnostics for people, sorted by place, with source frames; ANSI colours if asked for.
///
/// The result ends with a newline, unless there is nothing to draw.
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut text = String::new();
    for diagnostic in sorted(diagnostics) {
        // A group holds borrowed text, so each is drawn by itself. A blank line stands between them.
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&draw(diagnostic, sources, &renderer));
        text.push('\n');
    }
    text
}

/// One JSON object a diagnostic: `code`, `severity`, `message`, `file`, `line`, `column`, `hint`; sorted by place. What
/// is not known is `null`.
pub fn to_json(diagnostics: &[Diagnostic], sources: &Sources) -> Vec<serde_json::Value> {
    let object = |diagnostic: &Diagnostic| {
        let spot = Spot::of(diagnostic, sources);
        serde_json::json!({
            "code": diagnostic.code.as_str(),
            "severity": severity(diagnostic),
            "message": diagnostic.message,
            "file": spot.as_ref().map(|spot| &spot.file),
            "line": spot.as_ref().map(|spot| spot.line),
            "column": spot.as_ref().map(|spot| spot.column),
            "hint": diagnostic.hint,
        })
    };
    sorted(diagnostics).into_iter().map(object).collect()
}

/// The recipe and the like first, then the declaration files in their order, then what has no place; each once.
fn sorted(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = Vec::new();
    let key = |diagnostic: &Diagnostic| match &diagnostic.place {
        Place::Text { name, line, column, .. } => (0, name.clone(), 0, *line, *column),
        Place::Source(at) => (1, String::new(), at.file.0, at.line, at.column),
        Place::Nowhere => (2, String::new(), 0, 0, 0),
    };
    sorted.extend(diagnostics);
    sorted.sort_by_cached_key(|diagnostic| (key(diagnostic), diagnostic.severity, diagnostic.message.clone()));
    sorted.dedup();
    sorted
}

fn severity(diagnostic: &Diagnostic) -> &'static str {
    match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// A place, resolved.
struct Spot<'a> {
    file: String,
    line: u32,
    column: u32,
    /// The text of the line; `None` where the file has no such line.
    source: Option<&'a str>,
}

impl<'a> Spot<'a> {
    fn of(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Option<Self> {
        let (file, text, line, column) = match &diagnostic.place {
            Place::Source(at) => {
                let text: &str = &sources.files.get(at.file.0 as usize)?.text;
                (sources.display(at.file), text, at.line, at.column)
            }
            Place::Text { name, text, line, column } => (name.clone(), text.as_str(), *line, *column),
            Place::Nowhere => return None,
        };
        let source = (line as usize).checked_sub(1).and_then(|index| text.split('\n').nth(index));
        let source = source.map(|line| line.strip_suffix('\r').unwrap_or(line));
        Some(Self { file, line, column, source })
    }
}

fn draw(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    // Messages quote upstream's text: control characters must not reach the terminal.
    let title = level.primary_title(normalize_untrusted_str(&diagnostic.message)).id(diagnostic.code.as_str());
    let hint = diagnostic.hint.as_ref().map(|hint| Level::HELP.message(normalize_untrusted_str(hint)));
    let group = match Spot::of(diagnostic, sources) {
        Some(spot) => frame(Group::with_title(title), &spot),
        None => Group::with_title(title),
    };
    renderer.render(&[group.elements(hint)])
}

/// Adds the line and a marker below the word that is meant. The line alone is handed over, not the file: drawing must
/// not cost more with the size of the input.
fn frame<'a>(group: Group<'a>, spot: &Spot<'a>) -> Group<'a> {
    let file = normalize_untrusted_str(&spot.file);
    match spot.source {
        Some(line) => {
            let annotation = AnnotationKind::Primary.span(word_at(line, spot.column));
            group.element(Snippet::source(line).line_start(spot.line as usize).path(file).annotation(annotation))
        }
        None => group.element(Origin::path(file).line(spot.line as usize).char_column(spot.column as usize)),
    }
}

/// The bytes of the word, the string or the single character that starts at a column.
fn word_at(line: &str, column: u32) -> Range<usize> {
    let skipped = (column as usize).saturating_sub(1);
    let start = line.char_indices().nth(skipped).map_or(line.len(), |(at, _)| at);
    let rest = &line[start..];
    let Some(first) = rest.chars().next() else { return start..start };
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let length = match first {
        '\'' | '"' | '`' => rest[1..].find(first).map_or(1, |end| end + 2),
        _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
        _ => first.len_utf8(),
    };
    start..start + length
}

#[cfg(test)]
mod tests {
    use super::{render, to_json};
    use crate::diagnostic::{Code, Diagnostic, Place, Severity};
    use crate::source::{FileId, Location, Package, PackageId, SourceFile, Sources};

    fn sources() -> Sources {
        let package = |name: &str| Package { name: name.to_owned(), version: "1.0.0".to_owned() };
        let file = |package, path: &str, text: &str| SourceFile {
            package: PackageId(package),
            path: path.to_owned(),
            text: text.into(),
        };
        Sources {
            packages: vec![package("a"), package("@x/b")],
            files: vec![
                file(0, "dist/a.d.ts", "import { X } from './gone';\r\n\tä: Foo<Bar>;\nend"),
                file(1, "b.d.ts", "\u{1b}[31m evil"),
            ],
            entries: Vec::new(),
        }
    }

    fn at(file: u32, line: u32, column: u32) -> Location {
        Location { file: FileId(file), line, column }
    }

    #[test]
    fn frames_show_file_line_column_source_and_hint() {
        let found = [
            Diagnostic::warning(Code::Unsupported, at(1, 1, 7), "odd"),
            Diagnostic::error(Code::UnresolvedName, at(0, 2, 5), "`Foo` is declared nowhere").with_hint("declare it"),
            Diagnostic::error(Code::UnresolvedImport, at(0, 1, 19), "`./gone` resolves to nothing"),
            Diagnostic::nowhere(Code::MissingPackage, "`a` is not installed"),
        ];
        let expected = "\
error[unresolved-import]: `./gone` resolves to nothing
 --> dist/a.d.ts:1:19
  |
1 | import { X } from './gone';
  |                   ^^^^^^^^

error[unresolved-name]: `Foo` is declared nowhere
 --> dist/a.d.ts:2:5
  |
2 |     ä: Foo<Bar>;
  |        ^^^
  |
  = help: declare it

warning[unsupported]: odd
 --> @x/b/b.d.ts:1:7
  |
1 | ␛[31m evil
  |       ^^^^

error[missing-package]: `a` is not installed
";
        assert_eq!(render(&found, &sources(), false), expected);
    }

    #[test]
    fn places_outside_of_the_text_are_drawn_without_a_frame() {
        for place in [at(0, 99, 1), at(0, 0, 0), at(0, 3, 4), at(0, 3, 99)] {
            let text = render(&[Diagnostic::error(Code::Syntax, place, "no")], &sources(), false);
            assert!(text.contains("dist/a.d.ts:"), "{text}");
        }
        let text = render(&[Diagnostic::error(Code::Syntax, at(7, 1, 1), "no")], &sources(), true);
        assert!(text.contains("no"), "{text}");
    }

    #[test]
    fn json_names_the_place() {
        let place = Place::Text { name: "codegen.toml".to_owned(), text: "x = 1".to_owned(), line: 1, column: 5 };
        let recipe = Diagnostic {
            code: Code::Recipe,
            severity: Severity::Error,
            message: "wrong".to_owned(),
            place,
            hint: Some("mend it".to_owned()),
        };
        let json = to_json(&[Diagnostic::nowhere(Code::Internal, "x"), recipe.clone(), recipe], &sources());
        assert_eq!(
            json,
            [
                serde_json::json!({"code": "recipe", "severity": "error", "message": "wrong", "file": "codegen.toml",
                    "line": 1, "column": 5, "hint": "mend it"}),
                serde_json::json!({"code": "internal", "severity": "error", "message": "x", "file": null,
                    "line": null, "column": null, "hint": null}),
            ]
        );
    }
}
