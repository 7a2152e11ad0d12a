//! Offsets to lines and columns.

/// Where the lines of a text start.
pub(super) struct Lines {
    starts: Vec<u32>,
}

impl Lines {
    /// Finds the lines.
    pub(super) fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| offset(at + 1))).collect();
        Self { starts }
    }

    /// Line and column of an offset, both from 1, the column in characters.
    pub(super) fn position(&self, text: &str, at: u32) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts[line - 1];
        let before = text.get(start as usize..at as usize).unwrap_or("");
        (offset(line), offset(before.chars().count() + 1))
    }
}

/// A length as `u32`; texts are far below 4 GiB (`load` sees to it).
pub(super) fn offset(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
