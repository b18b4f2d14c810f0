//! A tile: some rows of places of the windows over one image.

use super::product::{Patches, Role};
use crate::run::plan::float::Float;
use core::ops::Range;
use cotangent_kernels::{Matrix, MatrixMut, Product, Windows, matmul};

/// Where the windows of a tile are: in the image, or in its lines between zeros.
struct Tile {
    windows: Windows,
    /// Where they begin in the image.
    first: usize,
    /// The padded lines that they are of.
    lines: Range<usize>,
    /// The first place.
    place: usize,
}

impl Patches {
    /// The product of one image and one group of channels: `c` of `a` and `b`, in the order `x`, `w`, `y` without the role's own.
    /// Weights are added to those that are there.
    pub fn multiply<T: Float>(&self, a: &[T], b: &[T], c: &mut [T], held: &mut [T]) {
        let (padded, matrix) = held.split_at_mut(self.held()[0]);
        let [rows, _] = self.places;
        if self.role == Role::Images {
            c[..self.channels * self.image[0] * self.image[1]].fill(T::zero());
        }
        for row in (0..rows).step_by(self.rows()) {
            let tile = self.tile(row, self.rows().min(rows - row));
            let (k, n) = (tile.windows.rows(), tile.windows.columns());
            let matrix = &mut matrix[..k * n];
            let [f, of_k] = self.of_w;
            let [row, of_p] = self.of_y;
            let y = tile.place * of_p;
            let m = self.filters;
            match self.role {
                Role::Result => {
                    self.gather(&tile, a, padded, matrix);
                    let a = Matrix {
                        data: b,
                        row: f,
                        column: of_k,
                    };
                    let c = MatrixMut {
                        data: &mut c[y..],
                        row,
                        column: of_p,
                    };
                    fits(matmul(
                        Product { m, k, n },
                        a,
                        Matrix::rows(matrix, n),
                        c,
                        false,
                    ));
                }
                Role::Weights => {
                    self.gather(&tile, a, padded, matrix);
                    let a = Matrix {
                        data: &b[y..],
                        row,
                        column: of_p,
                    };
                    let u = Matrix::rows(&*matrix, n).transposed();
                    let c = MatrixMut {
                        data: &mut *c,
                        row: f,
                        column: of_k,
                    };
                    fits(matmul(Product { m, k: n, n: k }, a, u, c, true));
                }
                Role::Images => {
                    let a = Matrix {
                        data: a,
                        row: of_k,
                        column: f,
                    };
                    let b = Matrix {
                        data: &b[y..],
                        row,
                        column: of_p,
                    };
                    let u = MatrixMut::rows(&mut *matrix, n);
                    fits(matmul(Product { m: k, k: m, n }, a, b, u, false));
                    self.add(&tile, matrix, padded, c);
                }
            }
        }
    }

    /// So many rows of places from one on.
    fn tile(&self, row: usize, rows: usize) -> Tile {
        let [down, across] = self.window.stride;
        let [below, beside] = self.window.dilation;
        let [height, width] = self.window.kernel;
        let (start, count) = (row * down, self.lines(rows));
        let (line, channel, first) = match self.is_padded() {
            true => (self.line(), count * self.line(), 0),
            false => {
                let [height, width] = self.image;
                (width, height * width, start * width)
            }
        };
        Tile {
            windows: Windows {
                entries: [
                    (self.channels, channel),
                    (height, below * line),
                    (width, beside),
                ],
                places: [(rows, down * line), (self.places[1], across)],
            },
            first,
            lines: start..start + count,
            place: row * self.places[1],
        }
    }

    fn gather<T: Float>(&self, tile: &Tile, x: &[T], padded: &mut [T], matrix: &mut [T]) {
        if !self.is_padded() {
            fits(tile.windows.gather(&x[tile.first..], matrix));
            return;
        }
        padded.fill(T::zero());
        self.each_line(tile, |image, line| {
            padded[line].copy_from_slice(&x[image]);
        });
        fits(tile.windows.gather(padded, matrix));
    }

    fn add<T: Float>(&self, tile: &Tile, matrix: &[T], padded: &mut [T], x: &mut [T]) {
        if !self.is_padded() {
            fits(tile.windows.add(matrix, &mut x[tile.first..]));
            return;
        }
        padded.fill(T::zero());
        fits(tile.windows.add(matrix, padded));
        self.each_line(tile, |image, line| {
            for (x, &more) in x[image].iter_mut().zip(&padded[line]) {
                *x += more;
            }
        });
    }

    /// The lines of the image under a tile, and where they are between zeros.
    fn each_line(&self, tile: &Tile, mut visit: impl FnMut(Range<usize>, Range<usize>)) {
        let ([height, width], [above, before]) = (self.image, self.window.padding);
        for channel in 0..self.channels {
            for (number, padded) in tile.lines.clone().enumerate() {
                if let Some(line) = padded.checked_sub(above).filter(|&line| line < height) {
                    let image = (channel * height + line) * width;
                    let line = (channel * tile.lines.len() + number) * self.line() + before;
                    visit(image..image + width, line..line + width);
                }
            }
        }
    }
}

/// The matrices and windows lie where the plan says.
#[inline]
fn fits<E: core::fmt::Debug + PartialEq>(result: Result<(), E>) {
    debug_assert_eq!(result, Ok(()));
}
