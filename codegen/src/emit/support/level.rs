//! Refuses documents that are nested so deep that decoding them could use up the stack.

use serde::de::Error;
use std::cell::Cell;

/// How much stack the records and unions of one document may take, in bytes. Threads with 256 KiB are not rare, and
/// what stands below the last record, an untyped value say, needs some too. Without optimisation the same calls take
/// several times as much, and a document that is fine in a release must be fine in a test.
const LIMIT: usize = if cfg!(debug_assertions) { 192 * 1024 } else { 128 * 1024 };

thread_local! {
    /// Where the stack stood when the outermost value that is being decoded on this thread was begun; 0 where there is
    /// none.
    static TOP: Cell<usize> = const { Cell::new(0) };
}

/// A record or union that is being decoded.
pub struct Level {
    outermost: bool,
}

impl Level {
    /// Begins one.
    #[inline]
    pub fn enter<E: Error>() -> Result<Self, E> {
        let marker = 0_u8;
        let here = std::ptr::from_ref(&marker) as usize;
        let top = TOP.get();
        if top == 0 {
            TOP.set(here);
            return Ok(Self { outermost: true });
        }
        if top.abs_diff(here) > LIMIT {
            return Err(E::custom("the document is nested too deep"));
        }
        Ok(Self { outermost: false })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        if self.outermost {
            TOP.set(0);
        }
    }
}
