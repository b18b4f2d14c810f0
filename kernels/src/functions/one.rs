//! Functions of one element. Each gives the bits that it gives in a block.

use super::function::{Binary, Unary};
use crate::float::Float;

/// `f(x)`.
#[inline(always)]
pub(crate) fn unary<T: Float>(f: Unary, x: T) -> T {
    match f {
        Unary::Stop => x,
        Unary::Neg => -x,
        Unary::Recip => T::ONE / x,
        Unary::Relu => choose(x < T::ZERO, T::ZERO, x),
        Unary::Step => truth(x > T::ZERO),
        Unary::Sqrt => x.square_root(),
        Unary::Rsqrt => T::ONE / x.square_root(),
        f => T::transcendental_one(f, x),
    }
}

/// `f(x, y)`.
#[inline(always)]
pub(crate) fn binary<T: Float>(f: Binary, x: T, y: T) -> T {
    match f {
        Binary::Add => x + y,
        Binary::Mul => x * y,
        Binary::Sub => x - y,
        Binary::Div => x / y,
        // The first if equal or NaN.
        Binary::Max => choose(is_number(x), choose(y <= x, x, y), x),
        Binary::Less => truth(x < y),
        Binary::LessEqual => truth(x <= y),
        Binary::Equal => truth(x == y),
        Binary::Pow => x.power(y),
    }
}

/// `x` where `c > 0`, else `y`.
#[inline(always)]
pub(crate) fn select<T: Float>(c: T, x: T, y: T) -> T {
    choose(c > T::ZERO, x, y)
}

#[inline(always)]
fn choose<T>(holds: bool, x: T, y: T) -> T {
    if holds { x } else { y }
}

#[inline(always)]
fn truth<T: Float>(holds: bool) -> T {
    choose(holds, T::ONE, T::ZERO)
}

#[inline(always)]
fn is_number<T: Float>(x: T) -> bool {
    x.partial_cmp(&x).is_some()
}
