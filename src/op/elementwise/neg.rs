//! Negation.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, ScalarLevel, Unary, levels};
use crate::shape::Shape;

/// The op of [`neg`].
#[derive(Clone, Copy, Debug)]
pub struct Neg;

/// `y = -x`, element by element. Any ring.
///
/// JVP `-dx`; VJP `-dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| neg(x)); // or `-x`
/// let y = g.value(&Tensor::from([1.0, -2.0]), ());
/// assert_eq!(y, Tensor::from([-1.0, 2.0]));
/// ```
pub fn neg<S: Shape>(x: Var<S>) -> Call<Neg, (Var<S>,)> {
    Call::new(Neg, (x,))
}

impl<S: Shape> Op<(S,)> for Neg {
    type Out = S;
    type Level = levels::Ring;
    const NAME: &'static str = "neg";

    fn forward(&self, r: &Recorder<levels::Ring>, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Neg, x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`neg`].
    #[track_caller]
    pub fn neg<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<levels::Ring>,
    {
        self.record(neg(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        neg:
        small(|x: [4]| -x);
        small(|x: [2, 3]| -x);
        middle(|x: [3, 4, 2]| -x);
    }
}
