//! Broadcasting: of a suffix, which is implicit, and of an axis that a reduction kept.

use super::sizes::{BroadcastsWith, Shape};
use crate::dim::{Dim, Kept};

// The cases are in a table of their own. So a shape that is in none of them fails inside this impl, and of that the
// compiler says no more than the message above: no list of cases, no `impl` of this crate.
#[diagnostic::do_not_recommend]
impl<S: Combine<Other>, Other: Shape> BroadcastsWith<Other> for S {
    type Larger = S::Both;
}

/// The cases of [`BroadcastsWith`]. A vector and an image are one that always fails, with the sentence here.
#[diagnostic::on_unimplemented(
    message = "`{Self}` and `{Other}` are combined only where the axis is said",
    label = "of `x`, a number for each channel is `along(b, x, 1)`, for each column `along(b, x, 3)`",
    note = "docs/errors.md#b08"
)]
pub trait Combine<Other> {
    /// The larger of the two.
    type Both: Shape;
}

/// A shape that ends with all the dims of `Small`, or has an axis that is kept there.
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
        said!([$($P)*] [$($S)*]);
        #[diagnostic::do_not_recommend]
        impl<$($P: Dim,)* $($S: Dim,)*> Combine<($($S,)*)> for ($($P,)* $($S,)*) {
            type Both = ($($P,)* $($S,)*);
        }
        suffix!(@right [$($P)*] [$($S)*]);
    };
    // Equal shapes are covered once, by the case above, and a scalar on the left below.
    (@right [] [$($S:ident)*]) => {};
    (@right [$($P:ident)+] []) => {};
    (@right [$($P:ident)+] [$($S:ident)+]) => {
        #[diagnostic::do_not_recommend]
        impl<$($P: Dim,)+ $($S: Dim,)+> Combine<($($P,)+ $($S,)+)> for ($($S,)+) {
            type Both = ($($P,)+ $($S,)+);
        }
    };
}

impl EndsWith<()> for () {
    type Checked = ();
}

// Of all shapes, so that generic code has it too.
#[diagnostic::do_not_recommend]
impl<S: Shape> Combine<S> for () {
    type Both = S;
}

/// A vector with an image, which may mean its channels or its columns: only where it is said, by `broadcast` or `along`.
macro_rules! said {
    ([$($P:ident)*] [$($S:ident)*]) => {
        impl<$($P: Dim,)* $($S: Dim,)*> EndsWith<($($S,)*)> for ($($P,)* $($S,)*) {
            type Checked = Self;
        }
    };
    ($(image [$($P:ident)*] $D:ident;)*) => {$(
        said!([$($P)*] [$D]);
        #[diagnostic::do_not_recommend]
        impl<$($P: Dim,)* $D: Dim> Combine<($D,)> for ($($P,)* $D,)
        where
            Self: Said<($D,)>,
        {
            type Both = Self;
        }
        #[diagnostic::do_not_recommend]
        impl<$($P: Dim,)* $D: Dim> Combine<($($P,)* $D,)> for ($D,)
        where
            Self: Said<($($P,)* $D,)>,
        {
            type Both = ($($P,)* $D,);
        }
    )*};
}

/// Holds for no shapes: a case with it is there for the sentence of [`Combine`].
pub trait Said<Other> {}

said! {
    image [A B C] D;
    image [A B C D] E;
    image [A B C D E] F;
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
suffix!([A B C D] []);
suffix!([] [A B C D E]);
suffix!([A] [B C D E]);
suffix!([A B] [C D E]);
suffix!([A B C] [D E]);
suffix!([A B C D E] []);
suffix!([] [A B C D E F]);
suffix!([A] [B C D E F]);
suffix!([A B] [C D E F]);
suffix!([A B C] [D E F]);
suffix!([A B C D] [E F]);
suffix!([A B C D E F] []);

/// An axis that one of the two has kept: `(A, C)` with `(A, Kept<C>)`. No `C` is `Kept<C>`, so that no two cases overlap.
macro_rules! kept {
    ([$($P:ident)*] $([$K:ident $($S:ident)*])+) => {
        impl<$($P: Dim,)* $($K: Dim, $($S: Dim,)*)+> EndsWith<($($P,)* $(Kept<$K>, $($S,)*)+)>
            for ($($P,)* $($K, $($S,)*)+)
        {
            type Checked = Self;
        }
        #[diagnostic::do_not_recommend]
        impl<$($P: Dim,)* $($K: Dim, $($S: Dim,)*)+> Combine<($($P,)* $(Kept<$K>, $($S,)*)+)>
            for ($($P,)* $($K, $($S,)*)+)
        {
            type Both = Self;
        }
        #[diagnostic::do_not_recommend]
        impl<$($P: Dim,)* $($K: Dim, $($S: Dim,)*)+> Combine<($($P,)* $($K, $($S,)*)+)>
            for ($($P,)* $(Kept<$K>, $($S,)*)+)
        {
            type Both = ($($P,)* $($K, $($S,)*)+);
        }
    };
}

kept!([][A]);
kept!([] [A B]);
kept!([A][B]);
kept!([] [A B C]);
kept!([A] [B C]);
kept!([A B] [C]);
kept!([] [A B C D]);
kept!([A] [B C D]);
kept!([A B] [C D]);
kept!([A B C] [D]);
kept!([] [A B C D E]);
kept!([A] [B C D E]);
kept!([A B] [C D E]);
kept!([A B C] [D E]);
kept!([A B C D] [E]);
kept!([] [A B C D E F]);
kept!([A] [B C D E F]);
kept!([A B] [C D E F]);
kept!([A B C] [D E F]);
kept!([A B C D] [E F]);
kept!([A B C D E] [F]);
// Two axes, such as those of an image.
kept!([][A][B]);
kept!([] [A] [B C]);
kept!([] [A B] [C]);
kept!([A][B][C]);
kept!([] [A] [B C D]);
kept!([] [A B] [C D]);
kept!([] [A B C] [D]);
kept!([A] [B] [C D]);
kept!([A] [B C] [D]);
kept!([A B] [C] [D]);
