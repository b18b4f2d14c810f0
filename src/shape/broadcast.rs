//! Suffix broadcasting: the one kind that is implicit.

use super::{BroadcastsWith, Shape};
use crate::dim::Dim;

/// The larger of two shapes that can be combined element by element.
pub type Combined<S, R> = <S as BroadcastsWith<R>>::Larger;

// The cases are in a table of their own. So a shape that is in none of them fails inside this impl, and of that the
// compiler says no more than its message: no list of cases, no `impl` of this crate.
#[diagnostic::do_not_recommend]
impl<S: Combine<Other>, Other: Shape> BroadcastsWith<Other> for S {
    type Larger = S::Both;
}

/// The cases of [`BroadcastsWith`].
pub trait Combine<Other> {
    /// The larger of the two.
    type Both: Shape;
}

/// A shape that ends with all the dims of `Small`.
#[diagnostic::on_unimplemented(
    message = "cannot broadcast `{Small}` to `{Self}`",
    label = "the smaller shape must be a suffix of the larger one",
    note = "`broadcast_axis` repeats a tensor along an axis it lacks",
    note = "docs/errors.md#b02"
)]
pub trait HasSuffix<Small: Shape>: Shape {
    /// `Self`.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: EndsWith<Small>, Small: Shape> HasSuffix<Small> for S {
    type Checked = S::Checked;
}

/// The cases of [`HasSuffix`].
pub trait EndsWith<Small: Shape>: Shape {
    /// `Self`.
    type Checked: Shape;
}

/// The three cases for a prefix and a suffix: suffix alone, on the left, on the right.
macro_rules! suffix {
    ([$($P:ident)*] [$($S:ident)*]) => {
        impl<$($P: Dim,)* $($S: Dim,)*> EndsWith<($($S,)*)> for ($($P,)* $($S,)*) {
            type Checked = Self;
        }
        impl<$($P: Dim,)* $($S: Dim,)*> Combine<($($S,)*)> for ($($P,)* $($S,)*) {
            type Both = ($($P,)* $($S,)*);
        }
        suffix!(@right [$($P)*] [$($S)*]);
    };
    // Equal shapes are covered once, by the case above, and a scalar on the left below.
    (@right [] [$($S:ident)*]) => {};
    (@right [$($P:ident)+] []) => {};
    (@right [$($P:ident)+] [$($S:ident)+]) => {
        impl<$($P: Dim,)+ $($S: Dim,)+> Combine<($($P,)+ $($S,)+)> for ($($S,)+) {
            type Both = ($($P,)+ $($S,)+);
        }
    };
}

impl EndsWith<()> for () {
    type Checked = ();
}

// Of all shapes, so that generic code has it too.
impl<S: Shape> Combine<S> for () {
    type Both = S;
}

suffix!([][A]);
suffix!([A] []);
suffix!([] [A B]);
suffix!([A][B]);
suffix!([A B] []);
suffix!([] [A B C]);
suffix!([A] [B C]);
suffix!([A B] [C]);
suffix!([A B C] []);
suffix!([] [A B C D]);
suffix!([A] [B C D]);
suffix!([A B] [C D]);
suffix!([A B C] [D]);
suffix!([A B C D] []);
suffix!([] [A B C D E]);
suffix!([A] [B C D E]);
suffix!([A B] [C D E]);
suffix!([A B C] [D E]);
suffix!([A B C D] [E]);
suffix!([A B C D E] []);
suffix!([] [A B C D E F]);
suffix!([A] [B C D E F]);
suffix!([A B] [C D E F]);
suffix!([A B C] [D E F]);
suffix!([A B C D] [E F]);
suffix!([A B C D E] [F]);
suffix!([A B C D E F] []);
