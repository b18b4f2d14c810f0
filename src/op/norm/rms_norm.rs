//! Root mean square normalization.

use crate::dim::Dim;
use crate::op::reduce::mean::over;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, Reduction, primitives};
use crate::scalar::{Unary, levels};
use crate::shape::{If, LastAxis, Shape};
use crate::tensor::Dims;

/// The op of [`rms_norm`]: what is added to the mean square.
#[derive(Clone, Copy, Debug)]
pub struct RmsNorm(Literal);

/// `y = x / √(s + eps) * gain`, where `s` is the mean of `x²` along the last axis.
///
/// For `x: (.., D)` and `gain: (D,)`; real scalars. As [`layer_norm`](crate::op::layer_norm), with neither a mean that is subtracted
/// nor a shift. With `eps = 0`, a row of zeros is NaN.
/// Source: Zhang and Sennrich, *Root Mean Square Layer Normalization* (2019).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2], gain: [2]| rms_norm(x, gain, { 9 }));
/// let x = Tensor::from([[4.0, 4.0], [0.0, 0.0]]); // mean squares 16 and 0
/// let y = g.value(&tlist![x, Tensor::from([5.0, 10.0])], ());
/// assert_eq!(y, Tensor::from([[4.0, 8.0], [0.0, 0.0]]));
/// ```
pub fn rms_norm<S: Shape, G: Shape>(
    x: Var<S>,
    gain: Var<G>,
    eps: impl Into<Literal>,
) -> Call<RmsNorm, (Var<S>, Var<G>)> {
    Call::new(RmsNorm(eps.into()), (x, gain))
}

/// Rows, scaled by `Gain`: `(.., D)` and `(D,)`.
#[diagnostic::on_unimplemented(
    message = "cannot scale the normal rows of `{Self}` by `{Gain}`",
    label = "`rms_norm` takes `(.., D)` and `(D,)`: the last dims must be equal",
    note = "docs/errors.md#b05"
)]
pub trait ScaledRows<Gain>: LastAxis {
    /// `Self`.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: LastAxis<Last: IsWidthOf<G>>, G> ScaledRows<G> for S {
    type Checked = If<<S::Last as IsWidthOf<G>>::Checked, S>;
}

/// The case of [`ScaledRows`].
pub trait IsWidthOf<Gain>: Dim {
    /// `Self`.
    type Checked: Dim;
}

impl<D: Dim> IsWidthOf<(D,)> for D {
    type Checked = D;
}

impl<S: ScaledRows<G>, G: Shape> Op<(S, G)> for RmsNorm {
    type Out = If<S::Checked, S>;
    type Level = levels::Real;
    const NAME: &'static str = "rms_norm";

    fn forward(&self, r: &Recorder, (x, gain): (Var<S>, Var<G>)) -> Var<S> {
        let (last, dims) = (S::RANK - 1, Dims::of::<S>());
        let square = primitives::Reduce(Reduction::Sum, vec![last]);
        let square = r.prim::<S::Front>(square, (r.mul_same(x, x),));
        let mean = r.scale(square, over(1, S::DIMS[last]));
        let root = r.prim::<S::Front>(Unary::Sqrt, (r.offset(mean, self.0),));
        let along_rows = primitives::Broadcast(dims.clone(), (0..last).collect());
        let by_column = primitives::Broadcast(dims, vec![last]);
        let normal = r.div_same(x, r.prim(along_rows, (root,)));
        r.mul_same(normal, r.prim(by_column, (gain,)))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        rms_norm:
        small(|x: [4, 2], gain: [2]| rms_norm(x, gain, { 1 }));
        small(|x: [3], gain: [3]| rms_norm(x, gain, { 1 }));
        middle(|x: [2, 3, 4], gain: [4]| rms_norm(x, gain, { 1e-5 }));
    }

    /// A row of zeros is zeros, and its cotangent is that of the division by √eps.
    #[test]
    fn of_zeros() {
        let g = graph!(|x: [2], gain: [2]| rms_norm(x, gain, { 0.25 }));
        let x = tlist![Tensor::zeros(), Tensor::from([3.0, 5.0])];
        let (y, tlist![dx, dgain]) = g.vjp(&x, (), &Tensor::ones());
        assert_eq!((y, dgain), (Tensor::<f64, _>::zeros(), Tensor::zeros()));
        assert_eq!(dx, Tensor::from([6.0, 10.0]));
    }

    /// The squares of entries up to 10¹⁸ are within an `f32`.
    #[test]
    fn large_in_singles() {
        let g = graph!(|x: [2], gain: [2]| rms_norm(x, gain, { 1e-5 }));
        let x = tlist![Tensor::<f32, _>::from([-1e18, 1e18]), Tensor::ones()];
        let (y, tlist![dx, _]) = g.vjp(&x, (), &Tensor::from([1.0, 0.5]));
        assert_eq!(y, Tensor::from([-1.0, 1.0]));
        assert!(dx.as_slice().iter().all(|dx| dx.is_finite()), "{dx}");
    }
}
