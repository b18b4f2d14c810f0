//! Mean absolute error.

use crate::op::{Call, Op, Recorder, Var, abs};
use crate::scalar::levels;
use crate::shape::{If, SameShape, Shape};

/// The op of [`mae`].
#[derive(Clone, Copy, Debug)]
pub struct Mae;

/// `y = Σ |a - b| / n`, a scalar, for two tensors of one shape with `n` elements. Any ordered field.
///
/// JVP `Σ sign(a - b) (da - db) / n`; VJP `(d, -d)` with `d = sign(a - b) dy / n`. Where `a = b` it is 0, as in PyTorch's
/// `L1Loss`. Undefined for `n = 0`, as `mean`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [4], b: [4]| mae(a, b));
/// let x = tlist![Tensor::from([1.0, 2.0, 7.0, 0.0]), Tensor::from([0.0, 5.0, 7.0, 4.0])];
/// let (y, tlist![da, db]) = g.value_and_vjp(&x, ());
/// assert_eq!(y.item(), 2.0);
/// assert_eq!(da, Tensor::from([0.25, -0.25, 0.0, -0.25]));
/// assert_eq!(db, -da);
/// ```
pub fn mae<S: Shape, T: Shape>(a: Var<S>, b: Var<T>) -> Call<Mae, (Var<S>, Var<T>)> {
    Call::new(Mae, (a, b))
}

impl<S: SameShape<T>, T: Shape> Op<(S, T)> for Mae {
    type Out = If<S::Checked, ()>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "mae";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (a, b): (Var<S>, Var<T>)) -> Var<()> {
        let error = r.sub_same(a, r.typed(b.id()));
        r.mean(r.record(abs(error)))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        mae:
        small(|a: [4], b: [4]| mae(a, b));
        small(|a: [2, 3], b: [2, 3]| mae(a, b));
        middle(|a: [2, 3, 4], b: [2, 3, 4]| mae(a, b));
    }
}
