//! Cross-entropy with weights of the classes, label smoothing and an ignored label.

use super::cross_entropy::{LogitsFor, picked};
use super::cross_entropy_options::{ClassWeights, CrossEntropyOptions};
use crate::dim::Dim;
use crate::op::reduce::mean::over;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Broadcast, Compare, Constant, Elements, Gather, Literal, Select, ToScalar};
use crate::scalar::{Comparison, levels};
use crate::shape::{If, Is, Last, LastAxis, Shape};
use crate::tensor::Dims;

/// The op of [`cross_entropy_with`]: where the labels are, and what else there is.
#[derive(Clone, Copy, Debug)]
pub struct CrossEntropyWith<L> {
    labels: L,
    options: CrossEntropyOptions,
}

/// [`cross_entropy`](crate::op::cross_entropy), with weights of the classes, label smoothing and an ignored label, a scalar. Real
/// scalars.
///
/// The weights are a vector `[C]`, of the environment for most, or [`NoWeights`](crate::op::NoWeights). With `w` for them, `ε` for the smoothing and
/// `log p` for the log softmax of the logits,
///
/// ```text
/// y = Σᵢ ((1 - ε) w[label[i]] log p[i, label[i]] + ε/C Σ_c w[c] log p[i, c]) / -Σᵢ w[label[i]]
/// ```
///
/// over the rows `i` whose label is not the ignored one: a mean over what counts, as in PyTorch. Where nothing counts, because all
/// labels are ignored or all their weights are 0, the loss is 0 and so are the cotangents of the logits (PyTorch has NaN). The logits of an ignored
/// row do not count even where they are NaN. Smoothing spreads the share `ε` of a label over all `C` classes, the ignored one too;
/// then a logit of `-∞` makes the loss `+∞`.
/// Source: Szegedy et al., *Rethinking the Inception Architecture for Computer Vision* (2016), 7.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [3, 2]; labels: [3] < 2, weights: [2]| {
///     cross_entropy_with(x, labels, weights, CrossEntropyOptions::new())
/// });
/// let (x, labels) = (Tensor::from([[3.0, 3.0]; 3]), Labels::<2, shape![3]>::new([0, 1, 1])?);
/// let (y, dx) = g.value_and_vjp(&x, &tlist![labels.clone(), Tensor::from([6.0, 1.0])]);
/// assert!((y.item() - 2f64.ln()).abs() < 1e-15);
/// assert_eq!(dx, Tensor::from([[-0.375, 0.375], [0.0625, -0.0625], [0.0625, -0.0625]]));
///
/// // The second and the third row do not count.
/// let g = graph!(|x: [3, 2]; labels: [3] < 2| {
///     cross_entropy_with(x, labels, NoWeights, CrossEntropyOptions::new().ignore_index(1).label_smoothing(0.5))
/// });
/// let (_, dx) = g.value_and_vjp(&x, &labels);
/// assert_eq!(dx, Tensor::from([[-0.25, 0.25], [0.0, 0.0], [0.0, 0.0]]));
/// # Ok::<(), LabelsError>(())
/// ```
///
/// # Panics
/// If the ignored label is no class of the logits.
#[track_caller]
pub fn cross_entropy_with<S: Shape, L, W: ClassWeights>(
    logits: Var<S>,
    labels: L,
    weights: W,
    options: CrossEntropyOptions,
) -> Call<CrossEntropyWith<L>, W::With<S>> {
    let classes = S::DIMS.last().copied().unwrap_or(0);
    if let Some(label) = options.ignored {
        assert!(
            label < classes,
            "cross_entropy_with ignores the label {label}: expected one below {classes}, as the logits are {}",
            Dims::of::<S>()
        );
    }
    Call::new(CrossEntropyWith { labels, options }, weights.with(logits))
}

/// A weight for each class of the logits `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not one weight for each class of the logits `{S}`",
    label = "expected a vector as long as the last axis, `(C,)` for `(.., C)`",
    note = "docs/errors.md#l11"
)]
pub trait WeightsOf<S>: Shape {
    /// `Self`.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<W: Shape + Is<(S::Last,)>, S: LastAxis> WeightsOf<S> for W {
    type Checked = W;
}

impl<S, L> Op<(S,)> for CrossEntropyWith<L>
where
    S: LogitsFor<L>,
    L: Copy + Send + Sync + 'static,
{
    type Out = If<S::Classes, ()>;
    type Level = levels::Real;
    const NAME: &'static str = "cross_entropy_with";

    fn forward(&self, r: &Recorder, (x,): (Var<S>,)) -> Var<()> {
        self.loss(r, x, None)
    }
}

