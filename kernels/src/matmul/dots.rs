//! Products of few rows with a factor that is stored by columns: each element is the product of a row and a column as they lie,
//! summed in 16 lanes, then by halves, on every machine.

use super::matrix::{Matrix, MatrixMut, Product};
use crate::float::Float;
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
    fn with_simd<S: Simd>(self, _simd: S) {
        let Product { m, k, n } = self.size;
        for i in 0..m {
            let row = &self.a.data[i * self.a.row..][..k];
            for j in 0..n {
                let sum = dot(row, &self.b.data[j * self.b.column..][..k]);
                let c = &mut self.c.data[i * self.c.row + j * self.c.column];
                *c = if self.accumulate { *c + sum } else { sum };
            }
        }
    }
}

#[inline(always)]
fn dot<T: Float>(x: &[T], y: &[T]) -> T {
    let (xs, x) = x.as_chunks::<LANES>();
    let (ys, y) = y.as_chunks::<LANES>();
    // What fills no lanes is summed in order.
    let mut sum = T::ZERO;
    for (&x, &y) in x.iter().zip(y) {
        sum = x.fma(y, sum);
    }
    if xs.is_empty() {
        return sum;
    }
    let mut lanes = [T::ZERO; LANES];
    for (x, y) in xs.iter().zip(ys) {
        for ((lane, &x), &y) in lanes.iter_mut().zip(x).zip(y) {
            *lane = x.fma(y, *lane);
        }
    }
    let mut half = LANES / 2;
    while half > 0 {
        let (low, high) = lanes.split_at_mut(half);
        for (low, &high) in low.iter_mut().zip(high.iter()) {
            *low = *low + high;
        }
        half /= 2;
    }
    lanes[0] + sum
}
