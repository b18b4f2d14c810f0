//! The last axis.

use super::Shape;
use crate::dim::Dim;

/// A shape of rank 1 or more: the dim of its last axis, and the shape of what is before it.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no last axis",
    label = "expected a shape of rank 1 or more",
    note = "docs/errors.md#a01"
)]
pub trait LastAxis: Shape {
    /// The dim of the last axis.
    type Last: Dim;
    /// The shape without it.
    type Front: Shape;
}

// The cases are in a table of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: EndsIn> LastAxis for S {
    type Last = S::Dim;
    type Front = S::Rest;
}

/// The cases of [`LastAxis`].
pub trait EndsIn: Shape {
    /// The dim of the last axis.
    type Dim: Dim;
    /// The shape without it.
    type Rest: Shape;
}

macro_rules! last {
    ($($D:ident)*) => {
        impl<$($D: Dim,)* Z: Dim> EndsIn for ($($D,)* Z,) {
            type Dim = Z;
            type Rest = ($($D,)*);
        }
    };
}

last!();
last!(A);
last!(A B);
last!(A B C);
last!(A B C D);
last!(A B C D E);
