//! What the models share.

use super::door::{Array, Inputs};
use crate::rows::Failure;
use dfdx::prelude::*;

/// A weight and a bias.
pub type Layer<const I: usize, const O: usize> = (Array<Rank2<I, O>>, Array<Rank1<O>>);

/// A layer by its number: `w1` and `b1`.
pub fn layer<const I: usize, const O: usize>(
    inputs: &Inputs,
    number: usize,
) -> Result<Layer<I, O>, Failure> {
    let (w, b) = (format!("w{number}"), format!("b{number}"));
    Ok((inputs.p(&w)?, inputs.p(&b)?))
}

/// `x w + b`.
pub fn linear<const B: usize, const I: usize, const O: usize, T: Tape<f32, Cpu>>(
    x: Array<Rank2<B, I>, T>,
    (w, b): &Layer<I, O>,
) -> Array<Rank2<B, O>, T> {
    x.matmul(w.clone()) + b.clone().broadcast::<Rank2<B, O>, _>()
}

/// The same of `B` matrices.
pub fn linear_of_each<
    const B: usize,
    const N: usize,
    const I: usize,
    const O: usize,
    T: Tape<f32, Cpu>,
>(
    x: Array<Rank3<B, N, I>, T>,
    (w, b): &Layer<I, O>,
) -> Array<Rank3<B, N, O>, T> {
    x.matmul(w.clone()) + b.clone().broadcast::<_, Axes2<0, 1>>()
}
