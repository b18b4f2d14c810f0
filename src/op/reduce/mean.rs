//! Means: of all elements, along one axis.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::Literal;
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::{Axis, RemoveAxis, Shape};
use core::marker::PhantomData;

/// The mean of all elements.
#[derive(Clone, Copy, Debug)]
pub struct Mean;

/// `y = Σ x / n`, a scalar, for the `n` elements of `x`. Any field; `1 / n` is exact where the field is.
///
/// JVP `Σ dx / n`; VJP: `dy / n` everywhere. The mean of no element is undefined: NaN over floats, 0 over rationals.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| mean(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([[1.0, 2.0], [3.0, 4.0]]), ());
/// assert_eq!((y.item(), dx), (2.5, Tensor::full(0.25)));
/// ```
pub fn mean<S: Shape>(x: Var<S>) -> Call<Mean, (Var<S>,)> {
    Call::new(Mean, (x,))
}

/// The exact ratio `numerator / n`. For `n = 0` it is infinite, so that the mean `0 * ∞` is NaN.
pub(crate) fn over(numerator: i64, n: usize) -> Literal {
    Literal::ratio(numerator, n as u64)
}

impl<S: Shape> Op<(S,)> for Mean {
    type Out = ();
    type Level = levels::Field;
    const NAME: &'static str = "mean";

    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<()> {
        r.scale(r.sum(x), over(1, S::SIZE))
    }
}

/// The mean along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct MeanAxis<I>(PhantomData<I>);

/// `y[.., ..] = Σᵢ x[.., i, ..] / n`: the mean along one axis of dim `n`, which goes. Any field.
///
/// VJP: `dy / n` repeated along the axis. Along an axis of dim 0 it is undefined, as [`mean`] of no element.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| mean_axis(x, 1));
/// let y = g.value(&Tensor::from([[1.0, 2.0], [3.0, 6.0]]), ());
/// assert_eq!(y, Tensor::from([1.5, 4.5]));
/// ```
pub fn mean_axis<const I: usize, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
) -> Call<MeanAxis<Axis<I>>, (Var<S>,)> {
    Call::new(MeanAxis(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: RemoveAxis<I>> Op<(S,)> for MeanAxis<I> {
    type Out = S::Out;
    type Level = levels::Field;
    const NAME: &'static str = "mean_axis";

    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<S::Out> {
        r.scale(r.sum_along::<I, S>(x), over(1, S::DIMS[S::AXIS]))
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`mean`].
    #[track_caller]
    pub fn mean<S: Shape>(&self, x: Var<S>) -> Var<()>
    where
        N: Includes<levels::Field>,
    {
        self.record(mean(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        mean:
        small(|x: [4]| mean(x));
        small(|x: [2, 3]| mean(x));
        middle(|x: [3, 4, 2]| mean(x));
    }

    law_tests! {
        mean_axis:
        small(|x: [5, 7]| mean_axis(x, 0));
        small(|x: [2, 3, 4]| mean_axis(x, 2));
        middle(|x: [3, 4, 5, 2]| mean_axis(x, 1));
    }
}
