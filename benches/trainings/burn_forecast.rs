//! `examples/forecast` in burn: the same models, data, optimisers and schedules. `README.md` says how it is run.

mod burn_clip;

use burn::lr_scheduler::cosine::CosineAnnealingLrSchedulerConfig;
use burn::module::{Param, ParamGroup};
use burn::nn::loss::{MseLoss, Reduction};
use burn::nn::{Initializer, Linear, LinearConfig, Lstm, LstmConfig};
use burn::optim::{AdamWConfig, GradientsParams};
use burn::prelude::*;
use burn_clip::clip_norm;
use flate2::read::GzDecoder;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use std::collections::HashMap;
use std::error::Error;
use std::f32::consts::TAU;
use std::fs::File;
use std::time::Instant;

const BATCH: usize = 32;
const TEST: usize = 365;
/// The mean and the deviation of each number, about.
const NUMBERS: [(&str, f32, f32); 4] = [
    ("temp_max", 16.0, 7.5),
    ("temp_min", 8.0, 5.0),
    ("precipitation", 3.0, 6.5),
    ("wind", 3.0, 1.5),
];
const WEATHER: [&str; 5] = ["drizzle", "fog", "rain", "snow", "sun"];

/// Windows of 15 days, `(N, 15, 11)`.
fn read(path: &str, device: &Device) -> Result<Tensor<3>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_reader(GzDecoder::new(File::open(path)?));
    let mut days = Vec::new();
    for (day, row) in reader.deserialize().enumerate() {
        let row: HashMap<String, String> = row?;
        for (name, mean, deviation) in NUMBERS {
            days.push((row[name].parse::<f32>()? - mean) / deviation);
        }
        let angle = TAU * day as f32 / 365.25;
        days.extend([angle.cos(), angle.sin()]);
        days.extend(WEATHER.map(|name| f32::from(row["weather"] == name)));
    }
    let days = Tensor::<1>::from_floats(&days[..], device).reshape([-1, 11]);
    Ok(days.unfold::<3, _>(0, 15, 1).swap_dims(1, 2))
}

#[derive(Module, Debug)]
struct Recurrent {
    memory: Lstm,
    change: Linear,
}

fn linear(width: usize, device: &Device) -> Linear {
    let initializer = Initializer::KaimingUniform {
        gain: 1.0,
        fan_out_only: false,
    };
    let layer = LinearConfig::new(width, 1).with_initializer(initializer);
    Linear {
        bias: Some(Initializer::Zeros.init([1], device)),
        ..layer.init(device)
    }
}

/// With inputs of the Xavier distribution of all gates together, orthogonal weights of the state, and one bias of zeros.
fn lstm(input: usize, width: usize, device: &Device) -> Lstm {
    let up = (6.0 / (input + 4 * width) as f64).sqrt();
    let uniform = Initializer::Uniform { min: -up, max: up };
    let mut lstm = LstmConfig::new(input, width, true)
        .with_initializer(uniform)
        .init(device);
    let hidden = Initializer::Orthogonal { gain: 1.0 }.init::<2, _>([width, 4 * width], device);
    let gates = [
        &mut lstm.input_gate,
        lstm.forget_gate.as_mut().expect("it is not coupled"),
        &mut lstm.cell_gate,
        &mut lstm.output_gate,
    ];
    for (gate, hidden) in gates.into_iter().zip(hidden.val().detach().chunk(4, 1)) {
        gate.input_transform.bias = Some(Initializer::Zeros.init([width], device));
        gate.hidden_transform = Linear {
            weight: Param::from_tensor(hidden),
            bias: None,
        };
    }
    lstm
}

impl Recurrent {
    fn new(device: &Device) -> Self {
        Self {
            memory: lstm(11, 32, device),
            change: linear(32, device),
        }
    }
    /// The largest temperature of the last day, from the days before it.
    fn forward(&self, days: Tensor<3>) -> Tensor<1> {
        let (_, last) = self.memory.forward(days.clone().narrow(1, 0, 14), None);
        warmest(days, 13) + self.change.forward(last.hidden).squeeze_dim(1)
    }
}

