//! `package.json` and `package-lock.json`: what is pinned.

use crate::crate_dir::CrateDir;
use anyhow::{Context, bail, ensure};
use dts_codegen::recipe::is_package_name;
use serde_json::Value;
use std::fs;
use std::path::Path;

pub(crate) const MANIFEST: &str = "package.json";
pub(crate) const LOCK: &str = "package-lock.json";

/// The two files, checked: direct dependencies by exact version, everything by integrity hash.
#[derive(Clone, Debug)]
pub(crate) struct Pins {
    /// The text of `package.json`.
    pub(crate) manifest: String,
    /// The text of `package-lock.json`.
    pub(crate) lock: String,
    /// Name and exact version of the direct dependencies, in the manifest's order.
    pub(crate) direct: Vec<(String, String)>,
}

impl Pins {
    /// Reads and checks the pins of a crate.
    pub(crate) fn read(krate: &CrateDir) -> anyhow::Result<Self> {
        let file = |name: &str| {
            fs::read_to_string(krate.path.join(name))
                .with_context(|| format!("cannot read {}, which pins the npm package of the recipe", krate.shown(name)))
        };
        let (manifest, lock) = (file(MANIFEST)?, file(LOCK)?);
        Self::new(manifest, lock).with_context(|| format!("the pins in `{}` are no pins", krate.shown(MANIFEST)))
    }

    /// Checks pins.
    pub(crate) fn new(manifest: String, lock: String) -> anyhow::Result<Self> {
        let direct = direct_dependencies(&manifest)?;
        check_lock(&lock, &direct)?;
        Ok(Self { manifest, lock, direct })
    }

    /// `@clerk/backend@3.25.0, @clerk/shared@4.40.0`
    pub(crate) fn describe(&self) -> String {
        let pins: Vec<String> = self.direct.iter().map(|(name, version)| format!("{name}@{version}")).collect();
        pins.join(", ")
    }

    /// The exact version of a direct dependency.
    pub(crate) fn version_of(&self, package: &str) -> Option<&str> {
        self.direct.iter().find(|(name, _)| name == package).map(|(_, version)| version.as_str())
    }

    /// The version that the lock has for a package at its top level.
    pub(crate) fn locked_version(&self, package: &str) -> Option<String> {
        let lock: Value = serde_json::from_str(&self.lock).ok()?;
        let entry = lock.get("packages")?.get(format!("node_modules/{package}"))?;
        entry.get("version")?.as_str().map(str::to_owned)
    }

    /// Writes both files into a directory.
    pub(crate) fn write(&self, dir: &Path) -> anyhow::Result<()> {
        fs::write(dir.join(MANIFEST), &self.manifest).with_context(|| format!("cannot write {MANIFEST}"))?;
        fs::write(dir.join(LOCK), &self.lock).with_context(|| format!("cannot write {LOCK}"))
    }
}

fn direct_dependencies(manifest: &str) -> anyhow::Result<Vec<(String, String)>> {
    let manifest: Value = serde_json::from_str(manifest).context("package.json is no JSON")?;
    let Some(dependencies) = manifest.get("dependencies").and_then(Value::as_object) else {
        bail!("package.json has no `dependencies`");
    };
    let mut direct = Vec::new();
    for (name, version) in dependencies {
        let version = version.as_str().unwrap_or_default();
        ensure!(is_package_name(name), "`{name}` is no name of an npm package");
        ensure!(
            semver::Version::parse(version).is_ok(),
            "`{name}` is not pinned: `{version}` is no exact version such as `1.2.3`"
        );
        direct.push((name.clone(), version.to_owned()));
    }
    Ok(direct)
}

fn check_lock(lock: &str, direct: &[(String, String)]) -> anyhow::Result<()> {
    let lock: Value = serde_json::from_str(lock).context("package-lock.json is no JSON")?;
    let Some(packages) = lock.get("packages").and_then(Value::as_object) else {
        bail!("package-lock.json has no `packages`: it was written by an npm older than 7");
    };
    for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        // What is bundled in another package's archive is covered by that one's hash.
        let is_pinned = package.get("integrity").is_some() || package.get("inBundle") == Some(&Value::Bool(true));
        ensure!(is_pinned, "package-lock.json has no integrity hash for `{path}`");
    }
    for (name, version) in direct {
        let locked = packages.get(&format!("node_modules/{name}")).and_then(|package| package.get("version"));
        ensure!(
            locked.and_then(Value::as_str) == Some(version),
            "package.json pins {name}@{version}, package-lock.json does not"
        );
    }
    Ok(())
}

/// The lock without `resolved`: where a package was fetched from is the machine's matter, its hash is everyone's.
pub(crate) fn without_addresses(lock: &str) -> anyhow::Result<String> {
    let mut lock: Value = serde_json::from_str(lock).context("npm wrote a package-lock.json that is no JSON")?;
    if let Some(packages) = lock.get_mut("packages").and_then(Value::as_object_mut) {
        for package in packages.values_mut().filter_map(Value::as_object_mut) {
            package.shift_remove("resolved");
        }
    }
    Ok(serde_json::to_string_pretty(&lock).expect("JSON values always encode") + "\n")
}

#[cfg(test)]
mod tests {
    use super::{Pins, without_addresses};

    const LOCK: &str = r#"{"packages":{"":{},"node_modules/a":{"version":"1.0.0","integrity":"sha512-x"}}}"#;

    fn refusal(manifest: &str, lock: &str) -> String {
        format!("{:#}", Pins::new(manifest.to_owned(), lock.to_owned()).unwrap_err())
    }

    #[test]
    fn pins_are_exact_and_hashed() {
        let good = r#"{"dependencies":{"a":"1.0.0"}}"#;
        let pins = Pins::new(good.to_owned(), LOCK.to_owned()).unwrap();
        assert_eq!((pins.describe().as_str(), pins.version_of("a")), ("a@1.0.0", Some("1.0.0")));
        assert_eq!(pins.locked_version("a").as_deref(), Some("1.0.0"));
        assert_eq!(
            refusal(r#"{"dependencies":{"a":"^1.0.0"}}"#, LOCK),
            "`a` is not pinned: `^1.0.0` is no exact version such as `1.2.3`"
        );
        assert_eq!(refusal(r#"{"dependencies":{"../a":"1.0.0"}}"#, LOCK), "`../a` is no name of an npm package");
        assert_eq!(refusal("{}", LOCK), "package.json has no `dependencies`");
        assert_eq!(
            refusal(r#"{"dependencies":{"a":"1.0.1"}}"#, LOCK),
            "package.json pins a@1.0.1, package-lock.json does not"
        );
        let unhashed = LOCK.replace("integrity", "resolved");
        assert_eq!(refusal(good, &unhashed), "package-lock.json has no integrity hash for `node_modules/a`");
        assert!(refusal(good, "{}").contains("older than 7"));
    }

    #[test]
    fn addresses_leave_the_lock_and_nothing_else_does() {
        let lock = r#"{"packages":{"node_modules/a":{"version":"1.0.0","resolved":"https://x","integrity":"y","license":"MIT"}}}"#;
        let expected = "{\n  \"packages\": {\n    \"node_modules/a\": {\n      \"version\": \"1.0.0\",\n      \"integrity\": \
                        \"y\",\n      \"license\": \"MIT\"\n    }\n  }\n}\n";
        assert_eq!(without_addresses(lock).unwrap(), expected);
    }
}
