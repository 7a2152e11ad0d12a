//! Decisions, taken from bytes that `proptest` makes up.

/// Bytes that decide. Where they end everything is decided by 0, which is always the simplest choice: a document gets
/// smaller with its bytes, and `proptest` knows how to make bytes fewer and less.
pub struct Choices<'b>(&'b [u8]);

impl<'b> Choices<'b> {
    /// Decisions from these bytes.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    /// A byte.
    pub fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    /// A number below another, which is not 0.
    pub fn below(&mut self, count: usize) -> usize {
        let number =
            if count > 256 { usize::from(self.byte()) << 8 | usize::from(self.byte()) } else { self.byte().into() };
        number % count
    }

    /// True once in so many times, and never at the end of the bytes.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == count - 1
    }

    /// One of several.
    pub fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// Sixty-four bits.
    pub fn bits(&mut self) -> u64 {
        (0..8).fold(0, |bits, _| bits << 8 | u64::from(self.byte()))
    }
}
