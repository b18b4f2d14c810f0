//! What cross-entropy with weights, smoothing and an ignored label is told.

use crate::op::{Var, Vars};
use crate::program::Literal;
use crate::shape::Shape;

/// What [`cross_entropy_with`](crate::op::cross_entropy_with) does beside weighting: at first nothing.
///
/// ```
/// use cotangent::prelude::*;
/// const PADDING: usize = 0;
/// let options = CrossEntropyOptions::new().label_smoothing(0.1).ignore_index(PADDING);
/// let g = graph!(|x: [2, 3]; labels: [2] < 3| cross_entropy_with(x, labels, NoWeights, { options }));
/// let y = g.value(&Tensor::<f64, _>::zeros(), &Labels::new([PADDING, 2])?);
/// assert!((y.item() - 3f64.ln()).abs() < 1e-15);
/// # Ok::<(), LabelsError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CrossEntropyOptions {
    pub(super) smoothing: Option<Literal>,
    pub(super) ignored: Option<usize>,
}

impl CrossEntropyOptions {
    /// No smoothing, and no label is ignored.
    pub const fn new() -> Self {
        CrossEntropyOptions {
            smoothing: None,
            ignored: None,
        }
    }

    /// The share of each label that is spread over all classes.
    ///
    /// # Panics
    /// If it is not from 0 to 1.
    #[track_caller]
    pub fn label_smoothing(self, share: impl Into<Literal>) -> Self {
        let share = share.into();
        assert!(
            (0.0..=1.0).contains(&share.to_f64()),
            "a label smoothing of {share}: expected a share from 0 to 1"
        );
        let smoothing = Some(share);
        CrossEntropyOptions { smoothing, ..self }
    }

    /// The label whose rows do not count, such as that of padding: one of the classes, since no label is beyond them.
    pub const fn ignore_index(self, label: usize) -> Self {
        let ignored = Some(label);
        CrossEntropyOptions { ignored, ..self }
    }
}

/// In the place of the weights of [`cross_entropy_with`](crate::op::cross_entropy_with), where all classes count the same.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 2]; labels: [1] < 2| cross_entropy_with(x, labels, NoWeights, CrossEntropyOptions::new()));
/// let plain = graph!(|x: [1, 2]; labels: [1] < 2| cross_entropy(x, labels));
/// let (x, labels) = (Tensor::from([[3.0, 5.0]]), Labels::<2, shape![1]>::new([0])?);
/// assert_eq!(g.value(&x, &labels), plain.value(&x, &labels));
/// # Ok::<(), LabelsError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct NoWeights;

/// Weights of [`cross_entropy_with`](crate::op::cross_entropy_with), or [`NoWeights`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no weight of classes",
    label = "expected a vector with a number for each class, or `NoWeights`; docs/errors.md#l11"
)]
pub trait ClassWeights {
    /// The logits, with the weights.
    type With<S: Shape>: Vars;
    /// The inputs of the op.
    fn with<S: Shape>(self, logits: Var<S>) -> Self::With<S>;
}

#[diagnostic::do_not_recommend]
impl<W: Shape> ClassWeights for Var<W> {
    type With<S: Shape> = (Var<S>, Var<W>);
    fn with<S: Shape>(self, logits: Var<S>) -> Self::With<S> {
        (logits, self)
    }
}

#[diagnostic::do_not_recommend]
impl ClassWeights for NoWeights {
    type With<S: Shape> = (Var<S>,);
    fn with<S: Shape>(self, logits: Var<S>) -> Self::With<S> {
        (logits,)
    }
}
