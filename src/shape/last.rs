//! The last axis.

use super::Shape;
use crate::dim::Dim;

/// A shape of rank 1 or more: the dim of its last axis, and the shape of what is before it.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::shape::LastAxis;
/// let _: <shape![2, 3, 4] as LastAxis>::Last = N::<4>;
/// let _: <shape![2, 3, 4] as LastAxis>::Front = (N::<2>, N::<3>);
/// ```
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no last axis",
    label = "expected a shape of rank 1 or more"
)]
pub trait LastAxis: Shape {
    /// The dim of the last axis.
    type Last: Dim;
    /// The shape without it.
    type Front: Shape;
}

macro_rules! last {
    ($($D:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($D: Dim,)* Z: Dim> LastAxis for ($($D,)* Z,) {
            type Last = Z;
            type Front = ($($D,)*);
        }
    };
}

last!();
last!(A);
last!(A B);
last!(A B C);
last!(A B C D);
last!(A B C D E);
