//! One step of a gated recurrent unit.

use crate::dim::{Dim, N, Product};
use crate::op::{Call, Op, Recorder, Var};
use crate::program::primitives;
use crate::scalar::levels;
use crate::shape::{If, Is, Shape};

/// The op of [`gru_cell`]. In the step of a [`scan`](fn@crate::graph::scan), it is a layer.
#[derive(Clone, Copy, Debug)]
pub struct GruCell;

/// `3 H`: the width of the three gates.
type Gates<H> = Product<N<3>, H>;
/// The handles of [`gru_cell`].
type Handles<B, I, H> = (
    Var<(B, I)>,
    Var<(B, H)>,
    Var<(I, Gates<H>)>,
    Var<(H, Gates<H>)>,
    Var<(Gates<H>,)>,
    Var<(Gates<H>,)>,
);

/// The next state of a GRU, `h' = (1 - z) n + z h` with `r = σ(xᵣ + hᵣ)`, `z = σ(x_z + h_z)` and `n = tanh(xₙ + r hₙ)`, where
/// `xᵣ x_z xₙ` are the three parts of `x w + b`, and `hᵣ h_z hₙ` those of `h u + c`.
///
/// For `x: (B, I)`, a state `h: (B, H)`, `w: (I, 3H)`, `u: (H, 3H)`, and `b` and `c: (3H,)`. The formulas, the order of the gates
/// and the two biases are those of PyTorch's `GRUCell`, whose weights are transposed: the reset gate `r` is multiplied by the product `h u`, where
/// the paper multiplies it by `h`, and `z` keeps the state, where the paper's keeps it by `1 - z`. Real scalars.
/// Source: Cho et al., *Learning Phrase Representations using RNN Encoder-Decoder* (2014), 2.3.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 1], h: [1, 1], w: [1, 3], u: [1, 3], b: [3], c: [3]| gru_cell(x, h, w, u, b, c));
/// // The reset gate is shut, the update gate half open: the mean of the state and of tanh(x).
/// let b = Tensor::from([-1000.0, 0.0, 0.0]);
/// let w = Tensor::from([[0.0, 0.0, 1.0]]);
/// let x = tlist![Tensor::from([[0.0]]), Tensor::from([[0.5]]), w, Tensor::from([[0.0, 0.0, 9.0]]), b, Tensor::zeros()];
/// assert_eq!(g.value(&x, ()), Tensor::from([[0.25]]));
/// ```
pub fn gru_cell<X: Shape, S: Shape, W: Shape, U: Shape, P: Shape, Q: Shape>(
    x: Var<X>,
    h: Var<S>,
    w: Var<W>,
    u: Var<U>,
    b: Var<P>,
    c: Var<Q>,
) -> Call<GruCell, (Var<X>, Var<S>, Var<W>, Var<U>, Var<P>, Var<Q>)> {
    Call::new(GruCell, (x, h, w, u, b, c))
}

/// A state `(B, H)`, for `x: (B, I)`, `w: (I, 3H)`, `u: (H, 3H)`, `b: (3H,)` and `c: (3H,)`.
#[diagnostic::on_unimplemented(
    message = "a GRU cell of state `{Self}` does not take `{X}` with the weights `{W}`, `{U}`, `{P}` and `{Q}`",
    label = "`gru_cell` takes `(B, I)`, `(B, H)`, `(I, 3H)`, `(H, 3H)`, `(3H,)` and `(3H,)`",
    note = "docs/errors.md#h02"
)]
pub trait GruState<X, W, U, P, Q>: Shape {
    /// `B`.
    type Batch: Dim;
    /// `I`.
    type Width: Dim;
    /// `H`.
    type Hidden: Dim;
}

// The one case is in a trait of its own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<S, X, W, U, P, Q> GruState<X, W, U, P, Q> for S
where
    S: IsGruState<X, W, U, P, Q>,
    Gates<S::H>: Is<S::G>,
{
    type Batch = S::B;
    type Width = S::I;
    type Hidden = S::H;
}

/// The case of [`GruState`], but for `G`, which has to be `3H`.
pub trait IsGruState<X, W, U, P, Q>: Shape {
    /// The batch.
    type B: Dim;
    /// The width of the input.
    type I: Dim;
    /// The width of the state.
    type H: Dim;
    /// The width of the gates.
    type G: Dim;
}

impl<B: Dim, I: Dim, H: Dim, G: Dim> IsGruState<(B, I), (I, G), (H, G), (G,), (G,)> for (B, H) {
    type B = B;
    type I = I;
    type H = H;
    type G = G;
}

