//! Where files are read from: the machine's file system, or a map in memory that looks like one.

use super::versions;
use oxc_resolver::{FileMetadata, FileSystem, FileSystemOs, ResolveError};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Files above this size are refused: a declaration file of that size is a mistake, and memory is bounded.
const SIZE_CAP: u64 = 32 * 1024 * 1024;

/// Directories deeper than this are not listed.
const LIST_DEPTH: usize = 24;

/// A file system.
#[derive(Clone)]
pub(crate) enum Disk {
    /// The machine's.
    Os,
    /// A map from absolute path to text.
    Memory(Arc<Tree>),
}

/// The files and directories of a [`Disk::Memory`].
#[derive(Default)]
pub(crate) struct Tree {
    files: BTreeMap<PathBuf, String>,
    directories: BTreeSet<PathBuf>,
}

impl Disk {
    /// A disk that holds these files below `/`.
    pub(crate) fn memory(files: &[(String, String)]) -> Self {
        let mut tree = Tree::default();
        for (path, text) in files {
            let path = clean(&Path::new("/").join(path));
            tree.directories.extend(path.ancestors().skip(1).map(Path::to_path_buf));
            tree.files.insert(path, text.clone());
        }
        Self::Memory(Arc::new(tree))
    }

    /// Whether there is a file of that path.
    pub(crate) fn is_file(&self, path: &Path) -> bool {
        self.metadata(path).is_ok_and(FileMetadata::is_file)
    }

    /// Whether there is a directory of that path.
    pub(crate) fn is_dir(&self, path: &Path) -> bool {
        self.metadata(path).is_ok_and(FileMetadata::is_dir)
    }

    /// The path without symbolic links; the path itself, made absolute, where it does not exist.
    pub(crate) fn real(&self, path: &Path) -> PathBuf {
        match self {
            Self::Os => std::fs::canonicalize(path)
                .or_else(|_| std::path::absolute(path))
                .map_or_else(|_| path.to_path_buf(), |path| clean(&path)),
            Self::Memory(_) => clean(&Path::new("/").join(path)),
        }
    }

    /// The text of a file, less its byte order mark.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, as the end of a sentence: `is not valid UTF-8`.
    pub(crate) fn text(&self, path: &Path) -> Result<String, String> {
        let bytes = match self {
            Self::Os => read_capped(path)?,
            Self::Memory(_) => self.read(path).map_err(|error| format!("cannot be read: {error}"))?,
        };
        let text = String::from_utf8(bytes).map_err(|_| String::from("is not valid UTF-8"))?;
        Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }

    /// All files below a directory, sorted, but those in a `node_modules` of its own.
    pub(crate) fn list(&self, directory: &Path) -> Vec<PathBuf> {
        let mut files = match self {
            Self::Os => list_os(directory),
            Self::Memory(tree) => tree.files.keys().filter(|path| path.starts_with(directory)).cloned().collect(),
        };
        files.retain(|path| path.strip_prefix(directory).is_ok_and(|rest| !in_node_modules(rest)));
        files.sort();
        files
    }
}

/// Whether a directory called `node_modules` is on the path.
pub(crate) fn in_node_modules(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "node_modules")
}

/// Removes `.` and resolves `..` by the text of the path alone.
pub(crate) fn clean(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

fn read_capped(path: &Path) -> Result<Vec<u8>, String> {
    let unreadable = |error: io::Error| format!("cannot be read: {error}");
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(String::from("is no regular file"));
    }
    if metadata.len() > SIZE_CAP {
        return Err(format!("is larger than {} MiB", SIZE_CAP / 1024 / 1024));
    }
    std::fs::read(path).map_err(unreadable)
}

fn list_os(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![(directory.to_path_buf(), 0)];
    while let Some((directory, depth)) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&directory) else { continue };
        for entry in entries.flatten() {
            // Of the entry itself, not of what it links to: a link to a parent would never end.
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && depth < LIST_DEPTH && entry.file_name() != "node_modules" {
                open.push((entry.path(), depth + 1));
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files
}

impl Tree {
    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        if self.files.contains_key(path) {
            Ok(FileMetadata::new(true, false, false))
        } else if self.directories.contains(path) {
            Ok(FileMetadata::new(false, true, false))
        } else {
            Err(io::ErrorKind::NotFound.into())
        }
    }
}

impl FileSystem for Disk {
    fn new() -> Self {
        Self::Os
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self {
            Self::Os => FileSystemOs.read(path),
            Self::Memory(tree) => {
                let text = tree.files.get(path).ok_or(io::ErrorKind::NotFound)?;
                Ok(text.as_bytes().to_vec())
            }
        }
        // The resolver takes the first of `typesVersions` for its own: only those for our TypeScript may be there.
        .map(|bytes| match path.file_name().is_some_and(|name| name == "package.json") {
            true => versions::without_others(bytes),
            false => bytes,
        })
    }

    fn read_to_string(&self, path: &Path) -> io::Result<String> {
        String::from_utf8(self.read(path)?).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        match self {
            // Through `std`, which follows symbolic links on every machine.
            Self::Os => std::fs::metadata(path).map(FileMetadata::from),
            Self::Memory(tree) => tree.metadata(path),
        }
    }

    fn symlink_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        match self {
            Self::Os => std::fs::symlink_metadata(path).map(FileMetadata::from),
            Self::Memory(tree) => tree.metadata(path),
        }
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, ResolveError> {
        match self {
            Self::Os => FileSystemOs::read_link(path),
            Self::Memory(_) => Err(ResolveError::NotFound(path.to_string_lossy().into_owned())),
        }
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        match self {
            Self::Os => std::fs::canonicalize(path),
            Self::Memory(_) => Ok(path.to_path_buf()),
        }
    }
}
