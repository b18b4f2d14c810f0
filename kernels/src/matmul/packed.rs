//! Products by the crate `gemm`, which packs the factors for the caches: for what is large, and for any strides. Its entry takes
//! pointers; this is the one place of the crate that does.

use super::matrix::{Matrix, MatrixMut, Product};
use crate::float::Float;

/// `c = a b`, or `c += a b`. The matrices were checked.
#[allow(unsafe_code)]
pub(super) fn packed<T: Float>(
    size: Product,
    a: Matrix<T>,
    b: Matrix<T>,
    c: MatrixMut<T>,
    accumulate: bool,
) {
    let Product { m, k, n } = size;
    // A slice has at most `isize::MAX` bytes, so a stride that is used fits; one that is not used is of no account.
    let stride = |s: usize| isize::try_from(s).unwrap_or(0);
    // SAFETY: `matmul` checked that every element that the sizes and strides name lies in its slice, which is borrowed for
    // the call; `c` is borrowed mutably, so it shares nothing with `a` and `b`, and no two of its elements share a place.
    // `T` is `f32` or `f64`, whose bits are all values.
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            c.data.as_mut_ptr(),
            stride(c.column),
            stride(c.row),
            accumulate,
            a.data.as_ptr(),
            stride(a.column),
            stride(a.row),
            b.data.as_ptr(),
            stride(b.column),
            stride(b.row),
            T::ONE,
            T::ONE,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}
