//! Packages behind symbolic links, as some package managers install them: names say the package, not where it is kept.
#![cfg(unix)]

use dts_codegen::load::Input;
use dts_codegen::recipe::Recipe;
use dts_codegen::{Options, generate};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

fn package(dir: &Path, name: &str, version: &str, text: &str) -> std::io::Result<()> {
    fs::create_dir_all(dir)?;
    let manifest = format!(r#"{{ "name": "{name}", "version": "{version}", "types": "index.d.ts" }}"#);
    fs::write(dir.join("package.json"), manifest)?;
    fs::write(dir.join("index.d.ts"), text)
}

#[test]
fn linked_packages_are_called_by_their_names() {
    let root = tempfile::tempdir().unwrap();
    let modules = root.path().join("app/node_modules");
    let store = modules.join(".pnpm");
    let shop =
        "import { Price } from 'money'; import { Local } from 'local'; export interface Shop { a: Price; b: Local }";
    package(&store.join("shop@1.2.0/node_modules/shop"), "shop", "1.2.0", shop).unwrap();
    package(
        &store.join("money@3.0.0/node_modules/money"),
        "money",
        "3.0.0",
        "export interface Price { cents: number }",
    )
    .unwrap();
    package(&root.path().join("local"), "local", "0.0.1", "export interface Local { id: string }").unwrap();
    symlink(".pnpm/shop@1.2.0/node_modules/shop", modules.join("shop")).unwrap();
    symlink("../../money@3.0.0/node_modules/money", store.join("shop@1.2.0/node_modules/money")).unwrap();
    symlink("../../local", modules.join("local")).unwrap();

    let input = Input::Package { root: root.path().join("app"), name: "shop".to_owned(), entries: Vec::new() };
    let options = Options { crate_name: "shop_types".to_owned(), command: "make".to_owned() };
    let generated = generate(&input, &Recipe::default(), &options).unwrap();
    assert_eq!(generated.coverage.packages, ["shop@1.2.0", "local@0.0.1", "money@3.0.0"]);
    let paths: Vec<&str> = generated.coverage.entries.iter().filter_map(|entry| entry.rust.as_deref()).collect();
    assert_eq!(paths, ["shop_types::Shop", "shop_types::local::Local", "shop_types::money::Price"]);
    for (path, text) in generated.files.iter().filter(|(path, _)| !path.contains("/support/")) {
        assert!(!path.contains("pnpm") && !text.contains("pnpm") && !text.contains("node_modules"), "{path}: {text}");
        assert!(!text.contains(root.path().to_str().unwrap()), "{path}: {text}");
    }
}
