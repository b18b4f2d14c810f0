//! The data, and the training.

use super::model::{Window, Windows};
use cotangent::data::csv::Table;
use cotangent::data::{Batch, Column, DataError, Dataset};
use cotangent::optim::{Optimiser, Trainer, adamw, cosine};
use cotangent::prelude::*;
use cotangent::train::Trained;
use std::error::Error;
use std::f32::consts::TAU;
use std::path::Path;

/// Of a year that is forecast.
pub const TEST: usize = 365;
/// The mean and the deviation of each number, about, so that all are of one size.
const MEAN: [f32; 4] = [16.0, 8.0, 3.0, 3.0];
const DEVIATION: [f32; 4] = [7.5, 5.0, 6.5, 1.5];

/// A model in training, by batches of 32.
pub type Of<P> = Trainer<
    f32,
    P,
    environment![[32, 15, 4], [32, 15, 2], [32, 15] < 5],
    environment![[], [32], [32]],
>;
/// What a model says of the test: the loss, what it expected and what was.
pub type Said = (
    Tensor<f32, shape![]>,
    Tensor<f32, shape![{ TEST }]>,
    Tensor<f32, shape![{ TEST }]>,
);

/// The days of a file in windows: those whose last day is in its first three years, and those whose last day is in the last one.
pub fn read(path: &Path) -> Result<(Windows, Windows), DataError> {
    let table = Table::read(path)?;
    let numbers = table.numbers(["temp_max", "temp_min", "precipitation", "wind"])?;
    let weather = table.labels("weather", ["drizzle", "fog", "rain", "snow", "sun"])?;
    let angles = (0..table.rows()).map(|day| TAU * day as f32 / 365.25);
    let season = angles.flat_map(|angle| [angle.cos(), angle.sin()]);
    let season = Column::<f32, shape![2]>::from_vec(season.collect())?;
    let days = Dataset::new((numbers, season, weather))?;
    let (mean, deviation) = (Tensor::from(MEAN), Tensor::from(DEVIATION));
    let days: Dataset<f32, environment![[4], [2], [] < 5]> =
        days.map(|tlist![x, season, weather]| tlist![(x - &mean) / &deviation, season, weather]);
    let windows = days.windows::<N<15>>()?;
    windows.split_at(windows.len().saturating_sub(TEST))
}

/// How it is learnt, in so many updates.
pub fn optimiser(rate: f32, decay: f64, updates: usize) -> Optimiser<f32> {
    let optimiser = adamw(rate, decay).decay_of(|_, dims| dims.len() > 1);
    optimiser.clip_norm(1.0).schedule(cosine(updates, 0.01))
}

/// Trains on some windows, and measures on others after each epoch what the model says of them.
pub fn train<P>(
    trainer: Of<P>,
    says: impl Fn(&P, &Batch<f32, Window, N<TEST>>) -> Said,
    (train, test): (&Windows, &Windows),
    epochs: usize,
    key: Key,
) -> Result<Trained<Of<P>>, Box<dyn Error>> {
    let test = test.all::<N<TEST>>()?;
    let training = trainer.on::<N<32>, _>(train, key).epochs(epochs);
    let training = training.validate(|m, trainer| {
        let (_, expected, was) = says(&trainer.parameters(), &test);
        let [rmse, mae] = errors(&expected, &was);
        m.mean("rmse", rmse, TEST);
        m.mean("mae", mae, TEST);
        Ok(())
    });
    Ok(training.run()?)
}

/// The errors of a forecast without a model: tomorrow is as today.
pub fn as_today(test: &Windows) -> Result<[f32; 2], DataError> {
    let tlist![numbers, _, _] = test.all::<N<TEST>>()?;
    let warmest = |day| Tensor::<f32, shape![{ TEST }]>::from_fn(|[i]| numbers[[i, day, 0]]);
    Ok(errors(&warmest(13), &warmest(14)))
}

/// The root of the mean square error and the mean absolute error, in degrees.
pub fn errors<S: Shape>(expected: &Tensor<f32, S>, was: &Tensor<f32, S>) -> [f32; 2] {
    let errors = DEVIATION[0] * (expected - was);
    [
        errors.map(|x| x * x).mean().sqrt(),
        errors.map(|x: &f32| x.abs()).mean(),
    ]
}
