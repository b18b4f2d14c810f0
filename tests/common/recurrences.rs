//! Bodies of scans that write no derivative: recurrences of a user.

use cotangent::dim::Dim;
use cotangent::prelude::*;

/// `s' = x w + s u`.
#[derive(Clone, Copy, Debug)]
pub struct Linear;

impl<B: Dim, I: Dim, H: Dim> Op<((B, I), (B, H), (I, H), (H, H))> for Linear {
    type Out = (B, H);
    type Need = needs::Semiring;
    const NAME: &'static str = "linear_step";

    fn forward(
        &self,
        r: &Recorder<needs::Semiring>,
        (x, s, w, u): (Var<(B, I)>, Var<(B, H)>, Var<(I, H)>, Var<(H, H)>),
    ) -> Var<(B, H)> {
        r.add_same(r.matmul(x, w), r.matmul(s, u))
    }
}

/// `s' = tanh(x w + s u + b)`.
#[derive(Clone, Copy, Debug)]
pub struct Elman;

impl<B: Dim, I: Dim, H: Dim> Op<((B, I), (B, H), (I, H), (H, H), (H,))> for Elman {
    type Out = (B, H);
    type Need = needs::Real;
    const NAME: &'static str = "elman_step";

    fn forward(
        &self,
        r: &Recorder,
        (x, s, w, u, b): (
            Var<(B, I)>,
            Var<(B, H)>,
            Var<(I, H)>,
            Var<(H, H)>,
            Var<(H,)>,
        ),
    ) -> Var<(B, H)> {
        let sum = r.add_same(r.matmul(x, w), r.matmul(s, u));
        r.tanh(r.add_same(sum, r.repeated(b)))
    }
}

/// `s' = f s + (1 - f) tanh(x v)`, where `f = sigmoid(x w + s u)`: the gate is used twice.
#[derive(Clone, Copy, Debug)]
pub struct Gated;

impl<B: Dim, I: Dim, H: Dim> Op<((B, I), (B, H), (I, H), (H, H), (I, H))> for Gated {
    type Out = (B, H);
    type Need = needs::Real;
    const NAME: &'static str = "gated_step";

    fn forward(
        &self,
        r: &Recorder,
        (x, s, w, u, v): (
            Var<(B, I)>,
            Var<(B, H)>,
            Var<(I, H)>,
            Var<(H, H)>,
            Var<(I, H)>,
        ),
    ) -> Var<(B, H)> {
        let forget = r.sigmoid(r.add_same(r.matmul(x, w), r.matmul(s, u)));
        let new = r.mul_same(r.sub_same(r.ones(), forget), r.tanh(r.matmul(x, v)));
        r.add_same(r.mul_same(forget, s), new)
    }
}
