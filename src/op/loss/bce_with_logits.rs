//! Binary cross-entropy of logits.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::Literal;
use crate::scalar::{Unary, levels};
use crate::shape::{HasSuffix, If, SameShape, Shape};

/// The op of [`bce_with_logits`].
#[derive(Clone, Copy, Debug)]
pub struct BceWithLogits;

/// The op of [`weighted_bce_with_logits`].
#[derive(Clone, Copy, Debug)]
pub struct WeightedBceWithLogits;

/// `y = -Σ (t log sigmoid(x) + (1 - t) log(1 - sigmoid(x))) / n`, a scalar, for logits `x` and targets `t`, from 0 to 1, of
/// one shape with `n` elements. Real scalars.
///
/// It is computed as `t softplus(-x) + (1 - t) softplus(x)`: finite for all finite logits, and exact in its small values, where
/// nothing is subtracted. VJP of the logits `((1 - t) sigmoid(x) - t sigmoid(-x)) dy / n`, which is `(sigmoid(x) - t) dy / n`.
/// Undefined for `n = 0`, as `mean`.
/// Source: Bishop, *Pattern Recognition and Machine Learning* (2006), 4.3.2.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [4]; targets: [4]| bce_with_logits(x, targets));
/// let targets = Tensor::from([1.0, 0.0, 1.0, 0.0]);
/// let (y, dx) = g.value_and_vjp(&Tensor::from([0.0, 0.0, 1000.0, 1000.0]), &targets);
/// assert!((y.item() - (2f64.ln() + 2f64.ln() + 0.0 + 1000.0) / 4.0).abs() < 1e-12);
/// assert_eq!(dx, Tensor::from([-0.125, 0.125, 0.0, 0.25]));
/// ```
pub fn bce_with_logits<S: Shape, T: Shape>(
    logits: Var<S>,
    targets: Var<T>,
) -> Call<BceWithLogits, (Var<S>, Var<T>)> {
    Call::new(BceWithLogits, (logits, targets))
}

/// As [`bce_with_logits`], with the positive class, `t = 1`, weighted:
/// `y = Σ (w t softplus(-x) + (1 - t) softplus(x)) / n`.
///
/// The weight is `constant(3.0)`, or a tensor of the shape of the logits or of its last axes: of `[B, C]` a `[C]` has a weight for
/// each class. A weight above 1 makes it dearer to overlook one. It is divided by the number of elements, not by weights: PyTorch's
/// `BCEWithLogitsLoss` with `pos_weight`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [4]; targets: [4]| weighted_bce_with_logits(x, targets, constant(3.0)));
/// let targets = Tensor::from([1.0, 0.0, 1.0, 0.0]);
/// let (y, dx) = g.value_and_vjp(&Tensor::zeros(), &targets);
/// assert!((y.item() - 8.0 * 2f64.ln() / 4.0).abs() < 1e-15);
/// assert_eq!(dx, Tensor::from([-0.375, 0.125, -0.375, 0.125]));
/// ```
#[expect(clippy::type_complexity, reason = "an alias would hide the shapes")]
pub fn weighted_bce_with_logits<S: Shape, T: Shape, W: Shape>(
    logits: Var<S>,
    targets: Var<T>,
    positive_weight: Var<W>,
) -> Call<WeightedBceWithLogits, (Var<S>, Var<T>, Var<W>)> {
    Call::new(WeightedBceWithLogits, (logits, targets, positive_weight))
}

impl<S: SameShape<T>, T: Shape> Op<(S, T)> for BceWithLogits {
    type Out = If<S::Checked, ()>;
    type Level = levels::Real;
    const NAME: &'static str = "bce_with_logits";

    fn forward(&self, r: &Recorder, (x, t): (Var<S>, Var<T>)) -> Var<()> {
        let t = r.typed(t.id());
        loss(r, x, t, t)
    }
}

impl<S, T, W> Op<(S, T, W)> for WeightedBceWithLogits
where
    S: SameShape<T> + HasSuffix<W>,
    T: Shape,
    W: Shape,
{
    type Out = If<<S as SameShape<T>>::Checked, If<<S as HasSuffix<W>>::Checked, ()>>;
    type Level = levels::Real;
    const NAME: &'static str = "weighted_bce_with_logits";

    fn forward(&self, r: &Recorder, (x, t, w): (Var<S>, Var<T>, Var<W>)) -> Var<()> {
        let t = r.typed(t.id());
        loss(r, x, t, r.mul_same(t, r.repeated::<S, W>(w)))
    }
}

/// The mean of `positive softplus(-x) + (1 - t) softplus(x)`.
fn loss<S: Shape>(r: &Recorder, x: Var<S>, t: Var<S>, positive: Var<S>) -> Var<()> {
    let softplus = |x: Var<S>| r.prim::<S>(Unary::Softplus, (x,));
    let negative = r.offset(r.neg(t), Literal::from(1));
    let missed = r.mul_same(positive, softplus(r.neg(x)));
    let false_alarm = r.mul_same(negative, softplus(x));
    r.mean(r.add_same(missed, false_alarm))
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        bce_with_logits:
        small(|x: [4], t: [4]| bce_with_logits(x, t));
        small(|x: [2, 3], t: [2, 3]| bce_with_logits(x, t));
        middle(|x: [2, 3, 4], t: [2, 3, 4]| bce_with_logits(x, t));
    }

    law_tests! {
        weighted_bce_with_logits:
        small(|x: [4], t: [4], w: []| weighted_bce_with_logits(x, t, w));
        small(|x: [2, 3], t: [2, 3], w: [3]| weighted_bce_with_logits(x, t, w));
        middle(|x: [2, 3, 4], t: [2, 3, 4], w: [3, 4]| weighted_bce_with_logits(x, t, w));
    }

    /// exp(1000) is infinite in a double, exp(-40) is lost beside 1, and a difference of the two parts would lose the loss.
    #[test]
    fn large_logits() {
        let g = graph!(|x: [4], t: [4]| bce_with_logits(x, t));
        let x = Tensor::from([1000.0, -1000.0, -1000.0, 40.0]);
        let t = Tensor::from([0.0, 1.0, 0.0, 1.0]);
        let (y, tlist![dx, dt]) = g.value_and_vjp(&tlist![x, t], ());
        assert_eq!(y.item(), 500.0);
        assert_eq!(dx.as_slice()[..3], [0.25, -0.25, 0.0]);
        let last = -(-40f64).exp() / 4.0;
        assert!((dx[[3]] / last - 1.0).abs() < 1e-15, "{dx}");
        assert_eq!(dt.as_slice()[..3], [-250.0, 250.0, 250.0]);
        let one = graph!(|x: [], t: []| bce_with_logits(x, t));
        let y = one.value(&tlist![Tensor::scalar(40.0), Tensor::scalar(1.0)], ());
        assert!((y.item() / (-40f64).exp() - 1.0).abs() < 1e-15, "{y}");
    }
}
