//! Rows of a table, by indices in the environment.

use super::{Prim, ProgramError, zeros};
use crate::env::Indices;
use crate::program::run::read_indices;
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;

/// The rows that the indices name.
pub(super) fn gather<A: Semiring>(
    prim: &Prim,
    x: &AnyTensor<A>,
    slot: usize,
    index: &[usize],
    environment: &[Indices],
) -> Result<Vec<A>, ProgramError> {
    let rows = x.dims().first().copied().unwrap_or(0);
    let len: usize = x.dims().iter().skip(1).product();
    let indices = read_indices(prim, slot, index, rows, environment)?;
    let mut out = Vec::with_capacity(indices.len() * len);
    for &row in indices {
        out.extend_from_slice(&x.as_slice()[row * len..(row + 1) * len]);
    }
    Ok(out)
}

/// Each row added to the one that its index names.
pub(super) fn scatter_add<A: Semiring>(
    prim: &Prim,
    x: &AnyTensor<A>,
    slot: usize,
    index: &[usize],
    rows: usize,
    environment: &[Indices],
) -> Result<Vec<A>, ProgramError> {
    let len: usize = x.dims()[index.len()..].iter().product();
    let indices = read_indices(prim, slot, index, rows, environment)?;
    let mut out = zeros::<A>(rows * len);
    for (from, &row) in indices.iter().enumerate() {
        for i in 0..len {
            let place = &mut out[row * len + i];
            let sum = core::mem::replace(place, A::zero());
            *place = sum + x.as_slice()[from * len + i].clone();
        }
    }
    Ok(out)
}
