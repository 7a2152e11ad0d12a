//! One file: read, looked at, parsed, and its specifiers answered.

use super::scan::{self, Comment, Specifier, scan};
use super::{START, offset_of, specifiers};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::load::{Loader, Owner, SpecifierKind, Target, is_declaration};
use indexmap::IndexMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use swc_common::{BytePos, DUMMY_SP, Spanned};
use swc_ecma_ast::{EsVersion, Module};
use swc_ecma_parser::error::{Error, SyntaxError};
use swc_ecma_parser::{Lexer, Parser, StringInput, Syntax, TsSyntax};

/// A file before it has a handle.
pub(super) struct ParsedFile {
    /// Where it lies.
    pub disk_path: PathBuf,
    /// Whose it is.
    pub owner: Owner,
    /// Its text.
    pub text: Arc<str>,
    /// Its tree; empty where it could not be parsed.
    pub ast: Module,
    /// Its comments.
    pub comments: Vec<Comment>,
    /// Its specifiers, and the files behind them.
    pub imports: IndexMap<String, Option<PathBuf>>,
    /// The files of `/// <reference path="…" />`.
    pub references: Vec<PathBuf>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

/// A diagnostic before its file has a handle.
pub(super) struct Finding {
    /// Offset in the file; `None`: `diagnostic` knows its place.
    pub at: Option<u32>,
    /// The rest.
    pub diagnostic: Diagnostic,
    /// Of a package that is not there: its specifier, since it is said once for all files, and not at all where an
    /// ambient module of that name serves.
    pub package: Option<String>,
}

/// Reads and parses a file and answers its specifiers.
pub(super) fn read(loader: &Loader, path: &Path) -> ParsedFile {
    let mut file = ParsedFile {
        disk_path: path.to_path_buf(),
        owner: loader.owner(path),
        text: Arc::from(""),
        ast: Module { span: DUMMY_SP, body: Vec::new(), shebang: None },
        comments: Vec::new(),
        imports: IndexMap::new(),
        references: Vec::new(),
        findings: Vec::new(),
    };
    match loader.read(path) {
        Ok(text) => file.text = text.into(),
        Err(diagnostic) => {
            file.findings.push(Finding { at: None, diagnostic, package: None });
            return file;
        }
    }
    let scan = scan(&file.text);
    file.comments = scan.comments;
    if let Some(at) = scan.too_deep {
        file.find(Code::Budget, at, "this is nested too deep to be read");
        return file;
    }
    file.parse();
    let mut found = scan.specifiers;
    found.extend(specifiers::of_items(&file.ast.body));
    found.sort_by_key(|specifier| specifier.at);
    for specifier in &found {
        file.answer(loader, specifier);
    }
    file
}

impl ParsedFile {
    fn find(&mut self, code: Code, at: u32, message: impl Into<String>) -> &mut Diagnostic {
        let diagnostic = Diagnostic::nowhere(code, message);
        self.findings.push(Finding { at: Some(at), diagnostic, package: None });
        &mut self.findings.last_mut().expect("it was pushed a line above").diagnostic
    }

    fn parse(&mut self) {
        let text = Arc::clone(&self.text);
        let syntax = syntax(&self.owner.path);
        // The parser asserts here and there what broken input does not keep to.
        let parsed = crate::guard::caught(|| parse_text(&text, syntax));
        let Ok((module, recovered)) = parsed else {
            self.find(Code::Syntax, 0, "the parser gave up on this file");
            return;
        };
        match module {
            Ok(module) => self.ast = module,
            Err(error) => self.refuse(&error),
        }
        for error in recovered.iter().filter(|error| !is_fine_in_declarations(error)) {
            self.refuse(error);
        }
    }

    fn refuse(&mut self, error: &Error) {
        let at = offset_of(error.span().lo);
        let at = at.min(super::lines::offset(self.text.len()));
        let message = error.kind().msg().into_owned();
        let message = message.trim_end_matches('.').to_owned();
        self.find(Code::Syntax, at, message);
    }

