//! Functions of each element, over slices of one length.

use super::float::Float;
use super::node::Element;
use crate::program::Reduction;
use crate::scalar::{Binary, Comparison, Precision, Unary};
use cotangent_kernels::{self as kernels, LengthError, Operand};

/// An [`Element`] with its numbers as scalars, and what moves elements.
#[derive(Clone, Copy, Debug)]
pub(super) enum Function<T> {
    Unary(kernels::Unary),
    Binary(kernels::Binary),
    /// Of the operand and a number.
    WithNumber(kernels::Binary, T),
    /// Of a number and the operand.
    OfNumber(T, kernels::Binary),
    Select,
    Compare(Comparison),
    Round(Precision),
    Copy,
}

impl<T: Float> Function<T> {
    pub fn of(element: Element) -> Self {
        match element {
            Element::Unary(f) => Function::Unary(unary(f)),
            Element::Binary(f) => Function::Binary(binary(f)),
            Element::Scale(c) => Function::WithNumber(kernels::Binary::Mul, T::of(c)),
            Element::Offset(c) => Function::WithNumber(kernels::Binary::Add, T::of(c)),
            Element::Select => Function::Select,
            Element::Compare(f) => Function::Compare(f),
            Element::Round(precision) => Function::Round(precision),
        }
    }
}

fn unary(f: Unary) -> kernels::Unary {
    use kernels::Unary as To;
    match f {
        Unary::Stop => To::Stop,
        Unary::Neg => To::Neg,
        Unary::Recip => To::Recip,
        Unary::Relu => To::Relu,
        Unary::Step => To::Step,
        Unary::Exp => To::Exp,
        Unary::Log => To::Log,
        Unary::Tanh => To::Tanh,
        Unary::Sigmoid => To::Sigmoid,
        Unary::Sqrt => To::Sqrt,
        Unary::Rsqrt => To::Rsqrt,
        Unary::Expm1 => To::Expm1,
        Unary::Log1p => To::Log1p,
        Unary::Softplus => To::Softplus,
        Unary::Sin => To::Sin,
        Unary::Cos => To::Cos,
        Unary::Atan => To::Atan,
        Unary::Erf => To::Erf,
    }
}

pub(super) fn binary(f: Binary) -> kernels::Binary {
    use kernels::Binary as To;
    match f {
        Binary::Add => To::Add,
        Binary::Mul => To::Mul,
        Binary::Sub => To::Sub,
        Binary::Div => To::Div,
        Binary::Max => To::Max,
        Binary::Pow => To::Pow,
    }
}

/// The function of operands of one length; those that it does not have are not read.
#[inline]
pub(super) fn apply<T: Float>(f: Function<T>, [x, y, z]: [&[T]; 3], out: &mut [T]) {
    let truth = |holds: bool| if holds { T::one() } else { T::zero() };
    match f {
        Function::Unary(f) => fits(kernels::unary(f, x, out)),
        Function::Binary(f) => {
            fits(kernels::binary(
                f,
                Operand::Block(x),
                Operand::Block(y),
                out,
            ));
        }
        Function::WithNumber(f, c) => {
            fits(kernels::binary(
                f,
                Operand::Block(x),
                Operand::Scalar(c),
                out,
            ));
        }
        Function::OfNumber(c, f) => {
            fits(kernels::binary(
                f,
                Operand::Scalar(c),
                Operand::Block(x),
                out,
            ));
        }
        Function::Select => {
            out.copy_from_slice(z);
            fits(kernels::select(x, y, out));
        }
        Function::Compare(f) => match f {
            Comparison::Less => each2(x, y, out, |x, y| truth(x < y)),
            Comparison::LessEqual => each2(x, y, out, |x, y| truth(x <= y)),
            Comparison::Equal => each2(x, y, out, |x, y| truth(x == y)),
        },
        Function::Round(precision) => {
            for (out, x) in out.iter_mut().zip(x) {
                *out = x.in_precision(precision);
            }
        }
        Function::Copy => out.copy_from_slice(x),
    }
}

/// The operands of a block are of one length.
#[inline]
fn fits(result: Result<(), LengthError>) {
    debug_assert_eq!(result, Ok(()));
}

#[inline(always)]
fn each2<T: Copy>(x: &[T], y: &[T], out: &mut [T], f: impl Fn(T, T) -> T) {
    for ((out, &x), &y) in out.iter_mut().zip(x).zip(y) {
        *out = f(x, y);
    }
}

/// The elements of a row joined with what is there.
#[inline]
pub(super) fn join_row<T: Float>(how: Reduction, place: &mut T, x: &[T]) {
    match how {
        Reduction::Sum => *place += kernels::sum(x),
        Reduction::Max => *place = larger(*place, kernels::max(x)),
    }
}

/// The larger; what is not equal to itself wins, and then the first.
#[inline(always)]
pub(super) fn larger<T: Float>(x: T, y: T) -> T {
    let nan = |x: T| x.partial_cmp(&x).is_none();
    if nan(x) || (x >= y && !nan(y)) { x } else { y }
}

/// The elements joined one by one with those that are there.
pub(super) fn join_each<T: Float>(how: Reduction, places: &mut [T], x: &[T]) {
    match how {
        Reduction::Sum => {
            for (place, &x) in places.iter_mut().zip(x) {
                *place += x;
            }
        }
        Reduction::Max => {
            for (place, &x) in places.iter_mut().zip(x) {
                *place = larger(*place, x);
            }
        }
    }
}
