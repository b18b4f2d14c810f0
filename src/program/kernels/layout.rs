//! Primitives that move and join elements: reductions, permutations, broadcasts, concatenation, slices.

use super::zeros;
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Dims};

/// Calls `visit(offset in a dense tensor of dims, offset by strides)` for each element, in row-major order.
fn walk(dims: &Dims, strides: &[usize], mut visit: impl FnMut(usize, usize)) {
    let rank = dims.len();
    let mut index = vec![0; rank];
    let mut there = 0;
    for here in 0..dims.count() {
        visit(here, there);
        for axis in (0..rank).rev() {
            index[axis] += 1;
            there += strides[axis];
            if index[axis] < dims[axis] {
                break;
            }
            there -= strides[axis] * dims[axis];
            index[axis] = 0;
        }
    }
}

/// For each axis of `dims`: how far one step along it moves in the result of reducing `axes`.
fn reduced_strides(dims: &Dims, axes: &[usize]) -> (Vec<usize>, usize) {
    let mut strides = vec![0; dims.len()];
    let mut step = 1;
    for axis in (0..dims.len()).rev() {
        if !axes.contains(&axis) {
            strides[axis] = step;
            step *= dims[axis];
        }
    }
    (strides, step)
}

/// The sum over some axes.
pub(super) fn sum<A: Semiring>(x: &AnyTensor<A>, axes: &[usize]) -> Vec<A> {
    let (strides, len) = reduced_strides(x.dims(), axes);
    let mut out = zeros::<A>(len);
    let data = x.as_slice();
    walk(x.dims(), &strides, |here, there| {
        let sum = core::mem::replace(&mut out[there], A::zero());
        out[there] = sum + data[here].clone();
    });
    out
}

/// The maximum over some axes, by `largest` of whole slices; `None` where the scalar has none.
pub(super) fn max<A: Semiring>(
    x: &AnyTensor<A>,
    axes: &[usize],
    largest: impl Fn(&[&[A]]) -> Option<Vec<A>>,
) -> Option<Vec<A>> {
    let kept: Vec<usize> = (0..x.dims().len()).filter(|i| !axes.contains(i)).collect();
    // The reduced axes first, so that each row is one candidate for the whole result.
    let order: Vec<usize> = axes.iter().chain(&kept).copied().collect();
    let sizes: Vec<usize> = order.iter().map(|&axis| x.dims()[axis]).collect();
    let len: usize = kept.iter().map(|&axis| x.dims()[axis]).product();
    let moved = permute(x, &order, &Dims::new(&sizes));
    if len == 0 {
        return Some(Vec::new());
    }
    let rows: Vec<_> = moved.chunks(len).collect();
    largest(&rows)
}

/// Running sums along an axis.
pub(super) fn cumsum<A: Semiring>(x: &AnyTensor<A>, axis: usize, reverse: bool) -> Vec<A> {
    let (outer, len, inner) = around(x.dims(), axis);
    let mut out = x.as_slice().to_vec();
    for row in 0..outer {
        let first = row * len * inner;
        for step in 1..len {
            let (before, here) = match reverse {
                false => (step - 1, step),
                true => (len - step, len - step - 1),
            };
            for i in 0..inner {
                let sum = out[first + before * inner + i].clone();
                let place = first + here * inner + i;
                out[place] = sum + out[place].clone();
            }
        }
    }
    out
}

/// Axis `i` of the result is axis `axes[i]`.
pub(super) fn permute<A: Clone>(x: &AnyTensor<A>, axes: &[usize], dims: &Dims) -> Vec<A> {
    let from = x.dims().strides();
    let mut strides = vec![0; dims.len()];
    for (to, &axis) in axes.iter().enumerate() {
        strides[to] = from[axis];
    }
    gather(x, dims, &strides)
}

/// Axis `i` of the argument becomes axis `axes[i]`; the others repeat.
pub(super) fn broadcast<A: Clone>(x: &AnyTensor<A>, axes: &[usize], dims: &Dims) -> Vec<A> {
    let from = x.dims().strides();
    let mut strides = vec![0; dims.len()];
    for (axis, &to) in axes.iter().enumerate() {
        strides[to] = from[axis];
    }
    gather(x, dims, &strides)
}

fn gather<A: Clone>(x: &AnyTensor<A>, dims: &Dims, strides: &[usize]) -> Vec<A> {
    let mut out = Vec::with_capacity(dims.count());
    let data = x.as_slice();
    walk(dims, strides, |_, there| out.push(data[there].clone()));
    out
}

/// Around an axis: how many outer rows, how long the axis, how many elements in one entry of it.
fn around(dims: &Dims, axis: usize) -> (usize, usize, usize) {
    let outer = dims[..axis].iter().product();
    let inner = dims[axis + 1..].iter().product();
    (outer, dims[axis], inner)
}

/// Two tensors joined along an axis.
pub(super) fn concat<A: Clone>(x: &AnyTensor<A>, y: &AnyTensor<A>, axis: usize) -> Vec<A> {
    let (outer, x_len, inner) = around(x.dims(), axis);
    let y_len = y.dims()[axis];
    let mut out = Vec::with_capacity(outer * (x_len + y_len) * inner);
    for row in 0..outer {
        out.extend_from_slice(&x.as_slice()[row * x_len * inner..(row + 1) * x_len * inner]);
        out.extend_from_slice(&y.as_slice()[row * y_len * inner..(row + 1) * y_len * inner]);
    }
    out
}

/// A part of an axis.
pub(super) fn slice<A: Clone>(x: &AnyTensor<A>, axis: usize, start: usize, len: usize) -> Vec<A> {
    let (outer, all, inner) = around(x.dims(), axis);
    let mut out = Vec::with_capacity(outer * len * inner);
    for row in 0..outer {
        let first = (row * all + start) * inner;
        out.extend_from_slice(&x.as_slice()[first..first + len * inner]);
    }
    out
}

/// The adjoint of a slice.
pub(super) fn pad<A: Semiring>(x: &AnyTensor<A>, axis: usize, start: usize, len: usize) -> Vec<A> {
    let (outer, part, inner) = around(x.dims(), axis);
    let mut out = zeros(outer * len * inner);
    for row in 0..outer {
        let first = (row * len + start) * inner;
        let from = &x.as_slice()[row * part * inner..(row + 1) * part * inner];
        out[first..first + part * inner].clone_from_slice(from);
    }
    out
}
