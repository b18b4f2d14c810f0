//! Long short-term memories.

use crate::dim::Dim;
use crate::graph::{scan, scan_reverse};
use crate::op::{broadcast, concat, constant, lstm_cell, slice, sum_axis};
use crate::scalar::Semiring;
use cotangent_macros::graph;

graph! {
    /// The weights of an LSTM from width `I` to width `H`, of [`lstm`](lstm()): those of its input
    /// [`xavier_uniform`](super::init::xavier_uniform()), those of its state [`orthogonal`](super::init::orthogonal()), the
    /// bias 0.
    pub struct Lstm<I: Dim, H: Dim> {
        /// For what a step takes: of the four gates `i f g o` side by side.
        #[init(xavier_uniform())]
        pub input: [I, 4 * H],
        /// For the state.
        #[init(orthogonal())]
        pub hidden: [H, 4 * H],
        /// Of the gates. (PyTorch has two, whose sum this is.)
        pub bias: [4 * H],
    }

    /// A step: the next state, and its `h`.
    fn step<B: Dim, I: Dim, H: Dim>(state: [2, B, H], x: [B, I], p: Lstm<I, H>) -> ([2, B, H], [B, H]) {
        let next: [2, B, H] = lstm_cell(x, state, p.input, p.hidden, p.bias);
        (next, lstm_hidden(next))
    }

    /// The `h` of a state: what it gives to the next layer.
    pub fn lstm_hidden<B: Dim, H: Dim>(state: [2, B, H]) -> [B, H] where A: Semiring {
        sum_axis(slice(state, 0, 0, 1), 0)
    }

    /// An LSTM over `T` steps, along the first axis: from a state `(2, B, H)`, which is `h` and then `c`, and what it takes,
    /// `(T, B, I)`, to the last state and the `h` of each step, `(T, B, H)`. It is a [`scan`](fn@scan) of
    /// [`lstm_cell`](crate::op::lstm_cell()).
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{Linear, Lstm, linear, lstm, lstm_hidden};
    ///     struct Model { memory: Lstm<1, 16>, head: Linear<16, 1> }
    ///
    ///     /// The number after each of eight sequences of 50.
    ///     fn forecast(p: Model; state: [2, 8, 16], x: [50, 8, 1]) -> [8, 1] {
    ///         let (last, _) = lstm(state, x, p.memory);
    ///         linear(lstm_hidden(last), p.head)
    ///     }
    /// }
    /// let mut p: Parameters<f32, Model> = Model::init(Key::new(7));
    /// p.head.bias = Tensor::from([3.0]);
    /// // Without an input and a state it remembers nothing.
    /// let y = forecast().value(&p, (&Tensor::zeros(), &Tensor::zeros()));
    /// assert_eq!(y, Tensor::full(3.0));
    /// ```
    pub fn lstm<T: Dim, B: Dim, I: Dim, H: Dim>(
        state: [2, B, H],
        x: [T, B, I],
        p: Lstm<I, H>,
    ) -> ([2, B, H], [T, B, H]) {
        scan(step)(state, x, p)
    }

    /// [`lstm`](lstm()) from the last step to the first.
    pub fn lstm_reverse<T: Dim, B: Dim, I: Dim, H: Dim>(
        state: [2, B, H],
        x: [T, B, I],
        p: Lstm<I, H>,
    ) -> ([2, B, H], [T, B, H]) {
        scan_reverse(step)(state, x, p)
    }

    /// Both, each from no state with weights of its own: what the two give at each step, side by side.
    pub fn lstm_both<T: Dim, B: Dim, I: Dim, H: Dim>(
        x: [T, B, I],
        forward: Lstm<I, H>,
        backward: Lstm<I, H>,
    ) -> [T, B, H + H] {
        let none: [2, B, H] = broadcast(constant(0));
        let (_, there) = lstm(none, x, forward);
        let (_, back) = lstm_reverse(none, x, backward);
        concat((there, back), 2)
    }
}
