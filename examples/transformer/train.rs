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
        let env = tlist![
            Labels::new(piece(0).collect::<Vec<_>>())?,
            Labels::new(piece(1).collect::<Vec<_>>())?
        ];
        let (value, gradient) = graph.value_and_vjp(&weights, &env);

        // Every tensor of all blocks at once, whatever their structure.
        square = square * KEPT.1 + gradient.map(|g| g * g) * (1.0 - KEPT.1);
        mean = mean * KEPT.0 + gradient * (1.0 - KEPT.0);
        let unbiased = |kept: f32| 1.0 - kept.powi(step as i32 + 1);
        let (of_mean, of_square) = (unbiased(KEPT.0), unbiased(KEPT.1));
        let direction = mean.zip_map(&square, |m, s| {
            (m / of_mean) / ((s / of_square).sqrt() + 1e-8)
        });
        let rate = RATE * (1.0 - step as f32 / steps as f32);
        weights -= direction * rate;
        report(step, value.item());
    }
    Ok(weights)
}
