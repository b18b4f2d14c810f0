//! One step of a long short-term memory.

use crate::dim::{Dim, N, Product};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{If, Is, Shape};
use crate::tensor::Dims;

/// The op of [`lstm_cell`]. In the step of a [`scan`](fn@crate::graph::scan), it is a layer.
#[derive(Clone, Copy, Debug)]
pub struct LstmCell;

/// `4 H`: the width of the four gates.
type Gates<H> = Product<N<4>, H>;
/// The handles of [`lstm_cell`].
type Handles<B, I, H> = (
    Var<(B, I)>,
    Var<(N<2>, B, H)>,
    Var<(I, Gates<H>)>,
    Var<(H, Gates<H>)>,
    Var<(Gates<H>,)>,
);

/// The next state of an LSTM: `c' = σ(f) c + σ(i) tanh(g)` and `h' = σ(o) tanh(c')`, where `i f g o` are the four parts
/// of `x w + h u + b`.
///
/// For `x: (B, I)`, a state `(2, B, H)` that is `h` and then `c`, `w: (I, 4H)`, `u: (H, 4H)` and `b: (4H,)`. The order
/// of the gates is PyTorch's; its two biases are one here, their sum. Real scalars.
/// Source: Hochreiter and Schmidhuber, *Long Short-Term Memory* (1997); Gers et al., *Learning to Forget* (2000).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1], state: [2, 1, 1], w: [1, 4], u: [1, 4], b: [4]| lstm_cell(x, state, w, u, b));
/// // The forget gate stays open, the input gate shut: the cell keeps what it has.
/// let b = Tensor::from([-1000.0, 1000.0, 0.0, 1000.0]);
/// let state = Tensor::from([[[0.0]], [[0.5]]]);
/// let x = tlist![Tensor::from([[3.0]]), state, Tensor::zeros(), Tensor::zeros(), b];
/// assert_eq!(g.value(&x, ()), Tensor::from([[[0.5_f64.tanh()]], [[0.5]]]));
/// ```
pub fn lstm_cell<X: Shape, S: Shape, W: Shape, U: Shape, P: Shape>(
    x: Var<X>,
    state: Var<S>,
    w: Var<W>,
    u: Var<U>,
    b: Var<P>,
) -> Call<LstmCell, (Var<X>, Var<S>, Var<W>, Var<U>, Var<P>)> {
    Call::new(LstmCell, (x, state, w, u, b))
}

/// A state `(2, B, H)`, for `x: (B, I)`, `w: (I, 4H)`, `u: (H, 4H)` and `b: (4H,)`.
#[diagnostic::on_unimplemented(
    message = "an LSTM cell of state `{Self}` does not take `{X}` with the weights `{W}`, `{U}` and `{P}`",
    label = "`lstm_cell` takes `(B, I)`, `(2, B, H)`, `(I, 4H)`, `(H, 4H)` and `(4H,)`",
    note = "docs/errors.md#h02"
)]
pub trait LstmState<X, W, U, P>: Shape {
    /// `B`.
    type Batch: Dim;
    /// `I`.
    type Width: Dim;
    /// `H`.
    type Hidden: Dim;
}

// The one case is in a trait of its own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S, X, W, U, P> LstmState<X, W, U, P> for S
where
    S: IsLstmState<X, W, U, P>,
    Gates<S::H>: Is<S::G>,
{
    type Batch = S::B;
    type Width = S::I;
    type Hidden = S::H;
}

/// The case of [`LstmState`], but for `G`, which has to be `4H`.
pub trait IsLstmState<X, W, U, P>: Shape {
    /// The batch.
    type B: Dim;
    /// The width of the input.
    type I: Dim;
    /// The width of the state.
    type H: Dim;
    /// The width of the gates.
    type G: Dim;
}

impl<B: Dim, I: Dim, H: Dim, G: Dim> IsLstmState<(B, I), (I, G), (H, G), (G,)> for (N<2>, B, H) {
    type B = B;
    type I = I;
    type H = H;
    type G = G;
}

