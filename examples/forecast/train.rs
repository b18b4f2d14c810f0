//! The data, and the training.

use super::model::{Model, Of, Windows, loss};
use cotangent::data::csv::Table;
use cotangent::data::{Column, DataError, Dataset};
use cotangent::optim::{adamw, cosine};
use cotangent::prelude::*;
use cotangent::train::{TrainError, Trained};
use std::f32::consts::TAU;
use std::path::Path;

/// Of a year that is forecast.
pub const TEST: usize = 365;
/// The mean and the deviation of each number, about, so that all are of one size.
const MEAN: [f32; 4] = [16.0, 8.0, 3.0, 3.0];
pub const DEVIATION: [f32; 4] = [7.5, 5.0, 6.5, 1.5];

/// The days of a file: those whose last day is in its first three years, and those whose last day is in the last year.
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

/// Trains on some windows, and measures on others after each epoch.
pub fn train(
    train: &Windows,
    test: &Windows,
    epochs: usize,
    seed: u64,
) -> Result<Trained<Of>, TrainError> {
    let updates = epochs * (train.len() / 32);
    let optimiser = adamw(3e-3, 0.1)
        .decay_of(|_, dims| dims.len() > 1)
        .clip_norm(1.0)
        .schedule(cosine(updates, 0.01));
    let (judge, test) = (loss::<f32, N<TEST>>(), test.all::<N<TEST>>()?);
    loss::<f32, N<32>>()
        .trainer(&optimiser, &Model::init(Key::new(seed)))
        .on::<N<32>, _>(train, Key::new(seed))
        .epochs(epochs)
        .validate(|m, trainer| {
            let (_, expected, was, before) = judge.value(&trainer.parameters(), &test);
            for (name, forecast) in [("", &expected), (" of persistence", &before)] {
                let [rmse, mae] = errors(forecast, &was);
                m.mean(&format!("rmse{name}"), rmse, TEST);
                m.mean(&format!("mae{name}"), mae, TEST);
            }
            Ok(())
        })
        .run()
}

/// The root of the mean square error and the mean absolute error, in degrees.
pub fn errors<S: Shape>(forecast: &Tensor<f32, S>, was: &Tensor<f32, S>) -> [f32; 2] {
    let errors = DEVIATION[0] * (forecast - was);
    [
        errors.map(|x| x * x).mean().sqrt(),
        errors.map(|x: &f32| x.abs()).mean(),
    ]
}
