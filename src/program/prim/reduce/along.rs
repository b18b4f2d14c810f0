//! What reductions along axes share: the dims that stay, and the candidates to choose from.

use crate::program::prim::axes::other_axes;
use crate::program::prim::strided::View;
use crate::program::primitive::Fault;
use crate::tensor::{AnyTensor, Dims};

/// The dims of the axes that stay.
pub(super) fn kept(dims: &Dims, axes: &[usize]) -> Dims {
    other_axes(dims.len(), axes)
        .into_iter()
        .map(|axis| dims[axis])
        .collect()
}

/// Calls `choose` with candidates for the whole result: the entries along some axes, which go.
pub(super) fn among<A: Clone, R>(
    x: &AnyTensor<A>,
    axes: &[usize],
    choose: impl Fn(&[&[A]]) -> Option<R>,
) -> Result<R, Fault> {
    let (dims, strides) = (x.dims(), x.dims().strides());
    let kept = other_axes(dims.len(), axes);
    let order = || axes.iter().chain(&kept);
    let sizes: Dims = order().map(|&axis| dims[axis]).collect();
    let strides: Vec<_> = order().map(|&axis| strides[axis]).collect();
    let moved = View::of(0, &sizes, &strides).elements(x, &sizes);
    let (candidates, len) = sizes.split_at(axes.len());
    let (candidates, len): (usize, usize) = (candidates.iter().product(), len.iter().product());
    // There may be any number of empty candidates: one says as much.
    let candidates = if len == 0 { 1 } else { candidates };
    let candidate = |i: usize| &moved.as_slice()[i * len..(i + 1) * len];
    choose(&(0..candidates).map(candidate).collect::<Vec<_>>()).ok_or(Fault::Level)
}