    fn answer(&mut self, loader: &Loader, specifier: &Specifier) {
        let target = loader.resolve(&self.disk_path, &specifier.text, specifier.kind);
        let file = match target {
            Target::File(path) => Some(path),
            Target::Silent => None,
            _ if scan::is_ignored(&self.text, &self.comments, specifier.at) => None,
            Target::MissingFile => {
                self.missing_file(specifier);
                None
            }
            // Whether a name from it matters is known when it is used: `eval` says so.
            Target::MissingPackage if specifier.kind == SpecifierKind::Import => None,
            Target::MissingPackage => {
                self.missing_package(specifier);
                None
            }
            Target::BadManifest(path) => {
                let diagnostic = loader.bad_manifest(&path);
                self.findings.push(Finding { at: None, diagnostic, package: None });
                None
            }
        };
        if specifier.kind == SpecifierKind::ReferencePath {
            self.references.extend(file.clone());
        }
        let known = self.imports.entry(specifier.text.clone()).or_insert(None);
        if known.is_none() {
            *known = file;
        }
    }

    /// Says that there is no such file, and what is lost by that. TypeScript minds no more in a declaration file that it
    /// is told not to check: what the package does not ship may never be needed.
    fn missing_file(&mut self, specifier: &Specifier) {
        let names: Vec<String> = specifier.names.iter().map(|name| format!("`{name}`")).collect();
        let lost = match (names.as_slice(), specifier.kind) {
            ([], SpecifierKind::Reexport) => String::from("what it exports is left out"),
            ([], _) => String::from("what it declares is left untyped"),
            ([name], _) => format!("{name} is left untyped"),
            (names, _) => format!("{} are left untyped", names.join(", ")),
        };
        let message = format!("`{}` is imported, but there is no such declaration file; {lost}", specifier.text);
        self.find(Code::UnresolvedImport, specifier.at, message).severity = Severity::Warning;
    }

    fn missing_package(&mut self, specifier: &Specifier) {
        let text = &specifier.text;
        let message = format!("`{text}` is imported, but no package of that name with declarations is installed");
        let hint = match specifier.kind {
            SpecifierKind::ReferenceTypes => format!("install `@types/{text}`; until then its names mean nothing"),
            _ => String::from("install it (or its `@types` package); until then names from it mean nothing"),
        };
        let diagnostic = self.find(Code::UnresolvedImport, specifier.at, message);
        diagnostic.severity = Severity::Warning;
        diagnostic.hint = Some(hint);
        if let Some(finding) = self.findings.last_mut() {
            finding.package = Some(specifier.text.clone());
        }
    }
}

/// The tree, and errors that did not end the parsing.
fn parse_text(text: &str, syntax: Syntax) -> (Result<Module, Error>, Vec<Error>) {
    let end = BytePos(START.0 + super::lines::offset(text.len()));
    let lexer = Lexer::new(syntax, EsVersion::latest(), StringInput::new(text, START, end), None);
    let mut parser = Parser::new_from(lexer);
    let module = parser.parse_module();
    (module, parser.take_errors())
}

/// Whether TypeScript does not mind in a declaration file: strict mode forbids names that ambient declarations may have
/// (`function static(): void`, a parameter called `arguments`).
fn is_fine_in_declarations(error: &Error) -> bool {
    matches!(
        error.kind(),
        SyntaxError::InvalidIdentInStrict(_)
            | SyntaxError::EvalAndArgumentsInStrict
            | SyntaxError::TS1100
            | SyntaxError::TS1102
            | SyntaxError::TS1038
            | SyntaxError::DuplicateConstructor
    )
}

/// The syntax of a file, by its name.
fn syntax(path: &str) -> Syntax {
    Syntax::Typescript(TsSyntax {
        tsx: path.ends_with(".tsx"),
        decorators: true,
        dts: is_declaration(path),
        no_early_errors: true,
        disallow_ambiguous_jsx_like: false,
    })
}
