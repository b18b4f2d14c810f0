//! The data, and the training.

use super::model::{Digits, Network, Weights, loss};
use cotangent::data::csv::Csv;
use cotangent::data::{DataError, Dataset};
use cotangent::optim::{Trainer, linear, momentum};
use cotangent::prelude::*;
use cotangent::train::Trained;
use std::error::Error;
use std::path::Path;

/// The network in training, by batches of 32.
pub type Of = Trainer<f32, Weights, environment![[32, 64], [32] < 10], environment![[], [32] < 10]>;
/// How many digits are for the test.
pub const TEST: usize = 360;
pub const EPOCHS: usize = 30;

/// The digits of a file, shuffled: those for training, and those for the test only.
///
/// The file is in the order of its writers. Shuffled, both parts have digits of the same people, so the test says nothing about the
/// writing of others.
pub fn read(path: &Path, seed: u64) -> Result<(Digits, Digits), DataError> {
    let table = Csv::new().without_header().read(path)?;
    let digits: Digits = Dataset::new((table.numbers_as(0..64)?, table.numbered_labels(64)?))?;
    let digits: Digits = digits.map(|tlist![x, label]| tlist![x / 16.0, label]);
    digits.shuffled(Key::new(seed)).split_at(1437)
}

/// Trains on some digits, and measures on those of the test after each epoch.
pub fn train(
    train: &Digits,
    test: &Digits,
    epochs: usize,
    seed: u64,
) -> Result<Trained<Of>, Box<dyn Error>> {
    let updates = epochs * (train.len() / 32);
    let optimiser = momentum(0.1, 0.9).schedule(linear(1.0, 0.0, updates));
    let (judge, test) = (loss::<f32, N<TEST>>(), test.all::<N<TEST>>()?);
    let trained = loss::<f32, N<32>>()
        .trainer(&optimiser, &Network::init(Key::new(seed)))
        .on::<N<32>, _>(train, Key::new(seed))
        .epochs(epochs)
        .measure(|m, (_, answers), tlist![_, labels]| m.answers(answers, labels))
        .validate(|m, trainer| {
            let (loss, answers) = judge.value(&trainer.parameters(), &test);
            m.mean("loss", loss.item(), TEST);
            m.answers(&answers, test.get::<1>());
            Ok(())
        })
        .run()?;
    Ok(trained)
}
