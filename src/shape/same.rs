//! Equal shapes, for ops that do not broadcast.

use super::Shape;
use super::judged::Is;

/// A shape that is `Other`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` and `{Other}` are not one shape",
    label = "takes tensors of one shape: this op repeats nothing",
    note = "docs/errors.md#b03, #b04, #d04"
)]
pub trait SameShape<Other>: Shape {
    /// `Self`.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: Shape + Is<Other>, Other> SameShape<Other> for S {
    type Checked = S;
}
