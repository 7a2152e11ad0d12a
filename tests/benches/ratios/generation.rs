//! Generating the whole of the real package, against what no generator can save: parsing what it reads and printing what
//! it writes.

use crate::Pair;
use dts_codegen::load::{self, Input};
use dts_codegen::recipe::Recipe;
use dts_codegen::{Generated, Options, parse};
use std::sync::Arc;
use swc_common::BytePos;
use swc_ecma_parser::{Parser, StringInput, Syntax, TsSyntax, lexer::Lexer};
use xtask::{CrateDir, NpmPolicy, installed};

/// What is generated from.
pub struct Job {
    input: Input,
    recipe: Recipe,
    options: Options,
}

pub fn pairs(job: &Job) -> Vec<Pair<'_>> {
    let generated = generate(job);
    let texts = texts(job);
    let files: Vec<syn::File> = generated
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".rs"))
        .map(|(_, text)| syn::parse_file(text).expect("what is written is Rust"))
        .collect();
    let work = move || {
        for text in &texts {
            parse_alone(text);
        }
        for file in &files {
            std::hint::black_box(prettyplease::unparse(file));
        }
    };
    vec![Pair {
        name: "generate: all of @clerk/backend against parse and print",
        bar: 2.0,
        rounds: 9,
        ours: Box::new(move || drop(generate(job))),
        theirs: Box::new(work),
    }]
}

pub fn job() -> Job {
    let krate = CrateDir::default_crate().expect("the workspace has a generated crate");
    let root = installed(&krate, NpmPolicy::Fetch, &mut |_| {}).expect("the pinned input can be installed");
    let input = Input::Package { root, name: "@clerk/backend".to_owned(), entries: Vec::new() };
    let text = include_str!("../../../generated/codegen.toml");
    let recipe = Recipe::parse("codegen.toml", text).unwrap_or_else(|wrong| {
        panic!("{}", dts_codegen::report::render(&wrong, &dts_codegen::source::Sources::default(), false))
    });
    let options = Options { crate_name: "clerk_backend_types".to_owned(), command: "cargo xtask codegen".to_owned() };
    Job { input, recipe, options }
}

pub fn generate(job: &Job) -> Generated {
    dts_codegen::generate(&job.input, &job.recipe, &job.options).expect("the package generates")
}

fn texts(job: &Job) -> Vec<Arc<str>> {
    let loader = load::open(&job.input).expect("the package loads");
    let (sources, _, _) = parse::parse_all(&loader);
    sources.files.iter().map(|file| file.text.clone()).collect()
}

fn parse_alone(text: &str) {
    let end = u32::try_from(text.len()).expect("a declaration file is below 4 GiB");
    let input = StringInput::new(text, BytePos(0), BytePos(end));
    let syntax = Syntax::Typescript(TsSyntax { dts: true, ..TsSyntax::default() });
    let mut parser = Parser::new_from(Lexer::new(syntax, Default::default(), input, None));
    std::hint::black_box(parser.parse_typescript_module().expect("the file parses"));
}
