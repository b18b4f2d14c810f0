//! Products of few rows with a factor that is stored by columns: each element is the product of a row and a column as they lie,
//! summed in 16 lanes, then by halves, on every machine.

use super::matrix::{Matrix, MatrixMut, Product};
use crate::float::Float;
use crate::reduce::Dot;
use pulp::{Simd, WithSimd};

const LANES: usize = 16;

/// `c = a b`, or `c += a b`. The matrices were checked, and `a.column` and `b.row` are 1.
pub(super) struct Dots<'a, T> {
    pub(super) size: Product,
    pub(super) a: Matrix<'a, T>,
    pub(super) b: Matrix<'a, T>,
    pub(super) c: MatrixMut<'a, T>,
    pub(super) accumulate: bool,
}

impl<T: Float> WithSimd for Dots<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Product { m, k, n } = self.size;
        for i in 0..m {
            let row = &self.a.data[i * self.a.row..][..k];
            for j in 0..n {
                let column = &self.b.data[j * self.b.column..][..k];
                let sum = match k < LANES {
                    true => in_order(row, column),
                    false => dot(simd, row, column),
                };
                let c = &mut self.c.data[i * self.c.row + j * self.c.column];
                *c = if self.accumulate { *c + sum } else { sum };
            }
        }
    }
}

#[inline(always)]
fn in_order<T: Float>(x: &[T], y: &[T]) -> T {
    let mut sum = T::ZERO;
    for (&x, &y) in x.iter().zip(y) {
        sum = x.fma(y, sum);
    }
    sum
}

#[inline(always)]
fn dot<T: Float, S: Simd>(simd: S, x: &[T], y: &[T]) -> T {
    let (xs, x) = x.as_chunks::<LANES>();
    let (ys, y) = y.as_chunks::<LANES>();
    // What fills no lanes is summed in order.
    let sum = in_order(x, y);
    let (x, y) = (xs.as_flattened(), ys.as_flattened());
    Dot::<T, LANES> { x, y }.with_simd(simd) + sum
}