/// The same, from the last day before it.
fn last_day(change: &Linear, days: Tensor<3>) -> Tensor<1> {
    let today = days.clone().narrow(1, 13, 1).squeeze_dim::<2>(1);
    warmest(days, 13) + change.forward(today).squeeze_dim(1)
}

/// The largest temperature of a day of each window.
fn warmest(days: Tensor<3>, day: usize) -> Tensor<1> {
    days.slice(s![.., day, 0]).flatten(0, 2)
}

fn errors(expected: Tensor<1>, was: Tensor<1>) -> [f32; 2] {
    let errors = (expected - was) * NUMBERS[0].2;
    [
        errors.clone().square().mean().sqrt().into_scalar(),
        errors.abs().mean().into_scalar(),
    ]
}

/// Trains, and gives the errors of the test.
fn train<M: Module>(
    (name, mut model): (&str, M),
    forward: fn(&M, Tensor<3>) -> Tensor<1>,
    (rate, decay): (f64, f32),
    (windows, test): (&Tensor<3>, &Tensor<3>),
    epochs: usize,
    rng: &mut StdRng,
) -> Result<[f32; 2], Box<dyn Error>> {
    let (n, device) = (windows.dims()[0], windows.device());
    let adamw = AdamWConfig::new().with_epsilon(1e-8);
    let mut optimiser = adamw.clone().with_weight_decay(decay).init().with_group(
        ParamGroup::from_predicate("bias"),
        adamw.with_weight_decay(0.0).build(),
        None,
    );
    let mut schedule = CosineAnnealingLrSchedulerConfig::new(rate, epochs * (n / BATCH))
        .with_min_lr(0.01 * rate)
        .init()?;
    let mut order: Vec<i32> = (0..n as i32).collect();
    let mut scores = [f32::NAN; 2];
    for epoch in 1..=epochs {
        let start = Instant::now();
        order.shuffle(rng);
        for batch in order.chunks_exact(BATCH) {
            let days = windows.clone().select(0, Tensor::from_ints(batch, &device));
            let (expected, tomorrow) = (forward(&model, days.clone()), warmest(days, 14));
            let loss = MseLoss::new().forward(expected, tomorrow, Reduction::Mean);
            let mut gradients = GradientsParams::from_grads(loss.backward(), &model);
            clip_norm(&model, &mut gradients, 1.0);
            model = optimiser.step(schedule.step(), model, gradients);
        }
        let seconds = start.elapsed().as_secs_f64();
        let expected = forward(&model.valid(), test.clone());
        scores = errors(expected, warmest(test.clone(), 14));
        let mae = scores[1];
        println!("{name}, epoch {epoch}: {seconds:.2} s, mean absolute error {mae:.2} °C");
    }
    Ok(scores)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, file, seed, epochs] = &arguments[..] else {
        return Err("burn_forecast FILE SEED EPOCHS".into());
    };
    let (seed, epochs): (u64, usize) = (seed.parse()?, epochs.parse()?);
    let device = Device::flex().autodiff();
    device.seed(seed);
    let mut rng = StdRng::seed_from_u64(seed);
    let windows = read(file, &device)?;
    let n = windows.dims()[0] - TEST;
    let test = windows.clone().narrow(0, n, TEST).inner();
    let sets = (&windows.narrow(0, 0, n), &test);

    let model = ("linear", linear(11, &device));
    let by_last = train(model, last_day, (3e-2, 0.01), sets, epochs, &mut rng)?;
    let model = ("LSTM", Recurrent::new(&device));
    let forward = Recurrent::forward;
    let by_all = train(model, forward, (3e-3, 0.5), sets, epochs, &mut rng)?;
    let as_today = errors(warmest(test.clone(), 13), warmest(test, 14));
    let (of_squares, of_values) = ("root mean square", "mean absolute");
    println!("{:28}{of_squares:>18}{of_values:>16}", "errors in °C");
    for (name, [rmse, mae]) in [
        ("tomorrow is as today", as_today),
        ("linear, by the last day", by_last),
        ("LSTM, by the last 14 days", by_all),
    ] {
        println!("{name:28}{rmse:>18.2}{mae:>16.2}");
    }
    Ok(())
}
