//! Contractions as products of matrices.

use super::float::Float;
use super::place::{Memory, Place};
use super::product_axes::{Axis, ProductAxes};
use super::threads::pieces;
use super::view::View;
use crate::program::Contract;
use cotangent_kernels::{Matrix, MatrixMut, Product, matmul};

/// Products of matrices, in loops over the axes that are none of a matrix.
#[derive(Clone, Debug)]
pub(super) struct ProductStep {
    left: Place,
    right: Place,
    to: [Place; 1],
    outer: Box<[Axis]>,
    m: usize,
    k: usize,
    n: usize,
    /// Of rows and of columns: of the operands and of the result.
    strides: [[usize; 2]; 3],
    /// Whether products are added to the result, which begins as zeros.
    adds: bool,
    is_empty: bool,
    /// Whether what each entry of the first of the outer axes makes is apart from what the others make.
    is_apart: bool,
}

/// The operands and the result of a part of a product.
struct Part<'p, T> {
    a: &'p [T],
    b: &'p [T],
    c: &'p mut [T],
    m: usize,
    n: usize,
    /// On how many threads.
    threads: usize,
}

/// Products of matrices with more than so many multiplications are made in two halves, rows or columns, whichever are more: by size alone,
/// since the order of a sum may be another. Halves are halved again if each half has so many; the product itself if it has so many, since
/// the factor that is packed for both halves costs less than a thread without work.
#[cfg(not(test))]
const HALVED: usize = 16 << 20;
#[cfg(not(test))]
const ROWS: usize = 128;
/// The programs of the tests are small, and are to be cut.
#[cfg(test)]
const HALVED: usize = 8;
#[cfg(test)]
const ROWS: usize = 1;

/// Halves are multiples of so many rows or columns, which are whole tiles of the kernels.
const TILE: usize = 64;

impl ProductStep {
    pub fn new(labels: &Contract, x: [&View; 2], places: [Place; 2], to: Place) -> ProductStep {
        let axes = ProductAxes::of(labels, x);
        let (Product { m, k, n }, outer) = (axes.size, axes.outer);
        let [.., [row, column]] = axes.strides;
        let is_apart = outer.first().is_some_and(|first| {
            let others = outer[1..].iter().map(|axis| [axis[0], axis[3]]);
            let others = others.chain([[m, row], [n, column]]);
            let span: usize = others
                .map(|[dim, stride]| dim.saturating_sub(1) * stride)
                .sum();
            span < first[3]
        });
        ProductStep {
            is_apart,
            left: places[0],
            right: places[1],
            to: [to],
            m,
            k,
            n,
            strides: axes.strides,
            adds: axes.adds,
            is_empty: outer.iter().any(|axis| axis[0] == 0) || m * k * n == 0,
            outer: outer.into(),
        }
    }

    /// How many multiplications.
    pub fn size(&self) -> usize {
        let outer: usize = self.outer.iter().map(|axis| axis[0]).product();
        outer * self.m * self.k * self.n
    }

    /// How many of them threads can share.
    pub fn shared(&self) -> usize {
        let is_spread = self.is_apart && self.outer.first().is_some_and(|first| first[0] > 1);
        match is_spread || self.halved([self.m, self.n]).is_some() {
            true => self.size(),
            false => 0,
        }
    }

    /// Along which axis of its result a product of so many rows and columns is made in two halves, if it is.
    fn halved(&self, size: [usize; 2]) -> Option<usize> {
        let [m, n] = size;
        if m.saturating_mul(self.k).saturating_mul(n) <= HALVED {
            return None;
        }
        let [.., by] = self.strides;
        let spans = [(n - 1) * by[1], (m - 1) * by[0]];
        let least = match size == [self.m, self.n] {
            true => ROWS.max(2),
            false => 2 * ROWS,
        };
        let is_cut = |&axis: &usize| size[axis] >= least && spans[axis] < by[axis];
        let longer = [usize::from(n > m), usize::from(n <= m)];
        longer.into_iter().find(is_cut)
    }

