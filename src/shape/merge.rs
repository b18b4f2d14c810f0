//! Two axes made into one.

use super::{Axis, Shape};
use crate::dim::{Dim, Product};

/// A shape whose axis `I` and the one after it can be made into one: `(N<2>, N<3>, N<4>)` along `Axis<1>` is
/// `(N<2>, N<12>)`.
#[diagnostic::on_unimplemented(
    message = "cannot merge `{I}` of the shape `{Self}` with the axis after it",
    label = "no axis is after it",
    note = "docs/errors.md#a01"
)]
pub trait MergesAxes<I>: Shape {
    /// The shape with one axis less.
    type Out: Shape;
}

// The cases are in a table of their own, as those of `Broadcast` are.
#[diagnostic::do_not_recommend]
impl<S: Merge<I>, I> MergesAxes<I> for S {
    type Out = S::Merged;
}

/// The cases of [`MergesAxes`].
pub trait Merge<I>: Shape {
    /// The shape with one axis less.
    type Merged: Shape;
}

macro_rules! merge {
    ($axis:literal [$($Before:ident)*] [$($After:ident)*]) => {
        impl<$($Before: Dim,)* X: Dim, Y: Dim, $($After: Dim,)*> Merge<Axis<$axis>>
            for ($($Before,)* X, Y, $($After,)*)
        {
            type Merged = ($($Before,)* Product<X, Y>, $($After,)*);
        }
    };
}

merge!(0 [] []);
merge!(0 [] [A]);
merge!(1 [A] []);
merge!(0 [] [A B]);
merge!(1[A][B]);
merge!(2 [A B] []);
merge!(0 [] [A B C]);
merge!(1 [A] [B C]);
merge!(2 [A B] [C]);
merge!(3 [A B C] []);
merge!(0 [] [A B C D]);
merge!(1 [A] [B C D]);
merge!(2 [A B] [C D]);
merge!(3 [A B C] [D]);
merge!(4 [A B C D] []);
