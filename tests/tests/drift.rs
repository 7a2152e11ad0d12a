//! What is checked in is what the generator writes. This is `cargo xtask codegen --check` as a test: it never writes.

use std::path::Path;
use xtask::{COMMAND, CrateDir, Mode, NpmPolicy};

#[test]
fn the_generated_crate_is_up_to_date() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated");
    let krate = CrateDir::open(&dir).expect("the generated crate");
    let mut say = |message: &str| println!("{message}");
    let generated = match xtask::generate(&krate, NpmPolicy::Fetch, &mut say) {
        Ok(generated) => generated,
        Err(stop) => panic!("nothing can be generated: {stop:?}\nrun `{COMMAND}`"),
    };
    let drift = xtask::sync(&generated.files, &krate.path, Mode::Check).expect("the generated files can be read");
    let files: Vec<String> = drift.files.iter().map(|file| format!("{:?} {}", file.change, file.path)).collect();
    assert!(
        files.is_empty(),
        "generated code is out of date:\n{}\nrun `{COMMAND}` and commit the result",
        files.join("\n")
    );
}
