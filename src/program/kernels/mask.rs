//! Random masks, the same each time for the same seed.

use super::{Prim, ProgramError};
use crate::env::{Indices, Seed};
use crate::program::run::read_seed;
use crate::scalar::Semiring;

/// 1 with probability `keep`, else 0.
pub(super) fn mask<A: Semiring>(
    prim: &Prim,
    slot: usize,
    len: usize,
    keep: f64,
    environment: &[Indices],
) -> Result<Vec<A>, ProgramError> {
    let halves = read_seed(prim, slot, environment)?;
    let mut rng = fastrand::Rng::with_seed(Seed::joined(halves));
    let draw = |_| {
        if rng.f64() < keep {
            A::one()
        } else {
            A::zero()
        }
    };
    Ok((0..len).map(draw).collect())
}
