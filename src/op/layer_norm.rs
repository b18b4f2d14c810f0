//! Layer normalization.

use super::mean::over;
use super::{Call, Op, Recorder, Var};
use crate::program::{Literal, Prim, Reduction};
use crate::scalar::{Unary, needs};
use crate::shape::LastAxis;
use crate::tensor::Dims;

/// The op of [`layer_norm`]: what is added to the variance.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::Literal;
/// laws::prove_op::<(shape![1, 2], shape![2], shape![2])>(LayerNorm(Literal::ratio(1, 100_000)))?; // its rules, for every input of these shapes
/// # Ok::<(), Counterexample>(())
/// ```
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
/// let y = g.value(&tlist![x, gamma, beta], &tlist![]);
/// assert_eq!(y, Tensor::from([[-4.0, 9.0], [0.0, 1.0]]));
/// ```
#[expect(clippy::type_complexity, reason = "an alias would hide the shapes")]
pub fn layer_norm<S: LastAxis>(
    x: Var<S>,
    gamma: Var<(S::Last,)>,
    beta: Var<(S::Last,)>,
    eps: impl Into<Literal>,
) -> Call<LayerNorm, (Var<S>, Var<(S::Last,)>, Var<(S::Last,)>)> {
    Call::new(LayerNorm(eps.into()), (x, gamma, beta))
}

impl<S: LastAxis> Op<(S, (S::Last,), (S::Last,))> for LayerNorm {
    type Out = S;
    type Need = needs::Real;
    const NAME: &'static str = "layer_norm";

    fn forward(
        &self,
        r: &Recorder,
        (x, gamma, beta): (Var<S>, Var<(S::Last,)>, Var<(S::Last,)>),
    ) -> Var<S> {
        let (last, dims) = (S::RANK - 1, Dims::of::<S>());
        let mean = |x: Var<S>| {
            let sum = r.prim::<S::Front>(Prim::Reduce(Reduction::Sum, vec![last]), (x,));
            r.scale(sum, over(1, S::DIMS[last]))
        };
        let along_rows = |x: Var<S::Front>| -> Var<S> {
            r.prim(Prim::Broadcast(dims, (0..last).collect()), (x,))
        };
        let by_column =
            |x: Var<(S::Last,)>| -> Var<S> { r.prim(Prim::Broadcast(dims, vec![last]), (x,)) };

        let centred = r.sub_same(x, along_rows(mean(x)));
        let variance = mean(r.mul_same(centred, centred));
        let deviation = r.prim(Prim::Unary(Unary::Sqrt), (r.offset(variance, self.0),));
        let normal = r.div_same(centred, along_rows(deviation));
        r.add_same(r.mul_same(normal, by_column(gamma)), by_column(beta))
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        layer_norm:
        small(|x: [1, 2], gamma: [2], beta: [2]| layer_norm(x, gamma, beta, { 1 }));
        small(|x: [2], gamma: [2], beta: [2]| layer_norm(x, gamma, beta, { 1 }));
        middle(|x: [2, 3, 4], gamma: [4], beta: [4]| layer_norm(x, gamma, beta, { 1e-5 }));
    }

    /// Entries near 10⁸ that differ by 1: their squares have no bits left for the variance, their differences do.
    #[test]
    fn far_from_zero() {
        let g = graph!(|x: [3], gamma: [3], beta: [3]| layer_norm(x, gamma, beta, { 0 }));
        let x = tlist![
            Tensor::<f64, _>::from([1e8 - 2.0, 1e8, 1e8 + 2.0]),
            Tensor::one(),
            Tensor::zero()
        ];
        let (y, tlist![dx, _, _]) = g.vjp(&x, &tlist![], &Tensor::from([1.0, 0.0, 1.0]));
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
            Tensor::one(),
            Tensor::zero()
        ];
        let (y, tlist![dx, _, _]) = g.vjp(&x, &tlist![], &Tensor::from([1.0, 0.5]));
        assert_eq!(y, Tensor::from([-1.0, 1.0]));
        assert!(dx.as_slice().iter().all(|dx| dx.is_finite()), "{dx}");
    }
}
