//! The logarithm of 1 and a little more.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`log1p`].
#[derive(Clone, Copy, Debug)]
pub struct Log1p;

/// `y = log(1 + x)`, element by element, accurate where `x` is small; NaN below -1. Real scalars.
///
/// JVP `dx / (1 + x)`; VJP `dy / (1 + x)`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| log1p(x));
/// let y = g.value(&Tensor::from([0.0, 1e-20]), ());
/// assert_eq!(y, Tensor::from([0.0, 1e-20])); // 1 + 1e-20 is 1, and its logarithm 0
/// ```
pub fn log1p<S: Shape>(x: Var<S>) -> Call<Log1p, (Var<S>,)> {
    Call::new(Log1p, (x,))
}

impl<S: Shape> Op<(S,)> for Log1p {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "log1p";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Log1p, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        log1p:
        small(|x: [4]| log1p(x));
        small(|x: [2, 3]| log1p(x));
        middle(|x: [3, 4, 2]| log1p(x));
        on(positive);
    }

    #[test]
    fn at_the_end_of_its_domain() {
        let g = graph!(|x: [2]| log1p(x));
        let y = g.value(&Tensor::from([-1.0, -1.5]), ());
        assert!(y[[0]] == f64::NEG_INFINITY && y[[1]].is_nan());
    }
}
