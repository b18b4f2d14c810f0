//! The exponential, less 1.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`expm1`].
#[derive(Clone, Copy, Debug)]
pub struct Expm1;

/// `y = eˣ - 1`, element by element, accurate where `x` is small. Real scalars.
///
/// JVP `(y + 1) dx`; VJP `(y + 1) dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| expm1(x));
/// let y = g.value(&Tensor::from([0.0, 1e-20]), ());
/// assert_eq!(y, Tensor::from([0.0, 1e-20])); // exp(1e-20) is 1
/// ```
pub fn expm1<S: Shape>(x: Var<S>) -> Call<Expm1, (Var<S>,)> {
    Call::new(Expm1, (x,))
}

impl<S: Shape> Op<(S,)> for Expm1 {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "expm1";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Expm1, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        expm1:
        small(|x: [4]| expm1(x));
        small(|x: [2, 3]| expm1(x));
        middle(|x: [3, 4, 2]| expm1(x));
    }

    #[test]
    fn at_infinities() {
        let g = graph!(|x: [2]| sum(expm1(x)));
        let x = Tensor::from([f64::NEG_INFINITY, 0.0]);
        let (y, dx) = g.value_and_vjp(&x, ());
        assert_eq!((y.item(), dx), (-1.0, Tensor::from([0.0, 1.0])));
    }
}
