//! Layer normalization.

use crate::dim::Dim;
use crate::op::reduce::mean::over;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, Reduction, primitives};
use crate::scalar::{Unary, levels};
use crate::shape::{If, LastAxis, Shape};
use crate::tensor::Dims;

/// The op of [`layer_norm`]: what is added to the variance.
#[derive(Clone, Copy, Debug)]
pub struct LayerNorm(pub Literal);

/// `y = (x - m) / √(v + eps) * gamma + beta`, where `m` and `v` are mean and variance along the last axis.
///
/// For `x: (.., D)`, `gamma: (D,)`, `beta: (D,)`; real scalars. The variance is the mean of `(x - m)²` (biased, as in
/// PyTorch), so it is not lost to rounding where `x` is far from 0. With `eps = 0`, a row of equal entries is NaN.
/// Source: Ba, Kiros and Hinton, *Layer Normalization* (2016).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2, 2], gamma: [2], beta: [2]| layer_norm(x, gamma, beta, { 9 }));
/// let x = Tensor::from([[0.0, 8.0], [1.0, 1.0]]); // means 4 and 1, variances 16 and 0
/// let (gamma, beta) = (Tensor::from([5.0, 10.0]), Tensor::from([0.0, 1.0]));
/// let y = g.value(&tlist![x, gamma, beta], ());
/// assert_eq!(y, Tensor::from([[-4.0, 9.0], [0.0, 1.0]]));
/// ```
pub fn layer_norm<S: Shape, G: Shape, B: Shape>(
    x: Var<S>,
    gamma: Var<G>,
    beta: Var<B>,
    eps: impl Into<Literal>,
) -> Call<LayerNorm, (Var<S>, Var<G>, Var<B>)> {
    Call::new(LayerNorm(eps.into()), (x, gamma, beta))
}

/// Rows, scaled by `Gamma` and shifted by `Beta`: `(.., D)`, `(D,)` and `(D,)`.
#[diagnostic::on_unimplemented(
    message = "cannot scale the normal rows of `{Self}` by `{Gamma}` and shift them by `{Beta}`",
    label = "`layer_norm` takes `(.., D)`, `(D,)` and `(D,)`: the last dims must be equal",
    note = "docs/errors.md#b05"
)]
pub trait NormalRows<Gamma, Beta>: LastAxis {
    /// `Self`.
    type Checked: Shape;
}

// The one case is in a trait of its own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: LastAxis<Last: IsWidth<G, B>>, G, B> NormalRows<G, B> for S {
    type Checked = If<<S::Last as IsWidth<G, B>>::Checked, S>;
}

/// The case of [`NormalRows`].
pub trait IsWidth<Gamma, Beta>: Dim {
    /// `Self`.
    type Checked: Dim;
}

impl<D: Dim> IsWidth<(D,), (D,)> for D {
    type Checked = D;
}

impl<S: NormalRows<G, B>, G: Shape, B: Shape> Op<(S, G, B)> for LayerNorm {
    type Out = If<S::Checked, S>;
    type Level = levels::Real;
    const NAME: &'static str = "layer_norm";

    fn forward(&self, r: &Recorder, (x, gamma, beta): (Var<S>, Var<G>, Var<B>)) -> Var<S> {
        let (last, dims) = (S::RANK - 1, Dims::of::<S>());
        let mean = |x: Var<S>| {
            let sum = r.prim::<S::Front>(primitives::Reduce(Reduction::Sum, vec![last]), (x,));
            r.scale(sum, over(1, S::DIMS[last]))
        };
        let along_rows = |x: Var<S::Front>| -> Var<S> {
            r.prim(
                primitives::Broadcast(dims.clone(), (0..last).collect()),
                (x,),
            )
        };
        let by_column = primitives::Broadcast(dims.clone(), vec![last]);
        let (gamma, beta) = (
            r.prim(by_column.clone(), (gamma,)),
            r.prim(by_column, (beta,)),
        );

        let centred = r.sub_same(x, along_rows(mean(x)));
        let variance = mean(r.mul_same(centred, centred));
        let deviation = r.prim(Unary::Sqrt, (r.offset(variance, self.0),));
        let normal = r.div_same(centred, along_rows(deviation));
        r.add_same(r.mul_same(normal, gamma), beta)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        layer_norm:
        small(|x: [4, 2], gamma: [2], beta: [2]| layer_norm(x, gamma, beta, { 1 }));
        small(|x: [3], gamma: [3], beta: [3]| layer_norm(x, gamma, beta, { 1 }));
        middle(|x: [2, 3, 4], gamma: [4], beta: [4]| layer_norm(x, gamma, beta, { 1e-5 }));
    }

    /// Entries near 10⁸ that differ by 1: their squares have no bits left for the variance, their differences do.
    #[test]
    fn far_from_zero() {
        let g = graph!(|x: [3], gamma: [3], beta: [3]| layer_norm(x, gamma, beta, { 0 }));
        let x = tlist![
            Tensor::<f64, _>::from([1e8 - 2.0, 1e8, 1e8 + 2.0]),
            Tensor::ones(),
            Tensor::zeros()
        ];
        let (y, tlist![dx, _, _]) = g.vjp(&x, (), &Tensor::from([1.0, 0.0, 1.0]));
        let side = 2.0 / (8.0_f64 / 3.0).sqrt();
        assert_eq!(y, Tensor::from([-side, 0.0, side]));
        assert!(dx.as_slice().iter().all(|dx| dx.is_finite()));
    }

    /// The squares of entries up to 10¹⁸ are within an `f32`.
    #[test]
    fn large_in_singles() {
        let g = graph!(|x: [2], gamma: [2], beta: [2]| layer_norm(x, gamma, beta, { 1e-5 }));
        let x = tlist![
            Tensor::<f32, _>::from([-1e18, 1e18]),
            Tensor::ones(),
            Tensor::zeros()
        ];
        let (y, tlist![dx, _, _]) = g.vjp(&x, (), &Tensor::from([1.0, 0.5]));
        assert_eq!(y, Tensor::from([-1.0, 1.0]));
        assert!(dx.as_slice().iter().all(|dx| dx.is_finite()), "{dx}");
    }
}
