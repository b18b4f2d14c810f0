//! Lists of axes and of dims, for the rules of primitives.

use crate::tensor::Dims;

/// The axes that are not among some.
pub(super) fn other_axes(rank: usize, axes: &[usize]) -> Vec<usize> {
    (0..rank).filter(|axis| !axes.contains(axis)).collect()
}

/// Whether they are axes of a value of this rank, in increasing order.
pub(super) fn are_increasing(axes: &[usize], rank: usize) -> bool {
    axes.is_sorted_by(|a, b| a < b) && axes.last().is_none_or(|&axis| axis < rank)
}

/// Each axis one further in, as a new leading axis moves them.
pub(super) fn shifted(axes: &[usize]) -> Vec<usize> {
    axes.iter().map(|axis| axis + 1).collect()
}

/// A list of increasing axes with one of them replaced, in each way: a mistake.
pub(super) fn replaced(axes: &[usize], rank: usize) -> Vec<Vec<usize>> {
    let mut all = Vec::new();
    for i in 0..axes.len() {
        for axis in other_axes(rank, axes) {
            let mut axes = axes.to_vec();
            axes[i] = axis;
            axes.sort_unstable();
            all.push(axes);
        }
    }
    all
}

/// A new dim on one axis.
pub(super) fn with_axis(dims: &Dims, axis: usize, dim: usize) -> Dims {
    let mut sizes = dims.to_vec();
    sizes[axis] = dim;
    Dims::new(&sizes)
}

/// A list of axes with two of them exchanged, in each way: a mistake.
pub(super) fn swapped(axes: &[usize]) -> Vec<Vec<usize>> {
    let pairs = (0..axes.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let swapped = pairs.map(|(i, j)| {
        let mut axes = axes.to_vec();
        axes.swap(i, j);
        axes
    });
    swapped.collect()
}
