//! `examples/tabular` in burn: the same models, data, optimisers and schedules. `README.md` says how it is run.

use burn::lr_scheduler::cosine::CosineAnnealingLrSchedulerConfig;
use burn::module::ParamGroup;
use burn::nn::loss::BinaryCrossEntropyLossConfig;
use burn::nn::{Embedding, EmbeddingConfig, Initializer, Linear, LinearConfig};
use burn::optim::{AdamWConfig, GradientsParams};
use burn::prelude::*;
use burn::tensor::activation::relu;
use flate2::read::GzDecoder;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use std::collections::{BTreeSet, HashMap};
use std::error::Error;
use std::f64::consts::SQRT_2;
use std::fs::File;
use std::time::Instant;

const BATCH: usize = 64;
/// Of each number its median, which stands where it is missing, its mean and its deviation, about.
const NUMBERS: [(&str, f32, f32, f32); 8] = [
    ("distance", 872.0, 1040.0, 730.0),
    ("built", 2002.0, 2001.0, 6.5),
    ("temp", 57.0, 57.0, 18.0),
    ("humid", 58.0, 60.0, 20.0),
    ("wind", 10.0, 11.0, 5.5),
    ("precip", 0.0, 0.005, 0.03),
    ("visib", 10.0, 9.2, 2.0),
    ("pressure", 1018.0, 1018.0, 7.5),
];
/// Of each class how many there are, and the width of a vector.
const CLASSES: [(&str, usize, usize); 6] = [
    ("month", 12, 3),
    ("weekday", 7, 2),
    ("hour", 24, 3),
    ("carrier", 15, 4),
    ("origin", 3, 2),
    ("dest", 97, 4),
];

type Row = HashMap<String, String>;

#[derive(Clone)]
struct Flights {
    numbers: Tensor<2>,
    classes: Tensor<2, Int>,
    late: Tensor<1, Int>,
}

impl Flights {
    fn new(rows: &[&Row], names: &[Vec<&str>], device: &Device) -> Result<Self, Box<dyn Error>> {
        let (mut numbers, mut classes, mut late) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            for (name, median, mean, deviation) in NUMBERS {
                let number = row[name].parse().unwrap_or(median);
                numbers.push((number - mean) / deviation);
            }
            let known = ["built", "temp", "pressure"].map(|name| f32::from(row[name] != "NA"));
            numbers.extend(known);
            for ((name, ..), names) in CLASSES.iter().zip(names) {
                let found = names.iter().position(|found| *found == row[*name]);
                classes.push(found.ok_or("a class of no name")? as i32);
            }
            late.push(i32::from(row["arr_delay"].parse::<f32>()? > 15.0));
        }
        Ok(Self {
            numbers: Tensor::<1>::from_floats(&numbers[..], device).reshape([-1, 11]),
            classes: Tensor::<1, Int>::from_ints(&classes[..], device).reshape([-1, 6]),
            late: Tensor::from_ints(&late[..], device),
        })
    }

    fn len(&self) -> usize {
        self.late.dims()[0]
    }

    fn select(&self, rows: Tensor<1, Int>) -> Self {
        Self {
            numbers: self.numbers.clone().select(0, rows.clone()),
            classes: self.classes.clone().select(0, rows.clone()),
            late: self.late.clone().select(0, rows),
        }
    }
}

