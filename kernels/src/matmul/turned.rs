//! Products whose second factor is stored by columns: the crate `gemm` is slow to pack it, so it, or the others, are turned first.
//! The copies lie in a buffer of the thread: a part of the second factor, or the first factor and a part of the result.

use super::choose::by_strides;
use super::matrix::{Matrix, MatrixMut, Product};
use super::transpose::transpose;
use crate::float::Float;

/// A part of the second factor has at most so many rows and so many columns.
const PART: usize = 512;

/// `c = a b`, or `c += a b`, by a copy of `b` by rows, a part after the other. `b.row` and `c.column` are 1.
pub(super) fn second_turned<T: Float>(
    size: Product,
    a: Matrix<T>,
    b: Matrix<T>,
    c: MatrixMut<T>,
    accumulate: bool,
) {
    let (deep, wide) = (size.k.min(PART), size.n.min(PART));
    let stride = apart(wide);
    T::with_buffer(deep * stride, |buffer| {
        for j in (0..size.n).step_by(wide) {
            for q in (0..size.k).step_by(deep) {
                let (k, n) = (deep.min(size.k - q), wide.min(size.n - j));
                let part = Matrix {
                    data: &b.data[j * b.column + q..],
                    ..b
                };
                transpose(part, [k, n], buffer, stride);
                let part = Product { m: size.m, k, n };
                let a = Matrix {
                    data: &a.data[q * a.column..],
                    ..a
                };
                let b = Matrix::rows(buffer, stride);
                let c = MatrixMut {
                    data: &mut c.data[j..],
                    row: c.row,
                    column: 1,
                };
                by_strides(part, a, b, c, accumulate || q > 0);
            }
        }
    });
}

/// `c = a b`, or `c += a b`, as `cᵀ = bᵀ aᵀ`, whose second factor and result are copies by rows, a part of the columns of `c`
/// after the other. `b.row` and `c.column` are 1, and so is `a.column` or `a.row`.
pub(super) fn others_turned<T: Float>(
    size: Product,
    a: Matrix<T>,
    b: Matrix<T>,
    c: MatrixMut<T>,
    accumulate: bool,
) {
    let Product { m, k, n } = size;
    let (wide, stride) = (n.min(PART), apart(m));
    let of_a = if a.row == 1 { 0 } else { k * stride };
    T::with_buffer(of_a + wide * stride, |buffer| {
        let (first, result) = buffer.split_at_mut(of_a);
        let a = match a.row {
            1 => a.transposed(),
            _ => {
                transpose(a.transposed(), [k, m], first, stride);
                Matrix::rows(&*first, stride)
            }
        };
        for j in (0..n).step_by(wide) {
            let size = Product {
                m: wide.min(n - j),
                k,
                n: m,
            };
            let b = Matrix {
                data: &b.data[j * b.column..],
                ..b
            };
            if accumulate {
                let before = Matrix {
                    data: &c.data[j..],
                    row: 1,
                    column: c.row,
                };
                transpose(before, [size.m, m], result, stride);
            }
            let sums = MatrixMut::rows(result, stride);
            by_strides(size, b.transposed(), a, sums, accumulate);
            let sums = Matrix::rows(&*result, stride).transposed();
            transpose(sums, [m, size.m], &mut c.data[j..], c.row);
        }
    });
}

/// How far apart the rows of a copy are: no power of two, which would put them into the same lines of the cache.
fn apart(columns: usize) -> usize {
    match columns {
        64.. => columns.next_multiple_of(32) + 16,
        _ => columns,
    }
}
