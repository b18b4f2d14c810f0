//! Zeros around an axis.

use crate::dim::Dim;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{Axis, PadAxis, Shape};
use core::marker::PhantomData;

/// The op of [`pad`]: along the axis `I`, `Before` zeros before and `After` after.
#[derive(Clone, Copy, Debug)]
pub struct Pad<I, Before, After>(PhantomData<(I, Before, After)>);

/// `y[.., before + i, ..] = x[.., i, ..]` along one axis, and zeros before and after. Any semiring.
///
/// JVP: `dx` in the same place; VJP: that part of `dy`. The adjoint of [`slice`](crate::op::slice()).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 1]| pad(x, 1, 1, 2));
/// let y = g.value(&Tensor::from([[3.0], [4.0]]), ());
/// assert_eq!(y, Tensor::from([[0.0, 3.0, 0.0, 0.0], [0.0, 4.0, 0.0, 0.0]]));
/// ```
pub fn pad<const I: usize, Before: Dim, After: Dim, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
    _before: Before,
    _after: After,
) -> Call<Pad<Axis<I>, Before, After>, (Var<S>,)> {
    Call::new(Pad(PhantomData), (x,))
}

impl<I, Before: Dim, After: Dim, S> Op<(S,)> for Pad<I, Before, After>
where
    I: Send + Sync + Clone + 'static,
    S: PadAxis<I, Before, After>,
{
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "pad";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S::Out> {
        let (axis, start) = (S::AXIS, Before::SIZE);
        let len = start + S::DIMS[axis] + After::SIZE;
        r.prim(primitives::Pad { axis, start, len }, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        pad:
        small(|x: [6, 8]| pad(x, 0, 1, 0));
        small(|x: [2, 3, 4]| pad(x, 2, 0, 1));
        middle(|x: [2, 4, 3, 5]| pad(x, 1, 1, 2));
    }

    /// An axis without entries becomes one of zeros.
    #[test]
    fn from_nothing() {
        let g = graph!(|x: [0]| pad(x, 0, 1, 1));
        let (y, tlist![dx]) = g.vjp(&tlist![Tensor::<f64, _>::zeros()], (), &Tensor::ones());
        assert_eq!((y, dx), (Tensor::from([0.0, 0.0]), Tensor::zeros()));
    }
}
