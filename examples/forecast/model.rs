//! An LSTM over two weeks of weather.

use cotangent::data::Dataset;
use cotangent::optim::Trainer;
use cotangent::prelude::*;

/// 14 days and the one after them: temperatures, rain and wind; where in the year they are; and what the weather was called.
pub type Windows = Dataset<f32, environment![[15, 4], [15, 2], [15] < 5]>;

/// The model in training, by batches of 32.
pub type Of = Trainer<
    f32,
    Parameters<f32, Model>,
    environment![[32, 15, 4], [32, 15, 2], [32, 15] < 5],
    environment![[], [32], [32], [32]],
>;

graph! {
    use cotangent::nn::{Linear, Lstm, linear, lstm, lstm_hidden};

    pub struct Model { pub memory: Lstm<11, 32>, pub head: Linear<32, 1> }

    /// How much warmer a day is than the one before it, of `T` days.
    fn change<B: Dim, T: Dim>(p: Model, days: [T, B, 11]) -> [B] {
        let (last, _) = lstm(broadcast(constant(0)), days, p.memory);
        sum_axis(linear(lstm_hidden(last), p.head), 1)
    }

    /// The mean square error, and the largest temperature of the last of 15 days: as the 14 before it let the model expect, as it was,
    /// and as it was the day before. The model says how much warmer it gets, so that without a model tomorrow is as today.
    pub fn loss<B: Dim>(p: Model; numbers: [B, 15, 4], season: [B, 15, 2], weather: [B, 15] < 5) -> ([], [B], [B], [B]) {
        let days = concat((numbers, season, one_hot(weather)), 2);
        let before: [14, B, 11] = permute(slice(days, 1, 0, 14), (1, 0, 2));
        let warmest = sum_axis(slice(numbers, 2, 0, 1), 2);
        let today = sum_axis(slice(warmest, 1, 13, 1), 1);
        let tomorrow = sum_axis(slice(warmest, 1, 14, 1), 1);
        let expected = today + change(p, before);
        (mse(expected, tomorrow), expected, tomorrow, today)
    }
}
