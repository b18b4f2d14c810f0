//! Element by element work over slices, and which of it a scalar can do.
//!
//! A program is data and does not know its scalar, so what a scalar can do is found at run time in a table.
//! The tables demand the traits of the tower: a table cannot promise what the scalar lacks. The work is done on
//! whole slices, so the price of the table is one call for each tensor, not for each element.

use super::{Binary, Comparison, Field, Level, Literal, OrderedField, Real, Ring, Semiring, Unary};
use core::any::Any;

/// The interpreter of programs, through the table: so that it is compiled for a scalar in the crate that has the scalar, once,
/// and not in every crate that runs a graph. Programs are on a higher floor, and implement it for every table.
#[doc(hidden)]
pub trait Interpret<A> {
    /// The results of a program or of an instruction, at inputs that it takes out.
    fn interpret(&self, program: &dyn Any, inputs: &mut dyn Any) -> Box<dyn Any>;
}

/// What a scalar can do, for programs that do not know it. `None`: the scalar is too low in the tower, or leaves the
/// function undefined ([`Real::function`]).
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::{Binary, Comparison, Kernels, Level, Literal, Modular, Unary};
/// // A prime field has no `exp` and no order, and says so. Nothing can be divided by its 0.
/// let table: &dyn Kernels<Modular> = Modular::kernels();
/// assert_eq!(table.level(), Level::Field);
/// let x = [3u64, 0].map(Modular::from);
/// assert_eq!(table.unary(Unary::Exp, &x), None);
/// assert_eq!(table.binary(Binary::Mul, &x, &x), Some(vec![Modular::from(9u64), Modular::from(0u64)]));
/// assert_eq!((table.select(&x, &x, &x), table.largest(&[&x])), (None, None));
/// assert_eq!((table.compare(Comparison::Less, &x, &x), table.argmax(&[&x])), (None, None));
/// assert_eq!(table.no_divisor(&x), Some(1));
/// assert_eq!(table.literal(Literal::ratio(6, 2)), Some(Modular::from(3u64)));
/// ```
pub trait Kernels<A>: Interpret<A> + Sync {
    /// The level of this table.
    fn level(&self) -> Level;
    /// `f` of each element.
    fn unary(&self, f: Unary, x: &[A]) -> Option<Vec<A>>;
    /// `f` of each pair of elements.
    fn binary(&self, f: Binary, x: &[A], y: &[A]) -> Option<Vec<A>>;
    /// `x` where `c > 0`, else `y`, element by element.
    fn select(&self, c: &[A], x: &[A], y: &[A]) -> Option<Vec<A>>;
    /// Element by element, the largest of some slices of one length; there is at least one.
    fn largest(&self, candidates: &[&[A]]) -> Option<Vec<A>>;
    /// Whether each pair of elements compares so; of a pair `None` where the scalar cannot decide, such as of intervals that
    /// overlap.
    fn compare(&self, _f: Comparison, _x: &[A], _y: &[A]) -> Option<Vec<Option<bool>>> {
        None
    }
    /// Element by element, which of some slices of one length has the largest, the first of several; of an element `None`
    /// where the scalar cannot decide. There is at least one slice.
    fn argmax(&self, _candidates: &[&[A]]) -> Option<Vec<Option<usize>>> {
        None
    }
    /// The first of some scalars that nothing can be divided by, if any: see [`Field::is_divisor`].
    fn no_divisor(&self, _x: &[A]) -> Option<usize> {
        None
    }
    /// The value of a literal; integers from 0 on exist in every semiring.
    fn literal(&self, literal: Literal) -> Option<A>;
}

fn map<A>(x: &[A], f: impl Fn(&A) -> A) -> Option<Vec<A>> {
    Some(x.iter().map(f).collect())
}

fn zip<A>(x: &[A], y: &[A], f: impl Fn(&A, &A) -> A) -> Option<Vec<A>> {
    Some(x.iter().zip(y).map(|(x, y)| f(x, y)).collect())
}

/// `n` as a sum of ones, by doubling.
pub(super) fn natural<A: Semiring>(n: u64) -> A {
    let mut sum = A::zero();
    let mut power = A::one();
    for bit in 0..u64::BITS - n.leading_zeros() {
        if n >> bit & 1 == 1 {
            sum = sum + power.clone();
        }
        power = power.clone() + power;
    }
    sum
}

