//! Products of small matrices, between registers.

use super::registers::Rest;
use crate::float::Float;
use crate::matmul::{Chosen, Product};
use pulp::Simd;

/// A product of small matrices that lie in registers, made by [`matmul`](crate::matmul)'s kernels without a copy.
#[derive(Clone, Debug)]
pub struct SmallProduct {
    chosen: Chosen,
    /// The first registers of the factors and of the result, and how many elements lie from the first of each to its last.
    at: [[u32; 2]; 3],
}

impl SmallProduct {
    /// The product of matrices at these registers, with these strides from row to row and from column to column. Nothing if it
    /// needs a copy of a matrix by rows, if two elements of the result share a place, or if there are none.
    pub fn new(size: Product, at: [u32; 3], strides: [[usize; 2]; 3]) -> Option<Self> {
        let chosen = Chosen::new(size, strides)?;
        let Product { m, k, n } = size;
        let mut all = [[0; 2]; 3];
        for (i, [rows, columns]) in [[m, k], [k, n], [m, n]].into_iter().enumerate() {
            let [row, column] = strides[i];
            let last = (rows - 1).checked_mul(row)?;
            let last = last.checked_add((columns - 1).checked_mul(column)?)?;
            all[i] = [at[i], u32::try_from(last).ok()?.checked_add(1)?];
        }
        Some(SmallProduct { chosen, at: all })
    }

    /// Nothing if a register is not there, or a factor lies in the result.
    #[inline(always)]
    pub(super) fn run<T: Float, S: Simd>(&self, simd: S, registers: &mut [T]) -> Option<()> {
        let [a, b, [to, len]] = self.at;
        let (rest, c) = Rest::around(registers, to, len)?;
        let [a, b] = [a, b].map(|[at, len]| rest.slice(at, len));
        self.chosen.run(simd, a?, b?, c);
        Some(())
    }
}
