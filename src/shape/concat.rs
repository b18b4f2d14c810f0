//! Concatenation along an axis.

use super::{Axis, AxisDim};
use crate::dim::{Dim, Sum};

/// Several shapes, two to eight in a tuple, that can be joined along the axis `I`: equal everywhere else.
#[diagnostic::on_unimplemented(
    message = "cannot concatenate `{Self}` along `{I}`",
    label = "`concat((x, y), …)` takes two to eight tensors, whose shapes are equal on every other axis",
    note = "docs/errors.md#j01"
)]
pub trait Concatenates<I> {
    /// The joined shape.
    type Out: AxisDim<I>;
}

// The cases are in a table of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<All: JoinAll<I>, I> Concatenates<I> for All {
    type Out = All::Joined;
}

/// The cases of [`Concatenates`]. Some have bounds, and rustc names the case.
#[diagnostic::on_unimplemented(
    message = "cannot concatenate `{Self}` along `{I}`",
    label = "`concat((x, y), …)` takes two to eight tensors, whose shapes are equal on every other axis",
    note = "docs/errors.md#j01"
)]
pub trait JoinAll<I> {
    /// The joined shape.
    type Joined: AxisDim<I>;
}

#[diagnostic::do_not_recommend]
impl<I, S: Join<I, R>, R> JoinAll<I> for (S, R) {
    type Joined = S::Joined;
}

/// The first two, and what they give with the others: so the sum of the dims is that of `[N + M + K]`.
macro_rules! join_all {
    ($($More:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<I, S: Join<I, R>, R, $($More),+> JoinAll<I> for (S, R, $($More),+)
        where
            (S::Joined, $($More),+): JoinAll<I>,
        {
            type Joined = <(S::Joined, $($More),+) as JoinAll<I>>::Joined;
        }
    };
}

join_all!(A);
join_all!(A B);
join_all!(A B C);
join_all!(A B C D);
join_all!(A B C D E);
join_all!(A B C D E F);

/// Two shapes that can be joined along an axis.
pub trait Join<I, Other>: AxisDim<I> {
    /// The joined shape.
    type Joined: AxisDim<I>;
}

macro_rules! concat {
    ($axis:literal [$($Before:ident)*] [$($After:ident)*]) => {
        impl<$($Before: Dim,)* X: Dim, Y: Dim, $($After: Dim,)*>
            Join<Axis<$axis>, ($($Before,)* Y, $($After,)*)> for ($($Before,)* X, $($After,)*)
        {
            type Joined = ($($Before,)* Sum<X, Y>, $($After,)*);
        }
    };
}

concat!(0 [] []);
concat!(0 [] [A]);
concat!(1 [A] []);
concat!(0 [] [A B]);
concat!(1[A][B]);
concat!(2 [A B] []);
concat!(0 [] [A B C]);
concat!(1 [A] [B C]);
concat!(2 [A B] [C]);
concat!(3 [A B C] []);
concat!(0 [] [A B C D]);
concat!(1 [A] [B C D]);
concat!(2 [A B] [C D]);
concat!(3 [A B C] [D]);
concat!(4 [A B C D] []);
concat!(0 [] [A B C D E]);
concat!(1 [A] [B C D E]);
concat!(2 [A B] [C D E]);
concat!(3 [A B C] [D E]);
concat!(4 [A B C D] [E]);
concat!(5 [A B C D E] []);
