//! Places of the largest and of the smallest along an axis.

use crate::env::LabelsOf;
use crate::op::{Call, Discrete, LargestAlong, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{Axis, If, Shape};
use core::marker::PhantomData;

/// The op of [`argmax`].
#[derive(Clone, Copy, Debug)]
pub struct ArgMax<I>(PhantomData<I>);

/// The op of [`argmin`].
#[derive(Clone, Copy, Debug)]
pub struct ArgMin<I>(PhantomData<I>);

/// `y[.., ..] = argmaxᵢ x[.., i, ..]`: where along one axis, which goes, the largest entry is. Any ordered field.
///
/// Labels below the dim of the axis, as [`gather`](crate::op::gather) and [`cross_entropy`](crate::op::cross_entropy) take them:
/// `[B, C]` along `Axis<1>` gives `[B] < C`. Of entries that are equally large it is the first; where one is NaN it is the
/// first NaN, as in JAX. The compiler checks that the axis has an entry. No derivative goes through it. Source:
/// `jax.numpy.argmax`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| -> [2] < 3 { argmax(x, 1) });
/// let y = g.value(&Tensor::from([[1.0, 3.0, 3.0], [6.0, 5.0, 4.0]]), ());
/// assert_eq!(y.as_slice(), [1, 0]);
/// ```
pub fn argmax<const I: usize, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
) -> Call<ArgMax<Axis<I>>, (Var<S>,)> {
    Call::new(ArgMax(PhantomData), (x,))
}

/// `y[.., ..] = argminᵢ x[.., i, ..]`: where along one axis the smallest entry is. What [`argmax`] is for the largest.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| -> [2] < 3 { argmin(x, 1) });
/// let y = g.value(&Tensor::from([[1.0, 3.0, 1.0], [6.0, 5.0, 4.0]]), ());
/// assert_eq!(y.as_slice(), [0, 2]);
/// ```
pub fn argmin<const I: usize, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
) -> Call<ArgMin<Axis<I>>, (Var<S>,)> {
    Call::new(ArgMin(PhantomData), (x,))
}

/// The entries of the axis number the places.
type Places<S, I> = LabelsOf<
    <S as crate::shape::AxisDim<I>>::Dim,
    If<<S as crate::shape::RemoveAxis<I>>::Out, <S as LargestAlong<I>>::Largest>,
>;

impl<I: Send + Sync + Clone + 'static, S: LargestAlong<I>> Op<(S,)> for ArgMax<I> {
    type Out = Places<S, I>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "argmax";

    fn forward(&self, r: &Recorder<levels::OrderedField>, x: (Var<S>,)) -> Discrete<Places<S, I>> {
        r.prim_labels(primitives::ArgMax(S::AXIS), x)
    }
}

impl<I: Send + Sync + Clone + 'static, S: LargestAlong<I>> Op<(S,)> for ArgMin<I> {
    type Out = Places<S, I>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "argmin";

    fn forward(&self, r: &Recorder<levels::OrderedField>, x: (Var<S>,)) -> Discrete<Places<S, I>> {
        r.prim_labels(primitives::ArgMin(S::AXIS), x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        argmax:
        small(|t: [3, 4], x: [2, 3]| gather(t, argmax(x, 1)));
        small(|t: [5], x: [5]| gather(t, argmax(x, 0)));
        middle(|t: [4, 2, 3], x: [5, 4, 6]| gather(t, argmax(x, 1)));
    }

    law_tests! {
        argmin:
        small(|t: [3, 4], x: [2, 3]| gather(t, argmin(x, 1)));
        small(|t: [5], x: [5]| gather(t, argmin(x, 0)));
        middle(|t: [4, 2, 3], x: [5, 4, 6]| gather(t, argmin(x, 1)));
    }

    /// The first of equal ones, the first NaN, and infinities.
    #[test]
    fn ties_and_nan() {
        let g = graph!(|x: [4, 3]| -> ([4] < 3, [4] < 3) {
            (argmax(x, 1), argmin(x, 1))
        });
        let (inf, nan) = (f64::INFINITY, f64::NAN);
        let x = Tensor::from([
            [0.0, 2.0, 2.0],
            [1.0, nan, nan],
            [-inf, inf, inf],
            [-inf, -inf, -inf],
        ]);
        let (largest, smallest) = g.value(&x, ());
        assert_eq!(largest.as_slice(), [1, 1, 1, 0]);
        assert_eq!(smallest.as_slice(), [0, 1, 0, 0]);
    }

    /// An axis without entries may stay, if another goes.
    #[test]
    fn beside_an_empty_axis() {
        let g = graph!(|x: [0, 3]| -> [0] < 3 { argmax(x, 1) });
        let y = g.value(&tlist![Tensor::<f64, _>::zeros()], ());
        assert_eq!(y.as_slice(), [0; 0]);
    }

    graph! {
        fn places<B: Dim, C: Positive>(x: [B, C]) -> [B] < C where A: OrderedField {
            argmax(x, 1)
        }
    }

    #[test]
    fn over_generic_dims() {
        let x = tlist![Tensor::from([[1.0, 2.0], [4.0, 3.0]])];
        let y = places::<f64, N<2>, N<2>>().value(&x, ());
        assert_eq!(y.as_slice(), [1, 0]);
    }
}