/// The reference product: three plain loops, for every semiring.
pub(super) fn matmul<A: Semiring>(
    a: &[A],
    b: &[A],
    [m, k, n]: [usize; 3],
    ta: bool,
    tb: bool,
) -> Vec<A> {
    let mut out = Vec::with_capacity(m * n);
    for row in 0..m {
        for column in 0..n {
            let mut sum = A::zero();
            for i in 0..k {
                let x = if ta { &a[i * m + row] } else { &a[row * k + i] };
                let y = if tb {
                    &b[column * k + i]
                } else {
                    &b[i * n + column]
                };
                sum = sum + x.clone() * y.clone();
            }
            out.push(sum);
        }
    }
    out
}

/// The table of a scalar that is a [`Semiring`].
pub struct SemiringKernels;
/// The table of a scalar that is a [`Ring`].
pub struct RingKernels;
/// The table of a scalar that is a [`Field`].
pub struct FieldKernels;
/// The table of a scalar that is an [`OrderedField`].
pub struct OrderedFieldKernels;
/// The table of a scalar that is [`Real`].
pub struct RealKernels;

impl<A: Semiring> Kernels<A> for SemiringKernels {
    fn level(&self) -> Level {
        Level::Semiring
    }
    fn unary(&self, f: Unary, x: &[A]) -> Option<Vec<A>> {
        match f {
            Unary::Stop => Some(x.to_vec()),
            _ => None,
        }
    }
    fn binary(&self, f: Binary, x: &[A], y: &[A]) -> Option<Vec<A>> {
        match f {
            Binary::Add => zip(x, y, |x, y| x.clone() + y.clone()),
            Binary::Mul => zip(x, y, |x, y| x.clone() * y.clone()),
            _ => None,
        }
    }
    fn select(&self, _c: &[A], _x: &[A], _y: &[A]) -> Option<Vec<A>> {
        None
    }
    fn largest(&self, _candidates: &[&[A]]) -> Option<Vec<A>> {
        None
    }
    fn literal(&self, literal: Literal) -> Option<A> {
        match literal {
            Literal::Ratio(n, 1) => Some(natural(u64::try_from(n).ok()?)),
            _ => None,
        }
    }
}

impl<A: Ring> Kernels<A> for RingKernels {
    fn level(&self) -> Level {
        Level::Ring
    }
    fn unary(&self, f: Unary, x: &[A]) -> Option<Vec<A>> {
        match f {
            Unary::Neg => map(x, |x| -x.clone()),
            _ => SemiringKernels.unary(f, x),
        }
    }
    fn binary(&self, f: Binary, x: &[A], y: &[A]) -> Option<Vec<A>> {
        match f {
            Binary::Sub => zip(x, y, |x, y| x.clone() - y.clone()),
            _ => SemiringKernels.binary(f, x, y),
        }
    }
    fn select(&self, _c: &[A], _x: &[A], _y: &[A]) -> Option<Vec<A>> {
        None
    }
    fn largest(&self, _candidates: &[&[A]]) -> Option<Vec<A>> {
        None
    }
    fn literal(&self, literal: Literal) -> Option<A> {
        match literal {
            Literal::Ratio(n, 1) if n < 0 => Some(-natural::<A>(n.unsigned_abs())),
            _ => SemiringKernels.literal(literal),
        }
    }
}

impl<A: Field> Kernels<A> for FieldKernels {
    fn level(&self) -> Level {
        Level::Field
    }
    fn no_divisor(&self, x: &[A]) -> Option<usize> {
        x.iter().position(|x| !x.is_divisor())
    }
    fn unary(&self, f: Unary, x: &[A]) -> Option<Vec<A>> {
        match f {
            Unary::Recip => map(x, |x| A::one() / x.clone()),
            _ => RingKernels.unary(f, x),
        }
    }
    fn binary(&self, f: Binary, x: &[A], y: &[A]) -> Option<Vec<A>> {
        match f {
            Binary::Div => zip(x, y, |x, y| x.clone() / y.clone()),
            _ => RingKernels.binary(f, x, y),
        }
    }
    fn select(&self, _c: &[A], _x: &[A], _y: &[A]) -> Option<Vec<A>> {
        None
    }
    fn largest(&self, _candidates: &[&[A]]) -> Option<Vec<A>> {
        None
    }
    fn literal(&self, literal: Literal) -> Option<A> {
        Some(A::from_literal(literal))
    }
}

