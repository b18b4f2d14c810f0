//! `examples/fashion` in burn: the same model, data, optimiser and schedule. `README.md` says how it is run.

use burn::lr_scheduler::cosine::CosineAnnealingLrSchedulerConfig;
use burn::module::ParamGroup;
use burn::nn::conv::{Conv2d, Conv2dConfig};
use burn::nn::loss::CrossEntropyLossConfig;
use burn::nn::pool::{MaxPool2d, MaxPool2dConfig};
use burn::nn::{Dropout, DropoutConfig, Initializer, Linear, LinearConfig, PaddingConfig2d};
use burn::optim::{AdamWConfig, GradientsParams};
use burn::prelude::*;
use burn::tensor::activation::relu;
use flate2::read::GzDecoder;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use std::error::Error;
use std::f64::consts::SQRT_2;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::Instant;

const BATCH: usize = 64;
const RATE: f64 = 2e-3;

fn bytes(path: &Path, header: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(path)?).read_to_end(&mut bytes)?;
    Ok(bytes.split_off(header))
}

/// The images, and their labels.
fn read(folder: &Path, set: &str, device: &Device) -> io::Result<(Tensor<4>, Tensor<1, Int>)> {
    let file = |what, header| bytes(&folder.join(format!("{set}-{what}-ubyte.gz")), header);
    let pixels = file("images-idx3", 16)?;
    let pixels = pixels.iter().map(|&x| f32::from(x) / 255.0 - 0.286);
    let labels: Vec<i32> = file("labels-idx1", 8)?.into_iter().map(i32::from).collect();
    let pixels = TensorData::new(pixels.collect(), [labels.len(), 1, 28, 28]);
    Ok((
        Tensor::from_data(pixels, device),
        Tensor::from_ints(&labels[..], device),
    ))
}

#[derive(Module, Debug)]
struct Model {
    first: Conv2d,
    second: Conv2d,
    pool: MaxPool2d,
    hidden: Linear,
    dropout: Dropout,
    scores: Linear,
}

fn kaiming(gain: f64) -> Initializer {
    Initializer::KaimingUniform {
        gain,
        fan_out_only: false,
    }
}

fn convolution(from: usize, to: usize, device: &Device) -> Conv2d {
    let layer = Conv2dConfig::new([from, to], [3, 3])
        .with_padding(PaddingConfig2d::Same)
        .with_initializer(kaiming(SQRT_2));
    Conv2d {
        bias: Some(Initializer::Zeros.init([to], device)),
        ..layer.init(device)
    }
}

fn linear(from: usize, to: usize, gain: f64, device: &Device) -> Linear {
    let layer = LinearConfig::new(from, to).with_initializer(kaiming(gain));
    Linear {
        bias: Some(Initializer::Zeros.init([to], device)),
        ..layer.init(device)
    }
}

impl Model {
    fn new(device: &Device) -> Self {
        Self {
            first: convolution(1, 16, device),
            second: convolution(16, 32, device),
            pool: MaxPool2dConfig::new([2, 2]).init(),
            hidden: linear(1568, 128, SQRT_2, device),
            dropout: DropoutConfig::new(0.3).init(),
            scores: linear(128, 10, 1.0, device),
        }
    }
    fn forward(&self, x: Tensor<4>) -> Tensor<2> {
        let x = self.pool.forward(relu(self.first.forward(x)));
        let x = self.pool.forward(relu(self.second.forward(x)));
        let h = relu(self.hidden.forward(x.flatten(1, 3)));
        self.scores.forward(self.dropout.forward(h))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, seed, epochs] = &arguments[..] else {
        return Err("burn_fashion FOLDER SEED EPOCHS".into());
    };
    let (seed, epochs): (u64, usize) = (seed.parse()?, epochs.parse()?);
    let device = Device::flex().autodiff();
    device.seed(seed);
    let mut rng = StdRng::seed_from_u64(seed);
    let folder = Path::new(folder);
    let (images, labels) = read(folder, "train", &device)?;
    let (test, answers) = read(folder, "t10k", &device.clone().inner())?;

    let mut model = Model::new(&device);
    let adamw = AdamWConfig::new().with_epsilon(1e-8);
    let mut optimiser = adamw.clone().with_weight_decay(0.01).init().with_group(
        ParamGroup::from_predicate("bias"),
        adamw.with_weight_decay(0.0).build(),
        None,
    );
    let n = labels.dims()[0];
    let updates = epochs * (n / BATCH);
    let mut schedule = CosineAnnealingLrSchedulerConfig::new(RATE, updates)
        .with_min_lr(0.01 * RATE)
        .init()?;
    let criterion = CrossEntropyLossConfig::new().init(&device);
    let mut order: Vec<i32> = (0..n as i32).collect();
    for epoch in 1..=epochs {
        let start = Instant::now();
        order.shuffle(&mut rng);
        for batch in order.chunks_exact(BATCH) {
            let batch = Tensor::<1, Int>::from_ints(batch, &device);
            let scores = model.forward(images.clone().select(0, batch.clone()));
            let loss = criterion.forward(scores, labels.clone().select(0, batch));
            let gradients = GradientsParams::from_grads(loss.backward(), &model);
            model = optimiser.step(schedule.step(), model, gradients);
        }
        let seconds = start.elapsed().as_secs_f64();
        let (judge, mut right) = (model.valid(), 0);
        let batches = test.clone().split(100, 0).into_iter();
        for (images, answers) in batches.zip(answers.clone().split(100, 0)) {
            let is_right = judge
                .forward(images)
                .argmax(1)
                .squeeze_dim(1)
                .equal(answers);
            right += is_right.int().sum().into_scalar::<i64>();
        }
        let percent = 100.0 * right as f64 / answers.dims()[0] as f64;
        println!("epoch {epoch}: {seconds:.1} s, {percent:.2}% of the test");
    }
    Ok(())
}
