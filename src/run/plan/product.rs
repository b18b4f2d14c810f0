//! Contractions as products of matrices: transpositions and batches are strides.

use super::float::Float;
use super::place::{Memory, Place};
use super::view::{View, joined};
use crate::program::Contract;
use cotangent_kernels::{Matrix, MatrixMut, Product, matmul};

/// Products of matrices, in loops over the axes that are none of a matrix.
#[derive(Clone, Debug)]
pub(super) struct ProductStep {
    left: Place,
    right: Place,
    to: [Place; 1],
    /// Of each axis its dim, and the strides in the operands and in the result.
    outer: Box<[[usize; 4]]>,
    m: usize,
    k: usize,
    n: usize,
    /// Of rows and of columns: of the operands and of the result.
    strides: [[usize; 2]; 3],
    /// Whether products are added to the result, which begins as zeros.
    adds: bool,
    is_empty: bool,
}

/// The axes of some labels, joined where all walk over both in one.
struct Group {
    axes: Vec<[usize; 4]>,
}

impl ProductStep {
    pub fn new(labels: &Contract, x: [&View; 2], places: [Place; 2], to: Place) -> ProductStep {
        let place = |labels: &[usize], label: usize| labels.iter().position(|&l| l == label);
        let dim = |label: usize| match place(&labels.left, label) {
            Some(axis) => x[0].dims[axis],
            None => place(&labels.right, label).map_or(1, |axis| x[1].dims[axis]),
        };
        let dims: Vec<usize> = labels.result.iter().map(|&label| dim(label)).collect();
        let result = super::view::dense(&dims);
        let group = |in_left: bool, in_right: bool, in_result: bool| {
            let order = if in_result {
                &labels.result
            } else {
                &labels.left
            };
            let of = |label: &&usize| {
                place(&labels.left, **label).is_some() == in_left
                    && place(&labels.right, **label).is_some() == in_right
                    && place(&labels.result, **label).is_some() == in_result
            };
            let chosen: Vec<usize> = order.iter().filter(of).copied().collect();
            let dims: Vec<usize> = chosen.iter().map(|&label| dim(label)).collect();
            let strides = |labels: &[usize], strides: &[usize]| -> Vec<usize> {
                let of = |&label: &usize| place(labels, label).map_or(0, |axis| strides[axis]);
                chosen.iter().map(of).collect()
            };
            let walks = [
                strides(&labels.left, &x[0].strides),
                strides(&labels.right, &x[1].strides),
                strides(&labels.result, &result),
            ];
            let (dims, walks) = joined(&dims, &[&walks[0], &walks[1], &walks[2]]);
            let axes = (0..dims.len()).map(|i| [dims[i], walks[0][i], walks[1][i], walks[2][i]]);
            Group {
                axes: axes.collect(),
            }
        };
        let mut outer = group(true, true, true).axes;
        // The longest axis of a group is that of the matrices.
        let mut main = |group: Group| {
            let mut axes = group.axes;
            let longest = (0..axes.len()).max_by_key(|&i| axes[i][0]);
            let main = longest.map_or([1, 1, 1, 1], |i| axes.remove(i));
            outer.extend(&axes);
            (main, axes.len())
        };
        let (rows, _) = main(group(true, false, true));
        let (columns, _) = main(group(false, true, true));
        let (summed, more) = main(group(true, true, false));
        let (m, k, n) = (rows[0], summed[0], columns[0]);
        ProductStep {
            left: places[0],
            right: places[1],
            to: [to],
            m,
            k,
            n,
            strides: [
                [rows[1], summed[1]],
                [summed[2], columns[2]],
                [rows[3], columns[3]],
            ],
            adds: more > 0,
            is_empty: outer.iter().any(|axis| axis[0] == 0) || m * k * n == 0,
            outer: outer.into(),
        }
    }

    pub fn run<T: Float>(&self, memory: &mut Memory<'_, '_, T>, step: usize) {
        memory.open::<2, _>(&self.to, step, |opened| {
            let (a, b) = (
                opened.read(&self.left, step),
                opened.read(&self.right, step),
            );
            let c = &mut *opened.written[0];
            if self.adds || self.is_empty {
                c.fill(T::zero());
            }
            if !self.is_empty {
                self.each(&self.outer, a, b, c);
            }
        });
    }

    /// The products along some axes.
    fn each<T: Float>(&self, axes: &[[usize; 4]], a: &[T], b: &[T], c: &mut [T]) {
        match axes {
            [] => {
                let [a_by, b_by, c_by] = self.strides;
                let a = Matrix {
                    data: a,
                    row: a_by[0],
                    column: a_by[1],
                };
                let b = Matrix {
                    data: b,
                    row: b_by[0],
                    column: b_by[1],
                };
                let c = MatrixMut {
                    data: c,
                    row: c_by[0],
                    column: c_by[1],
                };
                let size = Product {
                    m: self.m,
                    k: self.k,
                    n: self.n,
                };
                // The operands and the result are where the axes say.
                let done = matmul(size, a, b, c, self.adds);
                debug_assert_eq!(done, Ok(()));
            }
            [[dim, i, j, k], rest @ ..] => {
                for at in 0..*dim {
                    self.each(rest, &a[at * i..], &b[at * j..], &mut c[at * k..]);
                }
            }
        }
    }
}
