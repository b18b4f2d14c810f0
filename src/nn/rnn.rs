//! Recurrent layers without gates.

use crate::dim::Dim;
use crate::graph::{scan, scan_reverse};
use crate::op::{broadcast, concat, constant, rnn_cell};
use cotangent_macros::graph;

graph! {
    /// The weights of a recurrent layer from width `I` to width `H`, of [`rnn`](rnn()): those of its input
    /// [`xavier_uniform`](super::init::xavier_uniform()), those of its state [`orthogonal`](super::init::orthogonal()), the bias 0.
    pub struct Rnn<I: Dim, H: Dim> {
        /// For what a step takes.
        #[init(xavier_uniform())]
        pub input: [I, H],
        /// For the state.
        #[init(orthogonal())]
        pub hidden: [H, H],
        /// Of both. (PyTorch has two, whose sum this is.)
        pub bias: [H],
    }

    /// A step: the next state, and the same for the next layer.
    fn step<B: Dim, I: Dim, H: Dim>(state: [B, H], x: [B, I], p: Rnn<I, H>) -> ([B, H], [B, H]) {
        let next: [B, H] = rnn_cell(x, state, p.input, p.hidden, p.bias);
        (next, next)
    }

    /// `h' = tanh(x w + h u + b)` over `T` steps, along the first axis: from a state `(B, H)` and what it takes, `(T, B, I)`, to the
    /// last state and that of each step, `(T, B, H)`. It is a [`scan`](fn@scan) of [`rnn_cell`](crate::op::rnn_cell()).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{Linear, Rnn, linear, rnn};
    ///     struct Model { memory: Rnn<1, 16>, head: Linear<16, 1> }
    ///
    ///     /// The number after each of eight sequences of 50.
    ///     fn forecast(p: Model; state: [8, 16], x: [50, 8, 1]) -> [8, 1] {
    ///         let (last, _) = rnn(state, x, p.memory);
    ///         linear(last, p.head)
    ///     }
    /// }
    /// let p: Parameters<f32, Model> = Model::init(Key::new(7));
    /// assert_eq!(forecast().value(&p, (&Tensor::zeros(), &Tensor::zeros())), Tensor::zeros());
    /// ```
    pub fn rnn<T: Dim, B: Dim, I: Dim, H: Dim>(
        state: [B, H],
        x: [T, B, I],
        p: Rnn<I, H>,
    ) -> ([B, H], [T, B, H]) {
        scan(step)(state, x, p)
    }

    /// [`rnn`](rnn()) from the last step to the first.
    pub fn rnn_reverse<T: Dim, B: Dim, I: Dim, H: Dim>(
        state: [B, H],
        x: [T, B, I],
        p: Rnn<I, H>,
    ) -> ([B, H], [T, B, H]) {
        scan_reverse(step)(state, x, p)
    }

    /// Both, each from no state with weights of its own: what the two give at each step, side by side.
    pub fn rnn_both<T: Dim, B: Dim, I: Dim, H: Dim>(
        x: [T, B, I],
        forward: Rnn<I, H>,
        backward: Rnn<I, H>,
    ) -> [T, B, H + H] {
        let none: [B, H] = broadcast(constant(0));
        let (_, there) = rnn(none, x, forward);
        let (_, back) = rnn_reverse(none, x, backward);
        concat((there, back), 2)
    }
}
