//! Where an installed input is kept: one folder for each pair of pin files. It is put together beside its place and
//! renamed last, so a folder that has the right name is whole.

use super::client::Npm;
use super::manifest::{LOCK, MANIFEST, Pins};
use crate::crate_dir::CrateDir;
use anyhow::Context;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// How unfinished folders start.
const UNFINISHED: &str = ".installing-";

/// The folder for these pins.
pub(super) fn place(krate: &CrateDir, pins: &Pins) -> PathBuf {
    krate.cache.join(format!("{}-{:016x}", krate.name, hash(&[&pins.manifest, &pins.lock])))
}

/// Whether the folder is there and was made from the very same pins.
pub(super) fn is_complete(place: &Path, pins: &Pins) -> bool {
    let same = |name: &str, text: &str| fs::read_to_string(place.join(name)).is_ok_and(|found| found == text);
    same(MANIFEST, &pins.manifest)
        && same(LOCK, &pins.lock)
        && pins.direct.iter().all(|(name, _)| place.join("node_modules").join(name).join("package.json").is_file())
}

/// Installs pins into their folder.
pub(super) fn install(place: &Path, pins: &Pins) -> anyhow::Result<()> {
    let cache = place.parent().expect("the folder lies in the cache");
    fs::create_dir_all(cache).context("cannot make the cache below `target`")?;
    let _lock = lock(cache);
    if is_complete(place, pins) {
        // Another run installed it while this one waited.
        return Ok(());
    }
    remove_unfinished(cache);
    let unfinished =
        tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(cache).context("cannot write to the cache")?;
    pins.write(unfinished.path())?;
    Npm::find()?.ci(unfinished.path())?;
    if place.exists() {
        fs::remove_dir_all(place).context("cannot remove an incomplete input from the cache")?;
    }
    fs::rename(unfinished.path(), place).context("cannot put the installed input into its place")?;
    // The folder has moved: there is nothing left to clean up.
    let _ = unfinished.keep();
    Ok(())
}

/// Runs that install wait for each other. A file system without locks does without.
fn lock(cache: &Path) -> Option<File> {
    let file = File::create(cache.join(".lock")).ok()?;
    file.lock().ok()?;
    Some(file)
}

/// Removes what killed runs left; the lock is held, so nobody works in there.
fn remove_unfinished(cache: &Path) {
    for entry in fs::read_dir(cache).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            // If it cannot be removed, it is in nobody's way.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// FNV-1a, 64 bits, of texts of known length: names a folder, guards nothing (the texts themselves are compared).
fn hash(texts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in texts {
        for byte in text.len().to_le_bytes().iter().chain(text.as_bytes()) {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn the_hash_tells_where_one_text_ends() {
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
        assert_eq!(hash(&["ab", "c"]), hash(&["ab", "c"]));
    }
}
