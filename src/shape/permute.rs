//! Permutations of axes.

use super::{Axis, AxisDim, Shape};
use crate::dim::Dim;

/// Two different axes.
#[diagnostic::on_unimplemented(
    message = "a permutation names `{Self}` twice",
    label = "each axis once",
    note = "docs/errors.md#a03"
)]
pub trait Distinct<Other> {}

macro_rules! distinct {
    ($($i:literal: $($j:literal)*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl Distinct<Axis<$j>> for Axis<$i> {}
    )*)*};
}

distinct! {
    0: 1 2 3 4 5;
    1: 0 2 3 4 5;
    2: 0 1 3 4 5;
    3: 0 1 2 4 5;
    4: 0 1 2 3 5;
    5: 0 1 2 3 4;
}

/// A shape with its axes in another order: axis `i` of the result is axis `P[i]` of `Self`.
#[diagnostic::on_unimplemented(
    message = "`{P}` is not a permutation of the axes of `{Self}`",
    label = "name each axis of the shape once",
    note = "docs/errors.md#a03"
)]
pub trait PermuteAxes<P>: Shape {
    /// The permuted shape.
    type Out: Shape;
    /// Where each axis of the result comes from.
    const AXES: &'static [usize];
}

// The cases are in a table of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: HasPermutation<P>, P> PermuteAxes<P> for S {
    type Out = S::Ordered;
    const AXES: &'static [usize] = S::FROM;
}

/// The cases of [`PermuteAxes`]. A case with an axis twice is one that fails, and then rustc names this trait.
#[diagnostic::on_unimplemented(
    message = "`{P}` is not a permutation of the axes of `{Self}`",
    label = "name each axis of the shape once",
    note = "docs/errors.md#a03"
)]
pub trait HasPermutation<P>: Shape {
    /// The permuted shape.
    type Ordered: Shape;
    /// Where each axis of the result comes from.
    const FROM: &'static [usize];
}

/// The permutations of one rank: the dims, the axes, and each pair of axes, which must differ.
macro_rules! permute {
    ([$($D:ident)*] [$($P:ident)*] $([$X:ident $Y:ident])*) => {
        #[diagnostic::do_not_recommend]
        impl<$($D: Dim,)* $($P,)*> HasPermutation<($($P,)*)> for ($($D,)*)
        where
            $(Self: AxisDim<$P>,)*
            $($X: Distinct<$Y>,)*
        {
            type Ordered = ($(<Self as AxisDim<$P>>::Dim,)*);
            const FROM: &'static [usize] = &[$(<Self as AxisDim<$P>>::AXIS),*];
        }
    };
}

permute!([A][P]);
permute!([A B] [P Q] [P Q]);
permute!([A B C] [P Q R] [P Q] [P R] [Q R]);
permute!([A B C D] [P Q R S] [P Q] [P R] [P S] [Q R] [Q S] [R S]);
permute!([A B C D E] [P Q R S T] [P Q] [P R] [P S] [P T] [Q R] [Q S] [Q T] [R S] [R T] [S T]);
permute!(
    [A B C D E F] [P Q R S T U]
    [P Q] [P R] [P S] [P T] [P U]
    [Q R] [Q S] [Q T] [Q U] [R S]
    [R T] [R U] [S T] [S U] [T U]
);
