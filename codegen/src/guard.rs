//! A stack that is large enough, and panics that become values.
//!
//! Input nests as deep as its author likes, and trees of it are walked and dropped by calls that nest as deep; a build
//! script's thread has two megabytes. A panic is a bug of ours (or of the parser): it must neither end the caller nor
//! write to its stderr, where a message without a place helps nobody.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

/// The stack of a generation. It is address space: only what deep input needs is ever touched.
const STACK: usize = 1 << 30;
/// The stack of each of the threads that share work: they parse and print one file each, and evaluate nothing.
const SHARED_STACK: usize = 256 * 1024 * 1024;

thread_local! {
    /// How many times this thread asked for silence.
    static HUSHED: Cell<u32> = const { Cell::new(0) };
    /// What the last panic of this thread said, and where.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs work on a thread of its own with a large stack; a panic is its message.
pub(crate) fn on_large_stack<T: Send>(name: &str, work: impl FnOnce() -> T + Send) -> Result<T, String> {
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().name(name.to_owned()).stack_size(STACK);
        let thread = builder.spawn_scoped(scope, || caught(work));
        match thread.map_err(|error| format!("cannot start a thread: {error}"))?.join() {
            Ok(result) => result,
            Err(payload) => Err(text_of(payload.as_ref())),
        }
    })
}

/// Threads that share work, whose panics are silent: whoever waits for the work gets them.
pub(crate) fn threads() -> Result<rayon::ThreadPool, String> {
    let threads = rayon::ThreadPoolBuilder::new().stack_size(SHARED_STACK).start_handler(|_| hush()).build();
    threads.map_err(|error| format!("cannot start threads: {error}"))
}

/// Runs work; a panic is its message, and nothing is written about it.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    hush();
    let result = catch_unwind(AssertUnwindSafe(work));
    HUSHED.with(|hushed| hushed.set(hushed.get() - 1));
    result.map_err(|payload| SAID.take().unwrap_or_else(|| text_of(payload.as_ref())))
}

/// From here on this thread's panics are not written to stderr: somebody catches them.
pub(crate) fn hush() {
    static HOOK: Once = Once::new();
    // The hook belongs to the process. Ours asks the thread first, and leaves all others to the hook before it.
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if HUSHED.try_with(Cell::get).unwrap_or(0) == 0 {
                return before(info);
            }
            let place = info.location().map(|place| format!(" ({}:{})", file_name(place.file()), place.line()));
            let text = format!("{}{}", text_of(info.payload()), place.unwrap_or_default());
            // A thread that is ending has no place to keep it; the payload is left.
            drop(SAID.try_with(|said| said.replace(Some(text))));
        }));
    });
    HUSHED.with(|hushed| hushed.set(hushed.get() + 1));
}

/// A source file's name without the folders of the machine that built it.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn text_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_its_message_and_place() {
        assert_eq!(caught(|| 1), Ok(1));
        let said = caught(|| panic!("no {}", "way")).unwrap_err();
        assert!(said.starts_with("no way (guard.rs:"), "{said}");
        assert_eq!(HUSHED.get(), 0);
    }

    #[test]
    fn deep_recursion_has_room() {
        fn sum(depth: u64) -> u64 {
            let padding = std::hint::black_box([depth; 64]);
            if depth == 0 { 0 } else { 1 + sum(depth - 1) + padding[0] - depth }
        }
        assert_eq!(on_large_stack("test", || sum(200_000)), Ok(200_000));
        assert!(on_large_stack("test", || panic!("inside")).unwrap_err().starts_with("inside ("));
    }
}
