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
    let strides = [[a.row, a.column], [b.row, b.column], [c.row, c.column]];
    let chosen = choose(size, strides);
    let [first, second, result] = chosen.strides;
    let (a, b) = match chosen.is_transposed {
        true => (b.data, a.data),
        false => (a.data, b.data),
    };
    let (a, b) = (Matrix::by(a, first), Matrix::by(b, second));
    let (size, c) = (chosen.size, MatrixMut::by(c.data, result));
    match chosen.way {
        Way::Dots => Arch::new().dispatch(Dots {
            size,
            a,
            b,
            c,
            accumulate,
        }),
        Way::TurnOthers => others_turned(size, a, b, c, accumulate),
        Way::TurnSecond => second_turned(size, a, b, c, accumulate),
        Way::ByStrides => by_strides(size, a, b, c, accumulate),
    }
    Ok(())
}

/// How a product is computed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Rows and columns as they lie.
    Dots,
    /// With a copy of the second factor by rows.
    TurnSecond,
    /// With copies of the first factor and of the result.
    TurnOthers,
    /// As it is.
    ByStrides,
}

/// A product as it is computed: perhaps as its transpose, `cᵀ = bᵀ aᵀ`.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub size: Product,
    /// Of rows and of columns, of the factors and the result.
    pub strides: [[usize; 2]; 3],
    pub is_transposed: bool,
    pub way: Way,
}

/// By which way, of matrices that are not empty.
#[inline]
pub(super) fn choose(size: Product, strides: [[usize; 2]; 3]) -> Choice {
    let Product { m, k, n } = size;
    // The stride of a single row or column is of no account.
    let plain = |[rows, columns]: [usize; 2], [row, column]: [usize; 2]| {
        let column = if columns == 1 { 1 } else { column };
        let row = if rows == 1 { columns.max(1) } else { row };
        [row, column]
    };
    let [a, b, c] = [
        plain([m, k], strides[0]),
        plain([k, n], strides[1]),
        plain([m, n], strides[2]),
    ];
    // What has its columns contiguous is taken by rows. A column is a row, too.
    let is_column = n == 1 && a[0] == 1 && a[1] != 1;
    // A matrix by rows times a column: each row as it lies.
    let is_dots = n == 1 && m > 1 && k > 1 && a[1] == 1 && b[0] == 1 && is_small(size);
    let is_transposed = c[0] == 1 && (c[1] != 1 || is_column || is_dots);
    let turned = |[row, column]: [usize; 2]| [column, row];
    let (size, a, b, c) = match is_transposed {
        true => (Product { m: n, k, n: m }, turned(b), turned(a), turned(c)),
        false => (size, a, b, c),
    };
    let is_by_columns = b[0] == 1 && b[1] != 1 && size.k > 1 && size.n > 1;
    let can_turn = is_by_columns && c[1] == 1 && size.m >= FEW;
    let can_turn_others = a[1] == 1 || a[0] == 1;
    let way = if is_by_columns && size.m < FEW && a[1] == 1 && is_small(size) {
        Way::Dots
    } else if can_turn && can_turn_others && !is_small(size) && are_others_fewer(size) {
        Way::TurnOthers
    } else if can_turn {
        Way::TurnSecond
    } else {
        Way::ByStrides
    };
    Choice {
        size,
        strides: [a, b, c],
        is_transposed,
        way,
    }
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
    if is_direct(size, b.column, c.column) {
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

/// Whether the register tiles take it, by the strides of columns.
#[inline]
pub(super) fn is_direct(size: Product, b: usize, c: usize) -> bool {
    c == 1 && b == 1 && is_small(size)
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
