//! The exponential linear unit.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, primitives};
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`elu`]: what it tends to far below 0, negated.
#[derive(Clone, Copy, Debug)]
pub struct Elu(pub Literal);

/// `y = x` where `x > 0`, else `alpha (eˣ - 1)`, element by element. Real scalars.
///
/// Of large `x` no exponential is taken, so that value and derivative are finite. JVP `dx` or `alpha eˣ dx`; VJP likewise. At 0
/// the derivative is `alpha`, as in PyTorch.
/// Source: Clevert, Unterthiner and Hochreiter, *Fast and Accurate Deep Network Learning by Exponential Linear Units* (2015).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| elu(x, 2));
/// let (y, dx) = g.vjp(&Tensor::from([-1000.0, 0.0, 1000.0]), (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([-2.0, 0.0, 1000.0]));
/// assert_eq!(dx, Tensor::from([0.0, 2.0, 1.0]));
/// ```
pub fn elu<S: Shape>(x: Var<S>, alpha: impl Into<Literal>) -> Call<Elu, (Var<S>,)> {
    Call::new(Elu(alpha.into()), (x,))
}

impl<S: Shape> Op<(S,)> for Elu {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "elu";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S> {
        // Before the exponential and after it: above 0 it may be infinite, and 0 times that is NaN in a derivative.
        let below = r.prim::<S>(primitives::Select, (x, r.zeros::<S>(), x));
        let below = r.scale(r.prim::<S>(Unary::Expm1, (below,)), self.0);
        r.prim(primitives::Select, (x, x, below))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        elu:
        small(|x: [4]| elu(x, 1));
        small(|x: [2, 3]| elu(x, 0.5));
        middle(|x: [3, 4, 2]| elu(x, 2));
    }

    #[test]
    fn large_inputs_and_infinities() {
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let g = graph!(|x: [5]| elu(x, 2));
        let x = Tensor::from([f64::MAX, f64::MIN, inf, -inf, nan]);
        let (y, dx) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y.as_slice()[..4], [f64::MAX, -2.0, inf, -2.0]);
        assert_eq!(dx.as_slice()[..4], [1.0, 0.0, 1.0, 0.0]);
        assert!(y[[4]].is_nan());
    }

    /// As `exp(x) - 1`, half of the digits would be lost here.
    #[test]
    fn near_zero() {
        let y = graph!(|x: [1]| elu(x, 1)).value(&Tensor::from([-1e-20]), ());
        assert_eq!(y, Tensor::from([-1e-20]));
    }
}
