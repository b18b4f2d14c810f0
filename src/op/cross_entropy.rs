//! Mean cross-entropy of logits against labels.

use super::mean::over;
use super::{Call, Op, Recorder, Var};
use crate::dim::Dim;
use crate::env::{EnvVar, LabelsOf};
use crate::program::Prim;
use crate::scalar::needs;
use crate::shape::Axis;

/// The op of [`cross_entropy`]: where the labels are.
///
/// ```
/// use cotangent::prelude::*;
/// type Out = <CrossEntropy<N<32>, N<10>> as Op<(shape![32, 10],)>>::Out; // the shape of its value
/// assert_eq!(Out::DIMS, []);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct CrossEntropy<B, C> {
    labels: EnvVar<LabelsOf<C, (B,)>>,
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
/// let (y, tlist![dx]) = g.value_and_vjp(&tlist![Tensor::from([[3.0, 3.0]])], &tlist![labels]);
/// assert_eq!((y.item(), dx), (2.0_f64.ln(), Tensor::from([[-0.5, 0.5]])));
/// # Ok::<(), LabelsError>(())
/// ```
#[expect(clippy::type_complexity, reason = "an alias would hide the shapes")]
pub fn cross_entropy<B: Dim, C: Dim>(
    logits: Var<(B, C)>,
    labels: EnvVar<LabelsOf<C, (B,)>>,
) -> Call<CrossEntropy<B, C>, (Var<(B, C)>,)> {
    Call::new(CrossEntropy { labels }, (logits,))
}

impl<B: Dim, C: Dim> CrossEntropy<B, C> {
    /// The entry of each row that its label names.
    fn pick(&self, r: &Recorder, x: Var<(B, C)>) -> Var<(B,)> {
        let slot = r.slot(self.labels);
        r.prim(Prim::Pick { slot }, (x,))
    }

    /// Rows with one entry each, where the label is, and zeros.
    fn place(&self, r: &Recorder, x: Var<(B,)>) -> Var<(B, C)> {
        let (slot, classes) = (r.slot(self.labels), C::SIZE);
        r.prim(Prim::Place { slot, classes }, (x,))
    }
}

impl<B: Dim, C: Dim> Op<((B, C),)> for CrossEntropy<B, C> {
    type Out = ();
    type Need = needs::Real;
    const NAME: &'static str = "cross_entropy";

    fn forward(&self, r: &Recorder, (x,): (Var<(B, C)>,)) -> Var<()> {
        let log_likelihoods = self.pick(r, r.log_softmax(x, Axis::<1>));
        r.neg(r.mean(log_likelihoods))
    }
    fn jvp(
        &self,
        r: &Recorder,
        (x,): (Var<(B, C)>,),
        _y: Var<()>,
        (dx,): (Var<(B, C)>,),
    ) -> Var<()> {
        let expected = r.sum(r.mul_same(r.softmax(x, Axis::<1>), dx));
        let labelled = r.sum(self.pick(r, dx));
        r.scale(r.sub_same(expected, labelled), over(1, B::SIZE))
    }
    fn vjp(&self, r: &Recorder, (x,): (Var<(B, C)>,), _y: Var<()>, dy: Var<()>) -> (Var<(B, C)>,) {
        let dy = r.scale(dy, over(1, B::SIZE));
        let expected = r.mul_same(r.softmax(x, Axis::<1>), r.full_like(dy));
        (r.sub_same(expected, self.place(r, r.full_like(dy))),)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        cross_entropy:
        small(|x: [1, 2]; labels: [1] < 2| cross_entropy(x, labels));
        small(|x: [2, 2]; labels: [2] < 2| cross_entropy(x, labels));
        middle(|x: [4, 5]; labels: [4] < 5| cross_entropy(x, labels));
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
