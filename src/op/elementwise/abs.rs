//! The absolute value.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::Shape;

/// The op of [`abs`].
#[derive(Clone, Copy, Debug)]
pub struct Abs;

/// `y = |x|`, element by element. Any ordered field.
///
/// JVP `sign(x) dx`; VJP `sign(x) dy`. At 0 the derivative is 0, as in PyTorch (JAX has 1), and at NaN it is 0 too.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3]| sum(abs(x)));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([-2.0, 0.0, 3.0]), ());
/// assert_eq!((y.item(), dx), (5.0, Tensor::from([-1.0, 0.0, 1.0])));
/// ```
pub fn abs<S: Shape>(x: Var<S>) -> Call<Abs, (Var<S>,)> {
    Call::new(Abs, (x,))
}

impl<S: Shape> Op<(S,)> for Abs {
    type Out = S;
    type Level = levels::OrderedField;
    const NAME: &'static str = "abs";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S> {
        r.add_same(r.relu(x), r.relu(r.neg(x)))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        abs:
        small(|x: [4]| abs(x));
        small(|x: [2, 3]| abs(x));
        middle(|x: [3, 4, 2]| abs(x));
    }

    /// 0, as in PyTorch; JAX 0.10.2 has 1 at both zeros, and -1 at NaN.
    #[test]
    fn derivative_where_there_is_none() {
        let g = graph!(|x: [3]| abs(x));
        let x = tlist![Tensor::from([0.0, -0.0, f64::NAN])];
        let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(
            (y.as_slice()[..2].to_vec(), dx),
            (vec![0.0, 0.0], Tensor::zeros())
        );
    }

    #[test]
    fn of_infinities_and_nan() {
        let g = graph!(|x: [3]| abs(x));
        let inf = f64::INFINITY;
        let y = g.value(&Tensor::from([-inf, inf, f64::NAN]), ());
        assert_eq!(y.as_slice()[..2], [inf, inf]);
        assert!(y.as_slice()[2].is_nan());
    }
}
