//! A tile: some rows of places of the windows over one image.

use super::product::{Patches, Role};
use super::way::Way;
use crate::run::plan::float::Float;
use core::ops::Range;
use cotangent_kernels::{Matrix, MatrixMut, Product, Windows, matmul};

/// Where the windows of a tile are, or the lines of them: in the image, or in its lines between zeros.
struct Tile {
    windows: Windows,
    /// Where they begin in the image.
    first: usize,
    /// The padded lines that they are of.
    lines: Range<usize>,
    /// The first place.
    place: usize,
    /// How many there are.
    places: usize,
}

impl Patches {
    /// The product of one image and one group of channels: `c` of `a` and `b`, in the order `x`, `w`, `y` without the role's own.
    /// Weights are added to those that are there.
    pub fn multiply<T: Float>(&self, a: &[T], b: &[T], c: &mut [T], held: &mut [T]) {
        let [lines, windows, _] = self.held();
        let (padded, held) = held.split_at_mut(lines);
        let (matrix, copy) = held.split_at_mut(windows);
        let [rows, _] = self.places;
        if self.role == Role::Images {
            c[..self.channels * self.image[0] * self.image[1]].fill(T::zero());
        }
        for row in (0..rows).step_by(self.rows()) {
            let tile = self.tile(row, self.rows().min(rows - row));
            let (k, n) = (tile.windows.rows(), tile.windows.columns());
            let matrix = &mut matrix[..k * n];
            if self.shift.is_some() {
                self.by_lines(&tile, [a, b], c, [padded, matrix, copy]);
                continue;
            }
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

    /// The product of a tile of lines. Sums of weights are by columns, until [`turn`](Self::turn).
    fn by_lines<T: Float>(
        &self,
        tile: &Tile,
        [a, b]: [&[T]; 2],
        c: &mut [T],
        [padded, lines, copy]: [&mut [T]; 3],
    ) {
        let way = match tile.places == self.rows() * self.places[1] {
            true => self.ways.first(),
            false => self.ways.last(),
        };
        let ([row, of_p], places) = (self.of_y, tile.places);
        let y = tile.place * of_p;
        if self.role != Role::Images {
            self.gather(tile, a, padded, lines);
        }
        let sums = match way {
            Some(Way::Sums(sums)) => sums,
            Some(Way::Dots(dots)) => return fits(dots.add(&b[y..], lines, c)),
            // `with_ways` made them with the shift.
            None => return,
        };
        match self.role {
            Role::Result => fits(sums.write(b, lines, &mut c[y..])),
            Role::Weights => {
                let y = Matrix {
                    data: &b[y..],
                    row: of_p,
                    column: row,
                };
                fits(y.write([places, self.filters], copy));
                fits(sums.add(lines, copy, c));
            }
            Role::Images => {
                let zeros = self.shift.unwrap_or(0) * self.places[1];
                let copies = copy.chunks_exact_mut(places + 2 * zeros);
                for (filter, copy) in copies.take(self.filters).enumerate() {
                    copy[..zeros].fill(T::zero());
                    copy[zeros + places..].fill(T::zero());
                    let y = &b[y + filter * row..];
                    let copy = &mut copy[zeros..zeros + places];
                    match of_p {
                        1 => copy.copy_from_slice(&y[..places]),
                        _ => {
                            for (place, copy) in copy.iter_mut().enumerate() {
                                *copy = y[place * of_p];
                            }
                        }
                    }
                }
                fits(sums.write(a, copy, lines));
                self.add(tile, lines, padded, c);
            }
        }
    }

    /// Sums of weights by columns as they are to lie.
    pub fn turn<T: Float>(&self, weights: &mut [T], held: &mut [T]) {
        let size = self.filters * self.entries();
        if self.shift.is_none() || self.role != Role::Weights || self.is_long() {
            return;
        }
        for weights in weights.chunks_exact_mut(size) {
            let columns = &mut held[..size];
            columns.copy_from_slice(weights);
            let rows = Matrix::rows(&*columns, self.filters).transposed();
            fits(rows.write([self.filters, self.entries()], weights));
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
        // Lines have the rows of all windows, one after the other.
        let (height, lines) = match self.shift {
            Some(shift) => (1, rows + shift),
            None => (height, rows),
        };
        Tile {
            windows: Windows {
                entries: [
                    (self.channels, channel),
                    (height, below * line),
                    (width, beside),
                ],
                places: [(lines, down * line), (self.places[1], across)],
            },
            places: rows * self.places[1],
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
