//! Training: for each mini-batch a step of Adam, by a plan or by the tape.

use super::model::{BATCH, LETTERS, Model, TIME, Weights, loss};
use super::text::Text;
use cotangent::optim::adam;
use cotangent::prelude::*;
use std::error::Error;
use std::time::{Duration, Instant};

/// How far a step goes at first.
const RATE: f32 = 0.003;
/// How much of the mean of the gradients and of their squares is kept in a step: those of [`adam`].
const KEPT: (f32, f32) = (0.9, 0.999);

type Letters = Labels<LETTERS, shape![BATCH, TIME]>;

/// What training gives, and the mean time of a step.
pub struct Trained {
    pub weights: Weights,
    pub step: Duration,
}

/// By a plan: loss, gradient and update are one program, in whose memory the parameters stay.
pub fn by_plan(
    text: &Text,
    steps: usize,
    seed: u64,
    report: impl FnMut(usize, f32),
) -> Result<Trained, Box<dyn Error>> {
    let rng = fastrand::Rng::with_seed(seed);
    let initial = Model::init(Key::new(seed));
    let mut trainer = loss::<f32, N<BATCH>>().trainer(&adam(RATE), &initial);
    let step = train(text, steps, rng, report, |_, rate, letters, next| {
        trainer.set_rate(rate);
        Ok(trainer.step((letters, next)))
    })?;
    let weights = trainer.parameters();
    Ok(Trained { weights, step })
}

/// By the tape: every value is a node, from which the loop goes back; then the update, of whole lists of tensors.
pub fn by_tape(
    text: &Text,
    steps: usize,
    seed: u64,
    report: impl FnMut(usize, f32),
) -> Result<Trained, Box<dyn Error>> {
    let graph = loss::<f32, N<BATCH>>();
    let rng = fastrand::Rng::with_seed(seed);
    let mut weights = Weights::init(Key::new(seed));
    let (mut mean, mut square) = (Weights::zeros(), Weights::zeros());
    let step = train(text, steps, rng, report, |step, rate, letters, next| {
        let tape = compile_tape(&graph, &weights, (letters, next));
        // The parameters are the first nodes.
        let cotangents = tape.backward_dense_all(tape.last(), &AnyTensor::scalar(1.0))?;
        let of_parameters = cotangents.into_iter().take(weights.names().len());
        let tlist![gradient] = TensorList::from_any_list(of_parameters)?;
        let gradient = Weights::from(gradient);

        // Every tensor of all blocks at once, whatever their structure.
        square = KEPT.1 * &square + (1.0 - KEPT.1) * gradient.map(|g| g * g);
        mean = KEPT.0 * &mean + (1.0 - KEPT.0) * gradient;
        let unbiased = |kept: f32| 1.0 - kept.powi(step as i32 + 1);
        let (mean, square) = (&mean / unbiased(KEPT.0), &square / unbiased(KEPT.1));
        weights -= rate * mean.zip_map(&square, |m, s| m / (s.sqrt() + 1e-8));
        Ok(tape.require_value(tape.last())?)
    })?;
    Ok(Trained { weights, step })
}

/// Takes steps, each on other pieces of the text, and tells `report` of each its number and its loss: the mean time of a step.
fn train(
    text: &Text,
    steps: usize,
    mut rng: fastrand::Rng,
    mut report: impl FnMut(usize, f32),
    mut take: impl FnMut(
        usize,
        f32,
        &Letters,
        &Letters,
    ) -> Result<Tensor<f32, shape![]>, Box<dyn Error>>,
) -> Result<Duration, Box<dyn Error>> {
    let mut time = Duration::ZERO;
    for step in 0..steps {
        let starts: Vec<_> = (0..BATCH).map(|_| rng.usize(0..text.starts())).collect();
        let piece = |after: usize| {
            starts
                .iter()
                .flat_map(move |&s| text.piece(s + after, TIME))
        };
        let letters = |after| Labels::new(piece(after).collect::<Vec<_>>());
        let (letters, next) = (letters(0)?, letters(1)?);
        // From the first rate down to nothing.
        let rate = RATE * (1.0 - step as f32 / steps as f32);
        let start = Instant::now();
        let loss = take(step, rate, &letters, &next)?;
        time += start.elapsed();
        report(step, loss.item());
    }
    Ok(time.div_f64(steps.max(1) as f64))
}
