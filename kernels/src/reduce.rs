//! Reductions of blocks. The order of a sum depends on the length alone: 64 lanes side by side, then by halves. So every
//! machine has the same bits.

use crate::float::Float;
use crate::length::{LengthError, same};
use pulp::{Arch, Simd, WithSimd};

const LANES: usize = 64;

/// `add(lane, x)` over all of `x`, in 64 lanes, then `join` of their halves.
#[inline(always)]
fn folded<T: Float>(x: &[T], start: T, add: impl Fn(T, T) -> T, join: impl Fn(T, T) -> T) -> T {
    let mut lanes = [start; LANES];
    let (xs, x) = x.as_chunks::<LANES>();
    for x in xs {
        for (lane, &x) in lanes.iter_mut().zip(x) {
            *lane = add(*lane, x);
        }
    }
    for (lane, &x) in lanes.iter_mut().zip(x) {
        *lane = add(*lane, x);
    }
    // Lanes that nothing came to join nothing.
    let used = if xs.is_empty() { x.len() } else { LANES };
    halves(lanes, used, join)
}

/// The first `used` lanes as one, by halves.
#[inline(always)]
fn halves<T: Float, const N: usize>(mut lanes: [T; N], used: usize, join: impl Fn(T, T) -> T) -> T {
    let mut half = used.next_power_of_two().min(N) / 2;
    while half > 0 {
        let (low, high) = lanes.split_at_mut(half);
        for (low, &high) in low.iter_mut().zip(high.iter()) {
            *low = join(*low, high);
        }
        half /= 2;
    }
    lanes[0]
}

/// The larger, the first of two that are equal; NaN if either is, the first of two.
///
/// ```
/// use cotangent_kernels::larger;
/// assert_eq!((larger(1.0, 4.0), larger(f64::NAN, 4.0).is_nan()), (4.0, true));
/// assert!(larger(-0.0, 0.0_f64).is_sign_negative());
/// ```
#[inline(always)]
pub fn larger<T: Float>(x: T, y: T) -> T {
    let larger = if x >= y { x } else { y };
    if x.partial_cmp(&x).is_none() {
        x
    } else {
        larger
    }
}

#[inline(always)]
pub(crate) fn sum_of<T: Float>(x: &[T]) -> T {
    folded(
        x,
        T::ZERO,
        #[inline(always)]
        |sum, x| sum + x,
        #[inline(always)]
        |x, y| x + y,
    )
}

#[inline(always)]
pub(crate) fn max_of<T: Float>(x: &[T]) -> T {
    folded(
        x,
        -(T::ONE / T::ZERO),
        #[inline(always)]
        |most, x| larger(most, x),
        larger,
    )
}

/// The sum of a block.
///
/// ```
/// assert_eq!(cotangent_kernels::sum(&[1.0, 2.0, 4.0]), 7.0);
/// ```
pub fn sum<T: Float>(x: &[T]) -> T {
    Arch::new().dispatch(
        #[inline(always)]
        || sum_of(x),
    )
}

/// The largest of a block; NaN if one is, and `-∞` of none.
///
/// ```
/// assert_eq!(cotangent_kernels::max(&[1.0, 4.0, 2.0]), 4.0);
/// ```
pub fn max<T: Float>(x: &[T]) -> T {
    Arch::new().dispatch(
        #[inline(always)]
        || max_of(x),
    )
}

/// The sum of the products of two blocks, each rounded once with the sum before it.
///
/// # Errors
///
/// [`LengthError`] if the blocks differ in length.
///
/// ```
/// assert_eq!(cotangent_kernels::dot(&[1.0, 2.0], &[3.0, 4.0])?, 11.0);
/// # Ok::<(), cotangent_kernels::LengthError>(())
/// ```
pub fn dot<T: Float>(x: &[T], y: &[T]) -> Result<T, LengthError> {
    same(y, x)?;
    Ok(Arch::new().dispatch(Dot::<T, LANES> { x, y }))
}

/// In `N` lanes side by side, a power of 2, then by halves. Written with vectors: rustc makes none of such a loop.
pub(crate) struct Dot<'a, T, const N: usize> {
    pub x: &'a [T],
    pub y: &'a [T],
}

