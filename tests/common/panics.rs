//! What a panic says.

/// The words with which `f` panics.
pub fn panic_of<T>(f: impl FnOnce() -> T) -> String {
    let panic = match std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)) {
        Ok(_) => panic!("it does not panic"),
        Err(panic) => panic,
    };
    match panic.downcast::<String>() {
        Ok(words) => *words,
        Err(panic) => panic
            .downcast::<&str>()
            .expect("a panic with words")
            .to_string(),
    }
}
