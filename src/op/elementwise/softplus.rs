//! The softplus.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`softplus`].
#[derive(Clone, Copy, Debug)]
pub struct Softplus;

/// `y = log(1 + eˣ)`, element by element: a smooth [`relu`](crate::op::relu). Real scalars; finite however large `x` is.
///
/// JVP `sigmoid(x) dx`; VJP `sigmoid(x) dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| softplus(x));
/// let x = tlist![Tensor::from([0.0, 1000.0])];
/// let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([2f64.ln(), 1000.0]));
/// assert_eq!(dx, Tensor::from([0.5, 1.0]));
/// ```
pub fn softplus<S: Shape>(x: Var<S>) -> Call<Softplus, (Var<S>,)> {
    Call::new(Softplus, (x,))
}

impl<S: Shape> Op<(S,)> for Softplus {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "softplus";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Softplus, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        softplus:
        small(|x: [4]| softplus(x));
        small(|x: [2, 3]| softplus(x));
        middle(|x: [3, 4, 2]| softplus(x));
    }

    #[test]
    fn far_away() {
        let g = graph!(|x: [4]| softplus(x));
        let x = tlist![Tensor::from([
            f64::NEG_INFINITY,
            -50.0,
            f64::INFINITY,
            f64::NAN
        ])];
        let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
        let small = (-50f64).exp(); // log(1 + e) is e there
        assert_eq!(y.as_slice()[..3], [0.0, small, f64::INFINITY]);
        assert_eq!(dx.as_slice()[..3], [0.0, small, 1.0]);
        assert!(y.as_slice()[3].is_nan() && dx.as_slice()[3].is_nan());
    }
}
