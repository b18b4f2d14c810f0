//! The gated linear unit.

use crate::dim::{DivDim, N, Quotient};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{AxisDim, InsertAxis, RemoveAxis, Shape};
use core::marker::PhantomData;

/// A shape whose axis `I` has two halves.
#[diagnostic::on_unimplemented(
    message = "`{I}` of the shape `{Self}` has no two halves",
    label = "values and their gates are halves of an even dim; a generic graph says `where D / 2: Dim`",
    note = "docs/errors.md#j07"
)]
pub trait HasHalves<I>: AxisDim<I> {
    /// The shape of each.
    type Half: Shape;
}

/// Half of the dim of an axis.
type HalfOf<S, I> = Quotient<<S as AxisDim<I>>::Dim, N<2>>;

#[diagnostic::do_not_recommend]
impl<I, S> HasHalves<I> for S
where
    S: RemoveAxis<I, Dim: DivDim<N<2>>, Out: InsertAxis<I, HalfOf<S, I>>>,
{
    type Half = <S::Out as InsertAxis<I, HalfOf<S, I>>>::Out;
}

/// The op of [`glu`]: along the axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct Glu<I>(PhantomData<I>);

/// `y = a sigmoid(b)`, where `a` is the first half of `x` along an axis and `b`, the gates, is the second: `[.., D, ..]` to
/// `[.., D / 2, ..]`. Real scalars.
///
/// The compiler checks that the dim is even. VJP: `sigmoid(b) dy` for `a`, and `a s (1 - s) dy` for `b` with `s = sigmoid(b)`.
/// Source: Dauphin, Fan, Auli and Grangier, *Language Modeling with Gated Convolutional Networks* (2016).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 4]| glu(x, 1));
/// let y = g.value(&Tensor::from([[2.0, 3.0, 0.0, 1000.0]]), ());
/// assert_eq!(y, Tensor::from([[1.0, 3.0]]));
/// ```
///
/// Of a generic dim the half has to be named. rustc takes no product of dims apart, so where the axis is `2 * D`,
/// [`split`](crate::op::split) says the same:
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn gated<B: Dim, D: Dim>(x: [B, D]) -> [B, D / 2]
///     where
///         D / 2: Dim,
///     {
///         glu(x, 1)
///     }
///
///     fn of_a_product<B: Dim, D: Dim>(x: [B, 2 * D]) -> [B, D] {
///         let (a, b) = split(x, 1, [D; 2]);
///         a * sigmoid(b)
///     }
/// }
/// let x = tlist![Tensor::from([[1.0, 2.0], [3.0, 4.0]])];
/// let y = gated::<f64, N<2>, N<2>>().value(&x, ());
/// assert_eq!(y, of_a_product::<f64, N<2>, N<1>>().value(&x, ()));
/// ```
pub fn glu<I, S: Shape>(x: Var<S>, _axis: I) -> Call<Glu<I>, (Var<S>,)> {
    Call::new(Glu(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: HasHalves<I>> Op<(S,)> for Glu<I> {
    type Out = S::Half;
    type Level = levels::Real;
    const NAME: &'static str = "glu";

    fn forward(&self, r: &Recorder, x: (Var<S>,)) -> Var<S::Half> {
        let axis = S::AXIS;
        let len = <S::Half as Shape>::DIMS[axis];
        let half = |start| r.prim::<S::Half>(primitives::Slice { axis, start, len }, x);
        r.mul_same(half(0), r.sigmoid(half(len)))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        glu:
        small(|x: [4]| glu(x, 0));
        small(|x: [6, 5]| glu(x, 0));
        middle(|x: [3, 10, 4]| glu(x, 1));
    }

    #[test]
    fn large_inputs() {
        let g = graph!(|x: [3, 2]| glu(x, 1));
        let x = Tensor::from([[f64::MAX, 1e300], [f64::MIN, -1e300], [3.0, f64::MAX]]);
        let (y, dx) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!(y, Tensor::from([[f64::MAX], [0.0], [3.0]]));
        assert_eq!(dx, Tensor::from([[1.0, 0.0], [0.0, 0.0], [1.0, 0.0]]));
    }

    #[test]
    fn of_no_element() {
        let g = graph!(|x: [2, 0]| glu(x, 1));
        let (y, dx) = g.vjp(&Tensor::<f64, _>::zeros(), (), &Tensor::zeros());
        assert_eq!((y, dx), (Tensor::zeros(), Tensor::zeros()));
    }
}
