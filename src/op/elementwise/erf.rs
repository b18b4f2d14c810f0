//! The error function.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`erf`].
#[derive(Clone, Copy, Debug)]
pub struct Erf;

/// `y = erf(x)`, `2/√π` times the integral of `exp(-t²)` from 0 to `x`, element by element. Real scalars.
///
/// JVP `2/√π exp(-x²) dx`; VJP `2/√π exp(-x²) dy`.
///
/// The distribution function of the normal distribution is `(1 + erf(x / √2)) / 2`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(erf(x)));
/// let x = Tensor::from([0.0, f64::INFINITY]);
/// let (y, dx) = g.value_and_vjp(&x, ());
/// assert_eq!((y.item(), dx), (1.0, Tensor::from([core::f64::consts::FRAC_2_SQRT_PI, 0.0])));
/// ```
pub fn erf<S: Shape>(x: Var<S>) -> Call<Erf, (Var<S>,)> {
    Call::new(Erf, (x,))
}

impl<S: Shape> Op<(S,)> for Erf {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "erf";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Erf, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        erf:
        small(|x: [4]| erf(x));
        small(|x: [2, 3]| erf(x));
        middle(|x: [3, 4, 2]| erf(x));
    }
}
