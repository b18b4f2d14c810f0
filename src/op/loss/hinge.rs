//! The hinge loss.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::Literal;
use crate::scalar::levels;
use crate::shape::{If, SameShape, Shape};

/// The op of [`hinge`].
#[derive(Clone, Copy, Debug)]
pub struct Hinge;

/// `y = Σ max(0, 1 - t s) / n`, a scalar, for scores `s` and targets `t`, -1 or 1, of one shape with `n` elements. Any ordered
/// field.
///
/// A score of the right sign and a size of 1 or more costs nothing. VJP `(-t dy / n, -s dy / n)` where `t s < 1`, else 0, at the
/// kink too. Undefined for `n = 0`, as `mean`.
/// Source: Cortes and Vapnik, *Support-Vector Networks* (1995).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|scores: [4]; targets: [4]| hinge(scores, targets));
/// let targets = Tensor::from([1.0, 1.0, -1.0, -1.0]);
/// let (y, ds) = g.value_and_vjp(&Tensor::from([3.0, 0.5, 0.5, -1.0]), &targets);
/// assert_eq!(y.item(), (0.0 + 0.5 + 1.5 + 0.0) / 4.0);
/// assert_eq!(ds, Tensor::from([0.0, -0.25, 0.25, 0.0]));
/// ```
pub fn hinge<S: Shape, T: Shape>(scores: Var<S>, targets: Var<T>) -> Call<Hinge, (Var<S>, Var<T>)> {
    Call::new(Hinge, (scores, targets))
}

impl<S: SameShape<T>, T: Shape> Op<(S, T)> for Hinge {
    type Out = If<S::Checked, ()>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "hinge";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (s, t): (Var<S>, Var<T>)) -> Var<()> {
        let margin = r.mul_same(s, r.typed(t.id()));
        r.mean(r.relu(r.offset(r.neg(margin), Literal::from(1))))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        hinge:
        small(|s: [4], t: [4]| hinge(s, t));
        small(|s: [2, 3], t: [2, 3]| hinge(s, t));
        middle(|s: [2, 3, 4], t: [2, 3, 4]| hinge(s, t));
    }
}
