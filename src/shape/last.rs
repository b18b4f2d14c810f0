//! The last axis.

use super::Shape;
use super::axis::{HasAxis, HasPlace};
use crate::dim::Dim;

/// The name of the last axis, whatever the rank: where it is known, [`Axis`](super::Axis) names it too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Last;

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

#[diagnostic::do_not_recommend]
impl<S: HasAxis<Last>> LastAxis for S {
    type Last = S::There;
    type Front = S::Rest;
}

macro_rules! last {
    ($($D:ident)*) => {
        impl<$($D: Dim,)* Z: Dim> HasAxis<Last> for ($($D,)* Z,) {
            type There = Z;
            type Rest = ($($D,)*);
            const POSITION: usize = Self::RANK - 1;
        }
        impl<$($D: Dim,)* Z: Dim> HasPlace<Last, Z> for ($($D,)*) {
            type With = ($($D,)* Z,);
            const POSITION: usize = Self::RANK;
        }
    };
}

last!();
last!(A);
last!(A B);
last!(A B C);
last!(A B C D);
last!(A B C D E);
