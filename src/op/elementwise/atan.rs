//! The arctangent.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`atan`].
#[derive(Clone, Copy, Debug)]
pub struct Atan;

/// `y = atan(x)`, the angle between `-π/2` and `π/2` whose tangent is `x`, element by element. Real scalars.
///
/// JVP `dx / (1 + x²)`; VJP `dy / (1 + x²)`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(atan(x)));
/// let x = Tensor::from([0.0, f64::INFINITY]);
/// let (y, dx) = g.value_and_vjp(&x, ());
/// assert_eq!((y.item(), dx), (core::f64::consts::FRAC_PI_2, Tensor::from([1.0, 0.0])));
/// ```
pub fn atan<S: Shape>(x: Var<S>) -> Call<Atan, (Var<S>,)> {
    Call::new(Atan, (x,))
}

impl<S: Shape> Op<(S,)> for Atan {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "atan";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Atan, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        atan:
        small(|x: [4]| atan(x));
        small(|x: [2, 3]| atan(x));
        middle(|x: [3, 4, 2]| atan(x));
    }
}
