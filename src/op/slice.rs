//! A part of an axis.

use super::{Call, Op, Recorder, Var};
use crate::dim::{Dim, SubDim};
use crate::program::Prim;
use crate::scalar::needs;
use crate::shape::{Axis, InsertAxis, RemoveAxis, Shape};
use core::marker::PhantomData;

/// The op of [`slice`]: `Len` entries of the axis `I`, from the entry `Start` on.
#[derive(Clone, Copy, Debug)]
pub struct Slice<I, Start, Len>(PhantomData<(I, Start, Len)>);

/// `y[.., i, ..] = x[.., start + i, ..]` for the first `len` values of `i`. The compiler checks that `x` has them.
///
/// JVP: the same part of `dx`; VJP: `dy` in its place, and zeros around it.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 4]| slice(x, { Axis::<1> }, { N::<1> }, { N::<2> }));
/// let x = Tensor::from([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]]);
/// let y = g.value(&tlist![x], &tlist![]);
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

#[diagnostic::do_not_recommend]
impl<I, Start: Dim, Len: Dim, S> Op<(S,)> for Slice<I, Start, Len>
where
    I: Send + Sync + Clone + 'static,
    S: RemoveAxis<I, Out: InsertAxis<I, Len>, Dim: SubDim<Start, Out: SubDim<Len>>>,
{
    type Out = <S::Out as InsertAxis<I, Len>>::Out;
    type Need = needs::Semiring;
    const NAME: &'static str = "slice";

    fn forward(&self, r: &Recorder<needs::Semiring>, x: (Var<S>,)) -> Var<Self::Out> {
        let (axis, start, len) = (<S as crate::shape::AxisDim<I>>::AXIS, Start::SIZE, Len::SIZE);
        r.prim(Prim::Slice { axis, start, len }, x)
    }
    fn jvp(
        &self,
        r: &Recorder<needs::Semiring>,
        _x: (Var<S>,),
        _y: Var<Self::Out>,
        dx: (Var<S>,),
    ) -> Var<Self::Out> {
        self.forward(r, dx)
    }
    fn vjp(
        &self,
        r: &Recorder<needs::Semiring>,
        _x: (Var<S>,),
        _y: Var<Self::Out>,
        dy: Var<Self::Out>,
    ) -> (Var<S>,) {
        let axis = <S as crate::shape::AxisDim<I>>::AXIS;
        let (start, len) = (Start::SIZE, S::DIMS[axis]);
        (r.prim(Prim::Pad { axis, start, len }, (dy,)),)
    }
}
