//! From a crate's directory to the files to be: recipe, input, generator.

use crate::COMMAND;
use crate::crate_dir::{CrateDir, RECIPE};
use crate::npm::{self, NpmPolicy};
use crate::stop::Stop;
use anyhow::{Context, anyhow, ensure};
use dts_codegen::diagnostic::Severity;
use dts_codegen::load::Input;
use dts_codegen::recipe::{Recipe, RecipeInput};
use dts_codegen::{Failure, Generated, Options};
use std::fs;
use std::path::{Path, PathBuf};

/// The stack of the generator's thread. It is reserved, not used.
const STACK: usize = 64 << 20;

/// Generates the machine-owned part of a crate, in memory. `say` is told when npm is about to be called.
///
/// # Errors
///
/// Whatever is wrong with the recipe, the pins, npm or the declarations.
pub fn generate(krate: &CrateDir, npm: NpmPolicy, say: &mut dyn FnMut(&str)) -> Result<Generated, Stop> {
    let recipe = read_recipe(krate)?;
    let input = input(krate, &recipe.input, npm, say)?;
    let options = Options { crate_name: krate.rust_name(), command: COMMAND.to_owned() };
    let mut generated = guarded(|| dts_codegen::generate(&input, &recipe, &options))??;
    let unused = recipe.unused();
    if unused.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
        let diagnostics = unused.into_iter().chain(generated.warnings).collect();
        return Err(Failure { diagnostics, sources: generated.sources }.into());
    }
    generated.warnings.extend(unused);
    Ok(generated)
}

/// Runs the generator on a thread of its own, with room for deeply nested types. A panic in there is a bug, and no reason
/// for an exit code that is none of ours.
fn guarded<T: Send>(work: impl FnOnce() -> T + Send) -> anyhow::Result<T> {
    std::thread::scope(|scope| {
        let thread =
            std::thread::Builder::new().name("generate".to_owned()).stack_size(STACK).spawn_scoped(scope, work);
        let joined = thread.context("cannot start a thread")?.join();
        joined.map_err(|_| anyhow!("the generator stopped over a bug of its own (see above); nothing was written"))
    })
}

/// Reads the recipe of a crate.
pub(crate) fn read_recipe(krate: &CrateDir) -> Result<Recipe, Stop> {
    let shown = krate.shown(RECIPE);
    let text = fs::read_to_string(krate.path.join(RECIPE)).with_context(|| format!("cannot read {shown}"))?;
    Recipe::parse(&shown, &text).map_err(Stop::diagnostics)
}

fn input(krate: &CrateDir, input: &RecipeInput, npm: NpmPolicy, say: &mut dyn FnMut(&str)) -> anyhow::Result<Input> {
    match input {
        RecipeInput::Package { name, entries } => {
            let pins = npm::Pins::read(krate)?;
            ensure!(
                pins.version_of(name).is_some(),
                "the recipe names `{name}`, which {} does not pin",
                krate.shown("package.json")
            );
            let root = npm::installed(krate, npm, say)?;
            Ok(Input::Package { root, name: name.clone(), entries: entries.clone() })
        }
        RecipeInput::Files { paths } => files(krate, paths),
    }
}

/// Local declaration files. Output names them relative to the deepest folder that holds them all.
fn files(krate: &CrateDir, paths: &[String]) -> anyhow::Result<Input> {
    let find = |path: &String| {
        let found = fs::canonicalize(krate.path.join(path));
        found.map_err(|error| anyhow!("cannot read `{path}`, which {} names: {error}", krate.shown(RECIPE)))
    };
    let paths = paths.iter().map(find).collect::<anyhow::Result<Vec<PathBuf>>>()?;
    Ok(Input::Files { root: common_folder(&paths), paths })
}

fn common_folder(paths: &[PathBuf]) -> PathBuf {
    let mut folders = paths.iter().map(|path| path.parent().unwrap_or(path));
    let first = folders.next().unwrap_or(Path::new("")).to_owned();
    folders.fold(first, |common, folder| {
        common.ancestors().find(|ancestor| folder.starts_with(ancestor)).unwrap_or(Path::new("")).to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::{common_folder, guarded};
    use std::path::{Path, PathBuf};

    #[test]
    fn a_panic_is_no_exit_code_of_its_own() {
        let stopped = guarded(|| -> u8 { panic!("as the test wants it") });
        assert!(stopped.unwrap_err().to_string().contains("a bug of its own"));
        assert_eq!(guarded(|| 7).unwrap(), 7);
    }

    #[test]
    fn the_root_of_files_is_the_deepest_folder_of_all() {
        let folder = |paths: &[&str]| common_folder(&paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(folder(&["/a/b/x.d.ts"]), Path::new("/a/b"));
        assert_eq!(folder(&["/a/b/x.d.ts", "/a/bc/y.d.ts", "/a/b/z/w.d.ts"]), Path::new("/a"));
        assert_eq!(folder(&["/a/x.d.ts", "/b/y.d.ts"]), Path::new("/"));
    }
}
