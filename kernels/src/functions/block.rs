//! Functions over blocks: what is to be done is chosen once for a block.

use super::function::{Binary, Unary};
use crate::float::Float;
use pulp::Arch;

/// Slices that should be of one length are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an operand has {got} elements, and the result {expected}")]
pub struct LengthError {
    /// The length of the result.
    pub expected: usize,
    /// That of the operand.
    pub got: usize,
}

/// One operand of a function of two.
#[derive(Clone, Copy, Debug)]
pub enum Operand<'a, T> {
    /// One number for each element.
    Block(&'a [T]),
    /// The same number for all.
    Scalar(T),
}

/// Whether an operand is as long as the result.
pub(crate) fn same<T>(x: &[T], y: &[T]) -> Result<(), LengthError> {
    match x.len() == y.len() {
        true => Ok(()),
        false => Err(LengthError {
            expected: y.len(),
            got: x.len(),
        }),
    }
}

/// `y = f(x)`.
///
/// # Errors
///
/// [`LengthError`] if the slices differ in length.
///
/// ```
/// use cotangent_kernels::{Unary, unary};
/// let mut y = [0.0_f32; 2];
/// unary(Unary::Relu, &[-1.0, 2.0], &mut y)?;
/// assert_eq!(y, [0.0, 2.0]);
/// # Ok::<(), cotangent_kernels::LengthError>(())
/// ```
pub fn unary<T: Float>(f: Unary, x: &[T], y: &mut [T]) -> Result<(), LengthError> {
    same(x, y)?;
    // A block is in the cache.
    y.copy_from_slice(x);
    unary_in_place(f, y);
    Ok(())
}

/// `x = f(x)`.
pub fn unary_in_place<T: Float>(f: Unary, x: &mut [T]) {
    macro_rules! each {
        (|$x:ident| $value:expr) => {
            Arch::new().dispatch(
                #[inline(always)]
                || {
                    for x in x {
                        let $x = *x;
                        *x = $value;
                    }
                },
            )
        };
    }
    match f {
        Unary::Stop => {}
        Unary::Neg => each!(|x| -x),
        Unary::Recip => each!(|x| T::ONE / x),
        Unary::Relu => each!(|x| if x < T::ZERO { T::ZERO } else { x }),
        Unary::Step => each!(|x| if x > T::ZERO { T::ONE } else { T::ZERO }),
        Unary::Sqrt => each!(|x| x.root()),
        Unary::Rsqrt => each!(|x| T::ONE / x.root()),
        f => T::transcendental(f, x),
    }
}

/// `z = f(x, y)`.
///
/// # Errors
///
/// [`LengthError`] if a block differs from the result in length.
///
/// ```
/// use cotangent_kernels::{Binary, Operand, binary};
/// let mut z = [0.0_f32; 2];
/// binary(Binary::Mul, Operand::Block(&[1.0, 2.0]), Operand::Scalar(3.0), &mut z)?;
/// assert_eq!(z, [3.0, 6.0]);
/// # Ok::<(), cotangent_kernels::LengthError>(())
/// ```
pub fn binary<T: Float>(
    f: Binary,
    x: Operand<T>,
    y: Operand<T>,
    z: &mut [T],
) -> Result<(), LengthError> {
    match x {
        Operand::Block(x) => {
            same(x, z)?;
            z.copy_from_slice(x);
        }
        Operand::Scalar(x) => z.fill(x),
    }
    binary_in_place(f, z, y)
}

/// `x = f(x, y)`.
///
/// # Errors
///
/// [`LengthError`] if the blocks differ in length.
pub fn binary_in_place<T: Float>(f: Binary, x: &mut [T], y: Operand<T>) -> Result<(), LengthError> {
    macro_rules! each {
        (|$x:ident, $y:ident| $value:expr) => {
            Arch::new().dispatch(
                #[inline(always)]
                || match y {
                    Operand::Block(y) => {
                        for (x, &$y) in x.iter_mut().zip(y) {
                            let $x = *x;
                            *x = $value;
                        }
                    }
                    Operand::Scalar($y) => {
                        for x in x.iter_mut() {
                            let $x = *x;
                            *x = $value;
                        }
                    }
                },
            )
        };
    }
    if let Operand::Block(y) = y {
        same(y, x)?;
    }
    match f {
        Binary::Add => each!(|x, y| x + y),
        Binary::Mul => each!(|x, y| x * y),
        Binary::Sub => each!(|x, y| x - y),
        Binary::Div => each!(|x, y| x / y),
        // The first if equal or NaN, as the interpreter's: `largest`.
        Binary::Max => each!(|x, y| {
            let larger = if x >= y { x } else { y };
            if x.partial_cmp(&x).is_none() {
                x
            } else {
                larger
            }
        }),
        Binary::Pow => match y {
            Operand::Block(y) => x.iter_mut().zip(y).for_each(|(x, &y)| *x = x.power(y)),
            Operand::Scalar(y) => x.iter_mut().for_each(|x| *x = x.power(y)),
        },
    }
    Ok(())
}

/// `z = x` where `c > 0`, else `z` stays.
///
/// # Errors
///
/// [`LengthError`] if the slices differ in length.
pub fn select<T: Float>(c: &[T], x: &[T], z: &mut [T]) -> Result<(), LengthError> {
    same(c, z)?;
    same(x, z)?;
    Arch::new().dispatch(
        #[inline(always)]
        || {
            for ((z, &x), &c) in z.iter_mut().zip(x).zip(c) {
                *z = if c > T::ZERO { x } else { *z };
            }
        },
    );
    Ok(())
}
