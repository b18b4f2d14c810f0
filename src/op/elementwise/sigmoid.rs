//! The logistic sigmoid.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, ScalarLevel, Unary, levels};
use crate::shape::Shape;

/// The op of [`sigmoid`].
#[derive(Clone, Copy, Debug)]
pub struct Sigmoid;

/// `y = 1 / (1 + e⁻ˣ)`, element by element. Real scalars; finite however large `x` is.
///
/// JVP `y (1 - y) dx`; VJP `y (1 - y) dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: []| sigmoid(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::scalar(0.0), ());
/// assert_eq!((y.item(), dx.item()), (0.5, 0.25));
/// ```
pub fn sigmoid<S: Shape>(x: Var<S>) -> Call<Sigmoid, (Var<S>,)> {
    Call::new(Sigmoid, (x,))
}

impl<S: Shape> Op<(S,)> for Sigmoid {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "sigmoid";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Sigmoid, x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`sigmoid`].
    #[track_caller]
    pub fn sigmoid<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<levels::Real>,
    {
        self.record(sigmoid(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        sigmoid:
        small(|x: [4]| sigmoid(x));
        small(|x: [2, 3]| sigmoid(x));
        middle(|x: [3, 4, 2]| sigmoid(x));
    }
}
