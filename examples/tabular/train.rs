//! The training, of both models.

use super::model::{Flight, Flights};
use cotangent::data::{Batch, Order};
use cotangent::env::StackedList;
use cotangent::optim::{Optimiser, Trainer, adamw, cosine};
use cotangent::prelude::*;
use cotangent::train::Trained;
use std::error::Error;

/// A model in training, by batches of 64.
pub type Of<P> = Trainer<f32, P, <Flight as StackedList<N<64>>>::Stacks, environment![[], [64]]>;
/// What a model says of one flight: the loss, and the logarithm of the odds that it is late.
pub type Said = (Tensor<f32, shape![]>, Tensor<f32, shape![1]>);

/// How it is learnt, in so many updates.
pub fn optimiser(rate: f32, decay: f64, updates: usize) -> Optimiser<f32> {
    let optimiser = adamw(rate, decay).decay_of(|_, dims| dims.len() > 1);
    optimiser.schedule(cosine(updates, 0.01))
}

/// Trains on some flights, and measures on others after each epoch what the model says of them.
pub fn train<P>(
    trainer: Of<P>,
    mut says: impl FnMut(&P, &Batch<f32, Flight, N<1>>) -> Said,
    (train, test): (&Flights, &Flights),
    epochs: usize,
    key: Key,
) -> Result<Trained<Of<P>>, Box<dyn Error>> {
    let training = trainer.on::<N<64>, _>(train, key).epochs(epochs);
    let training = training.validate(|m, trainer| {
        let p = trainer.parameters();
        for flight in test.batches::<N<1>>(Order::Stored)? {
            let (loss, odds) = says(&p, &flight);
            let is_late = flight.get::<8>()[[0]] == 1.0;
            m.mean("loss", loss.item(), 1);
            m.mean("accuracy", f32::from((odds[[0]] > 0.0) == is_late), 1);
            m.scores(odds.as_slice(), &[is_late]);
        }
        Ok(())
    });
    Ok(training.run()?)
}