impl<T: Float, const N: usize> WithSimd for Dot<'_, T, N> {
    type Output = T;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> T {
        // How many vectors the lanes are: both are powers of 2.
        match N / T::lanes::<S>() {
            1 => self.by_vectors::<S, 1>(simd),
            2 => self.by_vectors::<S, 2>(simd),
            4 => self.by_vectors::<S, 4>(simd),
            8 => self.by_vectors::<S, 8>(simd),
            16 => self.by_vectors::<S, 16>(simd),
            32 => self.by_vectors::<S, 32>(simd),
            _ => self.by_vectors::<S, N>(simd),
        }
    }
}

impl<T: Float, const N: usize> Dot<'_, T, N> {
    #[inline(always)]
    fn by_vectors<S: Simd, const V: usize>(self, simd: S) -> T {
        let ((xs, x), (ys, y)) = (self.x.as_chunks::<N>(), self.y.as_chunks::<N>());
        let mut sums = [T::splat(simd, T::ZERO); V];
        for (x, y) in xs.iter().zip(ys) {
            let (x, y) = (T::vectors::<S>(x), T::vectors::<S>(y));
            for ((sum, &x), &y) in sums.iter_mut().zip(x).zip(y) {
                *sum = T::mul_add(simd, x, y, *sum);
            }
        }
        if x.is_empty() {
            return total::<T, S, V>(simd, sums);
        }
        let mut lanes = [T::ZERO; N];
        for (lanes, sum) in T::vectors_mut::<S>(&mut lanes).iter_mut().zip(sums) {
            *lanes = sum;
        }
        for (lane, (&x, &y)) in lanes.iter_mut().zip(x.iter().zip(y)) {
            *lane = x.fma(y, *lane);
        }
        halves(lanes, N, |x, y| x + y)
    }
}

/// The sum of the lanes of `V` vectors, a power of 2, by halves.
#[inline(always)]
pub(crate) fn total<T: Float, S: Simd, const V: usize>(simd: S, mut lanes: [T::Of<S>; V]) -> T {
    let mut half = V / 2;
    while half > 0 {
        for v in 0..half {
            lanes[v] = T::plus(simd, lanes[v], lanes[v + half]);
        }
        half /= 2;
    }
    T::total(simd, lanes[0])
}

/// `y = a x + y`, each rounded once.
///
/// # Errors
///
/// [`LengthError`] if the blocks differ in length.
///
/// ```
/// let mut y = [1.0, 1.0];
/// cotangent_kernels::axpy(2.0, &[3.0, 4.0], &mut y)?;
/// assert_eq!(y, [7.0, 9.0]);
/// # Ok::<(), cotangent_kernels::LengthError>(())
/// ```
pub fn axpy<T: Float>(a: T, x: &[T], y: &mut [T]) -> Result<(), LengthError> {
    same(x, y)?;
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for (y, &x) in y.iter_mut().zip(x) {
                *y = a.fma(x, *y);
            }
        },
    );
    Ok(())
}

/// The sum of each row of `x`, which has as many as `y` has elements, one after the other; each as [`sum`] has it.
///
/// # Errors
///
/// [`LengthError`] if `x` has not as many rows of `columns` elements.
///
/// ```
/// let mut y = [0.0; 2];
/// cotangent_kernels::row_sums(&[1.0, 2.0, 3.0, 4.0], 2, &mut y)?;
/// assert_eq!(y, [3.0, 7.0]);
/// # Ok::<(), cotangent_kernels::LengthError>(())
/// ```
pub fn row_sums<T: Float>(x: &[T], columns: usize, y: &mut [T]) -> Result<(), LengthError> {
    let (expected, got) = (columns.saturating_mul(y.len()), x.len());
    if expected != got {
        return Err(LengthError { expected, got });
    }
    if columns == 0 {
        y.fill(T::ZERO);
        return Ok(());
    }
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for (y, x) in y.iter_mut().zip(x.chunks_exact(columns)) {
                *y = sum_of(x);
            }
        },
    );
    Ok(())
}
