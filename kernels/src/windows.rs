//! Windows over images as matrices: the entries of a window are rows, its places columns. All that a window is, its stride, its
//! dilation and the channels under it, is strides in the images.

use crate::float::Float;
use crate::length::LengthError;
use pulp::Arch;

/// So many elements are copied at once where there is room: what is too much is overwritten by the next line.
const WIDE: usize = 8;

/// Windows over images that lie in a slice: entry `(c, i, j)` of the window at `(y, x)` is the element
/// `c entries[0].1 + i entries[1].1 + j entries[2].1 + y places[0].1 + x places[1].1`. They are a matrix, with a row for each
/// entry and a column for each place, that nobody has to store.
///
/// A window of 1 × 2 over an image of 2 × 3:
///
/// ```
/// use cotangent_kernels::Windows;
/// let windows = Windows { entries: [(1, 6), (1, 3), (2, 1)], places: [(2, 3), (2, 1)] };
/// let mut matrix = [0.0; 8];
/// windows.gather(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &mut matrix)?;
/// assert_eq!(matrix, [1.0, 2.0, 4.0, 5.0, 2.0, 3.0, 5.0, 6.0]);
/// let mut image = [0.0; 6];
/// windows.add(&[1.0; 8], &mut image)?;
/// assert_eq!(image, [1.0, 2.0, 1.0, 1.0, 2.0, 1.0]);
/// # Ok::<(), cotangent_kernels::LengthError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Windows {
    /// Channels, rows and columns of a window: how many, and how far apart.
    pub entries: [(usize, usize); 3],
    /// Rows and columns of places, likewise.
    pub places: [(usize, usize); 2],
}

impl Windows {
    /// The rows of the matrix.
    pub fn rows(&self) -> usize {
        self.entries.iter().map(|(dim, _)| dim).product()
    }

    /// Its columns.
    pub fn columns(&self) -> usize {
        self.places.iter().map(|(dim, _)| dim).product()
    }

    /// How far the images reach that it is of.
    pub fn span(&self) -> usize {
        if self.rows() == 0 || self.columns() == 0 {
            return 0;
        }
        let axes = self.entries.iter().chain(&self.places);
        1 + axes.map(|(dim, apart)| (dim - 1) * apart).sum::<usize>()
    }

    /// Writes the matrix, row after row.
    ///
    /// # Errors
    ///
    /// [`LengthError`] if it has another number of elements, or the images do not reach so far.
    pub fn gather<T: Float>(&self, images: &[T], matrix: &mut [T]) -> Result<(), LengthError> {
        self.check(images.len(), matrix.len())?;
        let (columns, apart) = self.places[1];
        let whole = columns.next_multiple_of(WIDE);
        Arch::new().dispatch(
            #[inline(always)]
            || {
                self.lines(
                    #[inline(always)]
                    |from, to| {
                        let short = apart == 1
                            && match whole {
                                8 => copy::<T, 8>(&images[from..], &mut matrix[to..]),
                                16 => copy::<T, 16>(&images[from..], &mut matrix[to..]),
                                24 => copy::<T, 24>(&images[from..], &mut matrix[to..]),
                                32 => copy::<T, 32>(&images[from..], &mut matrix[to..]),
                                _ => false,
                            };
                        if short {
                            return;
                        }
                        let wide = (
                            images.get(from..from + whole),
                            matrix.get_mut(to..to + whole),
                        );
                        match (apart, wide) {
                            (1, (Some(from), Some(to))) => {
                                let (from, to) = (from.as_chunks::<WIDE>(), to.as_chunks_mut());
                                for (to, from) in to.0.iter_mut().zip(from.0) {
                                    *to = *from;
                                }
                            }
                            (1, _) => {
                                let from = &images[from..from + columns];
                                matrix[to..to + columns].copy_from_slice(from);
                            }
                            _ => {
                                let from = images[from..].iter().step_by(apart.max(1));
                                for (to, from) in matrix[to..to + columns].iter_mut().zip(from) {
                                    *to = *from;
                                }
                            }
                        }
                    },
                );
            },
        );
        Ok(())
    }

    /// Adds the elements of a matrix to the elements of the images that they are of, in the order of the matrix.
    ///
    /// # Errors
    ///
    /// As [`gather`](Self::gather).
    pub fn add<T: Float>(&self, matrix: &[T], images: &mut [T]) -> Result<(), LengthError> {
        self.check(images.len(), matrix.len())?;
        let (columns, apart) = self.places[1];
        Arch::new().dispatch(
            #[inline(always)]
            || {
                self.lines(
                    #[inline(always)]
                    |to, from| {
                        let short = apart == 1
                            && match columns {
                                8 => sum::<T, 8>(&matrix[from..], &mut images[to..]),
                                16 => sum::<T, 16>(&matrix[from..], &mut images[to..]),
                                24 => sum::<T, 24>(&matrix[from..], &mut images[to..]),
                                32 => sum::<T, 32>(&matrix[from..], &mut images[to..]),
                                _ => false,
                            };
                        if short {
                            return;
                        }
                        let from = &matrix[from..from + columns];
                        if apart != 1 {
                            let to = images[to..].iter_mut().step_by(apart.max(1));
                            for (to, &from) in to.zip(from) {
                                *to = *to + from;
                            }
                            return;
                        }
                        let (to, last) = images[to..to + columns].as_chunks_mut::<WIDE>();
                        let (from, rest) = from.as_chunks::<WIDE>();
                        for (to, from) in to.iter_mut().zip(from) {
                            for (to, &from) in to.iter_mut().zip(from) {
                                *to = *to + from;
                            }
                        }
                        for (to, &from) in last.iter_mut().zip(rest) {
                            *to = *to + from;
                        }
                    },
                );
            },
        );
        Ok(())
    }

    /// Visits the lines of the matrix along the columns of places: where each begins in the images, and where in the matrix.
    #[inline(always)]
    fn lines(&self, mut visit: impl FnMut(usize, usize)) {
        let [channels, rows, columns] = self.entries;
        let [down, (len, _)] = self.places;
        let mut at = 0;
        for c in 0..channels.0 {
            for i in 0..rows.0 {
                for j in 0..columns.0 {
                    let first = c * channels.1 + i * rows.1 + j * columns.1;
                    for y in 0..down.0 {
                        visit(first + y * down.1, at);
                        at += len;
                    }
                }
            }
        }
    }

    fn check(&self, images: usize, matrix: usize) -> Result<(), LengthError> {
        for (expected, got, fits) in [
            (
                self.rows() * self.columns(),
                matrix,
                self.rows() * self.columns() == matrix,
            ),
            (self.span(), images, self.span() <= images),
        ] {
            if !fits {
                return Err(LengthError { expected, got });
            }
        }
        Ok(())
    }
}

/// Copies the first `N`, where there are so many.
#[inline(always)]
fn copy<T: Float, const N: usize>(from: &[T], to: &mut [T]) -> bool {
    let lines = from.first_chunk::<N>().zip(to.first_chunk_mut());
    let is_there = lines.is_some();
    if let Some((from, to)) = lines {
        *to = *from;
    }
    is_there
}

/// Adds the first `N`, where there are so many.
#[inline(always)]
fn sum<T: Float, const N: usize>(from: &[T], to: &mut [T]) -> bool {
    let lines = from.first_chunk::<N>().zip(to.first_chunk_mut::<N>());
    let is_there = lines.is_some();
    if let Some((from, to)) = lines {
        for (to, &from) in to.iter_mut().zip(from) {
            *to = *to + from;
        }
    }
    is_there
}
