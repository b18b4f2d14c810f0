//! Dims that are not zero.

use super::Dim;
use typenum::UInt;

/// A dim of at least 1. A kernel and a stride are, and an axis needs it to have a largest entry.
///
/// A graph that is generic over a dim says so: `fn peak<B: Positive>(x: [B]) -> [] { max(x) }`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not known to be at least 1",
    label = "must be at least 1",
    note = "a window's kernel, stride, dilation and groups are at least 1, and so is an axis that has a largest entry; \
        a graph that is generic over a dim asks for more than `Dim`: `B: Positive`",
    note = "docs/errors.md#a05, #c05"
)]
pub trait Positive: Dim {
    /// The same dim. A type that names it has the error type for 0, and rustc says nothing more about that.
    type Checked: Dim;
}

#[diagnostic::do_not_recommend]
impl<D: Dim<Exact: Counts<D>>> Positive for D {
    type Checked = <D::Exact as Counts<D>>::Checked;
}

/// The case of [`Positive`]: a number with a first binary digit.
pub trait Counts<D> {
    /// `D`.
    type Checked: Dim;
}

impl<D: Dim, Upper, Bit> Counts<D> for UInt<Upper, Bit> {
    type Checked = D;
}
