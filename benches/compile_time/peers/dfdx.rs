//! The classifier in dfdx.

use dfdx::optim::{Optimizer, Sgd, SgdConfig};
use dfdx::prelude::*;

type Classifier = ((Linear<784, 128>, ReLU), Linear<128, 10>);

/// `n` made-up values around zero, the same in all three programs.
fn made(n: usize, step: usize, scale: f32) -> impl Iterator<Item = f32> {
    (0..n).map(move |i| ((i * step + 11) % 101) as f32 / 101.0 * scale - scale / 2.0)
}

/// A made-up weight, transposed: dfdx has outputs first.
fn weight<const I: usize, const O: usize>(
    dev: &Cpu,
    step: usize,
    scale: f32,
) -> Tensor<Rank2<O, I>, f32, Cpu> {
    let values = made(I * O, step, scale).collect();
    dev.tensor_from_vec(values, (Const::<I>, Const::<O>))
        .permute()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let dev = Cpu::default();
    let x: Tensor<Rank2<32, 784>, f32, Cpu> =
        dev.tensor_from_vec(made(32 * 784, 37, 1.0).collect(), (Const, Const));
    let mut one_hot = [[0.0; 10]; 32];
    for (i, row) in one_hot.iter_mut().enumerate() {
        row[i * 7 % 10] = 1.0;
    }
    let labels = dev.tensor(one_hot);

    let mut model = dev.build_module::<Classifier, f32>();
    model.0.0.weight = weight(&dev, 29, 0.1);
    model.0.0.bias = dev.tensor_from_vec(made(128, 31, 0.1).collect(), (Const,));
    model.1.weight = weight(&dev, 23, 0.2);
    model.1.bias = dev.tensor_from_vec(made(10, 19, 0.2).collect(), (Const,));
    let config = SgdConfig {
        lr: 0.1,
        momentum: None,
        weight_decay: None,
    };
    let mut sgd = Sgd::new(&model, config);

    let loss =
        cross_entropy_with_logits_loss(model.forward(x.trace(model.alloc_grads())), labels.clone());
    let before = loss.array();
    sgd.update(&mut model, &loss.backward())?;
    let after = cross_entropy_with_logits_loss(model.forward(x), labels).array();
    println!("{before} {after}");
    Ok(())
}
