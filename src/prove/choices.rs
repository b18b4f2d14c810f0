//! Choices between two equal values, by what is undefined.

use core::cell::Cell;

thread_local! {
    /// Whether such a choice is the value.
    static EQUAL: Cell<bool> = const { Cell::new(false) };
}

/// Runs `f` on this thread, where `select(c, x, x)` is `x` also of an undefined `c`, as it is over floats. A scalar that
/// refuses to divide by 0 has no result there: so what is shown holds wherever there is one.
pub(super) fn with_equal_choices<T>(f: impl FnOnce() -> T) -> T {
    /// Puts the outer value back, also if `f` panics.
    struct Outer(bool);
    impl Drop for Outer {
        fn drop(&mut self) {
            EQUAL.set(self.0);
        }
    }
    let _outer = Outer(EQUAL.replace(true));
    f()
}

/// Whether a choice between two equal values is the value, whatever chooses.
pub(super) fn are_the_value() -> bool {
    EQUAL.get()
}
