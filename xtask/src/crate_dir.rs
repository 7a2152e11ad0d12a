//! The directory of a crate that has a recipe, and the workspace around it.

use anyhow::{Context, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// The recipe's file name.
pub(crate) const RECIPE: &str = "codegen.toml";

/// A crate that has a recipe.
#[derive(Clone, Debug)]
pub struct CrateDir {
    /// Where it is.
    pub path: PathBuf,
    /// How messages call it: relative, with `/`; empty for the current directory.
    pub label: String,
    /// The package's name in its `Cargo.toml`.
    pub name: String,
    /// Where what is fetched for the crate is kept.
    pub cache: PathBuf,
}

impl CrateDir {
    /// Opens a crate, named as the user names it.
    ///
    /// # Errors
    ///
    /// No such directory, no recipe in it, no readable `Cargo.toml`.
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let label = label_of(path);
        let shown = if label.is_empty() { "." } else { &label };
        ensure!(path.is_dir(), "`{shown}` is no directory");
        ensure!(
            path.join(RECIPE).is_file(),
            "`{shown}` has no {RECIPE}: give the directory of a crate made by `cargo xtask new`"
        );
        let manifest =
            fs::read_to_string(path.join("Cargo.toml")).with_context(|| format!("cannot read {shown}/Cargo.toml"))?;
        let name = package_name(&manifest).with_context(|| format!("{shown}/Cargo.toml does not name its package"))?;
        Ok(Self { path: path.to_owned(), label, name, cache: cache_of(path) })
    }

    /// The default crate of this workspace, `generated`.
    ///
    /// # Errors
    ///
    /// As [`CrateDir::open`].
    pub fn default_crate() -> anyhow::Result<Self> {
        let opened = Self::open(&workspace_root().join("generated"))?;
        Ok(Self { label: "generated".to_owned(), ..opened })
    }

    /// The crate's name as Rust code writes it.
    pub fn rust_name(&self) -> String {
        self.name.replace('-', "_")
    }

    /// A file of the crate as messages call it.
    pub fn shown(&self, file: &str) -> String {
        crate::drift_report::in_crate(&self.label, file)
    }

    /// What regenerates this crate.
    pub fn command(&self) -> String {
        let is_default = self.label == "generated";
        if is_default { crate::COMMAND.to_owned() } else { format!("{} {}", crate::COMMAND, self.argument()) }
    }

    /// Lets runs that write this crate wait for each other. A file system without locks does without.
    pub(crate) fn lock(&self) -> Option<fs::File> {
        fs::create_dir_all(&self.cache).ok()?;
        let file = fs::File::create(self.cache.join(format!(".{}.lock", self.name))).ok()?;
        file.lock().ok()?;
        Some(file)
    }

    fn argument(&self) -> &str {
        if self.label.is_empty() { "." } else { &self.label }
    }
}

/// The cache of a crate: below the `target` that cargo would use for it.
pub(crate) fn cache_of(dir: &Path) -> PathBuf {
    let target = match std::env::var_os("CARGO_TARGET_DIR").filter(|value| !value.is_empty()) {
        Some(target) => PathBuf::from(target),
        None => enclosing_workspace(dir).unwrap_or_else(|| absolute(dir)).join("target"),
    };
    target.join("dts-codegen")
}

/// The root of the workspace that this program belongs to. It is looked up when the program runs, so that a moved
/// checkout, or one of several that share a target folder, finds itself.
pub(crate) fn workspace_root() -> PathBuf {
    let manifest_dir = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let from_cargo = manifest_dir.as_deref().and_then(Path::parent);
    let here = std::env::current_dir().unwrap_or_default();
    let is_root = |dir: &&Path| dir.join("xtask/Cargo.toml").is_file() && dir.join("codegen/Cargo.toml").is_file();
    let found = from_cargo.into_iter().chain(here.ancestors()).find(is_root).map(Path::to_owned);
    found.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask has a parent").to_owned())
}

/// The nearest directory, this one or above, whose `Cargo.toml` has a `[workspace]`.
fn enclosing_workspace(dir: &Path) -> Option<PathBuf> {
    absolute(dir).ancestors().find(|ancestor| workspace_table(ancestor).is_some()).map(Path::to_owned)
}

/// The `[workspace]` table of a directory's `Cargo.toml`.
pub(crate) fn workspace_table(dir: &Path) -> Option<toml::Table> {
    let text = fs::read_to_string(dir.join("Cargo.toml")).ok()?;
    let manifest: toml::Table = text.parse().ok()?;
    manifest.get("workspace")?.as_table().cloned()
}

/// A path from the root, without `.` and, where it exists, without links.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path).or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

/// How messages call a directory: as the user gave it if that is relative, else relative to where the user is.
pub(crate) fn label_of(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let relative = path.strip_prefix(&here).unwrap_or(path);
    let text = relative.to_string_lossy().replace('\\', "/");
    let text = text.trim_end_matches('/');
    let text = text.strip_prefix("./").unwrap_or(text);
    if text == "." { String::new() } else { text.to_owned() }
}

fn package_name(manifest: &str) -> Option<String> {
    let manifest: toml::Table = manifest.parse().ok()?;
    let name = manifest.get("package")?.get("name")?.as_str()?;
    // The name becomes part of a path and of Rust code.
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    plain.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{label_of, package_name};
    use std::path::Path;

    #[test]
    fn directories_are_called_as_the_user_calls_them() {
        let here = std::env::current_dir().unwrap();
        for (path, label) in [
            (Path::new("../x/"), "../x"),
            (Path::new("./a/b"), "a/b"),
            (Path::new("."), ""),
            (&here, ""),
            (&here.join("sub"), "sub"),
        ] {
            assert_eq!(label_of(path), label);
        }
    }

    #[test]
    fn the_package_name_is_a_plain_word() {
        assert_eq!(package_name("[package]\nname = 'a-b_1'").as_deref(), Some("a-b_1"));
        for manifest in ["", "[package]", "[package]\nname = '../x'", "[package]\nname = ''", "["] {
            assert_eq!(package_name(manifest), None, "{manifest}");
        }
    }
}
