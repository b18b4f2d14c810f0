//! What the models share.

use super::door::Inputs;
use crate::rows::Failure;
use burn_tensor::activation::{gelu_approximate, log_softmax, softmax};
use burn_tensor::module::{attention, layer_norm, linear};
use burn_tensor::ops::AttentionModuleOptions;
use burn_tensor::{Bool, Int, Tensor};

const HEADS: usize = 4;

/// A layer by its number: `w1` and `b1`.
pub fn layer(inputs: &Inputs, x: Tensor<2>, number: usize) -> Result<Tensor<2>, Failure> {
    let (w, b) = (format!("w{number}"), format!("b{number}"));
    Ok(linear(x, inputs.matrix(&w)?, Some(inputs.vector(&b)?)))
}

pub fn mse(x: Tensor<2>, y: Tensor<2>) -> Tensor<1> {
    (x - y).square().mean()
}

/// The mean cross-entropy, as burn's own loss computes it.
pub fn cross_entropy(scores: Tensor<2>, labels: Tensor<1, Int>) -> Tensor<1> {
    let logs = log_softmax(scores, 1);
    logs.gather(1, labels.unsqueeze_dim(1)).mean().neg()
}

/// Queries, keys and values of each head to what the heads give.
pub type Mixing = fn(Tensor<4>, Tensor<4>, Tensor<4>) -> Tensor<4>;

/// A block of a transformer.
pub fn block(inputs: &Inputs, x: Tensor<3>, mix: Mixing) -> Result<Tensor<3>, Failure> {
    let [batch, time, width] = x.dims();
    let layer = |x, w: &str, b: &str| -> Result<Tensor<3>, Failure> {
        Ok(linear(x, inputs.matrix(w)?, Some(inputs.vector(b)?)))
    };
    let norm = |x: &Tensor<3>, gain, shift| -> Result<Tensor<3>, Failure> {
        let (gain, shift) = (inputs.vector(gain)?, inputs.vector(shift)?);
        Ok(layer_norm(x.clone(), gain, Some(shift), 1e-5))
    };
    let h = norm(&x, "gain1", "shift1")?;
    let heads = |w, b| -> Result<Tensor<4>, Failure> {
        let part = layer(h.clone(), w, b)?.reshape([batch, time, HEADS, width / HEADS]);
        Ok(part.swap_dims(1, 2))
    };
    let (query, key) = (heads("query", "query_bias")?, heads("key", "key_bias")?);
    let mixed = mix(query, key, heads("value", "value_bias")?);
    let mixed = mixed.swap_dims(1, 2).reshape([batch, time, width]);
    let x = x + layer(mixed, "out", "out_bias")?;
    let h = gelu_approximate(layer(norm(&x, "gain2", "shift2")?, "up", "up_bias")?);
    Ok(x + layer(h, "down", "down_bias")?)
}

/// Causal attention in one pass.
pub fn in_one_pass(query: Tensor<4>, key: Tensor<4>, value: Tensor<4>) -> Tensor<4> {
    let options = AttentionModuleOptions {
        is_causal: true,
        ..AttentionModuleOptions::default()
    };
    attention(query, key, value, None, None, options)
}

/// Causal attention of operations that can be differentiated, as burn's own layer has them.
pub fn step_by_step(query: Tensor<4>, key: Tensor<4>, value: Tensor<4>) -> Tensor<4> {
    let [_, _, time, width] = query.dims();
    let later = Tensor::<2, Bool>::tril_mask([time, time], 0, &query.device());
    let scores = query.matmul(key.transpose()) / (width as f64).sqrt();
    let scores = scores.mask_fill(later.unsqueeze(), f32::NEG_INFINITY);
    softmax(scores, 3).matmul(value)
}
