//! Addition of a number.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, primitives};
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::Shape;

/// The op of [`offset`]: the number.
#[derive(Clone, Copy, Debug)]
pub struct Offset(pub Literal);

/// `y = x + c`, element by element, for a number `c`. Any field.
///
/// JVP `dx`; VJP `dy`. In `graph!`, `x + 1` and `x - 0.1` are this, with the exact ratio.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| offset(x, 0.5));
/// let y = g.value(&Tensor::from([1.0, 2.0]), ());
/// assert_eq!(y, Tensor::from([1.5, 2.5]));
/// ```
pub fn offset<S: Shape>(x: Var<S>, c: impl Into<Literal>) -> Call<Offset, (Var<S>,)> {
    Call::new(Offset(c.into()), (x,))
}

impl<S: Shape> Op<(S,)> for Offset {
    type Out = S;
    type Level = levels::Field;
    const NAME: &'static str = "offset";

    fn forward(&self, r: &Recorder<levels::Field>, x: (Var<S>,)) -> Var<S> {
        r.prim(primitives::Offset(self.0), x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`offset`].
    #[track_caller]
    pub fn offset<S: Shape>(&self, x: Var<S>, c: impl Into<Literal>) -> Var<S>
    where
        N: Includes<levels::Field>,
    {
        self.record(offset(x, c))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        offset:
        small(|x: [4]| x + 0.5);
        small(|x: [2, 3]| 1 - x);
        middle(|x: [3, 4, 2]| x - 2.5);
    }
}
