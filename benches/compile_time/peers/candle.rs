//! The classifier in candle.

use candle_core::{Device, Result, Tensor, Var};
use candle_nn::loss::cross_entropy;
use candle_nn::{Linear, Module, Optimizer, SGD};

struct Classifier {
    hidden: Linear,
    scores: Linear,
}

impl Module for Classifier {
    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        self.scores.forward(&self.hidden.forward(x)?.relu()?)
    }
}

/// `n` made-up values around zero, the same in all three programs.
fn made(n: usize, step: usize, scale: f32) -> impl Iterator<Item = f32> {
    (0..n).map(move |i| ((i * step + 11) % 101) as f32 / 101.0 * scale - scale / 2.0)
}

/// A made-up weight, transposed: candle has outputs first.
fn weight(inputs: usize, outputs: usize, step: usize, scale: f32) -> Result<Var> {
    let values: Vec<f32> = made(inputs * outputs, step, scale).collect();
    Var::from_tensor(
        &Tensor::from_vec(values, (inputs, outputs), &Device::Cpu)?
            .t()?
            .contiguous()?,
    )
}

fn bias(n: usize, step: usize, scale: f32) -> Result<Var> {
    let values: Vec<f32> = made(n, step, scale).collect();
    Var::from_vec(values, n, &Device::Cpu)
}

fn main() -> Result<()> {
    let values: Vec<f32> = made(32 * 784, 37, 1.0).collect();
    let x = Tensor::from_vec(values, (32, 784), &Device::Cpu)?;
    let labels: Vec<u32> = (0..32).map(|i| i * 7 % 10).collect();
    let labels = Tensor::from_vec(labels, 32, &Device::Cpu)?;

    let (w1, b1) = (weight(784, 128, 29, 0.1)?, bias(128, 31, 0.1)?);
    let (w2, b2) = (weight(128, 10, 23, 0.2)?, bias(10, 19, 0.2)?);
    let model = Classifier {
        hidden: Linear::new(w1.as_tensor().clone(), Some(b1.as_tensor().clone())),
        scores: Linear::new(w2.as_tensor().clone(), Some(b2.as_tensor().clone())),
    };
    let mut sgd = SGD::new(vec![w1, b1, w2, b2], 0.1)?;

    let loss = cross_entropy(&model.forward(&x)?, &labels)?;
    sgd.backward_step(&loss)?;
    let after = cross_entropy(&model.forward(&x)?, &labels)?;
    println!("{} {}", loss.to_scalar::<f32>()?, after.to_scalar::<f32>()?);
    Ok(())
}
