//! The scalars that proofs run over: where a value can stand for every value.

use super::oracle::Oracle;
use super::term::Term;
use crate::scalar::{Agreement, Real, Sample};
use crate::tensor::{AnyTensor, Dims, Position};

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

/// A tensor of variables: `x[0,1]`.
pub(crate) fn variables<A: ProofScalar>(
    name: &str,
    dims: &Dims,
    rng: &mut fastrand::Rng,
) -> AnyTensor<A> {
    let entry = |i| A::variable(&format!("{name}{}", Position { dims, at: i }), rng);
    AnyTensor::from_parts(dims.clone(), (0..dims.count()).map(entry).collect())
}

/// Names for `n` values: `x`, or `x0`, `x1` and so on.
pub(crate) fn names(letter: &str, n: usize) -> Vec<String> {
    match n {
        1 => vec![letter.to_owned()],
        _ => (0..n).map(|i| format!("{letter}{i}")).collect(),
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
        self.compared_to(other)
    }
}
