//! Element by element work over slices, and which of it a scalar can do.
//!
//! A program is data and does not know its scalar, so what a scalar can do is found at run time in a table.
//! The tables (`tables.rs`) demand the traits of the tower: a table cannot promise what the scalar lacks. The work is done on
//! whole slices, so the price of the table is one call for each tensor, not for each element.

use super::{Binary, Comparison, Level, Literal, Unary};
use core::any::Any;

/// The interpreter of programs, through the table: so that it is compiled for a scalar in the crate that has the scalar, once,
/// and not in every crate that runs a graph. Programs are on a higher floor, and implement it for every table.
#[doc(hidden)]
pub trait Interpret<A> {
    /// The results of a program or of an instruction, at inputs that it takes out.
    fn interpret(&self, program: &dyn Any, inputs: &mut dyn Any) -> Box<dyn Any>;
}

/// What a scalar can do, for programs that do not know it. `None`: the scalar is too low in the tower, or leaves the
/// function undefined ([`Real::function`](super::Real::function)).
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
    fn select(&self, _c: &[A], _x: &[A], _y: &[A]) -> Option<Vec<A>> {
        None
    }
    /// Element by element, the largest of some slices of one length; there is at least one.
    fn largest(&self, _candidates: &[&[A]]) -> Option<Vec<A>> {
        None
    }
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
    /// The first of some scalars that nothing can be divided by, if any: see [`Field::is_divisor`](super::Field::is_divisor).
    fn no_divisor(&self, _x: &[A]) -> Option<usize> {
        None
    }
    /// The value of a literal; integers from 0 on exist in every semiring.
    fn literal(&self, literal: Literal) -> Option<A>;
    /// `numerator / 2^52`, for a numerator below 2^52: see [`Field::fraction`](super::Field::fraction).
    fn fraction(&self, _numerator: u64) -> Option<A> {
        None
    }
}
