//! The axes of a contraction, as those of matrices: transpositions and batches are strides.

use super::view::{View, joined};
use crate::program::Contract;
use cotangent_kernels::{Product, SmallProduct};

/// Of an axis its dim, and the strides in the operands and in the result.
pub(super) type Axis = [usize; 4];

/// Products of matrices, for each entry of the axes that are none of a matrix.
#[derive(Clone, Debug)]
pub(super) struct ProductAxes {
    pub outer: Vec<Axis>,
    pub size: Product,
    /// Of rows and of columns: of the operands and of the result.
    pub strides: [[usize; 2]; 3],
    /// Whether some of the outer axes are summed.
    pub adds: bool,
}

/// Which factor of a small product is copied, so that its rows, or its columns, lie as the kernel takes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turned {
    Neither,
    /// By columns.
    Left,
    /// By rows.
    Right,
}

impl ProductAxes {
    pub fn of(labels: &Contract, x: [&View; 2]) -> Self {
        let place = |labels: &[usize], label: usize| labels.iter().position(|&l| l == label);
        let dim = |label: usize| match place(&labels.left, label) {
            Some(axis) => x[0].dims[axis],
            None => place(&labels.right, label).map_or(1, |axis| x[1].dims[axis]),
        };
        let dims: Vec<usize> = labels.result.iter().map(|&label| dim(label)).collect();
        let result = super::view::dense(&dims);
        let group = |in_left: bool, in_right: bool, in_result: bool| -> Vec<Axis> {
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
            axes.collect()
        };
        let mut outer = group(true, true, true);
        // The longest axis of a group is that of the matrices.
        let mut main = |mut axes: Vec<Axis>| {
            let longest = (0..axes.len()).max_by_key(|&i| axes[i][0]);
            let main = longest.map_or([1, 1, 1, 1], |i| axes.remove(i));
            outer.extend(&axes);
            (main, axes.len())
        };
        let (rows, _) = main(group(true, false, true));
        let (columns, _) = main(group(false, true, true));
        let (summed, more) = main(group(true, true, false));
        ProductAxes {
            size: Product {
                m: rows[0],
                k: summed[0],
                n: columns[0],
            },
            strides: [
                [rows[1], summed[1]],
                [summed[2], columns[2]],
                [rows[3], columns[3]],
            ],
            adds: more > 0,
            outer,
        }
    }

    /// How many multiplications.
    pub fn multiplications(&self) -> usize {
        let outer: usize = self.outer.iter().map(|axis| axis[0]).product();
        outer * self.size.m * self.size.k * self.size.n
    }

    /// Where the matrices of each entry of the outer axes begin.
    pub fn entries(&self) -> Vec<[usize; 3]> {
        let mut all = vec![[0; 3]];
        for &[dim, i, j, k] in &self.outer {
            let with = |[a, b, c]: [usize; 3], at: usize| [a + at * i, b + at * j, c + at * k];
            all = all
                .into_iter()
                .flat_map(|start| (0..dim).map(move |at| with(start, at)))
                .collect();
        }
        all
    }

    /// A product in registers, if one of these ways is one.
    pub fn small(&self, at: [usize; 3], turned: Turned) -> Option<SmallProduct> {
        let mut strides = self.strides;
        match turned {
            Turned::Neither => {}
            Turned::Left => strides[0] = [1, self.size.m],
            Turned::Right => strides[1] = [self.size.n, 1],
        }
        // Registers are fewer than 2^32.
        SmallProduct::new(self.size, at.map(|at| at as u32), strides)
    }

    /// Which factor has to be copied for a product in registers; nothing if that is no way, or the sum goes over several axes.
    pub fn turned(&self) -> Option<Turned> {
        let all = [Turned::Neither, Turned::Right, Turned::Left];
        let is_way = |&turned: &Turned| self.small([0; 3], turned).is_some();
        all.into_iter().find(is_way).filter(|_| !self.adds)
    }
}