impl<X, S, W, U, P, Q> Op<(X, S, W, U, P, Q)> for GruCell
where
    X: Shape,
    S: GruState<X, W, U, P, Q>,
    W: Shape,
    U: Shape,
    P: Shape,
    Q: Shape,
{
    type Out = If<S::Hidden, S>;
    type Level = levels::Real;
    const NAME: &'static str = "gru_cell";

    fn forward(
        &self,
        r: &Recorder,
        (x, h, w, u, b, c): (Var<X>, Var<S>, Var<W>, Var<U>, Var<P>, Var<Q>),
    ) -> Var<S> {
        let (x, h) = (r.typed(x.id()), r.typed(h.id()));
        let (w, u) = (r.typed(w.id()), r.typed(u.id()));
        let (b, c) = (r.typed(b.id()), r.typed(c.id()));
        let new = step::<S::Batch, S::Width, S::Hidden>(r, (x, h, w, u, b, c));
        r.typed(new.id())
    }
}

/// The next state.
fn step<B: Dim, I: Dim, H: Dim>(r: &Recorder, (x, h, w, u, b, c): Handles<B, I, H>) -> Var<(B, H)> {
    let of_x = r.add_same(r.matmul(x, w), r.repeated(b));
    let of_h = r.add_same(r.matmul(h, u), r.repeated(c));
    let part = |of: Var<(B, Gates<H>)>, number: usize| {
        let (axis, start, len) = (1, number * H::SIZE, H::SIZE);
        r.prim::<(B, H)>(primitives::Slice { axis, start, len }, (of,))
    };
    let gate = |number| r.sigmoid(r.add_same(part(of_x, number), part(of_h, number)));
    let (reset, update) = (gate(0), gate(1));
    let new = r.tanh(r.add_same(part(of_x, 2), r.mul_same(reset, part(of_h, 2))));
    // (1 - z) n + z h
    r.add_same(new, r.mul_same(update, r.sub_same(h, new)))
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        gru_cell:
        small(|x: [2, 4], h: [2, 3], w: [4, 9], u: [3, 9], b: [9], c: [9]| gru_cell(x, h, w, u, b, c));
        small(|x: [4, 3], h: [4, 2], w: [3, 6], u: [2, 6], b: [6], c: [6]| gru_cell(x, h, w, u, b, c));
        middle(|x: [3, 2], h: [3, 4], w: [2, 12], u: [4, 12], b: [12], c: [12]| gru_cell(x, h, w, u, b, c));
        like_axes("eight different sizes are up to 120 elements a tensor");
        ranks("of a batch of rows");
    }

    /// The definition, gate by gate, with the gates in PyTorch's order.
    #[test]
    fn as_written_by_hand() {
        let rng = &mut fastrand::Rng::with_seed(4);
        let x = Tensor::<f64, shape![2, 3]>::uniform(-1.0..1.0, rng);
        let h = Tensor::<f64, shape![2, 2]>::uniform(-1.0..1.0, rng);
        let w = Tensor::<f64, shape![3, 6]>::uniform(-1.0..1.0, rng);
        let u = Tensor::<f64, shape![2, 6]>::uniform(-1.0..1.0, rng);
        let [b, c] = [0, 1].map(|_| Tensor::<f64, shape![6]>::uniform(-1.0..1.0, rng));
        let g = graph!(|x: [2, 3], h: [2, 2], w: [3, 6], u: [2, 6], b: [6], c: [6]| {
            gru_cell(x, h, w, u, b, c)
        });
        let y = g.value(
            &tlist![
                x.clone(),
                h.clone(),
                w.clone(),
                u.clone(),
                b.clone(),
                c.clone()
            ],
            (),
        );
        for (row, unit) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let of_x = |number: usize| {
                let column = 2 * number + unit;
                (0..3).map(|i| x[[row, i]] * w[[i, column]]).sum::<f64>() + b[[column]]
            };
            let of_h = |number: usize| {
                let column = 2 * number + unit;
                (0..2).map(|i| h[[row, i]] * u[[i, column]]).sum::<f64>() + c[[column]]
            };
            let sigmoid = |x: f64| 1.0 / (1.0 + (-x).exp());
            let (reset, update) = (sigmoid(of_x(0) + of_h(0)), sigmoid(of_x(1) + of_h(1)));
            let new = (of_x(2) + reset * of_h(2)).tanh();
            let expected = (1.0 - update) * new + update * h[[row, unit]];
            assert!((y[[row, unit]] - expected).abs() < 1e-14); // a few roundings of numbers below 10
        }
    }
}
