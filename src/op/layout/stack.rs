//! Two tensors joined along a new axis.

use crate::dim::N;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{Axis, ConcatenatesWith, If, InsertAxis, SameShape, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// A shape that takes a new axis `I`, for two of it to be stacked along.
#[diagnostic::on_unimplemented(
    message = "cannot stack tensors of shape `{Self}` along a new `{I}`",
    label = "no place for this axis",
    note = "a shape of rank 2 takes a new `Axis<0>`, `Axis<1>` or `Axis<2>`, up to rank 6",
    note = "docs/errors.md#a02"
)]
pub trait Stackable<I>: Shape {
    /// The shape with one entry along the axis.
    type One: Shape;
    /// The shape with two.
    type Two: Shape;
    /// The position of the axis, counted from 0.
    const NEW: usize;
}

#[diagnostic::do_not_recommend]
impl<I, One, S> Stackable<I> for S
where
    S: InsertAxis<I, N<1>, Out = One>,
    One: ConcatenatesWith<I, One>,
{
    type One = One;
    type Two = One::Out;
    const NEW: usize = S::AXIS;
}

/// The op of [`stack`]: along the new axis `I`.
#[derive(Clone, Copy, Debug)]
pub struct Stack<I>(PhantomData<I>);

/// `y` has two entries along a new axis: `a`, then `b`, which have one shape. Any semiring.
///
/// JVP: the tangents stacked; VJP: the two entries of `dy`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2], b: [2]| stack(a, b, 1));
/// let y = g.value(&tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])], ());
/// assert_eq!(y, Tensor::from([[1.0, 3.0], [2.0, 4.0]]));
/// ```
pub fn stack<const I: usize, S: Shape, T: Shape>(
    a: Var<S>,
    b: Var<T>,
    _axis: Axis<I>,
) -> Call<Stack<Axis<I>>, (Var<S>, Var<T>)> {
    Call::new(Stack(PhantomData), (a, b))
}

impl<I, S, T> Op<(S, T)> for Stack<I>
where
    I: Send + Sync + Clone + 'static,
    S: Stackable<I> + SameShape<T>,
    T: Shape,
{
    type Out = If<<S as SameShape<T>>::Checked, S::Two>;
    type Level = levels::Semiring;
    const NAME: &'static str = "stack";

    fn forward(&self, r: &Recorder<levels::Semiring>, (a, b): (Var<S>, Var<T>)) -> Var<S::Two> {
        let b = r.typed(b.id());
        let one = |x| r.prim::<S::One>(primitives::Reshape(Dims::of::<S::One>()), (x,));
        r.prim(primitives::Concat(S::NEW), (one(a), one(b)))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        stack:
        small(|a: [3], b: [3]| stack(a, b, 0));
        small(|a: [4, 5], b: [4, 5]| stack(a, b, 2));
        middle(|a: [3, 4, 5], b: [3, 4, 5]| stack(a, b, 1));
        fixes(2, "two are stacked");
    }

    #[test]
    fn scalars() {
        let g = graph!(|a: [], b: []| stack(a, b, 0));
        let x = tlist![Tensor::scalar(1.0), Tensor::scalar(2.0)];
        let (y, tlist![da, db]) = g.vjp(&x, (), &Tensor::from([3.0, 4.0]));
        assert_eq!(
            (y, da.item(), db.item()),
            (Tensor::from([1.0, 2.0]), 3.0, 4.0)
        );
    }
}
