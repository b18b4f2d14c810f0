//! The linear layer.

use crate::dim::Dim;
use crate::op::{MatMulBy, matmul};
use crate::scalar::Semiring;
use crate::shape::{BroadcastsWith, Shape};
use cotangent_macros::{graph, shape};

graph! {
    /// A matrix and a bias, of [`linear`](linear()). The matrix is [`lecun_uniform`](super::init::lecun_uniform()), the bias 0.
    pub struct Linear<I: Dim, O: Dim> {
        /// The matrix, by which rows are multiplied.
        #[init(lecun_uniform())]
        pub weight: [I, O],
        /// What is added after that.
        pub bias: [O],
    }

    /// `y = x w + b` along the last axis: `(.., I)` to `(.., O)`.
    ///
    /// The weight is `(I, O)`, the transpose of PyTorch's.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{Linear, linear};
    ///     fn scores(p: Linear<3, 2>; x: [4, 3], sequence: [4, 5, 3]) -> ([4, 2], [4, 5, 2]) {
    ///         (linear(x, p), linear(sequence, p))
    ///     }
    /// }
    /// let p = Linear::of(Tensor::ones(), Tensor::from([0.5, -0.5]));
    /// let (y, _) = scores::<f64>().value(&p, (&Tensor::ones(), &Tensor::zeros()));
    /// assert_eq!((y[[0, 0]], y[[3, 1]]), (3.5, 2.5));
    /// ```
    pub fn linear<S: Shape, Y: Shape, I: Dim, O: Dim>(x: S, p: Linear<I, O>) -> Y
    where
        A: Semiring,
        S: MatMulBy<shape![I, O], Product = Y>,
        Y: BroadcastsWith<shape![O], Larger = Y>,
    {
        matmul(x, p.weight) + p.bias
    }
}
