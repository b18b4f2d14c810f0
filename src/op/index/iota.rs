//! Positions along an axis.

use crate::env::LabelsOf;
use crate::op::{Call, Discrete, Op, Recorder};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{AxisDim, Shape};
use crate::tensor::Dims;
use core::fmt;
use core::marker::PhantomData;

/// The op of [`iota`].
pub struct Iota<S, I>(PhantomData<fn() -> (S, I)>);

impl<S, I> Clone for Iota<S, I> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S, I> Copy for Iota<S, I> {}

impl<S, I> fmt::Debug for Iota<S, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iota")
    }
}

/// `y[.., i, ..] = i`, of shape `S`: at each place its position along the axis `I`. Over everything.
///
/// Labels below the dim of the axis; [`to_scalar`](crate::op::to_scalar) makes numbers of them. It takes nothing. Source:
/// `jax.lax.broadcasted_iota`.
///
/// A mask of what is not above the diagonal:
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2]| {
///     let row = to_scalar(iota::<shape![2, 2], Axis<0>>());
///     let column = to_scalar(iota::<shape![2, 2], Axis<1>>());
///     x * to_scalar(less_equal(column, row))
/// });
/// let y = g.value(&Tensor::from([[1.0, 2.0], [3.0, 4.0]]), ());
/// assert_eq!(y, Tensor::from([[1.0, 0.0], [3.0, 4.0]]));
/// ```
pub fn iota<S: Shape, I>() -> Call<Iota<S, I>, ()> {
    Call::new(Iota(PhantomData), ())
}

impl<S: AxisDim<I>, I: 'static> Op<()> for Iota<S, I> {
    type Out = LabelsOf<S::Dim, S>;
    type Level = levels::Semiring;
    const NAME: &'static str = "iota";

    fn forward(&self, r: &Recorder<levels::Semiring>, (): ()) -> Discrete<LabelsOf<S::Dim, S>> {
        r.prim_labels(primitives::Iota(Dims::of::<S>(), S::AXIS), ())
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        iota:
        small(|x: [2, 3]| x * to_scalar(iota::<shape![2, 3], Axis<1>>()));
        small(|x: [4]| gather(x, iota::<shape![4], Axis<0>>()));
        middle(|x: [4, 5, 2]| x * to_scalar(iota::<shape![4, 5, 2], Axis<0>>()));
    }

    /// A graph without inputs and without an environment.
    #[test]
    fn of_nothing() {
        let g: GraphData<f64, _, _, _> = graph!(|| -> ([2, 2] < 2, [0] < 0) {
            (iota::<shape![2, 2], Axis<0>>(), iota::<shape![0], Axis<0>>())
        });
        let (rows, none) = g.value((), ());
        assert_eq!(rows.as_slice(), [0, 0, 1, 1]);
        assert_eq!(none.as_slice(), [0; 0]);
    }
}
