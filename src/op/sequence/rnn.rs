//! One step of a recurrent layer without gates.

use crate::dim::Dim;
use crate::op::{Call, Op, Recorder, Var};
use crate::scalar::levels;
use crate::shape::{If, Shape};

/// The op of [`rnn_cell`]. In the step of a [`scan`](fn@crate::graph::scan), it is a layer.
#[derive(Clone, Copy, Debug)]
pub struct RnnCell;

/// The next state of a recurrent layer, `h' = tanh(x w + h u + b)`.
///
/// For `x: (B, I)`, a state `h: (B, H)`, `w: (I, H)`, `u: (H, H)` and `b: (H,)`. The formula is that of PyTorch's `RNNCell`,
/// whose two biases are one here, their sum, and whose weights are transposed. Real scalars.
/// Source: Elman, *Finding Structure in Time* (1990).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1], h: [1, 1], w: [1, 1], u: [1, 1], b: [1]| rnn_cell(x, h, w, u, b));
/// let number = |x: f64| Tensor::from([[x]]);
/// let y = g.value(&tlist![number(3.0), number(0.5), number(2.0), number(-8.0), Tensor::from([-2.0])], ());
/// assert_eq!(y, number(0.0)); // tanh(6 - 4 - 2)
/// ```
pub fn rnn_cell<X: Shape, S: Shape, W: Shape, U: Shape, P: Shape>(
    x: Var<X>,
    h: Var<S>,
    w: Var<W>,
    u: Var<U>,
    b: Var<P>,
) -> Call<RnnCell, (Var<X>, Var<S>, Var<W>, Var<U>, Var<P>)> {
    Call::new(RnnCell, (x, h, w, u, b))
}

/// A state `(B, H)`, for `x: (B, I)`, `w: (I, H)`, `u: (H, H)` and `b: (H,)`.
#[diagnostic::on_unimplemented(
    message = "an RNN cell of state `{Self}` does not take `{X}` with the weights `{W}`, `{U}` and `{P}`",
    label = "`rnn_cell` takes `(B, I)`, `(B, H)`, `(I, H)`, `(H, H)` and `(H,)`",
    note = "docs/errors.md#h02"
)]
pub trait RnnState<X, W, U, P>: Shape {
    /// `B`.
    type Batch: Dim;
    /// `I`.
    type Width: Dim;
    /// `H`.
    type Hidden: Dim;
}

// The one case is in a trait of its own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S: IsRnnState<X, W, U, P>, X, W, U, P> RnnState<X, W, U, P> for S {
    type Batch = S::B;
    type Width = S::I;
    type Hidden = S::H;
}

/// The case of [`RnnState`].
pub trait IsRnnState<X, W, U, P>: Shape {
    /// The batch.
    type B: Dim;
    /// The width of the input.
    type I: Dim;
    /// The width of the state.
    type H: Dim;
}

impl<B: Dim, I: Dim, H: Dim> IsRnnState<(B, I), (I, H), (H, H), (H,)> for (B, H) {
    type B = B;
    type I = I;
    type H = H;
}

impl<X, S, W, U, P> Op<(X, S, W, U, P)> for RnnCell
where
    X: Shape,
    S: RnnState<X, W, U, P>,
    W: Shape,
    U: Shape,
    P: Shape,
{
    type Out = If<S::Hidden, S>;
    type Level = levels::Real;
    const NAME: &'static str = "rnn_cell";

    fn forward(
        &self,
        r: &Recorder,
        (x, h, w, u, b): (Var<X>, Var<S>, Var<W>, Var<U>, Var<P>),
    ) -> Var<S> {
        let x = r.typed::<(S::Batch, S::Width)>(x.id());
        let h = r.typed::<(S::Batch, S::Hidden)>(h.id());
        let w = r.typed::<(S::Width, S::Hidden)>(w.id());
        let u = r.typed::<(S::Hidden, S::Hidden)>(u.id());
        let b = r.typed::<(S::Hidden,)>(b.id());
        let sums = r.add_same(r.add_same(r.matmul(x, w), r.matmul(h, u)), r.repeated(b));
        r.typed(r.tanh(sums).id())
    }
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        rnn_cell:
        small(|x: [2, 4], h: [2, 3], w: [4, 3], u: [9], b: [3]| {
            let u: [3, 3] = reshape(u);
            rnn_cell(x, h, w, u, b)
        });
        small(|x: [4, 3], h: [4, 2], w: [3, 2], u: [4], b: [2]| {
            let u: [2, 2] = reshape(u);
            rnn_cell(x, h, w, u, b)
        });
        middle(|x: [3, 2], h: [3, 4], w: [2, 4], u: [16], b: [4]| {
            let u: [4, 4] = reshape(u);
            rnn_cell(x, h, w, u, b)
        });
        like_axes("five different sizes are up to 60 elements a tensor");
        ranks("of a batch of rows");
    }

    /// The definition, in loops.
    #[test]
    fn as_written_by_hand() {
        let rng = &mut fastrand::Rng::with_seed(4);
        let x = Tensor::<f64, shape![2, 3]>::uniform(-1.0..1.0, rng);
        let h = Tensor::<f64, shape![2, 4]>::uniform(-1.0..1.0, rng);
        let w = Tensor::<f64, shape![3, 4]>::uniform(-1.0..1.0, rng);
        let u = Tensor::<f64, shape![4, 4]>::uniform(-1.0..1.0, rng);
        let b = Tensor::<f64, shape![4]>::uniform(-1.0..1.0, rng);
        let g =
            graph!(|x: [2, 3], h: [2, 4], w: [3, 4], u: [4, 4], b: [4]| rnn_cell(x, h, w, u, b));
        let y = g.value(
            &tlist![x.clone(), h.clone(), w.clone(), u.clone(), b.clone()],
            (),
        );
        for place in 0..8 {
            let (row, unit) = (place / 4, place % 4);
            let input: f64 = (0..3).map(|i| x[[row, i]] * w[[i, unit]]).sum();
            let hidden: f64 = (0..4).map(|i| h[[row, i]] * u[[i, unit]]).sum();
            let expected = (input + hidden + b[[unit]]).tanh();
            assert!((y[[row, unit]] - expected).abs() < 1e-14); // a few roundings of numbers below 10
        }
    }
}
