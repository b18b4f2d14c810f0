//! Concatenation along an axis.

use super::{Axis, AxisDim};
use crate::dim::{Dim, Sum};

/// Two shapes that can be joined along an axis: equal everywhere else.
#[diagnostic::on_unimplemented(
    message = "cannot concatenate `{Self}` and `{Other}` along `{I}`",
    label = "the shapes must be equal on every other axis",
    note = "docs/errors.md#j01"
)]
pub trait ConcatenatesWith<I, Other>: AxisDim<I> {
    /// The joined shape.
    type Out: AxisDim<I>;
}

// The cases are in a table of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: Join<I, Other>, I, Other> ConcatenatesWith<I, Other> for S {
    type Out = S::Joined;
}

/// The cases of [`ConcatenatesWith`].
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
