//! Sums of lines, each times a scalar: what a convolution and its gradients are, where the rows of a window lie in lines of their
//! own. A tile of the result stays in registers while a sum runs, in order, whatever the vectors of the machine.

use crate::float::Float;
use crate::length::{LengthError, reaches};
use pulp::{Arch, Simd, WithSimd};

/// Rows of sums: each is `Σ a[row + term[0]] b[term[1]..][..columns]` over the terms, in order, each product rounded once with the
/// sum before it.
///
/// A window of 2 over a line, as a product that reads the line where it lies:
///
/// ```
/// use cotangent_kernels::Sums;
/// let sums = Sums::new([0], [[0, 0], [1, 1]], 3, 3);
/// let mut c = [0.0; 3];
/// sums.write(&[10.0, 1.0], &[1.0, 2.0, 3.0, 4.0], &mut c)?;
/// assert_eq!(c, [12.0, 23.0, 34.0]);
/// sums.add(&[1.0, 0.0], &[1.0; 4], &mut c)?;
/// assert_eq!(c, [13.0, 24.0, 35.0]);
/// # Ok::<(), cotangent_kernels::LengthError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sums {
    rows: Box<[usize]>,
    terms: Box<[[usize; 2]]>,
    columns: usize,
    apart: usize,
    /// How far terms reach in `a` after the beginning of a row.
    deep: usize,
    /// How far they reach in each of the three.
    reach: [usize; 3],
}

impl Sums {
    /// Where each row begins in `a`; where each term is after that, and where its line begins in `b`; how long lines are; and how
    /// far apart the rows are in the result.
    pub fn new(
        rows: impl IntoIterator<Item = usize>,
        terms: impl IntoIterator<Item = [usize; 2]>,
        columns: usize,
        apart: usize,
    ) -> Self {
        let rows: Box<[usize]> = rows.into_iter().collect();
        let terms: Box<[[usize; 2]]> = terms.into_iter().collect();
        let last = rows.iter().max().copied().unwrap_or(0);
        let most = |i: usize| terms.iter().map(|term| term[i]).max();
        let deep = most(0).map_or(0, |at| at.saturating_add(1));
        let reach = match rows.is_empty() || columns == 0 {
            true => [0; 3],
            false => [
                last.saturating_add(deep),
                most(1).map_or(0, |at| at.saturating_add(columns)),
                apart.saturating_mul(rows.len() - 1).saturating_add(columns),
            ],
        };
        Sums {
            rows,
            terms,
            columns,
            apart,
            deep,
            reach,
        }
    }

    /// Writes the sums.
    ///
    /// # Errors
    ///
    /// [`LengthError`] if a slice is too short.
    pub fn write<T: Float>(&self, a: &[T], b: &[T], c: &mut [T]) -> Result<(), LengthError> {
        self.run(a, b, c, false)
    }

    /// Adds the sums to what is there.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    pub fn add<T: Float>(&self, a: &[T], b: &[T], c: &mut [T]) -> Result<(), LengthError> {
        self.run(a, b, c, true)
    }

    fn run<T: Float>(
        &self,
        a: &[T],
        b: &[T],
        c: &mut [T],
        accumulate: bool,
    ) -> Result<(), LengthError> {
        reaches(self.reach, [a.len(), b.len(), c.len()])?;
        Arch::new().dispatch(Run {
            sums: self,
            a,
            b,
            c,
            accumulate,
        });
        Ok(())
    }
}

/// What is summed, and where to.
struct Run<'a, T> {
    sums: &'a Sums,
    a: &'a [T],
    b: &'a [T],
    c: &'a mut [T],
    accumulate: bool,
}

impl<T: Float> WithSimd for Run<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        // A tile, the vectors of a line and a scalar are in registers.
        match S::REGISTER_COUNT > 16 {
            true => {
                let j = self.tiles::<S, 4, 4>(simd, 0);
                let j = self.tiles::<S, 8, 2>(simd, j);
                self.last::<S>(simd, j);
            }
            false => {
                let j = self.tiles::<S, 4, 2>(simd, 0);
                self.last::<S>(simd, j);
            }
        }
    }
}

