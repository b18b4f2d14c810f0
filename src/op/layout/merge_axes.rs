//! Two axes made into one, and one into two. The other axes may be generic, and so may these: a [`reshape`] has to count
//! all elements.
//!
//! [`reshape`]: crate::op::reshape

use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{self, Axis, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// The op of [`merge_axes`]: the axis `I` and the one after it.
#[derive(Clone, Copy, Debug)]
pub struct MergeAxes<I>(PhantomData<I>);

/// `y` has the elements of `x`, with an axis and the one after it made into one: `[.., H, K, ..]` to `[.., H * K, ..]`.
///
/// JVP: the same of `dx`; VJP: [`split_axis`] of `dy`.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn heads_joined<T: Dim, H: Dim, K: Dim>(x: [T, H, K]) -> [T, H * K] {
///         merge_axes(x, 1)
///     }
/// }
/// let x = Tensor::from([[[1.0], [2.0]], [[3.0], [4.0]]]);
/// let y = heads_joined::<f64, N<2>, N<2>, N<1>>().value(&x, ());
/// assert_eq!(y, Tensor::from([[1.0, 2.0], [3.0, 4.0]]));
/// ```
pub fn merge_axes<const I: usize, S: Shape>(
    x: Var<S>,
    _axis: Axis<I>,
) -> Call<MergeAxes<Axis<I>>, (Var<S>,)> {
    Call::new(MergeAxes(PhantomData), (x,))
}

impl<I: Send + Sync + Clone + 'static, S: shape::MergesAxes<I>> Op<(S,)> for MergeAxes<I> {
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "merge_axes";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S::Out> {
        r.prim(primitives::Reshape(Dims::of::<S::Out>()), x)
    }
}

/// The op of [`split_axis`]: the axis `I` and the one after it, to the shape `T`.
#[derive(Clone, Copy, Debug)]
pub struct SplitAxis<I, T>(PhantomData<(I, T)>);

/// `y` has the elements of `x`, with an axis made into two: `[.., H * K, ..]` to `[.., H, K, ..]`, or `[.., D, ..]` to
/// `[.., H, D / H, ..]`.
///
/// Let an annotation say the shape, or say it, `split_axis::<shape![2, 3], 0>(x, 0)`.
/// JVP: the same of `dx`; VJP: [`merge_axes`] of `dy`.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     fn columns_of_heads<T: Dim, D: Dim, const H: usize>(x: [T, D]) -> [T, H, D / H] {
///         split_axis(x, 1)
///     }
/// }
/// let x = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
/// let y = columns_of_heads::<f64, N<2>, N<2>, 2>().value(&x, ());
/// assert_eq!(y, Tensor::from([[[1.0], [2.0]], [[3.0], [4.0]]]));
/// ```
pub fn split_axis<T: shape::MergesAxes<Axis<I>>, const I: usize>(
    x: Var<T::Out>,
    _axis: Axis<I>,
) -> Call<SplitAxis<Axis<I>, T>, (Var<T::Out>,)> {
    Call::new(SplitAxis(PhantomData), (x,))
}

impl<I, T> Op<(T::Out,)> for SplitAxis<I, T>
where
    I: Send + Sync + Clone + 'static,
    T: shape::MergesAxes<I>,
{
    type Out = T;
    type Level = levels::Semiring;
    const NAME: &'static str = "split_axis";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<T::Out>,)) -> Var<T> {
        r.prim(primitives::Reshape(Dims::of::<T>()), x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        merge_axes:
        small(|x: [5, 7]| merge_axes(x, 0));
        small(|x: [2, 3, 4]| merge_axes(x, 1));
        middle(|x: [5, 2, 3, 4]| merge_axes(x, 1));
    }

    law_tests! {
        split_axis:
        small(|x: [35]| split_axis::<shape![5, 7], 0>(x, 0));
        small(|x: [2, 12]| split_axis::<shape![2, 3, 4], 1>(x, 1));
        middle(|x: [5, 6, 4]| split_axis::<shape![5, 2, 3, 4], 1>(x, 1));
    }
}
