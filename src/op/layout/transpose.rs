//! Axes in another order.

use crate::dim::Dim;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::{Includes, ScalarLevel, levels};
use crate::shape::{PermuteAxes, Shape};
use core::marker::PhantomData;

/// The op of [`transpose`].
#[derive(Clone, Copy, Debug)]
pub struct Transpose;

/// `y = xᵀ`, for a matrix `x: (R, C)`; `y` is `(C, R)`. JVP `dxᵀ`; VJP `dyᵀ`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 3]| transpose(x));
/// let y = g.value(&Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), ());
/// assert_eq!(y, Tensor::from([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]));
/// ```
pub fn transpose<S: Shape>(x: Var<S>) -> Call<Transpose, (Var<S>,)> {
    Call::new(Transpose, (x,))
}

/// The shape of a matrix, `(R, C)`.
#[diagnostic::on_unimplemented(
    message = "cannot transpose `{Self}`",
    label = "`transpose` takes a matrix `(R, C)`; `permute` takes any shape and says the order of its axes",
    note = "docs/errors.md#a04"
)]
pub trait Matrix: Shape {
    /// `(C, R)`.
    type Transposed: Matrix<Transposed = Self>;
}

// The one case is in a trait of its own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: IsMatrix> Matrix for S {
    type Transposed = S::Swapped;
}

/// The case of [`Matrix`].
pub trait IsMatrix: Shape {
    /// `(C, R)`.
    type Swapped: Matrix<Transposed = Self>;
}

impl<R: Dim, C: Dim> IsMatrix for (R, C) {
    type Swapped = (C, R);
}

impl<S: Matrix> Op<(S,)> for Transpose {
    type Out = S::Transposed;
    type Level = levels::Semiring;
    const NAME: &'static str = "transpose";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S::Transposed> {
        r.prim(primitives::Permute(vec![1, 0]), x)
    }
}

/// The op of [`permute`]: `P` is a tuple of axes.
#[derive(Clone, Copy, Debug)]
pub struct Permute<P>(PhantomData<P>);

/// Axis `i` of `y` is axis `axes[i]` of `x`. VJP: the inverse permutation.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 2, 3]| permute(x, (1, 2, 0)));
/// let y = g.value(&Tensor::from([[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]), ());
/// assert_eq!(y, Tensor::from([[[1.0], [2.0], [3.0]], [[4.0], [5.0], [6.0]]]));
/// ```
pub fn permute<P, S: Shape>(x: Var<S>, axes: P) -> Call<Permute<P>, (Var<S>,)> {
    let _ = axes; // its type says it all
    Call::new(Permute(PhantomData), (x,))
}

impl<P: Send + Sync + Clone + 'static, S: PermuteAxes<P>> Op<(S,)> for Permute<P> {
    type Out = S::Out;
    type Level = levels::Semiring;
    const NAME: &'static str = "permute";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>,)) -> Var<S::Out> {
        r.prim(primitives::Permute(S::AXES.to_vec()), x)
    }
}

impl<N: ScalarLevel> Recorder<N> {
    /// Records [`transpose`].
    #[track_caller]
    pub fn transpose<S: Matrix>(&self, x: Var<S>) -> Var<S::Transposed>
    where
        N: Includes<levels::Semiring>,
    {
        self.record(transpose(x))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        transpose:
        small(|x: [2, 3]| transpose(x));
        small(|x: [4, 5]| transpose(x));
        middle(|x: [4, 8]| transpose(x));
        ranks("of a matrix");
    }

    law_tests! {
        permute:
        small(|x: [5, 7]| permute(x, (1, 0)));
        small(|x: [2, 3, 4]| permute(x, (1, 2, 0)));
        middle(|x: [2, 3, 4, 5]| permute(x, (2, 0, 3, 1)));
    }
}
