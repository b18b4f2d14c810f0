//! `examples/shakespeare` in burn: the same model, data, optimiser and schedule. `README.md` says how it is run.

mod burn_clip;

use burn::lr_scheduler::cosine::CosineAnnealingLrSchedulerConfig;
use burn::lr_scheduler::linear::LinearLrSchedulerConfig;
use burn::lr_scheduler::sequential::SequentialLrSchedulerConfig;
use burn::module::ParamGroup;
use burn::nn::loss::{CrossEntropyLoss, CrossEntropyLossConfig};
use burn::nn::{
    Dropout, DropoutConfig, Embedding, EmbeddingConfig, Initializer, LayerNorm, LayerNormConfig,
    Linear, LinearConfig, RotaryEncoding, RotaryEncodingConfig,
};
use burn::optim::{AdamWConfig, GradientsParams};
use burn::prelude::*;
use burn::tensor::activation::gelu;
use burn::tensor::module::attention;
use burn::tensor::ops::AttentionModuleOptions;
use burn_clip::clip_norm;
use flate2::read::GzDecoder;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use std::error::Error;
use std::fs::File;
use std::io::{self, Read};
use std::time::Instant;

const LETTERS: usize = 96;
const TIME: usize = 128;
const WIDTH: usize = 128;
const HEADS: usize = 4;
const BATCH: usize = 12;
const DROPPED: f64 = 0.1;
const RATE: f64 = 2e-3;

fn number(letter: char) -> i32 {
    match letter {
        '\n' => 0,
        ' '..='~' => letter as i32 - 31,
        _ => 1,
    }
}

type Pieces = Tensor<2, Int>;

/// Pieces of `TIME + 1` letters: so many batches to train on, and the last tenth of the text.
fn read(path: &str, batches: usize, device: &Device) -> io::Result<(Pieces, Pieces)> {
    let mut text = String::new();
    GzDecoder::new(File::open(path)?).read_to_string(&mut text)?;
    let letters = text.chars().filter(|letter| *letter != '\r').map(number);
    let letters: Vec<i32> = letters.collect();
    let (train, held_out) = letters.split_at(letters.len() * 9 / 10);
    let stride = (train.len().saturating_sub(TIME) / (batches * BATCH)).max(1);
    let pieces = |letters: &[i32], stride, device| {
        Tensor::<1, Int>::from_ints(letters, device).unfold(0, TIME + 1, stride)
    };
    Ok((
        pieces(train, stride, device),
        pieces(held_out, TIME, &device.clone().inner()),
    ))
}

fn linear(from: usize, to: usize, device: &Device) -> Linear {
    let initializer = Initializer::KaimingUniform {
        gain: 1.0,
        fan_out_only: false,
    };
    let layer = LinearConfig::new(from, to).with_initializer(initializer);
    Linear {
        bias: Some(Initializer::Zeros.init([to], device)),
        ..layer.init(device)
    }
}

#[derive(Module, Debug)]
struct Block {
    norm: LayerNorm,
    attention: Linear,
    rotary: RotaryEncoding,
    out: Linear,
    second_norm: LayerNorm,
    up: Linear,
    down: Linear,
    dropout: Dropout,
}

impl Block {
    fn new(device: &Device) -> Self {
        Self {
            norm: LayerNormConfig::new(WIDTH).init(device),
            attention: linear(WIDTH, 3 * WIDTH, device),
            rotary: RotaryEncodingConfig::new(TIME, WIDTH / HEADS).init(device),
            out: linear(WIDTH, WIDTH, device),
            second_norm: LayerNormConfig::new(WIDTH).init(device),
            up: linear(WIDTH, 4 * WIDTH, device),
            down: linear(4 * WIDTH, WIDTH, device),
            dropout: DropoutConfig::new(DROPPED).init(),
        }
    }
    fn forward(&self, x: Tensor<3>) -> Tensor<3> {
        let [batch, time, width] = x.dims();
        let heads = |x: Tensor<3>| {
            let x = x.reshape([batch, time, HEADS, width / HEADS]);
            x.swap_dims(1, 2)
        };
        let parts = self.attention.forward(self.norm.forward(x.clone()));
        let parts: Vec<_> = parts.chunk(3, 2).into_iter().map(heads).collect();
        let [query, key, value] = parts.try_into().expect("three parts");
        let (query, key) = (self.rotary.forward(query), self.rotary.forward(key));
        let options = AttentionModuleOptions {
            is_causal: true,
            ..Default::default()
        };
        let y = attention(query, key, value, None, None, options);
        let y = y.swap_dims(1, 2).reshape([batch, time, width]);
        let x = x + self.dropout.forward(self.out.forward(y));
        let y = gelu(self.up.forward(self.second_norm.forward(x.clone())));
        x + self.dropout.forward(self.down.forward(y))
    }
}

