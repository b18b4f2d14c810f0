//! The number of elements, as a dim.

use super::Shape;
use super::judged::Is;
use crate::dim::{Dim, N, Product};

/// A shape whose element count is a dim: `(N<3>, N<4>)` counts `N<12>`.
///
/// Reshaping is allowed between shapes of equal count, and flattening gives the shape `(Size,)`.
pub trait Count: Shape {
    /// The element count.
    type Size: Dim;
}

/// The shape `()`. A graph's `value_and_vjp` starts from it.
#[diagnostic::on_unimplemented(
    message = "the output has shape `{Self}`, and only a scalar has a gradient",
    label = "reduce the output with `mean` or `sum`, or call `vjp` with a cotangent for it; docs/errors.md#x06"
)]
pub trait ScalarShape: Shape {}
#[diagnostic::do_not_recommend]
impl ScalarShape for () {}

impl Count for () {
    type Size = N<1>;
}

impl<A: Dim> Count for (A,) {
    type Size = A;
}

// From the right, as `shape![A * B * C]` is: in `[C, 7, 7]` the numbers are one, `C * 49`.
macro_rules! count {
    ($First:ident; $($D:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<$First: Dim, $($D: Dim,)+> Count for ($First, $($D,)+) {
            type Size = Product<$First, <($($D,)+) as Count>::Size>;
        }
    };
}

count!(A; B);
count!(A; B C);
count!(A; B C D);
count!(A; B C D E);
count!(A; B C D E F);

/// A number of elements, that of `S`, which is `Other`, the number of elements of `T`: so one may be reshaped to the
/// other.
#[diagnostic::on_unimplemented(
    message = "cannot reshape `{S}` to `{T}`: it holds `{Self}` elements, not `{Other}`",
    label = "a reshape keeps the number of elements",
    note = "docs/errors.md#r01"
)]
pub trait HoldsAsMany<S, T, Other>: Dim {
    /// The same number.
    type Checked: Dim;
}

#[diagnostic::do_not_recommend]
impl<D: Dim + Is<Other>, S, T, Other> HoldsAsMany<S, T, Other> for D {
    type Checked = D;
}

/// A shape whose first axis stays when the others are flattened: `(B, C, H, W)` to `(B, C * H * W)`, for every `B`.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no rows to flatten",
    label = "expected at least two axes",
    note = "docs/errors.md#r02"
)]
pub trait FlattensRows: Shape {
    /// The matrix.
    type Out: Shape;
}

macro_rules! flatten_rows {
    ($($D:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<Row: Dim, $($D: Dim,)+> FlattensRows for (Row, $($D,)+) {
            type Out = (Row, <($($D,)+) as Count>::Size);
        }
    };
}

flatten_rows!(A);
flatten_rows!(A B);
flatten_rows!(A B C);
flatten_rows!(A B C D);
flatten_rows!(A B C D E);