/// The flights for the training, and those of other days.
fn read(
    path: &str,
    rng: &mut StdRng,
    device: &Device,
) -> Result<(Flights, Flights), Box<dyn Error>> {
    let mut reader = csv::Reader::from_reader(GzDecoder::new(File::open(path)?));
    let mut rows = reader.deserialize().collect::<Result<Vec<Row>, _>>()?;
    rows.retain(|row| row["arr_delay"] != "NA");
    let hours: Vec<String> = (0..24).map(|hour| hour.to_string()).collect();
    let names = CLASSES.map(|(name, ..)| {
        let found: BTreeSet<&str> = rows.iter().map(|row| &*row[name]).collect();
        match name {
            "hour" => hours.iter().map(|hour| &**hour).collect(),
            _ => Vec::from_iter(found),
        }
    });
    let dates: BTreeSet<&str> = rows.iter().map(|row| &*row["date"]).collect();
    let mut dates = Vec::from_iter(dates);
    dates.shuffle(rng);
    let trained = &dates[..(0.8 * dates.len() as f64).round() as usize];
    let (train, test): (Vec<_>, Vec<_>) = rows
        .iter()
        .partition(|row| trained.contains(&&*row["date"]));
    Ok((
        Flights::new(&train, &names, device)?,
        Flights::new(&test, &names, &device.clone().inner())?,
    ))
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

#[derive(Module, Debug)]
struct Network {
    embeddings: Vec<Embedding>,
    first: Linear,
    hidden: Linear,
    last: Linear,
}

impl Network {
    fn new(device: &Device) -> Self {
        let (mean, std) = (0.0, 0.02);
        let embeddings = CLASSES.map(|(_, count, width)| {
            EmbeddingConfig::new(count, width)
                .with_initializer(Initializer::Normal { mean, std })
                .init(device)
        });
        Self {
            embeddings: embeddings.into(),
            first: linear(29, 32, SQRT_2, device),
            hidden: linear(32, 32, SQRT_2, device),
            last: linear(32, 1, 1.0, device),
        }
    }
    fn forward(&self, flights: Flights) -> Tensor<1> {
        let mut x = vec![flights.numbers];
        for (embedding, labels) in self.embeddings.iter().zip(flights.classes.split(1, 1)) {
            x.push(embedding.forward(labels).squeeze_dim(1));
        }
        let h = relu(self.first.forward(Tensor::cat(x, 1)));
        let h = relu(self.hidden.forward(h));
        self.last.forward(h).squeeze_dim(1)
    }
}

fn regression(model: &Linear, flights: Flights) -> Tensor<1> {
    let mut x = vec![flights.numbers];
    for ((_, count, _), labels) in CLASSES.iter().zip(flights.classes.split(1, 1)) {
        x.push(labels.squeeze_dim::<1>(1).one_hot::<2>(*count).float());
    }
    model.forward(Tensor::cat(x, 1)).squeeze_dim(1)
}

/// The area under the curve of the rates: how often a late flight has larger odds than another; half where they are equal.
fn area(odds: &[f32], late: &[i32]) -> f64 {
    let of = |is_late| {
        let flights = odds.iter().zip(late);
        flights.filter_map(move |(odds, late)| (*late == is_late).then_some(*odds))
    };
    let mut others: Vec<f32> = of(0).collect();
    others.sort_by(f32::total_cmp);
    let below = |odds: f32| {
        let less = others.partition_point(|other| *other < odds);
        let not_more = others.partition_point(|other| *other <= odds);
        (less + not_more) as f64 / 2.0
    };
    of(1).map(below).sum::<f64>() / (others.len() * of(1).count()) as f64
}

/// The loss, the accuracy and the area of what was said of some flights.
fn scores(odds: Tensor<1>, late: Tensor<1, Int>) -> Result<[f64; 3], Box<dyn Error>> {
    let criterion = BinaryCrossEntropyLossConfig::new().with_logits(true);
    let criterion = criterion.init(&odds.device());
    let loss = criterion.forward(odds.clone(), late.clone());
    let odds = odds.try_into_vec_as::<f32>()?;
    let late = late.try_into_vec_as::<i32>()?;
    let flights = odds.iter().zip(&late);
    let right = flights.filter(|(odds, late)| (**odds > 0.0) == (**late == 1));
    let accuracy = right.count() as f64 / late.len() as f64;
    Ok([loss.into_scalar(), accuracy, area(&odds, &late)])
}

/// Trains, and gives the scores of the test.
fn train<M: Module>(
    (name, mut model): (&str, M),
    forward: fn(&M, Flights) -> Tensor<1>,
    (rate, decay): (f64, f32),
    (flights, test): (&Flights, &Flights),
    epochs: usize,
    rng: &mut StdRng,
) -> Result<[f64; 3], Box<dyn Error>> {
    let device = flights.numbers.device();
    let adamw = AdamWConfig::new().with_epsilon(1e-8);
    let mut optimiser = adamw.clone().with_weight_decay(decay).init().with_group(
        ParamGroup::from_predicate("bias"),
        adamw.with_weight_decay(0.0).build(),
        None,
    );
    let updates = epochs * (flights.len() / BATCH);
    let mut schedule = CosineAnnealingLrSchedulerConfig::new(rate, updates)
        .with_min_lr(0.01 * rate)
        .init()?;
    let criterion = BinaryCrossEntropyLossConfig::new()
        .with_logits(true)
        .init(&device);
    let mut order: Vec<i32> = (0..flights.len() as i32).collect();
    let mut of_test = [f64::NAN; 3];
    for epoch in 1..=epochs {
        let start = Instant::now();
        order.shuffle(rng);
        for batch in order.chunks_exact(BATCH) {
            let batch = flights.select(Tensor::from_ints(batch, &device));
            let late = batch.late.clone();
            let loss = criterion.forward(forward(&model, batch), late);
            let gradients = GradientsParams::from_grads(loss.backward(), &model);
            model = optimiser.step(schedule.step(), model, gradients);
        }
        let seconds = start.elapsed().as_secs_f64();
        let odds = forward(&model.valid(), test.clone());
        of_test = scores(odds, test.late.clone())?;
        let loss = of_test[0];
        println!("{name}, epoch {epoch}: {seconds:.2} s, loss {loss:.4} of the test");
    }
    Ok(of_test)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, file, seed, epochs] = &arguments[..] else {
        return Err("burn_tabular FILE SEED EPOCHS".into());
    };
    let (seed, epochs): (u64, usize) = (seed.parse()?, epochs.parse()?);
    let device = Device::flex().autodiff();
    device.seed(seed);
    let mut rng = StdRng::seed_from_u64(seed);
    let (flights, test) = read(file, &mut rng, &device)?;
    let sets = (&flights, &test);
    let model = ("regression", linear(169, 1, 1.0, &device));
    let regression = train(model, regression, (1e-2, 0.1), sets, epochs, &mut rng)?;
    let model = ("network", Network::new(&device));
    let network = train(model, Network::forward, (2e-3, 0.5), sets, epochs, &mut rng)?;

    let (of_training, of_test) = (flights.len(), test.len());
    println!("{of_training} flights for training, {of_test} for the test\n");
    let late: f64 = test.late.clone().float().mean().into_scalar();
    let in_time = 100.0 * (1.0 - late);
    println!("{:20}{:>9}{:>10}{:>8}", "", "loss", "accuracy", "AUC");
    println!("{:20}{:>9}{in_time:>9.1}%{:>8.3}", "none is late", "", 0.5);
    for (name, [loss, accuracy, auc]) in [("logistic regression", regression), ("network", network)]
    {
        println!("{name:20}{loss:>9.4}{:>9.1}%{auc:>8.3}", 100.0 * accuracy);
    }
    Ok(())
}
