//! Ctrl-C, which ends a training at the next step.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

static PRESSED: AtomicBool = AtomicBool::new(false);
static INSTALLED: OnceLock<bool> = OnceLock::new();

/// From now on Ctrl-C is noted; pressed twice without anybody looking it ends the process, as it did before. Where another handler is
/// installed it stays.
pub(super) fn watch() {
    PRESSED.store(false, Ordering::SeqCst);
    INSTALLED.get_or_init(|| {
        let handler = || {
            if PRESSED.swap(true, Ordering::SeqCst) {
                std::process::exit(130); // as a shell says of a process that was interrupted
            }
        };
        ctrlc::try_set_handler(handler).is_ok()
    });
}

/// Whether it was pressed since it is watched.
pub(super) fn was_pressed() -> bool {
    PRESSED.load(Ordering::SeqCst)
}
