//! The exponential.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, ScalarLevel, Unary, levels};
use crate::shape::Shape;

/// The op of [`exp`].
#[derive(Clone, Copy, Debug)]
pub struct Exp;

/// `y = eˣ`, element by element. Real scalars.
///
/// JVP `y dx`; VJP `y dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: []| exp(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::scalar(0.0), ());
/// assert_eq!((y.item(), dx.item()), (1.0, 1.0));
/// ```
pub fn exp<S: Shape>(x: Var<S>) -> Call<Exp, (Var<S>,)> {
    Call::new(Exp, (x,))
}

impl<S: Shape> Op<(S,)> for Exp {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "exp";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Exp, x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`exp`].
    #[track_caller]
    pub fn exp<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<levels::Real>,
    {
        self.record(exp(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        exp:
        small(|x: [4]| exp(x));
        small(|x: [2, 3]| exp(x));
        middle(|x: [3, 4, 2]| exp(x));
    }
}
