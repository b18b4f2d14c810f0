//! Several axes at once: removal of a tuple of them.

use super::{Axis, AxisDim, Keep, RemoveAxis, Shape};
use crate::dim::Positive;

/// A shape without some of its axes, a tuple in increasing order, of which each goes or is [kept](Keep).
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no axes `{P}` to be reduced",
    label = "expected axes of the shape, each once and in increasing order",
    note = "axes are counted from 0: `(N<2>, N<3>)` has `Axis<0>` and `Axis<1>`",
    note = "docs/errors.md#a06"
)]
pub trait RemoveAxes<P>: Shape {
    /// The shape that is left.
    type Out: Shape;
    /// Where the axes are.
    const AXES: &'static [usize];
}

// The cases are in a table of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: HasAxes<P>, P> RemoveAxes<P> for S {
    type Out = S::Rest;
    const AXES: &'static [usize] = S::POSITIONS;
}

/// [`RemoveAxes`], where each of the axes has an entry.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no axes `{P}` with an entry each",
    label = "expected axes of the shape, each once and in increasing order, none of dim 0",
    note = "a graph that is generic over a dim asks for more than `Dim`: `B: Positive`",
    note = "docs/errors.md#a05, #a06"
)]
pub trait LargestAlongAxes<P>: RemoveAxes<P> {
    /// The shape that is left.
    type Largest: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: HasEntries<P>, P> LargestAlongAxes<P> for S {
    type Largest = S::Left;
}

/// The cases of [`RemoveAxes`]. They have bounds, and rustc names the case.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no axes `{P}` to be reduced",
    label = "expected axes of the shape, each once and in increasing order",
    note = "axes are counted from 0: `(N<2>, N<3>)` has `Axis<0>` and `Axis<1>`",
    note = "docs/errors.md#a06"
)]
pub trait HasAxes<P>: Shape {
    /// The shape that is left.
    type Rest: Shape;
    /// Where the axes are.
    const POSITIONS: &'static [usize];
}

/// The cases of [`LargestAlongAxes`].
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no axes `{P}` with an entry each",
    label = "expected axes of the shape, each once and in increasing order, none of dim 0",
    note = "a graph that is generic over a dim asks for more than `Dim`: `B: Positive`",
    note = "docs/errors.md#a05, #a06"
)]
pub trait HasEntries<P>: RemoveAxes<P> {
    /// The shape that is left.
    type Left: Shape;
}

/// An axis before another.
pub trait Before<Other> {}

macro_rules! before {
    ($($i:literal: $($j:literal)*;)*) => {$($(
        impl Before<Axis<$j>> for Axis<$i> {}
        impl Before<Keep<$j>> for Axis<$i> {}
        impl Before<Axis<$j>> for Keep<$i> {}
        impl Before<Keep<$j>> for Keep<$i> {}
    )*)*};
}

before! {
    0: 1 2 3 4 5;
    1: 2 3 4 5;
    2: 3 4 5;
    3: 4 5;
    4: 5;
}

/// The last of the axes is removed first, so that the others are where they were.
macro_rules! has_axes {
    ($($P:ident)* ; $($Earlier:ident $Later:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<S: AxisDim<P> + RemoveAxis<P>, $($P,)* P> HasAxes<($($P,)* P,)> for S
        where
            $(S: AxisDim<$P>,)*
            $($Earlier: Before<$Later>,)*
            S::Out: HasAxes<($($P,)*)>,
        {
            type Rest = <<S as RemoveAxis<P>>::Out as HasAxes<($($P,)*)>>::Rest;
            const POSITIONS: &'static [usize] =
                &[$(<S as AxisDim<$P>>::AXIS,)* <S as AxisDim<P>>::AXIS];
        }
        #[diagnostic::do_not_recommend]
        impl<S, $($P,)* P> HasEntries<($($P,)* P,)> for S
        where
            S: RemoveAxes<($($P,)* P,)> + AxisDim<P, Dim: Positive>,
            $(S: AxisDim<$P, Dim: Positive>,)*
        {
            type Left = S::Out;
        }
    };
}

impl<S: Shape> HasAxes<()> for S {
    type Rest = S;
    const POSITIONS: &'static [usize] = &[];
}

has_axes!(;);
has_axes!(I; I P);
has_axes!(I J; I J J P);
has_axes!(I J K; I J J K K P);
has_axes!(I J K L; I J J K K L L P);
has_axes!(I J K L M; I J J K K L L M M P);
