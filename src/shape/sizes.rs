//! Shapes: tuples of dims.

use crate::dim::Dim;
use core::fmt::Debug;
use core::hash::Hash;

/// A shape: a tuple of [`Dim`]s. `()` is a scalar, `(N<3>, N<4>)` a matrix.
///
/// ```
/// use cotangent::prelude::*;
/// assert_eq!(<shape![2, 3] as Shape>::DIMS, &[2, 3]);
/// assert_eq!(<shape![2, 3] as Shape>::SIZE, 6);
/// assert_eq!(<shape![] as Shape>::RANK, 0);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a shape",
    label = "expected up to 6 dims, as `shape![3, 1000]`, with `N<B>: Dim` for a const generic `B`; docs/errors.md#d01, #d02, #d07, #n04"
)]
pub trait Shape:
    BroadcastsWith<Self, Larger = Self>
    + BroadcastsWith<(), Larger = Self>
    + Copy
    + Debug
    + Default
    + Eq
    + Hash
    + Send
    + Sync
    + Unpin
    + 'static
{
    /// How many axes.
    const RANK: usize;
    /// The sizes, outermost first.
    const DIMS: &'static [usize];
    /// How many elements: the product of the dims.
    const SIZE: usize;
}

/// The size of a dim that has one. The others are an error of the compiler, where the shape is used in a program.
const fn sized(size: usize) -> usize {
    assert!(
        size < 1_000_000_000,
        "a shape has a sum or a product of dims that is 1,000,000,000 or more"
    );
    size
}

macro_rules! shape {
    ($($D:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($D: Dim),*> Shape for ($($D,)*) {
            const RANK: usize = Self::DIMS.len();
            const DIMS: &'static [usize] = &[$(sized($D::SIZE)),*];
            // A product past `usize` has no tensor: it saturates here and the allocation is refused.
            const SIZE: usize = 1usize$(.saturating_mul(sized($D::SIZE)))*;
        }
    };
}

shape!();
shape!(A);
shape!(A B);
shape!(A B C);
shape!(A B C D);
shape!(A B C D E);
shape!(A B C D E F);

/// Two shapes that can be combined element by element: equal, one a suffix of the other, or one with an axis of the other
/// [`Kept`](crate::dim::Kept).
///
/// A vector is combined with a matrix, or many, but not with an image, `(B, C, H, W)`: that may mean channels or columns.
/// `(N<32>, N<10>)` and `(N<10>,)` give `(N<32>, N<10>)`: the smaller is repeated along the axes it lacks.
/// Anything else has to be said: see `Keep`, `broadcast` and `broadcast_axis`.
///
/// Every shape is combined with itself and with a scalar, which is part of what a [`Shape`] is: so `x * x`, `x - y` and
/// `x * mean(x)` need nothing but `S: Shape`.
#[diagnostic::on_unimplemented(
    message = "cannot combine `{Self}` with `{Other}` element by element",
    label = "the smaller shape must be a suffix of the larger one",
    note = "`keep(1)` keeps the axis of a reduction, `along(b, x, 1)` repeats a vector over the other axes, \
        `broadcast_axis` a tensor over a new one; docs/errors.md#b01, #b07"
)]
pub trait BroadcastsWith<Other>: Sized {
    /// The larger of the two. Not `Out`, which is what the other judgements give: with a bound of one of them, `S::Out`
    /// would then be two types of each shape.
    type Larger: Shape;
}

/// The larger of two shapes that can be combined element by element.
pub type Combined<S, R> = <S as BroadcastsWith<R>>::Larger;
