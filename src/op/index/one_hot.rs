//! Labels as rows of zeros with a one.

use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{GatherRows, Shape};

/// The op of [`one_hot`]: where the labels are.
#[derive(Clone, Copy, Debug)]
pub struct OneHot<C, S> {
    labels: Discrete<LabelsOf<C, S>>,
}

/// `y[i.., c] = 1` where `labels[i..] = c`, else 0: the rows of the identity matrix that the labels name. Any semiring.
///
/// For labels of shape `S` below `C`, `y` is `(S.., C)`. Labels have at most 3 axes. Source: `jax.nn.one_hot`.
///
/// ```
/// use cotangent::prelude::*;
/// let g: GraphData<f64, _, _, _> = graph!(|; labels: [2] < 3| one_hot(labels));
/// let y = g.value((), &tlist![Labels::new([2, 0])?]);
/// assert_eq!(y, Tensor::from([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]));
/// # Ok::<(), LabelsError>(())
/// ```
pub fn one_hot<C: Dim, S: Shape>(labels: Discrete<LabelsOf<C, S>>) -> Call<OneHot<C, S>, ()> {
    Call::new(OneHot { labels }, ())
}

/// The rows of the identity matrix.
type Rows<C, S> = <(C, C) as GatherRows<S>>::Out;

impl<C: Dim, S: Shape> Op<()> for OneHot<C, S>
where
    (C, C): GatherRows<S>,
{
    type Out = Rows<C, S>;
    type Level = levels::Semiring;
    const NAME: &'static str = "one_hot";

    fn forward(&self, r: &Recorder<levels::Semiring>, (): ()) -> Var<Rows<C, S>> {
        r.prim_reading(primitives::OneHot(C::SIZE), (), self.labels)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        one_hot:
        small(|x: [2, 3]; labels: [2] < 3| x * one_hot(labels));
        small(|x: [4]| x * one_hot(argmax(x, 0)));
        middle(|x: [4, 5, 3]; labels: [4, 5] < 3| x * one_hot(labels));
    }

    /// A label without an axis is one row.
    #[test]
    fn of_one_label() -> Result<(), LabelsError> {
        let g: GraphData<f64, _, _, _> = graph!(|; label: [] < 3| one_hot(label));
        let y = g.value((), &tlist![Labels::new([1])?]);
        assert_eq!(y, Tensor::from([0.0, 1.0, 0.0]));
        Ok(())
    }
}
