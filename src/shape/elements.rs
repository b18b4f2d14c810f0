//! Shapes with at least one element.

use super::Shape;
use crate::dim::Positive;

/// A shape without an axis of dim 0, so with at least one element. A maximum needs it.
#[diagnostic::on_unimplemented(
    message = "a tensor of shape `{Self}` may have no element",
    label = "at least one element is needed",
    note = "a graph that is generic over a dim asks for more than `Dim`: `B: Positive`",
    note = "docs/errors.md#a05"
)]
pub trait HasElements: Shape {}

macro_rules! elements {
    ($($D:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($D: Positive),*> HasElements for ($($D,)*) {}
    };
}

elements!();
elements!(A);
elements!(A B);
elements!(A B C);
elements!(A B C D);
elements!(A B C D E);
elements!(A B C D E F);
