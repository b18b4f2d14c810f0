//! A part of an axis.

use crate::dim::{Dim, SubDim};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{Axis, AxisDim, InsertAxis, RemoveAxis, Shape};
use core::marker::PhantomData;

/// A shape whose axis `I` has `Len` entries from the entry `Start` on.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no `{Len}` entries from `{Start}` on along `{I}`",
    label = "no such part",
    note = "axes and entries are counted from 0",
    note = "docs/errors.md#j02"
)]
pub trait HasPart<I, Start, Len>: AxisDim<I> {
    /// The shape of that part.
    type Part: Shape;
}

#[diagnostic::do_not_recommend]
impl<I, Start: Dim, Len: Dim, S> HasPart<I, Start, Len> for S
where
    S: RemoveAxis<I, Out: InsertAxis<I, Len>, Dim: SubDim<Start, Out: SubDim<Len>>>,
{
    type Part = <S::Out as InsertAxis<I, Len>>::Out;
}

/// The op of [`slice()`]: `Len` entries of the axis `I`, from the entry `Start` on.
#[derive(Clone, Copy, Debug)]
pub struct Slice<I, Start, Len>(PhantomData<(I, Start, Len)>);

/// `y[.., i, ..] = x[.., start + i, ..]` for the first `len` values of `i`. The compiler checks that `x` has them.
///
/// JVP: the same part of `dx`; VJP: `dy` in its place, and zeros around it.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 4]| slice(x, 1, 1, 2));
/// let x = Tensor::from([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]);
/// let y = g.value(&x, ());
/// assert_eq!(y, Tensor::from([[2.0, 3.0], [6.0, 7.0]]));
/// ```
pub fn slice<const I: usize, Start: Dim, Len: Dim, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
    _start: Start,
    _len: Len,
) -> Call<Slice<Axis<I>, Start, Len>, (Var<S>,)> {
    Call::new(Slice(PhantomData), (x,))
}

impl<I, Start: Dim, Len: Dim, S: HasPart<I, Start, Len>> Op<(S,)> for Slice<I, Start, Len>
where
    I: Send + Sync + Clone + 'static,
{
    type Out = S::Part;
    type Level = levels::Semiring;
    const NAME: &'static str = "slice";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S::Part> {
        let (axis, start, len) = (S::AXIS, Start::SIZE, Len::SIZE);
        r.prim(primitives::Slice { axis, start, len }, x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        slice:
        small(|x: [9, 8]| slice(x, 0, 1, 7));
        small(|x: [2, 3, 6]| slice(x, 2, 2, 4));
        middle(|x: [6, 5, 2, 4]| slice(x, 1, 0, 3));
    }
}