impl<T: Float> Run<'_, T> {
    /// Tiles of `R` rows and `C` vectors from column `j`, as far as they go; the column that is next.
    #[inline(always)]
    fn tiles<S: Simd, const R: usize, const C: usize>(&mut self, simd: S, mut j: usize) -> usize {
        let width = C * T::lanes::<S>();
        while j + width <= self.sums.columns {
            let mut i = 0;
            while i + R <= self.sums.rows.len() {
                self.tile::<S, R, C>(simd, i, j);
                i += R;
            }
            while i < self.sums.rows.len() {
                self.tile::<S, 1, C>(simd, i, j);
                i += 1;
            }
            j += width;
        }
        j
    }

    /// The last columns: a vector, and fewer.
    #[inline(always)]
    fn last<S: Simd>(&mut self, simd: S, j: usize) {
        let j = self.tiles::<S, 8, 1>(simd, j);
        if j == self.sums.columns {
            return;
        }
        let mut i = 0;
        while i + 8 <= self.sums.rows.len() {
            self.rest::<S, 8>(simd, i, j);
            i += 8;
        }
        while i < self.sums.rows.len() {
            self.rest::<S, 1>(simd, i, j);
            i += 1;
        }
    }

    /// Of each of some rows, the scalars from where it begins: as many of each, so that one comparison says that a term is there.
    #[inline(always)]
    fn scalars<const R: usize>(&self, i: usize) -> [&[T]; R] {
        core::array::from_fn(
            #[inline(always)]
            |r| &self.a[self.sums.rows[i + r]..][..self.sums.deep],
        )
    }

    #[inline(always)]
    fn tile<S: Simd, const R: usize, const C: usize>(&mut self, simd: S, i: usize, j: usize) {
        let width = C * T::lanes::<S>();
        let mut sums = [[T::splat(simd, T::ZERO); C]; R];
        let (a, b) = (self.scalars::<R>(i), &self.b[j..]);
        for &[at, from] in &self.sums.terms {
            let mut line = [T::splat(simd, T::ZERO); C];
            line.copy_from_slice(T::vectors::<S>(&b[from..][..width]));
            for (a, sums) in a.iter().zip(&mut sums) {
                let x = T::splat(simd, a[at]);
                for (sum, y) in sums.iter_mut().zip(line) {
                    *sum = T::mul_add(simd, x, y, *sum);
                }
            }
        }
        for (r, sums) in sums.into_iter().enumerate() {
            let line = &mut self.c[(i + r) * self.sums.apart + j..][..width];
            for (c, sum) in T::vectors_mut::<S>(line).iter_mut().zip(sums) {
                *c = match self.accumulate {
                    true => T::plus(simd, *c, sum),
                    false => sum,
                };
            }
        }
    }

    /// `R` rows from row `i` of the last columns, which are fewer than a vector has.
    #[inline(always)]
    fn rest<S: Simd, const R: usize>(&mut self, simd: S, i: usize, j: usize) {
        let width = self.sums.columns - j;
        let mut sums = [T::splat(simd, T::ZERO); R];
        let (a, b) = (self.scalars::<R>(i), &self.b[j..]);
        for &[at, from] in &self.sums.terms {
            let y = T::load(simd, &b[from..][..width]);
            for (a, sum) in a.iter().zip(&mut sums) {
                *sum = T::mul_add(simd, T::splat(simd, a[at]), y, *sum);
            }
        }
        for (r, sum) in sums.into_iter().enumerate() {
            let line = &mut self.c[(i + r) * self.sums.apart + j..][..width];
            let sum = match self.accumulate {
                true => T::plus(simd, T::load(simd, line), sum),
                false => sum,
            };
            T::store(simd, line, sum);
        }
    }
}
