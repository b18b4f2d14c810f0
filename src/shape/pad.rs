//! Padding of an axis.

use super::{AxisDim, InsertAxis, RemoveAxis, Shape};
use crate::dim::{AddDim, Dim};

/// A shape with `Before` entries more at the beginning of the axis `I`, and `After` at its end.
#[diagnostic::on_unimplemented(
    message = "cannot pad `{I}` of the shape `{Self}` with `{Before}` before and `{After}` after",
    label = "the shape has no such axis, or the sum is 1,000,000,000 or more",
    note = "axes are counted from 0: `(N<2>, N<3>)` has `Axis<0>` and `Axis<1>`",
    note = "docs/errors.md#j03"
)]
pub trait PadAxis<I, Before, After>: AxisDim<I> {
    /// The padded shape.
    type Out: Shape;
}

#[diagnostic::do_not_recommend]
impl<S, I, Before: Dim, After: Dim, Begun: Dim, Len: Dim> PadAxis<I, Before, After> for S
where
    S: RemoveAxis<I, Dim: AddDim<Before, Out = Begun>, Out: InsertAxis<I, Len>>,
    Begun: AddDim<After, Out = Len>,
{
    type Out = <<S as RemoveAxis<I>>::Out as InsertAxis<I, Len>>::Out;
}
