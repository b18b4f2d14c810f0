//! Permutations of axes.

use super::{Axis, AxisDim, Shape};
use crate::dim::Dim;

/// Two different axes.
#[diagnostic::on_unimplemented(
    message = "a permutation names `{Self}` twice",
    label = "each axis once"
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
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::shape::Permute;
/// type Last = (Axis<1>, Axis<2>, Axis<0>);
/// let _: <shape![2, 3, 4] as Permute<Last>>::Out = (N::<3>, N::<4>, N::<2>);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{P}` is not a permutation of the axes of `{Self}`",
    label = "name each axis of the shape once"
)]
pub trait Permute<P>: Shape {
    /// The permuted shape.
    type Out: Shape;
    /// Where each axis of the result comes from.
    const AXES: &'static [usize];
}

#[diagnostic::do_not_recommend]
impl<A: Dim, P0> Permute<(P0,)> for (A,)
where
    Self: AxisDim<P0>,
{
    type Out = (<Self as AxisDim<P0>>::Dim,);
    const AXES: &'static [usize] = &[<Self as AxisDim<P0>>::AXIS];
}

#[diagnostic::do_not_recommend]
impl<A: Dim, B: Dim, P0, P1> Permute<(P0, P1)> for (A, B)
where
    Self: AxisDim<P0>,
    Self: AxisDim<P1>,
    P0: Distinct<P1>,
{
    type Out = (<Self as AxisDim<P0>>::Dim, <Self as AxisDim<P1>>::Dim);
    const AXES: &'static [usize] = &[<Self as AxisDim<P0>>::AXIS, <Self as AxisDim<P1>>::AXIS];
}

#[diagnostic::do_not_recommend]
impl<A: Dim, B: Dim, C: Dim, P0, P1, P2> Permute<(P0, P1, P2)> for (A, B, C)
where
    Self: AxisDim<P0>,
    Self: AxisDim<P1>,
    Self: AxisDim<P2>,
    P0: Distinct<P1>,
    P0: Distinct<P2>,
    P1: Distinct<P2>,
{
    type Out = (
        <Self as AxisDim<P0>>::Dim,
        <Self as AxisDim<P1>>::Dim,
        <Self as AxisDim<P2>>::Dim,
    );
    const AXES: &'static [usize] = &[
        <Self as AxisDim<P0>>::AXIS,
        <Self as AxisDim<P1>>::AXIS,
        <Self as AxisDim<P2>>::AXIS,
    ];
}

#[diagnostic::do_not_recommend]
impl<A: Dim, B: Dim, C: Dim, D: Dim, P0, P1, P2, P3> Permute<(P0, P1, P2, P3)> for (A, B, C, D)
where
    Self: AxisDim<P0>,
    Self: AxisDim<P1>,
    Self: AxisDim<P2>,
    Self: AxisDim<P3>,
    P0: Distinct<P1>,
    P0: Distinct<P2>,
    P0: Distinct<P3>,
    P1: Distinct<P2>,
    P1: Distinct<P3>,
    P2: Distinct<P3>,
{
    type Out = (
        <Self as AxisDim<P0>>::Dim,
        <Self as AxisDim<P1>>::Dim,
        <Self as AxisDim<P2>>::Dim,
        <Self as AxisDim<P3>>::Dim,
    );
    const AXES: &'static [usize] = &[
        <Self as AxisDim<P0>>::AXIS,
        <Self as AxisDim<P1>>::AXIS,
        <Self as AxisDim<P2>>::AXIS,
        <Self as AxisDim<P3>>::AXIS,
    ];
}

#[diagnostic::do_not_recommend]
impl<A: Dim, B: Dim, C: Dim, D: Dim, E: Dim, P0, P1, P2, P3, P4> Permute<(P0, P1, P2, P3, P4)>
    for (A, B, C, D, E)
where
    Self: AxisDim<P0>,
    Self: AxisDim<P1>,
    Self: AxisDim<P2>,
    Self: AxisDim<P3>,
    Self: AxisDim<P4>,
    P0: Distinct<P1>,
    P0: Distinct<P2>,
    P0: Distinct<P3>,
    P0: Distinct<P4>,
    P1: Distinct<P2>,
    P1: Distinct<P3>,
    P1: Distinct<P4>,
    P2: Distinct<P3>,
    P2: Distinct<P4>,
    P3: Distinct<P4>,
{
    type Out = (
        <Self as AxisDim<P0>>::Dim,
        <Self as AxisDim<P1>>::Dim,
        <Self as AxisDim<P2>>::Dim,
        <Self as AxisDim<P3>>::Dim,
        <Self as AxisDim<P4>>::Dim,
    );
    const AXES: &'static [usize] = &[
        <Self as AxisDim<P0>>::AXIS,
        <Self as AxisDim<P1>>::AXIS,
        <Self as AxisDim<P2>>::AXIS,
        <Self as AxisDim<P3>>::AXIS,
        <Self as AxisDim<P4>>::AXIS,
    ];
}

#[diagnostic::do_not_recommend]
impl<A: Dim, B: Dim, C: Dim, D: Dim, E: Dim, F: Dim, P0, P1, P2, P3, P4, P5>
    Permute<(P0, P1, P2, P3, P4, P5)> for (A, B, C, D, E, F)
where
    Self: AxisDim<P0>,
    Self: AxisDim<P1>,
    Self: AxisDim<P2>,
    Self: AxisDim<P3>,
    Self: AxisDim<P4>,
    Self: AxisDim<P5>,
    P0: Distinct<P1>,
    P0: Distinct<P2>,
    P0: Distinct<P3>,
    P0: Distinct<P4>,
    P0: Distinct<P5>,
    P1: Distinct<P2>,
    P1: Distinct<P3>,
    P1: Distinct<P4>,
    P1: Distinct<P5>,
    P2: Distinct<P3>,
    P2: Distinct<P4>,
    P2: Distinct<P5>,
    P3: Distinct<P4>,
    P3: Distinct<P5>,
    P4: Distinct<P5>,
{
    type Out = (
        <Self as AxisDim<P0>>::Dim,
        <Self as AxisDim<P1>>::Dim,
        <Self as AxisDim<P2>>::Dim,
        <Self as AxisDim<P3>>::Dim,
        <Self as AxisDim<P4>>::Dim,
        <Self as AxisDim<P5>>::Dim,
    );
    const AXES: &'static [usize] = &[
        <Self as AxisDim<P0>>::AXIS,
        <Self as AxisDim<P1>>::AXIS,
        <Self as AxisDim<P2>>::AXIS,
        <Self as AxisDim<P3>>::AXIS,
        <Self as AxisDim<P4>>::AXIS,
        <Self as AxisDim<P5>>::AXIS,
    ];
}
