//! What the README shows is what is generated.

use std::path::Path;

/// The first block of a language.
fn block<'a>(text: &'a str, language: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("```{language}\n")).expect("a block of that language");
    rest.split_once("\n```").expect("the end of the block").0
}

#[test]
fn the_excerpt_is_of_the_output() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| std::fs::read_to_string(root.join(path)).expect("a file of the repository");
    let (readme, output) = (read("README.md"), read("generated/src/gen/api/resources/session.rs"));
    let mut rest = output.lines();
    for line in block(&readme, "rust,ignore").lines().filter(|line| line.trim() != "// …") {
        assert!(rest.any(|written| written == line), "README.md shows {line:?}, which the output does not have there");
    }
}
