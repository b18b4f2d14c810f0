//! Matrix products, one for each entry of a batch.

use crate::dim::Dim;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::Contract;
use crate::scalar::levels;
use crate::shape::Shape;

/// The op of [`batch_matmul`].
#[derive(Clone, Copy, Debug)]
pub struct BatchMatMul;

/// `y[i] = a[i] b[i]`, for `a: (B, M, K)` and `b: (B, K, P)`; `y` is `(B, M, P)`. Any semiring.
///
/// JVP `da[i] b[i] + a[i] db[i]`; VJP `(dy[i] b[i]ᵀ, a[i]ᵀ dy[i])`.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|a: [2, 1, 2], b: [2, 2, 1]| batch_matmul(a, b));
/// let a = Tensor::from([[[1.0, 2.0]], [[3.0, 4.0]]]);
/// let b = Tensor::from([[[5.0], [6.0]], [[7.0], [8.0]]]);
/// let y = g.value(&tlist![a, b], ());
/// assert_eq!(y, Tensor::from([[[17.0]], [[53.0]]]));
/// ```
pub fn batch_matmul<S: Shape, T: Shape>(
    a: Var<S>,
    b: Var<T>,
) -> Call<BatchMatMul, (Var<S>, Var<T>)> {
    Call::new(BatchMatMul, (a, b))
}

/// Matrices, as many as in `T`, each times one of those: `(B, M, K)` and `(B, K, P)`.
#[diagnostic::on_unimplemented(
    message = "cannot multiply the matrices of `{Self}` by those of `{T}`",
    label = "`batch_matmul` takes `(B, M, K)` and `(B, K, P)`: the batches and the inner dims must be equal",
    note = "docs/errors.md#p03"
)]
pub trait BatchMatMulBy<T>: Shape {
    /// `(B, M, P)`.
    type Products: Shape;
}

// The one case is in a trait of its own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: BatchMatMulCase<T>, T> BatchMatMulBy<T> for S {
    type Products = S::Out;
}

/// The case of [`BatchMatMulBy`].
pub trait BatchMatMulCase<T>: Shape {
    /// `(B, M, P)`.
    type Out: Shape;
}

impl<B: Dim, M: Dim, K: Dim, P: Dim> BatchMatMulCase<(B, K, P)> for (B, M, K) {
    type Out = (B, M, P);
}

impl<S: BatchMatMulBy<T>, T: Shape> Op<(S, T)> for BatchMatMul {
    type Out = S::Products;
    type Level = levels::Semiring;
    const NAME: &'static str = "batch_matmul";

    fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<S>, Var<T>)) -> Var<S::Products> {
        r.prim(Contract::matmul(1, false, false), x)
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        batch_matmul:
        small(|a: [2, 3, 4], b: [2, 4, 5]| batch_matmul(a, b));
        small(|a: [3, 2, 5], b: [3, 5, 4]| batch_matmul(a, b));
        middle(|a: [3, 4, 5], b: [3, 5, 2]| batch_matmul(a, b));
        like_axes("eight different sizes are up to 432 elements a tensor");
        ranks("of stacks of matrices");
    }

    /// A batch of one is a plain product, and its cotangents are those of one.
    #[test]
    fn a_batch_of_one() {
        let batch = graph!(|a: [1, 2, 3], b: [1, 3, 2]| batch_matmul(a, b));
        let plain = graph!(|a: [2, 3], b: [3, 2]| matmul(a, b));
        let a = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
        let b = [[1.0, 0.5], [2.0, 0.25], [4.0, -1.0]];
        let dy = [[1.0, -2.0], [3.0, 0.5]];
        let (y, tlist![da, db]) = batch.vjp(
            &tlist![Tensor::from([a]), Tensor::from([b])],
            (),
            &Tensor::from([dy]),
        );
        let (y1, tlist![da1, db1]) = plain.vjp(
            &tlist![Tensor::from(a), Tensor::from(b)],
            (),
            &Tensor::from(dy),
        );
        assert_eq!(y.as_slice(), y1.as_slice());
        assert_eq!(da.as_slice(), da1.as_slice());
        assert_eq!(db.as_slice(), db1.as_slice());
    }

    #[test]
    fn an_empty_batch() {
        let g = graph!(|a: [0, 2, 3], b: [0, 3, 2]| batch_matmul(a, b));
        let x = tlist![Tensor::<f64, _>::zeros(), Tensor::zeros()];
        assert_eq!(g.value(&x, ()), Tensor::zeros());
    }
}