impl<S, W, L> Op<(S, W)> for CrossEntropyWith<L>
where
    S: LogitsFor<L>,
    W: WeightsOf<S>,
    L: Copy + Send + Sync + 'static,
{
    type Out = If<S::Classes, If<W::Checked, ()>>;
    type Level = levels::Real;
    const NAME: &'static str = "cross_entropy_with";

    fn forward(&self, r: &Recorder, (x, weights): (Var<S>, Var<W>)) -> Var<()> {
        self.loss(r, x, Some(r.typed(weights.id())))
    }
}

/// A number for each class.
type OfClasses<S, L> = Var<(<S as LogitsFor<L>>::Classes,)>;

impl<L: Copy> CrossEntropyWith<L> {
    fn loss<S: LogitsFor<L>>(
        &self,
        r: &Recorder,
        x: Var<S>,
        weights: Option<OfClasses<S, L>>,
    ) -> Var<()> {
        let of_labels = |table: OfClasses<S, L>| -> Var<S::Out> {
            let gather = Gather { batch: 0, axis: 0 };
            r.prim_reading(gather, (table,), S::labels(self.labels))
        };
        let counted = self.counted::<S>(r);
        let table = match (weights, counted) {
            // Not a product: 0 times what an ignored class weighs may be NaN.
            (Some(w), Some(counted)) => {
                Some(r.prim(Select, (counted, w, r.zeros::<(S::Classes,)>())))
            }
            (w, counted) => w.or(counted),
        };
        let of_rows = table.map(of_labels);
        let rows = counted.map(of_labels);

        // Before the softmax, so that an ignored row has the cotangent 0 whatever is in it.
        let x = rows.map_or(x, |rows| {
            r.prim(Select, (r.along::<Last, S>(rows), x, r.zeros::<S>()))
        });
        let log_p = r.log_softmax(x, Last);
        let labelled = picked(r, log_p, self.labels);
        let mut total = r.sum(of_rows.map_or(labelled, |w| r.mul_same(w, labelled)));
        if let Some(share) = self.options.smoothing {
            let weighted = weights.map_or(log_p, |w| {
                let by_class = Broadcast(Dims::of::<S>(), vec![S::AXIS]);
                r.mul_same(log_p, r.prim(by_class, (w,)))
            });
            let each = r.sum_along::<Last, S>(weighted);
            let spread = r.sum(rows.map_or(each, |rows| r.mul_same(rows, each)));
            let rest = Literal::from(1) - share;
            let of_a_class = share * over(1, S::Classes::SIZE);
            total = r.add_same(r.scale(total, rest), r.scale(spread, of_a_class));
        }
        let Some(of_rows) = of_rows else {
            return r.scale(total, over(-1, S::Out::SIZE));
        };
        let count = r.sum(of_rows);
        let is_zero = r.untyped(
            Compare(Comparison::Equal),
            &[count.id(), r.zeros::<()>().id()],
        );
        let is_zero: Var<()> = r.typed(r.untyped(ToScalar, &[is_zero]));
        r.neg(r.div_same(total, r.prim(Select, (is_zero, r.ones::<()>(), count))))
    }

