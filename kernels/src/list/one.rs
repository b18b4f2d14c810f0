//! One function over slices: a list of one instruction.

use super::block::{Block, ListError};
use super::instruction::{Call, Instruction, Source, Target};
use crate::float::Float;
use crate::functions::{Binary, Operand, Unary};
use crate::length::{LengthError, same};

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
    one([Operand::Block(x)], y, |[x]| Call::Unary(f, x))
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
    one([x, y], z, |[x, y]| Call::Binary(f, x, y))
}

/// `z = x` where `c > 0`, else `y`.
///
/// # Errors
///
/// [`LengthError`] if a block differs from the result in length.
///
/// ```
/// use cotangent_kernels::{Operand, select};
/// let mut z = [0.0_f32; 2];
/// select(Operand::Block(&[1.0, 0.0]), Operand::Scalar(3.0), Operand::Block(&[5.0, 7.0]), &mut z)?;
/// assert_eq!(z, [3.0, 7.0]);
/// # Ok::<(), cotangent_kernels::LengthError>(())
/// ```
pub fn select<T: Float>(
    c: Operand<T>,
    x: Operand<T>,
    y: Operand<T>,
    z: &mut [T],
) -> Result<(), LengthError> {
    one([c, x, y], z, |[c, x, y]| Call::Select(c, x, y))
}

/// A list of one instruction.
fn one<T: Float, const N: usize>(
    operands: [Operand<T>; N],
    out: &mut [T],
    call: impl FnOnce([Source<T>; N]) -> Call<T>,
) -> Result<(), LengthError> {
    let mut reads: [&[T]; N] = [&[]; N];
    let mut sources = [Source::Number(T::ZERO); N];
    for (i, operand) in operands.into_iter().enumerate() {
        match operand {
            Operand::Block(x) => {
                same(x, out)?;
                reads[i] = x;
                sources[i] = Source::Read(i as u16); // at most three
            }
            Operand::Scalar(x) => sources[i] = Source::Number(x),
        }
    }
    let list = [Instruction {
        call: call(sources),
        to: Target::Written(0),
    }];
    let (expected, written) = (out.len(), &mut [out][..]);
    let mut block = Block {
        registers: &mut [],
        reads: &reads,
        written,
        read_at: 0,
        write_at: 0,
        len: expected,
    };
    // All that it names is there: the lengths were compared.
    let misfit = |_: ListError| LengthError { expected, got: 0 };
    block.run(&list).map_err(misfit)
}
