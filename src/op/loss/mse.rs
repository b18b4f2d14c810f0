//! Mean squared error.

use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::{If, SameShape, Shape};

/// The op of [`mse`].
#[derive(Clone, Copy, Debug)]
pub struct Mse;

/// `y = Σ (a - b)² / n`, a scalar, for two tensors of one shape with `n` elements. Any field.
///
/// JVP `2/n Σ (a - b) (da - db)`; VJP `(d, -d)` with `d = 2/n (a - b) dy`. Undefined for `n = 0`, as `mean`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2], b: [2]| mse(a, b));
/// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([0.0, 5.0])];
/// let (y, tlist![da, db]) = g.value_and_vjp(&x, ());
/// assert_eq!(y.item(), 5.0);
/// assert_eq!((da, db), (Tensor::from([1.0, -3.0]), Tensor::from([-1.0, 3.0])));
/// ```
pub fn mse<S: Shape, T: Shape>(a: Var<S>, b: Var<T>) -> Call<Mse, (Var<S>, Var<T>)> {
    Call::new(Mse, (a, b))
}

impl<S: SameShape<T>, T: Shape> Op<(S, T)> for Mse {
    type Out = If<S::Checked, ()>;
    type Level = levels::Field;
    const NAME: &'static str = "mse";

    fn forward(&self, r: &Recorder<levels::Field>, (a, b): (Var<S>, Var<T>)) -> Var<()> {
        let error = r.sub_same(a, r.typed(b.id()));
        r.mean(r.mul_same(error, error))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        mse:
        small(|a: [4], b: [4]| mse(a, b));
        small(|a: [2, 3], b: [2, 3]| mse(a, b));
        middle(|a: [2, 3, 4], b: [2, 3, 4]| mse(a, b));
    }
}