impl<X, S, W, U, P> Op<(X, S, W, U, P)> for LstmCell
where
    X: Shape,
    S: LstmState<X, W, U, P>,
    W: Shape,
    U: Shape,
    P: Shape,
{
    type Out = If<S::Hidden, S>;
    type Level = levels::Real;
    const NAME: &'static str = "lstm_cell";

    fn forward(
        &self,
        r: &Recorder,
        (x, state, w, u, b): (Var<X>, Var<S>, Var<W>, Var<U>, Var<P>),
    ) -> Var<S> {
        let (x, state) = (r.typed(x.id()), r.typed(state.id()));
        let (w, u, b) = (r.typed(w.id()), r.typed(u.id()), r.typed(b.id()));
        let new = step::<S::Batch, S::Width, S::Hidden>(r, (x, state, w, u, b));
        r.typed(new.id())
    }
}

/// The next state.
fn step<B: Dim, I: Dim, H: Dim>(
    r: &Recorder,
    (x, state, w, u, b): Handles<B, I, H>,
) -> Var<(N<2>, B, H)> {
    let half = |start| {
        let half = primitives::Slice {
            axis: 0,
            start,
            len: 1,
        };
        let half = r.prim::<(N<1>, B, H)>(half, (state,));
        r.prim::<(B, H)>(primitives::Reshape(Dims::of::<(B, H)>()), (half,))
    };
    let (h, c) = (half(0), half(1));
    let sums = r.add_same(r.add_same(r.matmul(x, w), r.matmul(h, u)), r.repeated(b));
    let gate = |number: usize| {
        let (axis, start, len) = (1, number * H::SIZE, H::SIZE);
        r.prim::<(B, H)>(primitives::Slice { axis, start, len }, (sums,))
    };
    let (input, forget) = (r.sigmoid(gate(0)), r.sigmoid(gate(1)));
    let (new, output) = (r.tanh(gate(2)), r.sigmoid(gate(3)));
    let c = r.add_same(r.mul_same(forget, c), r.mul_same(input, new));
    let h = r.mul_same(output, r.tanh(c));
    let half = |x: Var<(B, H)>| {
        r.prim::<(N<1>, B, H)>(primitives::Reshape(Dims::of::<(N<1>, B, H)>()), (x,))
    };
    r.prim(primitives::Concat(0), (half(h), half(c)))
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        lstm_cell:
        small(|x: [2, 4], s: [2, 2, 3], w: [4, 12], u: [3, 12], b: [12]| lstm_cell(x, s, w, u, b));
        small(|x: [4, 3], s: [2, 4, 2], w: [3, 8], u: [2, 8], b: [8]| lstm_cell(x, s, w, u, b));
        middle(|x: [3, 2], s: [2, 3, 4], w: [2, 16], u: [4, 16], b: [16]| lstm_cell(x, s, w, u, b));
        fixes(2, "the state is two matrices");
        like_axes("eight different sizes are up to 120 elements a tensor");
        ranks("of a batch of rows");
    }

    /// The definition, gate by gate, with the gates in PyTorch's order.
    #[test]
    fn as_written_by_hand() {
        let rng = &mut fastrand::Rng::with_seed(4);
        let mut draw = || 2.0 * rng.f64() - 1.0;
        let x = Tensor::<f64, shape![2, 3]>::from_fn(|_| draw());
        let s = Tensor::<f64, shape![2, 2, 2]>::from_fn(|_| draw());
        let w = Tensor::<f64, shape![3, 8]>::from_fn(|_| draw());
        let u = Tensor::<f64, shape![2, 8]>::from_fn(|_| draw());
        let b = Tensor::<f64, shape![8]>::from_fn(|_| draw());
        let g = graph!(|x: [2, 3], s: [2, 2, 2], w: [3, 8], u: [2, 8], b: [8]| lstm_cell(x, s, w, u, b));
        let y = g.value(
            &tlist![x.clone(), s.clone(), w.clone(), u.clone(), b.clone()],
            (),
        );
        for (row, unit) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let gate = |number: usize| {
                let column = 2 * number + unit;
                let input: f64 = (0..3).map(|i| x[[row, i]] * w[[i, column]]).sum();
                let hidden: f64 = (0..2).map(|i| s[[0, row, i]] * u[[i, column]]).sum();
                input + hidden + b[[column]]
            };
            let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
            let c = sigmoid(gate(1)) * s[[1, row, unit]] + sigmoid(gate(0)) * gate(2).tanh();
            let h = sigmoid(gate(3)) * c.tanh();
            // A few roundings of numbers below 10.
            assert!((y[[0, row, unit]] - h).abs() < 1e-14);
            assert!((y[[1, row, unit]] - c).abs() < 1e-14);
        }
    }
}
