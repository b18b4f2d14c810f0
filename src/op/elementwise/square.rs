//! The square.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::Shape;

/// The op of [`square`].
#[derive(Clone, Copy, Debug)]
pub struct Square;

/// `y = x²`, element by element. Any semiring. JVP `2x dx`; VJP `2x dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(square(x)));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([-1.0, 3.0]), ());
/// assert_eq!((y.item(), dx), (10.0, Tensor::from([-2.0, 6.0])));
/// ```
pub fn square<S: Shape>(x: Var<S>) -> Call<Square, (Var<S>,)> {
    Call::new(Square, (x,))
}

impl<S: Shape> Op<(S,)> for Square {
    type Out = S;
    type Level = levels::Semiring;
    const NAME: &'static str = "square";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S> {
        r.mul_same(x, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        square:
        small(|x: [4]| square(x));
        small(|x: [2, 3]| square(x));
        middle(|x: [3, 4, 2]| square(x));
    }
}
