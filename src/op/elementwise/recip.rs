//! The reciprocal.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, ScalarLevel, Unary, levels};
use crate::shape::Shape;

/// The op of [`recip`].
#[derive(Clone, Copy, Debug)]
pub struct Recip;

/// `y = 1 / x`, element by element. Any field.
///
/// JVP `-y² dx`; VJP `-y² dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: []| recip(x)); // or `1 / x`
/// let (y, dx) = g.value_and_vjp(&Tensor::scalar(2.0), ());
/// assert_eq!((y.item(), dx.item()), (0.5, -0.25));
/// ```
pub fn recip<S: Shape>(x: Var<S>) -> Call<Recip, (Var<S>,)> {
    Call::new(Recip, (x,))
}

impl<S: Shape> Op<(S,)> for Recip {
    type Out = S;
    type Level = levels::Field;
    const NAME: &'static str = "recip";

    fn forward(&self, r: &Recorder<levels::Field>, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Recip, x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`recip`].
    #[track_caller]
    pub fn recip<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<levels::Field>,
    {
        self.record(recip(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        recip:
        small(|x: [4]| recip(x));
        small(|x: [2, 3]| 1.0 / x);
        middle(|x: [3, 4, 2]| recip(x));
    }
}