    pub fn run<T: Float>(&self, memory: &mut Memory<'_, '_, T>, threads: usize, step: usize) {
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
                let (m, n) = (self.m, self.n);
                let part = Part {
                    a,
                    b,
                    c,
                    m,
                    n,
                    threads,
                };
                match &*self.outer {
                    [first, rest @ ..] if self.is_apart && threads > 1 => {
                        let pieces = pieces(threads, self.size()).min(first[0]);
                        self.spread(first, rest, first[0], part, pieces);
                    }
                    axes => self.each(axes, part),
                }
            }
        });
    }

    /// Some entries of the first axis, in halves on some threads.
    fn spread<T: Float>(
        &self,
        first: &Axis,
        rest: &[Axis],
        entries: usize,
        part: Part<'_, T>,
        pieces: usize,
    ) {
        let &[_, i, j, k] = first;
        if pieces < 2 {
            for at in 0..entries {
                let part = Part {
                    a: &part.a[at * i..],
                    b: &part.b[at * j..],
                    c: &mut part.c[at * k..],
                    // Pieces are as many as there are threads, or each is small.
                    threads: 1,
                    ..part
                };
                self.each(rest, part);
            }
            return;
        }
        let (here, half) = (pieces / 2, entries * (pieces / 2) / pieces);
        let (c, after) = part.c.split_at_mut(half * k);
        let one = Part { c, ..part };
        let other = Part {
            a: &part.a[half * i..],
            b: &part.b[half * j..],
            c: after,
            ..one
        };
        rayon::join(
            || self.spread(first, rest, half, one, here),
            || self.spread(first, rest, entries - half, other, pieces - here),
        );
    }

    /// The products along some axes.
    fn each<T: Float>(&self, axes: &[Axis], part: Part<'_, T>) {
        match axes {
            [] => self.matrix(part),
            [[dim, i, j, k], rest @ ..] => {
                for at in 0..*dim {
                    let part = Part {
                        a: &part.a[at * i..],
                        b: &part.b[at * j..],
                        c: &mut part.c[at * k..],
                        ..part
                    };
                    self.each(rest, part);
                }
            }
        }
    }

    /// One product. A large one is two, one below the other or beside it.
    fn matrix<T: Float>(&self, part: Part<'_, T>) {
        let Part { m, n, .. } = part;
        let [a_by, b_by, c_by] = self.strides;
        if let Some(axis) = self.halved([m, n]) {
            return self.halves(axis, part);
        }
        let a = Matrix {
            data: part.a,
            row: a_by[0],
            column: a_by[1],
        };
        let b = Matrix {
            data: part.b,
            row: b_by[0],
            column: b_by[1],
        };
        let c = MatrixMut {
            data: part.c,
            row: c_by[0],
            column: c_by[1],
        };
        // The operands and the result are where the axes say.
        let done = matmul(Product { m, k: self.k, n }, a, b, c, self.adds);
        debug_assert_eq!(done, Ok(()));
    }

    /// The first half of the rows or of the columns of the result, and the others.
    fn halves<T: Float>(&self, axis: usize, part: Part<'_, T>) {
        let Part { a, b, m, n, .. } = part;
        let [a_by, b_by, c_by] = self.strides;
        let half = [m, n][axis] / 2;
        let tile = TILE.min(half);
        let half = half / tile * tile;
        let (c, rest) = part.c.split_at_mut(half * c_by[axis]);
        let (mut one, mut other) = (Part { c, ..part }, Part { c: rest, ..part });
        match axis {
            0 => {
                (one.m, other.m) = (half, m - half);
                other.a = &a[half * a_by[0]..];
            }
            _ => {
                (one.n, other.n) = (half, n - half);
                other.b = &b[half * b_by[1]..];
            }
        }
        match one.threads {
            0 | 1 => {
                self.matrix(one);
                self.matrix(other);
            }
            _ => {
                rayon::join(|| self.matrix(one), || self.matrix(other));
            }
        }
    }
}
