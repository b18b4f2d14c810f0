//! Mean cross-entropy of logits against labels.

use crate::dim::Dim;
use crate::env::LabelsOf;
use crate::op::reduce::mean::over;
use crate::op::{Call, Discrete, Op, Recorder, Var};
use crate::program::{Gather, ScatterAdd};
use crate::scalar::levels;
use crate::shape::{Axis, If, Shape};

/// The op of [`cross_entropy`]: where the labels are.
#[derive(Clone, Copy, Debug)]
pub struct CrossEntropy<L> {
    labels: L,
}

/// `y = -Σᵢ log_softmax(x[i])[label[i]] / B`, a scalar, for `x: (B, C)` and `B` labels below `C`. Real scalars.
///
/// Finite for all finite logits. A logit of `-∞` is a masked class: the loss is `+∞` if it is the label, and the
/// cotangents are finite. JVP `Σ (softmax(x) - onehot) dx / B`; VJP `(softmax(x) - onehot) dy / B`.
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

/// Logits `(B, C)`, for labels that are `B` numbers below `C`: `[B] < C`.
#[diagnostic::on_unimplemented(
    message = "logits `{Self}` do not go with the labels `{L}`",
    label = "`cross_entropy` takes logits `(B, C)`, and `B` labels below `C`",
    note = "docs/errors.md#l01, #l02, #l03"
)]
pub trait LogitsFor<L>: Shape {
    /// `B`.
    type Rows: Dim;
    /// `C`.
    type Classes: Dim;
    /// The labels, as what they are.
    fn labels(labels: L) -> Discrete<LabelsOf<Self::Classes, (Self::Rows,)>>;
}

// The one case is in a trait of its own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: Labelled<L>, L> LogitsFor<L> for S {
    type Rows = S::B;
    type Classes = S::C;
    fn labels(labels: L) -> Discrete<LabelsOf<S::C, (S::B,)>> {
        S::entry(labels)
    }
}

/// The case of [`LogitsFor`].
pub trait Labelled<L>: Shape {
    /// The number of rows.
    type B: Dim;
    /// The number of classes.
    type C: Dim;
    /// The labels, as what they are.
    fn entry(labels: L) -> Discrete<LabelsOf<Self::C, (Self::B,)>>;
}

impl<B: Dim, C: Dim> Labelled<Discrete<LabelsOf<C, (B,)>>> for (B, C) {
    type B = B;
    type C = C;
    fn entry(labels: Discrete<LabelsOf<C, (B,)>>) -> Discrete<LabelsOf<C, (B,)>> {
        labels
    }
}

/// Logits, with the dims in their type.
type Logits<S, L> = Var<(<S as LogitsFor<L>>::Rows, <S as LogitsFor<L>>::Classes)>;

impl<L: Copy> CrossEntropy<L> {
    /// The entry of each row that its label names.
    fn pick<S: LogitsFor<L>>(&self, r: &Recorder, x: Logits<S, L>) -> Var<(S::Rows,)> {
        r.prim_reading(Gather { batch: 1, axis: 1 }, (x,), S::labels(self.labels))
    }

    /// Rows with one entry each, where the label is, and zeros.
    fn place<S: LogitsFor<L>>(&self, r: &Recorder, x: Var<(S::Rows,)>) -> Logits<S, L> {
        let (batch, axis, rows) = (1, 1, S::Classes::SIZE);
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
        let x: Logits<S, L> = r.typed(x.id());
        let log_likelihoods = self.pick::<S>(r, r.log_softmax(x, Axis::<1>));
        r.neg(r.mean(log_likelihoods))
    }
    fn jvp(&self, r: &Recorder, (x,): (Var<S>,), _y: Var<()>, (dx,): (Var<S>,)) -> Var<()> {
        let (x, dx): (Logits<S, L>, Logits<S, L>) = (r.typed(x.id()), r.typed(dx.id()));
        let expected = r.sum(r.mul_same(r.softmax(x, Axis::<1>), dx));
        let labelled = r.sum(self.pick::<S>(r, dx));
        r.scale(r.sub_same(expected, labelled), over(1, S::Rows::SIZE))
    }
    fn vjp(&self, r: &Recorder, (x,): (Var<S>,), _y: Var<()>, dy: Var<()>) -> (Var<S>,) {
        let x: Logits<S, L> = r.typed(x.id());
        let dy = r.scale(dy, over(1, S::Rows::SIZE));
        let expected = r.mul_same(r.softmax(x, Axis::<1>), r.full_like(dy));
        let dx = r.sub_same(expected, self.place::<S>(r, r.full_like(dy)));
        (r.typed(dx.id()),)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        cross_entropy:
        small(|x: [4, 2]; labels: [4] < 2| cross_entropy(x, labels));
        small(|x: [3, 5]; labels: [3] < 5| cross_entropy(x, labels));
        middle(|x: [4, 5]; labels: [4] < 5| cross_entropy(x, labels));
        ranks("of rows of logits");
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
