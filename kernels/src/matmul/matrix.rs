//! Matrices in slices, by strides.

use super::transpose::transpose;
use crate::float::Float;

/// The sizes of a product: `m × k` times `k × n` is `m × n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Product {
    /// Rows of the first factor and of the result.
    pub m: usize,
    /// What is summed over: columns of the first factor, rows of the second.
    pub k: usize,
    /// Columns of the second factor and of the result.
    pub n: usize,
}

/// A matrix that is read: element `(i, j)` is `data[i * row + j * column]`. A stride of 0 repeats.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a, T> {
    /// The elements.
    pub data: &'a [T],
    /// From a row to the next.
    pub row: usize,
    /// From a column to the next.
    pub column: usize,
}

/// A matrix that is written: element `(i, j)` is `data[i * row + j * column]`, and no two share a place.
#[derive(Debug)]
pub struct MatrixMut<'a, T> {
    /// The elements.
    pub data: &'a mut [T],
    /// From a row to the next.
    pub row: usize,
    /// From a column to the next.
    pub column: usize,
}

/// Why a product is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProductError {
    /// An element would lie outside of the slice.
    #[error(
        "the {matrix} of {rows} rows and {columns} columns does not fit its strides ({row}, {column}) in {len} elements"
    )]
    Outside {
        /// Which of the three.
        matrix: &'static str,
        /// How many rows it has.
        rows: usize,
        /// How many columns it has.
        columns: usize,
        /// Its stride from row to row.
        row: usize,
        /// Its stride from column to column.
        column: usize,
        /// How long its slice is.
        len: usize,
    },
    /// Two elements of the result would share a place.
    #[error(
        "the result of {rows} rows and {columns} columns has two elements in one place: its strides are ({row}, {column})"
    )]
    Overlap {
        /// How many rows it has.
        rows: usize,
        /// How many columns it has.
        columns: usize,
        /// Its stride from row to row.
        row: usize,
        /// Its stride from column to column.
        column: usize,
    },
}

impl<'a, T> Matrix<'a, T> {
    /// Rows of `columns` elements, one after the other.
    pub fn rows(data: &'a [T], columns: usize) -> Self {
        let (row, column) = (columns, 1);
        Matrix { data, row, column }
    }

    /// With these strides, of rows and of columns.
    #[inline(always)]
    pub(super) fn by(data: &'a [T], [row, column]: [usize; 2]) -> Self {
        Matrix { data, row, column }
    }

    /// With rows for columns.
    pub fn transposed(self) -> Self {
        let (data, row, column) = (self.data, self.column, self.row);
        Matrix { data, row, column }
    }

    /// Writes its rows one after the other.
    ///
    /// # Errors
    ///
    /// [`ProductError::Outside`] if it, or what is written, does not fit its slice.
    ///
    /// ```
    /// use cotangent_kernels::Matrix;
    /// let mut rows = [0.0; 6];
    /// Matrix::rows(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 3).transposed().write([3, 2], &mut rows)?;
    /// assert_eq!(rows, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
    /// # Ok::<(), cotangent_kernels::ProductError>(())
    /// ```
    pub fn write(&self, sizes: [usize; 2], to: &mut [T]) -> Result<(), ProductError>
    where
        T: Float,
    {
        let [rows, columns] = sizes;
        self.check("matrix", sizes)?;
        inside("copy", sizes, [columns, 1], to.len())?;
        if rows == 0 || columns == 0 {
            return Ok(());
        }
        if self.row == 1 {
            transpose(*self, sizes, to, columns);
            return Ok(());
        }
        for (i, to) in to.chunks_exact_mut(columns).take(rows).enumerate() {
            for (j, to) in to.iter_mut().enumerate() {
                *to = self.data[i * self.row + j * self.column];
            }
        }
        Ok(())
    }

    #[inline]
    pub(super) fn check(
        &self,
        matrix: &'static str,
        sizes: [usize; 2],
    ) -> Result<(), ProductError> {
        inside(matrix, sizes, [self.row, self.column], self.data.len())
    }
}

impl<'a, T> MatrixMut<'a, T> {
    /// Rows of `columns` elements, one after the other.
    pub fn rows(data: &'a mut [T], columns: usize) -> Self {
        let (row, column) = (columns, 1);
        MatrixMut { data, row, column }
    }

    /// With these strides, of rows and of columns.
    #[inline(always)]
    pub(super) fn by(data: &'a mut [T], [row, column]: [usize; 2]) -> Self {
        MatrixMut { data, row, column }
    }

    /// With rows for columns.
    pub fn transposed(self) -> Self {
        let (data, row, column) = (self.data, self.column, self.row);
        MatrixMut { data, row, column }
    }

    #[inline]
    pub(super) fn check(&self, sizes: [usize; 2]) -> Result<(), ProductError> {
        let [rows, columns] = sizes;
        let (row, column) = (self.row, self.column);
        inside("result", sizes, [row, column], self.data.len())?;
        match rows == 0 || columns == 0 || are_apart(sizes, [row, column]) {
            true => Ok(()),
            false => Err(ProductError::Overlap {
                rows,
                columns,
                row,
                column,
            }),
        }
    }
}

/// Whether no two elements share a place, by nested strides: all of an inner line lies before the second element of the outer.
#[inline]
pub(super) fn are_apart([rows, columns]: [usize; 2], [row, column]: [usize; 2]) -> bool {
    let nested = |inner: usize, len: usize, outer: usize, lines: usize| {
        (len <= 1 || inner > 0) && (lines <= 1 || outer > (len - 1) * inner)
    };
    nested(column, columns, row, rows) || nested(row, rows, column, columns)
}

#[inline]
fn inside(
    matrix: &'static str,
    [rows, columns]: [usize; 2],
    [row, column]: [usize; 2],
    len: usize,
) -> Result<(), ProductError> {
    if rows == 0 || columns == 0 {
        return Ok(());
    }
    let last = (rows - 1)
        .checked_mul(row)
        .and_then(|at| at.checked_add((columns - 1).checked_mul(column)?));
    match last {
        Some(last) if last < len => Ok(()),
        _ => Err(ProductError::Outside {
            matrix,
            rows,
            columns,
            row,
            column,
            len,
        }),
    }
}
