//! Padding of an axis.

use super::{AxisDim, InsertAxis, RemoveAxis, Shape};
use crate::dim::{Dim, Sum};

/// A shape with `Before` entries more at the beginning of the axis `I`, and `After` at its end.
#[diagnostic::on_unimplemented(
    message = "cannot pad `{I}` of the shape `{Self}` with `{Before}` before and `{After}` after",
    label = "the shape has no such axis",
    note = "axes are counted from 0: `(N<2>, N<3>)` has `Axis<0>` and `Axis<1>`",
    note = "docs/errors.md#j03"
)]
pub trait PadAxis<I, Before, After>: AxisDim<I> {
    /// The padded shape.
    type Out: Shape;
}

#[diagnostic::do_not_recommend]
impl<S, I, Before: Dim, After: Dim> PadAxis<I, Before, After> for S
where
    S: RemoveAxis<I, Out: InsertAxis<I, Padded<S, I, Before, After>>>,
{
    type Out = <<S as RemoveAxis<I>>::Out as InsertAxis<I, Padded<S, I, Before, After>>>::Out;
}

/// The axis with what is added to it: of `N` and two ones it is `2 + N`.
type Padded<S, I, Before, After> = Sum<Sum<Before, After>, <S as AxisDim<I>>::Dim>;
