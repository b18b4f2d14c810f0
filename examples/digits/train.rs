//! Training: the gradient of each mini-batch, then a step of momentum.

use super::data::{Digit, TRAINING};
use super::model::{Weights, images, initial, loss};
use cotangent::prelude::*;
use std::error::Error;

/// How often each digit is met.
pub const EPOCHS: usize = 30;
/// The digits of a mini-batch.
const BATCH: usize = 32;
/// The digits of the last one: 1,437 is 44 times 32 and 29. The same graph, at another static shape.
const LAST: usize = TRAINING % BATCH;
/// How much of the last step goes into the next.
const MOMENTUM: f32 = 0.9;

/// How the training digits were classified in one epoch, each by the parameters that it met.
#[derive(Clone, Copy, Debug)]
pub struct Epoch {
    pub loss: f64,
    pub accuracy: f64,
}

/// Of one mini-batch: the loss, how many answers are right, and the gradient.
type Step = (f64, usize, Weights);

/// Trains on the digits, and tells `report` of each epoch.
pub fn train(
    digits: &[Digit],
    seed: u64,
    mut report: impl FnMut(Epoch),
) -> Result<Weights, Box<dyn Error>> {
    let (full, last) = (step::<BATCH>(), step::<LAST>());
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut weights = initial(&mut rng);
    let mut velocity = Weights::zeros();
    let mut digits = digits.to_vec();
    for epoch in 0..EPOCHS {
        rng.shuffle(&mut digits);
        // From a tenth down to nothing.
        let rate = 0.1 * (1.0 - epoch as f32 / EPOCHS as f32);
        let (mut loss, mut right) = (0.0, 0);
        for batch in digits.chunks(BATCH) {
            let is_full = batch.len() == BATCH;
            let (of_batch, answers, gradient) = if is_full {
                full(batch, &weights)?
            } else {
                last(batch, &weights)?
            };
            velocity = MOMENTUM * velocity + gradient;
            weights -= rate * &velocity;
            loss += of_batch * batch.len() as f64;
            right += answers;
        }
        let count = digits.len() as f64;
        report(Epoch {
            loss: loss / count,
            accuracy: right as f64 / count,
        });
    }
    Ok(weights)
}

/// Loss, correct answers and gradient of mini-batches of `B` digits: the graph is built once.
fn step<const B: usize>() -> impl Fn(&[Digit], &Weights) -> Result<Step, Box<dyn Error>>
where
    N<B>: Dim,
{
    let graph = loss::<f32, B>();
    move |batch, weights| {
        let labels: Vec<usize> = batch.iter().map(|digit| digit.label).collect();
        let data = (&images::<B>(batch)?, &Labels::<10, _>::new(labels.clone())?);
        let ((loss, answers), gradient) = graph.value_and_vjp(weights, data);
        let answers = answers.as_slice().iter().zip(labels);
        let right = answers.filter(|(answer, label)| *answer == label).count();
        Ok((loss.item().into(), right, gradient))
    }
}
