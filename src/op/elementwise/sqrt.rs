//! The square root.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Includes, ScalarLevel, Unary, levels};
use crate::shape::Shape;

/// The op of [`sqrt`].
#[derive(Clone, Copy, Debug)]
pub struct Sqrt;

/// `y = √x`, element by element; NaN below 0. Real scalars.
///
/// JVP `dx / 2y`; VJP `dy / 2y`, which is infinite at 0.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(sqrt(x)));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([4.0, 0.25]), ());
/// assert_eq!((y.item(), dx), (2.5, Tensor::from([0.25, 1.0])));
/// ```
pub fn sqrt<S: Shape>(x: Var<S>) -> Call<Sqrt, (Var<S>,)> {
    Call::new(Sqrt, (x,))
}

impl<S: Shape> Op<(S,)> for Sqrt {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "sqrt";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Sqrt, x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`sqrt`].
    #[track_caller]
    pub fn sqrt<S: Shape>(&self, x: Var<S>) -> Var<S>
    where
        N: Includes<levels::Real>,
    {
        self.record(sqrt(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        sqrt:
        small(|x: [4]| sqrt(x));
        small(|x: [2, 3]| sqrt(x));
        middle(|x: [3, 4, 2]| sqrt(x));
        on(positive);
    }

    #[test]
    fn at_zero() {
        let g = graph!(|x: [1]| sum(sqrt(x)));
        let (y, dx) = g.value_and_vjp(&Tensor::from([0.0]), ());
        assert_eq!((y.item(), dx), (0.0, Tensor::from([f64::INFINITY])));
    }
}
