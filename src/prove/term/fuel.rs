//! A limit on how far terms may grow.

use core::cell::Cell;

/// A computation on terms that was too large: see [`with_fuel`].
///
/// ```
/// use cotangent::prove::{Term, term::OutOfFuel, term::with_fuel};
/// let sum = Term::sum(["a", "b", "c"].map(Term::indeterminate));
/// let error: OutOfFuel = with_fuel(10, || sum.pow(&Term::from(20))).unwrap_err();
/// assert_eq!(error.limit, 10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the terms grew beyond the limit of {limit} products of monomials")]
pub struct OutOfFuel {
    /// The limit that was given.
    pub limit: u64,
}

#[derive(Clone, Copy)]
struct Fuel {
    left: u64,
    out: bool,
}

thread_local! {
    /// `None`: no limit.
    static FUEL: Cell<Option<Fuel>> = const { Cell::new(None) };
}

/// Runs `f` with a limit on the products of monomials that it may compute, on this thread.
///
/// A product of a term of `m` monomials and one of `n` costs `m·n`, and more if coefficients do not fit into a machine
/// word. A sum costs a sixteenth of its monomials; products with one are free. When the limit is reached, the result of the operation is a value
/// that absorbs everything ([`Term::is_undefined`](super::Term::is_undefined)), so the rest of `f` runs through
/// quickly.
///
/// Calls nest: what the inner one uses is taken from the outer one too.
///
/// # Errors
///
/// [`OutOfFuel`] if the limit was reached, or if an exponent did not fit into 64 bits.
///
/// ```
/// use cotangent::prove::{Term, term::with_fuel};
/// let sum = Term::sum(["a", "b", "c", "d"].map(Term::indeterminate));
/// let power = |n| sum.pow(&Term::from(n));
/// assert_eq!(with_fuel(100, || power(2)), Ok(sum.clone() * sum.clone()));
/// assert!(with_fuel(100, || power(50)).is_err());
/// ```
pub fn with_fuel<T>(limit: u64, f: impl FnOnce() -> T) -> Result<T, OutOfFuel> {
    /// Puts the outer limit back, also if `f` panics.
    struct Outer(Option<Fuel>, u64);
    impl Drop for Outer {
        fn drop(&mut self) {
            let inner = FUEL.get();
            FUEL.set(self.0.map(|outer| {
                let used = self.1 - inner.map_or(0, |inner| inner.left);
                let left = outer.left - used;
                // The inner limit may have been the outer one's rest.
                let out = outer.out || left == 0 && inner.is_some_and(|inner| inner.out);
                Fuel { left, out }
            }));
        }
    }
    let outer = FUEL.get();
    let start = outer.map_or(limit, |outer| limit.min(outer.left));
    let guard = Outer(outer, start);
    let out = outer.is_some_and(|outer| outer.out);
    FUEL.set(Some(Fuel { left: start, out }));
    let result = f();
    let out = FUEL.get().is_some_and(|fuel| fuel.out);
    drop(guard);
    if out {
        Err(OutOfFuel { limit })
    } else {
        Ok(result)
    }
}

/// Takes this much; whether there was enough.
pub(super) fn spend(amount: u64) -> bool {
    let Some(fuel) = FUEL.get() else {
        return true;
    };
    match fuel.left.checked_sub(amount) {
        Some(left) if !fuel.out => {
            FUEL.set(Some(Fuel { left, out: false }));
            true
        }
        _ => {
            exhaust();
            false
        }
    }
}

/// Uses everything up: something is undefined.
pub(super) fn exhaust() {
    if FUEL.get().is_some() {
        FUEL.set(Some(Fuel { left: 0, out: true }));
    }
}
