//! Labels as numbers.

use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::Shape;

/// The op of [`to_scalar`]: where the labels are.
#[derive(Clone, Copy, Debug)]
pub struct ToScalar<C, S> {
    labels: Discrete<LabelsOf<C, S>>,
}

/// The labels as numbers: 0, 1 and so on. Any semiring that has the number.
///
/// Of a comparison it is 1 where that holds, and 0 where not: `mean(to_scalar(greater(x, 0.0)))` is the share of elements
/// that are positive.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [4]| mean(to_scalar(greater(x, 0.0))));
/// let y = g.value(&Tensor::from([1.0, -1.0, 0.0, 2.0]), ());
/// assert_eq!(y.item(), 0.5);
/// ```
pub fn to_scalar<C: Dim, S: Shape>(labels: Discrete<LabelsOf<C, S>>) -> Call<ToScalar<C, S>, ()> {
    Call::new(ToScalar { labels }, ())
}

impl<C: Dim, S: Shape> Op<()> for ToScalar<C, S> {
    type Out = S;
    type Level = levels::Semiring;
    const NAME: &'static str = "to_scalar";

    fn forward(&self, r: &Recorder<levels::Semiring>, (): ()) -> Var<S> {
        r.prim_reading(primitives::ToScalar, (), self.labels)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        to_scalar:
        small(|x: [2]; labels: [2] < 3| x * to_scalar(labels));
        small(|x: [3, 4]| x * to_scalar(less(x, 0.5)));
        middle(|x: [4, 5, 2]; labels: [4, 5, 2] < 3| x * to_scalar(labels));
    }
}
