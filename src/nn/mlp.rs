//! Linear layers after each other.

use crate::dim::Dim;
use crate::graph::repeat;
use crate::op::relu;
use cotangent_macros::graph;

graph! {
    use super::linear::{Linear, linear};

    /// A perceptron from width `I` to width `O`, with `L + 1` hidden layers of width `H`, of [`mlp`](mlp()). The hidden ones are
    /// [`kaiming_uniform`](super::init::kaiming_uniform()).
    pub struct Mlp<I: Dim, H: Dim, O: Dim, const L: usize> {
        /// The first layer.
        #[init(kaiming_uniform())]
        pub first: Linear<I, H>,
        /// The hidden layers after it.
        #[init(kaiming_uniform())]
        pub hidden: [Linear<H, H>; L],
        /// What gives the result.
        pub last: Linear<H, O>,
    }

    fn layer<B: Dim, H: Dim>(x: [B, H], p: Linear<H, H>) -> [B, H] {
        relu(linear(x, p))
    }

    /// `(B, I)` to `(B, O)`: linear layers, with a [`relu`](relu()) between them.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{Mlp, mlp};
    ///     fn loss(p: Mlp<64, 32, 10, const 2>; x: [16, 64], labels: [16] < 10) -> [] {
    ///         cross_entropy(mlp(x, p), labels)
    ///     }
    /// }
    /// let p: Parameters<f32, Mlp<N<64>, N<32>, N<10>, 2>> = Mlp::init(Key::new(7));
    /// let y = loss().value(&p, (&Tensor::zeros(), &Labels::new([3; 16])?));
    /// assert_eq!(y.item(), 10.0_f32.ln());
    /// # Ok::<(), LabelsError>(())
    /// ```
    pub fn mlp<B: Dim, I: Dim, H: Dim, O: Dim, const L: usize>(x: [B, I], p: Mlp<I, H, O, const L>) -> [B, O] {
        let x: [B, H] = relu(linear(x, p.first));
        linear(repeat(layer)(x, p.hidden), p.last)
    }
}
