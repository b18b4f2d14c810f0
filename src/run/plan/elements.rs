//! Functions of each element, over slices of one length.

use super::float::Float;
use super::node::Element;
use crate::program::Reduction;
use crate::scalar::{Binary, Comparison, Precision, Unary};

/// An [`Element`] with its numbers as scalars, and what moves elements.
#[derive(Clone, Copy, Debug)]
pub(super) enum Function<T> {
    Unary(Unary),
    Binary(Binary),
    Scale(T),
    Offset(T),
    Select,
    Compare(Comparison),
    Round(Precision),
    Copy,
}

impl<T: Float> Function<T> {
    pub fn of(element: Element) -> Self {
        match element {
            Element::Unary(f) => Function::Unary(f),
            Element::Binary(f) => Function::Binary(f),
            Element::Scale(c) => Function::Scale(T::of(c)),
            Element::Offset(c) => Function::Offset(T::of(c)),
            Element::Select => Function::Select,
            Element::Compare(f) => Function::Compare(f),
            Element::Round(precision) => Function::Round(precision),
        }
    }
}

/// The function of operands of one length; those that it does not have are not read.
#[inline]
pub(super) fn apply<T: Float>(f: Function<T>, [x, y, z]: [&[T]; 3], out: &mut [T]) {
    let truth = |holds: bool| if holds { T::one() } else { T::zero() };
    match f {
        Function::Unary(f) => unary(f, x, out),
        Function::Binary(f) => match f {
            Binary::Add => each2(x, y, out, |x, y| x + y),
            Binary::Sub => each2(x, y, out, |x, y| x - y),
            Binary::Mul => each2(x, y, out, |x, y| x * y),
            Binary::Div => each2(x, y, out, |x, y| x / y),
            Binary::Max => each2(x, y, out, |x, y| larger(x, y)),
            Binary::Pow => each2(x, y, out, |x, y| x.pow(&y)),
        },
        Function::Scale(c) => each(x, out, |x| x * c),
        Function::Offset(c) => each(x, out, |x| x + c),
        Function::Select => {
            let pairs = x.iter().zip(y).zip(z);
            for (out, ((&c, &x), &y)) in out.iter_mut().zip(pairs) {
                *out = if c > T::zero() { x } else { y };
            }
        }
        Function::Compare(f) => match f {
            Comparison::Less => each2(x, y, out, |x, y| truth(x < y)),
            Comparison::LessEqual => each2(x, y, out, |x, y| truth(x <= y)),
            Comparison::Equal => each2(x, y, out, |x, y| truth(x == y)),
        },
        Function::Round(precision) => each(x, out, |x| x.in_precision(precision)),
        Function::Copy => out.copy_from_slice(x),
    }
}

fn unary<T: Float>(f: Unary, x: &[T], out: &mut [T]) {
    match f {
        Unary::Stop => out.copy_from_slice(x),
        Unary::Neg => each(x, out, |x| -x),
        Unary::Recip => each(x, out, |x| T::one() / x),
        Unary::Relu => each(x, out, |x| if x < T::zero() { T::zero() } else { x }),
        Unary::Step => each(x, out, |x| if x > T::zero() { T::one() } else { T::zero() }),
        Unary::Exp => each(x, out, |x| T::real(Unary::Exp, x)),
        Unary::Tanh => each(x, out, |x| T::real(Unary::Tanh, x)),
        Unary::Sqrt => each(x, out, |x| T::real(Unary::Sqrt, x)),
        Unary::Rsqrt => each(x, out, |x| T::real(Unary::Rsqrt, x)),
        f => each(x, out, |x| T::real(f, x)),
    }
}

/// The larger; what is not equal to itself wins, and then the first.
#[inline(always)]
pub(super) fn larger<T: Float>(x: T, y: T) -> T {
    let nan = |x: T| x.partial_cmp(&x).is_none();
    if nan(x) || (x >= y && !nan(y)) { x } else { y }
}

#[inline(always)]
fn each<T: Copy>(x: &[T], out: &mut [T], f: impl Fn(T) -> T) {
    for (out, &x) in out.iter_mut().zip(x) {
        *out = f(x);
    }
}

#[inline(always)]
fn each2<T: Copy>(x: &[T], y: &[T], out: &mut [T], f: impl Fn(T, T) -> T) {
    for ((out, &x), &y) in out.iter_mut().zip(x).zip(y) {
        *out = f(x, y);
    }
}

/// So many sums are kept beside each other.
const LANES: usize = 16;

/// The elements of a row joined with what is there.
pub(super) fn join_row<T: Float>(how: Reduction, place: &mut T, x: &[T]) {
    match how {
        Reduction::Sum if x.len() < LANES => {
            for &x in x {
                *place += x;
            }
        }
        Reduction::Sum => {
            let mut sums = [T::zero(); LANES];
            let rows = x.chunks_exact(LANES);
            let rest = rows.remainder();
            for row in rows {
                for (sum, &x) in sums.iter_mut().zip(row) {
                    *sum += x;
                }
            }
            for (sum, &x) in sums.iter_mut().zip(rest) {
                *sum += x;
            }
            // In pairs, pairs of pairs, and so on.
            let mut width = LANES;
            while width > 1 {
                width /= 2;
                for i in 0..width {
                    sums[i] += sums[i + width];
                }
            }
            *place += sums[0];
        }
        Reduction::Max => *place = x.iter().fold(*place, |best, &x| larger(best, x)),
    }
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
