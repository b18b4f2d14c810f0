//! Steps of scans: recurrences of a user.

use cotangent::prelude::*;

graph! {
    /// `s' = x w + s u`.
    pub fn linear<B: Dim, I: Dim, H: Dim>(s: [B, H], x: [B, I], w: [I, H], u: [H, H]) -> ([B, H], [B, H]) {
        let next = matmul(x, w) + matmul(s, u);
        (next, next)
    }

    /// `s' = tanh(x w + s u + b)`.
    pub fn elman<B: Dim, I: Dim, H: Dim>(s: [B, H], x: [B, I], w: [I, H], u: [H, H], b: [H]) -> ([B, H], [B, H]) {
        let next = tanh(matmul(x, w) + matmul(s, u) + b);
        (next, next)
    }

    /// `s' = f s + (1 - f) tanh(x v)`, where `f = sigmoid(x w + s u)`: the gate is used twice.
    pub fn gated<B: Dim, I: Dim, H: Dim>(s: [B, H], x: [B, I], w: [I, H], u: [H, H], v: [I, H]) -> ([B, H], [B, H]) {
        let f = sigmoid(matmul(x, w) + matmul(s, u));
        let next = f * s + (1.0 - f) * tanh(matmul(x, v));
        (next, next)
    }

    /// A step of an LSTM of width 2.
    pub fn lstm<B: Dim, I: Dim>(s: [2, B, 2], x: [B, I], w: [I, 8], u: [2, 8], b: [8]) -> ([2, B, 2], [2, B, 2]) {
        let next = lstm_cell(x, s, w, u, b);
        (next, next)
    }
}
