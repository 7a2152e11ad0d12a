//! The pinned npm input: `package.json` and `package-lock.json` of a crate, installed into a cache below `target/`.

mod cache;
mod client;
mod manifest;

pub(crate) use client::{Spec, pin};
pub(crate) use manifest::Pins;

use crate::crate_dir::CrateDir;
use anyhow::bail;
use std::path::PathBuf;

/// Whether npm may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NpmPolicy {
    /// When the input is not there yet.
    Fetch,
    /// Never.
    Offline,
}

/// The directory that holds the `node_modules` of a crate's pinned input; installs it if it is not there and the policy
/// allows. `say` is told when that happens.
///
/// # Errors
///
/// No pins or broken ones, npm missing or failing, or nothing there when offline.
pub(crate) fn installed(krate: &CrateDir, policy: NpmPolicy, say: &mut dyn FnMut(&str)) -> anyhow::Result<PathBuf> {
    let pins = Pins::read(krate)?;
    let place = cache::place(krate, &pins);
    if cache::is_complete(&place, &pins) {
        return Ok(place);
    }
    if policy == NpmPolicy::Offline {
        bail!(
            "the pinned input of `{}` is not installed ({}), and --offline forbids to fetch it: run `{}` once without it",
            krate.name,
            pins.describe(),
            krate.command()
        );
    }
    say(&format!("fetching {} with npm, once", pins.describe()));
    cache::install(&place, &pins)?;
    Ok(place)
}
