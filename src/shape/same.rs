//! Equal shapes, for ops that do not broadcast.

use super::Shape;

/// A shape that is `Other`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` and `{Other}` are not one shape",
    label = "takes tensors of one shape: this op repeats nothing",
    note = "docs/errors.md#b03, #b04, #d04"
)]
pub trait SameShape<Other>: Shape {
    /// `Self`.
    type Itself: Shape;
}

// The one case is in a trait of its own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: Equal<Other>, Other> SameShape<Other> for S {
    type Itself = S::Both;
}

/// The case of [`SameShape`].
pub trait Equal<Other>: Shape {
    /// `Self`.
    type Both: Shape;
}

impl<S: Shape> Equal<S> for S {
    type Both = S;
}
