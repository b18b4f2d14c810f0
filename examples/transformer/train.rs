//! Training: the gradient of a mini-batch, then a step of Adam.

use super::model::{BATCH, TIME, Weights, initial, loss};
use super::text::Text;
use cotangent::prelude::*;
use std::error::Error;

/// How far a step goes at first, and how much of the mean of the gradients and of their squares is kept.
const RATE: f32 = 0.003;
const KEPT: (f32, f32) = (0.9, 0.99);

/// Trains on pieces of a text, and tells `report` of each step its number and its loss.
pub fn train(
    text: &Text,
    steps: usize,
    seed: u64,
    mut report: impl FnMut(usize, f32),
) -> Result<Weights, Box<dyn Error>> {
    let graph = loss::<f32, N<BATCH>>();
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut weights = initial(&mut rng)?;
    let (mut mean, mut square) = (Weights::zeros(), Weights::zeros());
    for step in 0..steps {
        let starts: Vec<_> = (0..BATCH).map(|_| rng.usize(0..text.starts())).collect();
        let piece = |after: usize| {
            starts
                .iter()
                .flat_map(move |&s| text.piece(s + after, TIME))
        };
        let letters = |after| Labels::new(piece(after).collect::<Vec<_>>());
        let (value, gradient) = graph.value_and_vjp(&weights, (&letters(0)?, &letters(1)?));

        // Every tensor of all blocks at once, whatever their structure.
        square = KEPT.1 * square + (1.0 - KEPT.1) * gradient.map(|g| g * g);
        mean = KEPT.0 * mean + (1.0 - KEPT.0) * gradient;
        let unbiased = |kept: f32| 1.0 - kept.powi(step as i32 + 1);
        let (mean, square) = (&mean / unbiased(KEPT.0), &square / unbiased(KEPT.1));
        let rate = RATE * (1.0 - step as f32 / steps as f32);
        weights -= rate * mean.zip_map(&square, |m, s| m / (s.sqrt() + 1e-8));
        report(step, value.item());
    }
    Ok(weights)
}
