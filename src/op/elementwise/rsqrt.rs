//! The reciprocal of the square root.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`rsqrt`].
#[derive(Clone, Copy, Debug)]
pub struct Rsqrt;

/// `y = 1 / √x`, element by element; infinite at 0, NaN below. Real scalars.
///
/// JVP `-y³/2 dx`; VJP `-y³/2 dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(rsqrt(x)));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([4.0, 0.25]), ());
/// assert_eq!((y.item(), dx), (2.5, Tensor::from([-0.0625, -4.0])));
/// ```
pub fn rsqrt<S: Shape>(x: Var<S>) -> Call<Rsqrt, (Var<S>,)> {
    Call::new(Rsqrt, (x,))
}

impl<S: Shape> Op<(S,)> for Rsqrt {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "rsqrt";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Rsqrt, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        rsqrt:
        small(|x: [4]| rsqrt(x));
        small(|x: [2, 3]| rsqrt(x));
        middle(|x: [3, 4, 2]| rsqrt(x));
        on(positive);
    }

    #[test]
    fn at_zero_and_far_away() {
        let g = graph!(|x: [2]| sum(rsqrt(x)));
        let x = Tensor::from([0.0, f64::INFINITY]);
        let (y, dx) = g.value_and_vjp(&x, ());
        assert_eq!(y.item(), f64::INFINITY);
        assert_eq!(dx, Tensor::from([f64::NEG_INFINITY, 0.0]));
    }
}
