//! Mean cross-entropy of logits against labels.

use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::op::reduce::mean::over;
use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::{Gather, ScatterAdd};
use crate::scalar::{ScalarLevel, levels};
use crate::shape::{If, Last, RemoveAxis, Shape};

/// The op of [`cross_entropy`]: where the labels are.
#[derive(Clone, Copy, Debug)]
pub struct CrossEntropy<L> {
    labels: L,
}

/// `y = -Σᵢ log_softmax(x[i..])[label[i..]] / n`, a scalar, for logits `x: (.., C)` and a label below `C` for each of
/// their `n` rows. Real scalars.
///
/// The labels have the shape of the logits without its last axis: of `[B, T, C]` they are `[B, T] < C`.
///
/// Finite for all finite logits. A logit of `-∞` is a masked class: the loss is `+∞` if it is the label, and the
/// cotangents are finite. Weights of the classes, label smoothing and an ignored label:
/// [`cross_entropy_with`](crate::op::cross_entropy_with). JVP `Σ (softmax(x) - onehot) dx / n`; VJP `(softmax(x) - onehot) dy / n`.
/// Source: Bishop, *Pattern Recognition and Machine Learning* (2006), 4.3.4.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 2]; labels: [1] < 2| cross_entropy(x, labels));
/// let labels = Labels::<2, shape![1]>::new([0])?;
/// let (y, dx) = g.value_and_vjp(&Tensor::from([[3.0, 3.0]]), &tlist![labels]);
/// assert_eq!((y.item(), dx), (2.0_f64.ln(), Tensor::from([[-0.5, 0.5]])));
/// # Ok::<(), LabelsError>(())
/// ```
pub fn cross_entropy<S: Shape, L>(logits: Var<S>, labels: L) -> Call<CrossEntropy<L>, (Var<S>,)> {
    Call::new(CrossEntropy { labels }, (logits,))
}

/// Logits `(.., C)`, for labels `[..] < C`: one for each row.
#[diagnostic::on_unimplemented(
    message = "logits `{Self}` do not go with the labels `{L}`",
    label = "takes logits `(.., C)`, and labels of the shape `(..)` below `C`",
    note = "docs/errors.md#l01, #l02, #l03"
)]
pub trait LogitsFor<L>: RemoveAxis<Last> {
    /// `C`.
    type Classes: Dim;
    /// The labels, as what they are.
    fn labels(labels: L) -> Discrete<LabelsOf<Self::Classes, Self::Out>>;
}

// The cases are in a trait of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: Labelled<L>, L> LogitsFor<L> for S {
    type Classes = S::C;
    fn labels(labels: L) -> Discrete<LabelsOf<S::C, S::Out>> {
        S::entry(labels)
    }
}

/// The cases of [`LogitsFor`].
pub trait Labelled<L>: RemoveAxis<Last> {
    /// The number of classes.
    type C: Dim;
    /// The labels, as what they are.
    fn entry(labels: L) -> Discrete<LabelsOf<Self::C, Self::Out>>;
}

macro_rules! labelled {
    ($($D:ident)*) => {
        impl<$($D: Dim,)* C: Dim> Labelled<Discrete<LabelsOf<C, ($($D,)*)>>> for ($($D,)* C,) {
            type C = C;
            fn entry(labels: Discrete<LabelsOf<C, ($($D,)*)>>) -> Discrete<LabelsOf<C, ($($D,)*)>> {
                labels
            }
        }
    };
}

labelled!();
labelled!(I);
labelled!(I J);
labelled!(I J K);
labelled!(I J K L);
labelled!(I J K L M);

/// The entry of each row that its label names.
pub(super) fn picked<N: ScalarLevel, S: LogitsFor<L>, L>(
    r: &Recorder<N>,
    x: Var<S>,
    labels: L,
) -> Var<S::Out> {
    let (batch, axis) = (S::AXIS, S::AXIS);
    r.prim_reading(Gather { batch, axis }, (x,), S::labels(labels))
}

impl<L: Copy> CrossEntropy<L> {
    /// Rows with one entry each, where the label is, and zeros.
    fn place<S: LogitsFor<L>>(&self, r: &Recorder, x: Var<S::Out>) -> Var<S> {
        let (batch, axis, rows) = (S::AXIS, S::AXIS, S::Classes::SIZE);
        r.prim_reading(
            ScatterAdd { batch, axis, rows },
            (x,),
            S::labels(self.labels),
        )
    }
}

impl<S, L> Op<(S,)> for CrossEntropy<L>
where
    S: LogitsFor<L>,
    L: Copy + Send + Sync + 'static,
{
    type Out = If<S::Classes, ()>;
    type Level = levels::Real;
    const NAME: &'static str = "cross_entropy";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<()> {
        let log_likelihoods = picked(r, r.log_softmax(x, Last), self.labels);
        r.neg(r.mean(log_likelihoods))
    }
    fn jvp(&self, r: &Recorder, (x,): (Var<S>,), _y: Var<()>, (dx,): (Var<S>,)) -> Var<()> {
        let expected = r.sum(r.mul_same(r.softmax(x, Last), dx));
        let labelled = r.sum(picked(r, dx, self.labels));
        r.scale(r.sub_same(expected, labelled), over(1, S::Out::SIZE))
    }
    fn vjp(&self, r: &Recorder, (x,): (Var<S>,), _y: Var<()>, dy: Var<()>) -> (Var<S>,) {
        let dy = r.scale(dy, over(1, S::Out::SIZE));
        let expected = r.mul_same(r.softmax(x, Last), r.full_like(dy));
        (r.sub_same(expected, self.place::<S>(r, r.full_like(dy))),)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        cross_entropy:
        small(|x: [4, 2]; labels: [4] < 2| cross_entropy(x, labels));
        small(|x: [5]; label: [] < 5| cross_entropy(x, label));
        middle(|x: [3, 4, 5]; labels: [3, 4] < 5| cross_entropy(x, labels));
    }

    /// The rows of two axes are those of one axis, in the same order.
    #[test]
    fn labels_of_two_axes() -> Result<(), Box<dyn core::error::Error>> {
        let two = graph!(|x: [2, 3, 4]; labels: [2, 3] < 4| cross_entropy(x, labels));
        let one = graph!(|x: [6, 4]; labels: [6] < 4| cross_entropy(x, labels));
        let rows: Vec<f64> = (0..24).map(|i| f64::from(i * i % 7)).collect();
        let labels = [3, 0, 1, 1, 2, 0];
        let (x, flat) = (Tensor::from_vec(rows.clone())?, Tensor::from_vec(rows)?);
        let (y, dx) = two.value_and_vjp(&x, &tlist![Labels::new(labels)?]);
        let (expected, d) = one.value_and_vjp(&flat, &tlist![Labels::new(labels)?]);
        assert_eq!((y, dx.into_vec()), (expected, d.into_vec()));
        Ok(())
    }

    /// exp(1000) is infinite in a double; neither the loss nor its gradient is.
    #[test]
    fn large_logits() -> Result<(), LabelsError> {
        let g = graph!(|x: [2, 2]; labels: [2] < 2| cross_entropy(x, labels));
        let x = tlist![Tensor::from([[1000.0, 0.0], [1000.0, 0.0]])];
        let (y, tlist![dx]) = g.value_and_vjp(&x, &tlist![Labels::new([0, 1])?]);
        assert_eq!(y.item(), 500.0);
        assert_eq!(dx, Tensor::from([[0.0, 0.0], [0.5, -0.5]]));
        Ok(())
    }
}
