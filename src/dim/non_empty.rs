//! Dims that are not zero.

use super::Dim;
use typenum::NonZero;

/// A dim of at least 1. An axis needs it to have a largest entry.
///
/// A graph that is generic over a dim says so: `fn peak<B: NonEmpty>(x: [B]) -> [] { max(x) }`.
///
/// ```
/// use cotangent::dim::{N, N2, NonEmpty};
/// fn first<D: NonEmpty>() -> usize {
///     D::SIZE - 1
/// }
/// assert_eq!((first::<N<1>>(), first::<N2<1, 0>>()), (0, 999));
/// ```
#[diagnostic::on_unimplemented(
    message = "an axis of dim `{Self}` may have no entry",
    label = "at least one entry is needed",
    note = "a graph that is generic over a dim asks for more than `Dim`: `B: NonEmpty`"
)]
pub trait NonEmpty: Dim {}

#[diagnostic::do_not_recommend]
impl<D: Dim<Nat: NonZero>> NonEmpty for D {}
