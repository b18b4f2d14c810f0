//! What the models share.

use super::door::Inputs;
use candle_core::{D, Device, Result, Tensor};
use candle_nn::ops::softmax;

const HEADS: usize = 4;

/// `x w + b`, of as many matrices as there are.
pub fn linear(x: &Tensor, w: &Tensor, b: &Tensor) -> Result<Tensor> {
    match *x.dims() {
        [batch, time, width] => {
            let y = x.reshape((batch * time, width))?.matmul(w)?;
            y.reshape((batch, time, ()))?.broadcast_add(b)
        }
        _ => x.matmul(w)?.broadcast_add(b),
    }
}

/// A layer by the name of its bias: `w1` and `b1`.
pub fn layer(inputs: &Inputs, x: &Tensor, number: usize) -> Result<Tensor> {
    let (w, b) = (
        inputs.p(&format!("w{number}"))?,
        inputs.p(&format!("b{number}"))?,
    );
    linear(x, w, b)
}

pub fn mse(x: &Tensor, y: &Tensor) -> Result<Tensor> {
    (x - y)?.sqr()?.mean_all()
}

/// A block of a transformer, with the norm that it is given.
pub fn block(
    inputs: &Inputs,
    x: &Tensor,
    norm: fn(&Tensor, &Tensor, &Tensor) -> Result<Tensor>,
    weights: fn(&Tensor) -> Result<Tensor>,
) -> Result<Tensor> {
    let p = |name| inputs.p(name);
    let (batch, time, width) = x.dims3()?;
    let h = norm(x, p("gain1")?, p("shift1")?)?;
    let heads = |name: &str, bias| {
        let part = linear(&h, inputs.p(name)?, p(bias)?)?;
        let part = part.reshape((batch, time, HEADS, width / HEADS))?;
        part.transpose(1, 2)?.contiguous()
    };
    let (query, key) = (heads("query", "query_bias")?, heads("key", "key_bias")?);
    let value = heads("value", "value_bias")?;
    let scale = 1.0 / ((width / HEADS) as f64).sqrt();
    let scores = (query.matmul(&key.t()?)? * scale)?;
    let mixed = weights(&scores.broadcast_add(&later(time)?)?)?.matmul(&value)?;
    let mixed = mixed.transpose(1, 2)?.reshape((batch, time, width))?;
    let x = (x + linear(&mixed, p("out")?, p("out_bias")?)?)?;
    let h = norm(&x, p("gain2")?, p("shift2")?)?;
    let h = linear(&h, p("up")?, p("up_bias")?)?.gelu()?;
    &x + linear(&h, p("down")?, p("down_bias")?)?
}

/// Minus infinity where a key is later than the query, and 0 elsewhere.
fn later(time: usize) -> Result<Tensor> {
    let entry = |i| {
        if i % time > i / time {
            f32::NEG_INFINITY
        } else {
            0.0
        }
    };
    let entries: Vec<f32> = (0..time * time).map(entry).collect();
    Tensor::from_vec(entries, (time, time), &Device::Cpu)
}

/// A norm of operations that can be differentiated; candle's own in one pass cannot.
pub fn norm(x: &Tensor, gain: &Tensor, shift: &Tensor) -> Result<Tensor> {
    let x = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
    let variance = x.sqr()?.mean_keepdim(D::Minus1)?;
    let x = x.broadcast_div(&(variance + 1e-5)?.sqrt()?)?;
    x.broadcast_mul(gain)?.broadcast_add(shift)
}

/// The weights of attention, of operations that can be differentiated.
pub fn weights(scores: &Tensor) -> Result<Tensor> {
    softmax(scores, D::Minus1)
}
