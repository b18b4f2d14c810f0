//! What a law returns when it does not hold.

use core::fmt::Display;

/// A law that does not hold: which, where, and the two sides that should be equal.
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
