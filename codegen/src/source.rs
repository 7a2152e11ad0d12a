//! The input as text: packages, files and positions.
//!
//! A noun room: it holds data and imports no stage. Paths in here are what a reader of the output may see, so
//! they are relative to a package and use `/` on every machine; where a file lies on disk is known to `load` alone.

use std::sync::Arc;

/// A package that files were read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The name in its `package.json`; for `--files` input, the empty string.
    pub name: String,
    /// The exact version in its `package.json`; empty for `--files` input.
    pub version: String,
}

/// Handle of a [`Package`] in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PackageId(pub u32);

/// Handle of a [`SourceFile`] in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A declaration file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Whose file it is.
    pub package: PackageId,
    /// Its path inside the package, with `/`: `dist/api/resources/Session.d.ts`.
    pub path: String,
    /// Its text, as read, less a byte order mark.
    pub text: Arc<str>,
}

/// An entry of the package: an export subpath and the declaration file behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryPoint {
    /// The export subpath, `.` or `./webhooks`; for `--files` input, `./` and the file's stem (`.` where it is the only one).
    pub subpath: String,
    /// The declaration file that `types` names there.
    pub file: FileId,
}

/// Everything that was read, in an order that does not depend on how it was read: files are sorted by package
/// (the generated one first, then by name) and by path, and their handles follow that order.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The packages, the one that the recipe names first, the others by name.
    pub packages: Vec<Package>,
    /// The files, by handle.
    pub files: Vec<SourceFile>,
    /// The entries, `.` first, the others by subpath.
    pub entries: Vec<EntryPoint>,
}

impl Sources {
    /// The file behind a handle.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The package of a file.
    pub fn package_of(&self, id: FileId) -> &Package {
        &self.packages[self.file(id).package.0 as usize]
    }

    /// How diagnostics and coverage spell a file: its path in the package, preceded by the package's name where it is
    /// not the one that is generated from.
    pub fn display(&self, id: FileId) -> String {
        let file = self.file(id);
        match file.package.0 {
            0 => file.path.clone(),
            _ => format!("{}/{}", self.package_of(id).name, file.path),
        }
    }
}

/// A position in a source file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file.
    pub file: FileId,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Whether a specifier names a module that the platform provides: `node:fs`, `stream/web`, `bun:test`.
pub fn is_builtin(specifier: &str) -> bool {
    const BUILTINS: [&str; 43] = [
        "assert",
        "async_hooks",
        "buffer",
        "child_process",
        "cluster",
        "console",
        "constants",
        "crypto",
        "dgram",
        "diagnostics_channel",
        "dns",
        "domain",
        "events",
        "fs",
        "http",
        "http2",
        "https",
        "inspector",
        "module",
        "net",
        "node",
        "os",
        "path",
        "perf_hooks",
        "process",
        "punycode",
        "querystring",
        "readline",
        "repl",
        "stream",
        "string_decoder",
        "sys",
        "timers",
        "tls",
        "trace_events",
        "tty",
        "url",
        "util",
        "v8",
        "vm",
        "wasi",
        "worker_threads",
        "zlib",
    ];
    let head = specifier.split('/').next().unwrap_or(specifier);
    specifier.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/')) || BUILTINS.contains(&head)
}
