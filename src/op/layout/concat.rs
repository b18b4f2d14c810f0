//! Two tensors joined along an axis.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{self, Axis, Shape};
use core::marker::PhantomData;

/// The op of [`concat()`]: along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct Concat<I>(PhantomData<I>);

/// `y` has the entries of `a` along an axis, then those of `b`. The shapes are equal on every other axis.
///
/// JVP: the tangents joined; VJP: the two parts of `dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2, 1], b: [2, 2]| concat(a, b, 1));
/// let (a, b) = (Tensor::from([[1.0], [2.0]]), Tensor::from([[3.0, 4.0], [5.0, 6.0]]));
/// let y = g.value(&tlist![a, b], ());
/// assert_eq!(y, Tensor::from([[1.0, 3.0, 4.0], [2.0, 5.0, 6.0]]));
/// ```
pub fn concat<const I: usize, S: Shape, R: Shape>(
    a: Var<S>,
    b: Var<R>,
    _axis: Axis<I>,
) -> Call<Concat<Axis<I>>, (Var<S>, Var<R>)> {
    Call::new(Concat(PhantomData), (a, b))
}

impl<I, S, R> Op<(S, R)> for Concat<I>
where
    I: Send + Sync + Clone + 'static,
    S: shape::ConcatenatesWith<I, R>,
    R: Shape,
{
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "concat";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<R>)) -> Var<S::Out> {
        r.prim(primitives::Concat(<S as shape::AxisDim<I>>::AXIS), x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        concat:
        small(|a: [6, 8], b: [7, 8]| concat(a, b, 0));
        small(|a: [2, 3, 4], b: [2, 3, 5]| concat(a, b, 2));
        middle(|a: [2, 3, 4, 5], b: [2, 6, 4, 5]| concat(a, b, 1));
    }
}
