//! What a law returns when it does not hold.
//!
//! ```
//! use cotangent::prelude::*;
//! let mut tape = compile_tape(&graph!(|x: [2]| x * 2.0), &tlist![Tensor::from([1.0, 2.0])], &tlist![]);
//! tape.nodes_mut()[1].requires_grad = false; // a fault
//! let found: Counterexample = laws::all_requires_grad_true_of(&tape).unwrap_err();
//! assert_eq!(found.law, "all_requires_grad_true");
//! ```

use core::fmt::Display;

/// A law that does not hold: which, where, and the two sides that should be equal.
///
/// ```
/// use cotangent::prelude::*;
/// let found = Counterexample::new("symmetric", "entry [0, 1]", 2.0, 3.0);
/// assert_eq!((found.law, found.place.as_str()), ("symmetric", "entry [0, 1]"));
/// assert_eq!((found.expected.as_str(), found.got.as_str()), ("2", "3"));
/// assert_eq!(found.to_string(), "the law `symmetric` fails at entry [0, 1]: expected 2, got 3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the law `{law}` fails at {place}: expected {expected}, got {got}")]
pub struct Counterexample {
    /// The name of the law.
    pub law: &'static str,
    /// The node or entry.
    pub place: String,
    /// One side of the equation.
    pub expected: String,
    /// The other side.
    pub got: String,
}

impl Counterexample {
    /// A counterexample from the two sides of an equation.
    pub fn new(
        law: &'static str,
        place: impl Into<String>,
        expected: impl Display,
        got: impl Display,
    ) -> Self {
        Counterexample {
            law,
            place: place.into(),
            expected: expected.to_string(),
            got: got.to_string(),
        }
    }
}