impl<A: OrderedField> Kernels<A> for OrderedFieldKernels {
    fn level(&self) -> Level {
        Level::OrderedField
    }
    fn no_divisor(&self, x: &[A]) -> Option<usize> {
        x.iter().position(|x| !x.is_divisor())
    }
    fn unary(&self, f: Unary, x: &[A]) -> Option<Vec<A>> {
        match f {
            Unary::Relu => map(x, A::relu),
            Unary::Step => map(x, A::step),
            _ => FieldKernels.unary(f, x),
        }
    }
    fn binary(&self, f: Binary, x: &[A], y: &[A]) -> Option<Vec<A>> {
        match f {
            Binary::Max => zip(x, y, |x, y| A::largest(x, &[y])),
            _ => FieldKernels.binary(f, x, y),
        }
    }
    fn select(&self, c: &[A], x: &[A], y: &[A]) -> Option<Vec<A>> {
        let pairs = x.iter().zip(y);
        let select = |(c, (x, y)): (&A, (&A, &A))| A::select(c, x, y);
        Some(c.iter().zip(pairs).map(select).collect())
    }
    fn largest(&self, candidates: &[&[A]]) -> Option<Vec<A>> {
        let (first, rest) = candidates.split_first()?;
        let largest = |(i, x)| {
            let rest: Vec<_> = rest.iter().map(|candidate| &candidate[i]).collect();
            A::largest(x, &rest)
        };
        Some(first.iter().enumerate().map(largest).collect())
    }
    fn compare(&self, f: Comparison, x: &[A], y: &[A]) -> Option<Vec<Option<bool>>> {
        Some(x.iter().zip(y).map(|(x, y)| A::compare(f, x, y)).collect())
    }
    fn argmax(&self, candidates: &[&[A]]) -> Option<Vec<Option<usize>>> {
        let (first, rest) = candidates.split_first()?;
        let argmax = |(i, x)| {
            let rest: Vec<_> = rest.iter().map(|candidate| &candidate[i]).collect();
            A::argmax(x, &rest)
        };
        Some(first.iter().enumerate().map(argmax).collect())
    }
    fn literal(&self, literal: Literal) -> Option<A> {
        FieldKernels.literal(literal)
    }
}

impl<A: Real> Kernels<A> for RealKernels {
    fn level(&self) -> Level {
        Level::Real
    }
    fn no_divisor(&self, x: &[A]) -> Option<usize> {
        x.iter().position(|x| !x.is_divisor())
    }
    fn unary(&self, f: Unary, x: &[A]) -> Option<Vec<A>> {
        match f {
            Unary::Exp => map(x, A::exp),
            Unary::Log => map(x, A::log),
            Unary::Tanh => map(x, A::tanh),
            Unary::Sigmoid => map(x, A::sigmoid),
            Unary::Sqrt => map(x, A::sqrt),
            _ if f.level() == Level::Real => x.iter().map(|x| x.function(f)).collect(),
            _ => OrderedFieldKernels.unary(f, x),
        }
    }
    fn binary(&self, f: Binary, x: &[A], y: &[A]) -> Option<Vec<A>> {
        match f {
            Binary::Pow => zip(x, y, A::pow),
            _ => OrderedFieldKernels.binary(f, x, y),
        }
    }
    fn select(&self, c: &[A], x: &[A], y: &[A]) -> Option<Vec<A>> {
        OrderedFieldKernels.select(c, x, y)
    }
    fn largest(&self, candidates: &[&[A]]) -> Option<Vec<A>> {
        OrderedFieldKernels.largest(candidates)
    }
    fn compare(&self, f: Comparison, x: &[A], y: &[A]) -> Option<Vec<Option<bool>>> {
        OrderedFieldKernels.compare(f, x, y)
    }
    fn argmax(&self, candidates: &[&[A]]) -> Option<Vec<Option<usize>>> {
        OrderedFieldKernels.argmax(candidates)
    }
    fn literal(&self, literal: Literal) -> Option<A> {
        FieldKernels.literal(literal)
    }
}
