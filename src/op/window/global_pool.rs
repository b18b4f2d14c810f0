//! Pooling of all positions: one number for each channel.

use crate::dim::Dim;
use crate::op::reduce::mean::over;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Reduction, primitives};
use crate::scalar::levels;
use crate::shape::Shape;

/// `(B, C, ..)`: a batch, channels, and one to three axes of positions.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no positions to pool",
    label = "expected a batch and channels before them, `(batch, channels, height, width)`",
    note = "docs/errors.md#c04"
)]
pub trait Positions: Shape {
    /// `(B, C)`.
    type Out: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: HasPositions> Positions for S {
    type Out = S::Channels;
}

/// The cases of [`Positions`].
pub trait HasPositions: Shape {
    /// `(B, C)`.
    type Channels: Shape;
}

macro_rules! positions {
    ($($X:ident)*) => {
        impl<B: Dim, C: Dim, $($X: Dim),*> HasPositions for (B, C, $($X,)*) {
            type Channels = (B, C);
        }
    };
}

positions!(L);
positions!(H W);
positions!(D H W);

/// The op of [`global_max_pool`].
#[derive(Clone, Copy, Debug)]
pub struct GlobalMaxPool;

/// The op of [`global_avg_pool`].
#[derive(Clone, Copy, Debug)]
pub struct GlobalAvgPool;

/// `y[b, c]` is the largest of all `x[b, c, ..]`. Ordered fields.
///
/// For signals `(B, C, L)`, images `(B, C, H, W)` or volumes `(B, C, D, H, W)`; `y` is `(B, C)`. Entries that tie share the
/// derivative evenly, as in [`max_axis`](fn@crate::op::max_axis).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 2, 2, 2]| global_max_pool(x));
/// let x = tlist![Tensor::from([[[[1.0, 4.0], [2.0, 3.0]], [[5.0, 5.0], [0.0, 0.0]]]])];
/// let (y, tlist![dx]) = g.vjp(&x, (), &Tensor::ones());
/// assert_eq!(y, Tensor::from([[4.0, 5.0]]));
/// assert_eq!(dx, Tensor::from([[[[0.0, 1.0], [0.0, 0.0]], [[0.5, 0.5], [0.0, 0.0]]]]));
/// ```
///
/// # Panics
/// In `graph!`, where there is no position: there is no largest.
pub fn global_max_pool<S: Shape>(x: Var<S>) -> Call<GlobalMaxPool, (Var<S>,)> {
    Call::new(GlobalMaxPool, (x,))
}

/// `y[b, c]` is the mean of all `x[b, c, ..]`. Any field.
///
/// Shapes as in [`global_max_pool`]. The mean of no position is undefined, as [`mean`](fn@crate::op::mean) of no element.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 2, 2, 2]| global_avg_pool(x));
/// let x = tlist![Tensor::from([[[[1.0, 4.0], [2.0, 3.0]], [[5.0, 5.0], [0.0, 0.0]]]])];
/// assert_eq!(g.value(&x, ()), Tensor::from([[2.5, 2.5]]));
/// ```
pub fn global_avg_pool<S: Shape>(x: Var<S>) -> Call<GlobalAvgPool, (Var<S>,)> {
    Call::new(GlobalAvgPool, (x,))
}

impl<S: Positions> Op<(S,)> for GlobalMaxPool {
    type Out = S::Out;
    type Level = levels::OrderedField;
    const NAME: &'static str = "global_max_pool";

    fn forward(&self, r: &Recorder<levels::OrderedField>, x: (Var<S>,)) -> Var<S::Out> {
        r.prim(
            primitives::Reduce(Reduction::Max, (2..S::RANK).collect()),
            x,
        )
    }
}

impl<S: Positions> Op<(S,)> for GlobalAvgPool {
    type Out = S::Out;
    type Level = levels::Field;
    const NAME: &'static str = "global_avg_pool";

    fn forward(&self, r: &Recorder<levels::Field>, x: (Var<S>,)) -> Var<S::Out> {
        let sums = primitives::Reduce(Reduction::Sum, (2..S::RANK).collect());
        r.scale(r.prim(sums, x), over(1, S::DIMS[2..].iter().product()))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        global_max_pool:
        small(|x: [2, 3, 5]| global_max_pool(x));
        small(|x: [3, 4, 2, 2]| global_max_pool(x));
        middle(|x: [3, 2, 4, 5, 6]| global_max_pool(x));
        like_axes("a shape of four axes has many sizes");
    }

    law_tests! {
        global_avg_pool:
        small(|x: [2, 3, 5]| global_avg_pool(x));
        small(|x: [3, 4, 2, 2]| global_avg_pool(x));
        middle(|x: [3, 2, 4, 5, 6]| global_avg_pool(x));
        like_axes("a shape of four axes has many sizes");
    }

    /// Of volumes too.
    #[test]
    fn of_volumes() {
        let g = graph!(|x: [1, 2, 2, 1, 2]| -> ([1, 2], [1, 2]) { (global_max_pool(x), global_avg_pool(x)) });
        let x = Tensor::from_fn(|[_, c, d, _, w]| (4 * c + 2 * d + w) as f64);
        let (largest, mean) = g.value(&tlist![x], ());
        assert_eq!(
            (largest, mean),
            (Tensor::from([[3.0, 7.0]]), Tensor::from([[1.5, 5.5]]))
        );
    }

    #[test]
    #[should_panic(
        expected = "in the op `global_max_pool`: `reduce_max([2, 3])` cannot take [1, 1, 0, 2]"
    )]
    fn of_no_position() {
        let _ = graph!(|x: [1, 1, 0, 2]| global_max_pool(x))
            .value(&tlist![Tensor::<f64, _>::zeros()], ());
    }
}
