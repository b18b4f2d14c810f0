//! A value that counts as a constant.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`stop_gradient`].
#[derive(Clone, Copy, Debug)]
pub struct StopGradient;

/// `y = x`, and the derivative counts as 0: JVP `0`; VJP `0`. Any semiring.
///
/// The one op whose rules are not the derivative of its value, so differences of values do not agree with them.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(x * stop_gradient(x)));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([2.0, 3.0]), ());
/// assert_eq!((y.item(), dx), (13.0, Tensor::from([2.0, 3.0])));
/// ```
pub fn stop_gradient<S: Shape>(x: Var<S>) -> Call<StopGradient, (Var<S>,)> {
    Call::new(StopGradient, (x,))
}

impl<S: Shape> Op<(S,)> for StopGradient {
    type Out = S;
    type Level = levels::Semiring;
    const NAME: &'static str = "stop_gradient";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Stop, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        stop_gradient:
        small(|x: [4]| stop_gradient(x));
        small(|x: [2, 3]| x * stop_gradient(x));
        middle(|x: [3, 4, 2]| x * stop_gradient(x));
        not_by_differences("the value counts as a constant");
    }

    /// Nothing in either mode, not even of an infinite tangent.
    #[test]
    fn no_derivative() {
        let g = graph!(|x: [2]| stop_gradient(x));
        let x = tlist![Tensor::from([2.0, 3.0])];
        let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::full(f64::INFINITY));
        assert_eq!((y, dx), (Tensor::from([2.0, 3.0]), Tensor::zeros()));
        let tlist![_, dy] = g.jvp(&x, &tlist![Tensor::full(f64::INFINITY)], ());
        assert_eq!(dy, Tensor::zeros());
    }
}
