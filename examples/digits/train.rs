//! Training: for each mini-batch a step of momentum, by a plan or by the tape.

use super::data::Digit;
use super::model::{Weights, images, initial, loss};
use cotangent::optim::momentum;
use cotangent::prelude::*;
use std::error::Error;
use std::time::{Duration, Instant};

/// How often the digits are shuffled and met.
pub const EPOCHS: usize = 30;
/// The digits of a mini-batch.
pub const BATCH: usize = 32;
/// How far a step goes at first, and how much of the last one goes into the next.
const RATE: f32 = 0.1;
const MOMENTUM: f32 = 0.9;

type Images = Tensor<f32, shape![BATCH, 64]>;
type Classes = Labels<10, shape![BATCH]>;
/// Of a step: the loss, and how the digits were classified.
type Step = Result<(Tensor<f32, shape![]>, Classes), Box<dyn Error>>;

/// How the training digits were classified in one epoch, each by the parameters that it met.
#[derive(Clone, Copy, Debug)]
pub struct Epoch {
    pub loss: f64,
    pub accuracy: f64,
}

/// What training gives, and the mean time of a step.
pub struct Trained {
    pub weights: Weights,
    pub step: Duration,
}

/// By a plan: loss, gradient and update are one program, in whose memory the parameters stay.
pub fn by_plan(
    digits: &[Digit],
    epochs: usize,
    seed: u64,
    report: impl FnMut(Epoch),
) -> Result<Trained, Box<dyn Error>> {
    let mut rng = fastrand::Rng::with_seed(seed);
    let optimiser = momentum(RATE, MOMENTUM.into());
    let mut trainer = loss::<f32, BATCH>().trainer(&optimiser, &initial(&mut rng));
    let step = train(digits, epochs, rng, report, |rate, x, labels| {
        trainer.set_rate(rate);
        Ok(trainer.step((x, labels)))
    })?;
    let weights = trainer.parameters();
    Ok(Trained { weights, step })
}

/// By the tape: every value is a node, from which the loop goes back; then the update, of whole lists of tensors.
pub fn by_tape(
    digits: &[Digit],
    epochs: usize,
    seed: u64,
    report: impl FnMut(Epoch),
) -> Result<Trained, Box<dyn Error>> {
    let graph = loss::<f32, BATCH>();
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut weights = initial(&mut rng);
    let mut velocity = Weights::zeros();
    let step = train(digits, epochs, rng, report, |rate, x, labels| {
        let tape = compile_tape(&graph, &weights, (x, labels));
        let loss = tape.last();
        let scores = tape.find("scores").ok_or("the graph has no scores")?;
        // The parameters are the first nodes.
        let cotangents = tape.backward_dense_all(loss, &AnyTensor::scalar(1.0))?;
        let of_parameters = cotangents.into_iter().take(weights.names().len());
        let tlist![gradient] = TensorList::from_any_list(of_parameters)?;
        velocity = MOMENTUM * &velocity + Weights::from(gradient);
        weights -= rate * &velocity;
        let scores = tape.require_value::<shape![BATCH, 10]>(scores)?;
        let classes = scores.rows().filter_map(|row| row.argmax());
        let classes = classes.map(|[class]| class).collect::<Vec<_>>();
        Ok((tape.require_value(loss)?, Labels::new(classes)?))
    })?;
    Ok(Trained { weights, step })
}

/// Takes a step for each mini-batch, and tells `report` of each epoch: the mean time of a step.
fn train(
    digits: &[Digit],
    epochs: usize,
    mut rng: fastrand::Rng,
    mut report: impl FnMut(Epoch),
    mut step: impl FnMut(f32, &Images, &Classes) -> Step,
) -> Result<Duration, Box<dyn Error>> {
    let mut digits = digits.to_vec();
    let (mut time, mut steps) = (Duration::ZERO, 0);
    for epoch in 0..epochs {
        rng.shuffle(&mut digits);
        // From the first rate down to nothing.
        let rate = RATE * (1.0 - epoch as f32 / epochs as f32);
        let (mut loss, mut right) = (0.0, 0);
        // The few digits that fill no mini-batch are others in each epoch.
        let batches = digits.chunks_exact(BATCH);
        let count = batches.len();
        for batch in batches {
            let labels = batch.iter().map(|digit| digit.label).collect::<Vec<_>>();
            let (x, labels) = (images(batch)?, Labels::new(labels)?);
            let start = Instant::now();
            let (of_batch, classes) = step(rate, &x, &labels)?;
            time += start.elapsed();
            steps += 1;
            loss += f64::from(of_batch.item());
            let answers = classes.as_slice().iter().zip(labels.as_slice());
            right += answers.filter(|(class, label)| class == label).count();
        }
        report(Epoch {
            loss: loss / count as f64,
            accuracy: right as f64 / (count * BATCH) as f64,
        });
    }
    Ok(time / steps.max(1))
}
