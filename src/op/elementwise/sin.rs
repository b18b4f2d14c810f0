//! The sine.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::{Unary, levels};
use crate::shape::Shape;

/// The op of [`sin`].
#[derive(Clone, Copy, Debug)]
pub struct Sin;

/// `y = sin(x)`, element by element. Real scalars.
///
/// JVP `cos(x) dx`; VJP `cos(x) dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: []| sin(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::scalar(0.0), ());
/// assert_eq!((y.item(), dx.item()), (0.0, 1.0));
/// ```
pub fn sin<S: Shape>(x: Var<S>) -> Call<Sin, (Var<S>,)> {
    Call::new(Sin, (x,))
}

impl<S: Shape> Op<(S,)> for Sin {
    type Out = S;
    type Level = levels::Real;
    const NAME: &'static str = "sin";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S> {
        r.prim(Unary::Sin, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        sin:
        small(|x: [4]| sin(x));
        small(|x: [2, 3]| sin(x));
        middle(|x: [3, 4, 2]| sin(x));
    }

    /// Also of numbers at which a multiple of 2π is hard to find.
    #[test]
    fn of_large_numbers() {
        let g = graph!(|x: [2]| sin(x));
        let y = g.value(&Tensor::from([1e22, f64::INFINITY]), ());
        assert!((y[[0]] + 0.852_200_849_767_188_8).abs() < 1e-15); // to 16 digits
        assert!(y[[1]].is_nan());
    }
}
