//! Multiplication by a number.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, primitives};
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::Shape;

/// The op of [`scale`]: the number.
#[derive(Clone, Copy, Debug)]
pub struct Scale(pub Literal);

/// `y = c x`, element by element, for a number `c`. Any field.
///
/// JVP `c dx`; VJP `c dy`. In `graph!`, `0.1 * x` and `x / 10` are this, with the exact ratio.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| scale(x, 0.5));
/// let y = g.value(&Tensor::from([1.0, 2.0]), ());
/// assert_eq!(y, Tensor::from([0.5, 1.0]));
/// ```
pub fn scale<S: Shape>(x: Var<S>, c: impl Into<Literal>) -> Call<Scale, (Var<S>,)> {
    Call::new(Scale(c.into()), (x,))
}

impl<S: Shape> Op<(S,)> for Scale {
    type Out = S;
    type Level = levels::Field;
    const NAME: &'static str = "scale";

    fn forward(&self, r: &Recorder<levels::Field>, x: (Var<S>,)) -> Var<S> {
        r.prim(primitives::Scale(self.0), x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`scale`].
    #[track_caller]
    pub fn scale<S: Shape>(&self, x: Var<S>, c: impl Into<Literal>) -> Var<S>
    where
        N: Includes<levels::Field>,
    {
        self.record(scale(x, c))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        scale:
        small(|x: [4]| x * 0.1);
        small(|x: [2, 3]| -3 * x);
        middle(|x: [3, 4, 2]| x / 7);
    }
}