    /// 1 for each class that counts, if one does not.
    fn counted<S: LogitsFor<L>>(&self, r: &Recorder) -> Option<OfClasses<S, L>> {
        let ignored = self.options.ignored?;
        let number = |class| Literal::from(i64::from(class != ignored));
        let classes = <(S::Classes,)>::SIZE;
        let constant = Constant {
            dims: Dims::new(&[classes]),
            elements: Elements::Scalars((0..classes).map(number).collect()),
        };
        Some(r.prim(constant, ()))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    const NOTHING: CrossEntropyOptions = CrossEntropyOptions::new();
    const IGNORING: CrossEntropyOptions = NOTHING.ignore_index(1);

    law_tests! {
        cross_entropy_with:
        small(|x: [4, 3], w: [3]; labels: [4] < 3| {
            cross_entropy_with(x, labels, w, { IGNORING.label_smoothing(0.25) })
        });
        small(|x: [5], w: [5]; label: [] < 5| cross_entropy_with(x, label, w, { NOTHING.label_smoothing(0.5) }));
        middle(|x: [2, 4, 5]; labels: [2, 4] < 5| cross_entropy_with(x, labels, NoWeights, { IGNORING }));
        on(positive);
    }

    law_tests! {
        cross_entropy_with_weights:
        small(|x: [4, 2], w: [2]; labels: [4] < 2| cross_entropy_with(x, labels, w, { NOTHING }));
        small(|x: [5], w: [5]; label: [] < 5| cross_entropy_with(x, label, w, { NOTHING.ignore_index(3) }));
        middle(|x: [3, 4, 5], w: [5]; labels: [3, 4] < 5| cross_entropy_with(x, labels, w, { IGNORING }));
        on(positive);
    }

    /// The definition, row by row.
    fn by_rows(x: &[[f64; 3]], labels: &[usize], w: [f64; 3], share: f64, ignored: usize) -> f64 {
        let (mut sum, mut count) = (0.0, 0.0);
        for (row, &label) in x.iter().zip(labels).filter(|(_, label)| **label != ignored) {
            let all: f64 = row.iter().map(|x| x.exp()).sum();
            let cost = |class: usize| w[class] * (all.ln() - row[class]);
            let spread: f64 = (0..3).map(cost).sum();
            sum += (1.0 - share) * cost(label) + share / 3.0 * spread;
            count += w[label];
        }
        sum / count
    }

    #[test]
    fn is_its_definition() -> Result<(), LabelsError> {
        let g = graph!(|x: [4, 3], w: [3]; labels: [4] < 3| {
            cross_entropy_with(x, labels, w, { IGNORING.label_smoothing(0.1) })
        });
        let rows = [
            [0.5, -1.0, 2.0],
            [1.0, 1.5, -0.5],
            [0.0, 3.0, 1.0],
            [-2.0, 0.25, 0.5],
        ];
        let w = [2.0, 3.0, 0.5];
        for labels in [[0, 1, 2, 0], [2, 2, 2, 2], [1, 1, 0, 1]] {
            let env = tlist![Labels::new(labels)?];
            let y = g.value(&tlist![Tensor::from(rows), Tensor::from(w)], &env);
            let expected = by_rows(&rows, &labels, w, 0.1, 1);
            assert!((y.item() - expected).abs() < 1e-14, "{y} {expected}");
        }
        Ok(())
    }

    /// Neither the value nor a cotangent is NaN: of ignored rows, whatever they are, and where no row counts.
    #[test]
    fn what_does_not_count() -> Result<(), LabelsError> {
        let g = graph!(|x: [2, 2], w: [2]; labels: [2] < 2| {
            cross_entropy_with(x, labels, w, { IGNORING.label_smoothing(0.5) })
        });
        let x = Tensor::from([[0.0, 0.0], [f64::NAN, f64::INFINITY]]);
        let w = Tensor::from([4.0, 4.0]);
        let run = |labels, w: &Tensor<f64, _>| -> Result<_, LabelsError> {
            let env = tlist![Labels::new(labels)?];
            Ok(g.value_and_vjp(&tlist![x.clone(), w.clone()], &env))
        };
        let (y, tlist![dx, _]) = run([0, 1], &w)?;
        assert!((y.item() - 2f64.ln()).abs() < 1e-15);
        assert_eq!(dx, Tensor::from([[-0.25, 0.25], [0.0, 0.0]]));
        let (y, tlist![dx, dw]) = run([1, 1], &w)?;
        assert_eq!((y.item(), dx, dw), (0.0, Tensor::zeros(), Tensor::zeros()));
        let (y, tlist![dx, _]) = run([0, 1], &Tensor::zeros())?;
        assert_eq!((y.item(), dx), (0.0, Tensor::zeros()));
        Ok(())
    }

    /// exp(1000) is infinite in a double; neither the loss nor its gradient is.
    #[test]
    fn large_logits() -> Result<(), LabelsError> {
        let g = graph!(|x: [2, 2]; labels: [2] < 2, w: [2]| {
            cross_entropy_with(x, labels, w, { NOTHING.label_smoothing(0.5) })
        });
        let env = tlist![Labels::new([0, 1])?, Tensor::from([1.0, 3.0])];
        let x = Tensor::from([[1000.0, 0.0], [1000.0, 0.0]]);
        let (y, dx) = g.value_and_vjp(&x, &env);
        // 1/4 · 3 · 1000 of the first row; (1/2 + 1/4) · 3 · 1000 of the second; over 1 + 3.
        assert_eq!(y.item(), 3000.0 / 4.0);
        assert_eq!(dx, Tensor::from([[0.1875, -0.1875], [0.5625, -0.5625]]));
        Ok(())
    }

    #[test]
    #[should_panic(
        expected = "cross_entropy_with ignores the label 3: expected one below 3, as the logits are [2, 3]"
    )]
    fn a_label_that_is_no_class_is_refused() {
        let options = NOTHING.ignore_index(3);
        let _ = graph!(|x: [2, 3]; labels: [2] < 3| cross_entropy_with(x, labels, NoWeights, { options }))
            .value(&Tensor::<f64, _>::zeros(), &Labels::new([0, 0]).expect("a class"));
    }

    #[test]
    #[should_panic(expected = "a label smoothing of 1.5: expected a share from 0 to 1")]
    fn more_than_all_is_refused() {
        let _ = NOTHING.label_smoothing(1.5);
    }
}
