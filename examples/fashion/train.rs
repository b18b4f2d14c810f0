//! The data, and the training.

use super::model::{Image, Model, Of, classify, loss};
use cotangent::data::{Dataset, Order, idx};
use cotangent::optim::{adamw, cosine};
use cotangent::prelude::*;
use cotangent::train::{EarlyStop, Trained};
use std::error::Error;
use std::path::Path;
use std::thread::available_parallelism;

const CLASSES: [&str; 10] = [
    "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot",
];
/// The mean of the pixels of the training set.
const MEAN: f32 = 0.286;

/// Images of bytes, with a label each.
pub fn read(folder: &Path, set: &str) -> Result<Dataset<f32, Image>, Box<dyn Error>> {
    let file = |what| folder.join(format!("{set}-{what}-ubyte.gz"));
    let images = idx::read::<u8>(file("images-idx3"))?;
    let labels = idx::read::<u8>(file("labels-idx1"))?;
    let pixels = images.bytes(|byte| f32::from(byte) / 255.0 - MEAN)?;
    Ok(Dataset::new((pixels, labels.labels()?))?)
}

/// Trains on the images of a folder; keeps checkpoints, a log and a report in another, and goes on from there.
pub fn train(
    folder: &Path,
    epochs: usize,
    seed: u64,
    out: Option<&Path>,
) -> Result<Trained<Of<64>>, Box<dyn Error>> {
    let (train, test) = (read(folder, "train")?, read(folder, "t10k")?);
    let updates = epochs * (train.len() / 64);
    let optimiser = adamw(2e-3, 0.01)
        .decay_of(|_, dims| dims.len() > 1)
        .schedule(cosine(updates, 0.01));
    let (graph, judge) = (loss::<f32, N<64>>(), classify::<f32, N<100>>());
    let [parameters, dropout, order] = [0, 1, 2].map(|i| Key::new(seed).fold_in(i));
    let mut trainer = graph.trainer_with_state(&optimiser, &Model::init(parameters), &dropout);
    trainer.set_threads(available_parallelism()?.get())?;
    let mut training = trainer
        .on::<N<64>, _>(&train, order)
        .epochs(epochs)
        .measure(|m, (_, answers), tlist![_, labels]| m.answers(answers, labels))
        .validate(|m, trainer| {
            let p = trainer.parameters();
            for batch in test.batches::<N<100>>(Order::Stored)? {
                let (loss, answers) = judge.value(&p, &batch);
                m.mean("loss", loss.item(), 100);
                m.answers(&answers, batch.get::<1>());
            }
            Ok(())
        })
        .watch("valid/accuracy", EarlyStop::largest(5))
        .report("Clothes", &graph)
        .classes(&CLASSES);
    if let Some(out) = out {
        training = training.checkpoint(out);
    }
    Ok(training.run()?)
}
