//! Which way a product is computed: by its sizes and strides alone.

use super::direct::Direct;
use super::dots::Dots;
use super::matrix::{Matrix, MatrixMut, Product, ProductError};
use super::packed::packed;
use super::turned::{others_turned, second_turned};
use crate::float::Float;
use pulp::Arch;

/// Up to so many multiplications nothing is packed: by the table of the README.
const SMALL: usize = 64 * 64 * 64;

/// With fewer rows than these a factor by columns is not turned: there is too little to do with it. Its columns are taken as they are.
const FEW: usize = 4;

/// `c = a b`, or `c += a b` if `accumulate`, on this thread. The result has the same bits on every run.
///
/// # Errors
///
/// [`ProductError`] if a matrix does not fit its slice, or two elements of the result share a place.
///
/// ```
/// use cotangent_kernels::{Matrix, MatrixMut, Product, matmul};
/// let (a, b) = ([1.0, 2.0, 3.0, 4.0], [1.0, 0.0, 10.0, 1.0]);
/// let (mut c, size) = ([0.0; 4], Product { m: 2, k: 2, n: 2 });
/// let (a, b) = (Matrix::rows(&a, 2), Matrix::rows(&b, 2));
/// matmul(size, a, b, MatrixMut::rows(&mut c, 2), false)?;
/// assert_eq!(c, [21.0, 2.0, 43.0, 4.0]);
/// matmul(size, a, b.transposed(), MatrixMut::rows(&mut c, 2), true)?;
/// assert_eq!(c, [22.0, 14.0, 46.0, 38.0]);
/// # Ok::<(), cotangent_kernels::ProductError>(())
/// ```
pub fn matmul<T: Float>(
    size: Product,
    a: Matrix<T>,
    b: Matrix<T>,
    c: MatrixMut<T>,
    accumulate: bool,
) -> Result<(), ProductError> {
    let Product { m, k, n } = size;
    c.check([m, n])?;
    if m == 0 || n == 0 {
        return Ok(());
    }
    a.check("first factor", [m, k])?;
    b.check("second factor", [k, n])?;
    if k == 0 {
        zero(size, c, accumulate);
        return Ok(());
    }
    // cᵀ = bᵀ aᵀ: what has its columns contiguous is taken by rows. A column is a row, too.
    let is_column = n == 1 && a.row == 1 && a.column != 1;
    let by_columns = c.row == 1 && (c.column != 1 || is_column);
    let (size, a, b, c) = match by_columns {
        true => (
            Product { m: n, k, n: m },
            b.transposed(),
            a.transposed(),
            c.transposed(),
        ),
        false => (size, a, b, c),
    };
    let is_by_columns = b.row == 1 && b.column != 1 && k > 1 && n > 1;
    let can_turn = is_by_columns && c.column == 1 && m >= FEW;
    let can_turn_others = a.column == 1 || a.row == 1;
    if is_by_columns && m < FEW && a.column == 1 && is_small(size) {
        Arch::new().dispatch(Dots {
            size,
            a,
            b,
            c,
            accumulate,
        });
    } else if can_turn && can_turn_others && !is_small(size) && are_others_fewer(size) {
        others_turned(size, a, b, c, accumulate);
    } else if can_turn {
        second_turned(size, a, b, c, accumulate);
    } else {
        by_strides(size, a, b, c, accumulate);
    }
    Ok(())
}

fn is_small(Product { m, k, n }: Product) -> bool {
    m.saturating_mul(k).saturating_mul(n) <= SMALL
}

/// Whether the first factor, and the result there and back, have fewer elements than the second factor.
fn are_others_fewer(Product { m, k, n }: Product) -> bool {
    let others = m.saturating_mul(k.saturating_add(n.saturating_mul(2)));
    others < k.saturating_mul(n)
}

/// By the register tiles or by `gemm`. The matrices were checked.
#[inline]
pub(super) fn by_strides<T: Float>(
    size: Product,
    a: Matrix<T>,
    b: Matrix<T>,
    c: MatrixMut<T>,
    accumulate: bool,
) {
    if c.column == 1 && b.column == 1 && is_small(size) {
        Arch::new().dispatch(Direct {
            size,
            a,
            b,
            c,
            accumulate,
        });
    } else {
        packed(size, a, b, c, accumulate);
    }
}

/// A sum of nothing.
fn zero<T: Float>(size: Product, c: MatrixMut<T>, accumulate: bool) {
    for i in 0..size.m {
        for j in 0..size.n {
            if !accumulate {
                c.data[i * c.row + j * c.column] = T::ZERO;
            }
        }
    }
}
