//! The scalars that proofs run over: where a value can stand for every value.

use super::{Oracle, Term};
use crate::scalar::{Agreement, Real, Sample};

/// A scalar with variables. Over [`Term`] a variable is an indeterminate, over [`Oracle`] a random number.
pub(crate) trait ProofScalar: Real + Sample {
    /// The variable of this name.
    fn variable(name: &str, rng: &mut fastrand::Rng) -> Self;
}

impl ProofScalar for Term {
    fn variable(name: &str, _rng: &mut fastrand::Rng) -> Self {
        Term::indeterminate(name)
    }
}

impl ProofScalar for Oracle {
    fn variable(_name: &str, rng: &mut fastrand::Rng) -> Self {
        Oracle::sample(rng)
    }
}

/// A sample is an indeterminate that no other sample is.
impl Sample for Term {
    fn sample(rng: &mut fastrand::Rng) -> Self {
        Term::indeterminate(&format!("t{:016x}", rng.u64(..)))
    }
    fn sample_positive(rng: &mut fastrand::Rng) -> Self {
        Term::sample(rng)
    }
    /// Equality of fractions.
    fn agreement(&self, other: &Self) -> Agreement {
        if self.is_undefined() || other.is_undefined() {
            Agreement::Undefined
        } else if self.agrees_with(other) {
            Agreement::Equal
        } else {
            Agreement::Differ
        }
    }
}
