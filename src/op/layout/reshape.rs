//! The same elements under another shape.

use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::{ScalarLevel, levels};
use crate::shape::{self, Count, HoldsAsMany, If, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// The op of [`reshape`]: to the shape `T`.
#[derive(Clone, Copy, Debug)]
pub struct Reshape<T>(PhantomData<T>);

/// `y` has the elements of `x`, in row-major order, in the shape `T` of the same size.
///
/// Say the shape, `reshape::<shape![3, 4], _>(x)`, or let an annotation say it. JVP and VJP reshape too.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [6]| reshape::<shape![2, 3], _>(x));
/// let y = g.value(&Tensor::from([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), ());
/// assert_eq!(y, Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]));
/// ```
pub fn reshape<T: Shape, S: Shape>(x: Var<S>) -> Call<Reshape<T>, (Var<S>,)> {
    Call::new(Reshape(PhantomData), (x,))
}

/// `y` has the elements of `x`, in row-major order, along one axis. A scalar becomes one element.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| flatten(x));
/// let y = g.value(&Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), ());
/// assert_eq!(y, Tensor::from([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]));
/// ```
pub fn flatten<S: Count>(x: Var<S>) -> Call<Reshape<(S::Size,)>, (Var<S>,)> {
    reshape(x)
}

/// The op of [`flatten_rows`].
#[derive(Clone, Copy, Debug)]
pub struct FlattenRows;

/// `y` has the elements of `x` with all axes but the first made into one: `(B, C, H, W)` to `(B, C * H * W)`. `B` may be
/// generic, which [`reshape`] cannot see through.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn head<const B: usize>(images: [B, 2, 2, 3], w: [12, 10]) -> [B, 10] {
///         matmul(flatten_rows(images), w)
///     }
/// }
/// let x = tlist![Tensor::ones(), Tensor::ones()];
/// assert_eq!(head::<f64, 5>().value(&x, ())[[4, 9]], 12.0);
/// ```
pub fn flatten_rows<S: Shape>(x: Var<S>) -> Call<FlattenRows, (Var<S>,)> {
    Call::new(FlattenRows, (x,))
}

impl<S: shape::FlattensRows> Op<(S,)> for FlattenRows {
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "flatten_rows";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S::Out> {
        r.prim(primitives::Reshape(Dims::of::<S::Out>()), x)
    }
}

impl<S, T> Op<(S,)> for Reshape<T>
where
    S: Count<Size: HoldsAsMany<S, T, T::Size>>,
    T: Count,
{
    type Out = If<<S::Size as HoldsAsMany<S, T, T::Size>>::Checked, T>;
    type Level = levels::Semiring;
    const NAME: &'static str = "reshape";

    fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<T> {
        r.prim(primitives::Reshape(Dims::of::<T>()), (x,))
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// The same elements in the shape `T` of the same size: records [`reshape`].
    #[track_caller]
    pub fn reshaped<T: Count<Size = S::Size>, S: Count>(&self, x: Var<S>) -> Var<T> {
        self.prim(primitives::Reshape(Dims::of::<T>()), (x,))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        reshape:
        small(|x: [35]| reshape::<shape![5, 7], _>(x));
        small(|x: [2, 3, 4]| reshape::<shape![8, 3], _>(x));
        middle(|x: [2, 3, 4, 5]| reshape::<shape![6, 20], _>(x));
    }

    law_tests! {
        flatten_rows:
        small(|x: [2, 3, 4]| flatten_rows(x));
        small(|x: [5, 7]| flatten_rows(x));
        middle(|x: [5, 2, 3, 4]| flatten_rows(x));
    }

    law_tests! {
        flatten:
        small(|x: [2, 3]| flatten(x));
        small(|x: [4]| flatten(x));
        middle(|x: [3, 4, 5]| flatten(x));
    }
}
