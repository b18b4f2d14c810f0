//! The hyperbolic tangent.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, ScalarLevel, Unary, levels};
use crate::shape::Shape;

/// The op of [`tanh`].
#[derive(Clone, Copy, Debug)]
pub struct Tanh;

/// `y = tanh(x)`, element by element. Real scalars.
///
/// JVP `(1 - y²) dx`; VJP `(1 - y²) dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: []| tanh(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::scalar(0.0), ());
/// assert_eq!((y.item(), dx.item()), (0.0, 1.0));
/// ```
pub fn tanh<S: Shape>(x: Var<S>) -> Call<Tanh, (Var<S>,)> {
    Call::new(Tanh, (x,))
}

impl<S: Shape> Op<(S,)> for Tanh {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "tanh";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Tanh, x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`tanh`].
    #[track_caller]
    pub fn tanh<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<levels::Real>,
    {
        self.record(tanh(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        tanh:
        small(|x: [4]| tanh(x));
        small(|x: [2, 3]| tanh(x));
        middle(|x: [3, 4, 2]| tanh(x));
    }
}
