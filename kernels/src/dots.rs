//! Products of each of some lines with each of others: the gradient of a convolution's weights where places are many. Each is summed
//! in 16 lanes, then by halves, on every machine.

use crate::float::Float;
use crate::length::{LengthError, reaches};
use crate::reduce::total;
use pulp::{Arch, Simd, WithSimd};

const LANES: usize = 16;

/// To element `row[1] + column[1]` is added `Σ a[row[0] + i] b[column[0] + i]`, over so many `i`.
///
/// ```
/// use cotangent_kernels::Dots;
/// let dots = Dots::new([[0, 0]], [[0, 0], [1, 1]], 3);
/// let mut c = [0.0; 2];
/// dots.add(&[1.0, 10.0, 100.0], &[1.0, 2.0, 3.0, 4.0], &mut c)?;
/// assert_eq!(c, [321.0, 432.0]);
/// # Ok::<(), cotangent_kernels::LengthError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dots {
    rows: Box<[[usize; 2]]>,
    columns: Box<[[usize; 2]]>,
    len: usize,
    /// How far they reach in each of the three.
    reach: [usize; 3],
}

impl Dots {
    /// Where the lines of `a` and those of `b` begin, and where each is in the result; and how long all of them are.
    pub fn new(
        rows: impl IntoIterator<Item = [usize; 2]>,
        columns: impl IntoIterator<Item = [usize; 2]>,
        len: usize,
    ) -> Self {
        let [rows, columns]: [Box<[_]>; 2] =
            [rows.into_iter().collect(), columns.into_iter().collect()];
        let most = |lines: &[[usize; 2]], i: usize| lines.iter().map(|line| line[i]).max();
        let end = |at: Option<usize>, more: usize| at.map_or(0, |at| at.saturating_add(more));
        let to = most(&rows, 1).zip(most(&columns, 1));
        let reach = match to {
            Some((i, j)) => [
                end(most(&rows, 0), len),
                end(most(&columns, 0), len),
                i.saturating_add(j).saturating_add(1),
            ],
            None => [0; 3],
        };
        Dots {
            rows,
            columns,
            len,
            reach,
        }
    }

    /// Adds the products to what is there.
    ///
    /// # Errors
    ///
    /// [`LengthError`] if a slice is too short.
    pub fn add<T: Float>(&self, a: &[T], b: &[T], c: &mut [T]) -> Result<(), LengthError> {
        reaches(self.reach, [a.len(), b.len(), c.len()])?;
        Arch::new().dispatch(Run {
            dots: self,
            a,
            b,
            c,
        });
        Ok(())
    }
}

/// What is multiplied, and where it is added.
struct Run<'a, T> {
    dots: &'a Dots,
    a: &'a [T],
    b: &'a [T],
    c: &'a mut [T],
}

impl<T: Float> WithSimd for Run<'_, T> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        // How many vectors the lanes are, and then the largest tile that is in registers.
        let is_large = S::REGISTER_COUNT > 16;
        match (LANES / T::lanes::<S>(), is_large) {
            (1, true) => self.all::<S, 4, 4, 1>(simd),
            (1, false) => self.all::<S, 4, 2, 1>(simd),
            (2, true) => self.all::<S, 4, 2, 2>(simd),
            (2, false) => self.all::<S, 2, 2, 2>(simd),
            (4, _) => self.all::<S, 2, 1, 4>(simd),
            (8, _) => self.all::<S, 1, 1, 8>(simd),
            _ => self.all::<S, 1, 1, LANES>(simd),
        }
    }
}

impl<T: Float> Run<'_, T> {
    /// In tiles of `R` lines by `C`, whose lanes are `V` vectors each.
    #[inline(always)]
    fn all<S: Simd, const R: usize, const C: usize, const V: usize>(&mut self, simd: S) {
        let [rows, columns] = [self.dots.rows.len(), self.dots.columns.len()];
        let (tall, wide) = (rows - rows % R, columns - columns % C);
        for j in (0..wide).step_by(C) {
            for i in (0..tall).step_by(R) {
                self.tile::<S, R, C, V>(simd, i, j);
            }
            for i in tall..rows {
                self.tile::<S, 1, C, V>(simd, i, j);
            }
        }
        for j in wide..columns {
            for i in (0..tall).step_by(R) {
                self.tile::<S, R, 1, V>(simd, i, j);
            }
            for i in tall..rows {
                self.tile::<S, 1, 1, V>(simd, i, j);
            }
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const R: usize, const C: usize, const V: usize>(
        &mut self,
        simd: S,
        i: usize,
        j: usize,
    ) {
        let Dots {
            rows, columns, len, ..
        } = self.dots;
        let a: [&[T]; R] = core::array::from_fn(
            #[inline(always)]
            |r| &self.a[rows[i + r][0]..][..*len],
        );
        let b: [&[T]; C] = core::array::from_fn(
            #[inline(always)]
            |s| &self.b[columns[j + s][0]..][..*len],
        );
        let mut lanes = [[[T::splat(simd, T::ZERO); V]; C]; R];
        let whole = len - len % LANES;
        let (mut x, mut y) = (
            [[T::splat(simd, T::ZERO); V]; R],
            [[T::splat(simd, T::ZERO); V]; C],
        );
        for at in (0..whole).step_by(LANES) {
            // Loops, since `map` of an array is not always inlined.
            for (x, a) in x.iter_mut().zip(&a) {
                x.copy_from_slice(T::vectors::<S>(&a[at..][..LANES]));
            }
            for (y, b) in y.iter_mut().zip(&b) {
                y.copy_from_slice(T::vectors::<S>(&b[at..][..LANES]));
            }
            for (lanes, x) in lanes.iter_mut().zip(x) {
                for (lanes, y) in lanes.iter_mut().zip(y) {
                    for ((lane, x), y) in lanes.iter_mut().zip(x).zip(y) {
                        *lane = T::mul_add(simd, x, y, *lane);
                    }
                }
            }
        }
        for (r, lanes) in lanes.into_iter().enumerate() {
            for (s, lanes) in lanes.into_iter().enumerate() {
                // What fills no lanes is summed in order.
                let mut rest = T::ZERO;
                for (&x, &y) in a[r][whole..].iter().zip(&b[s][whole..]) {
                    rest = x.fma(y, rest);
                }
                let c = &mut self.c[rows[i + r][1] + columns[j + s][1]];
                *c = *c + (total::<T, S, V>(simd, lanes) + rest);
            }
        }
    }
}
