//! Negative log likelihood.

use super::cross_entropy::{LogitsFor, picked};
use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::{If, Shape};

/// The op of [`nll`]: where the labels are.
#[derive(Clone, Copy, Debug)]
pub struct Nll<L> {
    labels: L,
}

/// `y = -Σᵢ x[i.., label[i..]] / n`, a scalar, for log probabilities `x: (.., C)` and a label below `C` for each of their `n` rows.
/// Any field.
///
/// What comes after [`log_softmax`](crate::op::log_softmax): the two are [`cross_entropy`](crate::op::cross_entropy). Nothing is
/// done to the log probabilities, so that they may be those of any distribution, and none of them but the labelled ones counts.
/// Labels as there. JVP `-Σ onehot dx / n`; VJP `-onehot dy / n`. Undefined for `n = 0`, as `mean`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]; labels: [2] < 3| nll(x, labels));
/// let labels = Labels::<3, shape![2]>::new([2, 0])?;
/// let x = Tensor::from([[-4.0, -2.0, -1.0], [-3.0, -1.0, f64::NEG_INFINITY]]);
/// let (y, dx) = g.value_and_vjp(&x, &labels);
/// assert_eq!((y.item(), dx), (2.0, Tensor::from([[0.0, 0.0, -0.5], [-0.5, 0.0, 0.0]])));
/// # Ok::<(), LabelsError>(())
/// ```
pub fn nll<S: Shape, L>(log_probabilities: Var<S>, labels: L) -> Call<Nll<L>, (Var<S>,)> {
    Call::new(Nll { labels }, (log_probabilities,))
}

impl<S, L> Op<(S,)> for Nll<L>
where
    S: LogitsFor<L>,
    L: Copy + Send + Sync + 'static,
{
    type Out = If<S::Classes, ()>;
    type Level = levels::Field;
    const NAME: &'static str = "nll";

    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<()> {
        r.neg(r.mean(picked::<_, S, L>(r, x, self.labels)))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        nll:
        small(|x: [4, 2]; labels: [4] < 2| nll(x, labels));
        small(|x: [5]; label: [] < 5| nll(x, label));
        middle(|x: [3, 4, 5]; labels: [3, 4] < 5| nll(x, labels));
    }
}
