//! The sigmoid linear unit.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::Shape;

/// The op of [`silu`].
#[derive(Clone, Copy, Debug)]
pub struct Silu;

/// `y = x sigmoid(x)`, element by element: also called swish. Real scalars.
///
/// Value and derivative are finite for every finite `x`; at `-∞` both are NaN, as in PyTorch.
/// JVP `s (1 + x (1 - s)) dx` with `s = sigmoid(x)`; VJP likewise.
/// Source: Ramachandran, Zoph and Le, *Searching for Activation Functions* (2017).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| silu(x));
/// let (y, dx) = g.vjp(&Tensor::from([0.0, 1000.0, -1000.0]), (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([0.0, 1000.0, 0.0]));
/// assert_eq!(dx, Tensor::from([0.5, 1.0, 0.0]));
/// ```
pub fn silu<S: Shape>(x: Var<S>) -> Call<Silu, (Var<S>,)> {
    Call::new(Silu, (x,))
}

impl<S: Shape> Op<(S,)> for Silu {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "silu";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<S> {
        r.mul_same(x, r.sigmoid(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        silu:
        small(|x: [4]| silu(x));
        small(|x: [2, 3]| silu(x));
        middle(|x: [3, 4, 2]| silu(x));
    }

    #[test]
    fn large_inputs() {
        let g = graph!(|x: [4]| silu(x));
        let x = Tensor::from([f64::MAX, f64::MIN, 1e10, -1e10]);
        let (y, dx) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, Tensor::from([f64::MAX, 0.0, 1e10, 0.0]));
        assert_eq!(dx, Tensor::from([1.0, 0.0, 1.0, 0.0]));
        let g = graph!(|x: [2]| silu(x));
        let (y, dx) = g.vjp(&Tensor::from([f32::MAX, f32::MIN]), (), &Tensor::ones());
        assert_eq!(
            (y, dx),
            (Tensor::from([f32::MAX, 0.0]), Tensor::from([1.0, 0.0]))
        );
    }
}
