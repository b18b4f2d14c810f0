//! The cosine.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`cos`].
#[derive(Clone, Copy, Debug)]
pub struct Cos;

/// `y = cos(x)`, element by element. Real scalars.
///
/// JVP `-sin(x) dx`; VJP `-sin(x) dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: []| cos(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::scalar(0.0), ());
/// assert_eq!((y.item(), dx.item()), (1.0, 0.0));
/// ```
pub fn cos<S: Shape>(x: Var<S>) -> Call<Cos, (Var<S>,)> {
    Call::new(Cos, (x,))
}

impl<S: Shape> Op<(S,)> for Cos {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "cos";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Cos, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        cos:
        small(|x: [4]| cos(x));
        small(|x: [2, 3]| cos(x));
        middle(|x: [3, 4, 2]| cos(x));
    }
}
