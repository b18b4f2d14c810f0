//! Bad input: an index out of range, no elements, NaN and infinities, an exact zero to divide by, wrong dims. A typed
//! error, or the result that is documented; never a panic that is not.

mod doors;
mod empty;
mod environments;
mod ieee;
mod memory;
mod primitives;
mod random;
mod refusals;
mod scalars;
mod sizes;

use cotangent::program::Value;

/// The types of some values.
fn shown(values: &[Value<f64>]) -> String {
    let types = values.iter().map(|value| value.ty().to_string());
    types.collect::<Vec<_>>().join(" and ")
}

/// The words with which `f` panics.
fn panic_of<T>(f: impl FnOnce() -> T) -> String {
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
