//! Primitives that read indices from the environment.

use super::{Prim, ProgramError, zeros};
use crate::env::Indices;
use crate::program::run::read_indices;
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;

/// The entry of each row that its index names.
pub(super) fn pick<A: Semiring>(
    prim: &Prim,
    x: &AnyTensor<A>,
    slot: usize,
    environment: &[Indices],
) -> Result<Vec<A>, ProgramError> {
    let dims = x.dims();
    // `dims.rs` lets no value of rank 0 through.
    let (classes, rows) = dims
        .split_last()
        .map_or((0, &[][..]), |(c, rows)| (*c, rows));
    let indices = read_indices(prim, slot, rows, classes, environment)?;
    let rows = x.as_slice().chunks(classes.max(1)).zip(indices);
    Ok(rows.map(|(row, &index)| row[index].clone()).collect())
}

/// Each row is zero but for the entry that its index names.
pub(super) fn place<A: Semiring>(
    prim: &Prim,
    x: &AnyTensor<A>,
    slot: usize,
    classes: usize,
    environment: &[Indices],
) -> Result<Vec<A>, ProgramError> {
    let indices = read_indices(prim, slot, x.dims(), classes, environment)?;
    let mut out = zeros::<A>(x.as_slice().len() * classes);
    for (row, (value, &index)) in x.as_slice().iter().zip(indices).enumerate() {
        out[row * classes + index] = value.clone();
    }
    Ok(out)
}
