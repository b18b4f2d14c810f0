//! Smallest elements: of all, along one axis.

use super::max::{LargestAlong, max};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::Reduction;
use crate::scalar::levels;
use crate::shape::{HasElements, If, Shape};
use core::marker::PhantomData;

/// The smallest of all elements.
#[derive(Clone, Copy, Debug)]
pub struct Min;

/// `y = min x`, a scalar: the smallest element; NaN if any is. Any ordered field.
///
/// The compiler checks that there is an element. The derivative is shared evenly among all that are the smallest, as by
/// [`max`](crate::op::max()).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| min(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([[1.0, 3.0], [1.0, 2.0]]), ());
/// assert_eq!((y.item(), dx), (1.0, Tensor::from([[0.5, 0.0], [0.5, 0.0]])));
/// ```
pub fn min<S: Shape>(x: Var<S>) -> Call<Min, (Var<S>,)> {
    Call::new(Min, (x,))
}

impl<S: HasElements> Op<(S,)> for Min {
    type Out = ();
    type Level = levels::OrderedField;
    const NAME: &'static str = "min";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<()> {
        r.neg(r.record(max(r.neg(x))))
    }
}

/// The smallest elements along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct MinAxis<I>(PhantomData<I>);

/// `y[.., ..] = minᵢ x[.., i, ..]`: the smallest entry along one axis, which goes. Any ordered field.
///
/// The compiler checks that the axis has an entry. Among entries that are equally small the derivative is shared
/// evenly, as by [`min`].
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| min_axis(x, 1));
/// let y = g.value(&Tensor::from([[1.0, 3.0, 2.0], [6.0, 5.0, 4.0]]), ());
/// assert_eq!(y, Tensor::from([1.0, 4.0]));
/// ```
pub fn min_axis<I, S: Shape>(x: Var<S>, _axis: I) -> Call<MinAxis<I>, (Var<S>,)> {
    Call::new(MinAxis(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: LargestAlong<I>> Op<(S,)> for MinAxis<I> {
    type Out = If<S::Out, S::Largest>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "min_axis";

    fn forward(&self, r: &Recorder<levels::OrderedField>, (x,): (Var<S>,)) -> Var<S::Largest> {
        let largest = r.reduced_along::<I, S>(Reduction::Max, r.neg(x));
        r.typed(r.neg(largest).id())
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        min:
        small(|x: [4]| min(x));
        small(|x: [2, 3]| min(x));
        middle(|x: [3, 4, 2]| min(x));
    }

    law_tests! {
        min_axis:
        small(|x: [2, 4]| min_axis(x, 0));
        small(|x: [3]| min_axis(x, 0));
        middle(|x: [3, 4, 5]| min_axis(x, 1));
    }

    /// Infinities are a tie too, and a NaN is the value.
    #[test]
    fn infinities_and_nan() {
        let g = graph!(|x: [2, 3]| min_axis(x, 1));
        let inf = f64::INFINITY;
        let x = Tensor::from([[-inf, 0.0, -inf], [1.0, f64::NAN, 2.0]]);
        let (y, dx) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y[[0]], -inf);
        assert!(y[[1]].is_nan());
        assert_eq!(dx.as_slice()[..3], [0.5, 0.0, 0.5]);
    }

    graph! {
        fn lowest<B: Dim, C: Positive>(x: [B, C]) -> [B] where A: OrderedField {
            min_axis(x, 1)
        }
    }

    #[test]
    fn over_generic_dims_and_kept() {
        let x = Tensor::from([[4.0, 3.0], [1.0, 2.0]]);
        let y = lowest::<f64, N<2>, N<2>>().value(&tlist![x.clone()], ());
        assert_eq!(y, Tensor::from([3.0, 1.0]));
        let above = graph!(|x: [2, 2]| x - min_axis(x, keep(1)));
        assert_eq!(above.value(&x, ()), Tensor::from([[1.0, 0.0], [0.0, 1.0]]));
    }
}
