//! Gradients that are not longer than they may be.

use crate::program::primitives::{Full, Reduce, Reduction};
use crate::program::{Binary, Broadcast, Builder, Literal, ProgramError, Unary};
use crate::tensor::Dims;

/// Each element times a scalar.
pub(super) fn times(b: &mut Builder, x: usize, scalar: usize) -> Result<usize, ProgramError> {
    let dims = b.dims(x)?;
    let all = b.push(Broadcast(dims, Vec::new()), &[scalar])?;
    b.push(Binary::Mul, &[x, all])
}

/// Each element as near as it can be from `-most` to `most`.
pub(super) fn clipped_by_value(
    b: &mut Builder,
    x: usize,
    most: f64,
) -> Result<usize, ProgramError> {
    // min(x, c) = -max(-x, -c)
    let least = b.full_like(x, Literal::real(-most))?;
    let above = b.push(Binary::Max, &[x, least])?;
    let above = b.push(Unary::Neg, &[above])?;
    let below = b.push(Binary::Max, &[above, least])?;
    b.push(Unary::Neg, &[below])
}

/// All gradients times `most / max(most, norm)`.
pub(super) fn clip_by_norm(
    b: &mut Builder,
    gradients: &mut [(usize, usize)],
    most: f64,
) -> Result<(), ProgramError> {
    let mut sum = None;
    for &(_, gradient) in gradients.iter() {
        let squares = b.push(Binary::Mul, &[gradient, gradient])?;
        let axes = (0..b.dims(gradient)?.len()).collect();
        let of_one = b.push(Reduce(Reduction::Sum, axes), &[squares])?;
        sum = b.sum(sum, Some(of_one))?;
    }
    let Some(sum) = sum else { return Ok(()) };
    let norm = b.push(Unary::Sqrt, &[sum])?;
    let most = b.push(Full(Dims::default(), Literal::real(most)), &[])?;
    let longer = b.push(Binary::Max, &[norm, most])?;
    let factor = b.push(Binary::Div, &[most, longer])?;
    for (_, gradient) in gradients {
        *gradient = times(b, *gradient, factor)?;
    }
    Ok(())
}
