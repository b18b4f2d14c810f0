//! W6: a pre-norm block of a transformer.

use super::door::{data, parameters, training};
use crate::rows::{Failure, Row, Step};
use cotangent::prelude::*;

graph! {
    pub struct Block {
        gain1: [256], shift1: [256],
        query: [256, 4, 64], query_bias: [4, 64],
        key: [256, 4, 64], key_bias: [4, 64],
        value: [256, 4, 64], value_bias: [4, 64],
        out: [256, 256], out_bias: [256],
        gain2: [256], shift2: [256],
        up: [256, 1024], up_bias: [1024],
        down: [1024, 256], down_bias: [256],
    }

    fn gelu<S: Shape>(x: S) -> S {
        0.5 * x * (1.0 + tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
    }

    /// `B` sequences of 128 vectors.
    pub fn block<B: Dim>(p: Block; x: [B, 128, 256]) -> [B, 128, 256] {
        let h = layer_norm(x, p.gain1, p.shift1, 1e-5);
        let query = einsum!("btd,dhk->bthk", h, p.query) + p.query_bias;
        let key = einsum!("btd,dhk->bthk", h, p.key) + p.key_bias;
        let value = einsum!("btd,dhk->bthk", h, p.value) + p.value_bias;
        let mixed = merge_axes(causal_attention(query, key, value), 2);
        let x = x + matmul(mixed, p.out) + p.out_bias;
        let h = layer_norm(x, p.gain2, p.shift2, 1e-5);
        x + matmul(gelu(matmul(h, p.up) + p.up_bias), p.down) + p.down_bias
    }

    fn loss(p: Block; x: [4, 128, 256]) -> [] {
        mean(square(block(p, x)))
    }
}

pub fn build(row: &Row) -> Result<Step, Failure> {
    let x = data::<shape![4, 128, 256]>(row, "x")?;
    training!(loss::<f32>(), row, parameters::<Block>(row)?, &x)
}
