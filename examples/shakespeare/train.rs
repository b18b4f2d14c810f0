//! The text, and the training.

use super::model::{Model, Of, Piece, TIME, judge, loss};
use super::text::tokens;
use cotangent::data::{Dataset, Order, text};
use cotangent::optim::{adamw, cosine, warm_up};
use cotangent::prelude::*;
use cotangent::train::{EarlyStop, Trained};
use std::error::Error;
use std::path::Path;
use std::thread::available_parallelism;

/// Texts in a mini-batch.
pub const BATCH: usize = 12;
/// Of the held-out text.
const JUDGED: usize = 8;
const RATE: f32 = 2e-3;

/// How long it is trained.
pub struct Length {
    pub epochs: usize,
    /// Updates in each.
    pub updates: usize,
}

/// The pieces to train on, so many batches, and the last tenth of the text in pieces that share no letter.
fn pieces(
    path: &Path,
    batches: usize,
) -> Result<(Dataset<f32, Piece>, Dataset<f32, Piece>), Box<dyn Error>> {
    let all = tokens(&text::read(path)?)?;
    let (train, held_out) = all.split_at(all.as_slice().len() * 9 / 10)?;
    let starts = train.as_slice().len().saturating_sub(TIME);
    let stride = (starts / (batches * BATCH)).max(1);
    Ok((
        train.windows::<f32, _>(stride)?,
        held_out.windows::<f32, _>(TIME)?,
    ))
}

/// Trains on the text of a file; keeps checkpoints, a log and a report in a folder, and goes on from there.
pub fn train(
    path: &Path,
    length: Length,
    out: Option<&Path>,
) -> Result<Trained<Of<BATCH>>, Box<dyn Error>> {
    let (train, held_out) = pieces(path, length.updates)?;
    let updates = length.epochs * (train.len() / BATCH);
    let warm = (updates / 20).max(1);
    let optimiser = adamw(RATE, 0.1)
        // Neither what is added nor what norms multiply by. Biases of heads have two axes.
        .decay_of(|name, dims| dims.len() > 1 && !name.ends_with(".bias"))
        .clip_norm(1.0)
        .schedule(warm_up(warm).then(cosine(updates - warm, 0.05)));
    let (graph, judge) = (loss::<f32, N<BATCH>>(), judge::<f32, N<JUDGED>>());
    let mut trainer = graph.trainer_with_state(&optimiser, &Model::init(Key::new(0)), &Key::new(1));
    trainer.set_threads(available_parallelism().map_or(1, usize::from))?;
    let mut training = trainer
        .on::<N<BATCH>, _>(&train, Key::new(2))
        .epochs(length.epochs)
        .validate(|m, trainer| {
            let p = trainer.parameters();
            for batch in held_out.batches::<N<JUDGED>>(Order::Stored)? {
                let loss = judge.value(&p, &batch).item();
                m.mean("loss", loss, JUDGED * TIME);
                m.cross_entropy(loss, JUDGED * TIME);
            }
            Ok(())
        })
        .watch("valid/loss", EarlyStop::least(3))
        .log_every(100)
        .report("Shakespeare", &graph);
    if let Some(out) = out {
        training = training.checkpoint(out);
    }
    Ok(training.run()?)
}
