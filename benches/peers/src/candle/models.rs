//! The losses of the rows, and the outputs of those that are forward only.

use super::door::Inputs;
use super::layers::{block, layer, linear, mse, norm, weights};
use candle_core::{D, Result, Tensor};
use candle_nn::loss::cross_entropy;
use candle_nn::ops::{layer_norm, sigmoid, softmax_last_dim};
use std::f64::consts::PI;

pub fn tiny(inputs: &Inputs) -> Result<Tensor> {
    let h = layer(inputs, inputs.data("x")?, 1)?.tanh()?;
    let h = layer(inputs, &h, 2)?.tanh()?;
    mse(&layer(inputs, &h, 3)?, inputs.data("y")?)
}

/// 10 scores of each row.
pub fn scores(inputs: &Inputs) -> Result<Tensor> {
    let h = layer(inputs, inputs.data("x")?, 1)?.relu()?;
    layer(inputs, &h, 2)
}

pub fn digits(inputs: &Inputs) -> Result<Tensor> {
    cross_entropy(&scores(inputs)?, inputs.labels()?)
}

pub fn wide(inputs: &Inputs) -> Result<Tensor> {
    let h = layer(inputs, inputs.data("x")?, 1)?.relu()?;
    let h = layer(inputs, &h, 2)?.relu()?;
    mse(&layer(inputs, &h, 3)?, inputs.data("y")?)
}

pub fn chain(inputs: &Inputs) -> Result<Tensor> {
    let (x, a, b) = (inputs.p("x")?, inputs.p("a")?, inputs.p("b")?);
    let bent = ((x * a)? + b)?.tanh()?;
    ((bent * x)? + x.sqr()?.neg()?.exp()?)?.sum_all()
}

pub fn convolutions(inputs: &Inputs) -> Result<Tensor> {
    let layer_of = |x: &Tensor, w, b| {
        let y = x.conv2d(inputs.p(w)?, 0, 1, 1, 1)?;
        let b = inputs.p(b)?.reshape((1, (), 1, 1))?;
        pooled_by_two(&y.broadcast_add(&b)?.relu()?)
    };
    let h = layer_of(&layer_of(inputs.data("x")?, "w1", "b1")?, "w2", "b2")?;
    let scores = layer(inputs, &h.flatten_from(1)?, 3)?;
    cross_entropy(&scores, inputs.labels()?)
}

/// The largest of each 2x2 pixels. candle's own `max_pool2d` multiplies the gradient by the share of the pixels that are the
/// largest, a quarter of them: the losses are others after a step (`Op::MaxPool2D` in its `backprop.rs`).
fn pooled_by_two(x: &Tensor) -> Result<Tensor> {
    let (batch, channels, height, width) = x.dims4()?;
    let x = x.reshape((batch * channels, height / 2, 2, width / 2, 2))?;
    x.max(4)?
        .max(2)?
        .reshape((batch, channels, height / 2, width / 2))
}

pub fn transformer(inputs: &Inputs) -> Result<Tensor> {
    block(inputs, inputs.data("x")?, norm, weights)?
        .sqr()?
        .mean_all()
}

/// With candle's norm and softmax in one pass.
pub fn served_block(inputs: &Inputs) -> Result<Tensor> {
    let norm = |x: &Tensor, gain: &Tensor, shift: &Tensor| layer_norm(x, gain, shift, 1e-5);
    block(inputs, inputs.data("x")?, norm, softmax_last_dim)
}

pub fn pendulum(inputs: &Inputs) -> Result<Tensor> {
    let controls = inputs.p("controls")?;
    let mut angle = controls.narrow(0, 0, 1)?.zeros_like()?;
    let mut speed = angle.clone();
    for torque in controls.chunk(controls.elem_count(), 0)? {
        speed = (&speed + ((torque - angle.sin()?)? * 0.1)?)?;
        angle = (&angle + (&speed * 0.1)?)?;
    }
    let last = ((angle - PI)?.sqr()? + speed.sqr()?)?.sum_all()?;
    last + (controls.sqr()?.sum_all()? * 0.001)?
}

pub fn lstm(inputs: &Inputs) -> Result<Tensor> {
    let p = |name| inputs.p(name);
    let h = recurrent(inputs.data("x")?, p("w1")?, p("u1")?, p("b1")?)?;
    let h = recurrent(&Tensor::stack(&h, 0)?, p("w2")?, p("u2")?, p("b2")?)?;
    let last = h.last().ok_or(candle_core::Error::Msg("no steps".into()))?;
    cross_entropy(&layer(inputs, last, 3)?, inputs.labels()?)
}

/// What each step gives. The products with the data of all steps are one.
fn recurrent(x: &Tensor, w: &Tensor, u: &Tensor, b: &Tensor) -> Result<Vec<Tensor>> {
    let (steps, batch, _) = x.dims3()?;
    let driven = linear(x, w, b)?;
    let mut h = Tensor::zeros((batch, u.dim(0)?), x.dtype(), x.device())?;
    let mut c = h.clone();
    let mut outputs = Vec::with_capacity(steps);
    for step in 0..steps {
        let gates = (driven.get(step)? + h.matmul(u)?)?.chunk(4, D::Minus1)?;
        let [i, f, g, o] = &gates[..] else {
            candle_core::bail!("not four gates");
        };
        c = ((sigmoid(f)? * &c)? + (sigmoid(i)? * g.tanh()?)?)?;
        h = (sigmoid(o)? * c.tanh()?)?;
        outputs.push(h.clone());
    }
    Ok(outputs)
}
