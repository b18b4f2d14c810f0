//! Mish.

use super::softplus::softplus;
use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::Shape;

/// The op of [`mish`].
#[derive(Clone, Copy, Debug)]
pub struct Mish;

/// `y = x tanh(softplus(x))`, element by element. Real scalars.
///
/// Value and derivative are finite for every finite `x`; at `-∞` both are NaN, as in PyTorch.
/// JVP `(t + x (1 - t²) sigmoid(x)) dx` with `t = tanh(softplus(x))`; VJP likewise.
/// Source: Misra, *Mish: A Self Regularized Non-Monotonic Activation Function* (2019).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| mish(x));
/// let (y, dx) = g.vjp(&Tensor::from([0.0, 1000.0, -1000.0]), (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([0.0, 1000.0, 0.0]));
/// let slope: f64 = dx[[0]];
/// assert!((slope - 0.6).abs() < 1e-15); // tanh(log 2)
/// assert_eq!((dx[[1]], dx[[2]]), (1.0, 0.0));
/// ```
pub fn mish<S: Shape>(x: Var<S>) -> Call<Mish, (Var<S>,)> {
    Call::new(Mish, (x,))
}

impl<S: Shape> Op<(S,)> for Mish {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "mish";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S> {
        r.mul_same(x, r.tanh(r.record(softplus(x))))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        mish:
        small(|x: [4]| mish(x));
        small(|x: [2, 3]| mish(x));
        middle(|x: [3, 4, 2]| mish(x));
    }

    #[test]
    fn large_inputs() {
        let g = graph!(|x: [4]| mish(x));
        let x = Tensor::from([f64::MAX, f64::MIN, 1e10, -1e10]);
        let (y, dx) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, Tensor::from([f64::MAX, 0.0, 1e10, 0.0]));
        assert_eq!(dx, Tensor::from([1.0, 0.0, 1.0, 0.0]));
        let g = graph!(|x: [2]| mish(x));
        let (y, dx) = g.vjp(&Tensor::from([f32::MAX, f32::MIN]), (), &Tensor::ones());
        assert_eq!(
            (y, dx),
            (Tensor::from([f32::MAX, 0.0]), Tensor::from([1.0, 0.0]))
        );
    }
}
