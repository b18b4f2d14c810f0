//! Products of matrices of any strides, by plain loops.

use super::float::Float;

/// A matrix to be read: its elements, how far apart its rows are, and its columns.
#[derive(Clone, Copy)]
pub(super) struct Matrix<'m, T> {
    pub data: &'m [T],
    pub rows: usize,
    pub columns: usize,
}

/// A matrix to be written.
pub(super) struct MatrixMut<'m, T> {
    pub data: &'m mut [T],
    pub rows: usize,
    pub columns: usize,
}

/// `c = a b`, or `c += a b` if it accumulates, of `[m, k]` and `[k, n]`.
pub(super) fn matmul<T: Float>(
    [m, k, n]: [usize; 3],
    a: Matrix<'_, T>,
    b: Matrix<'_, T>,
    c: MatrixMut<'_, T>,
    accumulate: bool,
) {
    let MatrixMut {
        data,
        rows,
        columns,
    } = c;
    for i in 0..m {
        let a = |p: usize| a.data[i * a.rows + p * a.columns];
        let row = &mut data[i * rows..];
        if columns == 1 && b.columns == 1 {
            let row = &mut row[..n];
            if !accumulate {
                row.fill(T::zero());
            }
            for p in 0..k {
                let x = a(p);
                for (c, &y) in row.iter_mut().zip(&b.data[p * b.rows..][..n]) {
                    *c += x * y;
                }
            }
        } else {
            for j in 0..n {
                let mut sum = T::zero();
                for p in 0..k {
                    sum += a(p) * b.data[p * b.rows + j * b.columns];
                }
                let place = &mut row[j * columns];
                *place = if accumulate { *place + sum } else { sum };
            }
        }
    }
}