#[derive(Module, Debug)]
struct Model {
    letters: Embedding,
    dropout: Dropout,
    blocks: Vec<Block>,
    norm: LayerNorm,
    head: Linear,
}

impl Model {
    fn new(device: &Device) -> Self {
        let (mean, std) = (0.0, 0.02);
        Self {
            letters: EmbeddingConfig::new(LETTERS, WIDTH)
                .with_initializer(Initializer::Normal { mean, std })
                .init(device),
            dropout: DropoutConfig::new(DROPPED).init(),
            blocks: (0..4).map(|_| Block::new(device)).collect(),
            norm: LayerNormConfig::new(WIDTH).init(device),
            head: linear(WIDTH, LETTERS, device),
        }
    }
    fn loss(&self, pieces: Pieces, criterion: &CrossEntropyLoss) -> Tensor<1> {
        let letters = pieces.clone().narrow(1, 0, TIME);
        let x = self.dropout.forward(self.letters.forward(letters));
        let x = self.blocks.iter().fold(x, |x, block| block.forward(x));
        let scores = self.head.forward(self.norm.forward(x));
        let next = pieces.narrow(1, 1, TIME);
        criterion.forward(scores.flatten(0, 1), next.flatten(0, 1))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, file, seed, epochs, updates] = &arguments[..] else {
        return Err("burn_shakespeare FILE SEED EPOCHS UPDATES_IN_EACH".into());
    };
    let (seed, epochs): (u64, usize) = (seed.parse()?, epochs.parse()?);
    let device = Device::flex().autodiff();
    device.seed(seed);
    let mut rng = StdRng::seed_from_u64(seed);
    let (train, held_out) = read(file, updates.parse()?, &device)?;

    let mut model = Model::new(&device);
    let adamw = AdamWConfig::new().with_epsilon(1e-8);
    let mut optimiser = adamw.clone().with_weight_decay(0.1).init().with_group(
        ParamGroup::from_any_predicates(vec!["bias", "gamma", "beta"]),
        adamw.with_weight_decay(0.0).build(),
        None,
    );
    let n = train.dims()[0];
    let updates = epochs * (n / BATCH);
    let warm_up = updates / 20;
    let rise = LinearLrSchedulerConfig::new(RATE / warm_up as f64, RATE, warm_up - 1);
    let fall = CosineAnnealingLrSchedulerConfig::new(RATE, updates - warm_up);
    let fall = fall.with_min_lr(0.05 * RATE);
    let parts = vec![rise.into(), fall.into()];
    let mut schedule = SequentialLrSchedulerConfig::new(parts, vec![warm_up]).init()?;
    let criterion = CrossEntropyLossConfig::new().init(&device);
    let mut order: Vec<i32> = (0..n as i32).collect();
    let (mut least, mut waited, mut steps) = (f64::INFINITY, 0, 0);
    for epoch in 1..=epochs {
        let start = Instant::now();
        order.shuffle(&mut rng);
        for batch in order.chunks_exact(BATCH) {
            let batch = Tensor::<1, Int>::from_ints(batch, &device);
            let loss = model.loss(train.clone().select(0, batch), &criterion);
            let mut gradients = GradientsParams::from_grads(loss.backward(), &model);
            clip_norm(&model, &mut gradients, 1.0);
            model = optimiser.step(schedule.step(), model, gradients);
            steps += 1;
        }
        let seconds = start.elapsed().as_secs_f64();
        let (judge, batches) = (model.valid(), held_out.dims()[0] / 8);
        let batches = held_out.clone().narrow(0, 0, batches * 8).split(8, 0);
        let losses = batches
            .into_iter()
            .map(|pieces| judge.loss(pieces, &criterion));
        let loss: f64 = Tensor::cat(losses.collect(), 0).mean().into_scalar();
        println!("epoch {epoch}: {seconds:.1} s, {loss:.3} nats a letter");
        waited = if loss < least { 0 } else { waited + 1 };
        least = least.min(loss);
        if waited == 3 {
            break;
        }
    }
    println!("{least:.3} nats a letter of the held-out text, after at most {steps} steps");
    Ok(())
}
