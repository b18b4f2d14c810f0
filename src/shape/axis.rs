//! Axes: which there are, their dims, removal and insertion.

use super::Shape;
use crate::dim::Dim;
use core::fmt::Debug;

/// The name of an axis: `Axis<0>` is the outermost one. In a call of an op an integer stands for it; in other Rust, and where a
/// graph is generic over an axis, it has its name.
///
/// ```
/// use cotangent::prelude::*;
/// let columns = graph!(|x: [2, 3]| sum_axis(x, 0));
/// let x = Tensor::from([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]);
/// assert_eq!(columns.value(&x, ()), Tensor::from([11.0, 22.0, 33.0]));
/// let same = graph!(|x: [2, 3]| sum_axis(x, { Axis::<0> }));
/// assert_eq!(same.value(&x, ()), columns.value(&x, ()));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Axis<const I: usize>;

/// The dim at an axis of a shape.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no `{I}`",
    label = "no such axis",
    note = "axes are counted from 0: `(N<2>, N<3>)` has `Axis<0>` and `Axis<1>`",
    note = "docs/errors.md#a01"
)]
pub trait AxisDim<I>: Shape {
    /// The dim there.
    type Dim: Dim;
    /// The position, counted from 0.
    const AXIS: usize;
}

/// A shape without one of its axes. Reductions compute it.
#[diagnostic::on_unimplemented(
    message = "the shape `{Self}` has no `{I}`",
    label = "no such axis",
    note = "axes are counted from 0: `(N<2>, N<3>)` has `Axis<0>` and `Axis<1>`",
    note = "docs/errors.md#a01"
)]
pub trait RemoveAxis<I>: AxisDim<I> {
    /// The shape that is left. Putting the axis back gives `Self`.
    type Out: InsertAxis<I, Self::Dim, Out = Self>;
}

// The cases are in tables of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: HasAxis<I>, I> AxisDim<I> for S {
    type Dim = S::There;
    const AXIS: usize = S::POSITION;
}

#[diagnostic::do_not_recommend]
impl<S: HasAxis<I>, I> RemoveAxis<I> for S {
    type Out = S::Rest;
}

/// The cases of [`AxisDim`] and [`RemoveAxis`].
pub trait HasAxis<I>: Shape {
    /// The dim at the axis.
    type There: Dim;
    /// The shape without the axis.
    type Rest: InsertAxis<I, Self::There, Out = Self>;
    /// The position, counted from 0.
    const POSITION: usize;
}

/// A shape with one more axis, of dim `D`. The cotangent of a reduction needs it.
#[diagnostic::on_unimplemented(
    message = "cannot insert `{I}` into the shape `{Self}`",
    label = "no place for this axis",
    note = "a shape of rank 2 takes a new `Axis<0>`, `Axis<1>` or `Axis<2>`, up to rank 6",
    note = "docs/errors.md#a02"
)]
pub trait InsertAxis<I, D: Dim>: Shape {
    /// The larger shape. Removing the axis gives `Self`.
    type Out: RemoveAxis<I, Dim = D, Out = Self>;
    /// The position, counted from 0.
    const AXIS: usize;
}

#[diagnostic::do_not_recommend]
impl<S: HasPlace<I, D>, I, D: Dim> InsertAxis<I, D> for S {
    type Out = S::With;
    const AXIS: usize = S::POSITION;
}

/// The cases of [`InsertAxis`].
pub trait HasPlace<I, D: Dim>: Shape {
    /// The larger shape.
    type With: RemoveAxis<I, Dim = D, Out = Self>;
    /// The position, counted from 0.
    const POSITION: usize;
}

macro_rules! axis {
    ($axis:literal [$($Before:ident)*] $X:ident [$($After:ident)*]) => {
        impl<$($Before: Dim,)* $X: Dim, $($After: Dim,)*> HasAxis<Axis<$axis>>
            for ($($Before,)* $X, $($After,)*)
        {
            type There = $X;
            type Rest = ($($Before,)* $($After,)*);
            const POSITION: usize = $axis;
        }
        impl<$($Before: Dim,)* $X: Dim, $($After: Dim,)*> HasPlace<Axis<$axis>, $X>
            for ($($Before,)* $($After,)*)
        {
            type With = ($($Before,)* $X, $($After,)*);
            const POSITION: usize = $axis;
        }
    };
}

axis!(0 [] X []);
axis!(0 [] X [A]);
axis!(1 [A] X []);
axis!(0 [] X [A B]);
axis!(1 [A] X [B]);
axis!(2 [A B] X []);
axis!(0 [] X [A B C]);
axis!(1 [A] X [B C]);
axis!(2 [A B] X [C]);
axis!(3 [A B C] X []);
axis!(0 [] X [A B C D]);
axis!(1 [A] X [B C D]);
axis!(2 [A B] X [C D]);
axis!(3 [A B C] X [D]);
axis!(4 [A B C D] X []);
axis!(0 [] X [A B C D E]);
axis!(1 [A] X [B C D E]);
axis!(2 [A B] X [C D E]);
axis!(3 [A B C] X [D E]);
axis!(4 [A B C D] X [E]);
axis!(5 [A B C D E] X []);
