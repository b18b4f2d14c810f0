//! Variances: of all elements, along one axis.

use super::mean::over;
use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::{RemoveAxis, Shape};
use core::marker::PhantomData;

/// The variance of all elements.
#[derive(Clone, Copy, Debug)]
pub struct Variance;

/// `y = Σ (x - m)² / n`, a scalar, for the `n` elements of `x` and their mean `m`. Any field.
///
/// This is the variance of the elements themselves; for the estimate from a sample, times `n / (n - 1)`: `variance(x) *
/// 10 / 9`. The mean is subtracted before squaring, so a large mean costs no precision. Undefined for `n = 0`, as
/// [`mean`](crate::op::mean).
///
/// JVP `2/n Σ (x - m) dx`; VJP `2/n (x - m) dy`.
/// Source: Chan, Golub and LeVeque, *Algorithms for computing the sample variance* (1983).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [4]| variance(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([1.0, 3.0, 5.0, 7.0]), ());
/// assert_eq!((y.item(), dx), (5.0, Tensor::from([-1.5, -0.5, 0.5, 1.5])));
/// ```
pub fn variance<S: Shape>(x: Var<S>) -> Call<Variance, (Var<S>,)> {
    Call::new(Variance, (x,))
}

impl<S: Shape> Op<(S,)> for Variance {
    type Out = ();
    type Level = levels::Field;
    const NAME: &'static str = "variance";

    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<()> {
        let deviation = r.sub_same(x, r.full_like(r.mean(x)));
        r.mean(r.mul_same(deviation, deviation))
    }
}

/// The variance along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct VarianceAxis<I>(pub(super) PhantomData<I>);

/// The [`variance`] along one axis of dim `n`, which goes: it divides by `n`. Any field.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| variance_axis(x, 1));
/// let y = g.value(&Tensor::from([[1.0, 3.0], [4.0, 8.0]]), ());
/// assert_eq!(y, Tensor::from([1.0, 4.0]));
/// ```
pub fn variance_axis<I, S: Shape>(x: Var<S>, _axis: I) -> Call<VarianceAxis<I>, (Var<S>,)> {
    Call::new(VarianceAxis(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: RemoveAxis<I>> Op<(S,)> for VarianceAxis<I> {
    type Out = S::Out;
    type Level = levels::Field;
    const NAME: &'static str = "variance_axis";

    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<S::Out> {
        let mean = |x| r.scale(r.sum_along::<I, S>(x), over(1, S::DIMS[S::AXIS]));
        let deviation = r.sub_same(x, r.along::<I, S>(mean(x)));
        mean(r.mul_same(deviation, deviation))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        variance:
        small(|x: [4]| variance(x));
        small(|x: [2, 3]| variance(x));
        middle(|x: [3, 4, 2]| variance(x));
    }

    law_tests! {
        variance_axis:
        small(|x: [2, 4]| variance_axis(x, 0));
        small(|x: [3]| variance_axis(x, 0));
        middle(|x: [3, 4, 5]| variance_axis(x, 1));
    }

    /// The difference of the mean of squares and the square of the mean would be 0 here.
    #[test]
    fn with_a_large_mean() {
        let g = graph!(|x: [2]| variance(x));
        let y = g.value(&Tensor::from([1e9, 1e9 + 2.0]), ());
        assert_eq!(y.item(), 1.0);
    }

    #[test]
    fn of_no_element() {
        let g = graph!(|x: [0]| variance(x));
        assert!(
            g.value(&tlist![Tensor::<f64, _>::zeros()], ())
                .item()
                .is_nan()
        );
    }
}
