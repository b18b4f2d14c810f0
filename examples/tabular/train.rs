//! The trainings.

use super::model::{Flights, Network, network, regression};
use cotangent::data::Order;
use cotangent::nn::Linear;
use cotangent::optim::{Optimiser, adamw, cosine};
use cotangent::prelude::*;
use cotangent::train::{Measures, TrainError, Trained};

/// What is measured on the flights of the test.
#[derive(Clone, Copy, Debug)]
pub struct Scores {
    pub loss: f64,
    pub accuracy: f64,
    pub auc: f64,
}

fn optimiser(rate: f32, decay: f64, updates: usize) -> Optimiser<f32> {
    adamw(rate, decay)
        .decay_of(|_, dims| dims.len() > 1)
        .schedule(cosine(updates, 0.01))
}

/// Measures one flight.
fn measure(m: &mut Measures, loss: f32, odds: f32, late: f32) {
    let is_late = late == 1.0;
    m.mean("loss", loss, 1);
    m.mean("accuracy", f32::from((odds > 0.0) == is_late), 1);
    m.scores(&[odds], &[is_late]);
}

fn scores<T>(trained: &Trained<T>) -> Scores {
    let last = |name| trained.last(name).unwrap_or_default();
    Scores {
        loss: last("valid/loss"),
        accuracy: last("valid/accuracy"),
        auc: last("valid/auc"),
    }
}

pub fn train_network(
    train: &Flights,
    test: &Flights,
    epochs: usize,
    seed: u64,
) -> Result<Scores, TrainError> {
    let mut judge = network::<f32, N<1>>().plan();
    let trained = network::<f32, N<64>>()
        .trainer(
            &optimiser(2e-3, 0.1, epochs * (train.len() / 64)),
            &Network::init(Key::new(seed)),
        )
        .on::<N<64>, _>(train, Key::new(seed))
        .epochs(epochs)
        .validate(|m, trainer| {
            let p = trainer.parameters();
            for flight in test.batches::<N<1>>(Order::Stored)? {
                let (loss, odds) = judge.value(&p, &flight);
                measure(m, loss.item(), odds[[0]], flight.get::<8>()[[0]]);
            }
            Ok(())
        })
        .run()?;
    Ok(scores(&trained))
}

pub fn train_regression(
    train: &Flights,
    test: &Flights,
    epochs: usize,
    seed: u64,
) -> Result<Scores, TrainError> {
    let mut judge = regression::<f32, N<1>>().plan();
    let trained = regression::<f32, N<64>>()
        .trainer(
            &optimiser(1e-2, 1e-3, epochs * (train.len() / 64)),
            &Linear::init(Key::new(seed)),
        )
        .on::<N<64>, _>(train, Key::new(seed))
        .epochs(epochs)
        .validate(|m, trainer| {
            let p = trainer.parameters();
            for flight in test.batches::<N<1>>(Order::Stored)? {
                let (loss, odds) = judge.value(&p, &flight);
                measure(m, loss.item(), odds[[0]], flight.get::<8>()[[0]]);
            }
            Ok(())
        })
        .run()?;
    Ok(scores(&trained))
}
