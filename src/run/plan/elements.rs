//! Functions of each element, as the kernels have them, and reductions.

use super::float::Float;
use super::member::Element;
use crate::program::Reduction;
use crate::scalar::{Binary, Comparison, Precision, Unary};
use cotangent_kernels::{self as kernels, Call, Join};

/// A function of as many of the operands as it takes; a number that it takes beside them becomes an operand by `number`.
pub(super) fn call<T: Float, S>(
    element: Element,
    [x, y, z]: [S; 3],
    number: impl FnOnce(T) -> S,
) -> Call<T, S> {
    match element {
        Element::Unary(f) => Call::Unary(unary(f), x),
        Element::Binary(f) => Call::Binary(binary(f), x, y),
        Element::Scale(c) => Call::Binary(kernels::Binary::Mul, x, number(T::of(c))),
        Element::Offset(c) => Call::Binary(kernels::Binary::Add, x, number(T::of(c))),
        Element::Select => Call::Select(x, y, z),
        Element::Compare(f) => Call::Binary(compared(f), x, y),
        Element::Round(Precision::Single) => Call::Each(|x| x.in_precision(Precision::Single), x),
        Element::Round(_) => Call::Unary(kernels::Unary::Stop, x),
    }
}

/// How the elements of a reduction are joined.
pub(super) fn join(how: Reduction) -> Join {
    match how {
        Reduction::Sum => Join::Sum,
        Reduction::Max => Join::Max,
    }
}

/// How much work it is to read or to write an element that another step has written, likewise.
pub(super) const MOVED: usize = 3;

/// How much work a random element is, likewise.
pub(super) const DRAWN: usize = 12;

/// How much work a function is, if a sum is 1: as far as the cut of a chain asks.
pub(super) fn work<T>(call: &Call<T>) -> usize {
    use kernels::{Binary as B, Unary as U};
    match call {
        Call::Unary(U::Stop | U::Neg | U::Recip | U::Relu | U::Step | U::Sqrt | U::Rsqrt, _) => 1,
        Call::Unary(..) | Call::Binary(B::Pow, ..) => 8,
        Call::Binary(..) | Call::Select(..) | Call::Each(..) => 1,
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

fn binary(f: Binary) -> kernels::Binary {
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

fn compared(f: Comparison) -> kernels::Binary {
    use kernels::Binary as To;
    match f {
        Comparison::Less => To::Less,
        Comparison::LessEqual => To::LessEqual,
        Comparison::Equal => To::Equal,
    }
}
