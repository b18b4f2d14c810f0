//! Why a term is undefined.

use super::coefficient::Coefficient;
use crate::scalar::Literal;
use core::fmt;

/// What is left of a term that has no normal form. The fuel says nothing of the inputs; the others are so at each input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Undefined {
    /// The fuel is used up, or an exponent does not fit into 64 bits.
    TooLarge,
    /// A literal that is not finite.
    Literal(Literal),
    /// A function outside of its domain: `recip` of 0.
    Function(&'static str, Coefficient),
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Undefined::TooLarge => f.write_str("too large"),
            Undefined::Literal(literal) => write!(f, "the literal {literal}"),
            Undefined::Function(name, at) => write!(f, "`{name}` of {at}"),
        }
    }
}
