//! Refuses documents that are nested so deep that decoding them could use up the stack.

use super::discreet::own;
use serde::de::Error;
use std::cell::Cell;

/// How much stack the records and unions of one document may take, in bytes.
///
/// What can be nested 128 times, as deep as `serde_json` lets text be, is to decode on a thread with the 2 MiB that Rust
/// gives: a level of a record with twenty fields takes up to 4 KiB, and without optimisation up to 11. Beyond is what
/// is deeper or wider than that, values that were not read from text above all. A thread with less stack than this is
/// not guarded: it decodes what documents really hold, a few levels, but not whatever somebody makes up.
const LIMIT: usize = if cfg!(debug_assertions) { 1536 * 1024 } else { 1024 * 1024 };

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
            return Err(own(format_args!("the document is nested too deep")));
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
