//! Products without packing, for a second factor and a result whose rows are contiguous: a tile of the result stays in
//! registers while the sum runs. An element is summed in order, whatever the vectors of the machine.

use super::matrix::{Matrix, MatrixMut, Product};
use crate::float::Float;
use pulp::{Simd, WithSimd};

/// `c = a b`, or `c += a b`. The matrices were checked, and `b.column` and `c.column` are 1.
pub(super) struct Direct<'a, T> {
    pub(super) size: Product,
    pub(super) a: Matrix<'a, T>,
    pub(super) b: Matrix<'a, T>,
    pub(super) c: MatrixMut<'a, T>,
    pub(super) accumulate: bool,
}

impl<T: Float> WithSimd for Direct<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let mut i = 0;
        while i + 4 <= self.size.m {
            let mut j = 0;
            j = self.tiles::<S, 4, 2>(simd, i, j);
            j = self.tiles::<S, 4, 1>(simd, i, j);
            self.rest::<S, 4>(simd, i, j);
            i += 4;
        }
        while i < self.size.m {
            let mut j = 0;
            j = self.tiles::<S, 1, 8>(simd, i, j);
            j = self.tiles::<S, 1, 2>(simd, i, j);
            j = self.tiles::<S, 1, 1>(simd, i, j);
            self.rest::<S, 1>(simd, i, j);
            i += 1;
        }
    }
}

impl<T: Float> Direct<'_, T> {
    /// Tiles of `R` rows from row `i` and `C` vectors, from column `j` as far as they go; the column that is next.
    #[inline(always)]
    fn tiles<S: Simd, const R: usize, const C: usize>(
        &mut self,
        simd: S,
        i: usize,
        mut j: usize,
    ) -> usize {
        let width = C * T::lanes::<S>();
        while j + width <= self.size.n {
            let mut sums = [[T::splat(simd, T::ZERO); C]; R];
            for q in 0..self.size.k {
                let line = T::vectors::<S>(&self.b.data[q * self.b.row + j..][..width]);
                for (r, sums) in sums.iter_mut().enumerate() {
                    let x = T::splat(simd, self.a.data[(i + r) * self.a.row + q * self.a.column]);
                    for (sum, &y) in sums.iter_mut().zip(line) {
                        *sum = T::mul_add(simd, x, y, *sum);
                    }
                }
            }
            for (r, sums) in sums.into_iter().enumerate() {
                let line = &mut self.c.data[(i + r) * self.c.row + j..][..width];
                for (c, sum) in T::vectors_mut::<S>(line).iter_mut().zip(sums) {
                    *c = if self.accumulate {
                        T::plus(simd, *c, sum)
                    } else {
                        sum
                    };
                }
            }
            j += width;
        }
        j
    }

    /// `R` rows from row `i` of the `C` last columns: a vector of so few takes longer.
    #[inline(always)]
    fn narrow<const R: usize, const C: usize>(&mut self, i: usize, j: usize) {
        let mut sums = [[T::ZERO; C]; R];
        for q in 0..self.size.k {
            let line = &self.b.data[q * self.b.row + j..][..C];
            for (r, sums) in sums.iter_mut().enumerate() {
                let x = self.a.data[(i + r) * self.a.row + q * self.a.column];
                for (sum, &y) in sums.iter_mut().zip(line) {
                    *sum = x.fma(y, *sum);
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let line = &mut self.c.data[(i + r) * self.c.row + j..][..C];
            for (c, sum) in line.iter_mut().zip(sums) {
                *c = if self.accumulate { *c + sum } else { sum };
            }
        }
    }

    /// `R` rows from row `i` of the last columns, which are fewer than a vector has.
    #[inline(always)]
    fn rest<S: Simd, const R: usize>(&mut self, simd: S, i: usize, j: usize) {
        let width = self.size.n - j;
        match width {
            0 => return,
            1 => return self.narrow::<R, 1>(i, j),
            2 => return self.narrow::<R, 2>(i, j),
            3 => return self.narrow::<R, 3>(i, j),
            _ => {}
        }
        let mut sums = [T::splat(simd, T::ZERO); R];
        for q in 0..self.size.k {
            let line = T::load(simd, &self.b.data[q * self.b.row + j..][..width]);
            for (r, sum) in sums.iter_mut().enumerate() {
                let x = T::splat(simd, self.a.data[(i + r) * self.a.row + q * self.a.column]);
                *sum = T::mul_add(simd, x, line, *sum);
            }
        }
        for (r, sum) in sums.into_iter().enumerate() {
            let line = &mut self.c.data[(i + r) * self.c.row + j..][..width];
            let sum = match self.accumulate {
                true => T::plus(simd, T::load(simd, line), sum),
                false => sum,
            };
            T::store(simd, line, sum);
        }
    }
}
