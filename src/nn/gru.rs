//! Gated recurrent units.

use crate::dim::Dim;
use crate::graph::{scan, scan_reverse};
use crate::op::{broadcast, concat, constant, gru_cell};
use cotangent_macros::graph;

graph! {
    /// The weights of a GRU from width `I` to width `H`, of [`gru`](gru()): those of its input
    /// [`xavier_uniform`](super::init::xavier_uniform()), those of its state [`orthogonal`](super::init::orthogonal()), the
    /// biases 0.
    pub struct Gru<I: Dim, H: Dim> {
        /// For what a step takes: of the gates `r z` and of what is new, side by side.
        #[init(xavier_uniform())]
        pub input: [I, 3 * H],
        /// For the state, likewise.
        #[init(orthogonal())]
        pub hidden: [H, 3 * H],
        /// What is added to the product of what a step takes.
        pub input_bias: [3 * H],
        /// What is added to the product of the state: of what is new, before the reset gate.
        pub hidden_bias: [3 * H],
    }

    /// A step: the next state, and the same for the next layer.
    fn step<B: Dim, I: Dim, H: Dim>(state: [B, H], x: [B, I], p: Gru<I, H>) -> ([B, H], [B, H]) {
        let next: [B, H] = gru_cell(x, state, p.input, p.hidden, p.input_bias, p.hidden_bias);
        (next, next)
    }

    /// A GRU over `T` steps, along the first axis: from a state `(B, H)` and what it takes, `(T, B, I)`, to the last state and that of
    /// each step, `(T, B, H)`. It is a [`scan`](fn@scan) of [`gru_cell`](crate::op::gru_cell()), which has the formulas.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     use cotangent::nn::{Gru, gru};
    ///     fn remembered(state: [1, 2], x: [100, 1, 3], p: Gru<3, 2>) -> [1, 2] {
    ///         let (last, _) = gru(state, x, p);
    ///         last
    ///     }
    /// }
    /// let mut p: Parameters<f64, Gru<N<3>, N<2>>> = Gru::init(Key::new(7));
    /// p.hidden_bias = Tensor::from([0.0, 0.0, 1000.0, 1000.0, 0.0, 0.0]); // the update gate keeps all
    /// let state = Tensor::from([[0.25, -0.5]]);
    /// assert_eq!(remembered().value((&state, &Tensor::ones(), &p), ()), state);
    /// ```
    pub fn gru<T: Dim, B: Dim, I: Dim, H: Dim>(
        state: [B, H],
        x: [T, B, I],
        p: Gru<I, H>,
    ) -> ([B, H], [T, B, H]) {
        scan(step)(state, x, p)
    }

    /// [`gru`](gru()) from the last step to the first.
    pub fn gru_reverse<T: Dim, B: Dim, I: Dim, H: Dim>(
        state: [B, H],
        x: [T, B, I],
        p: Gru<I, H>,
    ) -> ([B, H], [T, B, H]) {
        scan_reverse(step)(state, x, p)
    }

    /// Both, each from no state with weights of its own: what the two give at each step, side by side.
    pub fn gru_both<T: Dim, B: Dim, I: Dim, H: Dim>(
        x: [T, B, I],
        forward: Gru<I, H>,
        backward: Gru<I, H>,
    ) -> [T, B, H + H] {
        let none: [B, H] = broadcast(constant(0));
        let (_, there) = gru(none, x, forward);
        let (_, back) = gru_reverse(none, x, backward);
        concat((there, back), 2)
    }
}
