//! The losses of the rows, and the outputs of those that are forward only.

use super::door::Inputs;
use super::layers::{block, cross_entropy, in_one_pass, layer, mse, step_by_step};
use crate::rows::Failure;
use burn_tensor::Tensor;
use burn_tensor::activation::{relu, sigmoid};
use burn_tensor::module::{conv2d, linear, max_pool2d};
use burn_tensor::ops::{ConvOptions, MaxPoolOptions};
use std::f64::consts::PI;

pub fn tiny(inputs: &Inputs) -> Result<Tensor<1>, Failure> {
    let h = layer(inputs, inputs.samples("x")?, 1)?.tanh();
    let h = layer(inputs, h, 2)?.tanh();
    Ok(mse(layer(inputs, h, 3)?, inputs.samples("y")?))
}

/// 10 scores of each row.
pub fn scores(inputs: &Inputs) -> Result<Tensor<2>, Failure> {
    let h = relu(layer(inputs, inputs.samples("x")?, 1)?);
    layer(inputs, h, 2)
}

pub fn digits(inputs: &Inputs) -> Result<Tensor<1>, Failure> {
    Ok(cross_entropy(scores(inputs)?, inputs.labels()?))
}

pub fn wide(inputs: &Inputs) -> Result<Tensor<1>, Failure> {
    let h = relu(layer(inputs, inputs.samples("x")?, 1)?);
    let h = relu(layer(inputs, h, 2)?);
    Ok(mse(layer(inputs, h, 3)?, inputs.samples("y")?))
}

pub fn chain(inputs: &Inputs) -> Result<Tensor<1>, Failure> {
    let x = inputs.vector("x")?;
    let bent = (x.clone() * inputs.vector("a")? + inputs.vector("b")?).tanh();
    Ok((bent * x.clone() + x.square().neg().exp()).sum())
}

pub fn convolutions(inputs: &Inputs) -> Result<Tensor<1>, Failure> {
    let pooled = |x, w, b| -> Result<Tensor<4>, Failure> {
        let options = ConvOptions::new([1, 1], [0, 0], [1, 1], 1);
        let y = conv2d(x, inputs.filters(w)?, Some(inputs.vector(b)?), options);
        Ok(max_pool2d(relu(y), MaxPoolOptions::new([2, 2])))
    };
    let h = pooled(pooled(inputs.images("x")?, "w1", "b1")?, "w2", "b2")?;
    let scores = layer(inputs, h.flatten(1, 3), 3)?;
    Ok(cross_entropy(scores, inputs.labels()?))
}

pub fn transformer(inputs: &Inputs) -> Result<Tensor<1>, Failure> {
    let y = block(inputs, inputs.sequences("x")?, step_by_step)?;
    Ok(y.square().mean())
}

pub fn served_block(inputs: &Inputs) -> Result<Tensor<3>, Failure> {
    block(inputs, inputs.sequences("x")?, in_one_pass)
}

pub fn pendulum(inputs: &Inputs) -> Result<Tensor<1>, Failure> {
    let controls = inputs.vector("controls")?;
    let mut angle = Tensor::zeros([1], &controls.device());
    let mut speed = angle.clone();
    for torque in controls.clone().split(1, 0) {
        speed = speed + (torque - angle.clone().sin()) * 0.1;
        angle = angle + speed.clone() * 0.1;
    }
    Ok((angle - PI).square() + speed.square() + controls.square().sum() * 0.001)
}

pub fn lstm(inputs: &Inputs) -> Result<Tensor<1>, Failure> {
    let h = recurrent(inputs, inputs.sequences("x")?, ["w1", "u1", "b1"])?;
    let h = recurrent(inputs, Tensor::stack(h, 0), ["w2", "u2", "b2"])?;
    let last = h.into_iter().last().ok_or("no steps")?;
    Ok(cross_entropy(layer(inputs, last, 3)?, inputs.labels()?))
}

/// What each step gives. The products with the data of all steps are one.
fn recurrent(
    inputs: &Inputs,
    x: Tensor<3>,
    [w, u, b]: [&str; 3],
) -> Result<Vec<Tensor<2>>, Failure> {
    let driven = linear(x, inputs.matrix(w)?, Some(inputs.vector(b)?));
    let u = inputs.matrix(u)?;
    let [_, batch, gates] = driven.dims();
    let width = gates / 4;
    let mut h = Tensor::zeros([batch, width], &driven.device());
    let mut c = h.clone();
    let mut outputs = Vec::new();
    for driven in driven.split(1, 0) {
        let gates = driven.squeeze_dim::<2>(0) + h.matmul(u.clone());
        let gate = |number: usize| gates.clone().narrow(1, number * width, width);
        c = sigmoid(gate(1)) * c + sigmoid(gate(0)) * gate(2).tanh();
        h = sigmoid(gate(3)) * c.clone().tanh();
        outputs.push(h.clone());
    }
    Ok(outputs)
}
