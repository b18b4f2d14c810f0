//! Products of matrices that are so small that the choice of a way would take longer than they do: it is made before.

use super::choose::{Choice, Way, choose, is_direct};
use super::direct::Direct;
use super::dots::Dots;
use super::matrix::{Matrix, MatrixMut, Product, are_apart};
use crate::float::Float;
use pulp::{Simd, WithSimd};

/// A product with its strides, computed as [`matmul`](super::matmul) would.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chosen {
    size: Product,
    strides: [[usize; 2]; 3],
    is_transposed: bool,
    by_dots: bool,
}

impl Chosen {
    /// Nothing if it needs a copy of a matrix, if two elements of the result share a place, or if there are none.
    pub(crate) fn new(size: Product, strides: [[usize; 2]; 3]) -> Option<Self> {
        let Product { m, k, n } = size;
        if m * k * n == 0 || !are_apart([m, n], strides[2]) {
            return None;
        }
        let choice = choose(size, strides);
        let Choice {
            size,
            strides,
            is_transposed,
            way,
        } = choice;
        let by_dots = way == Way::Dots;
        let is_as_it_is = way == Way::ByStrides && is_direct(size, strides[1][1], strides[2][1]);
        (by_dots || is_as_it_is).then_some(Chosen {
            size,
            strides,
            is_transposed,
            by_dots,
        })
    }

    /// `c = a b`.
    ///
    /// # Panics
    ///
    /// If a slice is too short.
    #[inline(always)]
    pub(crate) fn run<T: Float, S: Simd>(&self, simd: S, a: &[T], b: &[T], c: &mut [T]) {
        let (a, b) = match self.is_transposed {
            true => (b, a),
            false => (a, b),
        };
        let [first, second, result] = self.strides;
        let (a, b) = (Matrix::by(a, first), Matrix::by(b, second));
        let (size, c, accumulate) = (self.size, MatrixMut::by(c, result), false);
        match self.by_dots {
            true => Dots {
                size,
                a,
                b,
                c,
                accumulate,
            }
            .with_simd(simd),
            false => Direct {
                size,
                a,
                b,
                c,
                accumulate,
            }
            .with_simd(simd),
        }
    }
}
