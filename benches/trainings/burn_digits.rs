//! `examples/digits` in burn: the same model, data, optimiser and schedule. `README.md` says how it is run.

use burn::lr_scheduler::linear::LinearLrSchedulerConfig;
use burn::nn::loss::CrossEntropyLossConfig;
use burn::nn::{Initializer, Linear, LinearConfig};
use burn::optim::momentum::MomentumConfig;
use burn::optim::{GradientsParams, SgdConfig};
use burn::prelude::*;
use burn::tensor::activation::relu;
use flate2::read::GzDecoder;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use std::error::Error;
use std::f64::consts::SQRT_2;
use std::fs::File;
use std::time::Instant;

const BATCH: usize = 32;
const TRAIN: usize = 1437;

/// The rows of the file: 64 pixels and the digit.
fn read(path: &str) -> Result<Vec<Vec<f32>>, csv::Error> {
    let file = GzDecoder::new(File::open(path)?);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(file);
    reader.deserialize().collect()
}

/// The images of some rows, and their labels.
fn tensors(rows: &[Vec<f32>], device: &Device) -> (Tensor<2>, Tensor<1, Int>) {
    let pixels = rows.iter().flat_map(|row| &row[..64]).map(|x| x / 16.0);
    let labels: Vec<i32> = rows.iter().map(|row| row[64] as i32).collect();
    let pixels = TensorData::new(pixels.collect(), [rows.len(), 64]);
    (
        Tensor::from_data(pixels, device),
        Tensor::from_ints(&labels[..], device),
    )
}

#[derive(Module, Debug)]
struct Model {
    hidden: Linear,
    output: Linear,
}

fn linear(from: usize, to: usize, gain: f64, device: &Device) -> Linear {
    let initializer = Initializer::KaimingUniform {
        gain,
        fan_out_only: false,
    };
    let layer = LinearConfig::new(from, to).with_initializer(initializer);
    Linear {
        bias: Some(Initializer::Zeros.init([to], device)),
        ..layer.init(device)
    }
}

impl Model {
    fn new(device: &Device) -> Self {
        Self {
            hidden: linear(64, 48, SQRT_2, device),
            output: linear(48, 10, 1.0, device),
        }
    }
    fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        self.output.forward(relu(self.hidden.forward(x)))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, file, seed, epochs] = &arguments[..] else {
        return Err("burn_digits FILE SEED EPOCHS".into());
    };
    let (seed, epochs): (u64, usize) = (seed.parse()?, epochs.parse()?);
    let device = Device::flex().autodiff();
    device.seed(seed);
    let mut rng = StdRng::seed_from_u64(seed);
    let mut rows = read(file)?;
    rows.shuffle(&mut rng);
    let (train, test) = rows.split_at(TRAIN);
    let (images, labels) = tensors(train, &device);
    let (test, answers) = tensors(test, &device.clone().inner());

    let mut model = Model::new(&device);
    let momentum = MomentumConfig::new().with_dampening(0.0);
    let mut optimiser = SgdConfig::new().with_momentum(Some(momentum)).init();
    let updates = epochs * (TRAIN / BATCH);
    let mut schedule = LinearLrSchedulerConfig::new(0.1, 0.0, updates).init()?;
    let criterion = CrossEntropyLossConfig::new().init(&device);
    let mut order: Vec<i32> = (0..TRAIN as i32).collect();
    let (mut right, count) = (0, answers.dims()[0]);
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
        let scores = model.valid().forward(test.clone());
        let is_right = scores.argmax(1).squeeze_dim(1).equal(answers.clone());
        right = is_right.int().sum().into_scalar::<i64>();
        let percent = 100.0 * right as f64 / count as f64;
        println!("epoch {epoch}: {seconds:.3} s, {percent:.1}% of the test");
    }
    let percent = 100.0 * right as f64 / count as f64;
    println!("test accuracy {percent:.1}%: {right} of {count}");
    Ok(())
}
