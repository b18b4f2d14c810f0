//! Largest elements: of all, along one axis.

use crate::dim::Positive;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Reduction, primitives};
use crate::scalar::levels;
use crate::shape::{Axis, HasElements, If, RemoveAxis, Shape};
use core::marker::PhantomData;

/// The largest of all elements.
#[derive(Clone, Copy, Debug)]
pub struct Max;

/// `y = max x`, a scalar: the largest element; NaN if any is. Any ordered field.
///
/// The compiler checks that there is an element. The derivative is shared evenly among all that are the largest, as
/// `amax` of PyTorch does: VJP `dy / k` for each of the `k` that are, 0 for the others.
/// Where it is NaN all elements count as the largest.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| max(x));
/// let (y, dx) = g.value_and_vjp(&Tensor::from([[1.0, 3.0], [3.0, 2.0]]), ());
/// assert_eq!((y.item(), dx), (3.0, Tensor::from([[0.0, 0.5], [0.5, 0.0]])));
/// ```
pub fn max<S: Shape>(x: Var<S>) -> Call<Max, (Var<S>,)> {
    Call::new(Max, (x,))
}

impl<S: HasElements> Op<(S,)> for Max {
    type Out = ();
    type Level = levels::OrderedField;
    const NAME: &'static str = "max";

    fn forward(&self, r: &Recorder<levels::OrderedField>, x: (Var<S>,)) -> Var<()> {
        r.prim(
            primitives::Reduce(Reduction::Max, (0..S::RANK).collect()),
            x,
        )
    }
}

/// The largest elements along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct MaxAxis<I>(PhantomData<I>);

/// `y[.., ..] = maxᵢ x[.., i, ..]`: the largest entry along one axis, which goes. Any ordered field.
///
/// The compiler checks that the axis has an entry. Among entries that are equally large the derivative is shared
/// evenly, as by [`max`].
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| max_axis(x, 1));
/// let y = g.value(&Tensor::from([[1.0, 3.0, 2.0], [6.0, 5.0, 4.0]]), ());
/// assert_eq!(y, Tensor::from([3.0, 6.0]));
/// ```
pub fn max_axis<const I: usize, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
) -> Call<MaxAxis<Axis<I>>, (Var<S>,)> {
    Call::new(MaxAxis(PhantomData), (x,))
}

/// A shape with at least one entry along the axis `I`.
pub trait LargestAlong<I>: RemoveAxis<I> {
    /// The shape without the axis.
    type Largest: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: RemoveAxis<I, Dim: Positive>, I> LargestAlong<I> for S {
    type Largest = If<<S::Dim as Positive>::Checked, S::Out>;
}

impl<I: Send + Sync + Clone + 'static, S: LargestAlong<I>> Op<(S,)> for MaxAxis<I> {
    type Out = If<S::Out, S::Largest>;
    type Level = levels::OrderedField;
    const NAME: &'static str = "max_axis";

    fn forward(&self, r: &Recorder<levels::OrderedField>, x: (Var<S>,)) -> Var<S::Largest> {
        r.prim(primitives::Reduce(Reduction::Max, vec![S::AXIS]), x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        max:
        small(|x: [4]| max(x));
        small(|x: [2, 3]| max(x));
        middle(|x: [3, 4, 2]| max(x));
    }

    law_tests! {
        max_axis:
        small(|x: [2, 4]| max_axis(x, 0));
        small(|x: [3]| max_axis(x, 0));
        middle(|x: [3, 4, 5]| max_axis(x, 1));
    }

    #[test]
    fn of_a_scalar() {
        let g = graph!(|x: []| max(x));
        let (y, dx) = g.value_and_vjp(&Tensor::scalar(-2.0), ());
        assert_eq!((y.item(), dx.item()), (-2.0, 1.0));
    }

    /// Infinities are a tie too, though their difference is NaN; and a NaN is the value.
    #[test]
    fn infinities_and_nan() {
        let g = graph!(|x: [2, 3]| max_axis(x, 1));
        let inf = f64::INFINITY;
        let x = tlist![Tensor::from([[inf, 0.0, inf], [1.0, f64::NAN, 2.0]])];
        let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y.as_slice()[0], inf);
        assert!(y.as_slice()[1].is_nan());
        assert_eq!(dx.as_slice()[..3], [0.5, 0.0, 0.5]);
    }

    /// An axis without entries may stay, if another goes.
    #[test]
    fn beside_an_empty_axis() {
        let g = graph!(|x: [0, 3]| max_axis(x, 1));
        let (y, tlist![dx]) = g.vjp(&tlist![Tensor::<f64, _>::zeros()], (), &Tensor::zeros());
        assert_eq!((y, dx), (Tensor::zeros(), Tensor::zeros()));
    }

    graph! {
        fn peak<B: Positive>(x: [B]) -> [] where A: OrderedField {
            max(x)
        }
    }

    #[test]
    fn over_a_generic_dim() {
        let y = peak::<f64, N<2>>().value(&Tensor::from([1.0, 2.0]), ());
        assert_eq!(y.item(), 2.0);
    }
}
