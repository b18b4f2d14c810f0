//! Training: the gradient of each mini-batch from its tape, then a step of momentum.

use super::data::{Digit, TRAINING};
use super::model::{Parameters, best, images, initial, loss};
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
/// Where the inputs are on the tape: first, in their order.
const X: usize = 0;
const PARAMETERS: core::ops::RangeInclusive<usize> = 1..=4;

/// How the training digits were classified in one epoch, each by the parameters that it met.
#[derive(Clone, Copy, Debug)]
pub struct Epoch {
    pub loss: f64,
    pub accuracy: f64,
}

/// One mini-batch.
struct Step {
    loss: f64,
    right: usize,
    cotangents: Parameters,
}

/// Trains on the digits, and tells `report` of each epoch.
pub fn train(
    digits: &[Digit],
    seed: u64,
    mut report: impl FnMut(Epoch),
) -> Result<Parameters, Box<dyn Error>> {
    let (full, last) = (step::<BATCH>(), step::<LAST>());
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut parameters = initial(&mut rng);
    let mut velocity = Parameters::zero();
    let mut digits = digits.to_vec();
    for epoch in 0..EPOCHS {
        rng.shuffle(&mut digits);
        // From a tenth down to nothing.
        let rate = 0.1 * (1.0 - epoch as f32 / EPOCHS as f32);
        let (mut loss, mut right) = (0.0, 0);
        for batch in digits.chunks(BATCH) {
            let step = if batch.len() == BATCH {
                full(batch, &parameters)?
            } else {
                last(batch, &parameters)?
            };
            velocity = velocity.scale(&MOMENTUM).add(&step.cotangents);
            parameters = parameters.sub(&velocity.scale(&rate));
            loss += step.loss * batch.len() as f64;
            right += step.right;
        }
        let count = digits.len() as f64;
        report(Epoch {
            loss: loss / count,
            accuracy: right as f64 / count,
        });
    }
    Ok(parameters)
}

/// Loss, correct answers and gradient of mini-batches of `B` digits: the graph is built once, and compiled to a
/// tape for each of them.
fn step<const B: usize>() -> impl Fn(&[Digit], &Parameters) -> Result<Step, Box<dyn Error>>
where
    N<B>: Dim,
{
    let graph = loss::<f32, B>();
    move |batch, parameters| {
        let labels: Vec<usize> = batch.iter().map(|digit| digit.label).collect();
        let environment = tlist![Labels::<10, shape![{ B }]>::new(labels.clone())?];
        let inputs = tlist![images::<B>(batch)?].append(parameters.clone());

        let mut tape = compile_tape(&graph, &inputs, &environment);
        // A compiled tape begins with a leaf for each input, so there is one at X.
        tape.set_requires_grad(X, false)?;
        // The outputs of the graph are its newest values, in their order.
        let (scores, loss) = (tape.last() - 1, tape.last());
        let cotangents = tape.backward_scalar(loss)?;

        let of_parameters = cotangents.range(PARAMETERS).map(|(_, dy)| dy.clone());
        let scores = tape.require_value::<shape![{ B }, 10]>(scores)?;
        let answers = scores.as_slice().chunks(10).map(best);
        Ok(Step {
            loss: tape.require_value::<shape![]>(loss)?.item().into(),
            right: answers.zip(labels).filter(|(a, b)| a == b).count(),
            cotangents: Parameters::from_any_list(of_parameters)?,
        })
    }
}
